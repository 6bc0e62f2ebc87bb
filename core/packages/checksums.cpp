// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/checksums.h"

#include "core/archive/inflate.h"
#include "core/base/base64.h"
#include "core/packages/collector.h"
#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr std::string_view kParts = "/status.d";

/// The file beside dpkg's status that tells something of one package.
NodeId infoNode(const PathTree &tree, const Package &package, std::string_view ending)
{
    const std::string database = tree.path(package.database);
    const std::string folder(folderOf(database));
    if (folder.ends_with(kParts)) {
        return tree.find(database + std::string(ending));
    }
    const std::string stem = folder + "/info/" + package.record.name;
    for (const std::string &path : {stem + ':' + package.record.architecture + std::string(ending),
                                    stem + std::string(ending)}) {
        const NodeId node = tree.find(path);
        if (node != kNone && tree.finalEntry(node) != kNone) {
            return node;
        }
    }
    return kNone;
}

} // namespace

template<typename IsOwner>
void Checksums::add(std::string_view path, const std::string &digest, IsOwner isOwner)
{
    const auto named = m_wanted.find(baseName(path));
    if (named == m_wanted.end() || digest.empty()) {
        return;
    }
    const NodeId node = listedNode(m_tree, path);
    for (const FileCandidate &candidate : named->second) {
        if (candidate.node == node && isOwner(candidate.package)) {
            m_digests.emplace(ClaimedFile(node, candidate.package), digest);
        }
    }
}

bool hasChecksums(const Package &package)
{
    const Ecosystem ecosystem = package.record.ecosystem;
    return package.knowsFiles
           && (ecosystem == Ecosystem::Deb || ecosystem == Ecosystem::Apk
               || ecosystem == Ecosystem::Python || ecosystem == Ecosystem::Rpm
               || ecosystem == Ecosystem::Alpm);
}

bool hasCheapChecksums(const Package &package)
{
    const Ecosystem ecosystem = package.record.ecosystem;
    return hasChecksums(package) && ecosystem != Ecosystem::Rpm && ecosystem != Ecosystem::Alpm;
}

std::optional<std::int64_t> Checksums::recordedAt(const Package &package, LayerIndex layer) const
{
    // pip gives files the time of their installing.
    if (package.record.ecosystem == Ecosystem::Python) {
        return std::nullopt;
    }
    const NodeId node = package.record.ecosystem == Ecosystem::Deb
                            ? infoNode(m_tree, package, ".list")
                            : package.database;
    const EntryId entry = node == kNone ? kNone : m_tree.entryAt(node, layer);
    return entry == kNone ? std::nullopt : std::optional(m_tree.entry(entry).mtime);
}

NodeId Checksums::sumsNode(const Package &package) const
{
    switch (package.record.ecosystem) {
    case Ecosystem::Deb: return infoNode(m_tree, package, ".md5sums");
    case Ecosystem::Python:
        return m_tree.find(std::string(folderOf(m_tree.path(package.database))) + "/RECORD");
    case Ecosystem::Alpm:
        return m_tree.find(std::string(folderOf(m_tree.path(package.database))) + "/mtree");
    default: return package.database;
    }
}

std::map<ClaimedFile, std::string> Checksums::of(std::span<const Package> packages,
                                                 std::span<const FileCandidate> candidates,
                                                 const WholeContents &whole)
{
    std::map<EntryId, std::uint32_t> texts; ///< one package that each tells of
    for (const FileCandidate &candidate : candidates) {
        m_wanted[std::string(m_tree.name(candidate.node))].push_back(candidate);
        const NodeId node = sumsNode(packages[candidate.package]);
        const EntryId entry = node == kNone ? kNone : m_tree.finalEntry(node);
        const EntryId content = entry == kNone ? kNone : m_tree.content(entry);
        if (content != kNone && m_tree.entry(content).holdsBytes()) {
            texts.emplace(content, candidate.package);
        }
    }
    std::vector<EntryId> unread;
    for (const auto &[content, package] : texts) {
        const std::string_view text = keptText(content, packages[package], whole);
        if (!text.empty()) {
            addText(text, package, packages);
            continue;
        }
        m_unread.insert(package);
        const bool isRpm = packages[package].record.ecosystem == Ecosystem::Rpm;
        if (m_tree.entry(content).size
            <= (isRpm ? limits::kRpmDatabaseBytes : limits::kPackageFileBytes)) {
            unread.push_back(content);
        }
    }
    if (!unread.empty()) {
        whole.read(unread, [&](EntryId content, std::string_view text) {
            m_unread.erase(texts.at(content));
            addText(text, texts.at(content), packages);
        });
    }
    return std::move(m_digests);
}

/// Of rpm's database the records are kept, which have no digests.
std::string_view Checksums::keptText(EntryId content,
                                     const Package &package,
                                     const WholeContents &whole) const
{
    const std::string_view fact = package.record.ecosystem == Ecosystem::Rpm
                                      ? std::string_view()
                                      : m_contents.fact(content, kDatabaseFact);
    return fact.empty() ? whole.kept(content) : fact;
}

void Checksums::addText(std::string_view text,
                        std::uint32_t package,
                        std::span<const Package> packages)
{
    const std::string database = m_tree.path(packages[package].database);
    switch (packages[package].record.ecosystem) {
    case Ecosystem::Deb: addFiles(readDpkgSums(text), package); break;
    case Ecosystem::Alpm: addPacman(text, package); break;
    case Ecosystem::Apk:
    case Ecosystem::Rpm:
        addRecords(readDatabase(databaseFile(database), database, text), packages);
        break;
    default: addPython(text, package, folderOf(folderOf(database))); break;
    }
}

void Checksums::addFiles(const std::vector<PackagedFile> &files, std::uint32_t package)
{
    for (const PackagedFile &file : files) {
        add(file.path, file.digest, [package](std::uint32_t owner) { return owner == package; });
    }
}

void Checksums::addPacman(std::string_view packed, std::uint32_t package)
{
    const Result<std::string> text =
        inflateAll(std::as_bytes(std::span(packed)), DeflateForm::Gzip, limits::kPackageFileBytes);
    if (text) {
        addFiles(readPacmanSums(*text), package);
    } else {
        m_unread.insert(package);
    }
}

void Checksums::addRecords(const PackageRecords &records, std::span<const Package> packages)
{
    for (const PackageRecord &record : records.packages) {
        for (const PackagedFile &file : record.files) {
            add(file.path, file.digest, [&](std::uint32_t owner) {
                return packages[owner].record.name == record.name
                       && packages[owner].record.version == record.version;
            });
        }
    }
}

/// Lines of `path,sha256=DIGEST,size`, the digest in base64.
void Checksums::addPython(std::string_view text, std::uint32_t package, std::string_view folder)
{
    constexpr std::string_view kSha256 = ",sha256=";
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::size_t at = line.rfind(kSha256);
        if (at == std::string_view::npos || line.starts_with('"')) {
            continue;
        }
        const std::string_view rest = line.substr(at + kSha256.size());
        const auto digest = base64Decoded(rest.substr(0, rest.find(',')));
        const std::string path = std::string(folder) + '/' + std::string(line.substr(0, at));
        add(path, hexOf(digest.value_or(std::string())), [package](std::uint32_t owner) {
            return owner == package;
        });
    }
}

} // namespace cutaway
