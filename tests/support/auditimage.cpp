// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"

#include "core/audit/capture.h"
#include "core/audit/policy/policyreader.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/packages/integrity.h"
#include "tests/support/elfwriter.h"
#include "tests/support/fakesecrets.h"
#include "tests/support/images.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

namespace cutaway::test {
namespace {

constexpr std::string_view kDebian = "file usr/bin/dash 100 d\nsymlink bin/sh -> /usr/bin/dash\n"
                                     "file usr/lib/os-release 60 o\n"
                                     "symlink etc/os-release -> ../usr/lib/os-release\n"
                                     "file etc/passwd 70 p\n";
constexpr std::string_view kAlpine = "mode bin/busybox 0755 100 b\nsymlink bin/sh -> /bin/busybox\n"
                                     "file etc/os-release 60 o\nfile etc/passwd 70 p\n";

/// "a\nb" as it is written in a program.
std::string unescaped(const std::string &text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const char code = text[++i];
        if (code == 'x') {
            bytes += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            bytes += code == 'n' ? '\n' : code == 't' ? '\t' : code == 'r' ? '\r' : code;
        }
    }
    return bytes;
}

std::pair<std::string, std::string> pair(const std::string &text)
{
    const std::size_t equals = text.find('=');
    return {text.substr(0, equals), text.substr(equals + 1)};
}

void setElf(ElfSpec &spec, const std::string &key, const std::string &value)
{
    const std::map<std::string, std::string *> texts = {{"interpreter", &spec.interpreter},
                                                        {"soname", &spec.soname},
                                                        {"rpath", &spec.rpath},
                                                        {"runpath", &spec.runpath}};
    if (const auto text = texts.find(key); text != texts.end()) {
        *text->second = value;
    } else if (key == "needed") {
        spec.needed.push_back(value);
    } else if (key == "debug") {
        spec.debugBytes = std::stoul(value);
    } else if (key == "symbols") {
        spec.symbolBytes = std::stoul(value);
    } else if (key == "machine") {
        spec.machine = static_cast<std::uint16_t>(std::stoul(value));
    } else if (key == "type") {
        spec.type = static_cast<std::uint16_t>(std::stoul(value));
    } else if (key == "go") {
        spec.isGo = value == "yes";
    } else {
        throw std::invalid_argument("nothing of an ELF file: " + key);
    }
}

/// What a text has come to so far.
struct Draft
{
    Image image; ///< without layers and tree
    std::vector<std::string> layers;
    std::vector<HistoryEntry> history;
    std::map<std::pair<LayerIndex, std::string>, std::string> contents; ///< by layer and path
    std::string policy;                                                 ///< its text

    void addFile(const std::string &mode, const std::string &pathAndContent)
    {
        const std::size_t end = std::min(pathAndContent.find(' '), pathAndContent.size());
        const std::string path = pathAndContent.substr(0, end);
        std::string content =
            unescaped(pathAndContent.substr(std::min(end + 1, pathAndContent.size())));
        layers.back() += "mode " + path + ' ' + mode + ' ' + std::to_string(content.size()) + ' '
                         + sha256Hex(content) + '\n';
        contents[{static_cast<LayerIndex>(layers.size() - 1), path}] = std::move(content);
    }

    /// "201 app/node_modules": files of ten bytes, each with others.
    void addFiles(const std::string &countAndFolder)
    {
        std::istringstream words(countAndFolder);
        std::size_t count = 0;
        std::string folder;
        words >> count >> folder;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string number = std::to_string(i);
            layers.back() += "file " + folder + "/f" + number + " 10 m" + number + '\n';
        }
    }

    /// "usr/bin/a needed=libx.so needed=liby.so interpreter=/lib/ld.so debug=2000000".
    void addElf(const std::string &line)
    {
        std::istringstream words(line);
        std::string path;
        words >> path;
        ElfSpec spec;
        for (std::string word; words >> word;) {
            const auto [key, value] = pair(word);
            setElf(spec, key, value);
        }
        const std::string content = elfOf(spec);
        layers.back() += "mode " + path + " 0755 " + std::to_string(content.size()) + ' '
                         + sha256Hex(content) + '\n';
        contents[{static_cast<LayerIndex>(layers.size() - 1), path}] = content;
    }

    void addLayer(std::string entries, std::string createdBy)
    {
        layers.push_back(std::move(entries));
        history.push_back({.createdBy = std::move(createdBy)});
    }
};

std::vector<std::string> words(const std::string &text)
{
    if (!text.starts_with('[')) {
        std::istringstream stream(text);
        return {std::istream_iterator<std::string>(stream), {}};
    }
    std::vector<std::string> list;
    const ParsedJson parsed = parseJson(text, "words").value();
    for (const Json &word : parsed.value.elements()) {
        list.push_back(word.toString());
    }
    return list;
}

