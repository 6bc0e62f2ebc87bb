// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"context/vcs-dir",
            "a repository",
            "layer x\n"
            "file app/.git/HEAD 20 x\n"
            "file app/.git/objects/aa/b 100 y",
            "high"},
    RuleRow{"context/vcs-dir",
            "in a tool that installs itself so",
            "layer x\n"
            "file root/.pyenv/.git/HEAD 20 x\n"
            "file root/.pyenv/.git/objects/aa/b 100 y",
            "low"},
    RuleRow{"context/vcs-dir",
            "a file that points elsewhere",
            "layer x\n"
            "file app/.git 20 x",
            "info"},
    RuleRow{"context/vcs-dir",
            "no repository",
            "layer x\n"
            "file app/.git/HEAD 20 x",
            "none"},
    RuleRow{"context/vcs-dir",
            ".github is something else",
            "layer x\n"
            "file app/.github/x 20 x",
            "none"},
    RuleRow{"context/build-files",
            "a Dockerfile",
            "layer x\n"
            "file app/Dockerfile 20 x",
            "low"},
    RuleRow{"context/build-files",
            "of a package of others",
            "layer x\n"
            "file usr/lib/node_modules/x/.github/w 20 x\n"
            "file app/node_modules/y/Makefile 5 x",
            "none"},
    RuleRow{"context/build-files",
            "a name that begins alike",
            "layer x\n"
            "file app/MyDockerfile 20 x",
            "none"},
    RuleRow{"context/copy-everything",
            "with leftovers",
            "layer COPY . /app # buildkit\n"
            "file app/Dockerfile 20 x\n"
            "file app/a 1 x",
            "medium"},
    RuleRow{"context/copy-everything",
            "without",
            "layer COPY . /app # buildkit\n"
            "file app/a 20 x",
            "info"},
    RuleRow{"context/copy-everything",
            "named paths",
            "layer COPY src /app # buildkit\n"
            "file app/Dockerfile 20 x",
            "none"},
    RuleRow{"context/copy-everything",
            "by the base",
            "base 1\n"
            "layer COPY . /app # buildkit\n"
            "file app/Dockerfile 20 x",
            "none"},
};

} // namespace

std::span<const RuleRow> contextRows()
{
    return kRows;
}

} // namespace cutaway::test
