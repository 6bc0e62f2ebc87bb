// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/contractrules.h"
#include "core/base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kMostVariables = 50;

/// Variables that every shell or engine sets, or that mean the same everywhere.
constexpr std::array<std::string_view, 46> kCommon = {"PATH",
                                                      "HOME",
                                                      "PWD",
                                                      "OLDPWD",
                                                      "USER",
                                                      "LOGNAME",
                                                      "HOSTNAME",
                                                      "TERM",
                                                      "SHLVL",
                                                      "IFS",
                                                      "UID",
                                                      "EUID",
                                                      "GID",
                                                      "PPID",
                                                      "LANG",
                                                      "LANGUAGE",
                                                      "LC_ALL",
                                                      "LC_CTYPE",
                                                      "TZ",
                                                      "SHELL",
                                                      "OPTARG",
                                                      "OPTIND",
                                                      "REPLY",
                                                      "RANDOM",
                                                      "SECONDS",
                                                      "LINENO",
                                                      "BASH",
                                                      "BASH_SOURCE",
                                                      "FUNCNAME",
                                                      "PIPESTATUS",
                                                      "BASH_VERSION",
                                                      "BASHPID",
                                                      "OSTYPE",
                                                      "HOSTTYPE",
                                                      "MACHTYPE",
                                                      "TMPDIR",
                                                      "DISPLAY",
                                                      "XDG_RUNTIME_DIR",
                                                      "XDG_CACHE_HOME",
                                                      "COLUMNS",
                                                      "LINES",
                                                      "EDITOR",
                                                      "PS1",
                                                      "PS4",
                                                      "HTTP_PROXY",
                                                      "DEBUG"};

bool isCommon(std::string_view name)
{
    return std::ranges::find(kCommon, name) != kCommon.end() || name.starts_with("KUBERNETES_")
           || name.starts_with("BASH_") || name.starts_with("_");
}