using Setter = void (*)(Draft &, const std::string &);
const std::map<std::string, Setter, std::less<>> kSetters = {
    {"tag", [](Draft &d, const std::string &v) { d.image.tags.push_back(v); }},
    {"source", [](Draft &d, const std::string &v) { d.image.sourceName = v; }},
    {"user", [](Draft &d, const std::string &v) { d.image.config.user = v; }},
    {"workdir", [](Draft &d, const std::string &v) { d.image.config.workingDir = v; }},
    {"entrypoint", [](Draft &d, const std::string &v) { d.image.config.entrypoint = words(v); }},
    {"cmd", [](Draft &d, const std::string &v) { d.image.config.cmd = words(v); }},
    {"env", [](Draft &d, const std::string &v) { d.image.config.env.push_back(v); }},
    {"port", [](Draft &d, const std::string &v) { d.image.config.exposedPorts.push_back(v); }},
    {"volume", [](Draft &d, const std::string &v) { d.image.config.volumes.push_back(v); }},
    {"label", [](Draft &d, const std::string &v) { d.image.config.labels.insert(pair(v)); }},
    {"annotation", [](Draft &d, const std::string &v) { d.image.annotations.insert(pair(v)); }},
    {"health",
     [](Draft &d, const std::string &v) { d.image.config.healthcheck.emplace().test = words(v); }},
    {"onbuild", [](Draft &d, const std::string &v) { d.image.config.onBuild.push_back(v); }},
    {"shell", [](Draft &d, const std::string &v) { d.image.config.shell = words(v); }},
    {"author", [](Draft &d, const std::string &v) { d.image.config.author = v; }},
    {"created", [](Draft &d, const std::string &v) { d.image.config.created = v; }},
    {"os", [](Draft &d, const std::string &v) { d.image.config.platform.os = v; }},
    {"artifact", [](Draft &d, const std::string &v) { d.image.artifactType = v; }},
    {"base",
     [](Draft &d, const std::string &v) {
         d.image.base.layers = static_cast<std::uint32_t>(std::stoul(v));
         d.image.base.by = BaseImage::By::History;
     }},
    {"basename",
     [](Draft &d, const std::string &v) {
         d.image.base.reference = v;
         d.image.base.by = BaseImage::By::Annotation;
     }},
    {"note", [](Draft &d, const std::string &v) { d.image.notes.add(v, "It says " + v + "."); }},
    {"attest",
     [](Draft &d, const std::string &v) {
         d.image.attestations.push_back({.digest = {}, .subject = {}, .predicateTypes = {v}});
     }},
    {"signature",
     [](Draft &d, const std::string &v) {
         d.image.keepsSignatures = true; // "other": of another image
         if (v != "other") {
             d.image.signatures.push_back({.digest = {}, .kind = v});
         }
     }},
    {"registry",
     [](Draft &d, const std::string &v) {
         RegistryAccess access;
         for (const std::string &word : words(v)) {
             access.isEncrypted = access.isEncrypted && word != "http";
             access.isVerified = access.isVerified && word != "unverified";
             access.isAnonymous = access.isAnonymous || word == "anonymous";
             access.isLegacyApi = access.isLegacyApi || word == "legacy";
             access.host = access.host.empty() ? word : access.host;
         }
         d.image.registry = access;
     }},
    {"platform",
     [](Draft &d, const std::string &v) {
         d.image.platforms.push_back({Platform::parse(v).value(), {}, true});
     }},
    {"stopsignal", [](Draft &d, const std::string &v) { d.image.config.stopSignal = v; }},
    {"arch", [](Draft &d, const std::string &v) { d.image.config.platform.architecture = v; }},
    {"step",
     [](Draft &d, const std::string &v) {
         d.history.push_back({.createdBy = v, .emptyLayer = true});
     }},
    {"comment", [](Draft &d, const std::string &v) { d.history.back().comment = v; }},
    {"layer", [](Draft &d, const std::string &v) { d.addLayer({}, v); }},
    {"policy", [](Draft &d, const std::string &v) { d.policy += unescaped(v) + '\n'; }},
    {"files", [](Draft &d, const std::string &v) { d.addFiles(v); }},
    {"text", [](Draft &d, const std::string &v) { d.addFile("0644", v); }},
    {"script", [](Draft &d, const std::string &v) { d.addFile("0755", v); }},
    {"elf", [](Draft &d, const std::string &v) { d.addElf(v); }},
    {"debian",
     [](Draft &d, const std::string &) { d.addLayer(std::string(kDebian), "ADD rootfs.tar /"); }},
    {"alpine",
     [](Draft &d, const std::string &) { d.addLayer(std::string(kAlpine), "ADD rootfs.tar /"); }},
};

} // namespace

