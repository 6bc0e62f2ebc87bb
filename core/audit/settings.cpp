// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/settings.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cutaway {
namespace {

using Kind = ThresholdRow::Kind;

constexpr std::array kRows = {
    ThresholdRow{"size.ignoreBelow",
                 Kind::Size,
                 &Thresholds::sizeIgnoreBelow,
                 "bytes too few to be worth a finding"},
    ThresholdRow{
        "size.warn", Kind::Size, &Thresholds::sizeWarn, "an image from here on is large: low"},
    ThresholdRow{
        "size.max", Kind::Size, &Thresholds::sizeMax, "an image from here on is large: medium"},
    ThresholdRow{
        "size.tmpMin", Kind::Size, &Thresholds::sizeTmpMin, "temporary files and logs of a layer"},
    ThresholdRow{
        "size.archiveMin", Kind::Size, &Thresholds::sizeArchiveMin, "an archive left behind"},
    ThresholdRow{"cache.minBytes", Kind::Size, &Thresholds::cacheMinBytes, "a cache in one layer"},
    ThresholdRow{"layer.minEfficiency",
                 Kind::Share,
                 &Thresholds::layerMinEfficiency,
                 "visible bytes of all that is shipped"},
    ThresholdRow{"layer.maxWasted",
                 Kind::Size,
                 &Thresholds::layerMaxWasted,
                 "bytes that are shipped and hidden"},
    ThresholdRow{"layer.maxWastedPct",
                 Kind::Share,
                 &Thresholds::layerMaxWastedPct,
                 "hidden bytes of the layers above the base"},
    ThresholdRow{"layer.warn", Kind::Count, &Thresholds::layerWarn, "so many layers: low"},
    ThresholdRow{"layer.max", Kind::Count, &Thresholds::layerMax, "more layers: medium"},
    ThresholdRow{"supply.staleDays",
                 Kind::Count,
                 &Thresholds::supplyStaleDays,
                 "an image older than this is stale: low, medium at twice the age"},
    ThresholdRow{"contract.maxPortRange",
                 Kind::Count,
                 &Thresholds::contractMaxPortRange,
                 "ports of one range"},
};

constexpr std::array<std::string_view, 6> kProfiles = {
    "default", "strict", "ska", "openshift", "cis", "minimal"};

std::optional<std::uint64_t> countOf(std::string_view text)
{
    std::uint64_t count = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, count);
    return error == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

/// "0.95" and "95%" are the same.
std::optional<double> shareOf(std::string_view text)
{
    const bool isPercent = text.ends_with('%');
    text.remove_suffix(isPercent ? 1 : 0);
    double number = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, number);
    number /= isPercent ? 100 : 1;
    const bool isShare = number >= 0 && number <= 1;
    return error == std::errc() && stop == end && isShare ? std::optional(number) : std::nullopt;
}

std::string_view wanted(Kind kind)
{
    switch (kind) {
    case Kind::Size: return "a size, as 20MiB";
    case Kind::Share: return "a share from 0 to 1, or as 95%";
    case Kind::Count: return "a number";
    }
    return {};
}

} // namespace

std::span<const ThresholdRow> thresholdRows()
{
    return kRows;
}

const ThresholdRow *findThreshold(std::string_view name)
{
    const auto *const row = std::ranges::find(kRows, name, &ThresholdRow::name);
    return row == kRows.end() ? nullptr : row;
}

Result<> setThreshold(Thresholds &thresholds, const ThresholdRow &row, std::string_view text)
{
    if (row.kind == Kind::Share) {
        if (const std::optional<double> share = shareOf(text)) {
            thresholds.*std::get<double Thresholds::*>(row.value) = *share;
            return {};
        }
    } else {
        const std::optional<std::uint64_t> number =
            row.kind == Kind::Size ? parseBytes(text) : countOf(text);
        if (number) {
            thresholds.*std::get<std::uint64_t Thresholds::*>(row.value) = *number;
            return {};
        }
    }
    return fail(ErrorCode::InvalidInput,
                std::string(row.name) + " wants " + std::string(wanted(row.kind)) + ", not '"
                    + displayText(text) + "'");
}

std::string_view profileName(Profile profile)
{
    return kProfiles.at(static_cast<std::size_t>(profile));
}

const AuditSettings &defaultSettings()
{
    static const AuditSettings kSettings;
    return kSettings;
}

} // namespace cutaway
