// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/whatif.h"
#include "core/audit/inspection.h"
#include "core/audit/redaction.h"
#include "core/audit/structuretest/runner.h"
#include "core/image/candidate.h"
#include "core/image/engineimage.h"
#include "core/tree/view.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Reports turn an inspection into bytes: text for people, JSON for programs. Nothing is computed
/// here.
namespace cutaway {

/// How text for people is laid out.
struct TextStyle
{
    int width = 100; ///< columns of the terminal; 0 = no limit, nothing is cut
    bool colour = false;
    Secrets secrets = Secrets::Redacted;
};

using Sink = std::function<void(std::string_view)>;

[[nodiscard]] std::string inspectText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string inspectJson(const Inspection &inspection,
                                      Secrets secrets = Secrets::Redacted);
[[nodiscard]] std::string layersText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string layersJson(const Inspection &inspection,
                                     Secrets secrets = Secrets::Redacted);
[[nodiscard]] std::string wasteText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string wasteJson(const Inspection &inspection);
/// The image, built otherwise, and how a Dockerfile would say it.
[[nodiscard]] std::string whatIfText(const Inspection &inspection,
                                     const WhatIf &question,
                                     const WhatIfNumbers &numbers,
                                     const TextStyle &style);
[[nodiscard]] std::string whatIfJson(const Inspection &inspection,
                                     const WhatIf &question,
                                     const WhatIfNumbers &numbers,
                                     Secrets secrets = Secrets::Redacted);
/// How to build it so: lines for people, some of them fit for a Dockerfile.
[[nodiscard]] std::string whatIfAdvice(const Inspection &inspection,
                                       const WhatIf &question,
                                       const TextStyle &style);
/// Which of these questions are worth asking.
[[nodiscard]] std::string savingsText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string savingsJson(const Inspection &inspection);
/// One path's timeline over the layers.
[[nodiscard]] std::string historyText(const Inspection &inspection,
                                      NodeId node,
                                      const TextStyle &style);
[[nodiscard]] std::string historyJson(const Inspection &inspection,
                                      NodeId node,
                                      Secrets secrets = Secrets::Redacted);
/// The build steps, rebuilt as a Dockerfile.
[[nodiscard]] std::string dockerfileText(const Image &image, Secrets secrets = Secrets::Redacted);
[[nodiscard]] std::string dockerfileJson(const Image &image, Secrets secrets = Secrets::Redacted);
[[nodiscard]] std::string candidatesText(const std::vector<ImageCandidate> &candidates);
[[nodiscard]] std::string candidatesJson(const std::vector<ImageCandidate> &candidates);
/// What engines hold, one line a name.
[[nodiscard]] std::string enginesText(const std::vector<EngineListing> &engines,
                                      const TextStyle &style);
[[nodiscard]] std::string enginesJson(const std::vector<EngineListing> &engines);

/// Digests of a file's content, lowercase hexadecimal; empty where not asked for.
struct ContentSums
{
    std::string sha1;
    std::string sha256;
};

/// Which files are listed, and in which order.
struct FilesQuery
{
    enum class View : std::uint8_t {
        Final, ///< what a container sees
        At,    ///< the tree after `layer`
        Layer, ///< what `layer` holds and hides
        All,   ///< every entry of every layer
    };
    enum class Sort : std::uint8_t { Path, Size };
    View view = View::Final;
    LayerIndex layer = 0;
    Sort sort = Sort::Path;
    std::vector<std::string> globs; ///< any of them matches; none = everything
    /// Nodes that a filter leaves (core/tree/filter.h): in View::All one list a layer, else one in
    /// all; empty = every one.
    std::vector<std::vector<bool>> left;
    /// SHA-256 of contents by content entry, where they were asked for.
    const std::unordered_map<EntryId, ContentSums> *digests = nullptr;
};

void filesText(const Image &image,
               const FilesQuery &query,
               const TextStyle &style,
               const Sink &sink);
void filesJson(const Image &image, const FilesQuery &query, const Sink &sink);
/// One entry a line.
void filesNdjson(const Image &image, const FilesQuery &query, const Sink &sink);
/// The content entries of the files that the query lists, each once: what `digests` may hold.
[[nodiscard]] std::vector<EntryId> filesContents(const Image &image, const FilesQuery &query);

struct Rule;
/// Grade, findings with their evidence, and what was not asked.
[[nodiscard]] std::string auditText(const Inspection &inspection, const TextStyle &style);
/// `timestamp` is RFC 3339; without one equal inspections give equal bytes.
[[nodiscard]] std::string auditJson(const Inspection &inspection,
                                    Secrets secrets = Secrets::Redacted,
                                    std::string_view timestamp = {});
/// Rules explained; none given = the whole catalogue (as text: one line each).
[[nodiscard]] std::string rulesText(const std::vector<const Rule *> &rules, const TextStyle &style);
[[nodiscard]] std::string rulesMarkdown(const std::vector<const Rule *> &rules);
[[nodiscard]] std::string rulesJson(const std::vector<const Rule *> &rules);

/// What is installed, and who owns the bytes; of an inspection that has packages.
[[nodiscard]] std::string packagesText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string packagesJson(const Inspection &inspection);
[[nodiscard]] std::string packagesCsv(const Inspection &inspection);
/// What a bill of materials is to hold.
struct SbomOptions
{
    bool allLayers = false; ///< packages that later layers removed too, marked
    /// When it was made, in seconds since 1970; nothing: when the image was.
    std::optional<std::int64_t> created;
    /// Of the contents of sbomContents(): the files of packages are listed. nullptr: they are not.
    const std::unordered_map<EntryId, ContentSums> *sums = nullptr;
};

/// What is installed as SPDX 2.3 and CycloneDX 1.5, both JSON. Equal images and options give equal
/// bytes: identifiers come from what they tell, and no clock is asked.
void packagesSpdx(const Inspection &inspection, const SbomOptions &options, const Sink &sink);
void packagesCycloneDx(const Inspection &inspection, const SbomOptions &options, const Sink &sink);
/// The contents of all packages' files, each once.
[[nodiscard]] std::vector<EntryId> sbomContents(const Inspection &inspection);

/// Whose paths these are.
[[nodiscard]] std::string ownersText(const Inspection &inspection,
                                     const std::vector<NodeId> &nodes);
[[nodiscard]] std::string ownersJson(const Inspection &inspection,
                                     const std::vector<NodeId> &nodes);

/// The interface block and the touch points.
[[nodiscard]] std::string contractReportText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string contractReportJson(const Inspection &inspection,
                                             Secrets secrets = Secrets::Redacted);
[[nodiscard]] std::string contractReportMarkdown(const Inspection &inspection, Secrets secrets);
/// What one could begin with to run the image; a start, to be looked through.
enum class Skeleton : std::uint8_t {
    Run,     ///< a `docker run` command
    Compose, ///< a service of a compose file
    Pod,     ///< a Kubernetes pod
};
[[nodiscard]] std::string contractSkeleton(const Inspection &inspection,
                                           Skeleton kind,
                                           Secrets secrets);

[[nodiscard]] std::string structureTestsText(const std::vector<TestOutcome> &outcomes,
                                             const TextStyle &style);
/// As container-structure-test writes them; tests that were not run stand apart, in "Skipped".
[[nodiscard]] std::string structureTestsJson(const std::vector<TestOutcome> &outcomes);
[[nodiscard]] std::string structureTestsJunit(const std::vector<TestOutcome> &outcomes);

/// One rule of a gate, asked.
struct GateLine
{
    enum class State : std::uint8_t { Pass, Fail, Skip };
    State state = State::Skip;
    std::string rule;
    std::string message;
};
[[nodiscard]] std::string gateText(const Inspection &inspection,
                                   const std::vector<GateLine> &lines,
                                   const TextStyle &style);
[[nodiscard]] std::string gateJson(const Inspection &inspection,
                                   const std::vector<GateLine> &lines);

} // namespace cutaway
