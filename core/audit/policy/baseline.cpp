// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/baseline.h"

#include "core/base/bytesource.h"
#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/base/text.h"

namespace cutaway {

Result<std::set<std::string, std::less<>>> readBaseline(const std::string &path)
{
    constexpr std::size_t kDigits = 64; // of a fingerprint
    constexpr std::uint64_t kMostBytes = 256ULL << 20;
    const std::string shown = displayText(path);
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    const Result<std::string> text = readAll(**file, kMostBytes, shown);
    if (!text) {
        return std::unexpected(text.error());
    }
    const Result<ParsedJson> json = parseJson(*text, shown);
    if (!json) {
        return fail(ErrorCode::InvalidInput, json.error().message);
    }
    const Json &findings = json->value["findings"];
    if (json->value["schemaVersion"].toInteger() != 1 || !findings.isArray()) {
        return fail(ErrorCode::InvalidInput, shown + ": this is no report of audit --format json");
    }
    std::set<std::string, std::less<>> fingerprints;
    for (const Json &finding : findings.elements()) {
        const std::string &fingerprint = finding["fingerprint"].toString();
        if (fingerprint.size() != kDigits) {
            return fail(ErrorCode::InvalidInput, shown + ": a finding has no fingerprint");
        }
        fingerprints.insert(fingerprint);
    }
    return fingerprints;
}

} // namespace cutaway
