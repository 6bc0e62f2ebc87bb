// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/structuretest/yamlfields.h"

#include "core/base/text.h"

#include <algorithm>
#include <limits>

namespace cutaway {

namespace {

const std::vector<Yaml> kNoElements;

std::string quotedKey(std::string_view key)
{
    return "'" + displayText(key) + "'";
}

} // namespace

YamlFields::YamlFields(const Yaml &map, std::string_view what)
    : m_map(map)
    , m_what(what)
{
    if (!map.isMap()) {
        refuse(map, "a list of settings is expected here");
    }
}

void YamlFields::refuse(const Yaml &where, const std::string &message)
{
    keep(failAt(m_what, where, message).error());
}

void YamlFields::keep(const Error &error)
{
    if (!m_error) {
        m_error = error;
    }
}

const Yaml &YamlFields::take(std::string_view key)
{
    m_known.emplace_back(key);
    return m_map[key];
}

std::string YamlFields::textOf(const Yaml &value, std::string_view key)
{
    if (!value.isScalar()) {
        refuse(value, quotedKey(key) + " wants a single value");
    }
    return value.text();
}

void YamlFields::text(std::string_view key, std::string &value)
{
    if (const Yaml &given = take(key); !given.isNull()) {
        value = textOf(given, key);
    }
}

void YamlFields::requiredText(std::string_view key, std::string &value)
{
    text(key, value);
    if (value.empty()) {
        refuse(m_map, quotedKey(key) + " is missing");
    }
}

void YamlFields::flag(std::string_view key, bool &value)
{
    const Yaml &given = take(key);
    if (given.isNull()) {
        return;
    }
    const std::optional<bool> flag = given.toBool();
    if (!flag) {
        refuse(given, quotedKey(key) + " wants true or false");
    }
    value = flag.value_or(value);
}

void YamlFields::owner(std::string_view key, std::optional<std::uint32_t> &value)
{
    const Yaml &given = take(key);
    if (given.isNull()) {
        return;
    }
    const std::optional<std::int64_t> number = given.toInteger();
    if (!number || *number < -1 || *number > std::numeric_limits<std::uint32_t>::max()) {
        refuse(given, quotedKey(key) + " wants a number, or -1 for any");
    } else if (*number >= 0) {
        value = static_cast<std::uint32_t>(*number);
    }
}

const std::vector<Yaml> &YamlFields::list(std::string_view key)
{
    const Yaml &given = take(key);
    if (!given.isNull() && !given.isList()) {
        refuse(given, quotedKey(key) + " wants a list");
    }
    return given.isList() ? given.elements() : kNoElements;
}

void YamlFields::texts(std::string_view key, std::vector<std::string> &values)
{
    for (const Yaml &element : list(key)) {
        values.push_back(textOf(element, key));
    }
}

void YamlFields::optionalTexts(std::string_view key,
                               std::optional<std::vector<std::string>> &values)
{
    const bool isGiven = !m_map[key].isNull();
    std::vector<std::string> given;
    texts(key, given);
    if (isGiven) {
        values = std::move(given);
    }
}

void YamlFields::patterns(std::string_view key, std::vector<TestPattern> &values)
{
    for (const Yaml &element : list(key)) {
        std::string text = textOf(element, key);
        Result<Pattern> pattern = Pattern::compile(text);
        if (!pattern) {
            refuse(element, displayText(pattern.error().message));
            return;
        }
        values.push_back({std::move(text), std::make_shared<const Pattern>(std::move(*pattern))});
    }
}

void YamlFields::keyValues(std::string_view key, std::vector<KeyValueTest> &values)
{
    for (const Yaml &element : list(key)) {
        YamlFields fields(element, m_what);
        KeyValueTest test;
        bool isRegex = false;
        fields.requiredText("key", test.key);
        fields.text("value", test.value);
        fields.flag("isRegex", isRegex);
        if (isRegex) {
            Result<Pattern> pattern = Pattern::compile(test.value);
            if (!pattern) {
                refuse(element["value"], displayText(pattern.error().message));
                return;
            }
            test.pattern = std::make_shared<const Pattern>(std::move(*pattern));
        }
        if (const Result<> read = fields.result(); !read) {
            keep(read.error());
        }
        values.push_back(std::move(test));
    }
}

void YamlFields::mapping(std::string_view key, std::vector<KeyValueTest> &values)
{
    const Yaml &given = take(key);
    if (!given.isNull() && !given.isMap()) {
        refuse(given, quotedKey(key) + " wants names and values");
    }
    for (const auto &[name, value] : given.members()) {
        values.push_back({name.text(), textOf(value, name.text()), nullptr});
    }
}

Result<> YamlFields::result()
{
    for (const auto &[key, value] : m_map.members()) {
        if (std::ranges::find(m_known, key.text()) == m_known.end()) {
            const std::string nearest = nearestWord(key.text(), m_known);
            refuse(key,
                   quotedKey(key.text()) + " is not known here"
                       + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
        }
    }
    return m_error ? Result<>(std::unexpected(*m_error)) : Result<>();
}

} // namespace cutaway
