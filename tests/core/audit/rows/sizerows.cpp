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
            "a compiler of one version",
            "debian\n"
            "layer x\n"
            "mode usr/bin/gcc-12 0755 100 x",
            "medium"},
    RuleRow{"size/build-tools",
            "a compiler for one target",
            "debian\n"
            "layer x\n"
            "mode usr/bin/x86_64-linux-gnu-g++-12 0755 100 x",
            "medium"},
    RuleRow{"size/build-tools",
            "what builds upon Python's headers",
            "debian\n"
            "layer x\n"
            "mode usr/bin/python3.11-config 0755 100 x",
            "medium"},
    RuleRow{"size/build-tools",
            "versions of other things",
            "debian\n"
            "layer x\n"
            "mode usr/bin/python3.11 0755 100 x\n"
            "mode usr/bin/12 0755 100 x\n"
            "mode usr/bin/gcc-12-base 0755 100 x\n"
            "mode usr/bin/cargo-cult-2 0755 100 x",
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
            "the wheels of Python's own installer",
            "layer x\n"
            "file usr/share/python-wheels/pip-23.0.1-py3-none-any.whl 1700000 x\n"
            "file usr/local/lib/python3.12/ensurepip/_bundled/pip-24.0-py3-none-any.whl 2000000 y\n"
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
    RuleRow{"size/docs-locales",
            "manuals",
            "layer x\n"
            "file usr/share/man/man1/a.1.gz 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/docs-locales",
            "languages in the base",
            "base 1\n"
            "layer x\n"
            "file usr/share/locale/fr/LC_MESSAGES/a.mo 60000000 x\n"
            "file big 900000000 b",
            "low"},
    RuleRow{"size/docs-locales",
            "of a base distribution",
            "cmd [\"bash\"]\n"
            "layer x\n"
            "file bin/bash 1 s\n"
            "file usr/share/man/man1/a.1.gz 60000000 x",
            "info"},
    RuleRow{"size/docs-locales",
            "licences",
            "layer x\n"
            "file usr/share/doc/a/copyright 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/docs-locales",
            "the language that it speaks",
            "env LANG=de_DE.UTF-8\n"
            "layer x\n"
            "file usr/share/locale/de/LC_MESSAGES/a.mo 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/docs-locales",
            "too little",
            "layer x\n"
            "file usr/share/man/man1/a.1.gz 900000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-residue",
            "tests of packages",
            "layer x\n"
            "file usr/lib/python3/site-packages/x/tests/a.bin 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/dev-residue",
            "a package for development",
            "layer x\n"
            "text app/package.json {\"devDependencies\":{\"typescript\":\"5\"}}\n"
            "file app/node_modules/typescript/lib/tsc.js 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/dev-residue",
            "bytecode that is not wanted",
            "env PYTHONDONTWRITEBYTECODE=1\n"
            "layer x\n"
            "file app/__pycache__/a.cpython-312.pyc 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/dev-residue",
            "bytecode older than its source",
            "layer x\n"
            "file app/a.py 10 a\n"
            "file app/__pycache__/a.cpython-312.pyc 2000000 x\n"
            "file big 900000000 b\n"
            "layer y\n"
            "file app/a.py 11 c",
            "info"},
    RuleRow{"size/dev-residue",
            "a dependency",
            "layer x\n"
            "text app/package.json {\"dependencies\":{\"typescript\":\"5\"}}\n"
            "file app/node_modules/typescript/lib/tsc.js 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-residue",
            "bytecode as it should be",
            "layer x\n"
            "file app/a.py 10 a\n"
            "file app/__pycache__/a.cpython-312.pyc 2000000 x\n"
            "file usr/lib/python3/site-packages/x/__pycache__/b.pyc 2000000 y\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-residue",
            "an image for building",
            "tag acme/app-dev:1\n"
            "layer x\n"
            "file usr/lib/python3/site-packages/x/tests/a.bin 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-files",
            "headers",
            "layer x\n"
            "file usr/include/a.h 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/dev-files",
            "a static library",
            "layer x\n"
            "file usr/lib/liba.a 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/dev-files",
            "Python's headers",
            "layer x\n"
            "file usr/local/include/python3.12/a.h 1500000 x",
            "info"},
    RuleRow{"size/dev-files",
            "small static libraries",
            "layer x\n"
            "file usr/lib/libc_nonshared.a 2000000 x\n"
            "file usr/lib/a.a 100000 y\n"
            "file usr/lib/b.a 100000 z\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-files",
            "of a toolchain",
            "layer x\n"
            "file usr/local/go/pkg/a.a 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/dev-files",
            "an image for building",
            "tag acme/sdk:1\n"
            "layer x\n"
            "file usr/include/a.h 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/duplicate-files",
            "the same at two paths",
            "layer x\n"
            "file app/a 2000000 x\n"
            "file opt/a 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/duplicate-files",
            "a hard link",
            "layer x\n"
            "file app/a 2000000 x\n"
            "hardlink opt/a -> app/a\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/duplicate-files",
            "a symbolic link",
            "layer x\n"
            "file app/a 2000000 x\n"
            "symlink opt/a -> /app/a\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/duplicate-files",
            "for two processors",
            "layer x\n"
            "file app/linux-x64/a 2000000 x\n"
            "file app/linux-arm64/a 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/duplicate-files",
            "counted as a cache already",
            "layer x\n"
            "file root/.cache/pip/a 2000000 x\n"
            "file opt/a 2000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/duplicate-files",
            "too little",
            "layer x\n"
            "file app/a 900000 x\n"
            "file opt/a 900000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/baked-data",
            "a database",
            "layer x\n"
            "file srv/app.sqlite 20000000 x\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"size/baked-data",
            "a folder of data",
            "layer x\n"
            "file srv/models/a 60000000 x\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"size/baked-data",
            "a file in such a folder is told once",
            "layer x\n"
            "file srv/models/a.onnx 60000000 x\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"size/baked-data",
            "in the base",
            "base 1\n"
            "layer x\n"
            "file srv/app.sqlite 20000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/baked-data",
            "meant so",
            "label org.example.data.bundled=true\n"
            "layer x\n"
            "file srv/app.sqlite 20000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/baked-data",
            "the package database, and data of packages",
            "layer x\n"
            "file var/lib/rpm/rpmdb.sqlite 20000000 x\n"
            "file usr/share/GeoIP/a.db 20000000 y\n"
            "file app/node_modules/x/data/a.db 60000000 z\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/baked-data",
            "a small one",
            "layer x\n"
            "file srv/app.sqlite 9000000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{
        "size/core-dumps",
        "of a process",
        "layer x\n"
        "text app/core "
        "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x04\\x00\\x3e\\x00",
        "medium"},
    RuleRow{
        "size/core-dumps",
        "of a big-endian one",
        "layer x\n"
        "text app/core.17 "
        "\\x7fELF\\x02\\x02\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x04\\x00\\x16",
        "medium"},
    RuleRow{"size/core-dumps",
            "of Java",
            "layer x\n"
            "text app/java_pid1.hprof JAVA PROFILE 1.0.2",
            "medium"},
    RuleRow{"size/core-dumps",
            "a minidump",
            "layer x\n"
            "text app/a.dmp MDMP",
            "medium"},
    RuleRow{"size/core-dumps",
            "a text of that name",
            "layer x\n"
            "text app/core the core of it all",
            "none"},
    RuleRow{
        "size/core-dumps",
        "a program of that name",
        "layer x\n"
        "text app/core "
        "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x3e\\x00",
        "none"},
    RuleRow{"size/debug-symbols",
            "debug sections",
            "layer x\n"
            "elf app/run debug=2000000\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/debug-symbols",
            "a symbol table",
            "layer x\n"
            "elf app/run symbols=2000000\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/debug-symbols",
            "debug sections of Go",
            "layer x\n"
            "elf app/run debug=2000000 go=yes\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/debug-symbols",
            "symbols in a file of their own",
            "layer x\n"
            "file usr/lib/debug/a.debug 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"size/debug-symbols",
            "a symbol table of Go",
            "layer x\n"
            "elf app/run symbols=2000000 go=yes\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/debug-symbols",
            "a stripped program",
            "layer x\n"
            "elf app/run needed=libc.so.6\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/debug-symbols",
            "a kernel module",
            "layer x\n"
            "elf lib/modules/a.ko symbols=2000000\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"size/debug-symbols",
            "too little",
            "layer x\n"
            "elf app/run debug=300000\n"
            "file big 900000000 b",
            "none"},
    RuleRow{
        "size/build-tools",
        "a package alone",
        R"(entrypoint ["/app"])"
        "\n"
        "debian\n"
        "layer RUN apt-get install build-essential\n"
        R"(text var/lib/dpkg/status Package: build-essential\nStatus: install ok installed\nVersion: 12.9\n)"
        "\n",
        "medium"},
    RuleRow{
        "size/build-tools",
        "a package that was removed",
        R"(entrypoint ["/app"])"
        "\n"
        "debian\n"
        "layer RUN apt-get remove build-essential\n"
        R"(text var/lib/dpkg/status Package: build-essential\nStatus: deinstall ok config-files\nVersion: 12.9\n)"
        "\n",
        "none"},
};

} // namespace

std::span<const RuleRow> sizeRows()
{
    return kRows;
}

} // namespace cutaway::test
