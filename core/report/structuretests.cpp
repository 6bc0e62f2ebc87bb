// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cutaway {
namespace {

using jsonparts::Value;
using Verdict = TestOutcome::State;

constexpr std::string_view kSuite = "container-structure-test.test";

struct Sum
{
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t nanoseconds = 0;
};

Sum sumOf(const std::vector<TestOutcome> &outcomes)
{
    Sum sum;
    for (const TestOutcome &outcome : outcomes) {
        sum.passed += outcome.state == Verdict::Passed ? 1 : 0;
        sum.failed += outcome.state == Verdict::Failed ? 1 : 0;
        sum.skipped += outcome.state == Verdict::Skipped ? 1 : 0;
        sum.nanoseconds += outcome.nanoseconds;
    }
    return sum;
}

std::string secondsText(std::uint64_t nanoseconds)
{
    constexpr double kSecond = 1e9;
    std::array<char, 48> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%.6f", static_cast<double>(nanoseconds) / kSecond);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

std::string verdict(Verdict state, const TextStyle &style)
{
    switch (state) {
    case Verdict::Passed: return painted("PASS", Paint::Green, style);
    case Verdict::Failed: return painted("FAIL", Paint::Red, style);
    case Verdict::Skipped: return painted("SKIP", Paint::Dim, style);
    }
    return {};
}

std::string attribute(std::string_view name, std::string_view value)
{
    return ' ' + std::string(name) + "=\"" + markupText(value) + '"';
}

std::string testCase(const TestOutcome &outcome)
{
    std::string text = "    <testcase" + attribute("name", outcome.name)
                       + attribute("time", secondsText(outcome.nanoseconds));
    if (outcome.state == Verdict::Passed) {
        return text + "/>\n";
    }
    text += ">\n";
    for (const std::string &error : outcome.errors) {
        text += "      <failure>" + markupText(error) + "</failure>\n";
    }
    if (outcome.state == Verdict::Skipped) {
        text += "      <skipped" + attribute("message", outcome.reason) + "/>\n";
    }
    return text + "    </testcase>\n";
}

} // namespace

std::string structureTestsText(const std::vector<TestOutcome> &outcomes, const TextStyle &style)
{
    std::string text;
    for (const TestOutcome &outcome : outcomes) {
        text += verdict(outcome.state, style) + "  " + outcome.name + '\n';
        for (const std::string &error : outcome.errors) {
            text += wrapped(error, "      ", style);
        }
        if (outcome.state == Verdict::Skipped) {
            text += wrapped(outcome.reason, "      ", style);
        }
    }
    const Sum sum = sumOf(outcomes);
    return text + verdict(sum.failed == 0 ? Verdict::Passed : Verdict::Failed, style)
           + " [pass:" + std::to_string(sum.passed) + " fail:" + std::to_string(sum.failed)
           + " skip:" + std::to_string(sum.skipped) + "]\n";
}

std::string structureTestsJson(const std::vector<TestOutcome> &outcomes)
{
    const Sum sum = sumOf(outcomes);
    Value report;
    report["Pass"] = sum.passed;
    report["Fail"] = sum.failed;
    report["Total"] = sum.passed + sum.failed;
    report["Duration"] = sum.nanoseconds;
    report["Results"] = Value::array();
    report["Skipped"] = Value::array();
    for (const TestOutcome &outcome : outcomes) {
        if (outcome.state == Verdict::Skipped) {
            report["Skipped"].push_back({{"Name", outcome.name}, {"Reason", outcome.reason}});
            continue;
        }
        Value result = {{"Name", outcome.name}, {"Pass", outcome.state == Verdict::Passed}};
        if (!outcome.errors.empty()) {
            result["Errors"] = outcome.errors;
        }
        result["Duration"] = outcome.nanoseconds;
        report["Results"].push_back(std::move(result));
    }
    return jsonparts::written(report);
}

std::string structureTestsJunit(const std::vector<TestOutcome> &outcomes)
{
    const Sum sum = sumOf(outcomes);
    const std::string counts = attribute("failures", std::to_string(sum.failed))
                               + attribute("tests", std::to_string(outcomes.size()))
                               + attribute("skipped", std::to_string(sum.skipped))
                               + attribute("time", secondsText(sum.nanoseconds));
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts
                       + ">\n  <testsuite" + attribute("name", kSuite) + counts + ">\n";
    for (const TestOutcome &outcome : outcomes) {
        text += testCase(outcome);
    }
    return text + "  </testsuite>\n</testsuites>\n";
}

} // namespace cutaway