/// By custom what comes from outside is in capitals; a script's own names are not.
bool isFromOutside(std::string_view name)
{
    return name.size() > 1
           && std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Names in the JSON of `api.expected-envs`.
void addListed(const std::string &text, std::set<std::string, std::less<>> &names)
{
    const Result<ParsedJson> parsed = parseJson(text, "label", BadUtf8::Replace);
    if (!parsed) {
        return;
    }
    for (const Json &item : parsed->value.elements()) {
        for (const char *key : {"key", "name"}) {
            names.insert(item[key].toString());
        }
    }
}

/// Variables that some label describes, in any of the notations.
std::set<std::string, std::less<>> describedVariables(const Image &image)
{
    std::set<std::string, std::less<>> names;
    for (const auto &[key, value] : image.config.labels) {
        for (const std::string_view prefix : {"api.ENV.", "api.expected-envs."}) {
            if (key.starts_with(prefix)) {
                const std::string_view rest = std::string_view(key).substr(prefix.size());
                names.emplace(rest.substr(0, rest.find('.')));
            }
        }
        if (key == "api.expected-envs") {
            addListed(value, names);
        }
        if (const std::size_t at = key.find("environment."); at != std::string::npos) {
            const std::string_view rest = std::string_view(key).substr(at + 12);
            names.emplace(rest.substr(0, rest.find('.')));
        }
    }
    return names;
}

/// What scripts do with one variable that nobody gives a value.
struct Reading
{
    const EntryScript *script = nullptr;
    const VariableUse *use = nullptr; ///< the most demanding one
    bool hasDefault = false;
    std::string fallback; ///< the first
};

std::map<std::string, Reading> readings(const AuditContext &context)
{
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    std::map<std::string, Reading> found;
    for (const EntryScript &script : scripts) {
        for (const VariableUse &use : script.variables.uses) {
            const bool isRequired = use.kind == VariableUse::Kind::Required;
            const bool isElsewhere = std::ranges::any_of(scripts, [&](const EntryScript &other) {
                return &other != &script && other.variables.assigns(use.name);
            });
            if (use.isOwn || isElsewhere || (!isRequired && !isFromOutside(use.name))) {
                continue;
            }
            Reading &reading = found[use.name];
            reading.hasDefault =
                reading.hasDefault || (use.kind != VariableUse::Kind::Plain && !isRequired);
            if (reading.fallback.empty() && use.kind != VariableUse::Kind::Alternative) {
                reading.fallback = isRequired ? std::string() : use.fallback;
            }
            if (reading.use == nullptr || (isRequired && reading.use->kind != use.kind)) {
                reading.use = &use;
                reading.script = &script;
            }
        }
    }
    return found;
}

Finding undocumented(const AuditContext &context, const std::string &name, const Reading &reading)
{
    const bool isRequired = reading.use->kind == VariableUse::Kind::Required;
    Evidence evidence = configEvidence("config.Env", name);
    Finding finding = configFinding(isRequired ? Severity::Medium : Severity::Low,
                                    quoted(name)
                                        + (isRequired ? " has to be given, and nothing says so."
                                                      : " is read, but has neither a default nor "
                                                        "a description."),
                                    evidence);
    finding.confidence = Confidence::Likely;
    finding.fingerprint = name;
    if (reading.script->entry != kNone) {
        const PathTree &tree = *context.image.tree;
        Evidence file = entryEvidence(
            tree, reading.script->entry, "line " + std::to_string(reading.use->line) + ": " + name);
        file.bytes = 0;
        finding.layer = file.layer;
        finding.origin = originOf(context.image, *file.layer);
        finding.evidence = {std::move(file)};
    }
    return finding;
}

Finding undocumentedInTemplate(const AuditContext &context, const TemplateVariable &variable)
{
    Finding finding = configFinding(Severity::Low,
                                    quoted(variable.name)
                                        + " is filled into a template, but has neither a default "
                                          "nor a description.",
                                    {});
    finding.confidence = Confidence::Likely;
    finding.fingerprint = variable.name;
    Evidence file = entryEvidence(*context.image.tree, variable.entry, variable.name);
    file.bytes = 0;
    finding.layer = file.layer;
    finding.origin = originOf(context.image, *file.layer);
    finding.evidence = {std::move(file)};
    return finding;
}

/// Values that steps of the image's own give a variable, in order.
std::map<std::string, std::vector<std::string>> valuesInSteps(const AuditContext &context,
                                                              bool ofBase)
{
    std::map<std::string, std::vector<std::string>> values;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.step.keyword != "ENV" || (fact.origin == Origin::Base) != ofBase) {
            continue;
        }
        const std::string &text = fact.step.arguments;
        const std::size_t equals = text.find('=');
        const std::string_view name = leadingName(text);
        if (name.empty() || equals != name.size()) {
            continue;
        }
        values[std::string(name)].push_back(text.substr(equals + 1));
    }
    return values;
}

bool isBuildOnly(std::string_view name, std::string_view value)
{
    static constexpr std::array<std::string_view, 14> kNames = {"DEBIAN_FRONTEND",
                                                                "CFLAGS",
                                                                "CXXFLAGS",
                                                                "CPPFLAGS",
                                                                "LDFLAGS",
                                                                "MAKEFLAGS",
                                                                "GIT_SSH_COMMAND",
                                                                "CI",
                                                                "http_proxy",
                                                                "https_proxy",
                                                                "HTTP_PROXY",
                                                                "HTTPS_PROXY",
                                                                "ftp_proxy",
                                                                "FTP_PROXY"};
    const bool isVersion = name.ends_with("_VERSION") || name == "BUILD_DATE"
                           || name == "BUILD_NUMBER" || name == "BUILD_ID";
    return (std::ranges::find(kNames, name) != kNames.end() && !value.empty())
           || (name.starts_with("BUILD_") && !isVersion)
           || (name == "NODE_ENV" && value == "development")
           || ((name == "PIP_INDEX_URL" || name == "PIP_EXTRA_INDEX_URL")
               && !value.contains("pypi.org"));
}

/// "10.1.2.3" in a text, of a network that is private (RFC 1918).
bool hasPrivateAddress(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_of("0123456789", at);
        if (begin == std::string_view::npos) {
            return false;
        }
        const std::size_t end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
        std::array<int, 4> parts{};
        const char *from = text.data() + begin;
        const char *const last = text.data() + end;
        std::size_t count = 0;
        while (count < parts.size() && from < last) {
            const auto [next, error] = std::from_chars(from, last, parts.at(count));
            if (error != std::errc()) {
                break;
            }
            ++count;
            from = next < last ? next + 1 : next;
        }
        const bool isWhole = count == parts.size() && from == last
                             && std::ranges::all_of(parts, [](int part) { return part < 256; });
        if (isWhole
            && (parts[0] == 10 || (parts[0] == 172 && parts[1] >= 16 && parts[1] < 32)
                || (parts[0] == 192 && parts[1] == 168))) {
            return true;
        }
        at = end;
    }
    return false;
}

