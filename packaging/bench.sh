#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# bench.sh [--small|--full] [--output FILE] [--work-dir DIR]: builds the release and measures it on images that
# it makes, beside igzip, openssl, zstd and tar doing their part of the work.
#   --full      images of up to 5 GB (the default): about 8 minutes and 10 GB of disk, two free cores
#   --small     tiny images: shows that the measuring works, says nothing about speed
#   --output    where the figures go as JSON (build/benchmark.json)
#   --work-dir  where the images lie, and stay for the next time (build/benchmark)
# Exits with 1 when --full finds a limit missed.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

size=--full
output=$root/build/benchmark.json
work=$root/build/benchmark
while [ $# -gt 0 ]; do
    case $1 in
        --small | --full) size=$1 ;;
        --output | --work-dir)
            [ $# -ge 2 ] || die "$1 needs a value"
            if [ "$1" = --output ]; then output=$2; else work=$2; fi
            shift
            ;;
        -h | --help)
            sed -n '5,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
            exit 0
            ;;
        *) die "usage: bench.sh [--small|--full] [--output FILE] [--work-dir DIR]" ;;
    esac
    shift
done
arguments=()
[ "$size" = --full ] || arguments+=(--small)

step "Building (build/release)"
(cd "$root" && quietly "configuring" cmake --preset release -DCUTAWAY_BUILD_BENCHMARKS=ON)
quietly "the build" ninja -C "$root/build/release" \
    cutaway-cli cutaway-benchmark cutaway-benchmark-parts cutaway-benchmark-window
built=$root/build/release

step "Measuring ($size), images in $work"
mkdir -p "$work"
QT_QPA_PLATFORM=offscreen "$built/tests/benchmark/cutaway-benchmark" ${arguments[@]+"${arguments[@]}"} \
    --program "$built/app/cli/cutaway-cli" \
    --parts "$built/tests/benchmark/cutaway-benchmark-parts" \
    --window "$built/tests/benchmark/cutaway-benchmark-window" \
    --work-dir "$work" --output "$output"
step "Figures: $output"
