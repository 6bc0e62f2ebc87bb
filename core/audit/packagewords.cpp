// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/packagewords.h"

#include "core/base/text.h"

#include <utility>

namespace cutaway {

namespace {
constexpr std::size_t kShown = 200;
}

std::string packageText(const Package &package)
{
    return displayText(package.record.name) + ' ' + displayText(package.record.version);
}

Evidence packageEvidence(const AuditContext &context, const Package &package, std::string text)
{
    const PathTree &tree = *context.image.tree;
    return {.text = std::move(text),
            .layer = package.changedBy.empty() ? package.layer : package.changedBy.back(),
            .path = tree.path(package.database),
            .entry = tree.finalEntry(package.database)};
}

void addBounded(Finding &finding, Evidence evidence)
{
    if (finding.evidence.size() < kShown) {
        finding.evidence.push_back(std::move(evidence));
    }
}

void tellRest(Finding &finding, std::size_t count, std::string_view one, std::string_view many)
{
    if (count > kShown) {
        finding.evidence.push_back({.text = "and " + formatCount(count - kShown, one, many)});
    }
}

std::string ownerWords(const AuditContext &context, NodeId node)
{
    if (context.packages == nullptr || context.packages->list.empty()) {
        return {};
    }
    const Package *owner = context.packages->ownerOf(node);
    return owner == nullptr ? std::string("of no package") : "of " + packageText(*owner);
}

void nameOwners(const AuditContext &context, Finding &finding)
{
    for (Evidence &evidence : finding.evidence) {
        if (evidence.entry != kNone && evidence.text.empty()) {
            evidence.text = ownerWords(context, context.image.tree->entry(evidence.entry).node);
        }
    }
}

} // namespace cutaway
