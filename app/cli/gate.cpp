// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/audit/policy/diveci.h"
#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace cutaway::cli {
namespace {

/// The limits as numbers; nothing = disabled.
struct Limits
{
    std::optional<double> lowestEfficiency;
    std::optional<std::uint64_t> highestWastedBytes;
    std::optional<double> highestUserWastedPercent;
};

bool isDisabled(std::string text)
{
    std::ranges::transform(text, text.begin(), asciiLower);
    return text.empty() || text == "disabled" || text == "off" || text == "false";
}

std::unexpected<Error> badLimit(std::string_view rule,
                                const std::string &text,
                                std::string_view want)
{
    return fail(ErrorCode::InvalidInput,
                std::string(rule) + " is '" + displayText(text) + "', but must be "
                    + std::string(want) + " or \"disabled\"");
}

Result<std::optional<double>> fraction(std::string_view rule, const std::string &text)
{
    if (isDisabled(text)) {
        return std::nullopt;
    }
    double value = 0;
    const char *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const bool isFraction = value >= 0 && value <= 1; // false for NaN
    if (error != std::errc() || stop != end || !isFraction) {
        return badLimit(rule, text, "a number from 0 to 1");
    }
    return value;
}

Result<Limits> numbersOf(const GateLimits &limits)
{
    Limits numbers;
    const auto efficiency = fraction("lowestEfficiency", limits.lowestEfficiency);
    if (!efficiency) {
        return std::unexpected(efficiency.error());
    }
    const auto percent = fraction("highestUserWastedPercent", limits.highestUserWastedPercent);
    if (!percent) {
        return std::unexpected(percent.error());
    }
    numbers.lowestEfficiency = *efficiency;
    numbers.highestUserWastedPercent = *percent;
    if (!isDisabled(limits.highestWastedBytes)) {
        numbers.highestWastedBytes = parseBytes(limits.highestWastedBytes);
        if (!numbers.highestWastedBytes) {
            return badLimit("highestWastedBytes", limits.highestWastedBytes, "a size like 20MB");
        }
    }
    return numbers;
}

Result<Limits> limitsFor(const Arguments &arguments)
{
    const Result<GateLimits> file = readDiveCi(arguments.valueOr("--ci-config", ".dive-ci"));
    if (file) {
        return numbersOf(*file);
    }
    if (file.error().code != ErrorCode::NotFound || arguments.has("--ci-config")) {
        return std::unexpected(file.error());
    }
    GateLimits limits;
    limits.lowestEfficiency = arguments.valueOr("--lowestEfficiency", limits.lowestEfficiency);
    limits.highestWastedBytes =
        arguments.valueOr("--highestWastedBytes", limits.highestWastedBytes);
    limits.highestUserWastedPercent =
        arguments.valueOr("--highestUserWastedPercent", limits.highestUserWastedPercent);
    return numbersOf(limits);
}

std::string percent(double value)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f %%", value * 100);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

GateLine line(std::string rule, bool fails, std::string failure, std::string success)
{
    return {fails ? GateLine::State::Fail : GateLine::State::Pass,
            std::move(rule),
            fails ? std::move(failure) : std::move(success)};
}

GateLine skipped(std::string rule)
{
    return {GateLine::State::Skip, std::move(rule), "disabled"};
}

/// dive's comparisons: each limit itself passes.
std::vector<GateLine> ask(const DiveNumbers &dive, const Limits &limits)
{
    std::vector<GateLine> lines;
    if (const auto limit = limits.lowestEfficiency) {
        const std::string is = percent(dive.efficiency);
        lines.push_back(line("lowestEfficiency",
                             *limit > dive.efficiency,
                             is + " is below " + percent(*limit),
                             is + " is at least " + percent(*limit)));
    } else {
        lines.push_back(skipped("lowestEfficiency"));
    }
    if (const auto limit = limits.highestWastedBytes) {
        const std::string is = formatBytes(dive.wastedBytes);
        lines.push_back(line("highestWastedBytes",
                             dive.wastedBytes > *limit,
                             is + " is above " + formatBytes(*limit),
                             is + " is at most " + formatBytes(*limit)));
    } else {
        lines.push_back(skipped("highestWastedBytes"));
    }
    if (const auto limit = limits.highestUserWastedPercent) {
        const double share = dive.userWastedPercent.value_or(0);
        lines.push_back(line("highestUserWastedPercent",
                             dive.userWastedPercent.has_value() && share > *limit,
                             percent(share) + " is above " + percent(*limit),
                             percent(share) + " is at most " + percent(*limit)));
    } else {
        lines.push_back(skipped("highestUserWastedPercent"));
    }
    return lines;
}

} // namespace

int runGate(Context &context)
{
    const Result<Limits> limits = limitsFor(context.arguments);
    if (!limits) {
        (void)failWith(context, limits.error());
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const std::vector<GateLine> lines = ask(inspection.analysis.dive, *limits);
    context.output.write(context.format == "json" ? gateJson(inspection, lines)
                                                  : gateText(inspection, lines, context.style));
    const int code = finish(context, *inspection.image);
    const bool failed = std::ranges::any_of(
        lines, [](const GateLine &asked) { return asked.state == GateLine::State::Fail; });
    return code == ExitOk && failed ? static_cast<int>(ExitGateFailed) : code;
}

} // namespace cutaway::cli
