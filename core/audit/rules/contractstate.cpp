// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"
#include "core/audit/rules/serverconfig.h"
#include "core/audit/rules/startedcommands.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <ranges>
#include <set>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastSeed = 1024 * 1024; ///< below it is a skeleton

/// Where servers keep what must outlive a container, by the program that does.
struct StateRow
{
    std::string_view programs; ///< blank-separated
    const char *folder = "";
};
constexpr std::array kStates = {
    StateRow{"postgres pg_ctl", "/var/lib/postgresql"},
    StateRow{"mysqld mariadbd mysqld_safe", "/var/lib/mysql"},
    StateRow{"mongod", "/var/lib/mongodb"},
    StateRow{"redis-server valkey-server", "/var/lib/redis"},
    StateRow{"rabbitmq-server", "/var/lib/rabbitmq"},
    StateRow{"elasticsearch", "/var/lib/elasticsearch"},
    StateRow{"influxd", "/var/lib/influxdb"},
    StateRow{"prometheus", "/var/lib/prometheus"},
    StateRow{"grafana-server grafana", "/var/lib/grafana"},
    StateRow{"cassandra", "/var/lib/cassandra"},
};

bool isBelow(std::string_view path, std::string_view folder)
{
    while (folder.ends_with('/')) {
        folder.remove_suffix(1);
    }
    return path == folder
           || (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
}

/// A volume at the path, above it or below it.
bool isDeclared(const ImageConfig &config, std::string_view path)
{
    return std::ranges::any_of(config.volumes, [&](const std::string &volume) {
        return isBelow(path, volume) || isBelow(volume, path);
    });
}

/// Whether the final file system shows a file below the folder.
bool hasFilesBelow(const PathTree &tree, NodeId folder)
{
    std::vector<NodeId> pending = {folder};
    while (!pending.empty()) {
        const PathTree::Node node = tree.node(pending.back());
        pending.pop_back();
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            const EntryId entry = tree.finalEntry(child);
            if (entry != kNone && tree.entry(entry).type == EntryType::File) {
                return true;
            }
            pending.push_back(child);
        }
    }
    return false;
}

struct Volume
{
    std::string_view name;
    std::vector<EntryId> files; ///< that the final file system shows below it
};

/// The volumes that are folders of the image, each once. A file counts for the innermost of those
/// that it lies in: one walk over the tree for however many there are.
std::vector<Volume> volumesOf(const PathTree &tree, const ImageConfig &config)
{
    constexpr auto kOfNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<Volume> volumes;
    std::vector<std::uint32_t> volumeOf; // of each node: place in the list
    for (const std::string &name : config.volumes) {
        const NodeId folder = resolvePath(tree, name);
        if (folder == kNone || folder == kRoot) {
            continue;
        }
        volumeOf.resize(tree.nodeCount(), kOfNone);
        if (volumeOf[folder] == kOfNone) {
            volumeOf[folder] = static_cast<std::uint32_t>(volumes.size());
            volumes.push_back({name, {}});
        }
    }
    for (NodeId node = kRoot + 1; node < volumeOf.size(); ++node) { // parents come first
        if (volumeOf[node] != kOfNone) {
            continue;
        }
        volumeOf[node] = volumeOf[tree.node(node).parent];
        const EntryId entry = volumeOf[node] == kOfNone ? kNone : tree.finalEntry(node);
        if (entry != kNone && tree.entry(entry).type == EntryType::File) {
            volumes[volumeOf[node]].files.push_back(entry);
        }
    }
    return volumes;
}

/// For each volume that a build step declared, the last layer before that.
std::map<std::string, LayerIndex, std::less<>> layersOfVolumes(const AuditContext &context)
{
    std::map<std::string, LayerIndex, std::less<>> layers;
    std::optional<LayerIndex> last;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.entry->layer) {
            last = static_cast<LayerIndex>(*fact.entry->layer);
        }
        if (fact.step.keyword == "VOLUME" && last) {
            for (std::string &word : wordsOf(fact.step.arguments)) {
                layers.emplace(std::move(word), *last);
            }
        }
    }
    return layers;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The folder of data that `${X:=/var/lib/app}` falls back to; empty where it is none.
