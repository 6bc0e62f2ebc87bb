// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/reprorules.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

/// Files that are another each time, or belong to one machine.
constexpr std::array kFiles = {
    "/etc/machine-id",
    "/var/lib/dbus/machine-id",
    "/var/lib/systemd/random-seed",
    "/var/cache/ldconfig/aux-cache",
    "/var/log/dpkg.log",
    "/var/log/alternatives.log",
    "/var/log/apt/history.log",
    "/var/log/apt/term.log",
    "/var/log/apt/eipp.log.xz",
    "/var/log/yum.log",
    "/var/log/dnf.log",
    "/var/log/dnf.rpm.log",
    "/var/log/dnf.librepo.log",
    "/var/lib/dnf/history.sqlite",
    "/etc/passwd-",
    "/etc/group-",
    "/etc/shadow-",
    "/etc/gshadow-",
    "/etc/subuid-",
    "/etc/subgid-",
    "/root/.wget-hsts",
};

/// Arguments that builders set by themselves.
constexpr std::array<std::string_view, 13> kPredefined = {"TARGETPLATFORM",
                                                          "TARGETOS",
                                                          "TARGETARCH",
                                                          "TARGETVARIANT",
                                                          "TARGETSTAGE",
                                                          "BUILDPLATFORM",
                                                          "BUILDOS",
                                                          "BUILDARCH",
                                                          "BUILDVARIANT",
                                                          "SOURCE_DATE_EPOCH",
                                                          "ALL_PROXY",
                                                          "FTP_PROXY",
                                                          "NO_PROXY"};

bool isPredefined(std::string_view name)
{
    return std::ranges::find(kPredefined, name) != kPredefined.end()
           || name.starts_with("BUILDKIT_") || name.ends_with("_proxy") || name == "HTTP_PROXY"
           || name == "HTTPS_PROXY";
}

} // namespace

std::vector<Finding> volatileFiles(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<EntryId> files;
    for (const char *path : kFiles) {
        const NodeId node = tree.find(path);
        const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
        if (entry == kNone || tree.entry(entry).type != EntryType::File
            || tree.entry(entry).size == 0) {
            continue;
        }
        const LayerIndex layer = tree.entry(entry).layer;
        const Origin origin = originOf(context.image, layer);
        const bool isRoot = origin == Origin::Base || (origin == Origin::Unknown && layer == 0);
        const auto content = context.contentAt(path);
        const bool isStub = content && content->bytes.starts_with("uninitialized");
        if (!isRoot && !isStub) {
            files.push_back(entry);
        }
    }
    if (files.empty()) {
        return {};
    }
    Finding finding = layerFinding(context.image, Severity::Low, tree.entry(files.front()).layer);
    finding.summary = "Files that are others after each build, or belong to one machine, are in "
                      "the image.";
    finding.fingerprint = "volatile files";
    addFiles(context.image, std::move(files), finding);
    return {std::move(finding)};
}

std::vector<Finding> argNoDefault(const AuditContext &context)
{
    std::set<std::string, std::less<>> given;
    for (const BuildFact &fact : context.facts.steps) {
        const std::string_view name = leadingName(fact.step.arguments);
        if (fact.step.keyword == "ARG" && name.size() < fact.step.arguments.size()) {
            given.emplace(name);
        }
    }
    std::vector<Finding> findings;
    for (const BuildFact &fact : context.facts.steps) {
        const std::string_view name = leadingName(fact.step.arguments);
        if (fact.step.keyword != "ARG" || fact.origin == Origin::Base || name.empty()
            || name.size() != fact.step.arguments.size() || isPredefined(name)
            || given.contains(name)) {
            continue;
        }
        findings.push_back(stepFinding(
            Severity::Info, "The build argument " + quoted(name) + " has no default.", fact));
    }
    return findings;
}

} // namespace cutaway
