// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Oddities that did not stop the reading: the first kMost of them, and a word if there were more.
class Remarks
{
public:
    static constexpr std::size_t kMost = 100;

    /// `subject` is a name out of the archive, or empty; it is escaped and cut.
    void add(std::string_view text, std::string_view subject = {});
    bool isFull() const { return m_list.size() > kMost; }
    const std::vector<std::string> &list() const { return m_list; }

private:
    std::vector<std::string> m_list;
};

/// A name out of an archive for a message: escaped, and cut where it is long.
[[nodiscard]] std::string shownName(std::string_view name);

} // namespace cutaway
