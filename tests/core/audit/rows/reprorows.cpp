// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"repro/committed-container",
            "a shell",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer bash\n"
            "file a 1 x",
            "medium"},
    RuleRow{"repro/committed-container",
            "imported",
            "layer \n"
            "comment Imported from -\n"
            "file etc/os-release 1 x",
            "info"},
    RuleRow{"repro/committed-container",
            "built",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer RUN /bin/sh -c bash # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"repro/committed-container",
            "made by a tool that says so",
            "layer bazel build ...\n"
            "file a 1 x",
            "none"},
};

} // namespace

std::span<const RuleRow> reproRows()
{
    return kRows;
}

} // namespace cutaway::test
