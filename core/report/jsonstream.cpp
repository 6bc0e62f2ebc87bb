// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/jsonstream.h"

namespace cutaway {

namespace {

constexpr std::size_t kRunBytes = 64UL * 1024;

} // namespace

/// What stands in front of the next member or element.
void JsonStream::next()
{
    if (m_isFilled.empty()) {
        return;
    }
    add(m_isFilled.back() ? ",\n" : "\n");
    add(std::string(m_isFilled.size() * 2, ' '));
    m_isFilled.back() = true;
}

void JsonStream::add(std::string_view text)
{
    m_text += text;
    if (m_text.size() >= kRunBytes) {
        m_sink(m_text);
        m_text.clear();
    }
}

void JsonStream::beginObject()
{
    next();
    add("{");
    m_isFilled.push_back(false);
}

void JsonStream::beginObject(std::string_view name)
{
    next();
    add(jsonparts::writtenLine(name) + ": {");
    m_isFilled.push_back(false);
}

void JsonStream::endObject()
{
    m_isFilled.pop_back();
    add('\n' + std::string(m_isFilled.size() * 2, ' ') + '}');
}

void JsonStream::beginList(std::string_view name)
{
    next();
    add(jsonparts::writtenLine(name) + ": [");
    m_isFilled.push_back(false);
}

void JsonStream::endList()
{
    const bool isFilled = m_isFilled.back();
    m_isFilled.pop_back();
    add(isFilled ? '\n' + std::string(m_isFilled.size() * 2, ' ') + ']' : "]");
}

void JsonStream::members(const jsonparts::Value &object)
{
    for (const auto &[name, value] : object.items()) {
        next();
        add(jsonparts::writtenLine(name) + ": ");
        add(jsonparts::writtenDeep(value, m_isFilled.size()));
    }
}

void JsonStream::item(const jsonparts::Value &value)
{
    next();
    add(jsonparts::writtenDeep(value, m_isFilled.size()));
}

void JsonStream::finish()
{
    m_text += '\n';
    m_sink(m_text);
    m_text.clear();
}

} // namespace cutaway
