// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/entryscripts.h"

#include "core/audit/files.h"
#include "core/base/glob.h"
#include "core/base/limits.h"
#include "core/image/shellwrappers.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <set>

namespace cutaway {

namespace {

std::vector<std::string> blankSeparated(std::string_view line)
{
    std::vector<std::string> words;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = line.find_first_not_of(" \t", end);
    }
    return words;
}

std::string_view folderOf(std::string_view path)
{
    return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

/// Collects scripts breadth first: what is found in one is looked at after it.
class Collector
{
public:
    Collector(const Image &image, const FileContents *contents)
        : m_image(image)
        , m_contents(contents)
    {}

    void addText(const std::string &text)
    {
        EntryScript script;
        script.role = EntryScript::Role::Text;
        script.text = text;
        parse(std::move(script));
    }
    void addFile(std::string_view name, EntryScript::Role role, std::size_t depth);
    /// What entry scripts run as `"$@"`.
    void setCommand(std::vector<std::string> command) { m_command = std::move(command); }
    EntryScripts collect()
    {
        for (std::size_t i = 0; i < m_found.scripts.size(); ++i) {
            follow(i);
        }
        return std::move(m_found);
    }

private:
    void addNode(NodeId node, EntryScript::Role role, std::size_t depth);
    void parse(EntryScript script);
    void follow(std::size_t index);
    void addSourced(const std::string &word, std::string_view folder, std::size_t depth);
    void addMatching(std::string_view glob, std::size_t depth);

    const Image &m_image;
    const FileContents *m_contents;
    std::vector<std::string> m_command;
    std::set<EntryId> m_seen;
    EntryScripts m_found;
};

void Collector::addFile(std::string_view name, EntryScript::Role role, std::size_t depth)
{
    const bool isKnown = m_image.tree != nullptr && !name.contains('$');
    const NodeId node = isKnown ? findProgram(*m_image.tree, m_image.config, name) : NodeId(kNone);
    if (node == kNone) {
        // What is started may well be a program that comes with a volume.
        m_found.isComplete = m_found.isComplete && role == EntryScript::Role::Started;
        return;
    }
    addNode(node, role, depth);
}

void Collector::addNode(NodeId node, EntryScript::Role role, std::size_t depth)
{
    const PathTree &tree = *m_image.tree;
    const EntryId entry = tree.finalEntry(node);
    const bool isFile = entry != kNone && tree.effectiveType(entry) == EntryType::File;
    if (!isFile || m_found.scripts.size() >= limits::kEntryScripts) {
        m_found.isComplete = m_found.isComplete && !isFile;
        return;
    }
    constexpr std::size_t kLookedAt = 4 * limits::kEntryScripts; // most files are no scripts
    if (m_seen.size() >= kLookedAt) {
        m_found.isComplete = false;
        return;
    }
    if (!m_seen.insert(tree.content(entry)).second) {
        return;
    }
    const auto content = m_contents == nullptr ? std::nullopt : m_contents->content(entry);
    if (!content) {
        m_found.isComplete = false;
        return;
    }
    const auto shebang = parseShebang(content->bytes);
    const bool isShell =
        shebang ? shebang->isShell()
                : tree.name(node).ends_with(".sh") || role == EntryScript::Role::Sourced;
    if (!isShell || content->bytes.contains('\0')) {
        return; // a program, or a script in another language
    }
    m_found.isComplete = m_found.isComplete && content->isWhole;
    EntryScript script;
    script.role = role;
    script.path = tree.path(node);
    script.entry = entry;
    script.depth = depth;
    script.text = content->bytes.substr(0, limits::kShellBytes);
    parse(std::move(script));
}

void Collector::parse(EntryScript script)
{
    script.script = parseShell(script.text);
    script.variables = shellVariables(script.text);
    m_found.isComplete = m_found.isComplete && !script.script.isTruncated;
    m_found.scripts.push_back(std::move(script));
}

/// `. file`: a folder that only the running script knows is taken for the script's own.
void Collector::addSourced(const std::string &word, std::string_view folder, std::size_t depth)
{
    const std::string_view name = baseName(word);
    if (name.contains('$') || name.contains('*')) {
        m_found.isComplete = m_found.isComplete && !name.contains('$');
        addMatching(word, depth);
    } else if (word.contains('$') && !folder.empty()) {
        addFile(std::string(folder) + '/' + std::string(name), EntryScript::Role::Sourced, depth);
    } else {
        addFile(word, EntryScript::Role::Sourced, depth);
    }
}

/// `for f in /docker-entrypoint.d/*.sh; do . "$f"; done`.
void Collector::addMatching(std::string_view glob, std::size_t depth)
{
    if (m_image.tree == nullptr || !glob.starts_with('/') || !glob.contains('*')) {
        return;
    }
    const PathTree &tree = *m_image.tree;
    const NodeId folder = resolvePath(tree, folderOf(glob));
    if (folder == kNone) {
        return;
    }
    const PathTree::Node &node = tree.node(folder);
    for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
        if (tree.finalEntry(child) != kNone
            && globMatches(baseName(glob), tree.name(child), GlobText::Name)) {
            addNode(child, EntryScript::Role::Sourced, depth);
        }
    }
}

/// The words of a text that name all files of a folder: where `. "$f"` gets its names from.
std::vector<std::string> globsIn(std::string_view text)
{
    std::vector<std::string> globs;
    constexpr std::string_view kEnds = " \t\r\n;&|()<>\"'`$={}";
    for (std::size_t at = text.find("/*"); at != std::string_view::npos;
         at = text.find("/*", text.find_first_of(kEnds, at))) {
        const std::size_t begin = text.find_last_of(kEnds, at) + 1;
        const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
        if (begin < at && text[begin] == '/' && globs.size() < limits::kEntryScripts) {
            globs.emplace_back(text.substr(begin, end - begin));
        }
    }
    return globs;
}

void Collector::follow(std::size_t index)
{
    const std::size_t depth = m_found.scripts[index].depth + 1;
    if (depth > limits::kEntryScriptDepth) {
        return;
    }
    // Copies: the list grows.
    const std::vector<ShellCommand> commands = m_found.scripts[index].script.commands;
    const std::string folder(folderOf(m_found.scripts[index].path));
    bool runsNamed = false; // `. "$f"`
    bool runsCommand = false;
    for (const ShellCommand &command : commands) {
        const std::string_view program = command.program();
        const bool isSource = program == "." || program == "source";
        if (isSource && command.words.size() > 1) {
            runsNamed = runsNamed || command.words[1].starts_with('$');
            addSourced(command.words[1], folder, depth);
        } else if (command.isWrappedBy("exec") && !command.words.empty()) {
            const std::string &word = command.words.front();
            runsCommand = runsCommand || word == "$@" || word == "$*";
            if (isUnixShell(word) && !command.verb().empty() && shell::textRunBy(command).empty()) {
                addFile(command.verb(), EntryScript::Role::Started, depth);
            } else if (word.contains('/') || word.ends_with(".sh")) {
                addFile(word, EntryScript::Role::Started, depth);
            }
        } else if (!command.words.empty() && command.words.front().starts_with('$')) {
            runsNamed = true;
        }
    }
    if (runsCommand && !m_command.empty()) {
        addFile(m_command.front(), EntryScript::Role::Started, depth);
    }
    if (runsNamed) {
        const std::string text = m_found.scripts[index].text;
        for (const std::string &glob : globsIn(text)) {
            addMatching(glob, depth);
        }
    }
}

} // namespace

