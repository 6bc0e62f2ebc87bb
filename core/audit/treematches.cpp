// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/treematches.h"

#include "core/audit/cachekind.h"
#include "core/audit/pathmatcher.h"

#include <span>

namespace cutaway {

namespace {

struct Row
{
    std::string_view kind; ///< empty: exempt
    std::string_view glob;
};

constexpr std::array kTemporary = {
    Row{"", "/run/{lock,secrets,systemd}/**"},
    Row{"tmp", "/{tmp,var/tmp,usr/tmp}/**"},
    Row{"tmp", "/{dev/shm,run}/**"},
};
constexpr std::array kLogs = {
    Row{"", "/var/log/{lastlog,faillog,tallylog}"},
    Row{"log", "/var/log/**"},
    Row{"log", "/{root,app}/**/*.log"},
    Row{"log", "/**/{hs_err_pid*.log,npm-debug.log*,yarn-error.log,pip-log.txt}"},
};
constexpr std::array kContext = {
    Row{"", "/**/{node_modules,site-packages,dist-packages,vendor,gems,testdata}/**"},
    Row{"", "/{usr/{share,lib,lib64,src,include},lib,root/buildinfo,proc,sys}/**"},
    Row{"", "/usr/local/{share,lib,src,go,include}/**"},
    Row{"Dockerfile", "/**/{Dockerfile*,Containerfile,*.dockerfile,.dockerignore}"},
    Row{"compose file", "/**/{docker-compose*.yml,docker-compose*.yaml}"},
    Row{"compose file", "/**/{compose.yml,compose.yaml}"},
    Row{"Makefile", "/**/Makefile"},
    Row{"CI", "/**/{Jenkinsfile,.gitlab-ci.yml,.travis.yml,azure-pipelines.yml}"},
    Row{"CI", "/**/{.circleci,.github}/**"},
    Row{"development", "/**/{.pre-commit-config.yaml,Vagrantfile,.gitignore,.editorconfig}"},
    Row{"development", "/**/{tox.ini,.eslintrc*,renovate.json,skaffold.yaml,Tiltfile}"},
};
constexpr std::array kVcs = {
    Row{".git", "/**/.git/HEAD"},
    Row{".git file", "/**/.git"},
    Row{".svn", "/**/.svn/wc.db"},
    Row{".hg", "/**/.hg/store"},
    Row{".bzr", "/**/.bzr/branch"},
    Row{"CVS", "/**/CVS/Root"},
};

struct Pattern
{
    PathGroup group = PathGroup::Cache;
    std::string_view kind;
};

/// Patterns of all groups, and the matcher that knows them by number.
class Groups
{
public:
    explicit Groups(const ImageConfig &config)
    {
        add(PathGroup::Cache, cacheRows(config));
        const Homes homes(config);
        add(PathGroup::Temporary, homes, kTemporary);
        add(PathGroup::Log, homes, kLogs);
        add(PathGroup::Context, homes, kContext);
        add(PathGroup::Vcs, homes, kVcs);
    }
    const Pattern &pattern(std::uint32_t number) const { return m_patterns[number]; }
    PathMatcher &matcher() { return m_matcher; }

private:
    void add(PathGroup group, const std::vector<PathRow> &rows)
    {
        for (const PathRow &row : rows) {
            m_matcher.add(row.glob);
            m_patterns.push_back({group, row.kind});
        }
    }
    void add(PathGroup group, const Homes &homes, std::span<const Row> table)
    {
        std::vector<PathRow> rows;
        for (const Row &row : table) {
            homes.add(row.kind, row.glob, rows);
        }
        add(group, rows);
    }

    std::vector<Pattern> m_patterns;
    PathMatcher m_matcher;
};

bool isAboutBytes(PathGroup group)
{
    return group == PathGroup::Cache || group == PathGroup::Temporary || group == PathGroup::Log;
}

} // namespace

TreeMatches matchTree(const PathTree &tree, const ImageConfig &config)
{
    TreeMatches matches;
    Groups groups(config);
    groups.matcher().walk(tree, [&](NodeId node, const std::vector<std::uint32_t> &hits) {
        const EntryId entry = tree.finalEntry(node);
        if (entry == kNone) {
            return;
        }
        const bool isFile = tree.entry(entry).type == EntryType::File;
        const bool isShared = isFile && tree.linkGroup(entry) != kNone;
        const std::uint64_t bytes = isFile && !isShared ? tree.entry(entry).size : 0;
        std::array<bool, kPathGroups> decided{};
        bool hasBytesGroup = false;
        for (const std::uint32_t hit : hits) {
            const Pattern &pattern = groups.pattern(hit);
            const auto at = static_cast<std::size_t>(pattern.group);
            if (decided[at]) {
                continue;
            }
            decided[at] = true;
            const bool aboutBytes = isAboutBytes(pattern.group);
            if (pattern.kind.empty() || (aboutBytes && (bytes == 0 || hasBytesGroup))) {
                continue;
            }
            hasBytesGroup = hasBytesGroup || aboutBytes;
            matches.groups[at].push_back({node, entry, pattern.kind, bytes});
        }
    });
    return matches;
}

} // namespace cutaway
