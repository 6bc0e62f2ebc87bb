// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/diveci.h"

#include "core/base/ascii.h"
#include "core/base/bytesource.h"
#include "core/base/text.h"
#include "core/base/yaml.h"

#include <filesystem>

namespace cutaway {
namespace {

/// "lowest-efficiency" and "lowestEfficiency" are one key, as dive's reader has it.
std::string folded(const std::string &key)
{
    std::string text;
    for (const char c : key) {
        if (c != '-' && c != '_') {
            text += asciiLower(c);
        }
    }
    return text;
}

Result<GateLimits> limitsOf(const Yaml &root, const std::string &path)
{
    GateLimits limits;
    const Yaml &rules = root["rules"];
    for (const Yaml *part : {&root, &rules}) {
        if (!part->isNull() && !part->isMap()) {
            return failAt(path, *part, "this is not a list of settings");
        }
    }
    for (const auto &[name, setting] : rules.members()) {
        const std::string key = folded(name.text());
        std::string *value = key == "lowestefficiency"           ? &limits.lowestEfficiency
                             : key == "highestwastedbytes"       ? &limits.highestWastedBytes
                             : key == "highestuserwastedpercent" ? &limits.highestUserWastedPercent
                                                                 : nullptr;
        if (value == nullptr || setting.isNull()) {
            continue;
        }
        if (!setting.isScalar()) {
            return failAt(
                path, setting, "'" + displayText(name.text()) + "' is not a single value");
        }
        *value = setting.text();
    }
    return limits;
}

} // namespace

Result<GateLimits> readDiveCi(const std::string &path)
{
    std::error_code ignored;
    const std::string shown = displayText(path);
    if (!std::filesystem::exists(path, ignored)) {
        return fail(ErrorCode::NotFound, shown + ": there is no such file");
    }
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    const Result<std::string> text = readAll(**file, limits::kYamlBytes, shown);
    if (!text) {
        return std::unexpected(text.error());
    }
    const Result<Yaml> root = parseYaml(*text, path);
    return root ? limitsOf(*root, path) : std::unexpected(root.error());
}

} // namespace cutaway
