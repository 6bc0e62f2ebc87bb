// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/touchpoints.h"

#include "core/audit/contract/runoptions.h"
#include "core/audit/evidence.h"
#include "core/audit/redaction.h"
#include "core/audit/rules/contractrules.h"
#include "core/audit/rules/processrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace cutaway {

namespace {

constexpr std::size_t kFactsTold = 20; ///< on one touch point; more are counted

/// What is asked of the author where the image tells nothing.
struct PointRow
{
    std::string_view id;
    std::string_view title;
    std::string_view question;
};
constexpr std::array kPoints = {
    PointRow{"network", "Network", "which networks, host names and DNS entries it needs"},
    PointRow{"volumes", "Volumes", "which of the files that it writes must outlive it"},
    PointRow{"ports", "Ports", "which ports it listens on"},
    PointRow{"environment", "Environment", "which variables it reads"},
    PointRow{"permissions", "Permissions", "which user and capabilities it needs"},
    PointRow{"memory-cpu", "Memory and CPU", "how much memory and how many CPUs it needs"},
    PointRow{"devices", "Devices", "which devices it needs"},
    PointRow{"os-tuning", "OS tuning", "which kernel settings and ulimits it needs"},
    PointRow{"ipc", "IPC", "whether it shares memory, semaphores or pipes with others"},
    PointRow{"signals", "Signals", "what it does when it is told to stop"},
    PointRow{"command", "Command and arguments", "what is to be run in it, and with what"},
    PointRow{"streams", "Standard streams", "what it reads from and writes to its streams"},
};

/// Variables that tell of a touch point by themselves.
struct VariableRow
{
    std::string_view name;
    std::string_view touchPoint;
    std::string_view part; ///< that the value must have; empty = anything
};
constexpr std::array kVariables = {
    VariableRow{"JAVA_OPTS", "memory-cpu", "-X"},
    VariableRow{"JAVA_TOOL_OPTIONS", "memory-cpu", "-X"},
    VariableRow{"_JAVA_OPTIONS", "memory-cpu", "-X"},
    VariableRow{"JDK_JAVA_OPTIONS", "memory-cpu", "-X"},
    VariableRow{"JVM_OPTS", "memory-cpu", "-X"},
    VariableRow{"CATALINA_OPTS", "memory-cpu", "-X"},
    VariableRow{"ES_JAVA_OPTS", "memory-cpu", "-X"},
    VariableRow{"LS_JAVA_OPTS", "memory-cpu", "-X"},
    VariableRow{"KAFKA_HEAP_OPTS", "memory-cpu", {}},
    VariableRow{"MAX_HEAP_SIZE", "memory-cpu", {}},
    VariableRow{"JAVA_MAX_MEM_RATIO", "memory-cpu", {}},
    VariableRow{"NODE_OPTIONS", "memory-cpu", "-space-size"},
    VariableRow{"GOMEMLIMIT", "memory-cpu", {}},
    VariableRow{"GOMAXPROCS", "memory-cpu", {}},
    VariableRow{"OMP_NUM_THREADS", "memory-cpu", {}},
    VariableRow{"WEB_CONCURRENCY", "memory-cpu", {}},
    VariableRow{"NVIDIA_VISIBLE_DEVICES", "devices", {}},
    VariableRow{"NVIDIA_DRIVER_CAPABILITIES", "devices", {}},
    VariableRow{"NVIDIA_REQUIRE_CUDA", "devices", {}},
    VariableRow{"CUDA_VERSION", "devices", {}},
    VariableRow{"ROCM_PATH", "devices", {}},
    VariableRow{"PYTHONUNBUFFERED", "streams", {}},
};

/// Labels that state a need.
constexpr std::array kNeeds = {
    std::pair<std::string_view, std::string_view>{"io.openshift.min-memory", "memory-cpu"},
    std::pair<std::string_view, std::string_view>{"io.openshift.min-cpu", "memory-cpu"},
    std::pair<std::string_view, std::string_view>{"io.openshift.non-scalable", "volumes"},
    std::pair<std::string_view, std::string_view>{"io.openshift.wants", "network"},
};

class Points
{
public:
    void add(std::string_view id, Known known, const std::string &text)
    {
        std::vector<TouchFact> &facts = m_facts[id];
        if (facts.size() < kFactsTold) {
            facts.push_back({known, text});
        } else {
            ++m_leftOut[id];
        }
    }
    std::vector<TouchPoint> take()
    {
        std::vector<TouchPoint> points;
        for (const PointRow &row : kPoints) {
            TouchPoint point{row.id, row.title, {}};
            for (const Known known : {Known::Declared, Known::Inferred, Known::RunTime}) {
                std::ranges::copy_if(m_facts[row.id],
                                     std::back_inserter(point.facts),
                                     [&](const TouchFact &fact) { return fact.known == known; });
            }
            if (point.facts.empty()) {
                point.facts.push_back({Known::RunTime, "ask " + std::string(row.question)});
            } else if (const std::uint64_t more = m_leftOut[row.id]; more > 0) {
                point.facts.push_back(
                    {point.facts.back().known, "and " + formatNumber(more) + " more"});
            }
            points.push_back(std::move(point));
        }
        return points;
    }

private:
    std::map<std::string_view, std::vector<TouchFact>> m_facts;
    std::map<std::string_view, std::uint64_t> m_leftOut;
};

std::string shown(std::string_view text)
{
    return displayText(redactLine(text, Secrets::Redacted).text);
}

std::string wordsText(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : redactWords(words, Secrets::Redacted).words) {
        const bool isPlain = !word.empty() && word.find_first_of(" \t\n\"'") == std::string::npos;
        text += (text.empty() ? "" : " ") + (isPlain ? displayText(word) : quoted(word));
    }
    return text;
}

