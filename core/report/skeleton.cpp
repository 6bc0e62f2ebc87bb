// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/contractrules.h"
#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "core/report/skeletontext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace cutaway {
namespace {

using skeletontext::composeString;
using skeletontext::csvField;
using skeletontext::dnsLabel;
using skeletontext::isImageName;
using skeletontext::shellWord;
using skeletontext::yamlString;

struct Port
{
    std::string numbers; ///< "8080", "8000-8010"
    std::string protocol;
    int first = 0;
    int last = 0;
};

struct Volume
{
    std::string name;
    std::string path; ///< raw
};

struct Variable
{
    std::string name; ///< an identifier
    std::string value;
    std::string description;
    bool isMandatory = false;
    bool isSecret = false;
};

/// What the skeletons share: the contract with everything left out that no engine would take.
struct Plan
{
    std::string name;
    std::string image;
    std::vector<Variable> variables;
    std::vector<Port> ports;
    std::vector<Volume> volumes;
    std::vector<std::string> remarks; ///< displayable
    std::string memory;               ///< "512Mi", or empty
    std::string cpu;
    bool wantsGpu = false;
    const ImageConfig *config = nullptr;
    Secrets secrets = Secrets::Redacted;
};

/// "app" of "registry.example/team/app:1.0@sha256:…".
std::string_view repositoryName(std::string_view image)
{
    image = image.substr(0, image.find('@'));
    image = image.substr(
        image.find_last_of('/') == std::string_view::npos ? 0 : image.find_last_of('/') + 1);
    return image.substr(0, image.find(':'));
}

/// The text where it is a quantity as Kubernetes has them, else nothing.
std::string quantity(const std::map<std::string, std::string> &labels, const std::string &key)
{
    static constexpr std::array<std::string_view, 11> kUnits = {
        "", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "Pi"};
    const auto found = labels.find(key);
    if (found == labels.end() || found->second.empty()) {
        return {};
    }
    const std::string_view text = found->second;
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    const bool isNumber = end > 0 && end <= 12 && std::ranges::count(text.substr(0, end), '.') <= 1
                          && text.front() != '.' && text[end - 1] != '.';
    const bool isUnit = std::ranges::find(kUnits, text.substr(end)) != kUnits.end();
    return isNumber && isUnit ? std::string(text) : std::string();
}

/// The same as docker writes sizes: "512m".
std::string dockerSize(std::string_view memory)
{
    const std::size_t end = std::min(memory.find_first_not_of("0123456789."), memory.size());
    std::string text(memory.substr(0, end));
    const char unit = end < memory.size() ? memory[end] : 'b';
    return text + asciiLower(unit);
}

std::vector<Port> portsOf(const Contract &contract)
{
    std::vector<Port> ports;
    for (const ContractPort &port : contract.ports) {
        const std::optional<ExposedPorts> range = parsePorts(port.text);
        if (!range) {
            continue;
        }
        std::string protocol = range->protocol;
        std::ranges::transform(protocol, protocol.begin(), asciiLower);
        if (protocol == "tcp" || protocol == "udp" || protocol == "sctp") {
            const std::string numbers =
                std::to_string(range->first)
                + (range->first == range->last ? "" : "-" + std::to_string(range->last));
            ports.push_back({numbers, protocol, range->first, range->last});
        }
    }
    return ports;
}

std::vector<Volume> volumesOf(const Contract &contract, const std::string &app)
{
    std::vector<Volume> volumes;
    std::set<std::string> names;
    std::map<std::string, int> counts;
    for (const ContractVolume &volume : contract.volumes) {
        if (!volume.path.starts_with('/') || volume.path.contains('\0')) {
            continue;
        }
        const std::size_t end = volume.path.find_last_not_of('/') + 1;
        const std::string_view path = std::string_view(volume.path).substr(0, end);
        const std::size_t slash = path.rfind('/');
        const std::string_view last = slash == std::string_view::npos ? "" : path.substr(slash + 1);
        const std::string base = dnsLabel(app + '-' + std::string(last));
        std::string name = base;
        while (!names.insert(name).second) {
            name = base + '-' + std::to_string(++counts[base] + 1);
        }
        volumes.push_back({std::move(name), volume.path});
    }
    return volumes;
}

std::vector<Variable> variablesOf(const Contract &contract, Secrets secrets)
{
    std::vector<Variable> variables;
    for (const ContractVariable &variable : contract.variables) {
        if (variable.name().empty() || leadingName(variable.name()) != variable.name()) {
            continue;
        }
        variables.push_back({variable.name(),
                             variable.shownDefault(secrets).text,
                             displayText(variable.api.description),
                             variable.api.isMandatory,
                             variable.isSecret()});
    }
    return variables;
}

Plan planOf(const Inspection &inspection, Secrets secrets)
{
    const Contract &contract = inspection.contract;
    const ImageConfig &config = inspection.image->config;
    Plan plan;
    const bool isNamed = contract.isTagged && isImageName(contract.image);
    plan.image = isNamed ? contract.image : "IMAGE";
    plan.name = dnsLabel(isNamed ? repositoryName(contract.image) : "");
    plan.variables = variablesOf(contract, secrets);
    plan.ports = portsOf(contract);
    plan.volumes = volumesOf(contract, plan.name);
    plan.memory = quantity(config.labels, "io.openshift.min-memory");
    plan.cpu = quantity(config.labels, "io.openshift.min-cpu");
    plan.wantsGpu = std::ranges::any_of(contract.variables, [](const ContractVariable &variable) {
        return variable.name() == "NVIDIA_VISIBLE_DEVICES" && variable.isDeclared;
    });
    plan.config = &config;
    plan.secrets = secrets;
    plan.remarks.emplace_back("A start, made from what the image tells of itself: look each line "
                              "through.");
    for (const ApiEntry &link : contract.links) {
        plan.remarks.push_back("It expects the service " + displayText(link.name)
                               + (link.port.empty() ? "" : " on port " + displayText(link.port))
                               + (link.isMandatory ? "." : ", if wanted."));
    }
    return plan;
}

std::string remarkLines(const Plan &plan)
{
    std::string text;
    for (const std::string &remark : plan.remarks) {
        text += "# " + remark + '\n';
    }
    return text;
}

std::string describedAs(const Variable &variable)
{
    return variable.description.empty() ? std::string() : ": " + variable.description;
}

std::string runSkeleton(const Plan &plan)
{
    std::string text = remarkLines(plan);
    for (const Variable &variable : plan.variables) {
        text += "# " + variable.name
                + (variable.isMandatory ? " is mandatory and taken from your environment"
                                        : " is optional")
                + (variable.value.empty() ? "" : ", " + shellWord(variable.value) + " by default")
                + describedAs(variable) + '\n';
    }
    text += "docker run --detach --name " + plan.name;
    const auto add = [&text](const std::string &words) { text += " \\\n    " + words; };
    for (const Variable &variable : plan.variables) {
        if (variable.isMandatory) {
            add("--env " + variable.name);
        }
    }
    for (const Port &port : plan.ports) {
        add("--publish " + port.numbers + ':' + port.numbers + '/' + port.protocol);
    }
    for (const Volume &volume : plan.volumes) {
        add("--mount "
            + shellWord("type=volume,source=" + volume.name + ','
                        + csvField("target=" + volume.path)));
    }
    if (!plan.memory.empty()) {
        add("--memory-reservation " + dockerSize(plan.memory));
    }
    if (plan.wantsGpu) {
        add("--gpus all");
    }
    add(plan.image);
    return text + '\n';
}

std::string composeReservations(const Plan &plan)
{
    if (plan.memory.empty() && plan.cpu.empty() && !plan.wantsGpu) {
        return {};
    }
    std::string text = "    deploy:\n      resources:\n        reservations:\n";
    text += plan.memory.empty() ? ""
                                : "          memory: " + yamlString(dockerSize(plan.memory)) + '\n';
    text += plan.cpu.empty() ? "" : "          cpus: " + yamlString(plan.cpu) + '\n';
    text += plan.wantsGpu ? "          devices:\n            - driver: nvidia\n"
                            "              count: all\n              capabilities: [gpu]\n"
                          : "";
    return text;
}

std::string composeSkeleton(const Plan &plan)
{
    std::string text = remarkLines(plan) + "services:\n  " + plan.name
                       + ":\n    image: " + composeString(plan.image) + '\n';
    const bool hasMandatory = std::ranges::any_of(plan.variables, &Variable::isMandatory);
    text += hasMandatory ? "    environment:\n" : "";
    for (const Variable &variable : plan.variables) {
        if (variable.isMandatory) {
            text += "      " + variable.name + ": \"${" + variable.name + ":?is mandatory}\"";
            text += variable.description.empty() ? "\n" : " # " + variable.description + '\n';
        }
    }
    for (const Variable &variable : plan.variables) {
        if (!variable.isMandatory) {
            text += "      # optional: " + variable.name + ": " + composeString(variable.value)
                    + describedAs(variable) + '\n';
        }
    }
    text += plan.ports.empty() ? "" : "    ports:\n";
    for (const Port &port : plan.ports) {
        text += "      - \"" + port.numbers + ':' + port.numbers + '/' + port.protocol + "\"\n";
    }
    text += plan.volumes.empty() ? "" : "    volumes:\n";
    for (const Volume &volume : plan.volumes) {
        text += "      - type: volume\n        source: " + volume.name
                + "\n        target: " + composeString(volume.path) + '\n';
    }
    text += composeReservations(plan);
    text += plan.volumes.empty() ? "" : "volumes:\n";
    for (const Volume &volume : plan.volumes) {
        text += "  " + volume.name + ": {}\n";
    }
    return text;
}

std::string podEnvironment(const Plan &plan)
{
    std::string text;
    for (const Variable &variable : plan.variables) {
        const std::string remark = variable.description.empty() ? "" : " # " + variable.description;
        if (!variable.isMandatory) {
            continue;
        }
        text += "        - name: " + variable.name + remark + '\n';
        text += variable.isSecret
                    ? "          valueFrom:\n            secretKeyRef:\n              name: "
                          + plan.name + "\n              key: " + variable.name + '\n'
                    : "          value: " + yamlString(variable.value) + '\n';
    }
    text = text.empty() ? text : "      env:\n" + text;
    for (const Variable &variable : plan.variables) {
        if (!variable.isMandatory) {
            text += "      # optional: " + variable.name + '=' + yamlString(variable.value)
                    + describedAs(variable) + '\n';
        }
    }
    return text;
}

std::string podPorts(const Plan &plan)
{
    constexpr int kWidest = 16;
    std::string text;
    for (const Port &port : plan.ports) {
        std::string protocol = port.protocol;
        std::ranges::transform(
            protocol, protocol.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        if (port.last - port.first >= kWidest) {
            text += "        # and all of " + port.numbers + '/' + port.protocol + '\n';
        }
        for (int number = port.first; number <= std::min(port.last, port.first + kWidest - 1);
             ++number) {
            text += "        - containerPort: " + std::to_string(number)
                    + "\n          protocol: " + protocol + '\n';
        }
    }
    return text.empty() ? text : "      ports:\n" + text;
}

std::string podResources(const Plan &plan)
{
    std::string text;
    if (!plan.memory.empty() || !plan.cpu.empty()) {
        text += "        requests:\n";
        text += plan.memory.empty() ? "" : "          memory: " + yamlString(plan.memory) + '\n';
        text += plan.cpu.empty() ? "" : "          cpu: " + yamlString(plan.cpu) + '\n';
    }
    text += plan.wantsGpu ? "        limits:\n          nvidia.com/gpu: 1\n" : "";
    return text.empty() ? text : "      resources:\n" + text;
}

std::string seconds(std::string_view key, const std::optional<std::int64_t> &nanoseconds)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    if (!nanoseconds || *nanoseconds <= 0) {
        return {};
    }
    const std::int64_t whole = *nanoseconds / kSecond + (*nanoseconds % kSecond == 0 ? 0 : 1);
    return "        " + std::string(key) + ": " + std::to_string(whole) + '\n';
}

std::string podProbe(const Plan &plan)
{
    const std::optional<Healthcheck> &check = plan.config->healthcheck;
    if (!check || check->test.size() < 2) {
        return {};
    }
    std::vector<std::string> words(check->test.begin() + 1, check->test.end());
    if (check->test.front() == "CMD-SHELL") {
        words.insert(words.begin(), {"/bin/sh", "-c"});
    } else if (check->test.front() != "CMD") {
        return {};
    }
    std::string text = "      livenessProbe:\n        exec:\n          command:\n";
    for (const std::string &word : redactWords(words, plan.secrets).words) {
        text += "            - " + yamlString(word) + '\n';
    }
    text += seconds("initialDelaySeconds", check->startPeriod);
    text += seconds("periodSeconds", check->interval);
    text += seconds("timeoutSeconds", check->timeout);
    if (check->retries && *check->retries > 0) {
        text += "        failureThreshold: " + std::to_string(*check->retries) + '\n';
    }
    return text;
}

/// The user, where it is a number: Kubernetes cannot look names up.
std::string podSecurity(const Plan &plan)
{
    const std::string_view user = plan.config->user;
    const std::string_view name = user.substr(0, user.find(':'));
    std::int32_t id = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (name.empty() || error != std::errc() || end != name.data() + name.size() || id < 0) {
        return {};
    }
    return "      securityContext:\n        runAsUser: " + std::to_string(id)
           + "\n        runAsNonRoot: " + (id == 0 ? "false" : "true") + '\n';
}

std::string podSkeleton(const Plan &plan)
{
    std::string text = remarkLines(plan) + "apiVersion: v1\nkind: Pod\nmetadata:\n  name: "
                       + plan.name + "\nspec:\n  containers:\n    - name: " + plan.name
                       + "\n      image: " + yamlString(plan.image) + '\n';
    text += podEnvironment(plan) + podPorts(plan) + podResources(plan) + podProbe(plan)
            + podSecurity(plan);
    std::string mounts;
    std::string volumes;
    for (const Volume &volume : plan.volumes) {
        if (volume.path.contains(':')) {
            continue; // no mount path in Kubernetes
        }
        mounts += "        - name: " + volume.name
                  + "\n          mountPath: " + yamlString(volume.path) + '\n';
        volumes += "    - name: " + volume.name
                   + "\n      emptyDir: {} # lost with the pod; a claim would keep it\n";
    }
    text += mounts.empty() ? "" : "      volumeMounts:\n" + mounts + "  volumes:\n" + volumes;
    return text;
}

} // namespace

std::string contractSkeleton(const Inspection &inspection, Skeleton kind, Secrets secrets)
{
    const Plan plan = planOf(inspection, secrets);
    switch (kind) {
    case Skeleton::Run: return runSkeleton(plan);
    case Skeleton::Compose: return composeSkeleton(plan);
    case Skeleton::Pod: return podSkeleton(plan);
    }
    return {};
}

} // namespace cutaway
