#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# run.sh [REFERENCE]: installs what is needed, builds Cutaway and opens its window on the image that
# REFERENCE names (an archive, a directory …), or on the built-in sample when none is given.
# Without a display it prints the image's summary instead.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

case "${1:-}" in
    -h | --help)
        sed -n '5,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
esac
[ $# -le 1 ] || die "usage: run.sh [REFERENCE]"

"$root/packaging/install-deps.sh" run
step "Building (build/release)"
build release

reference=${1:-$root/build/release/resources/sample.tar}
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    step "Opening the window on ${1:-the built-in sample}"
    exec "$root/build/release/app/gui/cutaway" "$reference"
fi
step "No display here, so no window: the summary of ${1:-the built-in sample} instead"
exec "$root/build/release/app/cli/cutaway-cli" inspect "$reference"
