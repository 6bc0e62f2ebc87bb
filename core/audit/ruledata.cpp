// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/ruledata.h"

#include "core/audit/endoflife.h"

namespace cutaway {

std::string ruleDataDate()
{
    return dayText(EndOfLifeTable::builtIn().date());
}

} // namespace cutaway
