#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh SECONDS [TARGET…]: builds the fuzzers of tests/fuzz and runs each for so long, one after the
# other. Corpus and findings stay under build/fuzz/corpus and build/fuzz/findings; every run goes on
# where the last one stopped. Ends with 1 when something was found.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

usage() {
    sed -n '5,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}
case "${1:-}" in
    -h | --help)
        usage
        exit 0
        ;;
    "" | *[!0-9]*) die "usage: fuzz.sh SECONDS [TARGET…]" ;;
esac
seconds=$1
shift

step "Building the fuzzers (build/fuzz)"
build fuzz fuzz
programs=$root/build/fuzz/tests/fuzz
corpus=$root/build/fuzz/corpus
findings=$root/build/fuzz/findings
"$programs/fuzz_seeds" "$root/build/fuzz/seeds"

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for folder in "$root"/build/fuzz/seeds/*/; do
        targets+=("$(basename "$folder")")
    done
fi

# number TEXT LOG: the last number that follows TEXT in the log.
number() {
    { grep -oE "$1 *[0-9]+" "$2" || true; } | tail -n 1 | grep -oE '[0-9]+$' || echo 0
}

found=0
printf '%-10s %12s %8s %8s %8s %s\n' target executions per-s cov ft findings
for target in "${targets[@]}"; do
    program=$programs/fuzz_$target
    [ -x "$program" ] || die "there is no target $target in tests/fuzz"
    mkdir -p "$corpus/$target" "$findings/$target"
    log=$findings/$target.log
    length=8192
    if [ "$target" = image ] || [ "$target" = layers ]; then
        length=65536
    fi
    # What leaks is found at the end of the run; looking after each input would take most of its time.
    status=0
    "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1024 \
        -max_len=$length -print_final_stats=1 -artifact_prefix="$findings/$target/" \
        "$corpus/$target" "$root/build/fuzz/seeds/$target" >"$log" 2>&1 </dev/null || status=$?
    count=$(find "$findings/$target" -type f | wc -l)
    printf '%-10s %12s %8s %8s %8s %s\n' "$target" \
        "$(number stat::number_of_executed_units: "$log")" \
        "$(number stat::average_exec_per_sec: "$log")" \
        "$(number cov: "$log")" "$(number ft: "$log")" "$count"
    if [ "$status" -ne 0 ]; then
        found=1
        grep -E 'ERROR|SUMMARY|does not hold|runtime error' "$log" >&2 || tail -n 20 "$log" >&2
    fi
done
[ "$found" -eq 0 ] || die "something was found: see $findings"
