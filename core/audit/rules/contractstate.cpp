// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

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

/// Files that the final file system shows below a folder.
std::vector<EntryId> filesBelow(const PathTree &tree, NodeId folder)
{
    std::vector<EntryId> files;
    std::vector<NodeId> pending = {folder};
    while (!pending.empty()) {
        const PathTree::Node &node = tree.node(pending.back());
        pending.pop_back();
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            const EntryId entry = tree.finalEntry(child);
            if (entry != kNone && tree.entry(entry).type == EntryType::File) {
                files.push_back(entry);
            }
            pending.push_back(child);
        }
    }
    return files;
}

/// The layers made after the volume was declared.
std::optional<LayerIndex> layerOfVolume(const AuditContext &context, std::string_view volume)
{
    std::optional<LayerIndex> last;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.entry->layer) {
            last = static_cast<LayerIndex>(*fact.entry->layer);
        }
        const std::vector<std::string> words = wordsOf(fact.step.arguments);
        if (fact.step.keyword == "VOLUME" && std::ranges::find(words, volume) != words.end()) {
            return last;
        }
    }
    return std::nullopt;
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
    for (const std::string &volume : context.image.config.volumes) {
        const NodeId folder = resolvePath(tree, volume);
        if (folder == kNone || folder == kRoot) {
            continue;
        }
        std::vector<EntryId> files = filesBelow(tree, folder);
        const std::optional<LayerIndex> declared = layerOfVolume(context, volume);
        const bool isWrittenLater = declared && std::ranges::any_of(files, [&](EntryId entry) {
                                        return tree.entry(entry).layer > *declared;
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
    for (const StateRow &row : kStates) {
        const bool isStateless =
            std::ranges::find(context.facts.argv, "--save") != context.facts.argv.end();
        if (hasWord(row.programs, context.facts.program()) && !isStateless
            && !isDeclared(config, row.folder) && config.volumes.empty()
            && (context.image.tree == nullptr || pathExists(*context.image.tree, row.folder))) {
            add(row.folder, configEvidence("config.Volumes", context.facts.program()));
        }
    }
    for (const auto &[name, value] : context.facts.env) {
        const bool isState = name.ends_with("_DATA") || name.ends_with("_DATA_DIR")
                             || name.ends_with("DATADIR") || name == "PGDATA";
        if (isState && value.starts_with('/') && !isDeclared(config, value)) {
            add(value, configEvidence("config.Env", name + "=" + value));
        }
    }
    return findings;
}

std::vector<Finding> hostsFilesBaked(const AuditContext &context)
{
    static constexpr std::array<std::string_view, 3> kFiles = {
        "/etc/hosts", "/etc/resolv.conf", "/etc/hostname"};
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        for (const ShellCommand &command : fact.script.commands) {
            const bool writes = std::ranges::any_of(
                command.redirections, [](const ShellCommand::Redirection &redirection) {
                    return redirection.sign.starts_with('>')
                           && std::ranges::find(kFiles, redirection.target) != kFiles.end();
                });
            const bool edits =
                (command.program() == "tee" || (command.program() == "sed" && command.has("-i")))
                && std::ranges::any_of(kFiles,
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
    return findings;
}

} // namespace cutaway
