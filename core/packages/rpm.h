// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <string>
#include <string_view>

namespace cutaway {

/// rpm's Packages.db, its own format (ndb): a table of slots, each the place of a package's header.
[[nodiscard]] PackageRecords readRpmSlots(std::string_view bytes);
/// rpm's Packages, a hash table of Berkeley DB.
[[nodiscard]] PackageRecords readRpmBerkeley(std::string_view bytes);
/// rpm's rpmdb.sqlite. Takes the bytes, for a word in them has to be changed.
[[nodiscard]] PackageRecords readRpmSqlite(std::string bytes);

} // namespace cutaway
