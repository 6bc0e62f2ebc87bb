// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/structuretest/testsubject.h"

#include "core/audit/files.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::uint16_t kRootMode = 0755; ///< of a root directory that no layer names

bool isNameCharacter(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isSpecialName(char c)
{
    return std::string_view("*#$@!?-0123456789").contains(c);
}

/// The name behind a dollar sign, and how many characters it takes; an empty name that takes some
/// is bad syntax, which is dropped.
struct ShellName
{
    std::string_view name;
    std::size_t length = 0;
};

ShellName nameIn(std::string_view text)
{
    if (text.starts_with('{')) {
        const std::size_t end = text.find('}');
        if (end == std::string_view::npos) {
            return {{}, 1};
        }
        return {text.substr(1, end - 1), end + 1};
    }
    if (!text.empty() && isSpecialName(text.front())) {
        return {text.substr(0, 1), 1};
    }
    std::size_t length = 0;
    while (length < text.size() && isNameCharacter(text[length])) {
        ++length;
    }
    return {text.substr(0, length), length};
}

} // namespace

std::string goFileMode(EntryType type, std::uint16_t mode)
{
    constexpr std::uint16_t kSetUid = 04000;
    constexpr std::uint16_t kSetGid = 02000;
    constexpr std::uint16_t kSticky = 01000;
    const bool isDevice = type == EntryType::CharDevice || type == EntryType::BlockDevice;
    std::string text;
    text += type == EntryType::Directory ? "d" : "";
    text += type == EntryType::Symlink ? "L" : "";
    text += isDevice ? "D" : "";
    text += type == EntryType::Fifo ? "p" : "";
    text += (mode & kSetUid) != 0 ? "u" : "";
    text += (mode & kSetGid) != 0 ? "g" : "";
    text += type == EntryType::CharDevice ? "c" : "";
    text += (mode & kSticky) != 0 ? "t" : "";
    text += text.empty() ? "-" : "";
    constexpr std::string_view kBits = "rwxrwxrwx";
    for (std::size_t i = 0; i < kBits.size(); ++i) {
        text += (mode >> (kBits.size() - 1 - i) & 1) != 0 ? kBits[i] : '-';
    }
    return text;
}

std::string expandVariables(std::string_view text, const TestSubject::Variables &variables)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '$' || at + 1 == text.size()) {
            result += text[at];
            continue;
        }
        const ShellName name = nameIn(text.substr(at + 1));
        if (name.length == 0) {
            result += '$';
        } else if (const auto found = variables.find(name.name); found != variables.end()) {
            result += found->second;
        }
        at += name.length;
    }
    return result;
}

TestSubject::TestSubject(const Image &image,
                         const std::vector<std::pair<std::string, std::string>> &globals,
                         const FileContents *contents)
    : m_image(image)
    , m_contents(contents)
{
    for (const std::string &assignment : image.config.env) {
        const std::size_t equals = std::min(assignment.find('='), assignment.size());
        m_imageVariables[assignment.substr(0, equals)] =
            assignment.substr(std::min(equals + 1, assignment.size()));
    }
    m_variables = m_imageVariables;
    for (const auto &[name, value] : globals) {
        m_variables[name] = expandVariables(value, m_imageVariables);
    }
}

std::string TestSubject::expanded(std::string_view path) const
{
    return expandVariables(path, m_variables);
}

std::optional<FoundFile> TestSubject::fileAt(const std::string &path) const
{
    if (!hasTree()) {
        return std::nullopt;
    }
    const PathTree &tree = *m_image.tree;
    const std::string whole = expanded(path);
    const std::size_t slash = whole.rfind('/');
    const std::string_view last = std::string_view(whole).substr(slash + 1);
    NodeId node = kNone;
    if (last.empty() || last == "." || last == "..") {
        node = resolvePath(tree, whole);
    } else {
        const NodeId folder = resolvePath(tree, whole.substr(0, slash + 1));
        node = folder == kNone ? kNone : tree.child(folder, last);
    }
    const EntryId id = node == kNone ? kNone : tree.finalEntry(node);
    if (id == kNone) {
        return node == kRoot ? std::optional(FoundFile{EntryType::Directory, kRootMode, 0, 0})
                             : std::nullopt;
    }
    const EntryId content = tree.content(id);
    const Entry &entry = tree.entry(content == kNone ? id : content);
    return FoundFile{tree.effectiveType(id), entry.mode, entry.uid, entry.gid};
}

EntryId TestSubject::contentEntry(const std::string &path) const
{
    if (!hasTree()) {
        return kNone;
    }
    const NodeId node = resolvePath(*m_image.tree, expanded(path));
    const EntryId entry = node == kNone ? kNone : m_image.tree->finalEntry(node);
    const bool isFile = entry != kNone && m_image.tree->effectiveType(entry) == EntryType::File;
    return isFile ? m_image.tree->content(entry) : kNone;
}

Result<TestContent> TestSubject::contentAt(const std::string &path) const
{
    const std::string shown = displayText(expanded(path));
    const EntryId entry = contentEntry(path);
    if (entry == kNone) {
        return fail(ErrorCode::NotFound,
                    shown + (fileAt(path) ? " is no regular file" : " is not there"));
    }
    const std::optional<FileContent> content =
        m_contents == nullptr ? std::nullopt : m_contents->content(entry);
    if (!content) {
        return fail(ErrorCode::NotFound, "the content of " + shown + " could not be read");
    }
    return TestContent{replaceBadUtf8(content->bytes), content->isWhole};
}

std::vector<std::string> TestSubject::foldersIn(std::string_view path) const
{
    std::vector<std::string> names;
    const NodeId folder = hasTree() ? resolvePath(*m_image.tree, path) : kNone;
    if (folder == kNone) {
        return names;
    }
    const PathTree::Node node = m_image.tree->node(folder);
    for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
        const EntryId entry = m_image.tree->finalEntry(child);
        if (entry != kNone && m_image.tree->effectiveType(entry) == EntryType::Directory) {
            names.emplace_back(m_image.tree->name(child));
        }
    }
    return names;
}

bool TestSubject::exposes(std::string_view port) const
{
    return std::ranges::any_of(config().exposedPorts, [&](const std::string &exposed) {
        return exposed == port || std::string_view(exposed).substr(0, exposed.find('/')) == port;
    });
}

} // namespace cutaway
