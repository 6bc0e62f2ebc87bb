// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/configlines.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"
#include "core/image/historyshell.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kSystemFolders = {
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"};

/// Folders that engines put into a container when it starts.
constexpr std::array<std::string_view, 3> kInjectedFolders = {
    "/usr/local/nvidia", "/usr/local/cuda/compat", "/usr/lib/wsl"};

constexpr std::array<std::string_view, 3> kLoadedFolders = {
    "LD_LIBRARY_PATH", "PYTHONPATH", "NODE_PATH"};

std::vector<std::string> partsOf(std::string_view list, std::string_view separators)
{
    std::vector<std::string> parts(1);
    for (const char c : list) {
        if (separators.contains(c)) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// Why somebody else than root may put a file there or change the one that is; empty where nobody
/// may. Of a path that is missing the folder above it counts that is there.
std::string whoMayChange(const AuditContext &context, const std::string &path)
{
    constexpr std::uint16_t kOthersWrite = 00002;
    const PathTree &tree = *context.image.tree;
    NodeId node = resolvePath(tree, path);
    for (std::string above = path; node == kNone && above.size() > 1;) {
        above.resize(above.rfind('/'));
        node = resolvePath(tree, above.empty() ? "/" : above);
        above = above.empty() ? "/" : above;
    }
    const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
    if (entry == kNone || tree.entry(entry).has(Entry::Implicit)) {
        return {};
    }
    const Entry &found = tree.entry(entry);
    if ((found.mode & kOthersWrite) != 0) {
        return "everybody may write there";
    }
    const std::optional<RunUser> user = runUser(context);
    const bool isUsers = user && user->uid != 0 && mayWrite(*user, found);
    return isUsers ? "the container's user may write there" : std::string();
}

Finding envFinding(std::string_view variable, const std::string &part, const std::string &why)
{
    return configFinding(Severity::Medium,
                         std::string(variable) + " names " + quoted(part) + ": " + why + ".",
                         configEvidence("config.Env", std::string(variable) + '=' + part));
}

void lookAtPath(const AuditContext &context, std::vector<Finding> &findings)
{
    const std::string *path = context.facts.variable("PATH");
    if (path == nullptr) {
        return;
    }
    bool isBeforeSystem = true;
    for (const std::string &part : partsOf(*path, ":")) {
        if (!part.starts_with('/')) {
            const bool isVariable = part.contains('$'); // was never expanded: another matter
            if (!isVariable) {
                findings.push_back(
                    envFinding("PATH", part, "it is relative to where a program runs"));
            }
            continue;
        }
        isBeforeSystem =
            isBeforeSystem && std::ranges::find(kSystemFolders, part) == kSystemFolders.end();
        if (!isBeforeSystem || context.image.tree == nullptr) {
            continue;
        }
        if (const std::string who = whoMayChange(context, part); !who.empty()) {
            findings.push_back(
                envFinding("PATH", part, "it comes before the system's folders and " + who));
        }
    }
}

void lookAtFolders(const AuditContext &context, std::vector<Finding> &findings)
{
    for (const std::string_view variable : kLoadedFolders) {
        const std::string *value = context.facts.variable(variable);
        if (value == nullptr || value->empty()) {
            continue;
        }
        for (const std::string &part : partsOf(*value, ":")) {
            const bool isInjected =
                std::ranges::any_of(kInjectedFolders, [&](std::string_view folder) {
                    return part.starts_with(folder);
                });
            if (!part.starts_with('/') || isInjected) {
                continue; // empty ones are what `$X:more` leaves where X is not set
            }
            if (const std::string who = whoMayChange(context, part); !who.empty()) {
                findings.push_back(envFinding(variable, part, "code is loaded from it and " + who));
            }
        }
    }
}

/// Judges a file that is loaded into every process.
void lookAtLoaded(const AuditContext &context,
                  const std::string &path,
                  Finding finding,
                  std::vector<Finding> &findings)
{
    const bool isAbsolute = path.starts_with('/');
    const bool isMissing =
        isAbsolute && context.image.complete && !pathExists(*context.image.tree, path);
    const std::string who = isAbsolute ? whoMayChange(context, path) : std::string();
    finding.severity = isMissing || !who.empty() ? Severity::Medium : Severity::Info;
    finding.summary += quoted(path)
                       + (isMissing     ? ", which is missing."
                          : who.empty() ? ", which root alone may change."
                                        : "; " + who + ".");
    findings.push_back(std::move(finding));
}

void lookAtPreloads(const AuditContext &context, std::vector<Finding> &findings)
{
    if (const std::string *value = context.facts.variable("LD_PRELOAD")) {
        for (const std::string &part : partsOf(*value, ": ")) {
            if (!part.empty()) {
                lookAtLoaded(context,
                             part,
                             configFinding({},
                                           "LD_PRELOAD loads into every program ",
                                           configEvidence("config.Env", "LD_PRELOAD=" + part)),
                             findings);
            }
        }
    }
    const NodeId node = resolvePath(*context.image.tree, "/etc/ld.so.preload");
    const EntryId entry = node == kNone ? kNone : context.image.tree->finalEntry(node);
    const std::optional<FileContent> content = context.contentAt("/etc/ld.so.preload");
    if (entry == kNone || !content) {
        return;
    }
    forEachConfigLine(content->bytes, [&](const ConfigLine &line) {
        for (const std::string &part : partsOf(line.text, ": \t")) {
            Finding finding = layerFinding(
                context.image, Severity::Medium, context.image.tree->entry(entry).layer);
            finding.summary = "/etc/ld.so.preload loads into every program ";
            finding.fingerprint = part;
            finding.evidence.push_back(
                entryEvidence(*context.image.tree, entry, displayText(part)));
            lookAtLoaded(context, part, std::move(finding), findings);
        }
    });
}

/// What Node.js is told to load before the application: `--require FILE`, `-r FILE`, `--import`.
void lookAtNodeOptions(const AuditContext &context, std::vector<Finding> &findings)
{
    const std::string *value = context.facts.variable("NODE_OPTIONS");
    const std::vector<std::string> words =
        value == nullptr ? std::vector<std::string>() : wordsOf(*value);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        const std::string option = words[i].substr(0, equals);
        if (option != "--require" && option != "-r" && option != "--import") {
            continue;
        }
        const std::string file = equals != std::string::npos ? words[i].substr(equals + 1)
                                 : i + 1 < words.size()      ? words[i + 1]
                                                             : std::string();
        const std::string who = file.starts_with('/') ? whoMayChange(context, file) : std::string();
        if (!who.empty()) {
            findings.push_back(
                envFinding("NODE_OPTIONS", file, "code is loaded from it and " + who));
        }
    }
}

constexpr std::array<std::string_view, 8> kCommandLabels = {
    "run", "install", "uninstall", "debug", "usage", "stop", "upgrade", "help"};

/// Whether a label tells a command to be typed in, by its name or by what it says.
bool isCommand(std::string_view key, std::string_view value)
{
    const std::string lower = lowered(key);
    const std::size_t dot = lower.rfind('.');
    const std::string_view last =
        std::string_view(lower).substr(dot == std::string::npos ? 0 : dot + 1);
    return std::ranges::find(kCommandLabels, last) != kCommandLabels.end()
           || value.contains("docker run") || value.contains("podman run")
           || value.contains("docker create") || value.contains("podman create");
}

/// "do not use --privileged": a warning, not an order.
bool isNegated(const std::vector<std::string> &words, std::size_t at)
{
    static constexpr std::array<std::string_view, 7> kNegations = {
        "not", "never", "don't", "without", "no", "avoid", "instead"};
    const std::size_t first = at < 4 ? 0 : at - 4;
    return std::ranges::any_of(std::views::iota(first, at), [&](std::size_t i) {
        return std::ranges::find(kNegations, lowered(words[i])) != kNegations.end();
    });
}

/// The option at a word, when it opens the host to the container; empty otherwise.
std::string openingOption(const std::vector<std::string> &words, std::size_t at)
{
    const std::string &word = words[at];
    const std::size_t equals = word.find('=');
    const std::string option = word.substr(0, equals);
    const std::string value = equals != std::string::npos ? word.substr(equals + 1)
                              : at + 1 < words.size()     ? words[at + 1]
                                                          : std::string();
    if (option == "--privileged") {
        return equals == std::string::npos || !saysNo(value) ? option : std::string();
    }
    const bool isHost = value == "host"
                        && (option == "--net" || option == "--network" || option == "--pid"
                            || option == "--ipc" || option == "--userns");
    const std::string upper = value.starts_with("CAP_") ? value.substr(4) : value;
    const bool isCapability = option == "--cap-add" && (upper == "SYS_ADMIN" || upper == "ALL");
    const bool isMount = (option == "-v" || option == "--volume")
                         && (value.starts_with("/:") || value.contains("docker.sock")
                             || value.contains("containerd.sock"));
    const bool isUnconfined = option == "--security-opt" && value.contains("unconfined");
    return isHost || isCapability || isMount || isUnconfined ? option + ' ' + value : std::string();
}

} // namespace

std::vector<Finding> unsafeEnvironment(const AuditContext &context)
{
    std::vector<Finding> findings;
    lookAtPath(context, findings);
    if (context.image.tree != nullptr) {
        lookAtFolders(context, findings);
        lookAtPreloads(context, findings);
        lookAtNodeOptions(context, findings);
    }
    return findings;
}

std::vector<Finding> privilegedRunLabel(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const auto &[key, value] : context.image.config.labels) {
        if (!isCommand(key, value)) {
            continue;
        }
        const std::vector<std::string> words = wordsOf(value);
        std::string options;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string option = openingOption(words, i);
            if (!option.empty() && !isNegated(words, i)) {
                options += (options.empty() ? "" : ", ") + displayText(option);
            }
        }
        if (!options.empty()) {
            findings.push_back(configFinding(
                Severity::Medium,
                "The label " + quoted(key)
                    + " asks for a container that is open to the host: " + options + ".",
                configEvidence("config.Labels." + displayText(key), value)));
        }
    }
    return findings;
}

} // namespace cutaway