namespace {

/// The contents that a text gave its files, and what an audit's observers find in them; all others
/// are empty.
class GivenContents : public FileContents
{
public:
    explicit GivenContents(const Draft &draft)
        : m_tree(draft.image.tree)
        , m_facts(draft.layers.size())
    {
        const PathTree &tree = *m_tree;
        for (LayerIndex layer = 0; layer < m_facts.size(); ++layer) {
            const auto observer = auditWatch().observe();
            for (EntryId id = 0; id < tree.entryCount(); ++id) {
                const std::string path = tree.path(tree.entry(id).node).substr(1);
                const auto given = draft.contents.find({layer, path});
                if (tree.entry(id).layer == layer && given != draft.contents.end()) {
                    m_contents[id] = given->second;
                    show(*observer, path, tree.entry(id), given->second);
                }
            }
        }
    }
    std::string_view fact(EntryId entry, std::uint32_t kind) const override
    {
        const Entry &place = m_tree->entry(entry);
        for (const FileFact &fact : m_facts[place.layer]) {
            if (fact.headerOffset == place.headerOffset && fact.kind == kind) {
                return fact.bytes;
            }
        }
        return {};
    }
    std::span<const FileFact> facts(LayerIndex layer) const override { return m_facts[layer]; }
    std::optional<FileContent> content(EntryId entry) const override
    {
        const auto found = m_contents.find(entry);
        return found == m_contents.end() ? FileContent{{}, true} : FileContent{found->second, true};
    }

private:
    void show(FileObserver &observer,
              const std::string &path,
              const Entry &entry,
              const std::string &content)
    {
        FileFacts &facts = m_facts[entry.layer];
        if (observer.begin(path, entry)) {
            observer.data(std::as_bytes(std::span(content)));
            observer.end(facts);
        }
    }

    PathTreePtr m_tree;
    std::map<EntryId, std::string> m_contents;
    std::vector<FileFacts> m_facts; ///< by layer
};

Draft draftOf(std::string_view text)
{
    Draft draft;
    draft.image.sourceName = "docker-archive";
    draft.image.config.platform.os = "linux";
    std::istringstream lines(withFakeSecrets(text));
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
        const std::size_t end = std::min(line.find(' '), line.size());
        const auto setter = kSetters.find(line.substr(0, end));
        if (setter != kSetters.end()) {
            setter->second(draft, line.substr(std::min(end + 1, line.size())));
        } else if (!line.empty() && !draft.layers.empty()) {
            draft.layers.back() += line + '\n';
        } else if (!line.empty()) {
            throw std::invalid_argument("neither a setting nor an entry of a layer: " + line);
        }
    }
    Image made = imageOf(draft.layers);
    draft.image.layers = std::move(made.layers);
    draft.image.tree = std::move(made.tree);
    draft.image.reference = "test";
    draft.image.config.history = draft.history;
    draft.image.historyAligned =
        alignHistory(draft.image.config.history, static_cast<std::uint32_t>(draft.layers.size()));
    return draft;
}

Inspection auditWith(Image image, const FileContents *contents, const Policy &policy)
{
    Analysis analysis = analyze(image, Monitor()).value();
    std::optional<Packages> packages;
    if (contents != nullptr) {
        packages = findPackages(image, *contents, {"debian", "12"});
        const WholeContents whole{
            .kept =
                [&](EntryId entry) {
                    const std::optional<FileContent> content = contents->content(entry);
                    const bool isWhole =
                        content && content->bytes.size() == image.tree->entry(entry).size;
                    return isWhole ? content->bytes : std::string_view();
                },
            .way = [](EntryId) { return std::uint64_t{0}; },
            .read = [](const std::vector<EntryId> &, const WholeContents::Visit &) {}};
        checkFiles(image, *contents, whole, *packages);
    }
    return audit(std::make_shared<const Image>(std::move(image)),
                 std::move(analysis),
                 {.contents = contents,
                  .policy = &policy,
                  .packages = packages ? &*packages : nullptr},
                 Monitor())
        .value();
}

} // namespace

Image auditImage(std::string_view text)
{
    return draftOf(text).image;
}

std::unique_ptr<FileContents> auditContents(std::string_view text)
{
    return std::make_unique<GivenContents>(draftOf(text));
}

Inspection auditOf(std::string_view text)
{
    const Draft draft = draftOf(text);
    const GivenContents contents(draft);
    return auditWith(draft.image, &contents, policyOf(draft.policy));
}

Inspection auditOf(Image image)
{
    return auditWith(std::move(image), nullptr, {});
}

Policy policyOf(std::string_view yaml)
{
    Policy policy;
    const Result<> read = readPolicy(parseYaml(yaml, "policy").value(), "policy", policy);
    if (!read) {
        throw std::invalid_argument(read.error().message);
    }
    return policy;
}

std::string verdictOf(const Inspection &inspection, std::string_view rule)
{
    if (std::ranges::find(inspection.skipped, rule, &SkippedRule::ruleId)
        != inspection.skipped.end()) {
        return "skipped";
    }
    std::string text;
    for (const Finding &finding : inspection.findings) {
        if (finding.ruleId == rule) {
            text += (text.empty() ? "" : " ") + std::string(severityName(finding.severity));
        }
    }
    return text.empty() ? "none" : text;
}

} // namespace cutaway::test
