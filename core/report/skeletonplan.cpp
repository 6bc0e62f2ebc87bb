// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/skeletonplan.h"

#include "core/audit/rules/contractrules.h"
#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/report/skeletontext.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cutaway {

namespace {

using skeletontext::dnsLabel;
using skeletontext::isImageName;

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

std::vector<SkeletonPort> portsOf(const Contract &contract)
{
    std::vector<SkeletonPort> ports;
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

std::vector<SkeletonVolume> volumesOf(const Contract &contract, const std::string &app)
{
    std::vector<SkeletonVolume> volumes;
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

std::vector<SkeletonVariable> variablesOf(const Contract &contract, Secrets secrets)
{
    std::vector<SkeletonVariable> variables;
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

} // namespace

SkeletonPlan skeletonPlan(const Inspection &inspection, Secrets secrets)
{
    const Contract &contract = inspection.contract;
    const ImageConfig &config = inspection.image->config;
    SkeletonPlan plan;
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

} // namespace cutaway
