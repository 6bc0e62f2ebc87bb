// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/includerules.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ranges>
#include <regex>

namespace cutaway::test {

namespace {

/// A room and the rooms it may include besides itself; "core" and "ui" stand for all of theirs.
struct Room
{
    std::string_view name;
    std::string_view mayInclude;
};

constexpr std::string_view kUiBelowPanels =
    "core ui/theme ui/models ui/delegates ui/treemap "
    "ui/strata ui/code ui/document ui/settings ui/actions ui/jobs";

constexpr std::array kRooms = {
    Room{"core/base", ""},
    Room{"core/tree", "core/base"},
    Room{"core/archive", "core/base core/tree"},
    Room{"core/image", "core/base core/tree"},
    Room{"core/cache", "core/base core/tree core/archive core/image"},
    Room{"core/registry", "core/base core/image core/cache"},
    Room{"core/source", "core/base core/tree core/archive core/image core/cache core/registry"},
    Room{"core/packages", "core/base core/tree core/archive core/image"},
    Room{"core/analysis", "core/base core/tree core/image"},
    Room{"core/audit", "core/base core/tree core/image core/analysis core/packages"},
    Room{"core/compare", "core/base core/tree core/image core/analysis core/packages core/audit"},
    Room{"core/report",
         "core/base core/tree core/image core/registry core/analysis core/packages core/audit "
         "core/compare"},
    Room{"core/extract", "core/base core/tree core/archive core/image core/cache core/source"},
    Room{"core/preview",
         "core/base core/tree core/archive core/image core/cache core/source core/audit"},
    Room{"core/inspect", "core"},
    Room{"ui/theme", ""},
    Room{"ui/models", "core ui/theme"},
    Room{"ui/delegates", "core ui/theme ui/models"}, // they paint what the models' roles say
    Room{"ui/treemap", "core ui/theme"},
    Room{"ui/strata", "core ui/theme"},
    Room{"ui/code", "core ui/theme"},
    Room{"ui/document", "core"},
    Room{"ui/settings", "core"},
    Room{"ui/actions", "core"},
    Room{"ui/jobs", "core ui/document"},
    Room{"ui/panels", kUiBelowPanels},
    Room{"ui/dialogs", kUiBelowPanels},
    Room{"ui/mainwindow", "core ui"},
    Room{"app/cli", "core"},
    Room{"app/gui", "core ui"},
};

/// A library that only some files may touch.
struct Door
{
    const char *header; ///< what stands between the angle brackets
    const char *files;
    std::string_view rule;
};

constexpr std::array kDoors = {
    Door{R"((archive|archive_entry|isa-l|igzip_lib|zstd.*|zlib|lzma|bzlib)\.h|isa-l/.*)",
         "core/archive/.*",
         "codecs are for core/archive alone"},
    Door{"nlohmann/.*", "core/base/json.*|core/report/.*", "JSON goes through core/base/json"},
    Door{"valijson/.*", "core/base/jsonschema.*", "schemas go through core/base/jsonschema"},
    Door{"yaml-cpp/.*", "core/base/yaml.*", "YAML goes through core/base/yaml"},
    Door{R"(openssl/x509.*|openssl/pem\.h|openssl/bio\.h|openssl/err\.h)",
         "core/base/certificate.*",
         "certificates go through core/base/certificate"},
    Door{R"(openssl/evp.*|xxhash\.h)", "core/base/hash.*", "hashes go through core/base/hash"},
    Door{
        "openssl/.*", "core/base/(hash|certificate).*", "OpenSSL has two doors, both in core/base"},
    Door{"hs\\.h|hs/.*",
         "core/audit/secrets/literals.*",
         "Vectorscan goes through core/audit/secrets/literals"},
    Door{"sqlite3.*", "core/packages/sqliterows.*", "SQLite goes through core/packages/sqliterows"},
    Door{"re2/.*", "core/base/pattern.*", "patterns go through core/base/pattern"},
    Door{"QNetwork.*|QSsl.*|curl/.*",
         "core/registry/http.*",
         "HTTP goes through core/registry/http"},
    Door{"qt6?keychain/.*|libsecret/.*|glib.*|gio/.*",
         "core/registry/keyring.*",
         "keys go through core/registry/keyring"},
    Door{"toml\\+\\+/.*",
         "core/registry/registriesconf.*",
         "TOML goes through core/registry/registriesconf"},
};

/// Rooms that fuzzers link alone: the standard library, no Qt.
const std::regex kStandardOnly("core/(base|tree|archive)/.*|core/image/digest\\..*");

bool matches(std::string_view text, const char *pattern)
{
    return std::regex_match(text.begin(), text.end(), std::regex(pattern));
}

bool listsRoom(std::string_view list, std::string_view room)
{
    return std::ranges::any_of(std::views::split(list, ' '), [room](auto &&part) {
        const std::string_view allowed(part.begin(), part.end());
        return allowed == room
               || (!allowed.empty() && !allowed.contains('/') && room.starts_with(allowed)
                   && room.substr(allowed.size()).starts_with('/'));
    });
}

/// "ui/panels/files" of "ui/panels/files/filespanel.h".
std::string_view folderOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string quotedProblem(std::string_view path, const std::string &name)
{
    const std::string from = roomOf(path);
    const std::string to = roomOf(name);
    if (from.empty()) {
        return "lives in no room of the house";
    }
    if (to.empty()) {
        return "includes \"" + name + "\", which is in no room (includes are root-relative)";
    }
    if (from == "ui/panels" && to == "ui/panels" && folderOf(path) != folderOf(name)) {
        return "includes \"" + name + "\": panels never include panels";
    }
    if (from == to) {
        return {};
    }
    const auto *room = std::ranges::find(kRooms, from, &Room::name);
    return listsRoom(room->mayInclude, to)
               ? std::string()
               : "includes \"" + name + "\": " + from + " may not look into " + to;
}

bool isHeaderOf(const char *module, const std::string &name)
{
    return std::filesystem::exists(std::filesystem::path(CUTAWAY_QT_HEADERS) / module / name);
}

std::string qtProblem(std::string_view path, const std::string &name)
{
    if (name.starts_with("Qt") && name.contains('/')) {
        return "includes <" + name + ">: name the class alone, else linking does not check it";
    }
    if (isHeaderOf(name.c_str(), name)) {
        return "includes <" + name + ">, a whole module: include the classes";
    }
    if (std::regex_match(path.begin(), path.end(), kStandardOnly) && isHeaderOf("QtCore", name)) {
        return "includes <" + name + ">: this room uses the standard library only";
    }
    if (!path.starts_with("core/") && !path.starts_with("app/cli/")) {
        return {};
    }
    for (const char *module : {"QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtPrintSupport"}) {
        if (isHeaderOf(module, name)) {
            return "includes <" + name + ">: core and the command line know no window";
        }
    }
    return {};
}

std::string bracketProblem(std::string_view path, const std::string &name)
{
    for (const Door &door : kDoors) {
        if (matches(name, door.header) && !matches(path, door.files)) {
            return "includes <" + name + ">: " + std::string(door.rule);
        }
    }
    return name.starts_with('Q') ? qtProblem(path, name) : std::string();
}

int lineAt(std::string_view text, std::size_t position)
{
    return 1 + static_cast<int>(std::ranges::count(text.substr(0, position), '\n'));
}

/// Blanks code.[from, to), line breaks kept.
void blank(std::string &code, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < std::min(to, code.size()); ++i) {
        code[i] = code[i] == '\n' ? '\n' : ' ';
    }
}

/// One past the end of the literal whose quote stands at `open`.
std::size_t literalEnd(std::string_view text, std::size_t open)
{
    std::size_t i = open + 1;
    while (i < text.size() && text[i] != text[open] && text[i] != '\n') {
        i += text[i] == '\\' ? 2 : 1;
    }
    return std::min(i + 1, text.size());
}

std::size_t rawLiteralEnd(std::string_view text, std::size_t open)
{
    const auto bracket = text.find('(', open);
    if (bracket == std::string_view::npos) {
        return text.size();
    }
    const std::string end = ")" + std::string(text.substr(open + 1, bracket - open - 1)) + "\"";
    const auto found = text.find(end, bracket);
    return found == std::string_view::npos ? text.size() : found + end.size();
}

std::vector<int> linesWith(const std::regex &what, std::string_view content)
{
    const std::string code = codeOf(content);
    std::vector<int> lines;
    for (std::sregex_iterator it(code.begin(), code.end(), what); it != std::sregex_iterator();
         ++it) {
        lines.push_back(lineAt(code, static_cast<std::size_t>(it->position())));
    }
    return lines;
}

bool isIncludeLine(std::string_view text, std::size_t position)
{
    const auto start = text.rfind('\n', position) + 1; // npos + 1 is 0
    std::string_view line = text.substr(start, position - start);
    const auto skip = [&line](std::string_view what) {
        line.remove_prefix(std::min(line.find_first_not_of(what), line.size()));
    };
    skip(" \t");
    skip("#");
    skip(" \t");
    return line.starts_with("include");
}

} // namespace

