// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/startedcommands.h"
#include "core/base/glob.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <deque>
#include <ranges>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kMostLibraries = 512; ///< looked at for one program

/// Where the loader looks unless told otherwise, with Debian's folders for each machine.
constexpr std::array kFolders = {
    "/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"};
constexpr std::array kTriples = {"x86_64-linux-gnu",
                                 "aarch64-linux-gnu",
                                 "arm-linux-gnueabihf",
                                 "i386-linux-gnu",
                                 "powerpc64le-linux-gnu",
                                 "s390x-linux-gnu",
                                 "riscv64-linux-gnu"};
/// Put into the container when it starts, by the runtime for graphics cards.
constexpr std::array kInjected = {
    "libcuda.so*", "libnvidia-*", "libnvcuvid.so*", "libGLX_nvidia*", "libEGL_nvidia*"};

bool isInjected(std::string_view name)
{
    return std::ranges::any_of(
        kInjected, [&](const char *glob) { return globMatches(glob, name, GlobText::Name); });
}

void addPaths(std::string_view list, std::vector<std::string> &folders)
{
    for (const auto &&part : std::views::split(list, ':')) {
        if (!part.empty()) {
            folders.emplace_back(part.begin(), part.end());
        }
    }
}

/// The folders of a loader's configuration file, one a line.
void addConfigured(const AuditContext &context,
                   const std::string &path,
                   std::vector<std::string> &folders)
{
    const auto content = context.contentAt(path);
    if (!content) {
        return;
    }
    for (const auto &&part : std::views::split(content->bytes, '\n')) {
        const std::vector<std::string> words = wordsOf(std::string_view(part.begin(), part.end()));
        if (words.size() == 1 && words.front().starts_with('/')) {
            addPaths(words.front(), folders);
        }
    }
}

/// Folders that hold for every program of the image.
std::vector<std::string> commonFolders(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<std::string> folders;
    if (const std::string *path = context.facts.variable("LD_LIBRARY_PATH")) {
        addPaths(*path, folders);
    }
    addConfigured(context, "/etc/ld.so.conf", folders);
    for (const char *place : {"/etc/ld.so.conf.d", "/etc"}) {
        const NodeId folder = resolvePath(tree, place);
        if (folder == kNone) {
            continue;
        }
        const PathTree::Node &node = tree.node(folder);
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            const std::string_view name = tree.name(child);
            const bool isMusl = name.starts_with("ld-musl-") && name.ends_with(".path");
            if (isMusl || (name.ends_with(".conf") && std::string_view(place) != "/etc")) {
                addConfigured(context, tree.path(child), folders);
            }
        }
    }
    for (const char *folder : kFolders) {
        folders.emplace_back(folder);
    }
    for (const char *triple : kTriples) {
        folders.push_back(std::string("/lib/") + triple);
        folders.push_back(std::string("/usr/lib/") + triple);
    }
    return folders;
}

/// "$ORIGIN/../lib" of a file in /opt/app/bin.
std::string withOrigin(std::string folder, const std::string &origin)
{
    for (const std::string_view name : {"${ORIGIN}", "$ORIGIN"}) {
        for (std::size_t at = folder.find(name); at != std::string::npos; at = folder.find(name)) {
            folder.replace(at, name.size(), origin);
        }
    }
    return folder;
}

/// Looks for libraries as the loader of one program would.
class Loader
{
public:
    explicit Loader(const AuditContext &context)
        : m_context(context)
        , m_common(commonFolders(context))
    {}

