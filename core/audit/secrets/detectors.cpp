// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/detectors.h"

#include "core/audit/secrets/detectorrows.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

namespace cutaway {

namespace {

struct LazyPattern
{
    std::once_flag once;
    std::unique_ptr<const Pattern> pattern;
};

} // namespace

std::string_view SecretMatch::before(std::size_t bytes) const
{
    const std::size_t start = begin() - std::min(begin(), bytes);
    return text.substr(start, begin() - start);
}

std::string_view SecretMatch::behind(std::size_t bytes) const
{
    return text.substr(begin() + whole.size(), bytes);
}

std::span<const SecretDetector> secretDetectors()
{
    static const std::vector<SecretDetector> kDetectors = [] {
        std::vector<SecretDetector> rows;
        for (const auto part :
             {secretrows::keys(), secretrows::tokens(), secretrows::platforms()}) {
            rows.insert(rows.end(), part.begin(), part.end());
        }
        return rows;
    }();
    return kDetectors;
}

const Pattern &patternOf(std::size_t detector)
{
    static std::vector<LazyPattern> patterns(secretDetectors().size());
    LazyPattern &lazy = patterns.at(detector);
    std::call_once(lazy.once, [&] {
        lazy.pattern = std::make_unique<const Pattern>(
            Pattern::compile(secretDetectors()[detector].pattern, PatternText::Latin1).value());
    });
    return *lazy.pattern;
}

} // namespace cutaway
