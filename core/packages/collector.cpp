// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"

#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cutaway {

namespace {

/// How much of the text is wanted: the fields of Python's metadata end at the first empty line.
std::size_t usedBytes(DatabaseFile kind, std::string_view text)
{
    if (kind != DatabaseFile::PythonMetadata) {
        return text.size();
    }
    return std::min({text.find("\n\n"), text.find("\n\r\n"), text.size()});
}

class PackageCollector : public FileObserver
{
public:
    bool begin(std::string_view name, const Entry &entry) override
    {
        m_kind = databaseFile(name);
        const std::uint64_t most = m_kind == DatabaseFile::NodePackage ? limits::kNodePackageBytes
                                                                       : limits::kPackageFileBytes;
        if (m_kind == DatabaseFile::None || entry.size == 0
            || entry.size > std::min(most, limits::kPackageLayerBytes - m_kept)) {
            return false;
        }
        m_offset = entry.headerOffset;
        m_size = entry.size;
        m_bytes.clear();
        m_bytes.reserve(m_size);
        return true;
    }

    void data(Bytes run) override
    {
        m_bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    }

    void end(FileFacts &facts) override
    {
        // Holes of sparse files are left out of what comes by: then it is not the content.
        if (m_bytes.size() == m_size) {
            m_bytes.resize(usedBytes(m_kind, m_bytes));
            m_bytes.shrink_to_fit();
            m_kept += m_bytes.size();
            facts.push_back({m_offset, kDatabaseFact, std::exchange(m_bytes, {})});
        }
    }

private:
    DatabaseFile m_kind = DatabaseFile::None;
    std::uint64_t m_offset = 0;
    std::uint64_t m_size = 0;
    std::string m_bytes;
    std::uint64_t m_kept = 0; ///< of the layer
};

} // namespace

std::unique_ptr<FileObserver> packageCollector()
{
    return std::make_unique<PackageCollector>();
}

} // namespace cutaway
