// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/image/image.h"

#include <string>
#include <string_view>

namespace cutaway {

/// The build step that made a layer ("RUN apt-get update"), displayable and shortened to one line;
/// empty where the history does not tell. Build arguments are left out and secrets redacted.
[[nodiscard]] std::string stepText(const Image &image, LayerIndex layer);

/// "layer 3", and its build step where it is known: "layer 3, RUN apt-get update".
[[nodiscard]] std::string layerText(const Image &image, LayerIndex layer);

/// The build step as a key for fingerprints: whole, but digests masked, so that a rebuild has the
/// same. Without a known step the layer's number stands for it.
[[nodiscard]] std::string layerKey(const Image &image, LayerIndex layer);

/// The text with long hexadecimal numbers masked, so that a rebuild has the same.
[[nodiscard]] std::string withoutDigests(std::string_view text);

/// Evidence that is one entry of one layer.
[[nodiscard]] Evidence entryEvidence(const PathTree &tree, EntryId entry, std::string text);

/// Evidence that is a field of the configuration; `value` may be a secret and is shown redacted.
[[nodiscard]] Evidence configEvidence(std::string field, std::string_view value);

/// Evidence that is a build step, or the part of it that matters; redacted and shortened too.
[[nodiscard]] Evidence stepEvidence(const BuildFact &fact, std::string_view part = {});

/// A finding about the configuration; it is the image's own, whoever wrote it.
[[nodiscard]] Finding configFinding(Severity severity, std::string summary, Evidence evidence);

/// A finding about a build step.
[[nodiscard]] Finding stepFinding(Severity severity,
                                  std::string summary,
                                  const BuildFact &fact,
                                  std::string_view part = {});

/// A finding about what one layer holds, without evidence yet.
[[nodiscard]] Finding layerFinding(const Image &image, Severity severity, LayerIndex layer);

/// The blank-separated words of an instruction's arguments.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view arguments);

/// The words of a command as one line.
[[nodiscard]] std::string commandText(const ShellCommand &command);

/// Adds files to a finding, biggest first, at most fifty; the rest is one line. Sums up `bytes`.
void addFiles(const Image &image, std::vector<EntryId> entries, Finding &finding);

/// Text of the image between quotes, displayable, shortened.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace cutaway
