// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace cutaway {

enum class PatternText : std::uint8_t {
    Utf8,   ///< a character may be several bytes; bytes that are no UTF-8 match nothing
    Latin1, ///< a character is a byte: for contents of files
};

/// A regular expression in RE2's syntax, which is Go's: no look-around and no back references, and
/// in return the time is linear in the text, whatever the pattern. Immutable: several threads may
/// search with one.
class Pattern
{
public:
    /// Groups of a match, the whole first. Those that took no part are views without data.
    using Groups = std::vector<std::string_view>;

    /// InvalidInput with the reason; LimitExceeded beyond limits::kPatternBytes of text or
    /// limits::kPatternMemory of program.
    [[nodiscard]] static Result<Pattern> compile(std::string_view pattern,
                                                 PatternText text = PatternText::Utf8);
    ~Pattern();
    Pattern(Pattern &&) noexcept;
    Pattern &operator=(Pattern &&) noexcept;

    /// Whether any part of the text matches.
    [[nodiscard]] bool isFoundIn(std::string_view text) const;
    /// Whether the text as a whole matches.
    [[nodiscard]] bool matches(std::string_view text) const;
    /// The first match that begins at `from` or behind it; what stands before counts for `\b` and
    /// `^`. Views into `text`.
    [[nodiscard]] std::optional<Groups> find(std::string_view text, std::size_t from = 0) const;
    /// The match that begins exactly at `from`.
    [[nodiscard]] std::optional<Groups> matchAt(std::string_view text, std::size_t from) const;

private:
    struct State;
    explicit Pattern(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cutaway
