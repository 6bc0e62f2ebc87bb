// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/audit/settings.h"
#include "core/image/filecontents.h"

#include <span>
#include <string_view>
#include <vector>

namespace cutaway {

struct Packages;

/// What a rule may look at.
struct AuditContext
{
    const Image &image;
    const Analysis &analysis;
    const AuditFacts &facts;
    const FileContents *contents = nullptr; ///< nullptr where contents were not asked for
    const AuditSettings &settings = defaultSettings();
    const Packages *packages = nullptr; ///< nullptr where contents were not asked for

    /// What the file at the path holds in the end, links followed; nothing where there is no
    /// regular file or its content cannot be had.
    std::optional<FileContent> contentAt(std::string_view path) const;
};

/// What a rule needs to be asked at all; an unmet need makes it skipped, never silent.
enum Need : std::uint16_t {
    NeedsConfig = 1,
    NeedsHistory = 2,
    NeedsTree = 4,
    NeedsSeveralLayers = 8,
    NeedsDockerfile = 16,       ///< history that tells build steps; with NeedsHistory
    NeedsReference = 32,        ///< a name and tag of the image
    NeedsBase = 64,             ///< the base image's name
    NeedsIndex = 128,           ///< a source that keeps what travels beside an image
    NeedsPosix = 256,           ///< no Windows image
    NeedsContent = 512,         ///< what files hold; with NeedsTree
    NeedsSignatures = 1024,     ///< a source that keeps signatures of images
    NeedsRegistry = 2048,       ///< an image that came from a registry
    NeedsAccounts = 4096,       ///< /etc/passwd or /etc/shadow; with NeedsContent
    NeedsApprovedBases = 16384, ///< a policy that names approved bases
    NeedsPackages = 32768,      ///< a package database; with NeedsContent
};

/// How the engine treats what a rule finds.
enum Trait : std::uint8_t {
    CountsBytes = 1, ///< weighs by the bytes that its findings name, not by severity
    LessInBase = 2,  ///< one step less severe where the base image is at fault
    NamesOwners = 4, ///< its evidence tells whose files they are
};

/// A rule is a row: who it is, what it says to people, and the function that looks.
struct Rule
{
    const char *id;
    const char *title;
    Severity severity; ///< the highest it gives
    std::uint16_t needs;
    const char *why;
    const char *fix;
    const char *references; ///< one a line: text, then its address
    std::vector<Finding> (*check)(const AuditContext &);
    const char *detects = ""; ///< what exactly it looks at
    const char *guards = "";  ///< where it stays silent though it might seem to fit
    const char *aliases = ""; ///< the same check's ids in other tools, blank-separated
    std::uint8_t traits = 0;

    std::string_view family() const; ///< "layer" of "layer/empty"
    bool has(Trait trait) const { return (traits & trait) != 0; }
};

/// Every rule, families in order.
[[nodiscard]] std::span<const Rule> allRules();
[[nodiscard]] const Rule *findRule(std::string_view id);
/// The rules of that id, or that another tool's id ("CIS-DI-0001", "DL3002") stands for; letters in
/// any case.
[[nodiscard]] std::vector<const Rule *> rulesNamed(std::string_view idOrAlias);

/// Severity of a finding that is about bytes alone: none below size.ignoreBelow (64 KiB), info
/// below 5 MiB, low below 50 MiB, medium from 50 MiB or a tenth of the image on.
[[nodiscard]] std::optional<Severity> sizeSeverity(std::uint64_t bytes,
                                                   const AuditContext &context);

} // namespace cutaway