std::string pathsText(const SurveyedPaths &paths, std::string_view one, std::string_view many)
{
    std::string text = formatCount(paths.count, one, many) + ": ";
    for (const std::string &path : paths.first) {
        text += (&path == paths.first.data() ? "" : ", ") + displayText(path);
    }
    return text + (paths.count > paths.first.size() ? " …" : "");
}

void addPaths(Points &points,
              std::string_view id,
              const SurveyedPaths &paths,
              std::string_view one,
              std::string_view many)
{
    if (paths.count > 0) {
        points.add(id, Known::Inferred, pathsText(paths, one, many));
    }
}

void addVolumes(const AuditContext &context, const Contract &contract, Points &points)
{
    for (const ContractVolume &volume : contract.volumes) {
        std::string text = shown(volume.path);
        if (volume.files.value_or(0) > 0) {
            text += ", " + formatBytes(*volume.bytes) + " in "
                    + formatCount(*volume.files, "file", "files")
                    + " that a mount hides; new volumes of docker are filled with them";
        }
        points.add("volumes", Known::Declared, text);
    }
    for (const Finding &finding : undeclaredState(context)) {
        points.add("volumes", Known::Inferred, finding.summary);
    }
}

void addPorts(const AuditContext &context, const Contract &contract, Points &points)
{
    for (const ContractPort &port : contract.ports) {
        points.add("ports",
                   Known::Declared,
                   shown(port.text)
                       + (port.description.empty() ? "" : ", " + shown(port.description))
                       + (port.isExposed ? "" : ", documented but not exposed"));
    }
    for (const Finding &finding : undeclaredPort(context)) {
        points.add("ports", Known::Inferred, finding.summary);
    }
}

void addEnvironment(const Contract &contract, Points &points)
{
    for (const ContractVariable &variable : contract.variables) {
        const bool isKnown = variable.isDeclared || variable.isDocumented;
        std::string text = shown(variable.name());
        text += variable.api.isMandatory                         ? ", mandatory"
                : variable.api.defaultValue.value_or("").empty() ? ", optional"
                                                                 : ", has a default";
        if (!variable.isDocumented) {
            text += ", no label describes it";
        }
        if (!variable.scripts.empty()) {
            text += ", read by " + displayText(variable.scripts.front());
        }
        points.add("environment", isKnown ? Known::Declared : Known::Inferred, text);
    }
}

void addPermissions(const ImageConfig &config, const TreeSurvey &survey, Points &points)
{
    if (config.user.empty()) {
        points.add("permissions", Known::Inferred, "runs as root, for no user is declared");
    } else {
        points.add("permissions", Known::Declared, "runs as " + shown(config.user));
    }
    addPaths(points,
             "permissions",
             survey.setIdPrograms,
             "setuid or setgid program",
             "setuid or setgid programs");
    addPaths(points,
             "permissions",
             survey.capabilities,
             "file with capabilities",
             "files with capabilities");
}

