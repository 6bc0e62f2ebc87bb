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
    RuleRow{"repro/volatile-files",
            "logs and an identity",
            "debian\n"
            "layer x\n"
            "file var/log/dpkg.log 10 x\n"
            "text etc/machine-id 0123456789abcdef0123456789abcdef\\n\n",
            "low"},
    RuleRow{"repro/volatile-files",
            "empty, or a stub",
            "debian\n"
            "layer x\n"
            "file var/log/dpkg.log 0 x\n"
            "text etc/machine-id uninitialized\\n\n",
            "none"},
    RuleRow{"repro/volatile-files",
            "the base image's",
            "layer x\n"
            "file etc/passwd- 10 x\n"
            "layer y\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"repro/arg-no-default",
            "a name alone",
            "debian\n"
            "step ARG VERSION\n",
            "info"},
    RuleRow{"repro/arg-no-default",
            "with a default, or set by builders",
            "debian\n"
            "step ARG VERSION=1\n"
            "step ARG VERSION\n"
            "step ARG TARGETARCH\n"
            "step ARG BUILDKIT_X\n",
            "none"},
    RuleRow{"repro/committed-container",
            "with traces",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer bash\n"
            "file root/.bash_history 10 x\n",
            "medium"},
    RuleRow{"repro/committed-container",
            "made by nix",
            "layer \n"
            "comment store paths: x\n"
            "file a 1 x\n",
            "none"},
};

} // namespace

std::span<const RuleRow> reproRows()
{
    return kRows;
}

} // namespace cutaway::test
