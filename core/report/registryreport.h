// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/browsing.h"
#include "core/report/report.h"

#include <string>
#include <vector>

namespace cutaway {

/// Names that a registry lists: its repositories, or the tags of one of them.
struct NameListing
{
    std::string host;
    std::string repository;         ///< empty: the names are repositories
    std::vector<std::string> names; ///< as they were sent
    bool hasMore = false;           ///< than were asked for
};
[[nodiscard]] std::string namesText(const NameListing &listing);
[[nodiscard]] std::string namesJson(const NameListing &listing);

/// What a tag or a digest stands for, and what lies beside it.
struct OutlineReport
{
    std::string name; ///< "localhost:5000/team/app:1"
    TagOutline outline;
    std::vector<Referrer> referrers;
    bool wereReferrersAsked = true;
};
[[nodiscard]] std::string outlineText(const OutlineReport &report, const TextStyle &style);
[[nodiscard]] std::string outlineJson(const OutlineReport &report);

/// "signature", "sbom", "provenance", "attestation", "other"
[[nodiscard]] const char *referrerKindName(Referrer::Kind kind);

} // namespace cutaway
