// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/serverconfig.h"

#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"
#include "core/base/glob.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <functional>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::size_t kMostFiles = 64; ///< of one server

/// Where a server's files lie, by its program; the last component may be a pattern.
struct FilesRow
{
    std::string_view programs; ///< blank-separated
    std::string_view paths;    ///< blank-separated
};
constexpr std::array kFiles = {
    FilesRow{"nginx",
             "/etc/nginx/nginx.conf /etc/nginx/conf.d/*.conf /etc/nginx/http.d/*.conf "
             "/etc/nginx/sites-enabled/* /usr/local/nginx/conf/nginx.conf "
             "/usr/local/openresty/nginx/conf/nginx.conf"},
    FilesRow{"httpd httpd-foreground",
             "/usr/local/apache2/conf/httpd.conf /etc/httpd/conf/httpd.conf "
             "/etc/httpd/conf.d/*.conf /etc/apache2/httpd.conf /etc/apache2/conf.d/*.conf"},
    FilesRow{"apache2 apachectl apache2ctl apache2-foreground",
             "/etc/apache2/apache2.conf /etc/apache2/ports.conf /etc/apache2/sites-enabled/*"},
    FilesRow{"redis-server valkey-server", "/etc/redis/redis.conf /etc/redis.conf"},
    FilesRow{"mysqld mariadbd mysqld_safe",
             "/etc/my.cnf /etc/mysql/my.cnf /etc/my.cnf.d/*.cnf /etc/mysql/conf.d/*.cnf "
             "/etc/mysql/mysql.conf.d/*.cnf /etc/mysql/mariadb.conf.d/*.cnf"},
    FilesRow{"supervisord",
             "/etc/supervisor/supervisord.conf /etc/supervisord.conf "
             "/etc/supervisor/conf.d/*.conf /etc/supervisord.d/*.ini /etc/supervisor.d/*.ini"},
};

bool hasWord(std::string_view list, std::string_view word)
{
    return std::ranges::any_of(std::views::split(list, ' '), [&](auto &&part) {
        return std::string_view(part.begin(), part.end()) == word;
    });
}

using Visit = std::function<void(const std::string &path, std::string_view text)>;

void visitFile(const AuditContext &context, const std::string &path, const Visit &visit)
{
    if (const std::optional<FileContent> content = context.contentAt(path)) {
        visit(path, content->bytes);
    }
}

void visitFolder(const AuditContext &context, std::string_view pattern, const Visit &visit)
{
    const PathTree &tree = *context.image.tree;
    const NodeId folder = resolvePath(tree, pattern.substr(0, pattern.rfind('/')));
    if (folder == kNone) {
        return;
    }
    const PathTree::Node &node = tree.node(folder);
    const NodeId end =
        node.firstChild + std::min<NodeId>(node.childCount, static_cast<NodeId>(kMostFiles));
    for (NodeId child = node.firstChild; child < end; ++child) {
        if (tree.finalEntry(child) != kNone
            && globMatches(baseName(pattern), tree.name(child), GlobText::Name)) {
            visitFile(context, tree.path(child), visit);
        }
    }
}

/// A file that the command itself names stands for the usual ones.
std::string namedFile(const ShellCommand &server)
{
    for (std::size_t i = 1; i < server.words.size(); ++i) {
        const std::string &word = server.words[i];
        const bool isOption = word == "-c" || word == "-f" || word == "--configuration";
        if (isOption && i + 1 < server.words.size()) {
            return server.words[i + 1];
        }
        if (word.starts_with('/') && word.ends_with(".conf")) {
            return word;
        }
    }
    return {};
}

