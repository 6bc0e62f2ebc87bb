// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/layerpackages.h"

#include "core/audit/evidence.h"
#include "core/audit/packagewords.h"
#include "core/base/text.h"
#include "core/packages/replaced.h"

#include <map>
#include <set>

namespace cutaway {

std::vector<Finding> packageFilesModified(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<ReplacedFile>> byLayer;
    for (const ReplacedFile &file : replacedFiles(tree, *context.packages)) {
        byLayer[tree.entry(file.after).layer].push_back(file);
    }
    std::vector<Finding> findings;
    for (const auto &[layer, files] : byLayer) {
        Finding finding = layerFinding(context.image, Severity::Low, layer);
        std::set<std::string> names;
        for (const ReplacedFile &file : files) {
            const Package &package = context.packages->list[file.package];
            names.insert(displayText(package.record.name));
            Evidence evidence = entryEvidence(tree,
                                              file.after,
                                              "of " + packageText(package) + ", installed by layer "
                                                  + std::to_string(tree.entry(file.before).layer));
            evidence.bytes = 0;
            addBounded(finding, std::move(evidence));
        }
        tellRest(finding, files.size(), "more file", "more files");
        finding.summary = "Layer " + std::to_string(layer) + " replaces "
                          + formatCount(files.size(), "file", "files") + " of ";
        finding.summary +=
            names.size() == 1 ? *names.begin() : formatCount(names.size(), "package", "packages");
        finding.summary += ", which the package database does not know of.";
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
