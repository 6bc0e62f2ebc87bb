// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/gate.h"
#include "core/report/jsonparts.h"

namespace cutaway::jsonparts {

Value policy(const Inspection &inspection)
{
    const AppliedPolicy &applied = inspection.policy;
    Value value;
    value["profile"] = profileName(applied.profile);
    value["files"] = applied.files;
    value["digest"] = applied.digest.empty() ? Value(nullptr) : Value("sha256:" + applied.digest);
    value["failOn"] = applied.failOn ? Value(severityName(*applied.failOn)) : Value("none");
    value["failOnGrade"] =
        applied.failOnGrade ? Value(std::string(1, *applied.failOnGrade)) : Value(nullptr);
    value["minConfidence"] = confidenceName(applied.minConfidence);
    value["leftOut"] = applied.leftOut;
    value["baseline"] = applied.hasBaseline;
    value["failed"] = failsGate(inspection);
    if (applied.profile == Profile::Cis) {
        value["cis"] = Value::array();
        for (const CisResult &result : cisResults(inspection)) {
            value["cis"].push_back({{"number", result.row->number},
                                    {"title", result.row->title},
                                    {"status", cisStatusName(result.status)},
                                    {"rules", result.rules}});
        }
    }
    return value;
}

} // namespace cutaway::jsonparts
