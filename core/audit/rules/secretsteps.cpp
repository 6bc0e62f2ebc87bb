// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/secretrules.h"
#include "core/audit/secrets/commandwords.h"
#include "core/audit/secrets/names.h"
#include "core/audit/secrets/settingsearch.h"
#include "core/audit/secrets/values.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

/// What gives a secret away, without the secret itself.
struct Leak
{
    std::string what; ///< "API_TOKEN", "curl -u"
    Severity severity = Severity::High;
    Confidence confidence = Confidence::Likely;
    bool isUnknown = false; ///< nothing was found in a text that is too long to be searched whole
};

bool isLiteral(std::string_view value)
{
    return isSecretValue(value) && !value.contains('$') && !value.contains('`')
           && !value.starts_with('<') && !value.starts_with("/run/secrets/");
}

std::string lengthText(std::string_view name, std::string_view value)
{
    return displayText(name) + ", a value of " + formatCount(value.size(), "byte", "bytes");
}

bool hasUserInfo(std::string_view word)
{
    const std::optional<TextPart> password = passwordInAddress(word);
    return password && isLiteral(word.substr(password->at, password->length));
}

std::optional<Leak> leakByAssignment(std::string_view name, std::string_view value)
{
    const std::optional<Severity> severity = secretSeverity(name, value);
    return severity ? std::optional(Leak{lengthText(name, value), *severity}) : std::nullopt;
}

/// What a detector recognises, whatever it is called; the worst where there are several.
std::optional<Leak> leakByShape(std::string_view text)
{
    const SecretSearch search = secretsInSetting(text);
    const auto worst = std::ranges::max_element(search.hits, {}, &SecretHit::severity);
    if (worst != search.hits.end()) {
        return Leak{std::string(secretKind(worst->detector).name) + ", "
                        + formatCount(worst->length, "byte", "bytes"),
                    worst->severity,
                    worst->confidence};
    }
    if (search.searched < text.size()) {
        return Leak{"too long: " + formatCount(text.size() - search.searched, "byte", "bytes")
                        + " were not searched",
                    Severity::Info,
                    Confidence::Certain,
                    true};
    }
    return std::nullopt;
}

/// By the name or else by the shape of the value.
std::optional<Leak> leakByEither(std::string_view name, std::string_view value)
{
    std::optional<Leak> leak = leakByAssignment(name, value);
    if (!leak) {
        leak = leakByShape(std::string(name) + '=' + std::string(value));
        if (leak) {
            leak->what = displayText(name) + ", " + leak->what;
        }
    }
    return leak;
}

std::optional<Leak> leakByOption(const ShellCommand &command, std::size_t index)
{
    const std::optional<PasswordWord> password = passwordInWord(command.words, index);
    const std::string_view word = command.words[index];
    if (!password || !isLiteral(word.substr(password->part.at, password->part.length))) {
        return std::nullopt;
    }
    return Leak{std::string(command.program()) + " " + std::string(password->option)};
}

std::optional<Leak> leakByWord(const ShellCommand &command, std::size_t index)
{
    const std::string &word = command.words[index];
    const std::string_view program = command.program();
    const std::optional<std::size_t> credentials = credentialsInHeader(lowered(word));
    if (credentials && isLiteral(std::string_view(word).substr(*credentials))) {
        return Leak{std::string(program) + ", an Authorization header"};
    }
    if (hasUserInfo(word)) {
        return Leak{std::string(program) + ", an address with a password"};
    }
    const bool isKey = word.ends_with(kSecretKeySetting) && index + 1 < command.words.size()
                       && isLiteral(command.words[index + 1]);
    if (program == "aws" && isKey) {
        return Leak{"aws configure set " + word, Severity::Critical};
    }
    const std::size_t equals = word.find('=');
    const bool isExport = program == "export" || program == "declare" || program == "setx";
    if (isExport && equals != std::string::npos) {
        return leakByAssignment(word.substr(0, equals), word.substr(equals + 1));
    }
    return std::nullopt;
}

/// The first thing in the command that gives a secret away.
std::optional<Leak> leakIn(const ShellCommand &command)
{
    for (const auto &[name, value] : command.assignments) {
        if (std::optional<Leak> leak = leakByAssignment(name, value)) {
            return leak;
        }
    }
    for (std::size_t i = 0; i < command.words.size(); ++i) {
        std::optional<Leak> leak = leakByOption(command, i);
        if (!leak) {
            leak = leakByWord(command, i);
        }
        if (leak) {
            return leak;
        }
    }
    return std::nullopt;
}

/// NAME and value of each pair in `ENV A=b C="d e"` or `ARG A=b`, as far as they have no blank.
std::vector<std::pair<std::string, std::string>> pairsOf(std::string_view arguments)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string &word : wordsOf(arguments)) {
        const std::size_t equals = word.find('=');
        if (equals != std::string::npos) {
            pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
        }
    }
    if (pairs.empty()) { // `ENV NAME value`
        const std::vector<std::string> words = wordsOf(arguments);
        if (words.size() == 2) {
            pairs.emplace_back(words[0], words[1]);
        }
    }
    return pairs;
}

/// What there is to say of it.
std::string summaryOf(const Leak &leak, std::string summary)
{
    return leak.isUnknown ? "A text was not searched for secrets to its end." : std::move(summary);
}

Finding secretStep(const BuildFact &fact, const Leak &leak, std::string summary)
{
    Finding finding =
        stepFinding(leak.severity, summaryOf(leak, std::move(summary)), fact, leak.what);
    finding.origin = Origin::App; // whoever wrote it: everybody has it
    finding.confidence = leak.confidence;
    return finding;
}

