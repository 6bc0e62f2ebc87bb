// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/openedfiles.h"

#include "core/base/limits.h"

#include <algorithm>

namespace cutaway {

void OpenedFiles::put(const std::string &blob, std::uint64_t offset, std::string content)
{
    if (content.size() > limits::kOpenedFileBytes || find(blob, offset) != nullptr) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    m_bytes += content.size();
    m_files.push_front({blob, offset, std::make_shared<const std::string>(std::move(content))});
    while (m_bytes > limits::kOpenedFilesBytes || m_files.size() > limits::kOpenedFiles) {
        m_bytes -= m_files.back().content->size();
        m_files.pop_back();
    }
}

std::shared_ptr<const std::string> OpenedFiles::find(const std::string &blob, std::uint64_t offset)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = std::ranges::find_if(
        m_files, [&](const File &file) { return file.offset == offset && file.blob == blob; });
    if (found == m_files.end()) {
        return nullptr;
    }
    m_files.splice(m_files.begin(), m_files, found);
    return m_files.front().content;
}

} // namespace cutaway
