// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/sbom.h"

#include "core/base/ascii.h"
#include "core/base/hash.h"
#include "core/base/hashsums.h"
#include "core/base/text.h"
#include "core/packages/requirements.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

namespace cutaway::sbom {
namespace {

constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kIdNameBytes = 64;

/// What identifiers of SPDX may hold; all else becomes a dash.
std::string idText(std::string_view text)
{
    std::string id(text.substr(0, kIdNameBytes));
    std::ranges::replace_if(id, [](char c) { return !isLetterOrDigit(c) && c != '.'; }, '-');
    return id;
}

/// Equal for equal packages of equal images, so that two documents can be compared.
std::string idOf(const PathTree &tree, const Package &package)
{
    const PackageRecord &record = package.record;
    std::string all;
    for (const std::string &part :
         {record.name, record.version, record.architecture, tree.path(package.database)}) {
        all += part + '\0';
    }
    const std::string kind(ecosystemName(record.ecosystem));
    return kind + '-' + idText(record.name) + '-'
           + sha256Hex(kind + '\0' + all).substr(0, kIdDigits);
}

void connect(const Packages &packages, std::vector<Item> &items)
{
    const std::vector<std::vector<std::uint32_t>> needed = neededPackages(packages.list);
    std::vector<std::uint32_t> itemOf(packages.list.size(), kNone);
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        itemOf[items[i].place] = i;
    }
    for (Item &item : items) {
        item.knowsNeeds = item.package->isVisible() && tellsNeeds(item.package->record.ecosystem);
        for (const std::uint32_t place : needed[item.place]) {
            if (itemOf[place] != kNone) {
                item.needs.push_back(itemOf[place]);
            }
        }
        std::ranges::sort(item.needs);
    }
}

/// The number that so many digits at the place are; nothing where anything else stands there.
std::optional<int> digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size()) {
        return std::nullopt;
    }
    int number = 0;
    const char *begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + count, number);
    const bool isNumber = error == std::errc() && end == begin + count && *begin != '-';
    return isNumber ? std::optional(number) : std::nullopt;
}

/// Seconds east of Greenwich in "Z" or "+02:00".
std::optional<int> offsetOf(std::string_view text)
{
    if (text == "Z" || text == "z") {
        return 0;
    }
    const auto hours = digitsAt(text, 1, 2);
    const auto minutes = digitsAt(text, 4, 2);
    const bool isOffset = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':'
                          && hours && minutes;
    if (!isOffset) {
        return std::nullopt;
    }
    const int seconds = (*hours * 60 + *minutes) * 60;
    return text[0] == '-' ? -seconds : seconds;
}

} // namespace

std::vector<Item> itemsOf(const Inspection &inspection, const SbomOptions &options)
{
    const Packages &packages = *inspection.packages;
    std::vector<Item> items;
    for (std::uint32_t i = 0; i < packages.list.size(); ++i) {
        const Package &package = packages.list[i];
        if (package.record.isInstalled() && (package.isVisible() || options.allLayers)) {
            items.push_back({&package, i, idOf(*inspection.image->tree, package), {}, false});
        }
    }
    std::ranges::stable_sort(items, [](const Item &a, const Item &b) {
        const PackageRecord &one = a.package->record;
        const PackageRecord &other = b.package->record;
        return std::tie(one.ecosystem, one.name, one.version, a.id)
               < std::tie(other.ecosystem, other.name, other.version, b.id);
    });
    std::set<std::string> taken;
    for (Item &item : items) {
        const std::string id = item.id;
        for (int again = 2; !taken.insert(item.id).second; ++again) {
            item.id = id + '-' + std::to_string(again);
        }
    }
    connect(packages, items);
    return items;
}

std::string uuidOf(std::string_view name)
{
    // The namespace of URLs.
    constexpr std::string_view kNamespace("\x6b\xa7\xb8\x11\x9d\xad\x11\xd1"
                                          "\x80\xb4\x00\xc0\x4f\xd4\x30\xc8",
                                          16);
    std::string hex = sha1Hex(std::string(kNamespace) + std::string(name)).substr(0, 32);
    hex.resize(32, '0');
    hex[12] = '5';
    constexpr std::string_view kVariants = "89ab";
    const char digit = hex[16];
    hex[16] =
        kVariants[static_cast<std::size_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10) & 3U];
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-'
           + hex.substr(16, 4) + '-' + hex.substr(20);
}

std::string documentUuid(const Inspection &inspection,
                         std::string_view format,
                         const SbomOptions &options)
{
    const Image &image = *inspection.image;
    const Digest &digest = image.configDigest.isEmpty() ? image.digest : image.configDigest;
    std::string name = "cutaway " CUTAWAY_VERSION " " + std::string(format) + ' ' + digest.text();
    if (digest.isEmpty()) { // a root file system: by what its layers hold, as far as that is known
        for (const Layer &layer : image.layers) {
            name += ' ' + layer.diffId.text();
        }
    }
    name += ' ' + imagePurl(image) + ' ' + createdTime(image, options);
    name += options.allLayers ? " all-layers" : "";
    name += options.sums != nullptr ? " files" : "";
    return uuidOf(name);
}

std::optional<std::string> utcTime(std::string_view rfc3339)
{
    const auto year = digitsAt(rfc3339, 0, 4);
    const auto month = digitsAt(rfc3339, 5, 2);
    const auto day = digitsAt(rfc3339, 8, 2);
    const auto hour = digitsAt(rfc3339, 11, 2);
    const auto minute = digitsAt(rfc3339, 14, 2);
    const auto second = digitsAt(rfc3339, 17, 2);
    const bool isWhole = year && month && day && hour && minute && second && rfc3339.size() > 19;
    if (!isWhole || rfc3339[4] != '-' || rfc3339[7] != '-' || rfc3339[13] != ':'
        || rfc3339[16] != ':' || (rfc3339[10] != 'T' && rfc3339[10] != 't')) {
        return std::nullopt;
    }
    std::string_view rest = rfc3339.substr(19);
    if (rest.starts_with('.')) {
        rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    const auto offset = offsetOf(rest);
    if (!date.ok() || !offset || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    std::string text =
        formatTime(days * 86400 + *hour * 3600 + *minute * 60 + *second - *offset, 0);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string createdTime(const Image &image, const SbomOptions &options)
{
    if (options.created) {
        std::string text = formatTime(*options.created, 0);
        if (!text.empty()) {
            return text;
        }
    }
    return utcTime(image.config.created).value_or(formatTime(0, 0));
}

std::string layerDigest(const Image &image, LayerIndex layer)
{
    const Layer &row = image.layers[layer];
    return row.digest.isEmpty() ? row.diffId.text() : row.digest.text();
}

} // namespace cutaway::sbom
