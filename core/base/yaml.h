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

/// A parsed YAML value, plain data that knows where in the text it stands. Aliases are resolved: a
/// value that is named twice is there twice. Looking into the wrong kind of value gives the null
/// value, never an error: readers ask `kind()` where the difference matters.
class Yaml
{
public:
    enum class Kind : std::uint8_t { Null, Scalar, List, Map };
    using Member = std::pair<Yaml, Yaml>; ///< key and value

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isScalar() const { return m_kind == Kind::Scalar; }
    bool isList() const { return m_kind == Kind::List; }
    bool isMap() const { return m_kind == Kind::Map; }

    /// A scalar as it is written, without quotes; empty for other kinds. Valid UTF-8.
    const std::string &text() const { return m_text; }
    /// What a scalar without quotes means in YAML 1.2 (core schema); nothing for all others.
    std::optional<bool> toBool() const;
    std::optional<std::int64_t> toInteger() const; ///< nothing beyond 64 signed bits
    std::optional<double> toDouble() const;        ///< integers too; no infinity, no NaN

    /// Elements of a list; empty for other kinds.
    const std::vector<Yaml> &elements() const { return m_elements; }
    /// Members of a map in the text's order; empty for other kinds.
    const std::vector<Member> &members() const { return m_members; }
    /// The member of that name; null where absent.
    const Yaml &operator[](std::string_view key) const;
    bool contains(std::string_view key) const;

    std::uint32_t line() const { return m_line; } ///< from 1 on; 0 where the value is in no text
    std::uint32_t column() const { return m_column; }

private:
    friend class YamlBuilder;
    Kind m_kind = Kind::Null;
    bool m_isPlain = false; ///< a scalar without quotes
    std::uint32_t m_line = 0;
    std::uint32_t m_column = 0;
    std::string m_text;
    std::vector<Yaml> m_elements;
    std::vector<Member> m_members;
};

/// Parses one document, JSON included, within limits::kYamlBytes, kYamlDepth, kYamlNodes and
/// kYamlText, the last three counted after aliases are resolved. Keys must be texts and differ.
/// `what` names the document in errors, which are InvalidInput or LimitExceeded and read
/// "WHAT:LINE:COLUMN: …".
[[nodiscard]] Result<Yaml> parseYaml(std::string_view text, std::string_view what);

/// InvalidInput: "WHAT:LINE:COLUMN: MESSAGE".
[[nodiscard]] std::unexpected<Error> failAt(std::string_view what,
                                            const Yaml &where,
                                            std::string_view message);

} // namespace cutaway
