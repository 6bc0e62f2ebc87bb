// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cutaway {

namespace {

bool hasFlag(const ShellCommand &command, std::string_view letters)
{
    return std::ranges::any_of(command.words, [&](const std::string &word) {
        return word.size() > 1 && word[0] == '-' && word[1] != '-'
               && word.find_first_of(letters) != std::string::npos;
    });
}

int portIn(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    if (scheme != std::string_view::npos) {
        text.remove_prefix(scheme + 3);
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return 0;
    }
    int port = 0;
    const std::string_view digits = text.substr(colon + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return port;
}

bool isExposed(const ImageConfig &config, int port)
{
    return std::ranges::any_of(config.exposedPorts, [&](const std::string &exposed) {
        return exposed == std::to_string(port) || exposed.starts_with(std::to_string(port) + "/");
    });
}

/// What is wrong with the probe itself.
std::vector<std::string> probeFaults(const AuditContext &context, const ShellScript &probe)
{
    std::vector<std::string> faults;
    const ImageConfig &config = context.image.config;
    for (const ShellCommand &command : probe.commands) {
        const std::string_view program = command.program();
        if (program != "curl" && program != "wget") {
            continue;
        }
        const bool failsOnError = program != "curl" || hasFlag(command, "f")
                                  || command.has("--fail") || command.has("--fail-with-body");
        if (!failsOnError) {
            faults.emplace_back("curl without -f takes an error page for an answer");
        }
        for (const std::string &word : command.words) {
            const bool isOwn = word.contains("localhost") || word.contains("127.0.0.1");
            const int port = isOwn ? portIn(word) : 0;
            if (port > 0 && !config.exposedPorts.empty() && !isExposed(config, port)) {
                faults.push_back("it asks port " + std::to_string(port) + ", which is not exposed");
            }
        }
    }
    const Healthcheck &check = *config.healthcheck;
    constexpr std::int64_t kSecond = 1'000'000'000;
    constexpr std::int64_t kManyRetries = 10;
    if (check.interval && *check.interval > 0 && *check.interval < kSecond) {
        faults.emplace_back("it runs more often than once a second");
    }
    if (check.interval && check.timeout && *check.interval > 0
        && *check.timeout > *check.interval) {
        faults.emplace_back("its timeout is longer than its interval");
    }
    if (check.retries.value_or(0) > kManyRetries) {
        faults.emplace_back("more than ten retries");
    }
    return faults;
}

} // namespace

std::vector<Finding> noHealthcheck(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    const ImageKind kind = context.facts.kind;
    if (kind == ImageKind::OsBase || kind == ImageKind::Builder || kind == ImageKind::Runtime) {
        return {};
    }
    const bool isSwitchedOff = config.healthcheck && !config.healthcheck->test.empty()
                               && config.healthcheck->test.front() == "NONE";
    if (config.healthcheck && !config.healthcheck->test.empty() && !isSwitchedOff) {
        return {};
    }
    // Images of the OCI format as buildah writes them cannot have one.
    const bool cannotHave = context.image.mediaType == "application/vnd.oci.image.manifest.v1+json"
                            && std::ranges::any_of(context.facts.steps, [](const BuildFact &fact) {
                                   return fact.step.builder == Builder::Buildah;
                               });
    const bool isInfo = isSwitchedOff || cannotHave || config.exposedPorts.empty();
    return {configFinding(
        isInfo ? Severity::Info : Severity::Low,
        isSwitchedOff ? "The health check is switched off." : "There is no health check.",
        {.text = isSwitchedOff ? "NONE" : "not set", .field = "config.Healthcheck"})};
}

std::vector<Finding> healthcheckBroken(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    if (!config.healthcheck || config.healthcheck->test.size() < 2) {
        return {};
    }
    const std::vector<std::string> &test = config.healthcheck->test;
    const bool isShell = test.front() == "CMD-SHELL";
    ShellScript probe;
    if (isShell) {
        probe = parseShell(test[1]);
    } else {
        ShellCommand command;
        command.words.assign(test.begin() + 1, test.end());
        probe.commands.push_back(std::move(command));
    }
    std::vector<std::string> faults = probeFaults(context, probe);
    if (isShell && !context.facts.hasShell) {
        faults.emplace_back("there is no shell to run it");
    }
    static constexpr std::array<std::string_view, 8> kBuiltins = {
        "exit", "test", "[", "echo", "true", "false", "kill", "[["};
    for (const ShellCommand &command : probe.commands) {
        const std::string_view program = command.program();
        const bool isKnown =
            program.empty() || program.contains('$')
            || (isShell && std::ranges::find(kBuiltins, program) != kBuiltins.end())
            || std::ranges::any_of(config.volumes,
                                   [&](const std::string &volume) {
                                       return command.words.front().starts_with(volume);
                                   })
            || findProgram(*context.image.tree, config, command.words.front()) != kNone;
        if (!isKnown && context.image.complete) {
            faults.push_back(displayText(command.words.front()) + " is not in the image");
        }
    }
    std::vector<Finding> findings;
    for (const std::string &fault : faults) {
        findings.push_back(configFinding(Severity::Medium,
                                         "The health check cannot tell: " + fault + ".",
                                         configEvidence("config.Healthcheck", test[1])));
    }
    return findings;
}

} // namespace cutaway
