// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// The next line without its end, `\r\n` too; takes it off the text.
[[nodiscard]] std::string_view takeLine(std::string_view &text);
/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view withoutBlanks(std::string_view text);
/// A value as records keep it: trimmed, and no longer than limits::kPackageTextBytes.
[[nodiscard]] std::string boundedText(std::string_view value);
/// Adds what stands between the separators to a list of a record, as boundedText(), up to
/// limits::kPackageRelations.
void addRelations(std::vector<std::string> &list, std::string_view text, char separator);
/// A decimal number; nothing where anything else stands there.
[[nodiscard]] std::optional<std::uint64_t> numberOf(std::string_view text);
/// Bytes in lowercase hexadecimal.
[[nodiscard]] std::string hexOf(std::string_view bytes);
/// Whether names are equal but for ASCII case.
[[nodiscard]] bool sameName(std::string_view one, std::string_view other);

/// Paragraphs of `Name: value` lines (deb822, RFC 822): what dpkg, opkg and Python write. Of a
/// value that goes on over several lines the first counts. Views into the text.
class Stanza
{
public:
    /// Takes the next paragraph off the text; false at its end.
    bool take(std::string_view &text);

    /// Empty where there is no such field; of several the last counts.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    const std::vector<std::pair<std::string_view, std::string_view>> &fields() const
    {
        return m_fields;
    }
    std::uint32_t badLines() const { return m_badLines; }

private:
    std::vector<std::pair<std::string_view, std::string_view>> m_fields;
    std::uint32_t m_badLines = 0;
};

} // namespace cutaway
