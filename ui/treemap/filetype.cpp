// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/filetype.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

namespace cutaway::treemap {

namespace {

constexpr std::size_t kLongestEnding = 12;

struct Ending
{
    std::string_view text;
    FileType type;
};

/// Sorted, for binary search.
constexpr auto kEndings = std::to_array<Ending>({
    {"7z", FileType::Archive},     {"a", FileType::Compiled},      {"avif", FileType::Media},
    {"awk", FileType::Source},     {"bash", FileType::Source},     {"beam", FileType::Compiled},
    {"bin", FileType::Data},       {"br", FileType::Archive},      {"bz2", FileType::Archive},
    {"c", FileType::Source},       {"cache", FileType::Data},      {"cc", FileType::Source},
    {"cer", FileType::Data},       {"cfg", FileType::Data},        {"cjs", FileType::Source},
    {"class", FileType::Compiled}, {"cmake", FileType::Source},    {"conf", FileType::Data},
    {"cpp", FileType::Source},     {"crt", FileType::Data},        {"css", FileType::Source},
    {"csv", FileType::Data},       {"dat", FileType::Data},        {"db", FileType::Data},
    {"deb", FileType::Archive},    {"dll", FileType::Program},     {"egg", FileType::Archive},
    {"el", FileType::Source},      {"elc", FileType::Compiled},    {"exe", FileType::Program},
    {"flac", FileType::Media},     {"gif", FileType::Media},       {"go", FileType::Source},
    {"gz", FileType::Archive},     {"h", FileType::Source},        {"hpp", FileType::Source},
    {"htm", FileType::Document},   {"html", FileType::Document},   {"ico", FileType::Media},
    {"info", FileType::Document},  {"ini", FileType::Data},        {"jar", FileType::Compiled},
    {"java", FileType::Source},    {"jpeg", FileType::Media},      {"jpg", FileType::Media},
    {"js", FileType::Source},      {"json", FileType::Data},       {"jsx", FileType::Source},
    {"key", FileType::Data},       {"ko", FileType::Program},      {"la", FileType::Data},
    {"list", FileType::Data},      {"lua", FileType::Source},      {"map", FileType::Data},
    {"md", FileType::Document},    {"mjs", FileType::Source},      {"mo", FileType::Data},
    {"mp3", FileType::Media},      {"mp4", FileType::Media},       {"node", FileType::Program},
    {"o", FileType::Compiled},     {"ogg", FileType::Media},       {"otf", FileType::Media},
    {"pdf", FileType::Document},   {"pem", FileType::Data},        {"php", FileType::Source},
    {"pl", FileType::Source},      {"pm", FileType::Source},       {"png", FileType::Media},
    {"po", FileType::Data},        {"properties", FileType::Data}, {"pxd", FileType::Source},
    {"py", FileType::Source},      {"pyc", FileType::Compiled},    {"pyi", FileType::Source},
    {"pyo", FileType::Compiled},   {"pyx", FileType::Source},      {"rb", FileType::Source},
    {"rpm", FileType::Archive},    {"rs", FileType::Source},       {"rst", FileType::Document},
    {"scm", FileType::Source},     {"sh", FileType::Source},       {"so", FileType::Program},
    {"sql", FileType::Source},     {"sqlite", FileType::Data},     {"sqlite3", FileType::Data},
    {"svg", FileType::Media},      {"tar", FileType::Archive},     {"tcl", FileType::Source},
    {"tgz", FileType::Archive},    {"toml", FileType::Data},       {"ts", FileType::Source},
    {"ttf", FileType::Media},      {"txt", FileType::Document},    {"vim", FileType::Source},
    {"war", FileType::Compiled},   {"wasm", FileType::Compiled},   {"wav", FileType::Media},
    {"webp", FileType::Media},     {"whl", FileType::Archive},     {"woff", FileType::Media},
    {"woff2", FileType::Media},    {"xml", FileType::Data},        {"xz", FileType::Archive},
    {"yaml", FileType::Data},      {"yml", FileType::Data},        {"zip", FileType::Archive},
    {"zst", FileType::Archive},
});
static_assert(std::ranges::is_sorted(kEndings, {}, &Ending::text));

/// Behind the last dot, in lower case; empty for none, and for what is too long to be one.
std::string endingOf(std::string_view name)
{
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.size() - dot > kLongestEnding) {
        return {};
    }
    std::string ending(name.substr(dot + 1));
    std::ranges::transform(ending, ending.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return ending;
}

bool isNumber(std::string_view text)
{
    return !text.empty()
           && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::optional<FileType> typeOfEnding(std::string_view ending)
{
    const auto found = std::ranges::lower_bound(kEndings, ending, {}, &Ending::text);
    return found != kEndings.end() && found->text == ending ? std::optional(found->type)
                                                            : std::nullopt;
}

/// "page.1", "page.3.gz": a page of a manual.
bool isManualPage(std::string_view name)
{
    const std::string_view bare = name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
    const std::string ending = endingOf(bare);
    return ending.size() == 1 && ending[0] >= '1' && ending[0] <= '9';
}

} // namespace

FileType fileType(std::string_view name, const Entry &entry)
{
    const std::string ending = endingOf(name);
    // "libz.so.1.3" is a library of a version, not a page of a manual.
    if (name.contains(".so.") && isNumber(ending)) {
        return FileType::Program;
    }
    if (isManualPage(name)) {
        return FileType::Document;
    }
    if (const auto type = typeOfEnding(ending)) {
        return *type;
    }
    if ((entry.mode & 0111U) != 0) {
        return FileType::Program;
    }
    constexpr auto kTexts = std::to_array<std::string_view>({"AUTHORS",
                                                             "COPYING",
                                                             "ChangeLog",
                                                             "LICENCE",
                                                             "LICENSE",
                                                             "NEWS",
                                                             "NOTICE",
                                                             "README",
                                                             "copyright"});
    return std::ranges::find(kTexts, name) != kTexts.end() ? FileType::Document : FileType::Other;
}

} // namespace cutaway::treemap
