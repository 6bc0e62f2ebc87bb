// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/fileswalk.h"
#include "core/report/jsonparts.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>

namespace cutaway {
namespace {

constexpr std::size_t kBufferBytes = 64UL * 1024;

/// Collects small pieces into runs worth writing.
class Buffer
{
public:
    explicit Buffer(const Sink &sink)
        : m_sink(sink)
    {}
    ~Buffer() = default;
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    void add(std::string_view text)
    {
        m_text += text;
        if (m_text.size() >= kBufferBytes) {
            flush();
        }
    }
    void flush()
    {
        m_sink(m_text);
        m_text.clear();
    }

private:
    const Sink &m_sink;
    std::string m_text;
};

/// A JSON string; the usual names are plain ASCII and need no writer.
std::string jsonString(std::string_view text)
{
    const bool plain = std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
    return plain ? '"' + std::string(text) + '"' : jsonparts::writtenLine(text);
}

std::string orNull(std::string_view text)
{
    return text.empty() ? "null" : jsonString(text);
}

std::string numberOrNull(std::uint32_t number, std::uint32_t none)
{
    return number == none ? "null" : std::to_string(number);
}

std::string xattrsOf(const EntryExtra *extra)
{
    std::string text = "{";
    if (extra != nullptr) {
        for (const auto &[name, value] : extra->xattrs) {
            text += (text.size() == 1 ? "" : ", ") + jsonString(jsonName(name).text) + ": "
                    + jsonString(base64(value));
        }
    }
    return text + '}';
}

std::string pathMembers(std::string_view key, std::string_view path)
{
    const JsonName name = jsonName(path);
    std::string text = '"' + std::string(key) + "\": " + jsonString(name.text);
    if (!name.exact) {
        text += ", \"" + std::string(key) + "Bytes\": " + jsonString(base64(path));
    }
    return text;
}

std::string digestOf(const PathTree &tree, const FilesQuery &query, EntryId entry)
{
    const EntryType type = tree.entry(entry).type;
    if (query.digests == nullptr || (type != EntryType::File && type != EntryType::HardLink)) {
        return "null";
    }
    const auto found = query.digests->find(tree.content(entry));
    return found == query.digests->end() ? "null" : jsonString(found->second.sha256);
}

/// A hard link's target is a path of the image; a symbolic link's is what it is.
std::string targetOf(const PathTree &tree, const FileRow &row)
{
    const bool isSymlink = row.type == EntryType::Symlink;
    std::string target(tree.linkTarget(isSymlink ? row.inode : row.entry));
    const bool isPath = row.type == EntryType::HardLink && !target.starts_with('/');
    return isPath ? '/' + target : target;
}

std::string rowJson(const PathTree &tree, const FilesQuery &query, const FileRow &row)
{
    const Entry &entry = tree.entry(row.inode);
    std::string text = "{" + pathMembers("path", tree.path(row.node));
    text += ", \"type\": " + jsonString(entryTypeName(row.type));
    text += ", \"size\": " + std::to_string(row.size);
    text += ", \"mode\": " + jsonString(formatMode(entry.mode));
    text += ", \"uid\": " + std::to_string(entry.uid);
    text += ", \"gid\": " + std::to_string(entry.gid);
    text += ", \"mtime\": " + orNull(formatTime(entry.mtime, entry.mtimeNsec));
    const bool showsTarget = row.type == EntryType::Symlink || row.type == EntryType::HardLink;
    text +=
        ", "
        + (showsTarget ? pathMembers("linkTarget", targetOf(tree, row)) : "\"linkTarget\": null");
    text += ", \"linkGroup\": " + numberOrNull(row.group, kNone);
    text += ", \"layer\": " + std::to_string(tree.entry(row.entry).layer);
    text += ", \"change\": " + (row.change ? jsonString(changeName(*row.change)) : "null");
    text += ", \"hiddenBy\": " + numberOrNull(row.hiddenBy, kNoLayer);
    text += ", \"sha256\": " + digestOf(tree, query, row.entry);
    text += ", \"xattrs\": " + xattrsOf(tree.extra(row.inode)) + '}';
    return text;
}

char typeLetter(EntryType type)
{
    switch (type) {
    case EntryType::File: return '-';
    case EntryType::Directory: return 'd';
    case EntryType::Symlink: return 'l';
    case EntryType::HardLink: return 'h';
    case EntryType::CharDevice: return 'c';
    case EntryType::BlockDevice: return 'b';
    case EntryType::Fifo: return 'p';
    case EntryType::Whiteout: return 'w';
    case EntryType::Opaque: return 'o';
    }
    return '?';
}

/// "-rwsr-xr-x", as ls has it.
std::string modeText(EntryType type, std::uint32_t mode)
{
    std::string text(1, typeLetter(type));
    for (int shift = 6; shift >= 0; shift -= 3) {
        const std::uint32_t bits = mode >> static_cast<unsigned>(shift);
        text += (bits & 4U) != 0 ? 'r' : '-';
        text += (bits & 2U) != 0 ? 'w' : '-';
        const bool special = (mode & (01000U << static_cast<unsigned>(shift / 3))) != 0;
        const bool runs = (bits & 1U) != 0;
        const char specialLetter = shift == 0 ? 't' : 's';
        const char specialOnly = shift == 0 ? 'T' : 'S';
        text += special ? (runs ? specialLetter : specialOnly) : (runs ? 'x' : '-');
    }
    return text;
}

Paint paintOf(const FileRow &row)
{
    if (!row.change) {
        return Paint::Red;
    }
    switch (*row.change) {
    case Change::Added: return Paint::Green;
    case Change::Modified: return Paint::Amber;
    case Change::Metadata: return Paint::Violet;
    case Change::Removed: return Paint::Red;
    case Change::Unmodified: return Paint::Plain;
    }
    return Paint::Plain;
}

std::string padded(const std::string &text, std::size_t width, bool right)
{
    const std::string blanks(width - std::min(width, displayWidth(text)), ' ');
    return right ? blanks + text : text + blanks;
}

class TextWriter
{
public:
    TextWriter(const PathTree &tree, const FilesQuery &query, const TextStyle &style)
        : m_tree(tree)
        , m_query(query)
        , m_style(style)
    {}

