// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace cutaway {

/// rpm's Packages.db, its own format (ndb): a table of slots, each the place of a package's header.
[[nodiscard]] PackageRecords readRpmSlots(std::string_view bytes);
/// rpm's Packages, a hash table of Berkeley DB.
[[nodiscard]] PackageRecords readRpmBerkeley(std::string_view bytes);
/// rpm's rpmdb.sqlite. Takes the bytes, for a word in them has to be changed.
[[nodiscard]] PackageRecords readRpmSqlite(std::string bytes);

/// dnf's history.sqlite: lines of "name.architecture number", the number being why it was
/// installed, in the order of dnf's transactions.
[[nodiscard]] std::string readDnfHistory(std::string bytes);
/// What these lines say in the end, by "name.architecture".
[[nodiscard]] std::map<std::string, InstalledAs, std::less<>> dnfReasons(std::string_view lines);

} // namespace cutaway
