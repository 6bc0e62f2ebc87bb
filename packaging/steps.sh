# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by the scripts beside it: one clear line a step, the rest only when it fails.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

step() {
    printf '==> %s\n' "$*" >&2
}

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# quietly WHAT COMMAND…: runs the command; its output is shown only when it fails.
quietly() {
    local what=$1 log status=0
    shift
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 200 "$log" >&2
        rm -f "$log"
        printf '%s: %s failed (exit %d): %s\n' "${0##*/}" "$what" "$status" "$*" >&2
        exit "$status"
    fi
    rm -f "$log"
}

# build PRESET [TARGET…]: configures and builds; on a terminal ninja says how far it is.
build() {
    local preset=$1
    shift
    (cd "$root" && quietly "configuring" cmake --preset "$preset")
    if [ -t 2 ]; then
        ninja -C "$root/build/$preset" --quiet "$@" >&2 || die "the build failed"
    else
        quietly "the build" ninja -C "$root/build/$preset" "$@"
    fi
}
