// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/licencenames.h"

#include "core/base/ascii.h"
#include "core/base/spdx.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// Other names by their letters, digits and pluses, the letters small.
struct Alias
{
    std::string_view name;
    std::string_view meant;
};

constexpr std::string_view kPerl = "(Artistic-1.0-Perl OR GPL-1.0-or-later)";
constexpr auto kAliases = std::to_array<Alias>({
    {"academicfreelicense21", "AFL-2.1"},
    {"afl21", "AFL-2.1"},
    {"agpl3", "AGPL-3.0-only"},
    {"agpl3+", "AGPL-3.0-or-later"},
    {"agplv3", "AGPL-3.0-only"},
    {"agplv3+", "AGPL-3.0-or-later"},
    {"apache2", "Apache-2.0"},
    {"apachelicense20", "Apache-2.0"},
    {"apachelicensev20", "Apache-2.0"},
    {"apachelicenseversion20", "Apache-2.0"},
    {"apachev2", "Apache-2.0"},
    {"artistic", "Artistic-1.0-Perl"},
    {"artistic2", "Artistic-2.0"},
    {"asl11", "Apache-1.1"},
    {"asl20", "Apache-2.0"},
    {"boost", "BSL-1.0"},
    {"boost10", "BSL-1.0"},
    {"boostsoftwarelicense10bsl10", "BSL-1.0"},
    {"bsd2", "BSD-2-Clause"},
    {"bsd3", "BSD-3-Clause"},
    {"bsd3clauselicense", "BSD-3-Clause"},
    {"bsl1", "BSL-1.0"},
    {"cc0", "CC0-1.0"},
    {"cc0100universal", "CC0-1.0"},
    {"eclipsepubliclicensev20", "EPL-2.0"},
    {"expat", "MIT"},
    {"gfdl12", "GFDL-1.2-only"},
    {"gfdl12+", "GFDL-1.2-or-later"},
    {"gfdl13", "GFDL-1.3-only"},
    {"gfdl13+", "GFDL-1.3-or-later"},
    {"gfdlniv13+", "GFDL-1.3-no-invariants-or-later"},
    {"gnuafferogeneralpubliclicensev3", "AGPL-3.0-only"},
    {"gnugeneralpubliclicensev2gplv2", "GPL-2.0-only"},
    {"gnugeneralpubliclicensev2orlatergplv2+", "GPL-2.0-or-later"},
    {"gnugeneralpubliclicensev3gplv3", "GPL-3.0-only"},
    {"gnugeneralpubliclicensev3orlatergplv3+", "GPL-3.0-or-later"},
    {"gnulessergeneralpubliclicensev2lgplv2", "LGPL-2.0-only"},
    {"gnulessergeneralpubliclicensev2orlaterlgplv2+", "LGPL-2.0-or-later"},
    {"gnulessergeneralpubliclicensev3lgplv3", "LGPL-3.0-only"},
    {"gnulessergeneralpubliclicensev3orlaterlgplv3+", "LGPL-3.0-or-later"},
    {"gpl+", "GPL-1.0-or-later"},
    {"gpl1", "GPL-1.0-only"},
    {"gpl1+", "GPL-1.0-or-later"},
    {"gpl10+", "GPL-1.0-or-later"},
    {"gpl2", "GPL-2.0-only"},
    {"gpl2+", "GPL-2.0-or-later"},
    {"gpl20", "GPL-2.0-only"},
    {"gpl20+", "GPL-2.0-or-later"},
    {"gpl3", "GPL-3.0-only"},
    {"gpl3+", "GPL-3.0-or-later"},
    {"gpl30", "GPL-3.0-only"},
    {"gpl30+", "GPL-3.0-or-later"},
    {"gplv2", "GPL-2.0-only"},
    {"gplv2+", "GPL-2.0-or-later"},
    {"gplv3", "GPL-3.0-only"},
    {"gplv3+", "GPL-3.0-or-later"},
    {"httpsopensourceorglicensesmit", "MIT"},
    {"httpswwwapacheorglicenseslicense20", "Apache-2.0"},
    {"httpswwwapacheorglicenseslicense20txt", "Apache-2.0"},
    {"httpwwwapacheorglicenseslicense20", "Apache-2.0"},
    {"httpwwwapacheorglicenseslicense20txt", "Apache-2.0"},
    {"isclicense", "ISC"},
    {"isclicenseiscl", "ISC"},
    {"lgpl2", "LGPL-2.0-only"},
    {"lgpl2+", "LGPL-2.0-or-later"},
    {"lgpl20", "LGPL-2.0-only"},
    {"lgpl20+", "LGPL-2.0-or-later"},
    {"lgpl21", "LGPL-2.1-only"},
    {"lgpl21+", "LGPL-2.1-or-later"},
    {"lgpl3", "LGPL-3.0-only"},
    {"lgpl3+", "LGPL-3.0-or-later"},
    {"lgpl30", "LGPL-3.0-only"},
    {"lgpl30+", "LGPL-3.0-or-later"},
    {"lgplv2", "LGPL-2.0-only"},
    {"lgplv2+", "LGPL-2.0-or-later"},
    {"lgplv21", "LGPL-2.1-only"},
    {"lgplv21+", "LGPL-2.1-or-later"},
    {"lgplv3", "LGPL-3.0-only"},
    {"lgplv3+", "LGPL-3.0-or-later"},
    {"mitlicense", "MIT"},
    {"mozillapubliclicense20mpl20", "MPL-2.0"},
    {"mpl11", "MPL-1.1"},
    {"mpl2", "MPL-2.0"},
    {"mplv11", "MPL-1.1"},
    {"mplv20", "MPL-2.0"},
    {"newbsd", "BSD-3-Clause"},
    {"newbsdlicense", "BSD-3-Clause"},
    {"ofl", "OFL-1.1"},
    {"openldap28", "OLDAP-2.8"},
    {"perl", kPerl},
    {"perl5", kPerl},
    {"psf", "PSF-2.0"},
    {"psf2", "PSF-2.0"},
    {"psflicense", "PSF-2.0"},
    {"python", "Python-2.0"},
    {"pythonsoftwarefoundationlicense", "PSF-2.0"},
    {"simplifiedbsd", "BSD-2-Clause"},
    {"themitlicense", "MIT"},
    {"themitlicensemit", "MIT"},
    {"theunlicenseunlicense", "Unlicense"},
    {"zliblicense", "Zlib"},
});
static_assert(std::ranges::is_sorted(kAliases, {}, &Alias::name));

