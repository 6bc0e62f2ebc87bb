// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/configlines.h"
#include "core/audit/rules/securityconfigs.h"
#include "core/audit/rules/securityrules.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cutaway {

namespace {

bool isOff(const std::string &value)
{
    return saysNo(value);
}

bool isOn(const std::string &value)
{
    return !value.empty() && !saysNo(value);
}

/// Variables that switch verification off, and the values that do.
struct VariableRow
{
    std::string_view name;
    bool (*disables)(const std::string &value);
};
constexpr std::array kVariables = {
    VariableRow{"NODE_TLS_REJECT_UNAUTHORIZED", &isOff},
    VariableRow{"PYTHONHTTPSVERIFY", &isOff},
    VariableRow{"NPM_CONFIG_STRICT_SSL", &isOff},
    VariableRow{"npm_config_strict_ssl", &isOff},
    VariableRow{"GIT_SSL_NO_VERIFY", &isOn},
    VariableRow{"CURL_INSECURE", &isOn},
    VariableRow{"PIP_TRUSTED_HOST", &isOn},
    VariableRow{"GOINSECURE", &isOn},
    VariableRow{"GONOSUMDB", [](const std::string &value) { return value.contains('*'); }},
    VariableRow{"GONOSUMCHECK", &isOn},
};

bool isShortFlag(const std::string &word, char letter)
{
    return word.size() > 1 && word[0] == '-' && word[1] != '-' && word.contains(letter)
           && word.find_first_not_of(
                  "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ#0123456789")
                  == std::string::npos;
}

bool talksToItself(const ShellCommand &command)
{
    return std::ranges::any_of(command.words, [](const std::string &word) {
        return word.contains("://localhost") || word.contains("://127.") || word == "localhost"
               || word == "127.0.0.1" || word.ends_with("=localhost");
    });
}

/// curl's options that take the next word, so that its letters are no flags.
bool skipsCheck(const ShellCommand &command)
{
    const std::string_view program = command.program();
    if (program == "curl") {
        return !talksToItself(command)
               && (command.has("--insecure")
                   || std::ranges::any_of(command.words, [](const std::string &word) {
                          return isShortFlag(word, 'k');
                      }));
    }
    if (program == "wget") {
        return !talksToItself(command) && command.has("--no-check-certificate");
    }
    const auto says = [&](std::string_view text) {
        return std::ranges::any_of(
            command.words, [&](const std::string &word) { return lowered(word).contains(text); });
    };
    if (program == "git") {
        return says("sslverify=false") || (says("http.sslverify") && command.has("false"));
    }
    if (program == "npm" || program == "yarn" || program == "pnpm") {
        return says("strict-ssl=false") || (says("strict-ssl") && command.has("false"));
    }
    if (program.starts_with("pip") || program.starts_with("python")) {
        return says("--trusted-host") && !talksToItself(command);
    }
    return (program == "yum" || program == "dnf" || program == "microdnf")
           && (says("sslverify=0") || says("sslverify=false"));
}

bool skipsSignatures(const ShellCommand &command)
{
    const std::string_view program = command.program();
    const auto has = [&](std::initializer_list<std::string_view> options) {
        return std::ranges::any_of(options,
                                   [&](std::string_view option) { return command.has(option); });
    };
    if (program == "apk") {
        return command.has("--allow-untrusted");
    }
    if (program == "apt-get" || program == "apt" || program == "aptitude") {
        const bool isForced =
            has({"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"});
        return isForced || std::ranges::any_of(command.words, [](const std::string &word) {
                   const std::string lower = lowered(word);
                   return (lower.contains("acquire::allowinsecurerepositories=")
                           || lower.contains("apt::get::allowunauthenticated="))
                          && !lower.ends_with("=false") && !lower.ends_with("=0");
               });
    }
    if (program == "rpm") {
        return has({"--nosignature", "--nodigest", "--nogpg"});
    }
    if (program == "zypper") {
        return has({"--no-gpg-checks", "--gpg-auto-import-keys-unsafe"});
    }
    return (program == "yum" || program == "dnf" || program == "microdnf" || program == "tdnf")
           && has({"--nogpgcheck", "--no-gpgchecks"});
}

/// `useradd -p hash`, `echo user:password | chpasswd`, `passwd --stdin`.
bool setsPassword(const std::vector<ShellCommand> &commands, std::size_t index)
{
    const ShellCommand &command = commands[index];
    const std::string_view program = command.program();
    if (program == "chpasswd") {
        const bool fromFile = std::ranges::any_of(
            command.redirections, [](const ShellCommand::Redirection &redirection) {
                return redirection.sign == "<" || redirection.target.starts_with("$");
            });
        const bool fromSecret = index > 0 && command.join == ShellCommand::Join::Pipe
                                && commands[index - 1].program() == "cat";
        return !fromFile && !fromSecret;
    }
    if (program == "passwd") {
        return command.has("--stdin");
    }
    if (program != "usermod" && program != "useradd") {
        return false;
    }
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        const std::string &value = command.words[i + 1];
        if ((word == "-p" || word == "--password") && !value.starts_with('!')
            && !value.starts_with('*') && !value.starts_with("$(") && !value.empty()) {
            return true;
        }
    }
    return false;
}

/// One finding a step: the first command that `isWrong`.
template<typename IsWrong>
std::vector<Finding> wrongSteps(const AuditContext &context,
                                Severity severity,
                                const char *summary,
                                IsWrong isWrong)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        for (std::size_t i = 0; i < fact.script.commands.size(); ++i) {
            if (isWrong(fact.script.commands, i)) {
                findings.push_back(
                    stepFinding(severity, summary, fact, commandText(fact.script.commands[i])));
                return;
            }
        }
    });
    return findings;
}

} // namespace

std::vector<Finding> tlsDisabled(const AuditContext &context)
{
    std::vector<Finding> findings =
        wrongSteps(context,
                   Severity::High,
                   "A build step does not check the server's certificate.",
                   [](const std::vector<ShellCommand> &commands, std::size_t i) {
                       return skipsCheck(commands[i]);
                   });
    for (const VariableRow &row : kVariables) {
        const std::string *value = context.facts.variable(row.name);
        if (value != nullptr && row.disables(*value)) {
            findings.push_back(
                configFinding(Severity::High,
                              std::string(row.name)
                                  + " switches certificate checks off in every "
                                    "container.",
                              configEvidence("config.Env", std::string(row.name) + "=" + *value)));
        }
    }
    std::ranges::move(filesWithoutTlsCheck(context), std::back_inserter(findings));
    return findings;
}

std::vector<Finding> unverifiedPackages(const AuditContext &context)
{
    std::vector<Finding> findings =
        wrongSteps(context,
                   Severity::High,
                   "Packages are installed without checking who signed them.",
                   [](const std::vector<ShellCommand> &commands, std::size_t i) {
                       return skipsSignatures(commands[i]);
                   });
    std::ranges::move(filesWithoutSignatureCheck(context), std::back_inserter(findings));
    return findings;
}

std::vector<Finding> bakedPassword(const AuditContext &context)
{
    std::vector<Finding> findings =
        wrongSteps(context,
                   Severity::High,
                   "A build step sets a password; it can be read in the history.",
                   [](const std::vector<ShellCommand> &commands, std::size_t i) {
                       return setsPassword(commands, i);
                   });
    for (Finding &finding : findings) { // the words may hold the password itself
        std::string &text = finding.evidence.front().text;
        text = text.substr(0, text.find(' ')) + " …";
    }
    std::ranges::move(filesWithPasswords(context), std::back_inserter(findings));
    return findings;
}

} // namespace cutaway
