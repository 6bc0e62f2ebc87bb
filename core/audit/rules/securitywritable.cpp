// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cutaway {

namespace {

/// Devices that every /dev has, and engines make anyway.
constexpr std::array<std::string_view, 9> kUsualDevices = {
    "null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "core"};

constexpr std::array kLibraryFolders = {
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"};

/// Where Python finds packages: /usr/local/lib/python3.12/site-packages and its like.
void addPythonFolders(const PathTree &tree, std::set<NodeId> &places)
{
    for (const char *library : {"/usr/lib", "/usr/local/lib"}) {
        const NodeId folder = tree.find(library);
        const PathTree::Node node = folder == kNone ? PathTree::Node{} : tree.node(folder);
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            for (const char *name : {"site-packages", "dist-packages"}) {
                const NodeId packages =
                    tree.name(child).starts_with("python") ? tree.child(child, name) : kNone;
                if (packages != kNone) {
                    places.insert(packages);
                }
            }
        }
    }
}

/// Where the code lies that a container runs: its program and that one's folder, the folders of
/// programs and libraries.
std::set<NodeId> codePlaces(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::set<NodeId> places;
    if (context.facts.application < context.facts.argv.size()) {
        const NodeId program =
            findProgram(tree, context.image.config, context.facts.argv[context.facts.application]);
        if (program != kNone) {
            places.insert({program, tree.node(program).parent});
        }
    }
    for (const std::string &folder : programFolders(context.image.config)) {
        places.insert(folder.starts_with('/') ? resolvePath(tree, folder) : kNone);
    }
    for (const char *folder : kLibraryFolders) {
        places.insert(resolvePath(tree, folder));
    }
    addPythonFolders(tree, places);
    places.erase(kNone);
    places.erase(kRoot);
    return places;
}

std::string deviceText(const PathTree &tree, EntryId entry)
{
    const EntryExtra *extra = tree.extra(entry);
    const std::string kind =
        tree.entry(entry).type == EntryType::CharDevice ? "character device " : "block device ";
    return extra == nullptr ? kind + "0:0"
                            : kind + std::to_string(extra->deviceMajor) + ':'
                                  + std::to_string(extra->deviceMinor);
}

} // namespace

std::vector<Finding> appWritable(const AuditContext &context)
{
    const std::optional<RunUser> user = runUser(context);
    if (!user || user->uid == 0) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<EntryId>> layers;
    for (const NodeId place : codePlaces(context)) {
        const EntryId entry = tree.finalEntry(place);
        if (entry == kNone || tree.entry(entry).has(Entry::Implicit)
            || !mayWrite(*user, tree.entry(entry))) {
            continue;
        }
        layers[tree.entry(entry).layer].push_back(entry);
    }
    std::vector<Finding> findings;
    for (const auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Low, layer);
        for (const EntryId entry : entries) {
            const Entry &found = tree.entry(entry);
            finding.evidence.push_back(entryEvidence(tree,
                                                     entry,
                                                     "mode " + formatMode(found.mode) + ", owner "
                                                         + std::to_string(found.uid) + ':'
                                                         + std::to_string(found.gid)));
            finding.evidence.back().bytes = 0;
        }
        finding.summary =
            "User " + std::to_string(user->uid)
            + " may change what it runs: " + displayText(finding.evidence.front().path)
            + (entries.size() > 1 ? " and " + formatCount(entries.size() - 1, "other", "others")
                                  : "")
            + '.';
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> deviceNodes(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<std::pair<LayerIndex, Severity>, std::vector<EntryId>> groups;
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        const bool isDevice =
            entry.type == EntryType::CharDevice || entry.type == EntryType::BlockDevice;
        const bool isPipe = entry.type == EntryType::Fifo;
        if ((!isDevice && !isPipe) || entry.hiddenBy != kNoLayer) {
            continue;
        }
        const bool isUsual =
            std::ranges::find(kUsualDevices, tree.name(entry.node)) != kUsualDevices.end()
            && tree.name(tree.node(entry.node).parent) == "dev"
            && originOf(context.image, entry.layer) != Origin::App;
        groups[{entry.layer, isPipe || isUsual ? Severity::Info : Severity::Medium}].push_back(id);
    }
    constexpr std::size_t kShown = 50;
    std::vector<Finding> findings;
    for (const auto &[key, entries] : groups) {
        const auto [layer, severity] = key;
        Finding finding = layerFinding(context.image, severity, layer);
        finding.fingerprint += severityName(severity);
        for (const EntryId entry : entries) {
            if (finding.evidence.size() < kShown) {
                finding.evidence.push_back(entryEvidence(
                    tree,
                    entry,
                    tree.entry(entry).type == EntryType::Fifo ? "pipe" : deviceText(tree, entry)));
            }
        }
        finding.summary = formatCount(entries.size(), "device or pipe", "devices and pipes")
                          + " in layer " + std::to_string(layer) + ", as "
                          + displayText(finding.evidence.front().path) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