std::string lettersOf(std::string_view text)
{
    std::string letters;
    for (const char c : text) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        if (isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+') {
            letters += asciiLower(c);
        }
    }
    return letters;
}

/// Those that the list has by this name until it became two.
std::string modern(std::string_view id)
{
    const bool isOld =
        (id.starts_with("GPL-") || id.starts_with("LGPL-") || id.starts_with("AGPL-"))
        && id.back() >= '0' && id.back() <= '9';
    return std::string(id) + (isOld ? "-only" : "");
}

} // namespace

std::string licenceMeant(std::string_view name)
{
    if (isSpdxLicence(name)) {
        return modern(name);
    }
    std::string letters = lettersOf(name);
    if (name.contains('<') || name.contains('>')) { // R has "GPL (>= 2)"
        const bool isAtLeast = name.contains(">=") && !name.contains('<');
        letters = isAtLeast && !letters.contains('+') ? letters + '+' : std::string();
    }
    const auto *const alias = std::ranges::lower_bound(kAliases, letters, {}, &Alias::name);
    if (alias != kAliases.end() && alias->name == letters) {
        return std::string(alias->meant);
    }
    const bool isPlain = name.find_first_of("+<>") == std::string_view::npos;
    const auto meant = isPlain ? spdxMeant(name) : std::nullopt;
    return meant ? modern(*meant) : std::string();
}

std::string exceptionMeant(std::string_view name, std::string_view licence)
{
    static constexpr auto kNames = std::to_array<Alias>({
        {"bison22exception", "Bison-exception-2.2"},
        {"bisonexception", "Bison-exception-2.2"},
        {"classpathexception", "Classpath-exception-2.0"},
        {"libtoolexception", "Libtool-exception"},
        {"linuxsyscallnoteexception", "Linux-syscall-note"},
        {"texinfoexception", "Texinfo-exception"},
    });
    if (isSpdxException(name)) {
        return std::string(name);
    }
    const std::string letters = lettersOf(name);
    if (letters == "autoconfexception" || letters == "autoconfdataexception") {
        return licence.starts_with("GPL-2")   ? "Autoconf-exception-2.0"
               : licence.starts_with("GPL-3") ? "Autoconf-exception-3.0"
                                              : "";
    }
    const auto *const found = std::ranges::find(kNames, letters, &Alias::name);
    return found == kNames.end() ? std::string() : std::string(found->meant);
}

} // namespace cutaway