std::string roomOf(std::string_view path)
{
    for (const Room &room : kRooms) {
        if (path.starts_with(room.name) && path.substr(room.name.size()).starts_with('/')) {
            return std::string(room.name);
        }
    }
    return {};
}

std::string codeOf(std::string_view content)
{
    std::string code(content);
    std::size_t i = 0;
    while (i < content.size()) {
        const std::string_view rest = content.substr(i);
        std::size_t end = i + 1;
        if (rest.starts_with("//")) {
            end = std::min(content.find('\n', i), content.size());
            blank(code, i, end);
        } else if (rest.starts_with("/*")) {
            const auto close = content.find("*/", i + 2);
            end = close == std::string_view::npos ? content.size() : close + 2;
            blank(code, i, end);
        } else if (rest.starts_with("R\"")) {
            end = rawLiteralEnd(content, i + 1);
            blank(code, i, end);
        } else if (rest.front() == '"') {
            end = literalEnd(content, i);
            if (!isIncludeLine(content, i)) {
                blank(code, i, end);
            }
        } else if (rest.starts_with("'\\")
                   || (rest.size() > 2 && rest[0] == '\'' && rest[2] == '\'')) {
            end = literalEnd(content, i); // a character; other apostrophes group digits
        }
        i = end;
    }
    return code;
}