Finding secretSetting(const char *field, const Leak &leak, std::string summary)
{
    Finding finding = configFinding(
        leak.severity, summaryOf(leak, std::move(summary)), {.text = leak.what, .field = field});
    finding.confidence = leak.confidence;
    return finding;
}

/// The words of a command as one text; what is secret has no blanks.
std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) {
        text += word + '\n';
    }
    return text;
}

/// What the configuration holds is told there, not once more at the step that set it.
bool staysInConfig(std::string_view keyword)
{
    constexpr std::array<std::string_view, 7> kKeywords = {
        "ENV", "ARG", "LABEL", "CMD", "ENTRYPOINT", "HEALTHCHECK", "ONBUILD"};
    return std::ranges::find(kKeywords, keyword) != kKeywords.end();
}

} // namespace

std::vector<Finding> secretVariables(const AuditContext &context)
{
    std::vector<Finding> findings;
    std::set<std::string> told;
    for (const auto &[name, value] : context.facts.env) {
        if (const std::optional<Leak> leak = leakByEither(name, value)) {
            told.insert(name);
            findings.push_back(
                secretSetting("config.Env",
                              *leak,
                              "The variable " + quoted(name) + " holds what looks like a secret."));
        }
    }
    for (const auto &[name, value] : context.image.config.labels) {
        if (const std::optional<Leak> leak = leakByEither(name, value)) {
            findings.push_back(
                secretSetting("config.Labels",
                              *leak,
                              "The label " + quoted(name) + " holds what looks like a secret."));
        }
    }
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.step.keyword != "ENV") {
            continue;
        }
        for (const auto &[name, value] : pairsOf(fact.step.arguments)) {
            const std::optional<Leak> leak = leakByEither(name, value);
            if (leak && told.insert(name).second) {
                Finding finding = secretStep(
                    fact, *leak, "A build step set " + quoted(name) + "; the history keeps it.");
                finding.state = State::Overwritten;
                findings.push_back(std::move(finding));
            }
        }
    }
    return findings;
}

std::vector<Finding> secretBuildArguments(const AuditContext &context)
{
    std::vector<Finding> findings;
    std::set<std::string> told;
    const auto ask = [&](const BuildFact &fact, const std::string &name, const std::string &value) {
        std::optional<Leak> leak = leakByAssignment(name, value);
        const bool isProxy = name.ends_with("_PROXY") || name.ends_with("_proxy");
        if (!leak && isProxy && hasUserInfo(value)) {
            leak = Leak{lengthText(name, value), Severity::High, Confidence::Certain};
        }
        if (!leak) {
            leak = leakByEither(name, value);
        }
        if (leak && told.insert(name).second) {
            findings.push_back(
                secretStep(fact,
                           *leak,
                           "The build argument " + quoted(name) + " can be read in the history."));
        }
    };
    for (const BuildFact &fact : context.facts.steps) {
        for (const auto &[name, value] : fact.step.buildArgs) {
            ask(fact, name, value);
        }
        if (fact.step.keyword == "ARG") {
            for (const auto &[name, value] : pairsOf(fact.step.arguments)) {
                ask(fact, name, value);
            }
        }
    }
    return findings;
}

std::vector<Finding> secretsInSteps(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const BuildFact &fact : context.facts.steps) {
        std::optional<Leak> leak;
        for (const ShellCommand &command : fact.script.commands) {
            leak = leak ? leak : leakIn(command);
        }
        if (!leak && !staysInConfig(fact.step.keyword)) {
            leak = leakByShape(fact.step.text());
        }
        if (leak) {
            findings.push_back(secretStep(
                fact, *leak, "A build step has a secret in its text, which the history keeps."));
        }
    }
    for (const std::string &trigger : context.image.config.onBuild) {
        if (const std::optional<Leak> leak = leakByShape(trigger)) {
            findings.push_back(secretSetting(
                "config.OnBuild", *leak, "A trigger for other builds has a secret in its text."));
        }
    }
    return findings;
}

std::vector<Finding> secretsInCommand(const AuditContext &context)
{
    constexpr const char *kSummary = "The command has a secret among its arguments.";
    std::vector<Finding> findings;
    const auto ask = [&](const std::vector<ShellCommand> &commands, const char *field) {
        for (const ShellCommand &command : commands) {
            if (const std::optional<Leak> leak = leakIn(command)) {
                findings.push_back(secretSetting(field, *leak, kSummary));
            }
        }
        return !findings.empty();
    };
    const auto askShape = [&](const std::vector<std::string> &words, const char *field) {
        if (const std::optional<Leak> leak = leakByShape(joined(words))) {
            findings.push_back(secretSetting(field, *leak, kSummary));
        }
    };
    const ImageConfig &config = context.image.config;
    if (!ask(startedCommands(context).commands, "config.Entrypoint")) {
        askShape(config.entrypoint.value_or(std::vector<std::string>()), "config.Entrypoint");
        askShape(config.cmd.value_or(std::vector<std::string>()), "config.Cmd");
    }
    const std::optional<Healthcheck> &check = config.healthcheck;
    if (!check || check->test.size() < 2) {
        return findings;
    }
    const std::size_t before = findings.size();
    if (check->test.front() == "CMD-SHELL") {
        ask(parseShell(check->test[1]).commands, "config.Healthcheck");
    } else {
        ShellCommand command;
        command.words.assign(check->test.begin() + 1, check->test.end());
        ask({std::move(command)}, "config.Healthcheck");
    }
    if (findings.size() == before) {
        askShape(check->test, "config.Healthcheck");
    }
    return findings;
}

} // namespace cutaway
