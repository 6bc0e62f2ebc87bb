// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/packagewords.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace cutaway {

namespace {

constexpr std::uint16_t kSetUid = 04000;
constexpr std::uint16_t kSetGid = 02000;
constexpr std::uint16_t kSticky = 01000;
constexpr std::uint16_t kOthersWrite = 00002;
constexpr std::uint16_t kAnyExecute = 00111;

/// Programs that distributions ship setuid or setgid, and why is known.
constexpr std::array<std::string_view, 24> kUsualSetId = {"su",
                                                          "mount",
                                                          "umount",
                                                          "passwd",
                                                          "gpasswd",
                                                          "newgrp",
                                                          "chsh",
                                                          "chfn",
                                                          "chage",
                                                          "expiry",
                                                          "wall",
                                                          "unix_chkpwd",
                                                          "ssh-agent",
                                                          "pam_timestamp_check",
                                                          "ssh-keysign",
                                                          "dbus-daemon-launch-helper",
                                                          "utempter",
                                                          "polkit-agent-helper-1",
                                                          "newuidmap",
                                                          "newgidmap",
                                                          "pam_extrausers_chkpwd",
                                                          "write",
                                                          "bsd-write",
                                                          "crontab"};

/// What capability(7) lets a process become root with, by number.
constexpr std::array<std::pair<int, std::string_view>, 11> kStrongCapabilities = {{
    {0, "chown"},
    {1, "dac_override"},
    {2, "dac_read_search"},
    {6, "setgid"},
    {7, "setuid"},
    {16, "sys_module"},
    {17, "sys_rawio"},
    {19, "sys_ptrace"},
    {21, "sys_admin"},
    {31, "setfcap"},
    {39, "bpf"},
}};
constexpr std::array<std::pair<int, std::string_view>, 4> kOtherCapabilities = {{
    {10, "net_bind_service"},
    {12, "net_admin"},
    {13, "net_raw"},
    {24, "sys_resource"},
}};

/// Findings of one kind are one a layer and severity.
class Groups
{
public:
    explicit Groups(const AuditContext &context)
        : m_context(context)
    {}
    void add(LayerIndex layer, Severity severity, EntryId entry, std::string text)
    {
        auto [found, isNew] = m_findings.try_emplace({severity, layer});
        Finding &finding = found->second;
        if (isNew) {
            finding = layerFinding(m_context.image, severity, layer);
            finding.fingerprint += severityName(severity);
        }
        ++m_counts[{severity, layer}];
        if (finding.evidence.size() < kShown) {
            finding.evidence.push_back(
                entryEvidence(*m_context.image.tree, entry, std::move(text)));
            finding.evidence.back().bytes = 0;
        }
    }
    /// "3 files are …: /a and 2 more"
    std::vector<Finding> take(std::string_view one, std::string_view many)
    {
        std::vector<Finding> list;
        for (auto &[key, finding] : m_findings) {
            const std::size_t count = m_counts[key];
            finding.summary = formatCount(count, one, many) + " in layer "
                              + std::to_string(key.second) + ", as "
                              + displayText(finding.evidence.front().path) + ".";
            list.push_back(std::move(finding));
        }
        return list;
    }

private:
    static constexpr std::size_t kShown = 200;
    const AuditContext &m_context;
    std::map<std::pair<Severity, LayerIndex>, Finding> m_findings;
    std::map<std::pair<Severity, LayerIndex>, std::size_t> m_counts;
};

template<typename Visit>
void forEachFinal(const PathTree &tree, Visit visit)
{
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        const EntryId id = tree.finalEntry(node);
        if (id != kNone) {
            visit(node, id, tree.entry(id));
        }
    }
}

std::string modeAndOwner(const Entry &entry)
{
    return "mode " + formatMode(entry.mode) + ", owner " + std::to_string(entry.uid) + ':'
           + std::to_string(entry.gid);
}

/// Numbers of the permitted capabilities in a `security.capability` attribute (linux/capability.h,
/// revisions 2 and 3: little-endian words, permitted and inheritable by turns).
std::vector<int> permittedCapabilities(std::string_view value)
{
    constexpr std::size_t kWordBytes = 4;
    constexpr std::size_t kLeastBytes = 20;
    std::vector<int> numbers;
    if (value.size() < kLeastBytes) {
        return numbers;
    }
    for (int half = 0; half < 2; ++half) {
        const std::size_t begin = kWordBytes + static_cast<std::size_t>(half) * 2 * kWordBytes;
        for (int bit = 0; bit < 32; ++bit) {
            const auto byte =
                static_cast<unsigned char>(value[begin + static_cast<std::size_t>(bit) / 8]);
            if ((byte >> (bit % 8) & 1U) != 0) {
                numbers.push_back(half * 32 + bit);
            }
        }
    }
    return numbers;
}

