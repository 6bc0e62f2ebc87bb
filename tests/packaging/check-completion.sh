#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# check-completion.sh PROGRAM SHELL: what the shell offers on some command lines.
set -euo pipefail
export LC_ALL=C.UTF-8
program=$1
shell=$2
script=$(mktemp)
trap 'rm -f "$script"' EXIT
"$program" completion "$shell" >"$script"
problems=0

# What would be offered for a command line: one word a line, sorted.
offered() {
    case $shell in
        bash)
            # shellcheck disable=SC2016 # the inner shell expands these
            bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
                _cutaway_cli; printf "%s\n" "${COMPREPLY[@]}"' - "$script" "$@"
            ;;
        fish) fish --no-config -c "source $script; complete -C '$*'" | cut -f 1 ;;
    esac | sort -u
}

expect() {
    local wanted=$1 found
    shift
    found=$(offered "$@" | tr '\n' ' ')
    if [ "$found" != "$wanted " ]; then
        printf '%s: %s\n  offers: %s\n  should: %s\n' "$shell" "$*" "$found" "$wanted"
        problems=$((problems + 1))
    fi
}

if [ "$shell" = zsh ]; then
    zsh --no-exec "$script"
else
    "$shell" -n "$script"
    expect "packages" cutaway-cli pac
    expect "all at final layer" cutaway-cli files --view ""
    expect "path" cutaway-cli files image.tar --sort p
    expect "clear" cutaway-cli cache ""
    expect "layer-entries= layers=" cutaway-cli audit --limit laye
    expect "pod" cutaway-cli contract --skeleton po
    expect "supply/latest-tag" cutaway-cli rules supply/lat
    expect "--no-trunc" cutaway-cli audit --no-t
    expect "bash" cutaway-cli completion ba
fi
[ "$problems" -eq 0 ] || exit 1
echo "$shell completes"
