// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/contextchecks.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/image/historyshell.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kManyModules = 200; ///< files of node_modules in one layer

/// Layers that a COPY or ADD made from the build context. What comes from another stage has an
/// absolute source, and tools that record neither are not judged.
std::set<LayerIndex> layersFromContext(const AuditContext &context)
{
    std::set<LayerIndex> layers;
    for (const BuildFact &fact : context.facts.steps) {
        const bool copies = fact.step.keyword == "COPY" || fact.step.keyword == "ADD";
        if (!copies || !fact.entry->layer || fact.origin == Origin::Base
            || !context.image.historyAligned) {
            continue;
        }
        std::vector<std::string> words = wordsOf(fact.step.arguments);
        std::erase_if(words, [](const std::string &word) { return word.starts_with("--"); });
        const bool isFromContext =
            words.size() >= 2
            && std::none_of(words.begin(), words.end() - 1, [](const std::string &source) {
                   return source.starts_with('/') || source.contains(':')
                          || source.starts_with("<<");
               });
        if (isFromContext) {
            layers.insert(static_cast<LayerIndex>(*fact.entry->layer));
        }
    }
    return layers;
}

/// What e_machine in an ELF header says for each architecture.
struct MachineRow
{
    std::string_view architecture;
    std::uint8_t machine;
};
constexpr std::array kMachines = {
    MachineRow{"amd64", 62},
    MachineRow{"arm64", 183},
    MachineRow{"386", 3},
    MachineRow{"arm", 40},
    MachineRow{"ppc64le", 21},
    MachineRow{"s390x", 22},
    MachineRow{"riscv64", 243},
};

/// Whether a shared library cannot be loaded where the image runs: another processor's, or of
/// another system altogether.
bool isForeign(std::string_view bytes, std::string_view architecture)
{
    constexpr std::size_t kOrderAt = 5;
    constexpr std::size_t kMachineAt = 18;
    const auto *const row = std::ranges::find(kMachines, architecture, &MachineRow::architecture);
    if (row == kMachines.end() || bytes.size() < kMachineAt + 2) {
        return false;
    }
    if (!bytes.starts_with("\x7f"
                           "ELF")) {
        return true;
    }
    const bool isBig = bytes[kOrderAt] == 2;
    return static_cast<std::uint8_t>(bytes[kMachineAt + (isBig ? 1 : 0)]) != row->machine;
}

/// The value of `home` in pyvenv.cfg: the folder of the interpreter that it was made with.
std::string_view homeIn(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos
            || history::trimmed(line.substr(0, equals)) != "home") {
            continue;
        }
        return history::trimmed(line.substr(equals + 1));
    }
    return {};
}

/// Looks at what a build on somebody's machine may have left.
class HostArtifacts
{
public:
    explicit HostArtifacts(const AuditContext &context)
        : m_context(context)
        , m_tree(*context.image.tree)
        , m_layers(layersFromContext(context))
    {}

    std::vector<Finding> find()
    {
        if (m_layers.empty()) {
            return {};
        }
        for (const PathMatch &match : m_context.facts.matches.of(PathGroup::HostFolder)) {
            look(match);
        }
        std::vector<Finding> findings;
        for (auto &[layer, finding] : m_findings) {
            finding.summary = "Layer " + std::to_string(layer)
                              + " holds what a build on another machine made, as "
                              + displayText(finding.evidence.front().path) + ".";
            findings.push_back(std::move(finding));
        }
        return findings;
    }

private:
    void look(const PathMatch &match)
    {
        if (match.kind == "node_modules") {
            lookAtModules(match.node);
            return;
        }
        const LayerIndex layer = m_tree.entry(match.entry).layer;
        if (!m_layers.contains(layer)) {
            return;
        }
        if (match.kind == "native module") {
            const std::optional<FileContent> content = contentOf(match.entry);
            if (content
                && isForeign(content->bytes, m_context.image.config.platform.architecture)) {
                add(layer, match, "for another system");
            }
        } else if (match.kind == "virtual environment") {
            const std::optional<FileContent> content = contentOf(match.entry);
            const std::string_view home = content ? homeIn(content->bytes) : std::string_view();
            if (home.starts_with('/') && !pathExists(m_tree, home)) {
                add(layer, match, "its Python is not in the image");
            }
        } else {
            add(layer, match, std::string(match.kind));
        }
    }

    void lookAtModules(NodeId folder)
    {
        std::map<LayerIndex, std::pair<std::size_t, std::uint64_t>> sums; ///< files, bytes
        std::vector<NodeId> pending = {folder};
        while (!pending.empty()) {
            const PathTree::Node node = m_tree.node(pending.back());
            const EntryId entry = m_tree.finalEntry(pending.back());
            pending.pop_back();
            if (entry != kNone && m_tree.entry(entry).type == EntryType::File) {
                auto &[files, bytes] = sums[m_tree.entry(entry).layer];
                ++files;
                bytes += m_tree.entry(entry).size;
            }
            for (NodeId child = node.firstChild; child < node.firstChild + node.childCount;
                 ++child) {
                pending.push_back(child);
            }
        }
        for (const auto &[layer, sum] : sums) {
            if (sum.first > kManyModules && m_layers.contains(layer)) {
                Finding &finding = findingOf(layer);
                finding.bytes += sum.second;
                finding.evidence.push_back({.text = formatCount(sum.first, "file", "files"),
                                            .layer = layer,
                                            .path = m_tree.path(folder),
                                            .bytes = sum.second});
            }
        }
    }

    std::optional<FileContent> contentOf(EntryId entry)
    {
        const bool isReadable = m_context.contents != nullptr
                                && m_tree.effectiveType(entry) == EntryType::File
                                && m_reads < limits::kContentReads;
        m_reads += isReadable ? 1 : 0;
        return isReadable ? m_context.contents->content(entry) : std::nullopt;
    }

    void add(LayerIndex layer, const PathMatch &match, std::string text)
    {
        findingOf(layer).evidence.push_back(entryEvidence(m_tree, match.entry, std::move(text)));
    }

    Finding &findingOf(LayerIndex layer)
    {
        const auto [found, isNew] = m_findings.try_emplace(layer);
        if (isNew) {
            found->second = layerFinding(m_context.image, Severity::Medium, layer);
            found->second.confidence = Confidence::Likely;
        }
        return found->second;
    }

    const AuditContext &m_context;
    const PathTree &m_tree;
    std::set<LayerIndex> m_layers;
    std::map<LayerIndex, Finding> m_findings;
    std::size_t m_reads = 0;
};

} // namespace

std::vector<Finding> hostArtifacts(const AuditContext &context)
{
    return HostArtifacts(context).find();
}

std::vector<Finding> editorJunk(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<EntryId>> layers;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Junk)) {
        if (tree.entry(match.entry).type == EntryType::File) {
            layers[tree.entry(match.entry).layer].push_back(match.entry);
        }
    }
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        const std::size_t count = entries.size();
        const std::string first = tree.path(tree.entry(entries.front()).node);
        addFiles(context.image, std::move(entries), finding);
        finding.summary = formatCount(count, "file", "files")
                          + " of an editor or a desktop in the image, as " + displayText(first)
                          + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
