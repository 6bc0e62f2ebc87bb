// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/spdx.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// Of the list's several hundred those that are met with.
constexpr auto kLicences = std::to_array<std::string_view>({"0BSD",
                                                            "AFL-2.1",
                                                            "AFL-3.0",
                                                            "AGPL-3.0",
                                                            "AGPL-3.0-only",
                                                            "AGPL-3.0-or-later",
                                                            "APSL-2.0",
                                                            "Apache-1.0",
                                                            "Apache-1.1",
                                                            "Apache-2.0",
                                                            "Artistic-1.0",
                                                            "Artistic-1.0-Perl",
                                                            "Artistic-2.0",
                                                            "BSD-1-Clause",
                                                            "BSD-2-Clause",
                                                            "BSD-2-Clause-Patent",
                                                            "BSD-2-Clause-Views",
                                                            "BSD-3-Clause",
                                                            "BSD-3-Clause-Clear",
                                                            "BSD-3-Clause-LBNL",
                                                            "BSD-4-Clause",
                                                            "BSD-4-Clause-UC",
                                                            "BSD-Source-Code",
                                                            "BSL-1.0",
                                                            "BUSL-1.1",
                                                            "Beerware",
                                                            "BlueOak-1.0.0",
                                                            "CC-BY-3.0",
                                                            "CC-BY-4.0",
                                                            "CC-BY-SA-2.0",
                                                            "CC-BY-SA-2.5",
                                                            "CC-BY-SA-3.0",
                                                            "CC-BY-SA-4.0",
                                                            "CC-PDDC",
                                                            "CC0-1.0",
                                                            "CDDL-1.0",
                                                            "CDDL-1.1",
                                                            "CNRI-Python",
                                                            "CPL-1.0",
                                                            "ECL-2.0",
                                                            "EPL-1.0",
                                                            "EPL-2.0",
                                                            "EUPL-1.1",
                                                            "EUPL-1.2",
                                                            "Elastic-2.0",
                                                            "FSFAP",
                                                            "FSFUL",
                                                            "FSFULLR",
                                                            "FTL",
                                                            "GFDL-1.1-only",
                                                            "GFDL-1.1-or-later",
                                                            "GFDL-1.2-only",
                                                            "GFDL-1.2-or-later",
                                                            "GFDL-1.3-no-invariants-or-later",
                                                            "GFDL-1.3-only",
                                                            "GFDL-1.3-or-later",
                                                            "GPL-1.0-only",
                                                            "GPL-1.0-or-later",
                                                            "GPL-2.0",
                                                            "GPL-2.0-only",
                                                            "GPL-2.0-or-later",
                                                            "GPL-3.0",
                                                            "GPL-3.0-only",
                                                            "GPL-3.0-or-later",
                                                            "HPND",
                                                            "HPND-sell-variant",
                                                            "ICU",
                                                            "IJG",
                                                            "IPA",
                                                            "IPL-1.0",
                                                            "ISC",
                                                            "ImageMagick",
                                                            "Info-ZIP",
                                                            "JSON",
                                                            "LGPL-2.0-only",
                                                            "LGPL-2.0-or-later",
                                                            "LGPL-2.1",
                                                            "LGPL-2.1-only",
                                                            "LGPL-2.1-or-later",
                                                            "LGPL-3.0",
                                                            "LGPL-3.0-only",
                                                            "LGPL-3.0-or-later",
                                                            "LPPL-1.3c",
                                                            "Libpng",
                                                            "MIT",
                                                            "MIT-0",
                                                            "MIT-CMU",
                                                            "MIT-Modern-Variant",
                                                            "MPL-1.0",
                                                            "MPL-1.1",
                                                            "MPL-2.0",
                                                            "MPL-2.0-no-copyleft-exception",
                                                            "MS-PL",
                                                            "MS-RL",
                                                            "MulanPSL-2.0",
                                                            "NCSA",
                                                            "NTP",
                                                            "Naumen",
                                                            "Net-SNMP",
                                                            "OFL-1.0",
                                                            "OFL-1.1",
                                                            "OLDAP-2.8",
                                                            "OpenSSL",
                                                            "PHP-3.01",
                                                            "PSF-2.0",
                                                            "PostgreSQL",
                                                            "Python-2.0",
                                                            "Python-2.0.1",
                                                            "QPL-1.0",
                                                            "RSA-MD",
                                                            "Ruby",
                                                            "SISSL",
                                                            "SMLNJ",
                                                            "SSPL-1.0",
                                                            "Sendmail",
                                                            "Sleepycat",
                                                            "Spencer-94",
                                                            "TCL",
                                                            "UPL-1.0",
                                                            "Unicode-DFS-2016",
                                                            "Unlicense",
                                                            "Vim",
                                                            "W3C",
                                                            "WTFPL",
                                                            "X11",
                                                            "X11-distribute-modifications-variant",
                                                            "Xnet",
                                                            "ZPL-2.1",
                                                            "Zend-2.0",
                                                            "Zlib",
                                                            "bzip2-1.0.6",
                                                            "curl",
                                                            "libpng-2.0",
                                                            "libtiff",
                                                            "zlib-acknowledgement"});
static_assert(std::ranges::is_sorted(kLicences));

constexpr auto kExceptions = std::to_array<std::string_view>({"Autoconf-exception-2.0",
                                                              "Autoconf-exception-3.0",
                                                              "Bison-exception-2.2",
                                                              "Bootloader-exception",
                                                              "Classpath-exception-2.0",
                                                              "FLTK-exception",
                                                              "Font-exception-2.0",
                                                              "GCC-exception-2.0",
                                                              "GCC-exception-3.1",
                                                              "GPL-3.0-linking-exception",
                                                              "LLVM-exception",
                                                              "LZMA-exception",
                                                              "Libtool-exception",
                                                              "Linux-syscall-note",
                                                              "OCaml-LGPL-linking-exception",
                                                              "PCRE2-exception",
                                                              "Qt-GPL-exception-1.0",
                                                              "Qt-LGPL-exception-1.1",
                                                              "Texinfo-exception",
                                                              "Universal-FOSS-exception-1.0",
                                                              "WxWindows-exception-3.1",
                                                              "cryptsetup-OpenSSL-exception",
                                                              "openvpn-openssl-exception",
                                                              "u-boot-exception-2.0"});
static_assert(std::ranges::is_sorted(kExceptions));

/// The letters and digits alone: how people write "Apache2.0" when they mean Apache-2.0.
std::string skeleton(std::string_view text)
{
    std::string letters;
    for (const char c : text) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        if (isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            letters += asciiLower(c);
        }
    }
    return letters;
}

} // namespace

bool isSpdxLicence(std::string_view id)
{
    return std::ranges::binary_search(kLicences, id);
}

std::optional<std::string_view> spdxMeant(std::string_view text)
{
    const auto *const meant = std::ranges::find(kLicences, skeleton(text), skeleton);
    return meant == kLicences.end() ? std::nullopt : std::optional(*meant);
}

bool isSpdxException(std::string_view id)
{
    return std::ranges::binary_search(kExceptions, id);
}

} // namespace cutaway
