// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/sizechecks.h"
#include "core/base/json.h"

#include <map>
#include <set>

namespace cutaway {

namespace {

/// Which packages of node_modules an application needs for its development alone.
class DevelopmentPackages
{
public:
    explicit DevelopmentPackages(const AuditContext &context)
        : m_context(context)
        , m_tree(*context.image.tree)
    {}

    /// Whether the file is of such a package. Where the application does not say what it needs, the
    /// package's name has to do.
    bool has(NodeId file)
    {
        NodeId package = file;
        std::string name;
        while (package != kRoot && m_tree.name(m_tree.node(package).parent) != "node_modules") {
            name = m_tree.name(package);
            package = m_tree.node(package).parent;
        }
        if (package == kRoot) {
            return false;
        }
        const std::string_view first = m_tree.name(package);
        name = first.starts_with('@') ? std::string(first) + '/' + name : std::string(first);
        const Needs &needs = needsOf(m_tree.node(package).parent);
        return !needs.isKnown || needs.development.contains(name)
               || (name.starts_with("@types/") && !needs.runtime.contains(name));
    }

private:
    struct Needs
    {
        bool isKnown = false;
        std::set<std::string, std::less<>> runtime;
        std::set<std::string, std::less<>> development;
    };

    const Needs &needsOf(NodeId nodeModules)
    {
        const auto [found, isNew] = m_needs.try_emplace(nodeModules);
        if (isNew) {
            found->second = read(m_tree.path(m_tree.node(nodeModules).parent) + "/package.json");
        }
        return found->second;
    }

    Needs read(const std::string &path) const
    {
        Needs needs;
        const std::optional<FileContent> content = m_context.contentAt(path);
        if (!content || !content->isWhole) {
            return needs;
        }
        const Result<ParsedJson> parsed =
            parseJson(content->bytes, "package.json", BadUtf8::Replace);
        if (!parsed || !parsed->value.isObject()) {
            return needs;
        }
        needs.isKnown = true;
        for (const auto &[name, version] : parsed->value["dependencies"].members()) {
            needs.runtime.insert(name);
        }
        for (const auto &[name, version] : parsed->value["devDependencies"].members()) {
            needs.development.insert(name);
        }
        return needs;
    }

    const AuditContext &m_context;
    const PathTree &m_tree;
    std::map<NodeId, Needs> m_needs;
};

/// Whether a file was written into the layer after the one that holds its compiled form.
bool isOutdated(const PathTree &tree, NodeId compiled)
{
    const std::string_view name = tree.name(compiled);
    const NodeId folder = tree.node(tree.node(compiled).parent).parent;
    const std::string source = std::string(name.substr(0, name.find('.'))) + ".py";
    const NodeId node = tree.child(folder, source);
    const EntryId before = tree.finalEntry(compiled);
    const EntryId after = node == kNone ? kNone : tree.finalEntry(node);
    return after != kNone && tree.entry(after).layer > tree.entry(before).layer;
}

} // namespace

std::vector<Finding> developmentResidue(const AuditContext &context)
{
    if (context.facts.kind == ImageKind::Builder) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    const std::string *noBytecode = context.facts.variable("PYTHONDONTWRITEBYTECODE");
    const bool isUnwanted = noBytecode != nullptr && !noBytecode->empty();
    DevelopmentPackages packages(context);
    const auto isMeant = [&](const PathMatch &match) {
        if (match.kind == "compiled Python") {
            return isUnwanted || isOutdated(tree, match.node);
        }
        return match.kind != "development packages" || packages.has(match.node);
    };
    std::vector<Finding> findings =
        leftoverFindings(context, matchesByLayer(context, PathGroup::Residue, isMeant));
    for (Finding &finding : findings) {
        finding.confidence = Confidence::Likely;
    }
    return findings;
}

} // namespace cutaway
