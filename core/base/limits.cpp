// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace cutaway {

namespace {

constexpr std::uint64_t kGiB = 1ull << 30;
constexpr std::uint64_t kMuch = 1ull << 60;

constexpr std::array kRows = {
    LimitRow{"json-size",
             &Limits::jsonBytes,
             true,
             limits::kJsonMostBytes,
             "a manifest, index or config"},
    LimitRow{"header-size", &Limits::headerBytes, true, kGiB, "an extended header of a tar"},
    LimitRow{"path-length", &Limits::pathBytes, true, kGiB, "one path in a layer"},
    LimitRow{"path-depth", &Limits::pathDepth, false, 1'000'000, "names in one path"},
    LimitRow{"layer-entries", &Limits::layerEntries, false, 1'000'000'000, "entries of one layer"},
    LimitRow{"layers", &Limits::layers, false, limits::kMostLayers, "layers of one image"},
    LimitRow{
        "archive-members", &Limits::archiveMembers, false, 1'000'000'000, "files of one archive"},
    LimitRow{"unpacked-size",
             &Limits::unpackedBytes,
             true,
             kMuch,
             "what one layer or archive unpacks to"},
    LimitRow{"expansion",
             &Limits::expansion,
             false,
             kMuch,
             "unpacked bytes for each packed one, in what is bigger than expansion-from"},
    LimitRow{"expansion-from",
             &Limits::expansionFrom,
             true,
             kMuch,
             "unpacked bytes from which on expansion counts"},
    LimitRow{"temporary-disk",
             &Limits::spoolBytes,
             true,
             kMuch,
             "a compressed archive, unpacked to a temporary file"},
    LimitRow{"cache-size",
             &Limits::cacheBytes,
             true,
             kMuch,
             "analyses kept on disk between runs; the least recently used ones go first"},
};

std::optional<std::uint64_t> parseCount(std::string_view text)
{
    std::uint64_t count = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, count);
    return error == std::errc() && stop == end ? std::optional(count) : std::nullopt;
}

/// The value in the biggest unit that leaves no rest.
std::string inUnits(std::uint64_t value,
                    std::uint64_t step,
                    const std::array<std::string_view, 5> &units)
{
    std::size_t unit = 0;
    while (value > 0 && value % step == 0 && unit + 1 < units.size()) {
        value /= step;
        ++unit;
    }
    return std::to_string(value) + std::string(units.at(unit));
}

std::string allNames()
{
    std::string names;
    for (const LimitRow &row : kRows) {
        names +=
            (names.empty() ? "" : ", ") + std::string(row.name) + "=" + limitText(row, Limits());
    }
    return names;
}

} // namespace

std::span<const LimitRow> limitRows()
{
    return kRows;
}

std::string limitText(const LimitRow &row, const Limits &limits)
{
    const std::uint64_t value = limits.*row.value;
    if (!row.isBytes) {
        return std::to_string(value);
    }
    const std::string decimal = inUnits(value, 1000, {"", "kB", "MB", "GB", "TB"});
    const std::string binary = inUnits(value, 1024, {"", "KiB", "MiB", "GiB", "TiB"});
    return binary.size() < decimal.size() ? binary : decimal;
}

Result<> setLimit(Limits &limits, std::string_view assignment)
{
    const std::size_t equals = assignment.find('=');
    const std::string_view name = assignment.substr(0, equals);
    const auto *row = std::ranges::find(kRows, name, &LimitRow::name);
    if (row == kRows.end()) {
        return fail(ErrorCode::InvalidInput,
                    "there is no limit '" + displayText(name) + "'; the limits are " + allNames());
    }
    const std::string_view text =
        equals == std::string_view::npos ? std::string_view() : assignment.substr(equals + 1);
    const std::optional<std::uint64_t> value = row->isBytes ? parseBytes(text) : parseCount(text);
    if (!value || *value == 0 || *value > row->most) {
        Limits most;
        most.*row->value = row->most;
        return fail(ErrorCode::InvalidInput,
                    "the limit " + std::string(name) + " wants "
                        + (row->isBytes ? "a size, as 10GB," : "a number") + " from 1 to "
                        + limitText(*row, most) + ", not '" + displayText(text) + "'");
    }
    limits.*row->value = *value;
    return {};
}

std::unexpected<Error> failLimit(const std::string &what, std::uint64_t Limits::*value)
{
    const auto *row = std::ranges::find(kRows, value, &LimitRow::value);
    return fail(ErrorCode::LimitExceeded,
                what + "; --limit " + std::string(row->name) + "=… raises this");
}

Result<> checkUnpacked(std::uint64_t packed, std::uint64_t unpacked, const Limits &limits)
{
    if (unpacked > limits.unpackedBytes) {
        return failLimit("it unpacks to more than " + formatBytes(limits.unpackedBytes),
                         &Limits::unpackedBytes);
    }
    if (unpacked > limits.expansionFrom && unpacked / limits.expansion > packed) {
        return failLimit("it unpacks to more than " + formatNumber(limits.expansion)
                             + " times its size",
                         &Limits::expansion);
    }
    return {};
}

} // namespace cutaway
