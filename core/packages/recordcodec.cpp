// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/recordcodec.h"

#include "core/base/binary.h"
#include "core/base/limits.h"
#include "core/packages/packagelimits.h"

#include <array>
#include <utility>

namespace cutaway {

namespace {

constexpr std::array kTexts = {
    &PackageRecord::name,
    &PackageRecord::version,
    &PackageRecord::architecture,
    &PackageRecord::source,
    &PackageRecord::sourceVersion,
    &PackageRecord::licence,
    &PackageRecord::supplier,
    &PackageRecord::homepage,
    &PackageRecord::state,
    &PackageRecord::licenceExpression,
};

constexpr std::array kLists = {
    &PackageRecord::needs,
    &PackageRecord::recommends,
    &PackageRecord::provides,
};

void write(BinaryWriter &writer, const PackageRecord &package)
{
    writer.number(static_cast<std::uint8_t>(package.ecosystem));
    for (const auto text : kTexts) {
        writer.text(package.*text);
    }
    writer.number(static_cast<std::uint8_t>(package.declaredBytes ? 1 : 0));
    writer.number(package.declaredBytes.value_or(0));
    writer.number(static_cast<std::uint32_t>(package.files.size()));
    for (const PackagedFile &file : package.files) {
        writer.text(file.path);
    }
    for (const auto list : kLists) {
        writer.number(static_cast<std::uint32_t>((package.*list).size()));
        for (const std::string &relation : package.*list) {
            writer.text(relation);
        }
    }
}

PackageRecord read(BinaryReader &reader)
{
    PackageRecord package;
    const auto ecosystem = reader.number<std::uint8_t>();
    if (ecosystem >= kEcosystemCount) {
        reader.fail("no ecosystem is like that");
        return package;
    }
    package.ecosystem = static_cast<Ecosystem>(ecosystem);
    for (const auto text : kTexts) {
        package.*text = reader.text(2 * limits::kPackageTextBytes);
    }
    const bool isDeclared = reader.number<std::uint8_t>() != 0;
    const auto declared = reader.number<std::uint64_t>();
    if (isDeclared) {
        package.declaredBytes = declared;
    }
    for (auto left = reader.number<std::uint32_t>(); left > 0 && reader.isGood(); --left) {
        package.files.push_back({reader.text(limits::kPathBytes), {}});
    }
    for (const auto list : kLists) {
        for (auto left = reader.number<std::uint32_t>(); left > 0 && reader.isGood(); --left) {
            (package.*list).push_back(reader.text(limits::kPackageTextBytes));
        }
    }
    return package;
}

} // namespace

std::string encodeRecords(const PackageRecords &records)
{
    std::string bytes;
    BinaryWriter writer = binaryWriterInto(bytes);
    writer.number(records.damaged);
    for (const PackageRecord &package : records.packages) {
        write(writer, package);
    }
    return bytes;
}

std::optional<PackageRecords> decodeRecords(std::string_view bytes)
{
    TextStream stream(bytes);
    BinaryReader reader(stream);
    PackageRecords records;
    records.damaged = reader.number<std::uint32_t>();
    while (reader.isGood() && !reader.isAtEnd()
           && records.packages.size() < limits::kPackageRecords) {
        records.packages.push_back(read(reader));
    }
    return reader.isGood() ? std::optional(std::move(records)) : std::nullopt;
}

} // namespace cutaway
