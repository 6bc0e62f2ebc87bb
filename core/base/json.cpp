// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include "core/base/ascii.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_map>

namespace cutaway {
namespace {

const Json kNullValue;

bool equalAnyCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, asciiLower, asciiLower);
}

std::string placeIn(std::string_view text, std::size_t position)
{
    const std::string_view before = text.substr(0, std::min(position, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t lineStart = before.rfind('\n');
    const std::size_t column =
        lineStart == std::string_view::npos ? before.size() : before.size() - lineStart - 1;
    return "line " + std::to_string(line) + ", column "
           + std::to_string(std::max<std::size_t>(column, 1));
}

} // namespace

bool Json::toBool(bool otherwise) const
{
    return m_kind == Kind::Bool ? m_bool : otherwise;
}

std::optional<std::int64_t> Json::toInteger() const
{
    return m_kind == Kind::Integer ? std::optional(m_integer) : std::nullopt;
}

const Json &Json::operator[](std::string_view key) const
{
    const auto found = std::ranges::find(m_members, key, &Member::first);
    return found == m_members.end() ? kNullValue : found->second;
}

const Json &Json::anyCase(std::string_view key) const
{
    const auto exact = std::ranges::find(m_members, key, &Member::first);
    if (exact != m_members.end()) {
        return exact->second;
    }
    const auto similar = std::ranges::find_if(
        m_members, [key](const Member &member) { return equalAnyCase(member.first, key); });
    return similar == m_members.end() ? kNullValue : similar->second;
}

bool Json::contains(std::string_view key) const
{
    return std::ranges::find(m_members, key, &Member::first) != m_members.end();
}

Json Json::ofText(std::string text)
{
    Json json;
    json.m_kind = Kind::String;
    json.m_text = std::move(text);
    return json;
}

/// Takes the parser's events and builds values, counting and bounding as it goes. Its interface is
/// nlohmann's, names included.
class JsonBuilder
{
public:
    explicit JsonBuilder(std::size_t mostValues)
        : m_mostValues(mostValues)
    {}

    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    // NOLINTBEGIN(readability-identifier-naming): the parser calls these names
    bool null() { return put({}); }
    bool boolean(bool value)
    {
        Json json;
        json.m_kind = Json::Kind::Bool;
        json.m_bool = value;
        return put(std::move(json));
    }
    bool number_integer(number_integer_t value)
    {
        Json json;
        json.m_kind = Json::Kind::Integer;
        json.m_integer = value;
        return put(std::move(json));
    }
    bool number_unsigned(number_unsigned_t value)
    {
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
            return number_float(static_cast<double>(value), {});
        }
        return number_integer(static_cast<std::int64_t>(value));
    }
    bool number_float(number_float_t value, const string_t &)
    {
        Json json;
        json.m_kind = Json::Kind::Double;
        json.m_double = value;
        return put(std::move(json));
    }
    bool string(string_t &value) { return put(Json::ofText(std::move(value))); }
    bool binary(binary_t &) { return false; }
    bool start_object(std::size_t) { return open(Json::Kind::Object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::Kind::Array); }
    bool end_array() { return close(); }
    bool key(string_t &value)
    {
        m_keys.back() = std::move(value);
        return true;
    }
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &)
    {
        errorPosition = position;
        return false;
    }
    // NOLINTEND(readability-identifier-naming)

    Json root;
    std::string problem; ///< a limit of ours; empty when the syntax itself is at fault
    std::size_t errorPosition = 0;

private:
    using KeyTable = std::unordered_map<std::string, std::size_t>;

    bool open(Json::Kind kind)
    {
        if (m_stack.size() >= limits::kJsonDepth) {
            problem = "nested deeper than " + std::to_string(limits::kJsonDepth) + " levels";
            return false;
        }
        Json json;
        json.m_kind = kind;
        m_stack.push_back(std::move(json));
        m_keys.emplace_back();
        m_tables.emplace_back();
        return true;
    }

    bool close()
    {
        Json done = std::move(m_stack.back());
        m_stack.pop_back();
        m_keys.pop_back();
        m_tables.pop_back();
        return put(std::move(done));
    }

    bool put(Json value)
    {
        if (++m_count > m_mostValues) {
            problem = "holds more than " + std::to_string(m_mostValues) + " values";
            return false;
        }
        if (m_stack.empty()) {
            root = std::move(value);
            return true;
        }
        Json &parent = m_stack.back();
        if (parent.isArray()) {
            parent.m_elements.push_back(std::move(value));
            return true;
        }
        const auto [slot, isNew] =
            m_tables.back().try_emplace(m_keys.back(), parent.m_members.size());
        if (isNew) {
            parent.m_members.emplace_back(std::move(m_keys.back()), std::move(value));
        } else {
            parent.m_members[slot->second].second = std::move(value);
        }
        return true;
    }

    std::vector<Json> m_stack;
    std::vector<std::string> m_keys;
    std::vector<KeyTable> m_tables; ///< key → member, so that doubled keys cost no search
    std::size_t m_count = 0;
    std::size_t m_mostValues;
};

Result<ParsedJson> parseJson(std::string_view text, std::string_view what, BadUtf8 badUtf8)
{
    if (text.size() > limits::kJsonMostBytes) {
        return fail(ErrorCode::LimitExceeded,
                    std::string(what) + " is larger than " + formatBytes(limits::kJsonMostBytes));
    }
    ParsedJson parsed;
    std::string repaired;
    if (!isUtf8(text)) {
        if (badUtf8 == BadUtf8::Refuse) {
            return fail(ErrorCode::Corrupt,
                        std::string(what) + " is not valid JSON: it is not UTF-8 text");
        }
        repaired = replaceBadUtf8(text);
        text = repaired;
        parsed.repairedUtf8 = true;
    }
    JsonBuilder builder(std::max(limits::kJsonValues, text.size() / 8));
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        parsed.value = std::move(builder.root);
        return parsed;
    }
    if (!builder.problem.empty()) {
        return fail(ErrorCode::LimitExceeded, std::string(what) + " is " + builder.problem);
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(ErrorCode::Corrupt, std::string(what) + " is not valid JSON: it is empty");
    }
    return fail(ErrorCode::Corrupt,
                std::string(what) + " is not valid JSON: error at "
                    + placeIn(text, builder.errorPosition));
}

} // namespace cutaway
