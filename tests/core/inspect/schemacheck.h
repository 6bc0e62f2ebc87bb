// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace cutaway::test {

/// Holds JSON against the schemas of resources/schema. Knows the keywords that these use and no
/// other, and is stricter than they are in one point: a member that a schema does not name is
/// wrong.
class SchemaCheck
{
public:
    explicit SchemaCheck(std::filesystem::path folder)
        : m_folder(std::move(folder))
    {}

    /// What is wrong first and where: "/layers/0/index: …"; empty when all is well.
    std::string check(const nlohmann::json &value, const std::string &reference)
    {
        m_problem.clear();
        check(value, reference, {}, {});
        return m_problem;
    }

private:
    using json = nlohmann::json;

    const json &file(const std::string &name)
    {
        auto found = m_files.find(name);
        if (found == m_files.end()) {
            std::ifstream stream(m_folder / name);
            found = m_files.emplace(name, json::parse(stream)).first;
        }
        return found->second;
    }

    void check(const json &value,
               const std::string &reference,
               std::string base,
               const std::string &at)
    {
        const std::size_t hash = reference.find('#');
        if (hash != 0) {
            base = reference.substr(0, hash);
        }
        const std::string pointer = hash == std::string::npos ? "" : reference.substr(hash + 1);
        check(value, file(base).at(json::json_pointer(pointer)), base, at);
    }

    void check(const json &value,
               const json &schema,
               const std::string &base,
               const std::string &at)
    {
        for (const auto &[keyword, rule] : schema.items()) {
            if (!m_problem.empty()) {
                return;
            }
            if (keyword == "$ref") {
                check(value, rule.get<std::string>(), base, at);
            } else if (keyword == "anyOf") {
                checkAny(value, rule, base, at);
            } else if (keyword == "items" && value.is_array()) {
                for (std::size_t i = 0; i < value.size(); ++i) {
                    check(value[i], rule, base, at + "/" + std::to_string(i));
                }
            } else if (!holds(keyword, rule, value)) {
                m_problem = at + ": " + value.dump().substr(0, 200) + " breaks " + keyword + " "
                            + rule.dump().substr(0, 200);
            }
        }
        if (value.is_object() && m_problem.empty()) {
            checkMembers(value, schema, base, at);
        }
    }

    void checkAny(const json &value,
                  const json &schemas,
                  const std::string &base,
                  const std::string &at)
    {
        std::string first;
        for (const json &schema : schemas) {
            check(value, schema, base, at);
            if (m_problem.empty()) {
                return;
            }
            first = first.empty() ? m_problem : first;
            m_problem.clear();
        }
        m_problem = first;
    }

    void checkMembers(const json &value,
                      const json &schema,
                      const std::string &base,
                      const std::string &at)
    {
        const json none = json::object();
        const json &properties = schema.contains("properties") ? schema["properties"] : none;
        for (const auto &[name, member] : value.items()) {
            const std::string place = at + "/" + name;
            if (properties.contains(name)) {
                check(member, properties[name], base, place);
            } else if (schema.contains("additionalProperties")) {
                check(member, schema["additionalProperties"], base, place);
            } else if (schema.contains("properties") && m_problem.empty()) {
                m_problem = place + ": the schema does not name it";
            }
        }
    }

    static bool isOfType(const json &value, const std::string &type)
    {
        return (type == "null" && value.is_null()) || (type == "boolean" && value.is_boolean())
               || (type == "integer" && value.is_number_integer())
               || (type == "number" && value.is_number()) || (type == "string" && value.is_string())
               || (type == "array" && value.is_array()) || (type == "object" && value.is_object());
    }

    static bool holds(const std::string &keyword, const json &rule, const json &value)
    {
        if (keyword == "type") {
            const json types = rule.is_array() ? rule : json::array({rule});
            return std::ranges::any_of(
                types, [&](const json &type) { return isOfType(value, type.get<std::string>()); });
        }
        if (keyword == "const") {
            return value == rule;
        }
        if (keyword == "enum") {
            return std::ranges::find(rule, value) != rule.end();
        }
        if (keyword == "required" && value.is_object()) {
            return std::ranges::all_of(
                rule, [&](const json &name) { return value.contains(name.get<std::string>()); });
        }
        if (keyword == "minimum" && value.is_number()) {
            return value >= rule;
        }
        if (keyword == "maximum" && value.is_number()) {
            return value <= rule;
        }
        if (keyword == "minItems" && value.is_array()) {
            return value.size() >= rule.get<std::size_t>();
        }
        if (keyword == "maxItems" && value.is_array()) {
            return value.size() <= rule.get<std::size_t>();
        }
        if (keyword == "uniqueItems" && value.is_array()) {
            return std::set<json>(value.begin(), value.end()).size() == value.size();
        }
        if (keyword == "minLength" && value.is_string()) {
            return value.get<std::string>().size() >= rule.get<std::size_t>();
        }
        if (keyword == "pattern" && value.is_string()) {
            return std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
        }
        static const std::set<std::string> kKnown = {"$schema",
                                                     "$defs",
                                                     "title",
                                                     "description",
                                                     "properties",
                                                     "additionalProperties",
                                                     "items",
                                                     "required",
                                                     "minimum",
                                                     "maximum",
                                                     "minItems",
                                                     "maxItems",
                                                     "uniqueItems",
                                                     "minLength",
                                                     "pattern"};
        return kKnown.contains(keyword);
    }

    std::filesystem::path m_folder;
    std::map<std::string, json> m_files;
    std::string m_problem;
};

} // namespace cutaway::test
