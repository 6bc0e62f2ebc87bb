// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/yaml.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

/// The value as YAML text again, all scalars in quotes and all lists and maps in brackets. Checks
/// the bounds on the way.
class Writer
{
public:
    std::string write(const Yaml &value)
    {
        add(value, 0);
        require(m_nodes <= limits::kYamlNodes, "no more values than allowed");
        return std::move(m_text);
    }

private:
    void addText(const std::string &value)
    {
        static constexpr std::string_view kHex = "0123456789abcdef";
        require(isUtf8(value), "texts are UTF-8");
        m_text += '"';
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20 || byte == 0x7f || c == '"' || c == '\\') {
                m_text += "\\x";
                m_text += kHex[byte >> 4];
                m_text += kHex[byte & 15U];
            } else {
                m_text += c;
            }
        }
        m_text += '"';
    }
    void add(const Yaml &value, std::size_t depth)
    {
        ++m_nodes;
        const bool isInside = value.isList() || value.isMap();
        require(depth + (isInside ? 1 : 0) <= limits::kYamlDepth, "no deeper than allowed");
        switch (value.kind()) {
        case Yaml::Kind::Null: m_text += "null"; break;
        case Yaml::Kind::Scalar: addText(value.text()); break;
        case Yaml::Kind::List:
            m_text += '[';
            for (const Yaml &element : value.elements()) {
                add(element, depth + 1);
                m_text += ',';
            }
            m_text += ']';
            break;
        case Yaml::Kind::Map:
            m_text += '{';
            for (const auto &[key, member] : value.members()) {
                m_text += "? "; // an implicit key has a thousand characters at most
                add(key, depth + 1);
                m_text += " : ";
                add(member, depth + 1);
                m_text += ',';
            }
            m_text += '}';
            break;
        }
    }

    std::string m_text;
    std::size_t m_nodes = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Result<Yaml> parsed = parseYaml(textOf(data, size), "input");
    if (!parsed) {
        const std::string &message = parsed.error().message;
        requireEqual(displayText(message), message, "safe message");
        return 0;
    }
    const std::string text = Writer().write(*parsed);
    if (text.size() > limits::kYamlBytes) {
        return 0;
    }
    const Result<Yaml> again = parseYaml(text, "again");
    require(again.has_value(), "what was parsed can be written and parsed again");
    requireEqual(Writer().write(*again), text, "the same value");
    return 0;
}
