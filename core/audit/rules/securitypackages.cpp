// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/packagewords.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"

#include <map>

namespace cutaway {

std::vector<Finding> packageIntegrity(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    if (!context.packages->checks) {
        return {};
    }
    const FileChecks &checks = *context.packages->checks;
    std::map<LayerIndex, std::vector<DifferingFile>> byLayer;
    for (const DifferingFile &file : checks.different) {
        const EntryId entry = tree.finalEntry(file.node);
        byLayer[tree.entry(tree.content(entry)).layer].push_back(file);
    }
    std::vector<Finding> findings;
    for (const auto &[layer, files] : byLayer) {
        Finding finding = layerFinding(context.image, Severity::High, layer);
        for (const DifferingFile &file : files) {
            const Package &package = context.packages->list[file.package];
            Evidence evidence =
                entryEvidence(tree, tree.finalEntry(file.node), "of " + packageText(package));
            evidence.bytes = 0;
            addBounded(finding, std::move(evidence));
        }
        tellRest(finding, files.size(), "more file", "more files");
        finding.summary = formatCount(files.size(), "file", "files") + " in layer "
                          + std::to_string(layer) + (files.size() == 1 ? " is" : " are")
                          + " not what the package's checksum says, as "
                          + displayText(finding.evidence.front().path) + ".";
        if (checks.leftOut > 0) {
            finding.evidence.push_back(
                {.text = formatCount(checks.leftOut, "other file", "other files")
                         + " that may have changed could not be compared"});
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
