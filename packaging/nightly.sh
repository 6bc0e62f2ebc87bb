#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# nightly.sh: what takes too long for every change: the readers' threads under the thread sanitizer, each fuzzer
# for a minute, the lint of all files, and the measurements. About an hour, two cores, 10 GB of disk.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

case "${1:-}" in
    "") ;;
    -h | --help)
        sed -n '5,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    *) die "usage: nightly.sh" ;;
esac
"$root/packaging/install-deps.sh" test
cd "$root"

step "Threads under the thread sanitizer (build/tsan)"
build tsan concurrency
ctest --preset tsan </dev/null

step "Fuzzing, a minute each (build/fuzz)"
build fuzz fuzz
ctest --preset nightly </dev/null

step "Linting everything"
build dev
run-clang-tidy-19 -quiet -p build/dev '^(?!.*_autogen).*\.cpp$' </dev/null

packaging/bench.sh
step "All is well"
