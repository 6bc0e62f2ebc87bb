#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# test.sh: installs what is needed, builds everything and runs every test, then builds core and the
# command line with the address and undefined-behaviour sanitizers and runs their tests again.
# CUTAWAY_CASES_DIR may name a folder of reference images; tests that need it are skipped without.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

case "${1:-}" in
    "") ;;
    -h | --help)
        sed -n '5,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    *) die "usage: test.sh" ;;
esac

"$root/packaging/install-deps.sh" test
[ -n "${CUTAWAY_CASES_DIR:-}" ] || step "CUTAWAY_CASES_DIR is not set: tests on reference images are skipped"
cd "$root"

step "Building everything (build/dev)"
build dev
step "Testing everything"
xvfb-run -a -s '-screen 0 1280x1024x24' ctest --preset dev </dev/null

step "Building core and command line with sanitizers (build/asan)"
build asan
step "Testing them"
ctest --preset asan </dev/null
step "All tests passed"
