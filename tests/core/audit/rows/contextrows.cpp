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
    RuleRow{"context/vcs-dir",
            "of a worktree",
            "layer x\n"
            "text app/.git gitdir: /home/me/app/.git/worktrees/b\\n",
            "medium"},
    RuleRow{"context/vcs-dir",
            "of a submodule",
            "layer x\n"
            "text app/lib/.git gitdir: ../.git/modules/lib\\n",
            "info"},
    RuleRow{"context/editor-os-junk",
            "of a desktop and an editor",
            "layer x\n"
            "file app/.DS_Store 20 x\n"
            "file app/.vscode/settings.json 20 y",
            "info"},
    RuleRow{"context/editor-os-junk",
            "of a package of others",
            "layer x\n"
            "file app/node_modules/x/.DS_Store 20 x\n"
            "file usr/share/vim/a.orig 20 y",
            "none"},
    RuleRow{"context/editor-os-junk",
            "a user's own settings",
            "layer x\n"
            "file root/.vimrc 20 x",
            "none"},
    RuleRow{"context/host-artifacts",
            "modules of another machine",
            "layer COPY . /app # buildkit\n"
            "files 201 app/node_modules/p",
            "medium"},
    RuleRow{
        "context/host-artifacts",
        "a module for another processor",
        "arch amd64\n"
        "layer COPY . /app # buildkit\n"
        "text app/a.node "
        "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x03\\x00\\xb7\\x00",
        "medium"},
    RuleRow{"context/host-artifacts",
            "an environment without its Python",
            "layer COPY . /app # buildkit\n"
            "text app/.venv/pyvenv.cfg home = /opt/homebrew/bin\\nversion = 3.12\\n",
            "medium"},
    RuleRow{"context/host-artifacts",
            "a build of Cargo",
            "layer COPY . /app # buildkit\n"
            "file app/target/release/.fingerprint/a 1 x",
            "medium"},
    RuleRow{"context/host-artifacts",
            "modules of another stage",
            "layer COPY /app/node_modules /app/node_modules # buildkit\n"
            "files 201 app/node_modules/p",
            "none"},
    RuleRow{"context/host-artifacts",
            "modules installed in the image",
            "layer RUN /bin/sh -c npm ci # buildkit\n"
            "files 201 app/node_modules/p",
            "none"},
    RuleRow{"context/host-artifacts",
            "an environment with its Python",
            "layer COPY . /app # buildkit\n"
            "file usr/bin/python3 1 x\n"
            "text app/.venv/pyvenv.cfg home = /usr/bin\\n",
            "none"},
    RuleRow{"context/copy-everything",
            "with what an editor left",
            "layer COPY . /app # buildkit\n"
            "file app/.idea/a.xml 20 x\n"
            "file app/a 1 x",
            "medium"},
};

} // namespace

std::span<const RuleRow> contextRows()
{
    return kRows;
}

} // namespace cutaway::test