std::vector<Include> includesOf(std::string_view content)
{
    static const std::regex kInclude(R"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">])",
                                     std::regex::ECMAScript | std::regex::multiline);
    const std::string code = codeOf(content);
    std::vector<Include> includes;
    for (std::sregex_iterator it(code.begin(), code.end(), kInclude); it != std::sregex_iterator();
         ++it) {
        includes.push_back({.name = it->str(2),
                            .quoted = it->str(1) == "\"",
                            .line = lineAt(code, static_cast<std::size_t>(it->position(2)))});
    }
    return includes;
}

std::vector<std::string> includeProblems(std::string_view path, std::string_view content)
{
    std::vector<std::string> problems;
    if (roomOf(path).empty()) {
        problems.push_back(std::string(path) + ": lives in no room of the house");
        return problems;
    }
    for (const Include &include : includesOf(content)) {
        // moc's output of a source file is included by that file.
        if (include.quoted && include.name.ends_with(".moc")) {
            continue;
        }
        const std::string problem =
            include.quoted ? quotedProblem(path, include.name) : bracketProblem(path, include.name);
        if (!problem.empty()) {
            problems.push_back(std::string(path) + ":" + std::to_string(include.line) + " "
                               + problem);
        }
    }
    return problems;
}

std::vector<int> threadStarts(std::string_view content)
{
    static const std::regex kStart(
        R"(\bstd::(jthread|thread|async)\b(?!\s*::)|\bpthread_create\b)"
        R"(|\bQtConcurrent::\w+|\bQThread(Pool)?::(create|globalInstance|start)\b)"
        R"(|\bpublic QThread\b|\bmoveToThread\b)");
    return linesWith(kStart, content);
}

std::vector<int> programStarts(std::string_view content)
{
    // A member of that name, x.system(…), is something else.
    static const std::regex kStart(
        R"(\bQProcess\b|(^|[^\w.>\n])(system|popen|v?fork|exec[lv]p?e?|execvpe)"
        R"(|fexecve|execveat|posix_spawnp?)\s*\()",
        std::regex::ECMAScript | std::regex::multiline);
    return linesWith(kStart, content);
}

bool mayStartThreads(std::string_view path)
{
    const std::string room = roomOf(path);
    // inspect() starts the loader's thread: a thread's rights, once given up, do not come back.
    return room == "core/archive" || room == "core/inspect" || room == "ui/jobs";
}

} // namespace cutaway::test
