// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

/// Something about an image that the user should know, though it could be read all the same.
struct Note
{
    std::string code; ///< stable, kebab case: "diff-id-mismatch"
    std::string
        message; ///< for people, one sentence; text from the image is already made displayable
    std::optional<std::uint32_t> layer = std::nullopt;
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string path = {}; ///< raw bytes, absolute; empty where no path is concerned
};

/// Notes, at most limits::kNotes of them; the rest is counted.
class Notes
{
public:
    void add(Note note)
    {
        if (m_list.size() < limits::kNotes) {
            m_list.push_back(std::move(note));
        } else {
            ++m_leftOut;
        }
    }
    void add(std::string code, std::string message)
    {
        add(Note{std::move(code), std::move(message)});
    }
    const std::vector<Note> &list() const { return m_list; }
    std::uint64_t leftOut() const { return m_leftOut; }

private:
    std::vector<Note> m_list;
    std::uint64_t m_leftOut = 0;
};

} // namespace cutaway
