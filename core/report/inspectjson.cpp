// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/jsonparts.h"
#include "core/report/report.h"

#include <utility>

namespace cutaway {
namespace {

using jsonparts::Value;

Value platforms(const Image &image)
{
    Value list = Value::array();
    for (const PlatformEntry &entry : image.platforms) {
        list.push_back({{"platform", jsonparts::textOrNull(entry.platform.text())},
                        {"digest", jsonparts::textOrNull(entry.digest.text())},
                        {"present", entry.present}});
    }
    return list;
}

Value attestations(const Image &image)
{
    Value list = Value::array();
    for (const Attestation &attestation : image.attestations) {
        list.push_back({{"digest", jsonparts::textOrNull(attestation.digest.text())},
                        {"subject", jsonparts::textOrNull(attestation.subject.text())},
                        {"predicateTypes", attestation.predicateTypes},
                        {"present", attestation.present}});
    }
    return list;
}

} // namespace

std::string inspectJson(const Inspection &inspection, Secrets secrets)
{
    const Image &image = *inspection.image;
    const Analysis &analysis = inspection.analysis;
    Value report = jsonparts::document();
    report["image"] = jsonparts::image(image, secrets);
    report["sizes"] = jsonparts::sizes(analysis);
    report["shadowedBy"] = jsonparts::causes(analysis.shadowedBy);
    report["efficiency"] = analysis.efficiency;
    report["complete"] = image.complete && analysis.complete;
    report["dive"] = jsonparts::dive(analysis.dive);
    report["layers"] = jsonparts::layers(inspection, secrets);
    report["history"] = jsonparts::history(image, secrets);
    report["historyAligned"] = image.historyAligned;
    report["platforms"] = platforms(image);
    report["attestations"] = attestations(image);
    report["findings"] = jsonparts::findings(inspection);
    report["notes"] = jsonparts::notes(image.notes);
    report["notesLeftOut"] = image.notes.leftOut();
    return jsonparts::writtenWithDive(report, inspection);
}

} // namespace cutaway
