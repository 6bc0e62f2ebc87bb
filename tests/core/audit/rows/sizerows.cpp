// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"size/tmp-files",
            "objects of a build",
            "layer x\n"
            "file tmp/build/x.o 65536 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/tmp-files",
            "the application lives there",
            "workdir /tmp/app\n"
            "layer x\n"
            "file tmp/app/x 65536 x\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"size/tmp-files",
            "the folder itself",
            "layer x\n"
            "dirmode tmp 1777\n"
            "file tmp/a 100 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/tmp-files",
            "a cache is told elsewhere",
            "layer x\n"
            "file tmp/Rtmpx/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/log-files",
            "of dpkg",
            "layer x\n"
            "file var/log/dpkg.log 300000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/log-files",
            "a link to standard output",
            "layer x\n"
            "symlink var/log/nginx/access.log -> /dev/stdout\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/build-tools",
            "a compiler",
            "debian\n"
            "layer x\n"
            "mode usr/bin/gcc 0755 100 x",
            "medium"},
    RuleRow{"size/build-tools",
            "a compiler of the base",
            "base 2\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/gcc 0755 100 x",
            "low"},
    RuleRow{"size/build-tools",
            "busybox's link",
            "alpine\n"
            "layer x\n"
            "symlink usr/bin/make -> /bin/busybox",
            "none"},
    RuleRow{"size/build-tools",
            "an image for building",
            "tag acme/app-dev:1.0\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/gcc 0755 100 x",
            "none"},
    RuleRow{"size/leftover-archives",
            "with what came out of it",
            "layer x\n"
            "file usr/local/dist/a-1.0.tar.gz 1000000 x\n"
            "file usr/local/dist/a-1.0/b 100 y\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/leftover-archives",
            "an archive that Java runs",
            "layer x\n"
            "file app/app.jar 1000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/leftover-archives",
            "named by the command",
            "cmd [\"serve\", \"/data/a.zip\"]\n"
            "layer x\n"
            "file data/a.zip 1000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/leftover-archives",
            "counted as a cache already",
            "layer x\n"
            "file root/.cache/pip/a.whl 1000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/sparse-user-logs",
            "a long lastlog",
            "layer x\n"
            "file var/log/lastlog 30000000 x",
            "medium"},
    RuleRow{"size/sparse-user-logs",
            "a short one",
            "layer x\n"
            "file var/log/lastlog 200000 x",
            "none"},
    RuleRow{"size/large-image",
            "half a gigabyte and more",
            "layer x\n"
            "file opt/a/b 600000000 x",
            "low"},
    RuleRow{"size/large-image",
            "two gigabytes",
            "layer x\n"
            "file opt/a/b 2000000000 x",
            "medium"},
    RuleRow{"size/large-image",
            "as much with CUDA",
            "env CUDA_VERSION=12\n"
            "layer x\n"
            "file opt/a/b 2000000000 x",
            "none"},
    RuleRow{"size/large-image",
            "less",
            "layer x\n"
            "file opt/a/b 400000000 x",
            "none"},
};

} // namespace

std::span<const RuleRow> sizeRows()
{
    return kRows;
}

} // namespace cutaway::test
