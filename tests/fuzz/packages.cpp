// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/cpe.h"
#include "core/packages/databases.h"
#include "core/packages/licences.h"
#include "core/packages/packagelimits.h"
#include "core/packages/programs.h"
#include "core/packages/purl.h"
#include "core/packages/readers.h"
#include "core/packages/recordcodec.h"
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
        for (const std::string &cpe : cpeCandidates(package)) {
            require(std::ranges::all_of(cpe, [](char c) { return c > ' ' && c < '\x7f'; }),
                    "of visible characters");
        }
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
    for (int kind = 0; kind < static_cast<int>(DatabaseFile::FileList); ++kind) {
        const auto file = static_cast<DatabaseFile>(kind);
        const bool isPacked = file == DatabaseFile::RpmSqlite || file == DatabaseFile::JavaArchive;
        check(readDatabase(file, "/a-1.dist-info/METADATA", text),
              isPacked ? limits::kPackageRecords : size);
    }
    check(readGoBuildInfo(text).value_or(PackageRecords()), size);
    check(readRustAuditData(text).value_or(PackageRecords()), limits::kPackageRecords);
    ProgramCollector program;
    program.reset();
    program.feed(std::as_bytes(std::span(text.substr(0, size / 2))));
    program.feed(std::as_bytes(std::span(text.substr(size / 2))));
    check(program.finish().value_or(PackageRecords()), limits::kPackageRecords);
    (void)licencesOfCopyright(text);
    const std::string expression = licenceExpression(text);
    require(licenceExpression(expression) == expression, "an expression is one");
    (void)decodeRecords(text);
    std::size_t listed = readDpkgSums(text).size();
    const auto count = [&listed](std::string_view) { ++listed; };
    forEachListed(text, count);
    forEachPacmanFile(text, count);
    forEachPythonFile(text, count);
    forEachPerlFile(text, count);
    require(listed <= 5 * size, "no more files than bytes");
    return 0;
}
