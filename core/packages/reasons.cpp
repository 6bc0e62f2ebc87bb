// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/reasons.h"

#include "core/packages/stanzas.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cutaway {

namespace {

/// Of one package manager.
class Reasons
{
public:
    Reasons(std::span<Package> packages, Ecosystem ecosystem)
        : m_packages(packages)
    {
        for (std::uint32_t i = 0; i < packages.size(); ++i) {
            if (packages[i].record.ecosystem != ecosystem || !packages[i].isThere()) {
                continue;
            }
            m_members.push_back(i);
            m_byName[packages[i].record.name].push_back(i);
            for (const std::string &provided : packages[i].record.provides) {
                m_byName[relationName(provided)].push_back(i);
            }
        }
    }

    void find()
    {
        const bool isTold = std::ranges::any_of(m_members, [this](std::uint32_t member) {
            return m_packages[member].record.installedAs != InstalledAs::Unknown;
        });
        if (!isTold) {
            return;
        }
        for (const std::uint32_t member : m_members) {
            const PackageRecord &record = m_packages[member].record;
            if (record.isEssential || record.installedAs != InstalledAs::Needed) {
                give(member, Reason::Asked);
            }
        }
        follow(Reason::Needed, false);
        for (const std::uint32_t member : m_members) {
            if (m_packages[member].reason != Reason::Unknown) {
                m_pending.push_back(member);
            }
        }
        follow(Reason::Recommended, true);
        for (const std::uint32_t member : m_members) {
            give(member, Reason::None);
        }
        m_pending.clear();
    }

private:
    /// The first that is found counts.
    void give(std::uint32_t member, Reason reason)
    {
        if (m_packages[member].reason == Reason::Unknown) {
            m_packages[member].reason = reason;
            m_pending.push_back(member);
        }
    }

    void giveAll(const std::vector<std::string> &relations, Reason reason)
    {
        for (const std::string &relation : relations) {
            forEachAlternative(relation, [&](std::string_view part) {
                const auto named = m_byName.find(relationName(part));
                if (named != m_byName.end()) {
                    for (const std::uint32_t member : named->second) {
                        give(member, reason);
                    }
                }
            });
        }
    }

    void follow(Reason reason, bool withRecommended)
    {
        while (!m_pending.empty()) {
            const PackageRecord &record = m_packages[m_pending.back()].record;
            m_pending.pop_back();
            giveAll(record.needs, reason);
            if (withRecommended) {
                giveAll(record.recommends, reason);
            }
        }
    }

    std::span<Package> m_packages;
    std::vector<std::uint32_t> m_members;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_byName;
    std::vector<std::uint32_t> m_pending;
};

} // namespace

std::string_view relationName(std::string_view relation)
{
    relation = withoutBlanks(relation);
    const std::string_view name = relation.substr(0, relation.find_first_of(" (<>=~\t"));
    return name.substr(0, name.ends_with(":any") ? name.size() - 4 : name.size());
}

void findReasons(std::span<Package> packages)
{
    for (const Ecosystem ecosystem : {Ecosystem::Deb, Ecosystem::Apk, Ecosystem::Alpm}) {
        Reasons(packages, ecosystem).find();
    }
    // Of the others what they need is not known well enough to say that nothing needs one.
    for (Package &package : packages) {
        const InstalledAs as = package.record.installedAs;
        if (package.reason == Reason::Unknown && package.isThere() && as != InstalledAs::Unknown) {
            package.reason = as == InstalledAs::Asked ? Reason::Asked : Reason::Needed;
        }
    }
}

std::string_view reasonName(Reason reason)
{
    switch (reason) {
    case Reason::Unknown: return {};
    case Reason::Asked: return "asked";
    case Reason::Needed: return "needed";
    case Reason::Recommended: return "recommended";
    case Reason::None: return "none";
    }
    return {};
}

ReasonSum sumOf(const Packages &packages, Reason reason)
{
    ReasonSum sum;
    for (const Package &package : packages.list) {
        if (package.isThere() && package.reason == reason) {
            ++sum.packages;
            sum.bytes += package.weight();
        }
    }
    return sum;
}

} // namespace cutaway
