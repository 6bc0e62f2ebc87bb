// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 5> kFetchers = {"curl", "wget", "fetch", "aria2c", "http"};
constexpr std::array<std::string_view, 9> kInterpreters = {
    "python", "python2", "python3", "perl", "ruby", "node", "php", "source", "."};
constexpr std::array<std::string_view, 16> kArchives = {".tar",
                                                        ".tar.gz",
                                                        ".tgz",
                                                        ".tar.xz",
                                                        ".txz",
                                                        ".tar.bz2",
                                                        ".tbz2",
                                                        ".tbz",
                                                        ".gz",
                                                        ".bz2",
                                                        ".xz",
                                                        ".zst",
                                                        ".tar.zst",
                                                        ".tar.lzma",
                                                        ".zip",
                                                        ".tzst"};

bool isFetch(const ShellCommand &command)
{
    return std::ranges::find(kFetchers, command.program()) != kFetchers.end();
}

bool isInterpreter(std::string_view program)
{
    return isUnixShell(program) || std::ranges::find(kInterpreters, program) != kInterpreters.end();
}

std::string_view urlIn(const ShellCommand &command)
{
    for (const std::string &word : command.words) {
        for (const std::string_view scheme : {"https://", "http://", "ftp://"}) {
            const std::size_t at = word.find(scheme);
            if (at != std::string::npos) {
                return std::string_view(word).substr(at);
            }
        }
    }
    return {};
}

bool isLocal(std::string_view url)
{
    const std::size_t host = url.find("://") + 3;
    return url.substr(host).starts_with("localhost") || url.substr(host).starts_with("127.");
}

/// Whether the step checks what it has downloaded.
bool verifies(const ShellScript &script)
{
    return std::ranges::any_of(script.commands, [](const ShellCommand &command) {
        const std::string_view program = command.program();
        const bool isSum = program.ends_with("sum") || program == "shasum" || program == "openssl";
        const bool isSignature = program == "gpg" || program == "gpg2" || program == "gpgv"
                                 || program == "cosign" || program == "minisign"
                                 || program == "signify" || program == "slsa-verifier";
        return (isSum
                && (command.has("-c") || command.has("--check") || command.has("-cs")
                    || command.has("dgst") || program == "openssl"))
               || (isSum
                   && std::ranges::any_of(command.words,
                                          [](const std::string &word) {
                                              return word.starts_with("-")
                                                     && !word.starts_with("--")
                                                     && word.contains('c');
                                          }))
               || (isSignature
                   && (program == "gpgv" || command.has("--verify") || command.has("verify")
                       || command.has("verify-blob") || command.has("-V")
                       || program == "minisign"));
    });
}

/// The fetch whose output reaches an interpreter through pipes, `$(…)` or `<(…)`; or kNowhere.
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::size_t pipedFetch(const std::vector<ShellCommand> &commands)
{
    std::size_t fetch = kNowhere; // at the head of the pipe at hand
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const ShellCommand &command = commands[i];
        if (command.join != ShellCommand::Join::Pipe) {
            fetch = kNowhere;
        }
        if (isFetch(command) && command.within && *command.within < commands.size()
            && isInterpreter(commands[*command.within].program())) {
            return i;
        }
        const bool readsScript =
            isInterpreter(command.program()) && !command.has("-c") && !command.has("-e");
        if (fetch != kNowhere && readsScript) {
            return fetch;
        }
        fetch = isFetch(command) ? i : fetch;
    }
    return kNowhere;
}

bool namesWhatIsRun(std::string_view url)
{
    const std::string_view path = url.substr(0, url.find_first_of("?#"));
    static constexpr std::array<std::string_view, 5> kText = {
        ".asc", ".sig", ".sha256", ".gpg", ".key"};
    const bool isKeyOrSum =
        std::ranges::any_of(kText, [&](std::string_view ending) { return path.ends_with(ending); });
    return !isKeyOrSum && !path.contains("SHASUM") && !path.contains("sha256sum");
}

bool isPasteSite(std::string_view url)
{
    return url.contains("pastebin.") || url.contains("gist.")
           || (url.contains("raw.githubusercontent.com")
               && (url.contains("/master/") || url.contains("/main/")));
}

