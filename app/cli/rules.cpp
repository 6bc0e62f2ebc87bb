// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/audit/rule.h"
#include "core/base/text.h"

namespace cutaway::cli {

int runRules(Context &context)
{
    std::vector<const Rule *> rules;
    if (!context.arguments.words.empty()) {
        const std::string &name = context.arguments.words.front();
        rules = rulesNamed(name);
        if (rules.empty()) {
            std::vector<std::string> ids;
            for (const Rule &rule : allRules()) {
                ids.emplace_back(rule.id);
            }
            const std::string nearest = nearestWord(name, ids);
            complain("there is no rule '" + displayText(name) + "'"
                     + (nearest.empty() ? "; see cutaway-cli rules"
                                        : "; did you mean '" + nearest + "'?"));
            return ExitUsage;
        }
    }
    context.output.write(context.format == "json"       ? rulesJson(rules)
                         : context.format == "markdown" ? rulesMarkdown(rules)
                                                        : rulesText(rules, context.style));
    return finish(context);
}

} // namespace cutaway::cli
