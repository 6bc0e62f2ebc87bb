// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/ruledata.h"

#include "core/audit/badpackages.h"
#include "core/audit/endoflife.h"

#include <algorithm>

namespace cutaway {

std::string ruleDataDate()
{
    return dayText(std::min(EndOfLifeTable::builtIn().date(), BadPackages::builtIn().date()));
}

} // namespace cutaway
