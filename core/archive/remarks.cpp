// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/remarks.h"

#include "core/base/text.h"

namespace cutaway {

namespace {

constexpr std::size_t kShownBytes = 200;

} // namespace

void Remarks::add(std::string_view text, std::string_view subject)
{
    if (isFull()) {
        return;
    }
    if (m_list.size() == kMost) {
        m_list.emplace_back("more remarks were left out");
        return;
    }
    std::string remark(text);
    if (!subject.empty()) {
        remark += ": " + shownName(subject);
    }
    m_list.push_back(std::move(remark));
}

std::string shownName(std::string_view name)
{
    std::string shown = displayText(name.substr(0, kShownBytes));
    if (name.size() > kShownBytes) {
        shown += "…";
    }
    return shown;
}

} // namespace cutaway
