// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/policyreader.h"

#include "core/audit/policy/policywords.h"
#include "core/audit/policy/profiles.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cutaway {
namespace {

constexpr std::array kSeverities = {
    Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical};
constexpr std::array kConfidences = {
    Confidence::Heuristic, Confidence::Likely, Confidence::Certain};
constexpr std::array kKinds = {ImageKind::Application,
                               ImageKind::Runtime,
                               ImageKind::OsBase,
                               ImageKind::Builder,
                               ImageKind::Distroless,
                               ImageKind::Scratch,
                               ImageKind::Windows,
                               ImageKind::Artifact};
constexpr std::array kLabelTypes = {LabelType::SemVer,
                                    LabelType::Rfc3339,
                                    LabelType::Url,
                                    LabelType::Spdx,
                                    LabelType::Hash,
                                    LabelType::Email};

template<typename List, typename Name>
auto named(const List &list, std::string_view word, Name name)
    -> std::optional<typename List::value_type>
{
    const auto found = std::ranges::find(list, word, name);
    return found == list.end() ? std::nullopt : std::optional(*found);
}

/// A word of a list, or an error that names them all.
template<typename List, typename Name>
auto choiceOf(const Yaml &value, const std::string &file, const List &list, Name name)
    -> Result<typename List::value_type>
{
    if (value.isScalar()) {
        if (const auto found = named(list, value.text(), name)) {
            return *found;
        }
    }
    std::string all;
    for (const auto &item : list) {
        all += (all.empty() ? "" : ", ") + std::string(name(item));
    }
    return failAt(file, value, "'" + displayText(value.text()) + "' is none of " + all);
}

/// What a key of the document does.
struct KeyRow
{
    std::string_view key;
    Result<> (*read)(const Yaml &value, const std::string &file, Policy &policy);
};

/// Goes through the members of a map by a table of what they do.
template<typename Rows>
Result<> readKeys(const Yaml &map, const std::string &file, Policy &policy, const Rows &rows)
{
    if (map.isNull()) {
        return {};
    }
    if (!map.isMap()) {
        return failAt(file, map, "this is not a list of settings");
    }
    for (const auto &[key, value] : map.members()) {
        const auto row = std::ranges::find(rows, std::string_view(key.text()), &KeyRow::key);
        if (row == rows.end()) {
            std::vector<std::string> known;
            for (const KeyRow &one : rows) {
                known.emplace_back(one.key);
            }
            return unknownKey(key, file, known);
        }
        if (const Result<> read = row->read(value, file, policy); !read) {
            return read;
        }
    }
    return {};
}

template<typename Value>
Result<> put(Result<Value> value, auto &into)
{
    if (!value) {
        return std::unexpected(value.error());
    }
    into = std::move(*value);
    return {};
}

Result<> append(Result<std::vector<std::string>> texts, std::vector<std::string> &into)
{
    if (!texts) {
        return std::unexpected(texts.error());
    }
    std::ranges::move(*texts, std::back_inserter(into));
    return {};
}

Result<bool> boolOf(const Yaml &value, const std::string &file)
{
    const std::optional<bool> answer = value.toBool();
    return answer ? Result<bool>(*answer) : failAt(file, value, "this must be true or false");
}

Result<> readVersion(const Yaml &value, const std::string &file, Policy &)
{
    return value.toInteger() == 1 ? Result<>()
                                  : failAt(file, value, "only version 1 of policies is known");
}

Result<> readFailOn(const Yaml &value, const std::string &file, Policy &policy)
{
    if (value.text() == "none") {
        policy.failOn = std::optional<Severity>();
        return {};
    }
    const auto severity = choiceOf(value, file, kSeverities, severityName);
    if (!severity) {
        return failAt(file,
                      value,
                      "'" + displayText(value.text())
                          + "' is none of none, info, low, medium, high, critical");
    }
    policy.failOn = std::optional(*severity);
    return {};
}

Result<> readFailOnGrade(const Yaml &value, const std::string &file, Policy &policy)
{
    const std::string &grade = value.text();
    if (grade.size() != 1 || grade[0] < 'A' || grade[0] > 'F') {
        return failAt(file, value, "a grade is one of A, B, C, D, E, F");
    }
    policy.failOnGrade = grade[0];
    return {};
}

Result<> readThresholds(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of settings");
    }
    for (const auto &[key, figure] : value.members()) {
        const ThresholdRow *row = findThreshold(key.text());
        if (row == nullptr) {
            std::vector<std::string> known;
            for (const ThresholdRow &one : thresholdRows()) {
                known.emplace_back(one.name);
            }
            return unknownKey(key, file, known);
        }
        Thresholds tried;
        if (const Result<> set = setThreshold(tried, *row, figure.text()); !set) {
            return failAt(file, figure, set.error().message);
        }
        policy.thresholds.push_back({row, figure.text()});
    }
    return {};
}

Result<> readSeverity(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of rules and their severities");
    }
    for (const auto &[key, word] : value.members()) {
        Result<std::vector<std::string>> rules = rulesOf(key, file);
        const auto severity = choiceOf(word, file, kSeverities, severityName);
        if (!rules || !severity) {
            return std::unexpected(rules ? severity.error() : rules.error());
        }
        policy.severities.push_back({std::move(*rules), *severity});
    }
    return {};
}

Result<> readSwitch(const Yaml &value, const std::string &file, Policy &policy, bool isOn)
{
    Result<std::vector<std::string>> rules = rulesOf(value, file);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    policy.switches.push_back({std::move(*rules), isOn});
    return {};
}

Result<> readLabelTypes(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of labels and their types");
    }
    for (const auto &[key, word] : value.members()) {
        const auto type = choiceOf(word, file, kLabelTypes, labelTypeName);
        if (!type) {
            return std::unexpected(type.error());
        }
        policy.labels.types.push_back({key.text(), *type});
    }
    return {};
}

