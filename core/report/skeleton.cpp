// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/report/report.h"
#include "core/report/skeletonplan.h"
#include "core/report/skeletontext.h"

#include <algorithm>
#include <charconv>

namespace cutaway {
namespace {

using skeletontext::composeString;
using skeletontext::csvField;
using skeletontext::shellWord;
using skeletontext::yamlString;

/// The same as docker writes sizes: "512m".
std::string dockerSize(std::string_view memory)
{
    const std::size_t end = std::min(memory.find_first_not_of("0123456789."), memory.size());
    std::string text(memory.substr(0, end));
    const char unit = end < memory.size() ? memory[end] : 'b';
    return text + asciiLower(unit);
}

std::string remarkLines(const SkeletonPlan &plan)
{
    std::string text;
    for (const std::string &remark : plan.remarks) {
        text += "# " + remark + '\n';
    }
    return text;
}

std::string describedAs(const SkeletonVariable &variable)
{
    return variable.description.empty() ? std::string() : ": " + variable.description;
}

std::string runSkeleton(const SkeletonPlan &plan)
{
    std::string text = remarkLines(plan);
    for (const SkeletonVariable &variable : plan.variables) {
        text += "# " + variable.name
                + (variable.isMandatory ? " is mandatory and taken from your environment"
                                        : " is optional")
                + (variable.value.empty() ? "" : ", " + shellWord(variable.value) + " by default")
                + describedAs(variable) + '\n';
    }
    text += "docker run --detach --name " + plan.name;
    const auto add = [&text](const std::string &words) { text += " \\\n    " + words; };
    for (const SkeletonVariable &variable : plan.variables) {
        if (variable.isMandatory) {
            add("--env " + variable.name);
        }
    }
    for (const SkeletonPort &port : plan.ports) {
        add("--publish " + port.numbers + ':' + port.numbers + '/' + port.protocol);
    }
    for (const SkeletonVolume &volume : plan.volumes) {
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

std::string composeReservations(const SkeletonPlan &plan)
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

std::string composeSkeleton(const SkeletonPlan &plan)
{
    std::string text = remarkLines(plan) + "services:\n  " + plan.name
                       + ":\n    image: " + composeString(plan.image) + '\n';
    const bool hasMandatory = std::ranges::any_of(plan.variables, &SkeletonVariable::isMandatory);
    text += hasMandatory ? "    environment:\n" : "";
    for (const SkeletonVariable &variable : plan.variables) {
        if (variable.isMandatory) {
            text += "      " + variable.name + ": \"${" + variable.name + ":?is mandatory}\"";
            text += variable.description.empty() ? "\n" : " # " + variable.description + '\n';
        }
    }
    for (const SkeletonVariable &variable : plan.variables) {
        if (!variable.isMandatory) {
            text += "      # optional: " + variable.name + ": " + composeString(variable.value)
                    + describedAs(variable) + '\n';
        }
    }
    text += plan.ports.empty() ? "" : "    ports:\n";
    for (const SkeletonPort &port : plan.ports) {
        text += "      - \"" + port.numbers + ':' + port.numbers + '/' + port.protocol + "\"\n";
    }
    text += plan.volumes.empty() ? "" : "    volumes:\n";
    for (const SkeletonVolume &volume : plan.volumes) {
        text += "      - type: volume\n        source: " + volume.name
                + "\n        target: " + composeString(volume.path) + '\n';
    }
    text += composeReservations(plan);
    text += plan.volumes.empty() ? "" : "volumes:\n";
    for (const SkeletonVolume &volume : plan.volumes) {
        text += "  " + volume.name + ": {}\n";
    }
    return text;
}

std::string podEnvironment(const SkeletonPlan &plan)
{
    std::string text;
    for (const SkeletonVariable &variable : plan.variables) {
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
    for (const SkeletonVariable &variable : plan.variables) {
        if (!variable.isMandatory) {
            text += "      # optional: " + variable.name + '=' + yamlString(variable.value)
                    + describedAs(variable) + '\n';
        }
    }
    return text;
}

std::string podPorts(const SkeletonPlan &plan)
{
    constexpr int kWidest = 16;
    std::string text;
    for (const SkeletonPort &port : plan.ports) {
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

std::string podResources(const SkeletonPlan &plan)
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

std::string podProbe(const SkeletonPlan &plan)
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
std::string podSecurity(const SkeletonPlan &plan)
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

std::string podSkeleton(const SkeletonPlan &plan)
{
    std::string text = remarkLines(plan) + "apiVersion: v1\nkind: Pod\nmetadata:\n  name: "
                       + plan.name + "\nspec:\n  containers:\n    - name: " + plan.name
                       + "\n      image: " + yamlString(plan.image) + '\n';
    text += podEnvironment(plan) + podPorts(plan) + podResources(plan) + podProbe(plan)
            + podSecurity(plan);
    std::string mounts;
    std::string volumes;
    for (const SkeletonVolume &volume : plan.volumes) {
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
    const SkeletonPlan plan = skeletonPlan(inspection, secrets);
    switch (kind) {
    case Skeleton::Run: return runSkeleton(plan);
    case Skeleton::Compose: return composeSkeleton(plan);
    case Skeleton::Pod: return podSkeleton(plan);
    }
    return {};
}

} // namespace cutaway
