// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/metadatarules.h"
#include "core/audit/settings.h"
#include "core/base/pattern.h"

#include <array>

namespace cutaway {
namespace {

constexpr std::array<std::string_view, 6> kNames = {
    "semver", "rfc3339", "url", "spdx", "hash", "email"};

/// Shapes that are regular; the pattern has to fit the whole value.
const Pattern &shapeOf(LabelType type)
{
    static const auto kCompile = [](std::string_view text) {
        return std::move(Pattern::compile(text).value()); // a test compiles all of them
    };
    static const Pattern kTime = kCompile(R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ])"
                                          R"(([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?)"
                                          R"(([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d))");
    static const Pattern kUrl = kCompile(R"([A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]+[^\s]*)");
    // Names, AND, OR, WITH and brackets; that the brackets match is not looked at.
    static const Pattern kSpdx =
        kCompile(R"(\(*[A-Za-z0-9][A-Za-z0-9.-]*\+?( WITH [A-Za-z0-9.-]+)?\)*)"
                 R"(( (AND|OR) \(*[A-Za-z0-9][A-Za-z0-9.-]*\+?( WITH [A-Za-z0-9.-]+)?\)*)*)");
    static const Pattern kHash = kCompile(R"([0-9a-f]{7,64})");
    static const Pattern kEmail =
        kCompile(R"((.*<)?[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+>?)");
    switch (type) {
    case LabelType::Rfc3339: return kTime;
    case LabelType::Url: return kUrl;
    case LabelType::Spdx: return kSpdx;
    case LabelType::Hash: return kHash;
    case LabelType::SemVer:
    case LabelType::Email: break;
    }
    return kEmail;
}

} // namespace

std::string_view labelTypeName(LabelType type)
{
    return kNames.at(static_cast<std::size_t>(type));
}

bool isOfType(std::string_view value, LabelType type)
{
    return type == LabelType::SemVer ? isSemanticVersion(value) : shapeOf(type).matches(value);
}

} // namespace cutaway
