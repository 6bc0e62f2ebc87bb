// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filterregex.h"

#include "core/base/pattern.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace cutaway {

Result<TextTest> compileRegex(std::string_view pattern)
{
    const bool hasCapital =
        std::ranges::any_of(pattern, [](char c) { return c >= 'A' && c <= 'Z'; });
    Result<Pattern> compiled = Pattern::compile((hasCapital ? "" : "(?i)") + std::string(pattern));
    if (!compiled) {
        return failIn("the expression is not valid", compiled.error());
    }
    return [expression = std::make_shared<const Pattern>(std::move(*compiled))](
               std::string_view name) { return expression->isFoundIn(name); };
}

} // namespace cutaway
