// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/contextchecks.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr std::array kToolClones = {
    "/.pyenv/", "/.nvm/", "/.rbenv/", "/.asdf/", "/.oh-my-zsh/", "/vcpkg/"};

bool hasFinal(const PathTree &tree, NodeId folder, std::string_view name)
{
    const NodeId node = tree.child(folder, name);
    return node != kNone && tree.finalEntry(node) != kNone;
}

std::uint64_t bytesBelow(const PathTree &tree, NodeId folder)
{
    std::uint64_t bytes = 0;
    std::vector<NodeId> pending = {folder};
    while (!pending.empty()) {
        const PathTree::Node &node = tree.node(pending.back());
        const EntryId entry = tree.finalEntry(pending.back());
        pending.pop_back();
        bytes += entry == kNone ? 0 : tree.entry(entry).size;
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            pending.push_back(child);
        }
    }
    return bytes;
}

/// How bad a trace of version control is; nothing where it is none.
std::optional<Severity> severityOf(const AuditContext &context, const PathMatch &match)
{
    const PathTree &tree = *context.image.tree;
    const NodeId folder = tree.node(match.node).parent;
    if (match.kind == ".git file") {
        if (tree.effectiveType(match.entry) != EntryType::File) {
            return std::nullopt;
        }
        // A submodule's is part of the source; a worktree's tells of somebody's machine.
        const std::optional<FileContent> content = context.contentAt(tree.path(match.node));
        const bool isWorktree = content && content->bytes.contains("/worktrees/");
        return isWorktree ? Severity::Medium : Severity::Info;
    }
    if (match.kind == ".git" && !hasFinal(tree, folder, "objects")
        && !hasFinal(tree, folder, "packed-refs")) {
        return std::nullopt;
    }
    const std::string path = tree.path(match.node);
    const bool isTool =
        std::ranges::any_of(kToolClones, [&](const char *part) { return path.contains(part); });
    return isTool ? Severity::Low : Severity::High;
}

std::vector<Finding> vcsFolders(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<Finding> findings;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Vcs)) {
        const std::optional<Severity> severity = severityOf(context, match);
        if (!severity) {
            continue;
        }
        const bool isFile = match.kind == ".git file";
        const NodeId place = isFile ? match.node : tree.node(match.node).parent;
        const LayerIndex layer = tree.entry(match.entry).layer;
        Finding finding = layerFinding(context.image, *severity, layer);
        finding.fingerprint = tree.path(place);
        const std::uint64_t bytes = bytesBelow(tree, place);
        finding.bytes = bytes;
        finding.evidence.push_back({.text = layerText(context.image, layer),
                                    .layer = layer,
                                    .path = tree.path(place),
                                    .entry = match.entry,
                                    .bytes = bytes});
        finding.summary =
            isFile ? displayText(tree.path(place)) + " points to a repository that is not there."
                   : "The history of the source is in the image: " + displayText(tree.path(place))
                         + ", " + formatBytes(bytes) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> buildFiles(const AuditContext &context)
{
    std::map<LayerIndex, std::vector<EntryId>> layers;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Context)) {
        const Entry &entry = context.image.tree->entry(match.entry);
        const bool isMeant = match.kind != "Makefile" || context.facts.kind != ImageKind::Builder;
        if (entry.type == EntryType::File && isMeant) {
            layers[entry.layer].push_back(match.entry);
        }
    }
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Low, layer);
        const std::size_t count = entries.size();
        const std::string first =
            context.image.tree->path(context.image.tree->entry(entries.front()).node);
        addFiles(context.image, std::move(entries), finding);
        finding.summary = formatCount(count, "file", "files") + " of the build in the image, as "
                          + displayText(first) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Sources of a COPY or ADD in BuildKit's words; the last word is where they go.
bool copiesEverything(const BuildFact &fact)
{
    if (fact.step.keyword != "COPY" && fact.step.keyword != "ADD") {
        return false;
    }
    const std::vector<std::string> words = wordsOf(fact.step.arguments);
    return words.size() >= 2
           && std::any_of(words.begin(), words.end() - 1, [](const std::string &word) {
                  return word == "." || word == "./";
              });
}

