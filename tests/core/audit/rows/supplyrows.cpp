// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"supply/latest-tag",
            "latest",
            "tag repo:latest\n"
            "debian",
            "medium"},
    RuleRow{"supply/latest-tag",
            "another as well",
            "tag repo:latest\n"
            "tag repo:1.0\n"
            "debian",
            "none"},
    RuleRow{"supply/latest-tag",
            "a layout's bare tag",
            "tag stable\n"
            "debian",
            "none"},
    RuleRow{"supply/latest-tag",
            "a layout's bare latest",
            "tag latest\n"
            "debian",
            "medium"},
    RuleRow{"supply/latest-tag", "no name", "debian", "skipped"},
    RuleRow{"supply/tag-label-mismatch",
            "a layout's bare tag names no repository",
            "tag 1.5.0\n"
            "label org.opencontainers.image.ref.name=team/app\n"
            "label version=1.5.0\n"
            "debian",
            "none"},
    RuleRow{"supply/tag-label-mismatch",
            "another version",
            "tag repo:1.4.2\n"
            "label version=1.5.0\n"
            "debian",
            "low"},
    RuleRow{"supply/tag-label-mismatch",
            "another commit",
            "tag repo:0123abcd\n"
            "label vcs-ref=ffff0000\n"
            "debian",
            "low"},
    RuleRow{"supply/tag-label-mismatch",
            "its beginning",
            "tag repo:1.4-alpine\n"
            "label version=1.4.2\n"
            "debian",
            "none"},
    RuleRow{"supply/base-unpinned",
            "latest",
            "basename docker.io/library/debian:latest\n"
            "debian",
            "medium"},
    RuleRow{"supply/base-unpinned",
            "a major version",
            "basename debian:12\n"
            "debian",
            "medium"},
    RuleRow{"supply/base-unpinned",
            "pinned",
            "basename debian:12.8-slim\n"
            "debian",
            "none"},
    RuleRow{"supply/base-unpinned", "not recorded", "debian", "skipped"},
    RuleRow{"supply/base-unapproved",
            "another base",
            "policy base: {approved: [\"docker.io/library/*:*-slim\"]}\n"
            "basename debian:12\n"
            "debian",
            "high"},
    RuleRow{"supply/base-unapproved",
            "filled in it fits",
            "policy base: {approved: [\"docker.io/library/*:*-slim\"]}\n"
            "basename debian:12-slim\n"
            "debian",
            "none"},
    RuleRow{"supply/base-unapproved",
            "a whole registry",
            "policy base: {approved: [\"registry.example.org/**\"]}\n"
            "basename registry.example.org/a/b/c:1\n"
            "debian",
            "none"},
    RuleRow{"supply/base-unapproved", "no policy", "basename debian:12\ndebian", "skipped"},
    RuleRow{"supply/stale-image",
            "long ago",
            "created 2019-01-01T00:00:00Z\n"
            "debian",
            "medium"},
    RuleRow{"supply/stale-image",
            "a fixed date",
            "created 1970-01-01T00:00:00Z\n"
            "debian",
            "none"},
    RuleRow{"supply/no-attestation",
            "none",
            "source oci\n"
            "debian",
            "low"},
    RuleRow{"supply/no-attestation",
            "both",
            "source oci\n"
            "attest https://spdx.dev/Document\n"
            "attest https://slsa.dev/provenance/v1\n"
            "debian",
            "none"},
    RuleRow{"supply/no-attestation", "a docker archive", "debian", "skipped"},
    RuleRow{"supply/manifest-integrity",
            "a diff ID",
            "note diff-id-mismatch\n"
            "debian",
            "high"},
    RuleRow{"supply/manifest-integrity",
            "unusual, no more",
            "note aufs-leftover\n"
            "debian",
            "none"},
    RuleRow{"supply/pipe-to-shell",
            "a pipe",
            "debian\n"
            "layer RUN /bin/sh -c curl -fsSL https://x/i.sh | sh # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/pipe-to-shell",
            "plain http",
            "debian\n"
            "layer RUN /bin/sh -c wget -qO- http://x/i.sh | bash -s -- -y # buildkit\n"
            "file a 1 x",
            "high"},
    RuleRow{"supply/pipe-to-shell",
            "substituted",
            "debian\n"
            "layer RUN /bin/sh -c sh -c \"$(curl -fsSL https://x/i.sh)\" # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/pipe-to-shell",
            "as a file",
            "debian\n"
            "layer RUN /bin/sh -c bash <(curl -s https://x/i.sh) # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/pipe-to-shell",
            "verified",
            "debian\n"
            "layer RUN /bin/sh -c curl -fsSL https://x/i.sh -o i && sha256sum -c i.sum && sh i # "
            "buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/pipe-to-shell",
            "to something else",
            "debian\n"
            "layer RUN /bin/sh -c curl -fsSL https://x/a.tgz | tar xz # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/pipe-to-shell",
            "in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo 'curl x | sh' # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/unverified-download",
            "an archive",
            "debian\n"
            "layer RUN /bin/sh -c curl -fsSL https://x/a.tgz | tar xz # buildkit\n"
            "file a 1 x",
            "low"},
    RuleRow{"supply/unverified-download",
            "plain http",
            "debian\n"
            "layer RUN /bin/sh -c wget http://x/a.tgz # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/unverified-download",
            "ADD",
            "debian\n"
            "layer ADD https://x/a.tgz /a # buildkit\n"
            "file a 1 x",
            "low"},
    RuleRow{"supply/unverified-download",
            "verified",
            "debian\n"
            "layer RUN /bin/sh -c wget https://x/a.tgz && echo \"abc a.tgz\" | sha256sum -c - # "
            "buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/unverified-download",
            "a request that keeps nothing",
            "debian\n"
            "layer RUN /bin/sh -c curl -f https://x/ping # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/unverified-download",
            "a key",
            "debian\n"
            "layer RUN /bin/sh -c curl -o k.asc https://x/k.asc # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/add-instead-of-copy",
            "a file",
            "debian\n"
            "layer ADD x.json /x.json # buildkit\n"
            "file x.json 1 x",
            "low"},
    RuleRow{"supply/add-instead-of-copy",
            "by its hash",
            "debian\n"
            "layer /bin/sh -c #(nop) ADD file:0123 in /x.json \n"
            "file x.json 1 x",
            "low"},
    RuleRow{"supply/add-instead-of-copy",
            "an archive",
            "debian\n"
            "layer ADD a.tar.gz /a # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/add-instead-of-copy",
            "unpacked, by its layer",
            "debian\n"
            "layer /bin/sh -c #(nop) ADD file:0123 in /x \n"
            "file x/a 1 x\n"
            "file x/b 1 y",
            "none"},
    RuleRow{"supply/add-instead-of-copy",
            "the root file system",
            "layer /bin/sh -c #(nop) ADD file:0123 in / \n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/dist-upgrade",
            "dist-upgrade",
            "debian\n"
            "layer RUN /bin/sh -c apt-get -y dist-upgrade # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/dist-upgrade",
            "upgrade",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get upgrade -y # buildkit\n"
            "file a 1 x",
            "info"},
    RuleRow{"supply/dist-upgrade",
            "a named package",
            "debian\n"
            "layer RUN /bin/sh -c yum update -y openssl # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/dist-upgrade",
            "in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo dist-upgrade # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/update-alone",
            "alone",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/update-alone",
            "after the install",
            "debian\n"
            "layer RUN /bin/sh -c apt-get install -y x && apt-get update # buildkit\n"
            "file a 1 x",
            "medium"},
    RuleRow{"supply/update-alone",
            "with an install",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y x # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/update-alone",
            "apk without a cache",
            "debian\n"
            "layer RUN /bin/sh -c apk add --no-cache x # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/install-recommends",
            "without the flag",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get -y install x # buildkit\n"
            "file a 1 x",
            "low"},
    RuleRow{"supply/install-recommends",
            "with it",
            "debian\n"
            "layer RUN /bin/sh -c apt-get -y --no-install-recommends install x # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/install-recommends",
            "by an option",
            "debian\n"
            "layer RUN /bin/sh -c apt-get -o APT::Install-Recommends=false install x # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"supply/eol-os",
            "long over",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=debian\\nVERSION_ID=\"9\"\\n\n",
            "high"},
    RuleRow{"supply/eol-os",
            "the policy says longer",
            "policy eol: {overrides: {\"debian:9\": 2999-01-01}}\n"
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=debian\\nVERSION_ID=\"9\"\\n\n",
            "none"},
    RuleRow{"supply/eol-os",
            "a point release",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text usr/lib/os-release NAME=\"Alpine Linux\"\\nID=alpine\\nVERSION_ID=3.12.4\\n\n"
            "symlink etc/os-release -> ../usr/lib/os-release\n",
            "high"},
    RuleRow{"supply/eol-os",
            "an older file",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/redhat-release CentOS release 5.7 (Final)\\n\n",
            "high"},
    RuleRow{"supply/eol-os",
            "the base image's",
            "base 1\n"
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=debian\\nVERSION_ID=\"9\"\\n\n"
            "step CMD [\"bash\"]\n"
            "layer x\n"
            "file a 1 x\n",
            "medium"},
    RuleRow{"supply/eol-os",
            "Stream is not CentOS itself",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release NAME=\"CentOS Stream\"\\nID=\"centos\"\\nVERSION_ID=\"10\"\\n\n",
            "none"},
    RuleRow{"supply/eol-os",
            "without releases",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=wolfi\\nVERSION_ID=\"20230201\"\\n\n",
            "info"},
    RuleRow{"supply/eol-os",
            "not in the table",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=acme\\nVERSION_ID=\"1\"\\n\n",
            "info"},
    RuleRow{"supply/eol-os",
            "looked after",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/os-release ID=\"rocky\"\\nVERSION_ID=\"10.1\"\\n\n",
            "none"},
    RuleRow{"supply/eol-os",
            "it does not say",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text app x\n",
            "none"},
    RuleRow{"supply/unsigned",
            "others are signed",
            "source oci\n"
            "signature other\n"
            "debian\n",
            "low"},
    RuleRow{"supply/unsigned",
            "from a registry",
            "source registry\n"
            "registry example.com\n"
            "debian\n",
            "low"},
    RuleRow{"supply/unsigned",
            "signed",
            "source oci\n"
            "signature cosign\n"
            "debian\n",
            "none"},
    RuleRow{"supply/unsigned",
            "nothing is signed here",
            "source oci\n"
            "debian\n",
            "skipped"},
    RuleRow{"supply/insecure-registry",
            "plain http",
            "registry example.com:5000 http\n"
            "debian\n",
            "high"},
    RuleRow{"supply/insecure-registry",
            "an unchecked certificate",
            "registry example.com unverified\n"
            "debian\n",
            "high"},
    RuleRow{"supply/insecure-registry",
            "this machine",
            "registry localhost:5000 http\n"
            "debian\n",
            "low"},
    RuleRow{"supply/insecure-registry",
            "an old API, for everybody",
            "registry hub.acme.internal anonymous legacy\n"
            "debian\n",
            "medium info"},
    RuleRow{"supply/insecure-registry",
            "as it should be",
            "registry example.com anonymous\n"
            "debian\n",
            "none"},
    RuleRow{"supply/insecure-registry", "from a file", "debian\n", "skipped"},
    RuleRow{"supply/non-semver-tag",
            "a layout's bare tag",
            "tag stable\n"
            "debian",
            "low"},
    RuleRow{"supply/non-semver-tag",
            "a name",
            "tag repo:stable\n"
            "debian\n",
            "low"},
    RuleRow{"supply/non-semver-tag",
            "a version",
            "tag repo:stable\n"
            "tag repo:v1.2.3-slim\n"
            "debian\n",
            "none"},
    RuleRow{"supply/non-semver-tag",
            "a commit",
            "tag repo:0123abcd\n"
            "debian\n",
            "none"},
    RuleRow{"supply/non-semver-tag",
            "a day",
            "tag repo:2024.05.01\n"
            "debian\n",
            "none"},
    RuleRow{"supply/non-semver-tag",
            "latest alone",
            "tag repo:latest\n"
            "debian\n",
            "none"},
    RuleRow{"supply/base-unknown",
            "not recorded",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file a 1 x\n",
            "info"},
    RuleRow{"supply/base-unknown",
            "recorded",
            "basename debian:12.8\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"supply/base-unknown",
            "attested",
            "attest https://slsa.dev/provenance/v1\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"supply/base-unknown",
            "from scratch",
            "entrypoint [\"/app\"]\n"
            "layer COPY app /\n"
            "file app 1 x\n"
            "layer COPY b /\n"
            "file b 1 x\n",
            "none"},
    RuleRow{"supply/tag-label-mismatch",
            "another repository",
            "tag acme/shop:1.4.2\n"
            "label org.opencontainers.image.ref.name=acme/store\n"
            "debian\n",
            "info"},
    RuleRow{"supply/tag-label-mismatch",
            "a label that is a tag, and one in words",
            "tag acme/shop:1.4.2\n"
            "label org.opencontainers.image.ref.name=1.4.2\n"
            "label name=The / shop\n"
            "debian\n",
            "none"},
    RuleRow{"supply/install-recommends",
            "switched off by a file",
            "debian\n"
            "text etc/apt/apt.conf.d/99x APT::Install-Recommends \"false\";\\n\n"
            "layer RUN /bin/sh -c apt-get install -y x # buildkit\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"supply/unpinned-packages",
            "of a language",
            "debian\n"
            "layer RUN /bin/sh -c pip install --no-cache-dir flask # buildkit\n"
            "file a 1 x\n",
            "low"},
    RuleRow{"supply/unpinned-packages",
            "latest, and a scope",
            "debian\n"
            "layer RUN /bin/sh -c npm install -g @acme/tool typescript@latest # buildkit\n"
            "file a 1 x\n",
            "low"},
    RuleRow{"supply/unpinned-packages",
            "of the distribution",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y curl git # buildkit\n"
            "file a 1 x\n",
            "info"},
    RuleRow{"supply/unpinned-packages",
            "pinned",
            "debian\n"
            "layer RUN /bin/sh -c pip install flask==3.0 && npm i -g a@1.2 && gem install b:1 && "
            "apt-get install -y curl=7.1 # buildkit\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"supply/unpinned-packages",
            "by files, and from places",
            "debian\n"
            "layer RUN /bin/sh -c pip install -r r.txt && npm ci && pip install . && apt-get "
            "install -y ./a.deb $X # buildkit\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"supply/single-platform",
            "one",
            "registry example.com\n"
            "debian\n",
            "info"},
    RuleRow{"supply/single-platform",
            "several",
            "registry example.com\n"
            "platform linux/arm64\n"
            "debian\n",
            "none"},
    RuleRow{"supply/latest-tag",
            "a digest",
            "tag repo@sha256:0000000000000000000000000000000000000000000000000000000000000000\n"
            "debian\n",
            "none"},
    RuleRow{"supply/manifest-integrity",
            "a name that leads out",
            "note unsafe-path\n"
            "debian\n",
            "high"},
    RuleRow{
        "supply/known-bad-package",
        "a malicious release",
        "debian\n"
        "layer RUN npm ci\n"
        R"(text app/node_modules/event-stream/package.json {"name": "event-stream", "version": "3.3.6"})"
        "\n",
        "critical"},
    RuleRow{
        "supply/known-bad-package",
        "the release before it",
        "debian\n"
        "layer RUN npm ci\n"
        R"(text app/node_modules/event-stream/package.json {"name": "event-stream", "version": "3.3.4"})"
        "\n",
        "none"},
    RuleRow{
        "supply/known-bad-package",
        "a distribution's package, by its source",
        "debian\n"
        R"(text var/lib/dpkg/status Package: liblzma5\nStatus: install ok installed\nVersion: 1:5.6.1-1\nSource: xz-utils\n)"
        "\n",
        "critical"},
    RuleRow{
        "supply/known-bad-package",
        "taken back under a version of its own",
        "debian\n"
        R"(text var/lib/dpkg/status Package: liblzma5\nStatus: install ok installed\nVersion: 5.6.1+really5.4.5-1\nSource: xz-utils\n)"
        "\n",
        "none"},
    RuleRow{"supply/known-bad-package",
            "another ecosystem has the name",
            "alpine\n"
            R"(text lib/apk/db/installed P:chalk\nV:5.6.1\n)"
            "\n",
            "none"},
    RuleRow{"supply/known-bad-package",
            "removed by a later layer",
            "debian\n"
            "layer RUN npm ci\n"
            R"(text app/node_modules/rc/package.json {"name": "rc", "version": "1.2.9"})"
            "\n"
            "layer RUN rm -r node_modules\n"
            "file app/.wh.node_modules 0 w\n",
            "none"},
    RuleRow{
        "supply/known-bad-package",
        "a module that is the distribution's own file",
        "debian\n"
        R"(text var/lib/dpkg/status Package: node-rc\nStatus: install ok installed\nVersion: 1.2.9+1\n)"
        "\n"
        R"(text var/lib/dpkg/info/node-rc.list /usr/share/node_modules/rc/package.json\n)"
        "\n"
        R"(text usr/share/node_modules/rc/package.json {"name": "rc", "version": "1.2.9"})"
        "\n",
        "none"},
    RuleRow{
        "supply/known-bad-package",
        "the policy denies it",
        "debian\n"
        R"(text var/lib/dpkg/status Package: telnetd\nStatus: install ok installed\nVersion: 0.17-1\n)"
        "\n"
        "policy supply: {denyPackages: [telnet*]}\n",
        "high"},
    RuleRow{
        "supply/known-bad-package",
        "the policy denies another version",
        "debian\n"
        R"(text var/lib/dpkg/status Package: telnetd\nStatus: install ok installed\nVersion: 0.17-1\n)"
        "\n"
        R"(policy supply: {denyPackages: ["deb/telnetd@0.16*", "npm/telnetd"]})"
        "\n",
        "none"},
    RuleRow{"supply/known-bad-package", "no package database", "debian\n", "skipped"},
    RuleRow{"supply/copyleft",
            "AGPL",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:AGPL-3.0-or-later\n)"
            "\n",
            "info"},
    RuleRow{
        "supply/copyleft",
        "in words, two packages of one licence",
        "debian\n"
        "layer RUN pip install a b\n"
        R"(text v/a-1.dist-info/METADATA Name: a\nVersion: 1\nLicense: GNU Affero General Public License v3\n)"
        "\n"
        R"(text v/b-1.dist-info/METADATA Name: b\nVersion: 1\nLicense: GNU Affero General Public License v3\n)"
        "\n",
        "info"},
    RuleRow{"supply/copyleft",
            "with another choice",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:MIT OR AGPL-3.0-only\n)"
            "\n",
            "none"},
    RuleRow{"supply/copyleft",
            "another choice does not help where both bind",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:(MIT OR Zlib) AND AGPL-3.0-only\n)"
            "\n",
            "info"},
    RuleRow{"supply/copyleft",
            "GPL alone",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:GPL-3.0-or-later\n)"
            "\n",
            "none"},
    RuleRow{"supply/copyleft",
            "what the policy names",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:GPL-3.0-or-later WITH GCC-exception-3.1\n)"
            "\n"
            "policy supply: {denyLicenses: [gpl-3.0*]}\n",
            "info"},
    RuleRow{"supply/copyleft",
            "the policy names others",
            "alpine\n"
            R"(text lib/apk/db/installed P:db\nV:1\nL:AGPL-3.0-only\n)"
            "\n"
            "policy supply: {denyLicenses: [SSPL-1.0]}\n",
            "none"},
    RuleRow{"supply/copyleft", "no package database", "alpine\n", "skipped"},
    RuleRow{
        "supply/known-bad-package",
        "the policy denies several by one pattern, and one by another",
        "debian\n"
        R"(text var/lib/dpkg/status Package: telnetd\nStatus: install ok installed\nVersion: 1\n\nPackage: telnet\nStatus: install ok installed\nVersion: 1\n\nPackage: rsh\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        "policy supply: {denyPackages: [\"telnet*\", rsh]}\n",
        "high high"},
};

} // namespace

std::span<const RuleRow> supplyRows()
{
    return kRows;
}

} // namespace cutaway::test
