// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/licences.h"

#include "core/base/spdx.h"
#include "core/packages/packagelimits.h"
#include "core/packages/stanzas.h"

#include <algorithm>
#include <array>
#include <vector>

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
            letters += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
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

/// One licence; empty where it cannot be told.
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

/// An exception to that licence, as Debian calls it: "Bison exception"; empty where it is not
/// known.
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

/// Puts an expression together out of words. Names may be of several.
class Expression
{
public:
    /// False once it cannot become an expression.
    bool add(std::string_view word)
    {
        if (sameName(word, "and") || sameName(word, "or") || word == "|") { // R's
            endName();
            m_text += sameName(word, "and") ? " AND " : " OR ";
            m_isGood = m_isGood && m_hasOperand;
            m_hasOperand = false;
        } else if (sameName(word, "with")) {
            endName();
            m_text += " WITH ";
            m_isGood = m_isGood && m_hasOperand;
            m_isException = true;
        } else if (word == "(") {
            m_isGood = m_isGood && m_name.empty() && !m_hasOperand && !m_isException;
            m_text += word;
            ++m_depth;
        } else if (word == ")") {
            endName();
            m_isGood = m_isGood && m_hasOperand && m_depth > 0;
            m_text += word;
            --m_depth;
        } else {
            m_name += (m_name.empty() ? "" : " ") + std::string(word);
        }
        return m_isGood;
    }

    std::string take()
    {
        endName();
        return m_isGood && m_hasOperand && !m_isException && m_depth == 0 ? m_text : std::string();
    }

private:
    void endName()
    {
        if (m_name.empty()) {
            return;
        }
        if (m_isException) {
            const std::string meant = exceptionMeant(m_name, m_licence);
            m_isGood = m_isGood && !meant.empty();
            m_text += meant;
            m_isException = false;
        } else {
            m_licence = licenceMeant(m_name);
            m_isGood = m_isGood && !m_licence.empty() && !m_hasOperand;
            m_text += m_licence;
            m_hasOperand = true;
        }
        m_name.clear();
    }

    std::string m_text;
    std::string m_name;        ///< so far
    std::string m_licence;     ///< the last one
    bool m_hasOperand = false; ///< a licence stands at the end of the text
    bool m_isException = false;
    bool m_isGood = true;
    int m_depth = 0;
};

void addOnce(std::vector<std::string> &list, std::string_view name)
{
    constexpr std::size_t kMost = 64;
    std::string text = boundedText(name);
    if (!text.empty() && list.size() < kMost && std::ranges::find(list, text) == list.end()) {
        list.push_back(std::move(text));
    }
}

bool isChoice(std::string_view terms)
{
    return terms.contains(" or ") || terms.contains(" OR ");
}

/// "GPL-1+ or Artistic, and Unicode" are a choice and a licence: "and" binds faster but for a
/// comma.
void addTerms(std::vector<std::string> &list, std::string_view terms)
{
    while (!terms.empty()) {
        const bool hasChoice = isChoice(terms.substr(0, terms.find(", and ")));
        const std::string_view separator = hasChoice ? ", and " : " and ";
        const std::size_t end = std::min(terms.find(separator), terms.size());
        std::string_view term = terms.substr(0, end);
        term.remove_suffix(term.ends_with(',') ? 1 : 0);
        addOnce(list, term);
        terms.remove_prefix(std::min(end + separator.size(), terms.size()));
    }
}

/// "GPL-2+ and (Artistic or GPL-1+)"
std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        const bool isInBrackets = names.size() > 1 && isChoice(name);
        text += (text.empty() ? "" : " and ") + (isInBrackets ? '(' + name + ')' : name);
    }
    return boundedText(text);
}

std::vector<std::string> commonLicences(std::string_view text)
{
    constexpr std::string_view kFolder = "/usr/share/common-licenses/";
    constexpr std::string_view kLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    std::vector<std::string> names;
    const bool isLater = text.contains("any later version");
    for (std::size_t at = text.find(kFolder); at != std::string_view::npos;
         at = text.find(kFolder, at + 1)) {
        std::string_view name = text.substr(at + kFolder.size());
        name = name.substr(0, name.find_first_not_of(kLetters));
        name = name.substr(0, name.find_last_not_of('.') + 1);
        // The text of a version is there for those as well who may take a later one.
        const bool isGnu = name.contains("GPL-") || name.contains("GFDL-");
        addOnce(names, std::string(name) + (isGnu && isLater ? "+" : ""));
    }
    return names;
}

} // namespace

std::string licenceExpression(std::string_view words)
{
    // R's templates of licences: the file names who has the copyright.
    words = withoutBlanks(words.substr(0, words.find(" + file LICEN")));
    // Names have brackets too: "ISC License (ISCL)".
    const bool isName = !words.contains(" WITH ") && !words.starts_with('(')
                        && std::ranges::count(words, '(') == std::ranges::count(words, ')');
    if (const std::string whole = isName ? licenceMeant(words) : ""; !whole.empty()) {
        return whole.starts_with('(') ? whole.substr(1, whole.size() - 2) : whole;
    }
    Expression expression;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find_first_of(" \t()"), words.size());
        const std::string_view word = words.substr(0, std::max<std::size_t>(end, 1));
        words.remove_prefix(word.size());
        if (word != " " && word != "\t" && !expression.add(word)) {
            return {};
        }
    }
    std::string text = expression.take();
    return text.size() <= limits::kPackageTextBytes ? text : std::string();
}

std::string licencesOfCopyright(std::string_view text)
{
    constexpr std::size_t kFormatBytes = 400; // the header comes first
    const std::string_view first = text.substr(0, kFormatBytes);
    if (!first.contains("copyright-format") && !first.contains("dep5")
        && !first.contains("Format-Specification")) {
        return joined(commonLicences(text));
    }
    std::vector<std::string> ofFiles;
    std::vector<std::string> others;
    Stanza stanza;
    while (stanza.take(text)) {
        const bool isOfFiles = !stanza.value("Files").empty();
        addTerms(isOfFiles ? ofFiles : others, stanza.value("License"));
    }
    return joined(ofFiles.empty() ? others : ofFiles);
}

} // namespace cutaway
