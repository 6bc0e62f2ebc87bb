// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/extract/extraction.h"

#include "core/base/text.h"
#include "core/source/contentreader.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kToldSkips = 5;

} // namespace

Extraction::Extraction(ImageSource &source,
                       const Image &image,
                       LayerIndex layer,
                       TargetDirectory &target,
                       std::function<void(const std::string &)> tell)
    : m_source(source)
    , m_image(image)
    , m_tree(*image.tree)
    , m_layer(layer)
    , m_target(target)
    , m_tell(std::move(tell))
    , m_wanted(m_tree.nodeCount(), Wanted::No)
{}

void Extraction::choose(NodeId node)
{
    m_wanted[node] = Wanted::Yes;
    for (NodeId up = node; up != kRoot;) {
        up = m_tree.node(up).parent;
        m_wanted[up] = std::max(m_wanted[up], Wanted::OnTheWay);
    }
}

/// Nodes lie parents first, so one pass reaches everything below what was chosen.
void Extraction::plan()
{
    for (NodeId id = kRoot + 1; id < m_tree.nodeCount(); ++id) {
        if (m_wanted[m_tree.node(id).parent] == Wanted::Yes) {
            m_wanted[id] = Wanted::Yes;
        }
        const EntryId entry = m_wanted[id] == Wanted::No ? kNone : m_tree.entryAt(id, m_layer);
        if (entry == kNone) {
            m_wanted[id] = Wanted::No;
            continue;
        }
        const EntryId content = m_tree.content(entry);
        if (m_tree.entry(entry).type == EntryType::Directory) {
            m_directories.push_back(id);
        } else if (content != kNone && m_tree.entry(content).type == EntryType::File) {
            m_names.push_back({content, id});
        } else {
            m_others.push_back(id);
        }
    }
    std::ranges::sort(m_names, [](const Name &a, const Name &b) {
        return a.content != b.content ? a.content < b.content : a.node < b.node;
    });
}

Attributes Extraction::attributesOf(EntryId entry) const
{
    const Entry &record = m_tree.entry(entry);
    return {record.mode, record.uid, record.gid, record.mtime, record.mtimeNsec};
}

void Extraction::skip(NodeId id, std::string_view why)
{
    if (m_skipped + m_failed < kToldSkips) {
        m_tell(displayText(m_tree.path(id)) + ": left out, " + std::string(why));
    }
}

Result<> Extraction::tolerate(NodeId id, const Result<> &result)
{
    if (result || result.error().code != ErrorCode::InvalidInput) {
        return result;
    }
    skip(id, "this file system cannot have it: " + result.error().message);
    ++m_failed;
    m_wanted[id] = Wanted::No;
    return {};
}

Result<> Extraction::makeDirectories()
{
    for (const NodeId id : m_directories) {
        if (m_monitor->isCancelled()) {
            return failCancelled();
        }
        if (isLost(m_tree.node(id).parent)) {
            m_wanted[id] = Wanted::No;
        } else if (const Result<> made = tolerate(id, m_target.makeDirectory(pathOf(id))); !made) {
            return made;
        }
    }
    return {};
}

Result<> Extraction::endFile()
{
    if (m_writing == kNone) {
        return {};
    }
    const EntryId content = std::exchange(m_writing, kNone);
    return m_target.endFile(attributesOf(content));
}

Result<> Extraction::writeFiles()
{
    std::vector<EntryId> contents;
    for (const Name &name : m_names) {
        if (contents.empty() || contents.back() != name.content) {
            contents.push_back(name.content);
            m_total += m_tree.entry(name.content).size;
        }
    }
    const auto begin = [this](EntryId entry) -> Result<> {
        if (const Result<> ended = endFile(); !ended) {
            return ended;
        }
        const auto first = std::ranges::lower_bound(m_names, entry, {}, &Name::content);
        if (first == m_names.end() || first->content != entry) {
            return {};
        }
        if (isLost(m_tree.node(first->node).parent)) {
            m_wanted[first->node] = Wanted::No;
            return {};
        }
        const EntryExtra *extra = m_tree.extra(entry);
        const bool sparse = extra != nullptr && extra->isSparse;
        const Result<> begun =
            tolerate(first->node, m_target.beginFile(pathOf(first->node), sparse));
        if (begun && !isLost(first->node)) {
            m_writing = entry;
            ++m_files;
        }
        return begun;
    };
    const auto sink = [this](EntryId, Bytes run) -> Result<> {
        m_bytes += run.size();
        m_monitor->advance(m_bytes, m_total);
        return m_writing == kNone ? Result<>() : m_target.write(run);
    };
    const Result<> read = readContents(m_source, m_image, contents, {begin, sink}, *m_monitor);
    return read ? endFile() : read;
}

