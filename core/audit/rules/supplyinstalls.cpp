// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/packagewords.h"
#include "core/audit/rules/packagecommands.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

/// A file of apt's configuration switches recommended packages off for all steps.
bool aptLeavesThemOut(const AuditContext &context)
{
    if (context.image.tree == nullptr || context.contents == nullptr) {
        return false;
    }
    const PathTree &tree = *context.image.tree;
    const NodeId folder = resolvePath(tree, "/etc/apt/apt.conf.d");
    if (folder == kNone) {
        return false;
    }
    const PathTree::Node &node = tree.node(folder);
    for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
        const EntryId entry = tree.finalEntry(child);
        const auto content = entry == kNone ? std::nullopt : context.contentAt(tree.path(child));
        const std::size_t at =
            content ? content->bytes.find("Install-Recommends") : std::string_view::npos;
        if (at == std::string_view::npos) {
            continue;
        }
        const std::string_view rest = content->bytes.substr(at, content->bytes.find('\n', at) - at);
        if (rest.contains("false") || rest.contains("\"0\"") || rest.contains(" 0;")) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<Finding> distUpgrade(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        for (const ShellCommand &command : fact.script.commands) {
            const PackageAct act = systemPackageAct(command);
            if (act != PackageAct::DistUpgrade && act != PackageAct::Upgrade) {
                continue;
            }
            const bool isDist = act == PackageAct::DistUpgrade;
            Finding finding = stepFinding(
                isDist && !command.has("--security") ? Severity::Medium : Severity::Info,
                isDist ? "The whole distribution is upgraded upon the base image."
                       : "All packages of the base image are upgraded.",
                fact,
                commandText(command));
            finding.confidence = Confidence::Likely;
            findings.push_back(std::move(finding));
            return;
        }
    });
    return findings;
}

std::vector<Finding> updateAlone(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        const ShellCommand *update = nullptr;
        bool isUsed = false; // by something that comes behind
        for (const ShellCommand &command : fact.script.commands) {
            const PackageAct act = systemPackageAct(command);
            if (act == PackageAct::Update) {
                update = &command;
                isUsed = false;
            } else if (act != PackageAct::None || command.has("install")) {
                isUsed = true;
            }
        }
        const bool hasCacheMount = std::ranges::any_of(
            fact.script.flags, [](const std::string &flag) { return flag.contains("type=cache"); });
        if (update == nullptr || isUsed || hasCacheMount) {
            return;
        }
        findings.push_back(stepFinding(Severity::Medium,
                                       "Package lists are fetched, and nothing is installed in "
                                       "the same step.",
                                       fact,
                                       commandText(*update)));
    });
    return findings;
}

namespace {

/// What came into the step's layer because something recommends it, and nothing needs it.
void addRecommended(const AuditContext &context, Finding &finding)
{
    if (context.packages == nullptr || !finding.layer) {
        return;
    }
    std::size_t count = 0;
    for (const Package &package : context.packages->list) {
        if (package.reason == Reason::Recommended && package.layer == *finding.layer) {
            ++count;
            finding.bytes += package.weight();
            Evidence evidence =
                packageEvidence(context, package, packageText(package) + ", recommended");
            evidence.bytes = package.weight();
            addBounded(finding, std::move(evidence));
        }
    }
    if (count > 0) {
        finding.summary += " Without them " + formatCount(count, "package", "packages") + " of "
                           + formatBytes(finding.bytes) + " would not be there.";
    }
}

} // namespace

std::vector<Finding> installRecommends(const AuditContext &context)
{
    std::vector<Finding> findings;
    if (aptLeavesThemOut(context)) {
        return findings;
    }
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        const bool isSwitchedOff = fact.step.arguments.contains("Install-Recommends");
        for (const ShellCommand &command : fact.script.commands) {
            const bool isApt = command.program() == "apt-get" || command.program() == "apt"
                               || command.program() == "aptitude";
            if (!isApt || packageVerb(command) != "install" || isSwitchedOff
                || command.has("--no-install-recommends") || command.has("-R")) {
                continue;
            }
            Finding finding = stepFinding(Severity::Low,
                                          "apt installs recommended packages as well.",
                                          fact,
                                          commandText(command));
            finding.confidence = Confidence::Likely;
            addRecommended(context, finding);
            findings.push_back(std::move(finding));
            return;
        }
    });
    return findings;
}

} // namespace cutaway