struct Capabilities
{
    std::string names;
    bool isStrong = false;
};

Capabilities describe(const std::vector<int> &numbers)
{
    Capabilities result;
    for (const int number : numbers) {
        std::string name = "capability " + std::to_string(number);
        for (const auto &[known, text] : kStrongCapabilities) {
            if (known == number) {
                name = text;
                result.isStrong = true;
            }
        }
        for (const auto &[known, text] : kOtherCapabilities) {
            name = known == number ? std::string(text) : name;
        }
        result.names += (result.names.empty() ? "" : ", ") + name;
    }
    return result;
}

bool isProgramPlace(std::string_view path)
{
    return std::ranges::any_of(std::array{"/bin/", "/sbin/", "/usr/", "/lib/", "/lib64/", "/etc/"},
                               [&](const char *folder) { return path.starts_with(folder); });
}

} // namespace

std::vector<Finding> setIdFiles(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    Groups groups(context);
    forEachFinal(tree, [&](NodeId node, EntryId id, const Entry &entry) {
        const bool isSetId = entry.type == EntryType::File
                             && (entry.mode & (kSetUid | kSetGid)) != 0
                             && (entry.mode & kAnyExecute) != 0;
        const std::string_view name = tree.name(node);
        if (!isSetId || name == "sudo" || name == "doas") {
            return; // those have a rule of their own
        }
        const bool isUsual = std::ranges::find(kUsualSetId, name) != kUsualSetId.end();
        const Origin origin = originOf(context.image, entry.layer);
        const bool isFromBase = origin == Origin::Base || (origin == Origin::Unknown && isUsual);
        const Severity severity = isUsual && isFromBase ? Severity::Info
                                  : entry.uid == 0 && origin == Origin::App && !isUsual
                                      ? Severity::High
                                      : Severity::Medium;
        const std::string owner = ownerWords(context, node);
        groups.add(entry.layer,
                   severity,
                   id,
                   modeAndOwner(entry) + (owner.empty() ? owner : ", " + owner));
    });
    return groups.take("setuid or setgid program", "setuid or setgid programs");
}

std::vector<Finding> fileCapabilities(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    Groups groups(context);
    forEachFinal(tree, [&](NodeId node, EntryId id, const Entry &entry) {
        const EntryExtra *extra = tree.extra(id);
        if (extra == nullptr) {
            return;
        }
        for (const auto &[name, value] : extra->xattrs) {
            if (name != "security.capability") {
                continue;
            }
            const std::vector<int> numbers = permittedCapabilities(value);
            const Capabilities found = describe(numbers);
            const bool isPing = tree.name(node) == "ping" && !found.isStrong
                                && originOf(context.image, entry.layer) != Origin::App;
            const Severity severity = numbers.empty() || isPing ? Severity::Info
                                      : found.isStrong          ? Severity::High
                                                                : Severity::Low;
            groups.add(entry.layer, severity, id, numbers.empty() ? "not readable" : found.names);
        }
    });
    return groups.take("file with capabilities", "files with capabilities");
}

std::vector<Finding> worldWritable(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    Groups groups(context);
    forEachFinal(tree, [&](NodeId node, EntryId id, const Entry &entry) {
        const bool isFile = entry.type == EntryType::File;
        const bool isFolder = entry.type == EntryType::Directory && !entry.has(Entry::Implicit);
        const bool isOpen = (entry.mode & kOthersWrite) != 0
                            && (isFile || (isFolder && (entry.mode & kSticky) == 0));
        if (!isOpen) {
            return;
        }
        const bool isWorse =
            (isFile && (entry.mode & kAnyExecute) != 0) || isProgramPlace(tree.path(node));
        const bool isEmptyFolder = isFolder && tree.node(node).childCount == 0;
        const Severity severity = isWorse         ? Severity::High
                                  : isEmptyFolder ? Severity::Low
                                                  : Severity::Medium;
        groups.add(entry.layer, severity, id, modeAndOwner(entry));
    });
    return groups.take("path that everybody may write", "paths that everybody may write");
}

} // namespace cutaway
