// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kMostTemplates = 50;
constexpr std::size_t kMostNames = 500; ///< of one template
constexpr std::size_t kNameBytes = 128;

/// Programs that fill templates in when a container starts.
constexpr std::array<std::string_view, 7> kFillers = {
    "envsubst", "confd", "dockerize", "gomplate", "envtpl", "tiller", "consul-template"};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The name at the front of the text.
std::string_view nameAt(std::string_view text)
{
    const auto *const end = std::ranges::find_if_not(text, isNameCharacter);
    const std::string_view name(text.begin(), end);
    return name.empty() || name.size() > kNameBytes || (name.front() >= '0' && name.front() <= '9')
               ? std::string_view()
               : name;
}

/// `$X` and `${X}`, which is all that envsubst fills in.
void addShellNames(std::string_view text, std::set<std::string> &names)
{
    for (std::size_t at = text.find('$'); at != std::string_view::npos && names.size() < kMostNames;
         at = text.find('$', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        const bool isBraced = rest.starts_with('{');
        const std::string_view name = nameAt(rest.substr(isBraced ? 1 : 0));
        if (!name.empty() && (!isBraced || rest.substr(name.size() + 1).starts_with('}'))) {
            names.emplace(name);
        }
    }
}

/// `{{ .Env.X }}`, `{{ getenv "X" }}` and `{{ env "X" }}`, where nothing in the braces is a
/// default.
void addBracedNames(std::string_view text, std::set<std::string> &names)
{
    for (std::size_t at = text.find("{{");
         at != std::string_view::npos && names.size() < kMostNames;
         at = text.find("{{", at + 2)) {
        const std::size_t end = text.find("}}", at);
        if (end == std::string_view::npos) {
            return;
        }
        const std::string_view inside = text.substr(at, end - at);
        if (inside.contains("default") || inside.contains("exists")) {
            continue;
        }
        for (const std::string_view lead : {".Env.", "getenv \"", "env \""}) {
            const std::size_t found = inside.find(lead);
            const std::string_view rest =
                found == std::string_view::npos ? "" : inside.substr(found + lead.size());
            const std::string_view name = nameAt(rest);
            const std::string_view behind = rest.substr(name.size());
            const bool hasAnother = behind.starts_with('"') && behind.substr(1).contains('"');
            if (!name.empty() && !hasAnother) { // a second one is the default
                names.emplace(name);
                break;
            }
        }
    }
}

/// Files that the command may fill in: what it reads, and its arguments.
std::vector<std::string> templatesOf(const PathTree &tree, const ShellCommand &command)
{
    std::vector<std::string> paths;
    for (const ShellCommand::Redirection &redirection : command.redirections) {
        if (redirection.sign == "<") {
            paths.push_back(redirection.target);
        }
    }
    for (const std::string &word : command.words) {
        const std::size_t from = word.find('/');
        if (from != std::string::npos) { // `-template /a.tmpl:/b`, `--file=/a.tmpl`
            paths.push_back(word.substr(from, word.find(':', from) - from));
        }
    }
    const NodeId folder =
        command.program() == "confd" ? resolvePath(tree, "/etc/confd/templates") : kNone;
    const PathTree::Node at = folder == kNone ? PathTree::Node{} : tree.node(folder);
    const NodeId most = std::min<NodeId>(at.childCount, kMostTemplates);
    for (NodeId node = at.firstChild; node < at.firstChild + most; ++node) {
        paths.push_back(tree.path(node));
    }
    if (paths.size() > kMostTemplates) {
        paths.resize(kMostTemplates);
    }
    return paths;
}

} // namespace

std::vector<TemplateVariable> templateVariables(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<TemplateVariable> variables;
    std::set<NodeId> read;
    for (const EntryScript &script : context.facts.scripts.scripts) {
        for (const ShellCommand &command : script.script.commands) {
            const std::string_view program = command.program();
            if (std::ranges::find(kFillers, program) == kFillers.end()) {
                continue;
            }
            for (const std::string &path : templatesOf(tree, command)) {
                const NodeId node = resolvePath(tree, path);
                const auto content =
                    node == kNone || read.size() >= kMostTemplates || !read.insert(node).second
                        ? std::nullopt
                        : context.contentAt(path);
                std::set<std::string> names;
                if (content && program == "envsubst") {
                    addShellNames(content->bytes, names);
                } else if (content) {
                    addBracedNames(content->bytes, names);
                }
                for (const std::string &name : names) {
                    variables.push_back({name, tree.finalEntry(node)});
                }
            }
        }
    }
    return variables;
}

} // namespace cutaway
