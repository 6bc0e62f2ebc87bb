// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/rpm.h"

#include "core/packages/berkeley.h"
#include "core/packages/packagelimits.h"
#include "core/packages/rpmheader.h"
#include "core/packages/sqliterows.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

std::uint32_t littleEndian(std::string_view bytes, std::size_t at)
{
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) {
        number = (number << 8) | static_cast<unsigned char>(bytes[at + i]);
    }
    return number;
}

/// Of all packages together, so that headers that lie on each other do not add up.
class Collected
{
public:
    void add(std::string_view header)
    {
        m_bytes += header.size();
        auto package = m_bytes <= limits::kRpmDatabaseBytes ? readRpmHeader(header) : std::nullopt;
        if (package && m_found.packages.size() < limits::kPackageRecords) {
            m_found.packages.push_back(std::move(*package));
        } else {
            ++m_found.damaged;
        }
    }
    void addDamage() { ++m_found.damaged; }
    PackageRecords take() { return std::move(m_found); }

private:
    PackageRecords m_found;
    std::uint64_t m_bytes = 0;
};

} // namespace

PackageRecords readRpmSlots(std::string_view bytes)
{
    constexpr std::size_t kPage = 4096;
    constexpr std::size_t kSlot = 16;
    constexpr std::size_t kFirstSlot = 32;
    constexpr std::size_t kBlock = 16;
    constexpr std::size_t kBlobHeader = 16;
    Collected found;
    if (!bytes.starts_with("RpmP") || bytes.size() < kPage) {
        found.addDamage();
        return found.take();
    }
    const std::uint64_t end =
        std::min<std::uint64_t>(littleEndian(bytes, 12) * std::uint64_t{kPage}, bytes.size());
    for (std::uint64_t at = kFirstSlot; at + kSlot <= end; at += kSlot) {
        const std::string_view slot = bytes.substr(at, kSlot);
        const std::uint32_t package = littleEndian(slot, 4);
        if (!slot.starts_with("Slot") || package == 0) {
            continue;
        }
        const std::uint64_t start = littleEndian(slot, 8) * std::uint64_t{kBlock};
        const std::string_view blob =
            start <= bytes.size() ? bytes.substr(start) : std::string_view();
        if (blob.size() < kBlobHeader || !blob.starts_with("BlbS")
            || littleEndian(blob, 4) != package) {
            found.addDamage();
            continue;
        }
        found.add(blob.substr(kBlobHeader, littleEndian(blob, 12)));
    }
    return found.take();
}

PackageRecords readRpmBerkeley(std::string_view bytes)
{
    constexpr std::size_t kCounter = 4; // the number that the next package gets
    Collected found;
    const bool isWhole = forEachHashValue(bytes, [&](std::string_view value) {
        if (value.size() != kCounter) {
            found.add(value);
        }
    });
    if (!isWhole) {
        found.addDamage();
    }
    return found.take();
}

PackageRecords readRpmSqlite(std::string bytes)
{
    Collected found;
    const Result<> read = forEachSqliteBlob(std::move(bytes),
                                            "SELECT blob FROM Packages ORDER BY hnum",
                                            [&](std::string_view blob) { found.add(blob); });
    if (!read) {
        found.addDamage();
    }
    return found.take();
}

} // namespace cutaway
