// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A pattern for absolute paths, as bytes: `*` and `?` stop at a slash, `**` does not, `[a-z]` and
/// `[!a]` are sets, a backslash takes the next character as it is. A pattern without a leading
/// slash matches at any depth. A pattern without any of these characters names a path and all that
/// is below it.
class Glob
{
public:
    explicit Glob(std::string_view pattern);

    /// Linear in the path's length times the pattern's, whatever both say.
    bool matches(std::string_view path) const;

private:
    struct Token
    {
        enum class Kind : unsigned char { Byte, Any, Star, DoubleStar, Set } kind = Kind::Byte;
        char byte = 0;
        bool negated = false;
        std::string set; ///< pairs of first and last byte
    };
    std::string_view parseSet(std::string_view rest);
    bool step(const Token &token, char byte) const;
    bool matchesTokens(std::string_view path) const;

    std::vector<Token> m_tokens;
    std::string m_literal; ///< of a pattern without wildcards
    bool m_isLiteral = true;
    bool m_isAnchored = false;
};

} // namespace cutaway