std::vector<Finding> copyEverything(const AuditContext &context)
{
    std::map<LayerIndex, std::vector<EntryId>> leftovers;
    if (context.image.tree != nullptr) {
        for (const PathGroup group : {PathGroup::Context, PathGroup::Vcs, PathGroup::Junk}) {
            for (const PathMatch &match : context.facts.matches.of(group)) {
                leftovers[context.image.tree->entry(match.entry).layer].push_back(match.entry);
            }
        }
    }
    std::vector<Finding> findings;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.origin == Origin::Base || !copiesEverything(fact)) {
            continue;
        }
        const auto found = fact.entry->layer
                               ? leftovers.find(static_cast<LayerIndex>(*fact.entry->layer))
                               : leftovers.end();
        const bool hasLeftovers = found != leftovers.end();
        Finding finding =
            stepFinding(hasLeftovers ? Severity::Medium : Severity::Info,
                        hasLeftovers ? "The whole build context is copied, leftovers included."
                                     : "The whole build context is copied.",
                        fact);
        finding.confidence = Confidence::Likely;
        if (hasLeftovers) {
            addFiles(context.image, found->second, finding);
            finding.bytes = 0; // told by the rules that name the files
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

constexpr std::array kRules = {
    Rule{.id = "context/vcs-dir",
         .title = "The source's history in the image",
         .severity = Severity::High,
         .needs = NeedsTree,
         .why = "A repository holds everything that was ever committed, deleted secrets included, "
                "and is often larger than the program.",
         .fix = "Put .git into .dockerignore.",
         .references = references::kContext,
         .check = &vcsFolders,
         .detects = ".git with HEAD and objects, .svn, .hg, .bzr, CVS in the final file system.",
         .guards = "A submodule's .git file is info, that of a worktree medium; tools that install "
                   "themselves by cloning (pyenv, nvm, oh-my-zsh) are low.",
         .aliases = "DKL-LI-0003",
         .traits = LessInBase},
    Rule{.id = "context/build-files",
         .title = "Files of the build in the image",
         .severity = Severity::Low,
         .needs = NeedsTree,
         .why = "A Dockerfile, a compose file or the configuration of CI is of no use to a "
                "container and tells how it is built.",
         .fix = "List them in .dockerignore, or copy named paths instead of everything.",
         .references = references::kContext,
         .check = &buildFiles,
         .detects = "Dockerfile, compose files, Makefile, CI files, .gitignore, .editorconfig and "
                    "their like.",
         .guards = "Inside node_modules, site-packages, vendor, gems, /usr/share, /usr/lib; a "
                   "Makefile in an image for building.",
         .aliases = "DKL-LI-0003",
         .traits = LessInBase},
    Rule{.id = "context/editor-os-junk",
         .title = "What editors and desktops leave",
         .severity = Severity::Info,
         .needs = NeedsTree,
         .why = "Such files come along unseen, and tell about the machine and its owner.",
         .fix = "List them in .dockerignore.",
         .references = references::kContext,
         .check = &editorJunk,
         .detects = ".DS_Store, Thumbs.db, desktop.ini, ._*, *.swp, *~, .vscode, .idea, *.iml, "
                    ".project, *.orig, *.rej, .vimrc of an application.",
         .guards = "Inside node_modules, site-packages, vendor, gems, /usr/share, /usr/lib; .vimrc "
                   "of a user.",
         .aliases = "DKL-LI-0003",
         .traits = LessInBase},
    Rule{.id = "context/host-artifacts",
         .title = "Results of a build on another machine",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsHistory | NeedsDockerfile,
         .why = "What was installed or compiled on somebody's machine need not fit the image, and "
                "nobody can build it again.",
         .fix = "List node_modules, .venv, target and their like in .dockerignore, and install or "
                "compile in the image.",
         .references = references::kContext,
         .check = &hostArtifacts,
         .detects =
             "In a layer that COPY or ADD makes from the build context: node_modules of more "
             "than 200 files, native modules for another system, a virtual environment whose "
             "Python is missing, builds of Cargo and .NET.",
         .guards = "What is copied from another stage; builders whose history does not tell the "
                   "sources.",
         .traits = LessInBase},
    Rule{.id = "context/copy-everything",
         .title = "The whole build context is copied",
         .severity = Severity::Medium,
         .needs = NeedsHistory | NeedsDockerfile,
         .why = "COPY . takes along whatever lies in the folder on the day of the build.",
         .fix = "Keep a .dockerignore, or copy the paths that are needed.",
         .references = references::kContext,
         .check = &copyEverything,
         .detects = "COPY or ADD of \".\". Medium when the layer holds files that other rules call "
                    "leftovers, else info.",
         .guards = "Steps of the base image."},
};

} // namespace

std::span<const Rule> contextRules()
{
    return kRules;
}

} // namespace cutaway
