// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/tree/filter.h"
#include "core/tree/filterterms.h"
#include "core/tree/filterwords.h"

#include <algorithm>
#include <optional>

namespace cutaway {

namespace {

struct Word
{
    std::string text;
    bool quoted = false;
    bool negated = false;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

std::vector<Word> splitWords(std::string_view line)
{
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < line.size()) {
        if (isBlank(line[at])) {
            ++at;
            continue;
        }
        Word word;
        if (line[at] == '!' && at + 1 < line.size() && !isBlank(line[at + 1])) {
            word.negated = true;
            ++at;
        }
        if (line[at] == '"') {
            const std::size_t end = std::min(line.find('"', at + 1), line.size());
            word.text = line.substr(at + 1, end - at - 1);
            word.quoted = true;
            at = end + 1;
        } else {
            const std::size_t start = at;
            bool isQuoted = false; // the value behind a key, content:"two words"
            while (at < line.size() && (isQuoted || !isBlank(line[at]))) {
                isQuoted =
                    line[at] == '"' ? !isQuoted && at > start && line[at - 1] == ':' : isQuoted;
                ++at;
            }
            word.text = line.substr(start, at - start);
        }
        if (!word.text.empty()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), filter::lower);
    return lower;
}

FilterTerm textTerm(const Word &word)
{
    FilterTerm term;
    const bool isGlob = !word.quoted && word.text.find_first_of("*?[") != std::string::npos;
    term.kind = isGlob ? FilterTerm::Kind::Glob : FilterTerm::Kind::Text;
    term.onPath = word.text.find('/') != std::string::npos;
    term.ignoresCase = std::ranges::none_of(word.text, [](char c) { return c >= 'A' && c <= 'Z'; });
    term.text = word.text;
    if (isGlob && term.onPath && !term.text.starts_with('/') && !term.text.starts_with("**")) {
        term.text.insert(0, "**/"); // "lib/*.so" is meant anywhere
    }
    return term;
}

/// `/…/` is an expression when something in it can only be meant so; `/etc/apt/` is a path.
bool looksLikeRegex(std::string_view text)
{
    return text.size() > 2 && text.starts_with('/') && text.ends_with('/')
           && text.find_first_of("^$*+?()[]{}|\\") != std::string_view::npos;
}

Result<FilterTerm> regexTerm(std::string_view pattern, const RegexCompiler &regex)
{
    if (!regex) {
        return fail(ErrorCode::InvalidInput, "regular expressions are not understood here");
    }
    auto test = regex(pattern);
    if (!test) {
        return std::unexpected(test.error());
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Regex;
    term.onPath = pattern.find('/') != std::string_view::npos;
    term.test = *std::move(test);
    return term;
}

/// Quotes around it keep words together; the case counts once there is a capital.
Result<FilterTerm> contentTerm(std::string_view value)
{
    if (value.starts_with('"')) {
        value.remove_prefix(1);
        value.remove_suffix(value.ends_with('"') ? 1 : 0);
    }
    if (value.empty() || value.size() > limits::kPatternBytes) {
        return fail(
            ErrorCode::InvalidInput,
            "Write what the files shall hold behind content:, with quotes around several words.");
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Content;
    term.ignoresCase = std::ranges::none_of(value, [](char c) { return c >= 'A' && c <= 'Z'; });
    term.text = value;
    return term;
}

Result<FilterTerm> layerTerm(std::string_view value)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Layer;
    for (const std::string_view part : filter::splitAt(value, ',')) {
        const std::size_t dash = part.find('-');
        const auto first = filter::parseNumber(part.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : filter::parseNumber(part.substr(dash + 1));
        if (!first || !last) {
            return fail(ErrorCode::InvalidInput,
                        "“" + displayText(part)
                            + "” is no layer. Write layer:3, layer:1,4 or layer:2-5.");
        }
        term.ranges.emplace_back(*first, *last);
    }
    return term;
}

Result<FilterTerm> ownerTerm(std::string_view value)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Owner;
    for (const std::string_view part : filter::splitAt(value, ':')) {
        const auto id = filter::parseNumber(part);
        if (!id || term.ranges.size() == 2) {
            return fail(ErrorCode::InvalidInput,
                        "“" + displayText(value)
                            + "” is no owner. Write a user id, owner:0, or both ids, owner:0:42.");
        }
        term.ranges.emplace_back(*id, *id);
    }
    return term;
}

Result<FilterTerm> modeTerm(std::string_view value)
{
    const auto mode = filter::parseNumber(value, 8);
    if (!mode || *mode > 07777) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(value) + "” is no mode. Write it in octal, mode:4755.");
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Mode;
    term.ranges.emplace_back(*mode, *mode);
    return term;
}

Result<FilterTerm> wordsTerm(FilterTerm::Kind kind,
                             std::string_view value,
                             std::span<const filter::NamedBit> words)
{
    FilterTerm term;
    term.kind = kind;
    for (const std::string_view part : filter::splitAt(value, ',')) {
        const std::string wanted = lowerCase(part);
        const auto found =
            std::ranges::find(words, std::string_view(wanted), &filter::NamedBit::word);
        if (found == words.end()) {
            std::string offered;
            for (const filter::NamedBit &word : words) {
                if (!word.isAlias) {
                    offered += (offered.empty() ? "" : ", ") + std::string(word.word);
                }
            }
            return fail(ErrorCode::InvalidInput,
                        "“" + displayText(part) + "” is not known here. Choose from: " + offered
                            + ".");
        }
        term.mask |= found->bits;
    }
    return term;
}

/// The term of `key` and what follows it; nothing when the key is none of ours.
std::optional<Result<FilterTerm>> keyTerm(std::string_view key,
                                          std::string_view value,
                                          const RegexCompiler &regex)
{
    if (key == "size") {
        return filter::sizeTerm(value);
    }
    if (key == "mtime") {
        return filter::timeTerm(value);
    }
    if (key == "layer") {
        return layerTerm(value);
    }
    if (key == "type") {
        return wordsTerm(FilterTerm::Kind::Type, value, filter::typeWords());
    }
    if (key == "change") {
        return wordsTerm(FilterTerm::Kind::Change, value, filter::changeWords());
    }
    if (key == "owner") {
        return ownerTerm(value);
    }
    if (key == "mode") {
        return modeTerm(value);
    }
    if (key == "regex") {
        return regexTerm(value, regex);
    }
    if (key == "content") {
        return contentTerm(value);
    }
    if (key == "name" || key == "path") {
        FilterTerm term = textTerm({.text = std::string(value)});
        term.onPath = term.onPath || key == "path";
        return term;
    }
    return std::nullopt;
}

Result<FilterTerm> termOf(const Word &word, const RegexCompiler &regex)
{
    if (word.quoted) {
        return textTerm(word);
    }
    const std::string_view text = word.text;
    if (looksLikeRegex(text)) {
        return regexTerm(text.substr(1, text.size() - 2), regex);
    }
    const std::size_t at = text.find_first_of(":<>=");
    if (at == std::string_view::npos || at == 0) {
        return textTerm(word);
    }
    const std::string key = lowerCase(text.substr(0, at));
    const bool isMeasured = key == "size" || key == "mtime";
    const bool takesSign = isMeasured && text[at] != ':';
    const std::string_view value = text.substr(takesSign ? at : at + 1);
    if (text[at] == ':' || takesSign) {
        if (value.empty()) {
            return fail(ErrorCode::InvalidInput,
                        "Something is missing after “" + displayText(text) + "”.");
        }
        if (auto term = keyTerm(key, value, regex)) {
            return *std::move(term);
        }
        static const std::vector<std::string> kKeys = {"size",
                                                       "layer",
                                                       "type",
                                                       "change",
                                                       "owner",
                                                       "mode",
                                                       "mtime",
                                                       "regex",
                                                       "name",
                                                       "path",
                                                       "content"};
        const std::string meant = nearestWord(key, kKeys);
        if (!meant.empty()) {
            return fail(ErrorCode::InvalidInput,
                        "“" + displayText(key) + ":” is not known. Did you mean “" + meant + ":”?");
        }
    }
    return textTerm(word);
}

} // namespace

bool FileFilter::isNamesOnly() const
{
    return std::ranges::all_of(
        terms, [](const FilterTerm &term) { return term.isText() && !term.negated; });
}

bool FileFilter::asksForContent() const
{
    return std::ranges::any_of(
        terms, [](const FilterTerm &term) { return term.kind == FilterTerm::Kind::Content; });
}

bool FileFilter::asksForType() const
{
    return std::ranges::any_of(
        terms, [](const FilterTerm &term) { return term.kind == FilterTerm::Kind::Type; });
}

Result<FileFilter> parseFileFilter(std::string_view text, const RegexCompiler &regex)
{
    FileFilter filter;
    for (const Word &word : splitWords(text)) {
        auto term = termOf(word, regex);
        if (!term) {
            return std::unexpected(term.error());
        }
        term->negated = word.negated;
        filter.terms.push_back(*std::move(term));
    }
    std::ranges::sort(filter.terms, {}, &FilterTerm::kind);
    return filter;
}

} // namespace cutaway