Result<> Extraction::linkNames()
{
    NodeId first = kNone;
    EntryId content = kNone;
    for (const Name &name : m_names) {
        if (name.content != content) {
            content = name.content;
            first = name.node;
            continue;
        }
        if (isLost(first) || isLost(m_tree.node(name.node).parent)) {
            ++m_failed;
            continue;
        }
        const Result<> linked =
            tolerate(name.node, m_target.makeHardLink(pathOf(first), pathOf(name.node)));
        if (!linked) {
            return linked;
        }
        ++m_files;
    }
    return {};
}

Result<> Extraction::makeOther(NodeId id)
{
    EntryId entry = m_tree.entryAt(id, m_layer);
    if (const EntryId content = m_tree.content(entry); content != kNone) {
        entry = content; // a further name of a link or a device
    }
    switch (m_tree.entry(entry).type) {
    case EntryType::Symlink:
        return m_target.makeSymlink(
            pathOf(id), std::string(m_tree.linkTarget(entry)), attributesOf(entry));
    case EntryType::Fifo: return m_target.makeFifo(pathOf(id), attributesOf(entry));
    case EntryType::CharDevice:
    case EntryType::BlockDevice:
        skip(id, "it is a device");
        ++m_skipped;
        return {};
    default:
        skip(id, "it is a hard link to nothing");
        ++m_failed;
        return {};
    }
}

Result<> Extraction::makeOthers()
{
    for (const NodeId id : m_others) {
        if (m_monitor->isCancelled()) {
            return failCancelled();
        }
        if (isLost(m_tree.node(id).parent)) {
            ++m_failed;
        } else if (const Result<> made = tolerate(id, makeOther(id)); !made) {
            return made;
        }
    }
    return {};
}

/// Last and deepest first: a directory may end up closed to its owner, and writing into it sets its
/// time.
Result<> Extraction::finishDirectories()
{
    for (const NodeId id : std::views::reverse(m_directories)) {
        if (isLost(id)) {
            continue;
        }
        const Attributes attributes = attributesOf(m_tree.entryAt(id, m_layer));
        if (const Result<> finished = m_target.finishDirectory(pathOf(id), attributes); !finished) {
            return finished;
        }
    }
    return {};
}

Result<> Extraction::run(Monitor &monitor)
{
    m_monitor = &monitor;
    m_monitor->beginStep("Extracting");
    m_wanted[kRoot] = std::max(m_wanted[kRoot], Wanted::OnTheWay);
    plan();
    // Symbolic links come after everything that is written into directories.
    for (const auto step : {&Extraction::makeDirectories,
                            &Extraction::writeFiles,
                            &Extraction::linkNames,
                            &Extraction::makeOthers,
                            &Extraction::finishDirectories}) {
        if (const Result<> done = (this->*step)(); !done) {
            return done;
        }
    }
    return {};
}

std::string Extraction::summary() const
{
    std::string text = formatCount(m_files, "file", "files") + ", "
                       + formatCount(m_directories.size(), "directory", "directories") + ", "
                       + formatBytes(m_bytes);
    if (m_skipped > 0) {
        text += "; left out: " + formatCount(m_skipped, "device", "devices");
    }
    if (m_failed > 0) {
        text += "; could not be written: " + formatNumber(m_failed);
    }
    return text;
}

} // namespace cutaway
