// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/jsonschema.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <new>
#include <ranges>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#if !VALIJSON_USE_EXCEPTIONS
#error "without exceptions the library ends the program at the first schema that is none"
#endif

namespace cutaway {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::size_t kSchemaBytes = 256 * 1024;
/// The library matches dates by std::regex, which goes as deep as its text is long.
constexpr std::size_t kDocumentBytes = 8 * 1024;
constexpr std::size_t kProblemsShown = 5;
/// Of a schema with all that it refers to put in place: what one document may cost.
constexpr std::size_t kExpandedValues = 10'000;
constexpr std::size_t kExpandedDepth = 200;

/// The value that a reference like "#/definitions/one" means; null where there is none.
const Json &referredTo(const Json &root, std::string_view reference)
{
    static const Json kNothing;
    if (!reference.starts_with("#/")) {
        return kNothing;
    }
    const Json *value = &root;
    for (const auto &&part : std::views::split(reference.substr(2), '/')) {
        std::string name(part.begin(), part.end());
        if (name.find_first_of("~%") != std::string::npos) {
            return kNothing;
        }
        value = &(*value)[name];
    }
    return *value;
}

/// Walks the schema as the library does. What goes round in circles, or doubles at each step, comes
/// to an end here and not there.
class Walk
{
public:
    explicit Walk(const Json &root)
        : m_root(root)
    {}

    /// What cannot be done with it; empty when all can.
    std::string problemOf(const Json &value, std::size_t depth = 0)
    {
        if (depth >= kExpandedDepth || ++m_values > kExpandedValues) {
            return "it refers to itself, or is too large with all that it refers to";
        }
        if (value.contains("patternProperties") || value["pattern"].isString()) {
            return "'pattern' and 'patternProperties' are not supported";
        }
        if (const Json &reference = value["$ref"]; reference.isString()) {
            const Json &target = referredTo(m_root, reference.toString());
            return target.isNull()
                       ? "there is nothing in it at '" + displayText(reference.toString()) + "'"
                       : problemOf(target, depth + 1);
        }
        for (const auto &[key, member] : value.members()) {
            if (std::string problem = problemOf(member, depth + 1); !problem.empty()) {
                return problem;
            }
        }
        for (const Json &element : value.elements()) {
            if (std::string problem = problemOf(element, depth + 1); !problem.empty()) {
                return problem;
            }
        }
        return {};
    }

private:
    const Json &m_root;
    std::size_t m_values = 0;
};

} // namespace

struct JsonSchema::State
{
    valijson::Schema schema;
};

JsonSchema::JsonSchema(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}
JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema &&) noexcept = default;
JsonSchema &JsonSchema::operator=(JsonSchema &&) noexcept = default;

Result<JsonSchema> JsonSchema::parse(std::string_view text, std::string_view what)
{
    const std::string name = displayText(what);
    if (text.size() > kSchemaBytes) {
        return fail(ErrorCode::LimitExceeded,
                    name + ": this is larger than " + formatBytes(kSchemaBytes));
    }
    const Result<ParsedJson> parsed = parseJson(text, name); // bounds its depth
    if (!parsed) {
        return fail(ErrorCode::InvalidInput, parsed.error().message);
    }
    if (!parsed->value.isObject()) {
        return fail(ErrorCode::InvalidInput, name + ": this is no JSON Schema");
    }
    if (const std::string problem = Walk(parsed->value).problemOf(parsed->value);
        !problem.empty()) {
        return fail(ErrorCode::Unsupported, name + ": " + problem);
    }
    try {
        auto state = std::make_unique<State>();
        const nlohmann::json document = nlohmann::json::parse(text);
        valijson::SchemaParser().populateSchema(Adapter(document), state->schema);
        return JsonSchema(std::move(state));
    } catch (const std::bad_alloc &) {
        return failOutOfMemory();
    } catch (const std::exception &error) {
        return fail(ErrorCode::InvalidInput, name + ": " + displayText(error.what()));
    }
}

std::vector<std::string> JsonSchema::problemsOf(std::string_view json) const
{
    if (json.size() > kDocumentBytes) {
        return {"It is larger than " + formatBytes(kDocumentBytes) + "."};
    }
    const Result<ParsedJson> parsed = parseJson(json, "It"); // bounds its depth
    if (!parsed) {
        return {parsed.error().message + "."};
    }
    std::vector<std::string> problems;
    try {
        const nlohmann::json document = nlohmann::json::parse(json);
        valijson::ValidationResults results;
        valijson::Validator validator;
        if (validator.validate(m_state->schema, Adapter(document), &results)) {
            return {};
        }
        valijson::ValidationResults::Error error;
        while (problems.size() < kProblemsShown && results.popError(error)) {
            std::string place;
            for (const std::string &part : error.context) {
                place += part;
            }
            problems.push_back(displayText(place + ": " + error.description));
        }
    } catch (const std::exception &error) {
        problems.push_back(displayText(error.what()));
    }
    return problems;
}

} // namespace cutaway
