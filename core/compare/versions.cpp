// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/versions.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <utility>

namespace cutaway {
namespace {

using Order = std::weak_ordering;
using MaybeOrder = std::optional<Order>;

/// The longest beginning of which `is` holds, taken off the text.
template<typename Is>
std::string_view cut(std::string_view &text, Is is)
{
    const auto end = std::ranges::find_if_not(text, is);
    const auto length = static_cast<std::size_t>(end - text.begin());
    const std::string_view part = text.substr(0, length);
    text.remove_prefix(length);
    return part;
}

/// Numbers of any length.
Order compareNumbers(std::string_view a, std::string_view b)
{
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
    return a.size() == b.size() ? Order(a.compare(b) <=> 0) : Order(a.size() <=> b.size());
}

/// deb-version(7): a tilde is before the end, letters before all other characters.
int debWeight(std::string_view text)
{
    constexpr int kBehindLetters = 256;
    if (text.empty() || isDigit(text.front())) {
        return 0;
    }
    const char c = text.front();
    return c == '~' ? -1 : isLetter(c) ? c : static_cast<unsigned char>(c) + kBehindLetters;
}

Order compareDebParts(std::string_view a, std::string_view b)
{
    while (!a.empty() || !b.empty()) {
        while ((!a.empty() && !isDigit(a.front())) || (!b.empty() && !isDigit(b.front()))) {
            if (const Order order = debWeight(a) <=> debWeight(b); order != 0) {
                return order;
            }
            a.remove_prefix(a.empty() ? 0 : 1);
            b.remove_prefix(b.empty() ? 0 : 1);
        }
        const std::string_view left = cut(a, isDigit);
        const std::string_view right = cut(b, isDigit);
        if (const Order order = compareNumbers(left, right); order != 0) {
            return order;
        }
    }
    return Order::equivalent;
}

/// "1:" off the front; "0" where none is given.
std::string_view cutEpoch(std::string_view &text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !std::ranges::all_of(text.substr(0, colon), isDigit)) {
        return "0";
    }
    const std::string_view epoch = text.substr(0, colon);
    text.remove_prefix(colon + 1);
    return epoch;
}

/// What stands behind the last dash, taken off the text; empty where there is none.
std::string_view cutRevision(std::string_view &text)
{
    const std::size_t dash = text.rfind('-');
    if (dash == std::string_view::npos) {
        return {};
    }
    const std::string_view revision = text.substr(dash + 1);
    text = text.substr(0, dash);
    return revision;
}

Order compareDeb(std::string_view a, std::string_view b)
{
    if (const Order order = compareNumbers(cutEpoch(a), cutEpoch(b)); order != 0) {
        return order;
    }
    const std::string_view left = cutRevision(a);
    const std::string_view right = cutRevision(b);
    const Order order = compareDebParts(a, b);
    return order != 0 ? order : compareDebParts(left, right);
}

/// Takes off what only separates; false when the comparison is settled by a tilde or a caret.
bool skipSeparators(std::string_view &a, std::string_view &b, Order &order)
{
    const auto separates = [](char c) {
        return !isDigit(c) && !isLetter(c) && c != '~' && c != '^';
    };
    cut(a, separates);
    cut(b, separates);
    const bool leftTilde = a.starts_with('~');
    const bool rightTilde = b.starts_with('~');
    if (leftTilde != rightTilde) {
        order = leftTilde ? Order::less : Order::greater;
        return false;
    }
    const bool leftCaret = a.starts_with('^');
    const bool rightCaret = b.starts_with('^');
    if (leftCaret != rightCaret) { // after the end, but before anything else
        const bool otherEnds = leftCaret ? b.empty() : a.empty();
        order = leftCaret == otherEnds ? Order::greater : Order::less;
        return false;
    }
    if (leftTilde || leftCaret) {
        a.remove_prefix(1);
        b.remove_prefix(1);
        return skipSeparators(a, b, order);
    }
    return true;
}

/// rpm's way: runs of digits and runs of letters; a run of digits is newer than one of letters.
Order compareRpmParts(std::string_view a, std::string_view b)
{
    while (!a.empty() || !b.empty()) {
        Order order = Order::equivalent;
        if (!skipSeparators(a, b, order)) {
            return order;
        }
        if (a.empty() || b.empty()) {
            break;
        }
        const bool isNumber = isDigit(a.front());
        if (isNumber != isDigit(b.front())) {
            return isNumber ? Order::greater : Order::less;
        }
        const std::string_view left = isNumber ? cut(a, isDigit) : cut(a, isLetter);
        const std::string_view right = isNumber ? cut(b, isDigit) : cut(b, isLetter);
        order = isNumber ? compareNumbers(left, right) : Order(left.compare(right) <=> 0);
        if (order != 0) {
            return order;
        }
    }
    return a.empty() ? (b.empty() ? Order::equivalent : Order::less) : Order::greater;
}

Order compareRpm(std::string_view a, std::string_view b)
{
    if (const Order order = compareNumbers(cutEpoch(a), cutEpoch(b)); order != 0) {
        return order;
    }
    const std::string_view left = cutRevision(a);
    const std::string_view right = cutRevision(b);
    const Order order = compareRpmParts(a, b);
    return order != 0 || left.empty() || right.empty() ? order : compareRpmParts(left, right);
}

/// What stands before the first of the separators, taken off the text together with it.
std::string_view cutField(std::string_view &text, char separator)
{
    const std::size_t at = text.find(separator);
    const std::string_view field = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return field;
}

/// Numbers between dots; nothing where one of them is no number. A missing one is 0.
MaybeOrder compareDotted(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty()) {
        return std::nullopt;
    }
    Order order = Order::equivalent;
    while (!a.empty() || !b.empty()) {
        const bool hasLeft = !a.empty();
        const bool hasRight = !b.empty();
        const std::string_view left = cutField(a, '.');
        const std::string_view right = cutField(b, '.');
        const auto isNumber = [](std::string_view text, bool isThere) {
            return !isThere || (!text.empty() && std::ranges::all_of(text, isDigit));
        };
        if (!isNumber(left, hasLeft) || !isNumber(right, hasRight)) {
            return std::nullopt;
        }
        order = order != 0 ? order : compareNumbers(left, right);
    }
    return order;
}

