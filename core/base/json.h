// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// A parsed JSON value, plain data. Objects keep the order of the text; of equal keys the last wins
/// (as Go's decoder has it). Looking into the wrong kind of value gives the null value, never an
/// error: readers ask `kind()` where the difference matters.
class Json
{
public:
    enum class Kind : std::uint8_t { Null, Bool, Integer, Double, String, Array, Object };
    using Member = std::pair<std::string, Json>;

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isObject() const { return m_kind == Kind::Object; }
    bool isArray() const { return m_kind == Kind::Array; }
    bool isString() const { return m_kind == Kind::String; }

    bool toBool(bool otherwise = false) const;
    /// The integer; nothing for doubles (1.5), other kinds and numbers beyond 64 signed bits.
    std::optional<std::int64_t> toInteger() const;
    /// The text; empty for other kinds. Valid UTF-8.
    const std::string &toString() const { return m_text; }
    /// Elements of an array; empty for other kinds.
    const std::vector<Json> &elements() const { return m_elements; }
    /// Members of an object; empty for other kinds.
    const std::vector<Member> &members() const { return m_members; }
    /// Member of that name, exactly; null where absent.
    const Json &operator[](std::string_view key) const;
    /// The same, and if absent the first whose name differs in ASCII case only (as Go's decoder has
    /// it).
    const Json &anyCase(std::string_view key) const;
    bool contains(std::string_view key) const;

    static Json ofText(std::string text);

private:
    friend class JsonBuilder;
    Kind m_kind = Kind::Null;
    bool m_bool = false;
    std::int64_t m_integer = 0;
    double m_double = 0;
    std::string m_text;
    std::vector<Json> m_elements;
    std::vector<Member> m_members;
};

struct ParsedJson
{
    Json value;
    bool repairedUtf8 = false; ///< bytes that were no UTF-8 were replaced by U+FFFD
};

enum class BadUtf8 : std::uint8_t { Refuse, Replace };

/// Parses within limits::kJsonMostBytes, kJsonDepth and kJsonValues. A byte order mark is skipped.
/// `what` names the document in errors ("manifest.json"); errors give the line and column.
[[nodiscard]] Result<ParsedJson> parseJson(std::string_view text,
                                           std::string_view what,
                                           BadUtf8 badUtf8 = BadUtf8::Refuse);

} // namespace cutaway
