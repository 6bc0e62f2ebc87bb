// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Calls back with each line below a "%NAME%".
template<typename Visit>
void forEachValue(std::string_view text, Visit visit)
{
    std::string_view section;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.size() > 2 && line.starts_with('%') && line.ends_with('%')) {
            section = line.substr(1, line.size() - 2);
        } else if (!line.empty()) {
            visit(section, line);
        }
    }
}

void setOnce(std::string &field, std::string_view value)
{
    if (field.empty()) {
        field = boundedText(value);
    }
}

/// "\\040" for what would end a word: three octal digits.
std::string unescaped(std::string_view word)
{
    constexpr std::size_t kDigits = 3;
    std::string text;
    while (!word.empty()) {
        const std::string_view digits = word.substr(1, kDigits);
        const bool isEscape =
            word.front() == '\\' && digits.size() == kDigits
            && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '7'; });
        if (!isEscape) {
            text += word.front();
            word.remove_prefix(1);
            continue;
        }
        int number = 0;
        for (const char digit : digits) {
            number = 8 * number + (digit - '0');
        }
        text += static_cast<char>(number);
        word.remove_prefix(1 + kDigits);
    }
    return text;
}

} // namespace

PackageRecords readPacmanDesc(std::string_view text)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Alpm;
    package.installedAs = InstalledAs::Asked;
    std::string licences;
    forEachValue(text, [&](std::string_view section, std::string_view value) {
        if (section == "NAME") {
            setOnce(package.name, value);
        } else if (section == "VERSION") {
            setOnce(package.version, value);
        } else if (section == "ARCH") {
            setOnce(package.architecture, value);
        } else if (section == "BASE") {
            setOnce(package.source, value);
        } else if (section == "URL") {
            setOnce(package.homepage, value);
        } else if (section == "PACKAGER") {
            setOnce(package.supplier, value);
        } else if (section == "SIZE") {
            package.declaredBytes = numberOf(value);
        } else if (section == "REASON") { // left out by older ones for what was asked for
            package.installedAs = value == "1" ? InstalledAs::Needed : InstalledAs::Asked;
        } else if (section == "DEPENDS") {
            addRelations(package.needs, value, '\n');
        } else if (section == "PROVIDES") {
            addRelations(package.provides, value, '\n');
        } else if (section == "LICENSE") {
            licences += (licences.empty() ? "" : " AND ") + std::string(value);
        }
    });
    PackageRecords found;
    if (package.name.empty() || package.version.empty()) {
        found.damaged = 1;
        return found;
    }
    package.licence = boundedText(licences);
    setOnce(package.source, package.name);
    package.sourceVersion = package.version;
    found.packages.push_back(std::move(package));
    return found;
}

std::vector<PackagedFile> readPacmanSums(std::string_view text)
{
    std::vector<PackagedFile> files;
    while (!text.empty()) {
        std::string_view line = takeLine(text);
        if (!line.starts_with("./")) {
            continue;
        }
        line.remove_prefix(1);
        const std::string_view path = line.substr(0, line.find(' '));
        std::string_view digest;
        for (const std::string_view name : {" sha256digest=", " md5digest="}) {
            const std::size_t at = line.find(name);
            if (digest.empty() && at != std::string_view::npos) {
                digest = line.substr(at + name.size());
                digest = digest.substr(0, digest.find(' '));
            }
        }
        if (!digest.empty()) {
            files.push_back({unescaped(path), std::string(digest)});
        }
    }
    return files;
}

void forEachPacmanFile(std::string_view text,
                       const std::function<void(std::string_view path)> &visit)
{
    forEachValue(text, [&](std::string_view section, std::string_view value) {
        if (section == "FILES") {
            visit(value);
        }
    });
}

} // namespace cutaway
