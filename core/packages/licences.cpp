// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/licences.h"

#include "core/packages/licencenames.h"
#include "core/packages/packagelimits.h"
#include "core/packages/stanzas.h"

#include <algorithm>
#include <vector>

namespace cutaway {

namespace {

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