bool Shebang::isShell() const
{
    return isUnixShell(program)
           || std::ranges::any_of(words, [](const std::string &word) { return isUnixShell(word); });
}

std::optional<Shebang> parseShebang(std::string_view bytes)
{
    if (!bytes.starts_with("#!")) {
        return std::nullopt;
    }
    constexpr std::size_t kLongest = 256; // the kernel reads no more
    bytes = bytes.substr(2, kLongest);
    std::string_view line = bytes.substr(0, bytes.find('\n'));
    Shebang shebang;
    shebang.hasCarriageReturn = line.ends_with('\r');
    line.remove_suffix(shebang.hasCarriageReturn ? 1 : 0);
    shebang.words = blankSeparated(line);
    if (shebang.words.empty()) {
        return shebang;
    }
    shebang.program = shebang.words.front();
    if (baseName(shebang.program) == "env") {
        const auto isOwn = [](const std::string &word) {
            return word.starts_with('-') || word.contains('=');
        };
        const auto found = std::find_if_not(shebang.words.begin() + 1, shebang.words.end(), isOwn);
        shebang.program = found == shebang.words.end() ? std::string() : *found;
    }
    return shebang;
}

bool EntryScripts::assigns(std::string_view name) const
{
    return std::ranges::any_of(
        scripts, [&](const EntryScript &script) { return script.variables.assigns(name); });
}

EntryScripts readEntryScripts(const Image &image,
                              const std::vector<std::string> &argv,
                              std::size_t application,
                              const FileContents *contents)
{
    Collector collector(image, contents);
    if (application >= argv.size()) {
        return collector.collect();
    }
    ShellCommand command;
    command.words.assign(argv.begin() + static_cast<std::ptrdiff_t>(application), argv.end());
    if (const std::string text = shell::textRunBy(command); !text.empty()) {
        collector.addText(text);
    } else if (isUnixShell(command.words.front()) && command.words.size() > 1) {
        collector.addFile(command.verb(), EntryScript::Role::Entry, 0);
    } else if (contents != nullptr) {
        collector.addFile(command.words.front(), EntryScript::Role::Entry, 0);
    }
    const std::size_t own = image.config.entrypoint ? image.config.entrypoint->size() : 0;
    if (own > 0 && image.config.cmd && application < own) {
        collector.setCommand(*image.config.cmd);
    }
    return collector.collect();
}

} // namespace cutaway
