// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>

namespace cutaway {
namespace {

std::string_view wordOf(GateLine::State state)
{
    switch (state) {
    case GateLine::State::Pass: return "PASS";
    case GateLine::State::Fail: return "FAIL";
    case GateLine::State::Skip: return "SKIP";
    }
    return "SKIP";
}

Paint paintOf(GateLine::State state)
{
    switch (state) {
    case GateLine::State::Pass: return Paint::Green;
    case GateLine::State::Fail: return Paint::Red;
    case GateLine::State::Skip: return Paint::Dim;
    }
    return Paint::Plain;
}

std::ptrdiff_t countOf(const std::vector<GateLine> &lines, GateLine::State state)
{
    return std::ranges::count(lines, state, &GateLine::state);
}

GateLine::State verdictOf(const std::vector<GateLine> &lines)
{
    return countOf(lines, GateLine::State::Fail) > 0 ? GateLine::State::Fail
                                                     : GateLine::State::Pass;
}

} // namespace

std::string gateText(const Inspection &inspection,
                     const std::vector<GateLine> &lines,
                     const TextStyle &style)
{
    std::string text;
    for (const GateLine &line : lines) {
        text += painted(wordOf(line.state), paintOf(line.state), style) + "  " + line.rule + " ("
                + displayText(line.message) + ")\n";
    }
    const GateLine::State verdict = verdictOf(lines);
    text += painted(wordOf(verdict), paintOf(verdict), style)
            + " [pass:" + std::to_string(countOf(lines, GateLine::State::Pass))
            + " fail:" + std::to_string(countOf(lines, GateLine::State::Fail))
            + " warn:0 skip:" + std::to_string(countOf(lines, GateLine::State::Skip)) + "]\n";
    if (!inspection.image->complete) {
        text += "Not all layers could be read: the numbers cover those that were.\n";
    }
    return text;
}

std::string gateJson(const Inspection &inspection, const std::vector<GateLine> &lines)
{
    using jsonparts::Value;
    Value report = jsonparts::document();
    report["complete"] = inspection.image->complete;
    report["dive"] = jsonparts::dive(inspection.analysis.dive);
    report["rules"] = Value::array();
    for (const GateLine &line : lines) {
        report["rules"].push_back({{"rule", line.rule},
                                   {"result", lowered(wordOf(line.state))},
                                   {"message", line.message}});
    }
    report["result"] = lowered(wordOf(verdictOf(lines)));
    report["pass"] = countOf(lines, GateLine::State::Pass);
    report["fail"] = countOf(lines, GateLine::State::Fail);
    report["warn"] = 0;
    report["skip"] = countOf(lines, GateLine::State::Skip);
    return jsonparts::writtenWithDive(report, inspection);
}

} // namespace cutaway
