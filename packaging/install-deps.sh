#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# install-deps.sh [run|test]: installs what Cutaway needs on Debian 12. The one place for package names.
#   run   to build it and to open its window (the default)
#   test  also what the tests, the format check and the lint need
# Does nothing when all is there. Needs root, or sudo.
set -euo pipefail
# shellcheck source=packaging/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

run_packages=(
    # tools
    g++ cmake ninja-build pkg-config ccache mold git ca-certificates
    # libraries
    qt6-base-dev libgl-dev qt6-svg-dev
    libarchive-dev libisal-dev libzstd-dev zlib1g-dev
    libssl-dev libxxhash-dev nlohmann-json3-dev libyaml-cpp-dev libvalijson-dev
    libre2-dev libsqlite3-dev libvectorscan-dev libcurl4-openssl-dev
    libsecret-1-dev libtomlplusplus-dev
    # the window: SVG icons, Wayland sessions, fonts
    libqt6svg6 qt6-wayland fonts-dejavu-core
)
test_packages=(
    # a screen to test the window on, and hands for it
    xvfb xauth xdotool imagemagick
    # other programs that read and write images, to compare with
    skopeo umoci buildah mmdebstrap
    # a registry to ask, and its passwords
    docker-registry apache2-utils
    # a keyring to sign in with
    gnome-keyring dbus
    # measuring of parts, for packaging/bench.sh
    libbenchmark-dev
    # other programs that pack and unpack
    tar gzip isal zstd xz-utils bzip2 openssl
    python3
    # format check and lint; checks of what packaging/ holds
    clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev
    shellcheck man-db groff-base desktop-file-utils appstream libxml2-utils dpkg-dev fish zsh
)

case "${1:-run}" in
    run) packages=("${run_packages[@]}") ;;
    test) packages=("${run_packages[@]}" "${test_packages[@]}") ;;
    -h | --help)
        sed -n '5,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    *) die "usage: install-deps.sh [run|test]" ;;
esac

command -v apt-get >/dev/null ||
    die "this is made for Debian 12; elsewhere install the like of: ${packages[*]}"

# A package counts as there when something installed provides it.
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/ *(.*//' | sort -u)
missing=()
for package in "${packages[@]}"; do
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    step "Packages: all ${#packages[@]} are there"
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
        die "run this as root, or install sudo; missing: ${missing[*]}"
    as_root=(sudo)
    sudo -v || die "sudo was refused; missing: ${missing[*]}"
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)

step "Packages: installing ${#missing[@]}: ${missing[*]}"
quietly "updating the package lists" "${apt[@]}" update
quietly "installing packages" "${apt[@]}" install --no-install-recommends "${missing[@]}"
