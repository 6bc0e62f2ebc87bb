// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/structuretest/structuretest.h"
#include "core/base/yaml.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// The members of one map of a test file, taken one by one into what they are for. What is wrong
/// first is kept and told in the end, so that a reader is a plain list of its fields; a key that no
/// field asked for is wrong too.
class YamlFields
{
public:
    YamlFields(const Yaml &map, std::string_view what);

    void text(std::string_view key, std::string &value);
    void requiredText(std::string_view key, std::string &value);
    void flag(std::string_view key, bool &value);
    /// A user or group; -1 stands for any.
    void owner(std::string_view key, std::optional<std::uint32_t> &value);
    void texts(std::string_view key, std::vector<std::string> &values);
    void optionalTexts(std::string_view key, std::optional<std::vector<std::string>> &values);
    void patterns(std::string_view key, std::vector<TestPattern> &values);
    /// `[{key, value, isRegex}]`
    void keyValues(std::string_view key, std::vector<KeyValueTest> &values);
    /// `{KEY: value}`
    void mapping(std::string_view key, std::vector<KeyValueTest> &values);
    /// A key that says nothing about an image at rest.
    void ignored(std::string_view key) { (void)take(key); }
    /// The elements of a list; none where it is absent.
    const std::vector<Yaml> &list(std::string_view key);
    /// The value, or the null value.
    const Yaml &take(std::string_view key);

    void refuse(const Yaml &where, const std::string &message);
    void keep(const Error &error);
    /// The first thing that was wrong.
    [[nodiscard]] Result<> result();

private:
    std::string textOf(const Yaml &value, std::string_view key);

    const Yaml &m_map;
    std::string_view m_what;
    std::vector<std::string> m_known;
    std::optional<Error> m_error;
};

} // namespace cutaway