/// PID 1, and what it hands over to as far as the command tells.
std::string processText(const AuditContext &context)
{
    const std::vector<std::string> &argv = context.facts.argv;
    std::string text = "PID 1 is " + shown(argv.front());
    if (const std::string *script = shellText(argv)) {
        return text + ", a shell, which runs "
               + quoted(redactLine(*script, Secrets::Redacted).text);
    }
    if (context.facts.application > 0) {
        text += ", which starts " + shown(argv[context.facts.application]);
    }
    for (const EntryScript &script : context.facts.scripts.scripts) {
        if (script.role == EntryScript::Role::Started) {
            text += ", then " + displayText(script.path);
        }
    }
    return text;
}

void addProcess(const AuditContext &context, const Contract &contract, Points &points)
{
    const ImageConfig &config = context.image.config;
    if (config.stopSignal.empty()) {
        points.add("signals", Known::Inferred, "is stopped with SIGTERM, the engines' default");
    } else {
        points.add("signals", Known::Declared, "is stopped with " + shown(config.stopSignal));
    }
    if (!context.facts.argv.empty()) {
        points.add("signals", Known::Inferred, processText(context));
    }
    if (config.entrypoint && !config.entrypoint->empty()) {
        points.add("command", Known::Declared, "always runs " + wordsText(*config.entrypoint));
    }
    if (config.cmd && !config.cmd->empty()) {
        const bool isArguments = config.entrypoint && !config.entrypoint->empty();
        points.add("command",
                   Known::Declared,
                   (isArguments ? "with the arguments " : "runs ") + wordsText(*config.cmd)
                       + ", if none are given");
    }
    for (const ApiEntry &argument : contract.arguments) {
        points.add("command",
                   Known::Declared,
                   "understands " + shown(argument.name)
                       + (argument.description.empty() ? "" : ": " + shown(argument.description)));
    }
}

void addLinks(const Contract &contract, Points &points)
{
    for (const ApiEntry &link : contract.links) {
        std::string text = "expects the service " + shown(link.name);
        text += link.port.empty() ? "" : " on port " + shown(link.port);
        text += link.isMandatory ? ", mandatory" : "";
        text += link.description.empty() ? "" : ": " + shown(link.description);
        points.add("network", Known::Declared, text);
    }
}

void addLabels(const AuditContext &context, const Contract &contract, Points &points)
{
    for (const auto &[key, touchPoint] : kNeeds) {
        const auto found = context.image.config.labels.find(std::string(key));
        if (found != context.image.config.labels.end()) {
            points.add(touchPoint, Known::Declared, std::string(key) + " " + shown(found->second));
        }
    }
    for (const ContractHook &hook : contract.hooks) {
        for (const RunOption &option : runOptions(hook.command)) {
            points.add(option.touchPoint,
                       Known::Declared,
                       shown(option.text) + " in the " + displayText(hook.source));
        }
    }
}

void addVariables(const AuditContext &context, Points &points)
{
    for (const VariableRow &row : kVariables) {
        const std::string *value = context.facts.variable(row.name);
        if (value != nullptr && value->contains(row.part)) {
            points.add(
                row.touchPoint, Known::Inferred, shown(std::string(row.name) + "=" + *value));
        }
    }
    for (const std::string &word : context.facts.argv) {
        if (word.starts_with("-Xmx") || word.starts_with("-XX:MaxRAM")
            || word.starts_with("--max-old-space-size")) {
            points.add("memory-cpu", Known::Inferred, shown(word) + " in the command");
        }
    }
}

} // namespace

std::vector<TouchPoint> touchPointsOf(const AuditContext &context,
                                      const Contract &contract,
                                      const TreeSurvey &survey)
{
    Points points;
    addLinks(contract, points);
    addVolumes(context, contract, points);
    addPorts(context, contract, points);
    addEnvironment(contract, points);
    addPermissions(context.image.config, survey, points);
    addProcess(context, contract, points);
    addLabels(context, contract, points);
    addVariables(context, points);
    addPaths(points, "devices", survey.devices, "device node", "device nodes");
    addPaths(points, "ipc", survey.fifos, "named pipe", "named pipes");
    addPaths(points,
             "streams",
             survey.logLinks,
             "link to a standard stream",
             "links to the standard streams");
    return points.take();
}

} // namespace cutaway