void visitFiles(const AuditContext &context, const ShellCommand &server, const Visit &visit)
{
    const auto *const row = std::ranges::find_if(
        kFiles, [&](const FilesRow &files) { return hasWord(files.programs, server.program()); });
    if (row == kFiles.end() || context.contents == nullptr || context.image.tree == nullptr) {
        return;
    }
    const std::string named = namedFile(server);
    if (!named.empty()) {
        visitFile(context, named, visit);
        if (server.program() != "supervisord" && server.program() != "nginx") {
            return;
        }
    }
    for (const auto &&part : std::views::split(row->paths, ' ')) {
        const std::string path(part.begin(), part.end());
        if (path.contains('*')) {
            visitFolder(context, path, visit);
        } else if (named.empty()) {
            visitFile(context, path, visit);
        }
    }
}

/// The words of each directive: those of a line, or up to `;` and braces where the server ends
/// directives so. Comments are left out.
using Directive = std::vector<std::string>;

std::vector<Directive> directivesOf(std::string_view text, bool endBySemicolon)
{
    std::vector<Directive> directives(1);
    std::string word;
    const auto endWord = [&] {
        if (!word.empty()) {
            directives.back().push_back(std::exchange(word, {}));
        }
    };
    const auto endDirective = [&] {
        endWord();
        if (!directives.back().empty()) {
            directives.emplace_back();
        }
    };
    char quote = '\0';
    bool isComment = false;
    for (const char c : text) {
        isComment = isComment && c != '\n';
        const bool isEnd = endBySemicolon ? c == ';' || c == '{' || c == '}' : c == '\n';
        if (isComment) {
            continue;
        }
        if (quote != '\0') {
            quote = c == quote || c == '\n' ? '\0' : quote;
            word += quote != '\0' ? std::string(1, c) : std::string();
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#' && word.empty()) {
            isComment = true;
        } else if (isEnd) {
            endDirective();
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r'
                   || (c == '=' && !endBySemicolon)) {
            endWord();
        } else {
            word += c;
        }
    }
    endDirective();
    return directives;
}

bool isLoopback(std::string_view address)
{
    return address.starts_with("127.") || address.starts_with("localhost")
           || address.starts_with("[::1]") || address.starts_with("unix:")
           || address.starts_with('/');
}

/// The port of "8080", "*:80", "[::]:80", "10.0.0.1:80"; 0 where there is none.
int portOf(std::string_view address)
{
    const std::size_t colon = address.rfind(':');
    const auto ports =
        parsePorts(colon == std::string_view::npos ? address : address.substr(colon + 1));
    return ports && !isLoopback(address) ? ports->first : 0;
}

void addSupervisordPrograms(std::string_view text, std::vector<SupervisedProgram> &programs)
{
    bool isProgram = false;
    for (const auto &&part : std::views::split(text, '\n')) {
        std::string_view line(part.begin(), part.end());
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.starts_with('[')) {
            const std::size_t end = std::min(line.find(']'), line.size());
            isProgram = line.starts_with("[program:");
            if (isProgram && programs.size() < kMostFiles) {
                programs.push_back({std::string(line.substr(9, end - 9)), {}});
            }
        } else if (isProgram && line.starts_with("command") && line.contains('=')
                   && !programs.empty()) {
            const ShellScript script = parseShell(line.substr(line.find('=') + 1));
            if (!script.commands.empty()) {
                programs.back().command = script.commands.front();
            }
        }
    }
}

/// Services that are folders, or files in a folder of names.
void addFolderServices(const AuditContext &context, std::vector<SupervisedProgram> &programs)
{
    const PathTree &tree = *context.image.tree;
    for (const char *path : {"/etc/services.d",
                             "/etc/s6-overlay/s6-rc.d/user/contents.d",
                             "/etc/service",
                             "/etc/sv"}) {
        const NodeId folder = resolvePath(tree, path);
        if (folder == kNone) {
            continue;
        }
        const PathTree::Node &node = tree.node(folder);
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            const bool isService =
                tree.finalEntry(child) != kNone && !tree.name(child).starts_with('.');
            if (isService && programs.size() < kMostFiles) {
                programs.push_back({std::string(tree.name(child)), {}});
            }
        }
    }
}

} // namespace