    void measure(const FileRow &row)
    {
        m_ownerWidth = std::max(m_ownerWidth, ownerOf(row).size());
        m_layerWidth = std::max(m_layerWidth, std::to_string(m_tree.entry(row.entry).layer).size());
    }

    std::string line(const FileRow &row) const
    {
        const Entry &entry = m_tree.entry(row.inode);
        std::string text;
        if (m_query.view != FilesQuery::View::Final) {
            text +=
                painted(row.change ? changeSign(*row.change) : "x", paintOf(row), m_style) + ' ';
        }
        text += modeText(row.type, entry.mode) + "  ";
        text += padded(ownerOf(row), m_ownerWidth, false) + "  ";
        text += padded(sizeOf(row), kSizeWidth, true) + "  ";
        text += padded(std::to_string(m_tree.entry(row.entry).layer), m_layerWidth, true) + "  ";
        if (m_query.digests != nullptr) {
            const auto found = m_query.digests->find(m_tree.content(row.entry));
            text += padded(found == m_query.digests->end() ? "" : found->second.sha256,
                           kDigestWidth,
                           false)
                    + "  ";
        }
        std::string path = displayText(m_tree.path(row.node));
        if (const std::string target = targetOf(m_tree, row);
            !target.empty()
            && (row.type == EntryType::Symlink || row.type == EntryType::HardLink)) {
            path += (row.type == EntryType::Symlink ? " -> " : " = ") + displayText(target);
        }
        const std::size_t used = fixedWidth();
        if (m_style.width > 0 && static_cast<std::size_t>(m_style.width) > used + kLeastPath) {
            path = elidedMiddle(path, static_cast<std::size_t>(m_style.width) - used);
        }
        return text + painted(path, paintOf(row), m_style) + '\n';
    }

private:
    static constexpr std::size_t kSizeWidth = 8;
    static constexpr std::size_t kDigestWidth = 64;
    static constexpr std::size_t kLeastPath = 20;

    std::string ownerOf(const FileRow &row) const
    {
        const Entry &entry = m_tree.entry(row.inode);
        return std::to_string(entry.uid) + ':' + std::to_string(entry.gid);
    }
    static std::string sizeOf(const FileRow &row)
    {
        const bool hasSize = row.type == EntryType::File;
        return hasSize ? formatBytes(row.size) : "–";
    }
    std::size_t fixedWidth() const
    {
        const std::size_t sign = m_query.view == FilesQuery::View::Final ? 0 : 2;
        const std::size_t digest = m_query.digests == nullptr ? 0 : kDigestWidth + 2;
        return sign + 12 + m_ownerWidth + 2 + kSizeWidth + 2 + m_layerWidth + 2 + digest;
    }

    const PathTree &m_tree;
    const FilesQuery &m_query;
    const TextStyle &m_style;
    std::size_t m_ownerWidth = 3;
    std::size_t m_layerWidth = 1;
};

} // namespace

void filesText(const Image &image,
               const FilesQuery &query,
               const TextStyle &style,
               const Sink &sink)
{
    Buffer buffer(sink);
    TextWriter writer(*image.tree, query, style);
    walkFiles(image, query, [&writer](const FileRow &row) { writer.measure(row); });
    walkFiles(image, query, [&](const FileRow &row) { buffer.add(writer.line(row)); });
    buffer.flush();
}

void filesJson(const Image &image, const FilesQuery &query, const Sink &sink)
{
    Buffer buffer(sink);
    buffer.add(
        "{\"schemaVersion\": 1, \"tool\": {\"name\": \"cutaway\", \"version\": \"" CUTAWAY_VERSION
        "\"}, \"complete\": ");
    buffer.add(image.complete ? "true" : "false");
    buffer.add(", \"entries\": [");
    bool first = true;
    walkFiles(image, query, [&](const FileRow &row) {
        buffer.add(first ? "\n" : ",\n");
        buffer.add(rowJson(*image.tree, query, row));
        first = false;
    });
    buffer.add(first ? "]}\n" : "\n]}\n");
    buffer.flush();
}

void filesNdjson(const Image &image, const FilesQuery &query, const Sink &sink)
{
    Buffer buffer(sink);
    walkFiles(image, query, [&](const FileRow &row) {
        buffer.add(rowJson(*image.tree, query, row));
        buffer.add("\n");
    });
    buffer.flush();
}

} // namespace cutaway