    /// Names that nothing in the image answers, of the program and of what it needs in turn.
    std::set<std::string> missing(NodeId program)
    {
        std::set<std::string> names;
        std::deque<NodeId> pending = {program};
        std::set<NodeId> seen = {program};
        while (!pending.empty() && seen.size() < kMostLibraries) {
            const NodeId node = pending.front();
            pending.pop_front();
            const auto facts =
                elfFactsOf(*m_context.contents, m_context.image.tree->finalEntry(node));
            if (!facts) {
                continue;
            }
            for (const std::string &name : facts->needed) {
                const NodeId library = find(name, *facts, node);
                if (library == kNone) {
                    names.insert(name);
                } else if (seen.insert(library).second) {
                    pending.push_back(library);
                }
            }
        }
        return names;
    }

private:
    NodeId find(const std::string &name, const ElfFacts &facts, NodeId user)
    {
        const PathTree &tree = *m_context.image.tree;
        if (name.contains('/')) {
            return resolvePath(tree, name);
        }
        const std::string path = tree.path(user);
        const std::string origin = path.substr(0, path.rfind('/'));
        addPaths(facts.rpath, m_own); // of the program: they hold for its libraries too
        std::vector<std::string> folders = m_own;
        addPaths(facts.runpath, folders);
        folders.insert(folders.end(), m_common.begin(), m_common.end());
        m_own.resize(std::min(m_own.size(), kMostLibraries));
        for (const std::string &folder : folders) {
            const NodeId node = resolvePath(tree, withOrigin(folder, origin) + '/' + name);
            if (node != kNone) {
                return node;
            }
        }
        return kNone;
    }

    const AuditContext &m_context;
    std::vector<std::string> m_common;
    std::vector<std::string> m_own;
};

/// The files that the kernel loads first: the entry, and what it gives way to.
std::set<NodeId> programs(const AuditContext &context)
{
    std::set<NodeId> nodes;
    const auto add = [&](const std::string &word) {
        const NodeId node = findProgram(*context.image.tree, context.image.config, word);
        if (node != kNone) {
            nodes.insert(node);
        }
    };
    if (!context.facts.argv.empty()) {
        add(context.facts.argv.front());
    }
    const ShellCommand application = applicationOf(context);
    if (!application.words.empty()) {
        add(application.words.front());
    }
    return nodes;
}

Finding loaderFinding(const AuditContext &context, NodeId node, const std::string &loader)
{
    const PathTree &tree = *context.image.tree;
    const EntryId entry = tree.finalEntry(node);
    Finding finding = layerFinding(context.image, Severity::High, tree.entry(entry).layer);
    finding.summary = quoted(tree.path(node)) + " needs the loader " + quoted(loader)
                      + ", which is not in the image.";
    finding.fingerprint = tree.path(node);
    finding.evidence.push_back(entryEvidence(tree, entry, {}));
    finding.confidence = Confidence::Likely;
    return finding;
}

Finding librariesFinding(const AuditContext &context,
                         NodeId node,
                         const std::set<std::string> &names)
{
    const PathTree &tree = *context.image.tree;
    const EntryId entry = tree.finalEntry(node);
    const bool isLater = std::ranges::all_of(names, isInjected);
    Finding finding = layerFinding(
        context.image, isLater ? Severity::Info : Severity::High, tree.entry(entry).layer);
    finding.summary = quoted(tree.path(node)) + " needs " + quoted(*names.begin())
                      + (names.size() > 1 ? " and others, which are" : ", which is")
                      + (isLater ? " put into containers by the runtime." : " not in the image.");
    finding.fingerprint = tree.path(node);
    finding.confidence = Confidence::Likely;
    for (const std::string &name : names) {
        finding.evidence.push_back(entryEvidence(tree, entry, "it needs " + quoted(name)));
    }
    return finding;
}

} // namespace

std::vector<Finding> missingLibraries(const AuditContext &context)
{
    std::vector<Finding> findings;
    const PathTree &tree = *context.image.tree;
    if (!context.image.complete || context.facts.scripts.assigns("LD_LIBRARY_PATH")) {
        return findings;
    }
    for (const NodeId node : programs(context)) {
        const auto facts = elfFactsOf(*context.contents, tree.finalEntry(node));
        if (!facts) {
            continue;
        }
        if (!facts->interpreter.empty() && !pathExists(tree, facts->interpreter)) {
            findings.push_back(loaderFinding(context, node, facts->interpreter));
            continue;
        }
        Loader loader(context);
        if (const std::set<std::string> names = loader.missing(node); !names.empty()) {
            findings.push_back(librariesFinding(context, node, names));
        }
    }
    return findings;
}

} // namespace cutaway
