#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# check-readme.sh PROGRAM SAMPLE [--update]: what the README says that the program answers is what it
# answers. Each block that opens with "$ cutaway-cli …" is run on the sample, as sample.tar.
# --update writes the answers into the README instead.
set -euo pipefail
program=$(realpath "$1")
sample=$2
readme=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$sample" "$work/sample.tar"
export CUTAWAY_CACHE_DIR=$work/cache

blocks=0
answer=""
while IFS= read -r line || [ -n "$line" ]; do
    if [ -n "$answer" ] && [ "$line" != '```' ]; then
        continue # the old answer
    fi
    answer=""
    printf '%s\n' "$line"
    if [[ $line == '$ cutaway-cli '* ]]; then
        read -ra words <<<"${line#'$ cutaway-cli '}"
        (
            cd "$work"
            "$program" "${words[@]}" </dev/null 2>&1 || true
        )
        answer=follows
        blocks=$((blocks + 1))
    fi
done <"$readme" >"$work/README.md"
[ "$blocks" -ge 3 ] || { echo "the README shows only $blocks commands"; exit 1; }

if [ "${3:-}" = --update ]; then
    cp "$work/README.md" "$readme"
elif ! diff -u "$readme" "$work/README.md"; then
    echo "The README is out of date; run: ${BASH_SOURCE[0]} PROGRAM SAMPLE --update"
    exit 1
fi
