// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"

#include "core/packages/bills.h"
#include "core/packages/databases.h"
#include "core/packages/licences.h"
#include "core/packages/packagelimits.h"
#include "core/packages/programs.h"
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
    case DatabaseFile::JavaModule: return 0;
    case DatabaseFile::NodePackage: return limits::kNodePackageBytes;
    case DatabaseFile::RpmBerkeley:
    case DatabaseFile::RpmSlots:
    case DatabaseFile::RpmSqlite: return limits::kRpmDatabaseBytes;
    case DatabaseFile::JavaArchive: return limits::kJavaArchiveBytes;
    case DatabaseFile::BillOfMaterials: return limits::kBillBytes;
    default: return limits::kPackageFileBytes;
    }
}

/// Whether so little is kept of it that its own length does not matter.
bool keepsLess(DatabaseFile kind)
{
    return keepsRecords(kind) || kind == DatabaseFile::DebCopyright
           || kind == DatabaseFile::DnfHistory;
}

/// What is kept of a file.
std::string keptOf(DatabaseFile kind, std::string_view path, std::string bytes)
{
    if (kind == DatabaseFile::BillOfMaterials) {
        const std::optional<Bill> bill = readBill(bytes);
        return bill ? encodeBill(*bill) : std::string();
    }
    if (kind == DatabaseFile::RpmSqlite) {
        return encodeRecords(readRpmSqlite(std::move(bytes)));
    }
    if (kind == DatabaseFile::DnfHistory) {
        return readDnfHistory(std::move(bytes));
    }
    if (keepsRecords(kind)) {
        return encodeRecords(readDatabase(kind, path, bytes));
    }
    if (kind == DatabaseFile::DebCopyright) {
        return licencesOfCopyright(bytes);
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
        constexpr std::uint16_t kExecutableBits = 0111;
        m_kind = databaseFile(name);
        m_offset = entry.headerOffset;
        m_size = entry.size;
        m_passed = 0;
        if (m_kind == DatabaseFile::None && (entry.mode & kExecutableBits) != 0) {
            m_kind = DatabaseFile::Program;
            m_program.reset();
            return m_size > 0;
        }
        const std::uint64_t room = limits::kPackageLayerBytes - m_kept;
        if (m_size == 0 || m_size > longestOf(m_kind) || (m_size > room && !keepsLess(m_kind))) {
            return false;
        }
        m_name = name;
        m_bytes.clear();
        m_bytes.reserve(m_size);
        return true;
    }

    void data(Bytes run) override
    {
        m_passed += run.size();
        if (m_kind == DatabaseFile::Program) {
            m_program.feed(run);
        } else {
            m_bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
        }
    }

    void end(FileFacts &facts) override
    {
        // Holes of sparse files are left out of what comes by: then it is not the content.
        if (m_passed != m_size) {
            return;
        }
        if (m_kind != DatabaseFile::Program) {
            add(facts, kDatabaseFact, keptOf(m_kind, m_name, std::exchange(m_bytes, {})));
        } else if (const auto records = m_program.finish()) {
            add(facts, kProgramFact, encodeRecords(*records));
        }
    }

private:
    void add(FileFacts &facts, std::uint32_t kind, std::string kept)
    {
        if (!kept.empty() && kept.size() <= limits::kPackageLayerBytes - m_kept) {
            m_kept += kept.size();
            facts.push_back({m_offset, kind, std::move(kept)});
        }
    }

    DatabaseFile m_kind = DatabaseFile::None;
    std::string m_name;
    std::uint64_t m_offset = 0;
    std::uint64_t m_size = 0;
    std::uint64_t m_passed = 0;
    std::string m_bytes;
    ProgramCollector m_program;
    std::uint64_t m_kept = 0; ///< of the layer
};

} // namespace

std::unique_ptr<FileObserver> packageCollector()
{
    return std::make_unique<PackageCollector>();
}

} // namespace cutaway