/// semver.org, 11: a version with a pre-release is before the one without.
Order comparePreReleases(std::string_view a, std::string_view b)
{
    if (a.empty() || b.empty()) {
        return b.empty() <=> a.empty() == 0 ? Order::equivalent
               : a.empty()                  ? Order::greater
                                            : Order::less;
    }
    while (!a.empty() && !b.empty()) {
        const std::string_view left = cutField(a, '.');
        const std::string_view right = cutField(b, '.');
        const bool isNumber = std::ranges::all_of(left, isDigit);
        const bool isOtherNumber = std::ranges::all_of(right, isDigit);
        if (isNumber != isOtherNumber) {
            return isNumber ? Order::less : Order::greater;
        }
        const Order order =
            isNumber ? compareNumbers(left, right) : Order(left.compare(right) <=> 0);
        if (order != 0) {
            return order;
        }
    }
    return a.empty() ? (b.empty() ? Order::equivalent : Order::less) : Order::greater;
}

MaybeOrder compareSemantic(std::string_view a, std::string_view b)
{
    a.remove_prefix(a.starts_with('v') ? 1 : 0);
    b.remove_prefix(b.starts_with('v') ? 1 : 0);
    a = a.substr(0, a.find('+'));
    b = b.substr(0, b.find('+'));
    const std::string_view left = cutField(a, '-');
    const std::string_view right = cutField(b, '-');
    const MaybeOrder order = compareDotted(left, right);
    return !order || *order != 0 ? order : comparePreReleases(a, b);
}

/// "1.2.3-r4", as far as it is but numbers.
MaybeOrder compareApk(std::string_view a, std::string_view b)
{
    const auto revisionOf = [](std::string_view &text) -> std::string_view {
        const std::size_t at = text.rfind("-r");
        if (at == std::string_view::npos) {
            return "0";
        }
        const std::string_view revision = text.substr(at + 2);
        text = text.substr(0, at);
        return revision;
    };
    const std::string_view left = revisionOf(a);
    const std::string_view right = revisionOf(b);
    const MaybeOrder order = compareDotted(a, b);
    return !order || *order != 0 ? order : compareDotted(left, right);
}

} // namespace

std::optional<std::weak_ordering> compareVersions(Ecosystem ecosystem,
                                                  std::string_view a,
                                                  std::string_view b)
{
    switch (ecosystem) {
    case Ecosystem::Deb:
    case Ecosystem::Opkg: return compareDeb(a, b);
    case Ecosystem::Rpm:
    case Ecosystem::Alpm: return compareRpm(a, b);
    case Ecosystem::Node:
    case Ecosystem::Go:
    case Ecosystem::Cargo: return compareSemantic(a, b);
    case Ecosystem::Apk: return compareApk(a, b);
    case Ecosystem::Cpan: return std::nullopt; // some are decimal fractions: 1.10 before 1.9
    case Ecosystem::Python:
    case Ecosystem::Gem:
    case Ecosystem::Maven:
    case Ecosystem::Composer:
    case Ecosystem::Nuget:
    case Ecosystem::Cran: return compareDotted(a, b);
    }
    return std::nullopt;
}

} // namespace cutaway