Result<> readLabels(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {
        KeyRow{"required",
               [](const Yaml &list, const std::string &name, Policy &into) {
                   return append(textsOf(list, name), into.labels.required);
               }},
        KeyRow{"types", &readLabelTypes},
    };
    return readKeys(value, file, policy, kRows);
}

Result<> readBase(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {
        KeyRow{"approved",
               [](const Yaml &list, const std::string &name, Policy &into) {
                   return append(textsOf(list, name), into.approvedBases);
               }},
        KeyRow{"ref",
               [](const Yaml &text, const std::string &name, Policy &into) {
                   return put(textOf(text, name), into.baseReference);
               }},
    };
    return readKeys(value, file, policy, kRows);
}

Result<> readSecrets(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {KeyRow{"allow", &readAllowedSecrets}};
    return readKeys(value, file, policy, kRows);
}

Result<> readImage(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {
        KeyRow{"kind",
               [](const Yaml &word, const std::string &name, Policy &into) {
                   return put(choiceOf(word, name, kKinds, imageKindName), into.kind);
               }},
    };
    return readKeys(value, file, policy, kRows);
}

Result<> readEndsOfLife(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of releases and their last days");
    }
    for (const auto &[key, word] : value.members()) {
        if (!key.text().contains(':')) {
            return failAt(file, key, "a release is written as debian:11");
        }
        const auto day = dayNamed(word.text());
        if (!day) {
            return failAt(file, word, "a day is written as 2027-03-31");
        }
        policy.endsOfLife[key.text()] = *day;
    }
    return {};
}

Result<> readBudgets(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of paths and their sizes");
    }
    for (const auto &[key, size] : value.members()) {
        if (!key.text().starts_with('/')) {
            return failAt(file, key, "a path begins with a slash");
        }
        const std::optional<std::uint64_t> bytes = parseBytes(size.text());
        if (!bytes) {
            return failAt(file, size, "a size is written as 20MB or 20MiB");
        }
        policy.budgets[key.text()] = *bytes;
    }
    return {};
}

Result<> readEol(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {KeyRow{"overrides", &readEndsOfLife}};
    return readKeys(value, file, policy, kRows);
}

Result<> readSupply(const Yaml &value, const std::string &file, Policy &policy)
{
    static constexpr std::array kRows = {
        KeyRow{"denyPackages",
               [](const Yaml &list, const std::string &name, Policy &into) {
                   return append(textsOf(list, name), into.deniedPackages);
               }},
        KeyRow{"denyLicenses",
               [](const Yaml &list, const std::string &name, Policy &into) {
                   into.deniedLicences = into.deniedLicences.value_or(std::vector<std::string>());
                   return append(textsOf(list, name), *into.deniedLicences);
               }},
    };
    return readKeys(value, file, policy, kRows);
}

Result<> readAssertions(const Yaml &value, const std::string &file, Policy &policy)
{
    Result<StructureTests> read = readAsserts(value, file);
    if (!read) {
        return std::unexpected(read.error());
    }
    StructureTests &all = policy.asserts;
    std::ranges::move(read->existenceTests, std::back_inserter(all.existenceTests));
    std::ranges::move(read->contentTests, std::back_inserter(all.contentTests));
    std::ranges::move(read->metadataTests, std::back_inserter(all.metadataTests));
    return {};
}

constexpr std::array kKeys = {
    KeyRow{"version", &readVersion},
    KeyRow{"profile",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return put(choiceOf(value, file, kAllProfiles, profileName), policy.profile);
           }},
    KeyRow{"extends", [](const Yaml &, const std::string &, Policy &) { return Result<>(); }},
    KeyRow{"failOn", &readFailOn},
    KeyRow{"failOnGrade", &readFailOnGrade},
    KeyRow{"minConfidence",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return put(choiceOf(value, file, kConfidences, confidenceName),
                          policy.minConfidence);
           }},
    KeyRow{"thresholds", &readThresholds},
    KeyRow{"severity", &readSeverity},
    KeyRow{"enable",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return readSwitch(value, file, policy, true);
           }},
    KeyRow{"disable",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return readSwitch(value, file, policy, false);
           }},
    KeyRow{"labels", &readLabels},
    KeyRow{"schemas", &readSchemas},
    KeyRow{"base", &readBase},
    KeyRow{"image", &readImage},
    KeyRow{"eol", &readEol},
    KeyRow{"supply", &readSupply},
    KeyRow{"budgets", &readBudgets},
    KeyRow{"ignore", &readIgnores},
    KeyRow{"secrets", &readSecrets},
    KeyRow{"assert", &readAssertions},
    KeyRow{"allowImageSuppressions",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return put(boolOf(value, file), policy.allowImageSuppressions);
           }},
    KeyRow{"requireReason",
           [](const Yaml &value, const std::string &file, Policy &policy) {
               return put(boolOf(value, file), policy.requireReason);
           }},
};

} // namespace

Result<> readPolicy(const Yaml &root, const std::string &file, Policy &policy)
{
    // An entry is measured by what the file itself says on reasons, wherever it says so.
    if (const Yaml &value = root["requireReason"]; !value.isNull()) {
        if (const Result<> read = put(boolOf(value, file), policy.requireReason); !read) {
            return read;
        }
    }
    return readKeys(root, file, policy, kKeys);
}

std::optional<Severity> severityNamed(std::string_view name)
{
    return named(kSeverities, name, severityName);
}

std::optional<Profile> profileNamed(std::string_view name)
{
    return named(kAllProfiles, name, profileName);
}

std::optional<Confidence> confidenceNamed(std::string_view name)
{
    return named(kConfidences, name, confidenceName);
}

} // namespace cutaway
