// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"layer/deleted-later",
            "a file",
            "layer x\n"
            "file a 100000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "file .wh.a 0 w",
            "info"},
    RuleRow{"layer/deleted-later",
            "a whiteout of nothing",
            "layer x\n"
            "file a 100000 x\n"
            "layer y\n"
            "file .wh.b 0 w",
            "none"},
    RuleRow{"layer/overwritten-later",
            "other content",
            "layer x\n"
            "file a 100000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "file a 100000 y",
            "info"},
    RuleRow{"layer/overwritten-later",
            "too little",
            "layer x\n"
            "file a 1000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "file a 1000 y",
            "none"},
    RuleRow{"layer/metadata-copy",
            "another mode",
            "layer x\n"
            "mode a 0644 100000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "mode a 0755 100000 x",
            "info"},
    RuleRow{"layer/metadata-copy",
            "other bytes too",
            "layer x\n"
            "mode a 0644 100000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "mode a 0755 100000 y",
            "none"},
    RuleRow{"layer/low-efficiency",
            "most is hidden",
            "layer x\n"
            "file a 80000000 x\n"
            "layer y\n"
            "file a 1000 y",
            "medium"},
    RuleRow{"layer/low-efficiency",
            "a small image",
            "layer x\n"
            "file a 8000000 x\n"
            "layer y\n"
            "file a 1000 y",
            "none"},
    RuleRow{"layer/too-many",
            "twenty-five",
            "layer x\n"
            "file f0 1 x0\n"
            "layer x\n"
            "file f1 1 x1\n"
            "layer x\n"
            "file f2 1 x2\n"
            "layer x\n"
            "file f3 1 x3\n"
            "layer x\n"
            "file f4 1 x4\n"
            "layer x\n"
            "file f5 1 x5\n"
            "layer x\n"
            "file f6 1 x6\n"
            "layer x\n"
            "file f7 1 x7\n"
            "layer x\n"
            "file f8 1 x8\n"
            "layer x\n"
            "file f9 1 x9\n"
            "layer x\n"
            "file f10 1 x10\n"
            "layer x\n"
            "file f11 1 x11\n"
            "layer x\n"
            "file f12 1 x12\n"
            "layer x\n"
            "file f13 1 x13\n"
            "layer x\n"
            "file f14 1 x14\n"
            "layer x\n"
            "file f15 1 x15\n"
            "layer x\n"
            "file f16 1 x16\n"
            "layer x\n"
            "file f17 1 x17\n"
            "layer x\n"
            "file f18 1 x18\n"
            "layer x\n"
            "file f19 1 x19\n"
            "layer x\n"
            "file f20 1 x20\n"
            "layer x\n"
            "file f21 1 x21\n"
            "layer x\n"
            "file f22 1 x22\n"
            "layer x\n"
            "file f23 1 x23\n"
            "layer x\n"
            "file f24 1 x24",
            "low"},
    RuleRow{"layer/too-many",
            "twenty-four",
            "layer x\n"
            "file f0 1 x0\n"
            "layer x\n"
            "file f1 1 x1\n"
            "layer x\n"
            "file f2 1 x2\n"
            "layer x\n"
            "file f3 1 x3\n"
            "layer x\n"
            "file f4 1 x4\n"
            "layer x\n"
            "file f5 1 x5\n"
            "layer x\n"
            "file f6 1 x6\n"
            "layer x\n"
            "file f7 1 x7\n"
            "layer x\n"
            "file f8 1 x8\n"
            "layer x\n"
            "file f9 1 x9\n"
            "layer x\n"
            "file f10 1 x10\n"
            "layer x\n"
            "file f11 1 x11\n"
            "layer x\n"
            "file f12 1 x12\n"
            "layer x\n"
            "file f13 1 x13\n"
            "layer x\n"
            "file f14 1 x14\n"
            "layer x\n"
            "file f15 1 x15\n"
            "layer x\n"
            "file f16 1 x16\n"
            "layer x\n"
            "file f17 1 x17\n"
            "layer x\n"
            "file f18 1 x18\n"
            "layer x\n"
            "file f19 1 x19\n"
            "layer x\n"
            "file f20 1 x20\n"
            "layer x\n"
            "file f21 1 x21\n"
            "layer x\n"
            "file f22 1 x22\n"
            "layer x\n"
            "file f23 1 x23",
            "none"},
    RuleRow{"layer/empty",
            "nothing in it",
            "layer x\n"
            "file a 1 x\n"
            "layer y",
            "info"},
    RuleRow{"layer/empty",
            "a new folder",
            "layer x\n"
            "file a 1 x\n"
            "layer y\n"
            "dir b",
            "none"},
    RuleRow{"layer/volatile-first",
            "sources before packages",
            "debian\n"
            "layer COPY . /app # buildkit\n"
            "file app/a 1 x\n"
            "file app/b 1 y\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y x # buildkit\n"
            "file usr/bin/x 5000000 x",
            "medium"},
    RuleRow{"layer/volatile-first",
            "a revision label before packages",
            "debian\n"
            "step LABEL org.opencontainers.image.revision=0123abc\n"
            "layer RUN /bin/sh -c apk add x # buildkit\n"
            "file usr/bin/x 5000000 x",
            "medium"},
    RuleRow{"layer/volatile-first",
            "the names of dependencies, then the source",
            "debian\n"
            "layer COPY requirements.txt . # buildkit\n"
            "file requirements.txt 1 x\n"
            "layer RUN /bin/sh -c pip install -r requirements.txt # buildkit\n"
            "file usr/lib/x 5000000 x\n"
            "layer COPY . /app # buildkit\n"
            "file app/a 1 x\n"
            "file app/b 1 y",
            "none"},
    RuleRow{"layer/volatile-first",
            "a step that works on the source",
            "debian\n"
            "layer COPY . /app # buildkit\n"
            "file app/a 1 x\n"
            "file app/b 1 y\n"
            "layer RUN /bin/sh -c pip install . # buildkit\n"
            "file usr/lib/x 5000000 x",
            "none"},
    RuleRow{"layer/volatile-first",
            "from another stage",
            "debian\n"
            "layer COPY /out /app # buildkit\n"
            "file app/a 1 x\n"
            "file app/b 1 y\n"
            "layer RUN /bin/sh -c apt-get install -y x # buildkit\n"
            "file usr/bin/x 5000000 x",
            "none"},
    RuleRow{"layer/mergeable-runs",
            "three in a row",
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "layer RUN /bin/sh -c touch b # buildkit\n"
            "file b 1 b\n"
            "layer RUN /bin/sh -c touch c # buildkit\n"
            "file c 1 c",
            "info"},
    RuleRow{"layer/mergeable-runs",
            "a label between them",
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "step LABEL a=b\n"
            "layer RUN /bin/sh -c touch b # buildkit\n"
            "file b 1 b\n"
            "layer RUN /bin/sh -c touch c # buildkit\n"
            "file c 1 c",
            "info"},
    RuleRow{"layer/mergeable-runs",
            "two",
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "layer RUN /bin/sh -c touch b # buildkit\n"
            "file b 1 b",
            "none"},
    RuleRow{"layer/mergeable-runs",
            "a variable between them",
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "layer RUN /bin/sh -c touch b # buildkit\n"
            "file b 1 b\n"
            "step ENV A=b\n"
            "layer RUN /bin/sh -c touch c # buildkit\n"
            "file c 1 c",
            "none"},
    RuleRow{"layer/mergeable-runs",
            "a long one between them",
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "layer RUN /bin/sh -c a && b && c && d # buildkit\n"
            "file b 1 b\n"
            "layer RUN /bin/sh -c touch c # buildkit\n"
            "file c 1 c",
            "none"},
    RuleRow{"layer/mergeable-runs",
            "by the base",
            "base 4\n"
            "debian\n"
            "layer RUN /bin/sh -c touch a # buildkit\n"
            "file a 1 a\n"
            "layer RUN /bin/sh -c touch b # buildkit\n"
            "file b 1 b\n"
            "layer RUN /bin/sh -c touch c # buildkit\n"
            "file c 1 c",
            "none"},
    RuleRow{"layer/package-file-modified",
            "replaced by a COPY",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer COPY a /usr/bin/a\n"
            "file usr/bin/a 12 z\n",
            "low"},
    RuleRow{"layer/package-file-modified",
            "through a link into /usr",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer RUN sed -i s/a/b/ /bin/b\n"
            "file usr/bin/b 10 z\n",
            "low"},
    RuleRow{"layer/package-file-modified",
            "two layers do it",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer COPY a /usr/bin/a\n"
            "file usr/bin/a 12 z\n"
            "layer COPY b /bin/b\n"
            "file usr/bin/b 1 z\n",
            "low low"},
    RuleRow{"layer/package-file-modified",
            "another mode alone",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer RUN chmod 755 /usr/bin/a\n"
            "mode usr/bin/a 0755 10 a\n",
            "none"},
    RuleRow{"layer/package-file-modified",
            "settings and compiled Python",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer RUN sed -i s/a/b/ /etc/a.conf\n"
            "file etc/a.conf 6 z\n"
            "file usr/lib/a.pyc 8 z\n",
            "none"},
    RuleRow{"layer/package-file-modified",
            "a new version of the package",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer RUN apt-get install a\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 2\n)"
            "\n"
            "file usr/bin/a 12 z\n",
            "none"},
    RuleRow{"layer/package-file-modified",
            "deleted",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "layer RUN rm /usr/bin/a\n"
            "file usr/bin/.wh.a 0 w\n",
            "none"},
    RuleRow{"layer/package-file-modified",
            "a file of no package",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n/usr/lib/a.pyc\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            "file usr/bin/a 10 a\n"
            "file usr/bin/b 10 b\n"
            "file etc/a.conf 5 c\n"
            "file usr/lib/a.pyc 9 p\n"
            "file opt/x 1 x\n"
            "layer COPY x /opt\n"
            "file opt/x 2 z\n",
            "none"},
    RuleRow{"layer/package-file-modified",
            "no package database",
            "debian\n"
            "layer COPY dash /usr/bin\n"
            "file usr/bin/dash 5 z\n",
            "skipped"},
};

} // namespace

std::span<const RuleRow> layerRows()
{
    return kRows;
}

} // namespace cutaway::test