/// Why a value fits one place alone; empty where it does not.
std::string_view siteFact(std::string_view value)
{
    if (hasPrivateAddress(value)) {
        return "an address of a private network";
    }
    for (const std::string_view ending : {".local", ".internal", ".corp", ".lan", ".intranet"}) {
        const std::size_t at = value.find(ending);
        const std::size_t end = at + ending.size();
        const bool isHost = at != std::string_view::npos && at > 0
                            && (end == value.size() || value[end] == ':' || value[end] == '/')
                            && !value.starts_with('/');
        if (isHost) {
            return "the name of a host in a private network";
        }
    }
    return {};
}

} // namespace

std::vector<ScriptVariable> scriptVariables(const AuditContext &context)
{
    std::vector<ScriptVariable> variables;
    for (const auto &[name, reading] : readings(context)) {
        if (!isCommon(name)) {
            variables.push_back({name,
                                 reading.script->path,
                                 reading.fallback,
                                 reading.use->kind == VariableUse::Kind::Required});
        }
    }
    return variables;
}

std::vector<Finding> undocumentedEnv(const AuditContext &context)
{
    const auto described = describedVariables(context.image);
    std::vector<Finding> findings;
    const auto isKnown = [&](const std::string &name) {
        return isCommon(name) || described.contains(name)
               || context.facts.variable(name) != nullptr;
    };
    const std::map<std::string, Reading> inScripts = readings(context);
    for (const auto &[name, reading] : inScripts) {
        const bool isRequired = reading.use->kind == VariableUse::Kind::Required;
        if (isKnown(name) || (reading.hasDefault && !isRequired)
            || findings.size() >= kMostVariables) {
            continue;
        }
        findings.push_back(undocumented(context, name, reading));
    }
    std::set<std::string, std::less<>> told;
    for (const TemplateVariable &variable : templateVariables(context)) {
        const std::string &name = variable.name;
        const bool isFound = !isKnown(name) && isFromOutside(name) && !inScripts.contains(name)
                             && !context.facts.scripts.assigns(name);
        if (isFound && findings.size() < kMostVariables && told.insert(name).second) {
            findings.push_back(undocumentedInTemplate(context, variable));
        }
    }
    return findings;
}

std::vector<Finding> buildOnlyEnv(const AuditContext &context)
{
    const auto inherited = valuesInSteps(context, true);
    const auto own = valuesInSteps(context, false);
    std::vector<Finding> findings;
    for (const auto &[name, value] : context.facts.env) {
        const bool isInherited = inherited.contains(name) && !own.contains(name);
        if (!isInherited && isBuildOnly(name, value)) {
            findings.push_back(configFinding(Severity::Low,
                                             quoted(name)
                                                 + " is for the build, and stays set in "
                                                   "every container.",
                                             configEvidence("config.Env", name + "=" + value)));
        }
    }
    for (const auto &[name, values] : own) {
        const bool differs = std::ranges::any_of(
            values, [&](const std::string &value) { return value != values.front(); });
        if (differs && name != "PATH" && context.facts.variable(name) != nullptr) {
            findings.push_back(configFinding(
                Severity::Info,
                quoted(name) + " is set more than once; earlier values stay in the history.",
                configEvidence("config.Env", name)));
        }
    }
    return findings;
}

std::vector<Finding> environmentSpecific(const AuditContext &context)
{
    const auto inherited = valuesInSteps(context, true);
    std::vector<Finding> findings;
    const auto look = [&](const char *field, const std::string &name, const std::string &value) {
        const std::string_view fact = siteFact(value);
        if (fact.empty()) {
            return;
        }
        Finding finding = configFinding(Severity::Low,
                                        quoted(name) + " holds " + std::string(fact) + ".",
                                        configEvidence(field, name + "=" + value));
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    };
    for (const auto &[name, value] : context.facts.env) {
        if (!inherited.contains(name) && name != "NO_PROXY" && name != "no_proxy") {
            look("config.Env", name, value);
        }
    }
    return findings;
}

} // namespace cutaway
