// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registriesconf.h"

#include "core/base/bytesource.h"
#include "core/base/text.h"
#include "core/registry/registrylimits.h"

#include <algorithm>
#include <filesystem>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace cutaway {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWild = "*.";

/// Where the part of the name ends that the prefix stands for; 0 = it stands for another.
std::size_t coveredBy(const std::string &prefix, const std::string &name)
{
    std::size_t end = prefix.size();
    if (prefix.starts_with(kWild)) {
        const std::string suffix = prefix.substr(1);
        const std::string_view host = std::string_view(name).substr(0, name.find_first_of(":/"));
        end = host.size();
        return host.size() > suffix.size() && host.ends_with(suffix) ? end : 0;
    }
    const bool covers = !prefix.empty() && name.starts_with(prefix)
                        && (name.size() == end || std::string_view("/:@").contains(name[end]));
    return covers ? end : 0;
}

std::string textOf(const toml::table &table, std::string_view key)
{
    std::string text = table[key].value_or(std::string());
    while (text.ends_with('/')) {
        text.pop_back();
    }
    return text;
}

RegistryMirror::Pulls pullsOf(const toml::table &mirror, bool onlyByDigest)
{
    const std::string pulls = textOf(mirror, "pull-from-mirror");
    if (onlyByDigest || pulls == "digest-only") {
        return RegistryMirror::Pulls::ByDigest;
    }
    return pulls == "tag-only" ? RegistryMirror::Pulls::ByTag : RegistryMirror::Pulls::All;
}

std::vector<RegistryMirror> mirrorsOf(const toml::table &registry)
{
    std::vector<RegistryMirror> mirrors;
    const toml::array *const list = registry["mirror"].as_array();
    const bool onlyByDigest = registry["mirror-by-digest-only"].value_or(false);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const toml::table *const mirror = list->get(i)->as_table();
        if (mirror != nullptr && mirrors.size() < limits::kMirrors) {
            mirrors.push_back({textOf(*mirror, "location"),
                               (*mirror)["insecure"].value_or(false),
                               pullsOf(*mirror, onlyByDigest)});
        }
    }
    return mirrors;
}

RegistryRule ruleOf(const toml::table &registry, const std::string &from)
{
    RegistryRule rule;
    rule.prefix = textOf(registry, "prefix");
    rule.location = textOf(registry, "location");
    if (rule.prefix.empty()) {
        rule.prefix = rule.location;
    }
    rule.isInsecure = registry["insecure"].value_or(false);
    rule.isBlocked = registry["blocked"].value_or(false);
    rule.mirrors = mirrorsOf(registry);
    rule.from = from;
    return rule;
}

std::vector<std::string> confFiles(const std::string &folder)
{
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".conf") {
            files.push_back(it->path().string());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// False when it is not there.
bool readFile(const std::string &path, RegistriesConf &conf, std::vector<std::string> &notes)
{
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        if (file.error().code != ErrorCode::NotFound) {
            notes.push_back(file.error().message);
        }
        return file.error().code != ErrorCode::NotFound;
    }
    const Result<std::string> text = readAll(**file, limits::kCredentialFileBytes, path);
    Result<RegistriesConf> parsed = text ? parseRegistriesConf(*text, path)
                                         : Result<RegistriesConf>(std::unexpected(text.error()));
    if (parsed) {
        conf.add(std::move(*parsed));
    } else {
        notes.push_back("it was not followed: " + parsed.error().message);
    }
    return true;
}

} // namespace

const RegistryRule *RegistriesConf::ruleFor(const ImageName &name) const
{
    const std::string text = name.text();
    const RegistryRule *best = nullptr;
    std::size_t covered = 0;
    for (const RegistryRule &rule : rules) {
        if (const std::size_t now = coveredBy(rule.prefix, text); now > covered) {
            covered = now;
            best = &rule;
        }
    }
    return best;
}

void RegistriesConf::add(RegistriesConf other)
{
    for (RegistryRule &rule : other.rules) {
        std::erase_if(rules,
                      [&rule](const RegistryRule &known) { return known.prefix == rule.prefix; });
        if (rules.size() < limits::kRegistryRules) {
            rules.push_back(std::move(rule));
        }
    }
    if (!other.searched.empty()) {
        searched = std::move(other.searched);
    }
}

Result<RegistriesConf> parseRegistriesConf(std::string_view text, const std::string &from)
{
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        return fail(ErrorCode::InvalidInput,
                    displayText(from) + ": line "
                        + std::to_string(parsed.error().source().begin.line) + ": "
                        + displayText(parsed.error().description()));
    }
    const toml::table &table = parsed.table();
    if (table["registries"].is_table()) {
        return fail(ErrorCode::Unsupported,
                    displayText(from) + " is of version 1 of its format, which is not read");
    }
    RegistriesConf conf;
    if (const toml::array *const searched = table["unqualified-search-registries"].as_array()) {
        for (const toml::node &host : *searched) {
            conf.searched.push_back(host.value_or(std::string()));
        }
    }
    RegistriesConf rules;
    const toml::array *const list = table["registry"].as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        if (const toml::table *const registry = list->get(i)->as_table()) {
            rules.rules.push_back(ruleOf(*registry, from));
        }
    }
    conf.add(std::move(rules));
    return conf;
}

RegistriesConf readRegistriesConf(const std::vector<std::string> &files,
                                  const std::vector<std::string> &folders,
                                  std::vector<std::string> &notes)
{
    RegistriesConf conf;
    for (const std::string &file : files) {
        if (readFile(file, conf, notes)) {
            break;
        }
    }
    for (const std::string &folder : folders) {
        for (const std::string &file : confFiles(folder)) {
            readFile(file, conf, notes);
        }
    }
    return conf;
}

Result<ImageName> relocated(const ImageName &name,
                            const std::string &prefix,
                            const std::string &location)
{
    if (location.empty()) {
        return name;
    }
    const std::string text = name.text();
    Result<ImageName> moved = ImageName::parse(location + text.substr(coveredBy(prefix, text)));
    const bool isThere = moved && moved->text().starts_with(location);
    return isThere ? moved
                   : fail(ErrorCode::InvalidInput,
                          "“" + displayText(location) + "” is no location of images");
}

} // namespace cutaway
