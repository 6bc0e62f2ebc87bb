// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"
#include "core/packages/purl.h"
#include "core/packages/readers.h"
#include "core/packages/recordcodec.h"
#include "core/packages/rpm.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

void check(const PackageRecords &records, std::size_t size)
{
    require(records.packages.size() <= size + 1, "no more packages than bytes");
    for (const PackageRecord &package : records.packages) {
        require(!package.name.empty(), "packages have names");
        require(package.name.size() <= limits::kPackageTextBytes, "no longer than allowed");
        require(package.version.size() <= 3 * limits::kPackageTextBytes, "no longer than allowed");
        const std::string purl = packageUrl(package, {"debian", "12"});
        require(purl.empty() || purl.starts_with("pkg:"), "a package URL, where there can be one");
        require(std::ranges::all_of(purl, [](char c) { return c > ' ' && c < '\x7f'; }),
                "of visible characters");
    }
    const auto again = decodeRecords(encodeRecords(records));
    require(again && again->packages.size() == records.packages.size(), "kept as they were");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = textOf(data, size);
    for (const DatabaseFile kind : {DatabaseFile::DpkgStatus,
                                    DatabaseFile::DpkgPart,
                                    DatabaseFile::OpkgStatus,
                                    DatabaseFile::ApkInstalled,
                                    DatabaseFile::PacmanDesc,
                                    DatabaseFile::PythonMetadata,
                                    DatabaseFile::NodePackage,
                                    DatabaseFile::GemSpecification}) {
        check(readDatabase(kind, "/a-1.dist-info/METADATA", text), size);
    }
    check(readRpmSlots(text), size);
    check(readRpmSqlite(std::string(text)), limits::kPackageRecords);
    (void)decodeRecords(text);
    std::size_t listed = readDpkgSums(text).size();
    const auto count = [&listed](std::string_view) { ++listed; };
    forEachListed(text, count);
    forEachPacmanFile(text, count);
    forEachPythonFile(text, count);
    require(listed <= 4 * size, "no more files than bytes");
    return 0;
}