/// curl and wget that print or keep nothing (`curl -f localhost/health`) are no downloads.
bool keepsFile(const ShellScript &script, std::size_t index)
{
    const ShellCommand &command = script.commands[index];
    const bool isPiped = index + 1 < script.commands.size()
                         && script.commands[index + 1].join == ShellCommand::Join::Pipe;
    const bool writes = std::ranges::any_of(command.words, [](const std::string &word) {
        return word == "--output" || word == "--remote-name" || word.starts_with("--output=")
               || (word.size() > 1 && word[0] == '-' && word[1] != '-'
                   && word.find_first_of("oO") != std::string::npos);
    });
    return isPiped || writes || !command.redirections.empty() || command.program() == "wget"
           || command.program() == "aria2c";
}

std::optional<Finding> download(const BuildFact &fact)
{
    for (std::size_t i = 0; i < fact.script.commands.size(); ++i) {
        const ShellCommand &command = fact.script.commands[i];
        const std::string_view url = urlIn(command);
        if (!isFetch(command) || url.empty() || isLocal(url) || !namesWhatIsRun(url)
            || !keepsFile(fact.script, i)) {
            continue;
        }
        const bool isWorse = url.starts_with("http://") || isPasteSite(url);
        Finding finding = stepFinding(
            isWorse ? Severity::Medium : Severity::Low,
            url.starts_with("http://") ? "Something is downloaded over plain http and not verified."
                                       : "Something is downloaded and not verified.",
            fact,
            commandText(command));
        finding.confidence = Confidence::Likely;
        return finding;
    }
    return std::nullopt;
}

bool isArchive(std::string_view source)
{
    return std::ranges::any_of(kArchives,
                               [&](std::string_view ending) { return source.ends_with(ending); });
}

/// `ADD file:HASH in /dst` of old builders does not tell the source: the layer does. A copied file
/// lies there as one file; an unpacked archive as several or under another name.
bool holdsOneFile(const AuditContext &context, const BuildFact &fact)
{
    if (!fact.entry->layer || context.image.tree == nullptr
        || *fact.entry->layer >= context.analysis.layers.size()) {
        return false;
    }
    return context.analysis.layers[*fact.entry->layer].files == 1;
}

bool isRootFileSystem(const AuditContext &context, const BuildFact &fact)
{
    for (const BuildFact &earlier : context.facts.steps) {
        if (!earlier.entry->emptyLayer) {
            return earlier.index == fact.index;
        }
    }
    return false;
}

} // namespace

std::vector<Finding> pipeToShell(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        const std::size_t at = pipedFetch(fact.script.commands);
        if (at == kNowhere || verifies(fact.script)) {
            return;
        }
        const ShellCommand &fetch = fact.script.commands[at];
        const bool isPlain = urlIn(fetch).starts_with("http://");
        Finding finding = stepFinding(isPlain ? Severity::High : Severity::Medium,
                                      isPlain ? "A script is fetched over plain http and run."
                                              : "A script is fetched and run unseen.",
                                      fact,
                                      commandText(fetch));
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    });
    return findings;
}

std::vector<Finding> unverifiedDownload(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.origin == Origin::Base) {
            continue;
        }
        if (fact.step.keyword == "RUN" && !verifies(fact.script)
            && pipedFetch(fact.script.commands) == kNowhere) {
            if (std::optional<Finding> finding = download(fact)) {
                findings.push_back(std::move(*finding));
            }
        }
        const bool isRemoteAdd =
            fact.step.keyword == "ADD"
            && (fact.step.arguments.starts_with("http") || fact.step.arguments.contains(" http"))
            && !fact.step.arguments.contains("--checksum=");
        if (isRemoteAdd) {
            Finding finding =
                stepFinding(Severity::Low, "ADD downloads something and does not verify it.", fact);
            finding.confidence = Confidence::Likely;
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

std::vector<Finding> addInsteadOfCopy(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.step.keyword != "ADD" || fact.origin == Origin::Base
            || isRootFileSystem(context, fact)) {
            continue;
        }
        std::vector<std::string> words = wordsOf(fact.step.arguments);
        std::erase_if(words, [](const std::string &word) { return word.starts_with("--"); });
        if (words.empty()) {
            continue;
        }
        const std::string &source = words.front();
        const bool isHashed = source.starts_with("file:");
        const bool mayStay = source.contains("://") || source.ends_with(".git")
                             || source.starts_with("git@") || isArchive(source)
                             || source.starts_with("multi:");
        if (mayStay
            || (isHashed && context.image.tree != nullptr && !holdsOneFile(context, fact))) {
            continue;
        }
        findings.push_back(
            stepFinding(Severity::Low, "ADD is used where COPY does the same.", fact));
    }
    return findings;
}

} // namespace cutaway
