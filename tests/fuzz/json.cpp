// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"

#include <array>
#include <vector>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

void appendText(std::string &text, const std::string &value)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    require(isUtf8(value), "texts are UTF-8");
    text += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || c == '"' || c == '\\') {
            text += "\\u00";
            text += kHex[byte >> 4];
            text += kHex[byte & 15U];
        } else {
            text += c;
        }
    }
    text += '"';
}

/// The value as JSON text again; doubles as 0.5, for their value is not given.
class Writer
{
public:
    std::string write(const Json &value)
    {
        push(value);
        while (!m_open.empty()) {
            step();
        }
        return std::move(m_text);
    }

private:
    struct Open
    {
        const Json *value;
        std::size_t next = 0;
    };

    void step()
    {
        Open &top = m_open.back();
        const bool isArray = top.value->isArray();
        const std::size_t count =
            isArray ? top.value->elements().size() : top.value->members().size();
        if (top.next == count) {
            m_text += isArray ? ']' : '}';
            m_open.pop_back();
            return;
        }
        m_text += top.next > 0 ? "," : "";
        const std::size_t index = top.next++;
        if (isArray) {
            push(top.value->elements()[index]);
        } else {
            const Json::Member &member = top.value->members()[index];
            appendText(m_text, member.first);
            m_text += ':';
            push(member.second);
        }
    }

    void push(const Json &value)
    {
        switch (value.kind()) {
        case Json::Kind::Null: m_text += "null"; break;
        case Json::Kind::Bool: m_text += value.toBool() ? "true" : "false"; break;
        case Json::Kind::Integer:
            m_text +=
                value.toInteger() ? std::to_string(*value.toInteger()) : "18446744073709551615";
            break;
        case Json::Kind::Double: m_text += "0.5"; break;
        case Json::Kind::String: appendText(m_text, value.toString()); break;
        case Json::Kind::Array:
        case Json::Kind::Object:
            m_text += value.isArray() ? '[' : '{';
            m_open.push_back({.value = &value});
            break;
        }
    }

    std::string m_text;
    std::vector<Open> m_open;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = textOf(data, size);
    const Result<ParsedJson> strict = parseJson(input, "input");
    const Result<ParsedJson> tolerant = parseJson(input, "input", BadUtf8::Replace);
    for (const auto *parsed : {&strict, &tolerant}) {
        if (!*parsed) {
            const std::string &message = parsed->error().message;
            requireEqual(displayText(message), message, "safe message");
        }
    }
    require(!strict || (tolerant && !tolerant->repairedUtf8), "what is right needs no repair");
    if (tolerant) {
        const std::string text = Writer().write(tolerant->value);
        const Result<ParsedJson> again = parseJson(text, "again");
        require(again.has_value(), "what was parsed can be written and parsed again");
        requireEqual(Writer().write(again->value), text, "the same value");
    }
    return 0;
}
