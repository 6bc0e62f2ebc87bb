#!/usr/bin/env bash
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# check-package.sh BUILD: packs what BUILD holds as a Debian package, installs it into an empty root,
# runs both programs from there and removes it: nothing may be left.
set -euo pipefail
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# dpkg sets owners: as somebody else, in a user namespace where it may.
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(unshare --map-root-user)
"${as_root[@]}" true || fail "neither root nor a user namespace is to be had"

cpack --config "$build/CPackConfig.cmake" -B "$work" >"$work/log" 2>&1 || fail "$(tail -n 30 "$work/log")"
package=$(echo "$work"/*.deb)
dpkg-deb --field "$package" Depends | grep -q libqt6widgets6 || fail "the package does not depend on Qt's widgets"
dpkg-deb --field "$package" Depends | grep -q libarchive13 || fail "the package does not depend on libarchive"

root=$work/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
touch "$root/var/lib/dpkg/status"
before=$(cd "$root" && find . -path ./var -prune -o -print)
dpkg=("${as_root[@]}" dpkg --root="$root" --log="$work/dpkg.log" --force-depends --force-not-root)
"${dpkg[@]}" --install "$package" >"$work/log" 2>&1 || fail "$(cat "$work/log")"

for file in bin/cutaway bin/cutaway-cli share/cutaway/sample.tar share/man/man1/cutaway.1 \
    share/man/man1/cutaway-cli.1 share/applications/cutaway.desktop share/metainfo/org.cutaway.Cutaway.metainfo.xml \
    share/mime/packages/cutaway.xml share/icons/hicolor/scalable/apps/cutaway.svg \
    share/icons/hicolor/48x48/apps/cutaway.png share/bash-completion/completions/cutaway-cli \
    share/fish/vendor_completions.d/cutaway-cli.fish share/zsh/vendor-completions/_cutaway-cli; do
    [ -s "$root/usr/$file" ] || [ -s "$root/usr/$file.gz" ] || fail "the package lacks /usr/$file"
done
[ -z "$(find "$root/usr" -perm /6000)" ] || fail "something in the package is setuid or setgid"

export HOME=$work/home XDG_CACHE_HOME=$work/cache
mkdir -p "$HOME"
"$root/usr/bin/cutaway-cli" inspect "$root/usr/share/cutaway/sample.tar" --quiet | grep -q efficiency ||
    fail "the installed cutaway-cli does not read the sample"
QT_QPA_PLATFORM=offscreen "$root/usr/bin/cutaway" --grab "$work/window.png" "$root/usr/share/cutaway/sample.tar" ||
    fail "the installed window does not open the sample"
[ -s "$work/window.png" ] || fail "the installed window saved no picture"

"${dpkg[@]}" --purge cutaway >"$work/log" 2>&1 || fail "$(cat "$work/log")"
after=$(cd "$root" && find . -path ./var -prune -o -print)
[ "$before" = "$after" ] || fail "left behind: $(comm -13 <(sort <<<"$before") <(sort <<<"$after"))"
echo "the package installs, runs and goes"
