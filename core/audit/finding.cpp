// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/finding.h"

namespace cutaway {

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Info: return "info";
    case Severity::Low: return "low";
    case Severity::Medium: return "medium";
    case Severity::High: return "high";
    case Severity::Critical: return "critical";
    }
    return {};
}

std::string_view originName(Origin origin)
{
    switch (origin) {
    case Origin::Unknown: return "unknown";
    case Origin::Base: return "base";
    case Origin::App: return "app";
    }
    return {};
}

std::string_view confidenceName(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Heuristic: return "heuristic";
    case Confidence::Likely: return "likely";
    case Confidence::Certain: return "certain";
    }
    return {};
}

std::string_view stateName(State state)
{
    switch (state) {
    case State::Visible: return "visible";
    case State::Deleted: return "deleted";
    case State::Overwritten: return "overwritten";
    }
    return {};
}

} // namespace cutaway
