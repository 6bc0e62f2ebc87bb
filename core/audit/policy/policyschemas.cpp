// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/policyreader.h"
#include "core/audit/policy/policywords.h"
#include "core/base/jsonschema.h"

#include <filesystem>

namespace cutaway {

namespace {

/// The schema itself, or what the file of that name holds; names are relative to the policy.
Result<std::string> schemaText(const Yaml &value, const std::string &file)
{
    if (value.text().starts_with('{')) {
        return value.text();
    }
    const Result<std::string> name = textOf(value, file);
    if (!name) {
        return name;
    }
    const std::filesystem::path path = std::filesystem::path(file).parent_path() / *name;
    Result<std::string> text = readSmallFile(path.string());
    return text ? text : failAt(file, value, text.error().message);
}

} // namespace

Result<> readSchemas(const Yaml &value, const std::string &file, Policy &policy)
{
    if (!value.isMap()) {
        return failAt(file, value, "this is not a list of labels and their schemas");
    }
    for (const auto &[key, schema] : value.members()) {
        Result<std::string> text = schemaText(schema, file);
        if (!text) {
            return std::unexpected(text.error());
        }
        if (const auto read = JsonSchema::parse(*text, "the schema of " + key.text()); !read) {
            return failAt(file, schema, read.error().message);
        }
        policy.labels.schemas.push_back({key.text(), std::move(*text)});
    }
    return {};
}

} // namespace cutaway
