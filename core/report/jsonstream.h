// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/jsonparts.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Writes an indented JSON document piece by piece, for those of which the whole would take much
/// memory as a tree of values.
class JsonStream
{
public:
    explicit JsonStream(const Sink &sink)
        : m_sink(sink)
    {}

    /// The document, or an element of the list that is open.
    void beginObject();
    /// A member of the object that is open.
    void beginObject(std::string_view name);
    void endObject();
    /// A member of the object that is open.
    void beginList(std::string_view name);
    void endList();
    /// All members of an object, as members of the one that is open.
    void members(const jsonparts::Value &object);
    /// An element of the list that is open.
    void item(const jsonparts::Value &value);
    /// To be called at the end.
    void finish();

private:
    void next();
    void add(std::string_view text);

    const Sink &m_sink;
    std::string m_text;
    std::vector<bool> m_isFilled; ///< of each that is open: something is in it
};

} // namespace cutaway
