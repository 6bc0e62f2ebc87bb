// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A JSON Schema (draft 7) to hold documents against. What it refers to has to be inside of it:
/// nothing is fetched. Refused are `pattern` and `patternProperties`, whose matching may take any
/// time on a text from a stranger, and what refers to itself.
class JsonSchema
{
public:
    /// InvalidInput, with `what` in front, for what is no schema; Unsupported for what is refused.
    [[nodiscard]] static Result<JsonSchema> parse(std::string_view text, std::string_view what);
    ~JsonSchema();
    JsonSchema(JsonSchema &&) noexcept;
    JsonSchema &operator=(JsonSchema &&) noexcept;

    /// What is wrong with the document, displayable, one sentence each; empty when it fits.
    [[nodiscard]] std::vector<std::string> problemsOf(std::string_view json) const;

private:
    struct State;
    explicit JsonSchema(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cutaway
