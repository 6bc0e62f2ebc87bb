// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"

#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"
#include "core/packages/recordcodec.h"
#include "core/packages/rpm.h"

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

std::uint64_t longestOf(DatabaseFile kind)
{
    switch (kind) {
    case DatabaseFile::None:
    case DatabaseFile::RpmBerkeley: return 0;
    case DatabaseFile::NodePackage: return limits::kNodePackageBytes;
    default: return isLongDatabase(kind) ? limits::kRpmDatabaseBytes : limits::kPackageFileBytes;
    }
}

/// What is kept of a file.
std::string keptOf(DatabaseFile kind, std::string bytes)
{
    if (kind == DatabaseFile::RpmSqlite) {
        return encodeRecords(readRpmSqlite(std::move(bytes)));
    }
    if (kind == DatabaseFile::RpmSlots) {
        return encodeRecords(readRpmSlots(bytes));
    }
    bytes.resize(usedBytes(kind, bytes));
    bytes.shrink_to_fit();
    return bytes;
}

class PackageCollector : public FileObserver
{
public:
    bool begin(std::string_view name, const Entry &entry) override
    {
        m_kind = databaseFile(name);
        const std::uint64_t room = limits::kPackageLayerBytes - m_kept;
        if (entry.size == 0 || entry.size > longestOf(m_kind)
            || (entry.size > room && !isLongDatabase(m_kind))) {
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
        if (m_bytes.size() != m_size) {
            return;
        }
        std::string kept = keptOf(m_kind, std::exchange(m_bytes, {}));
        if (kept.size() <= limits::kPackageLayerBytes - m_kept) {
            m_kept += kept.size();
            facts.push_back({m_offset, kDatabaseFact, std::move(kept)});
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
