// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/policy/policy.h"
#include "core/image/reference.h"
#include "core/source/loader.h"

#include <cstdint>
#include <memory>
#include <string>

/// The straight line: reference → source → image → analysis → audit. The window and the command
/// line both call this one function; most callers need no other header.
namespace cutaway {

/// How far an inspection goes. Whatever is not there is empty.
enum class InspectDepth : std::uint8_t {
    Tree,     ///< the image and its path tree, for who reads files: neither analysis nor findings
    Packages, ///< the tree, and the packages; no secret is looked for, no rule is asked
    Numbers,  ///< the analysis, and the rules that need not look into files; the others are skipped
    Contents, ///< what files hold: all rules, and the packages
};

struct InspectOptions
{
    std::string
        image; ///< which image of several: "name:tag", "@INDEX"; overrides the reference's own
    Platform platform;        ///< wanted; empty = the host's, where there is a choice
    std::string base;         ///< base image by the user's word; empty = the policy's
    PolicyPtr policy;         ///< nullptr: all rules as they are
    AnalysisCachePtr cache;   ///< opened before anything else; nullptr = none
    bool wantContents = true; ///< files will be read later: prepare for it
    InspectDepth depth = InspectDepth::Contents;
    OpenOptions open;
    const LoadObserver *observer = nullptr;
    const LayerPriority *priority = nullptr;
};

/// An inspected image, and the source that its contents can be read from as long as it is kept.
struct Inspected
{
    InspectionPtr inspection;
    std::shared_ptr<ImageSource> source;
    /// What files hold, as the audit saw it; nullptr where none was wanted. Takes memory: to be let
    /// go of as soon as nobody asks any more.
    std::shared_ptr<const FileContents> contents = nullptr;
};

/// A failed inspection; `candidates` is filled when the source holds several images and none was
/// chosen.
struct InspectError
{
    Error error;
    std::vector<ImageCandidate> candidates = {}; // NOLINT(readability-redundant-member-init)
};

/// Blocks; answers a cancel within 100 ms. The work is done in a thread of its own, which can open
/// nothing by name any more but what its source needs (base/confine.h), as can none of the readers
/// that it starts. The calling thread keeps all its rights.
[[nodiscard]] std::expected<Inspected, InspectError> inspect(const Reference &reference,
                                                             const InspectOptions &options,
                                                             Monitor &monitor);

} // namespace cutaway