std::string stateFolder(const VariableUse &use)
{
    if (use.kind != VariableUse::Kind::Assign && use.kind != VariableUse::Kind::Default) {
        return {};
    }
    std::string folder = use.fallback;
    std::erase_if(folder, [](char c) { return c == '"' || c == '\''; });
    const bool isState =
        folder.starts_with("/var/lib/") || folder == "/data" || folder.starts_with("/data/");
    return isState && folder.find_first_of(" $*") == std::string::npos ? folder : std::string();
}

bool hasWord(std::string_view list, std::string_view word)
{
    const std::size_t at = list.find(word);
    const std::size_t end = at + word.size();
    return !word.empty() && at != std::string_view::npos && (at == 0 || list[at - 1] == ' ')
           && (end == list.size() || list[end] == ' ');
}

} // namespace

std::vector<Finding> volumeData(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<Finding> findings;
    const auto layers = layersOfVolumes(context);
    for (auto &[volume, files] : volumesOf(tree, context.image.config)) {
        const auto declared = layers.find(volume);
        const bool isWrittenLater =
            declared != layers.end() && std::ranges::any_of(files, [&](EntryId entry) {
                return tree.entry(entry).layer > declared->second;
            });
        Finding finding =
            configFinding(Severity::Medium, {}, configEvidence("config.Volumes", volume));
        addFiles(context.image, std::move(files), finding);
        if (finding.bytes < kLeastSeed && !isWrittenLater) {
            continue;
        }
        finding.confidence = Confidence::Likely;
        finding.summary =
            formatBytes(finding.bytes) + " lie in the volume " + quoted(volume)
            + (isWrittenLater ? ", some written after it was declared; classic builders drop "
                                "those."
                              : "; whatever is mounted there hides them.");
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> undeclaredState(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    std::vector<Finding> findings;
    const auto add = [&](const std::string &folder, Evidence evidence) {
        Finding finding =
            configFinding(Severity::Low,
                          "State is kept in " + quoted(folder) + ", which is no volume.",
                          std::move(evidence));
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    };
    const ShellCommand application = applicationOf(context);
    for (const StateRow &row : kStates) {
        const bool isStateless =
            application.has("--save") || isConfiguredStateless(context, application);
        if (hasWord(row.programs, application.program()) && !isStateless
            && !isDeclared(config, row.folder) && config.volumes.empty()
            && (context.image.tree == nullptr || pathExists(*context.image.tree, row.folder))) {
            add(row.folder, configEvidence("config.Volumes", application.program()));
        }
    }
    for (const auto &[name, value] : context.facts.env) {
        const bool isState = name.ends_with("_DATA") || name.ends_with("_DATA_DIR")
                             || name.ends_with("DATADIR") || name == "PGDATA";
        if (isState && value.starts_with('/') && !isDeclared(config, value)) {
            add(value, configEvidence("config.Env", name + "=" + value));
        }
    }
    for (const EntryScript &script : context.facts.scripts.scripts) {
        for (const VariableUse &use : script.variables.uses) {
            const std::string folder = stateFolder(use);
            if (folder.empty() || context.facts.variable(use.name) != nullptr
                || isDeclared(config, folder)) {
                continue;
            }
            Evidence evidence = configEvidence("config.Volumes", use.name + "=" + folder);
            if (script.entry != kNone) {
                evidence.path = script.path;
                evidence.entry = script.entry;
                evidence.layer = context.image.tree->entry(script.entry).layer;
            }
            add(folder, std::move(evidence));
        }
    }
    return findings;
}

std::vector<Finding> appInVolume(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    const PathTree &tree = *context.image.tree;
    std::set<std::string> candidates;
    const auto addPath = [&](const std::string &word) {
        if (word.starts_with('/')) {
            candidates.insert(word);
        } else if (word.contains('/') || pathExists(tree, config.workingDir + '/' + word)) {
            candidates.insert(config.workingDir + '/' + word);
        }
    };
    if (!context.facts.argv.empty()) {
        addPath(context.facts.argv.front());
    }
    const ShellCommand application = applicationOf(context);
    if (!application.words.empty()) {
        addPath(application.words.front());
        const bool isCode = std::ranges::any_of(
            std::array{".py", ".js", ".mjs", ".rb", ".php", ".pl", ".jar", ".sh", ".dll"},
            [&](const char *ending) { return application.verb().ends_with(ending); });
        if (isCode) {
            addPath(std::string(application.verb()));
        }
    }
    for (const char *site :
         {"/var/www/html", "/usr/share/nginx/html", "/usr/local/apache2/htdocs"}) {
        const NodeId folder = resolvePath(tree, site);
        if (folder != kNone && hasFilesBelow(tree, folder)) {
            candidates.insert(site);
        }
    }
    std::vector<Finding> findings;
    for (const std::string &path : candidates) {
        const auto volume = std::ranges::find_if(
            config.volumes, [&](const std::string &item) { return isBelow(path, item); });
        if (volume == config.volumes.end() || *volume == "/") {
            continue;
        }
        const bool isThere = pathExists(tree, path);
        findings.push_back(configFinding(
            Severity::Medium,
            quoted(path) + " lies in the volume " + quoted(*volume)
                + (isThere ? ": whatever is mounted there hides the program."
                           : " and not in the image, which is then nothing by itself."),
            configEvidence("config.Volumes", *volume)));
        findings.back().fingerprint += path;
    }
    return findings;
}

namespace {

constexpr std::array<std::string_view, 3> kEngineFiles = {
    "/etc/hosts", "/etc/resolv.conf", "/etc/hostname"};

/// Lines of a hosts file that say more than every engine's own.
bool hasOwnHosts(std::string_view text)
{
    for (const auto &&part : std::views::split(text, '\n')) {
        const std::vector<std::string> words = wordsOf(std::string_view(part.begin(), part.end()));
        if (words.empty() || words.front().starts_with('#')) {
            continue;
        }
        const std::string &address = words.front();
        const bool isUsual = address.starts_with("127.") || address == "::1"
                             || address.starts_with("fe00:") || address.starts_with("ff0");
        if (!isUsual) {
            return true;
        }
    }
    return false;
}

/// Such a file with something in it, in a layer that is not the base's.
void addBakedFiles(const AuditContext &context, std::vector<Finding> &findings)
{
    const PathTree &tree = *context.image.tree;
    for (const std::string_view path : kEngineFiles) {
        const NodeId node = tree.find(path);
        const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
        if (entry == kNone || tree.entry(entry).type != EntryType::File
            || tree.entry(entry).size == 0) {
            continue;
        }
        const LayerIndex layer = tree.entry(entry).layer;
        const Origin origin = originOf(context.image, layer);
        const bool isRoot =
            origin == Origin::Base
            || (origin == Origin::Unknown && layer == 0 && context.image.layers.size() > 1);
        const auto content = context.contentAt(path);
        const bool isOwn = path == "/etc/hosts" ? content && hasOwnHosts(content->bytes)
                                                : !content || !isBlank(content->bytes);
        if (isRoot || !isOwn || context.facts.kind == ImageKind::OsBase) {
            continue;
        }
        Finding finding = layerFinding(context.image, Severity::Medium, layer);
        finding.fingerprint = path;
        finding.summary = std::string(path) + " is in the image, and never seen in a container.";
        finding.evidence.push_back(entryEvidence(tree, entry, {}));
        findings.push_back(std::move(finding));
    }
}

} // namespace

std::vector<Finding> hostsFilesBaked(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        for (const ShellCommand &command : fact.script.commands) {
            const bool writes = std::ranges::any_of(
                command.redirections, [](const ShellCommand::Redirection &redirection) {
                    return redirection.sign.starts_with('>')
                           && std::ranges::find(kEngineFiles, redirection.target)
                                  != kEngineFiles.end();
                });
            const bool edits =
                (command.program() == "tee" || (command.program() == "sed" && command.has("-i")))
                && std::ranges::any_of(kEngineFiles,
                                       [&](std::string_view file) { return command.has(file); });
            if (writes || edits) {
                findings.push_back(stepFinding(Severity::Medium,
                                               "A build step writes a file that the engine puts "
                                               "its own in place of.",
                                               fact,
                                               commandText(command)));
                return;
            }
        }
    });
    if (findings.empty()) { // else one fault would be told twice
        addBakedFiles(context, findings);
    }
    return findings;
}

} // namespace cutaway
