// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/pattern.h"

#include "core/base/limits.h"

#include <re2/re2.h>
#include <string>
#include <utility>

namespace cutaway {
namespace {

RE2::Options optionsOf(PatternText text)
{
    RE2::Options options;
    options.set_log_errors(false); // the library would write to stderr, the pattern included
    options.set_max_mem(limits::kPatternMemory);
    options.set_encoding(text == PatternText::Latin1 ? RE2::Options::EncodingLatin1
                                                     : RE2::Options::EncodingUTF8);
    return options;
}

re2::StringPiece piece(std::string_view text)
{
    return {text.data(), text.size()};
}

std::optional<Pattern::Groups> groupsOf(const RE2 &expression,
                                        std::string_view text,
                                        std::size_t from,
                                        RE2::Anchor anchor)
{
    if (from > text.size()) {
        return std::nullopt;
    }
    const int count = expression.NumberOfCapturingGroups() + 1;
    std::vector<re2::StringPiece> pieces(static_cast<std::size_t>(count));
    if (!expression.Match(piece(text), from, text.size(), anchor, pieces.data(), count)) {
        return std::nullopt;
    }
    Pattern::Groups groups;
    groups.reserve(pieces.size());
    for (const re2::StringPiece &found : pieces) {
        groups.emplace_back(found.data(), found.size());
    }
    return groups;
}

} // namespace

struct Pattern::State
{
    State(std::string_view pattern, PatternText text)
        : expression(piece(pattern), optionsOf(text))
    {}

    RE2 expression;
};

Pattern::Pattern(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern &&) noexcept = default;
Pattern &Pattern::operator=(Pattern &&) noexcept = default;

Result<Pattern> Pattern::compile(std::string_view pattern, PatternText text)
{
    if (pattern.size() > limits::kPatternBytes) {
        return fail(ErrorCode::LimitExceeded,
                    "a pattern may have up to " + std::to_string(limits::kPatternBytes) + " bytes");
    }
    auto state = std::make_unique<State>(pattern, text);
    if (state->expression.ok()) {
        return Pattern(std::move(state));
    }
    const bool isTooLarge = state->expression.error_code() == RE2::ErrorPatternTooLarge;
    return fail(isTooLarge ? ErrorCode::LimitExceeded : ErrorCode::InvalidInput,
                "the pattern cannot be used: " + state->expression.error());
}

bool Pattern::isFoundIn(std::string_view text) const
{
    return m_state->expression.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

bool Pattern::matches(std::string_view text) const
{
    return m_state->expression.Match(piece(text), 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

std::optional<Pattern::Groups> Pattern::find(std::string_view text, std::size_t from) const
{
    return groupsOf(m_state->expression, text, from, RE2::UNANCHORED);
}

std::optional<Pattern::Groups> Pattern::matchAt(std::string_view text, std::size_t from) const
{
    return groupsOf(m_state->expression, text, from, RE2::ANCHOR_START);
}

} // namespace cutaway
