// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"

#include <string_view>

namespace cutaway {

/// What a value is, for messages: "a number".
[[nodiscard]] inline std::string_view kindName(const Json &value)
{
    switch (value.kind()) {
    case Json::Kind::Null: return "null";
    case Json::Kind::Bool: return "a boolean";
    case Json::Kind::Integer:
    case Json::Kind::Double: return "a number";
    case Json::Kind::String: return "a text";
    case Json::Kind::Array: return "a list";
    case Json::Kind::Object: return "an object";
    }
    return "something else";
}

} // namespace cutaway