std::optional<bool> isConfiguredForeground(const AuditContext &context, const ShellCommand &server)
{
    const std::string_view program = server.program();
    const bool isNginx = program == "nginx";
    const std::string_view key = isNginx                    ? "daemon"
                                 : program == "supervisord" ? "nodaemon"
                                                            : "daemonize";
    std::optional<bool> isForeground;
    visitFiles(context, server, [&](const std::string &, std::string_view text) {
        // What a server does when its file says nothing: redis alone stays.
        isForeground = isForeground.value_or(program.ends_with("-server"));
        for (const Directive &directive : directivesOf(text, isNginx)) {
            if (directive.size() >= 2 && directive[0] == key) {
                isForeground = isNginx                    ? directive[1] == "off"
                               : program == "supervisord" ? directive[1] == "true"
                                                          : directive[1] != "yes";
            }
        }
    });
    return isForeground;
}

bool isConfiguredStateless(const AuditContext &context, const ShellCommand &server)
{
    bool isStateless = false;
    if (server.program() == "redis-server" || server.program() == "valkey-server") {
        visitFiles(context, server, [&](const std::string &, std::string_view text) {
            for (const Directive &directive : directivesOf(text, false)) {
                isStateless = isStateless || (directive.size() == 1 && directive[0] == "save");
            }
        });
    }
    return isStateless;
}

std::map<int, std::string> configuredListeners(const AuditContext &context,
                                               const ShellCommand &server)
{
    const std::string_view program = server.program();
    const bool isNginx = program == "nginx";
    const bool isApache = program.starts_with("httpd") || program.starts_with("apache");
    std::map<int, std::string> ports;
    visitFiles(context, server, [&](const std::string &path, std::string_view text) {
        for (const Directive &directive : directivesOf(text, isNginx)) {
            const std::string_view key = isNginx ? "listen" : isApache ? "Listen" : "port";
            if (directive.size() < 2 || directive[0] != key) {
                continue;
            }
            if (const int port = portOf(directive[1]); port > 0) {
                ports.try_emplace(port, path);
            }
        }
    });
    return ports;
}

std::vector<SupervisedProgram> supervisedPrograms(const AuditContext &context,
                                                  const ShellCommand &supervisor)
{
    std::vector<SupervisedProgram> programs;
    if (context.image.tree == nullptr) {
        return programs;
    }
    if (supervisor.program() != "supervisord") {
        addFolderServices(context, programs);
        return programs;
    }
    visitFiles(context, supervisor, [&](const std::string &, std::string_view text) {
        addSupervisordPrograms(text, programs);
    });
    return programs;
}

std::vector<std::string> configuredLogFiles(const AuditContext &context, const ShellCommand &server)
{
    const bool isNginx = server.program() == "nginx";
    static constexpr std::array<std::string_view, 6> kKeys = {
        "access_log", "error_log", "ErrorLog", "CustomLog", "logfile", "TransferLog"};
    std::vector<std::string> files;
    visitFiles(context, server, [&](const std::string &, std::string_view text) {
        for (const Directive &directive : directivesOf(text, isNginx)) {
            const bool isLog = directive.size() >= 2
                               && std::ranges::find(kKeys, directive[0]) != kKeys.end()
                               && directive[1].starts_with('/');
            if (!isLog || files.size() >= kMostFiles) {
                continue;
            }
            const std::string &path = directive[1];
            const NodeId node = context.image.tree->find(path);
            const EntryId entry = node == kNone ? kNone : context.image.tree->finalEntry(node);
            const std::string_view target =
                entry == kNone ? std::string_view(path) : context.image.tree->linkTarget(entry);
            if (!target.starts_with("/dev/") && !target.starts_with("/proc/")
                && std::ranges::find(files, path) == files.end()) {
                files.push_back(path);
            }
        }
    });
    return files;
}

} // namespace cutaway
