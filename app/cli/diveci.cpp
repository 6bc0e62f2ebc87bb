// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/diveci.h"

#include "core/base/bytesource.h"
#include "core/base/text.h"

#include <cstdint>
#include <filesystem>
#include <yaml-cpp/yaml.h>

namespace cutaway::cli {
namespace {

constexpr std::uint64_t kFileBytes = 1U << 20U;

/// "lowest-efficiency" and "lowestEfficiency" are one key, as dive's reader has it.
std::string folded(const std::string &key)
{
    std::string text;
    for (const char c : key) {
        if (c != '-' && c != '_') {
            text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return text;
}

Result<GateLimits> limitsOf(const YAML::Node &root)
{
    GateLimits limits;
    if (root.IsNull()) {
        return limits;
    }
    if (!root.IsMap()) {
        return fail(ErrorCode::InvalidInput, "not a list of settings");
    }
    const YAML::Node rules = root["rules"];
    if (!rules.IsDefined() || rules.IsNull()) {
        return limits;
    }
    if (!rules.IsMap()) {
        return fail(ErrorCode::InvalidInput, "\"rules\" is not a list of settings");
    }
    for (const auto &rule : rules) {
        if (!rule.first.IsScalar() || rule.second.IsNull()) {
            continue;
        }
        const std::string key = folded(rule.first.Scalar());
        std::string *value = key == "lowestefficiency"           ? &limits.lowestEfficiency
                             : key == "highestwastedbytes"       ? &limits.highestWastedBytes
                             : key == "highestuserwastedpercent" ? &limits.highestUserWastedPercent
                                                                 : nullptr;
        if (value == nullptr) {
            continue;
        }
        if (!rule.second.IsScalar()) {
            return fail(ErrorCode::InvalidInput,
                        "\"" + displayText(rule.first.Scalar()) + "\" is not a single value");
        }
        *value = rule.second.Scalar();
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
    const Result<std::string> text = readAll(**file, kFileBytes, shown);
    if (!text) {
        return std::unexpected(text.error());
    }
    try {
        const Result<GateLimits> limits = limitsOf(YAML::Load(*text));
        return limits ? limits : failIn(shown, limits.error());
    } catch (const YAML::Exception &error) {
        return fail(ErrorCode::InvalidInput, shown + ": " + displayText(error.what()));
    }
}

} // namespace cutaway::cli
