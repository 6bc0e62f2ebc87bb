#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# check-docs.sh PROGRAM: the manual page knows every command and option that `PROGRAM help` tells of,
# and no other long option.
set -euo pipefail
program=$1
packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../packaging" && pwd)
manual=$(sed 's/\\-/-/g' "$packaging/cutaway-cli.1")
problems=0

complain() {
    printf '%s\n' "$*"
    problems=$((problems + 1))
}

mapfile -t commands < <("$program" help | sed -n 's/^  \([a-z-]\+\) .*/\1/p')
[ ${#commands[@]} -ge 5 ] || complain "found only ${#commands[@]} commands in the help: ${commands[*]}"
options=""
for command in "${commands[@]}"; do
    options+=$("$program" help "$command" | grep -oE -- '--[A-Za-z-]+' || true)$'\n'
    grep -qE "^\.B[IR]? $command( |$)" <<<"$manual" || complain "the manual lacks the command $command"
done
mapfile -t options < <(sort -u <<<"$options" | sed '/^$/d')
for option in "${options[@]}"; do
    grep -qF -- "$option" <<<"$manual" || complain "the manual lacks $option"
done
known=$(printf '%s\n' "${options[@]}" --version)
while read -r option; do
    grep -qxF -- "$option" <<<"$known" ||
        complain "$option is documented, but the program's help has no such option"
done < <(grep -oE -- '--[A-Za-z-]+' <<<"$manual" | sort -u)

[ "$problems" -eq 0 ] || exit 1
echo "${#commands[@]} commands and ${#options[@]} options are documented"
