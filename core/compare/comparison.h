// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/redaction.h"
#include "core/base/monitor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Two inspections side by side: what the second image has that the first had not, what it lacks,
/// and what is another, from layers to findings. Pure: nothing is read, both inspections stay as
/// they are. "Before" is the first image, "after" the second.
namespace cutaway {

/// A layer, and what became of it.
struct LayerPair
{
    enum class Kind : std::uint8_t {
        Shared,  ///< the same bytes at the same place, and all below it too
        Moved,   ///< the same bytes with other layers below
        Rebuilt, ///< the same build step, other bytes
        Removed,
        Added,
    };
    Kind kind = Kind::Shared;
    std::optional<LayerIndex> before;
    std::optional<LayerIndex> after;
};

struct LayerPairs
{
    std::vector<LayerPair> list; ///< shared ones, then what is gone, then the rest of the second
    std::uint32_t shared = 0;    ///< from the bottom up
};

/// A path of the final file systems that is not the same in both.
struct FileDifference
{
    enum class Kind : std::uint8_t {
        Removed,
        Added,
        Modified, ///< other content, or another type
        Metadata, ///< the same content; mode, owner, time or attributes are others
        Moved,    ///< the same in all, but out of a layer that does not stand for the first's
    };
    static constexpr std::size_t kKinds = 5;
    enum Aspect : std::uint8_t {
        Type = 1,
        Content = 2,
        Mode = 4,
        Owner = 8,
        Time = 16,
        Xattrs = 32,
        Layer = 64,
    };
    NodeId before = kNone; ///< of the first image's tree
    NodeId after = kNone;  ///< of the second's
    EntryId beforeEntry = kNone;
    EntryId afterEntry = kNone;
    std::uint64_t beforeBytes = 0; ///< a file of several names counts at the first of them
    std::uint64_t afterBytes = 0;
    Kind kind = Kind::Added;
    std::uint8_t aspects = 0; ///< of Aspect; 0 for Added and Removed
    bool isDirectory = false; ///< in both, or where it is

    bool has(Aspect aspect) const { return (aspects & aspect) != 0; }
    /// Nothing but the time: what building again does to every file.
    bool isTimeOnly() const { return (aspects & ~Layer) == Time; }
};

/// A directory below which something differs.
struct DirectoryDifference
{
    static constexpr std::uint32_t kNoParent = 0xffffffff;
    std::uint32_t parent = kNoParent; ///< its place in the list; parents stand before children
    NodeId before = kNone;
    NodeId after = kNone;
    std::uint64_t beforeBytes = 0; ///< visible ones, at any depth
    std::uint64_t afterBytes = 0;
    std::uint32_t differences = 0; ///< files (all types but directories) below it that differ
};

struct FileDifferences
{
    std::vector<FileDifference> list; ///< as a walk through the directories meets them
    std::vector<DirectoryDifference> directories;
    /// Files (all types but directories), by kind.
    std::array<std::uint32_t, FileDifference::kKinds> counts{};
    std::uint32_t timeOnly = 0;  ///< of Metadata
    std::uint32_t unchanged = 0; ///< files that are the same in both

    std::uint32_t count(FileDifference::Kind kind) const
    {
        return counts[static_cast<std::size_t>(kind)];
    }
};

/// One setting of the configuration, or one fact of the contract, that is not the same in both.
struct SettingDifference
{
    enum class Area : std::uint8_t { Config, Contract };
    using Value = std::optional<std::vector<std::string>>; ///< nothing = not there; words
    Area area = Area::Config;
    std::string_view field; ///< "env", "labels", "entrypoint", "hooks" …
    std::string name;       ///< of the variable, label, port …; empty where the field is one value
    Value before;           ///< raw
    Value after;
};
/// The value as one line, secrets replaced; raw text otherwise. Empty where there is none.
[[nodiscard]] Redacted shownSetting(const SettingDifference &difference,
                                    const SettingDifference::Value &value,
                                    Secrets secrets);

/// A build step of one of the images, or of both.
struct StepPair
{
    std::optional<std::uint32_t> before; ///< index into the history
    std::optional<std::uint32_t> after;

    bool isSame() const { return before && after; }
};

/// What a rule found in one of the images, or in both. Suppressed findings are none.
struct FindingPair
{
    enum class Kind : std::uint8_t {
        New,
        Fixed,
        Changed, ///< the same rule at the same place says something else
        Same,
        NotAsked, ///< in one of them only, for the rule could not be asked of the other
    };
    Kind kind = Kind::Same;
    const Finding *before = nullptr; ///< lives as long as the inspections
    const Finding *after = nullptr;

    const Finding &any() const { return after == nullptr ? *before : *after; }
};

struct PackageDifference
{
    enum class Kind : std::uint8_t {
        Removed,
        Added,
        Upgraded,
        Downgraded,
        Changed, ///< another version; which one is newer the ecosystem's rules do not say
    };
    static constexpr std::size_t kKinds = 5;
    Kind kind = Kind::Added;
    const Package *before = nullptr; ///< lives as long as the inspections
    const Package *after = nullptr;

    const Package &any() const { return after == nullptr ? *before : *after; }
};

struct PackageDifferences
{
    bool isKnown = false;                ///< both images were looked through
    std::vector<PackageDifference> list; ///< by ecosystem, name and architecture
    std::uint32_t same = 0;
    std::array<std::uint32_t, PackageDifference::kKinds> counts{};

    std::uint32_t count(PackageDifference::Kind kind) const
    {
        return counts[static_cast<std::size_t>(kind)];
    }
};

/// One of the sizes that people speak of, in bytes.
struct SizeRow
{
    std::string_view name; ///< "wire", "unpacked", "files", "visible", "shadowed", "duplicated"
    std::uint64_t before = 0;
    std::uint64_t after = 0;
};

/// Something that speaks for or against the second image.
struct VerdictReason
{
    bool isWorse = false;
    std::string text; ///< one sentence; may hold text out of the images
};

struct Comparison
{
    enum class Verdict : std::uint8_t { Same, Better, Worse };
    InspectionPtr before;
    InspectionPtr after;
    LayerPairs layers;
    FileDifferences files;
    std::vector<SettingDifference> settings;
    std::vector<StepPair> steps;       ///< all of both, in order
    std::vector<FindingPair> findings; ///< new ones first, severest first
    PackageDifferences packages;
    std::vector<SizeRow> sizes;
    Verdict verdict = Verdict::Same;
    std::vector<VerdictReason> reasons; ///< what decided comes first

    std::size_t count(FindingPair::Kind kind) const;
};

/// Linear in both trees. Fails only when cancelled. Both images must have been read to the end.
[[nodiscard]] Result<Comparison> compare(InspectionPtr before,
                                         InspectionPtr after,
                                         const Monitor &monitor);

[[nodiscard]] std::string_view verdictName(Comparison::Verdict verdict); ///< "same" …
[[nodiscard]] std::string_view kindName(LayerPair::Kind kind);           ///< "shared" …
[[nodiscard]] std::string_view kindName(FileDifference::Kind kind);      ///< "removed" …
[[nodiscard]] std::string_view kindName(FindingPair::Kind kind);         ///< "new" …
[[nodiscard]] std::string_view kindName(PackageDifference::Kind kind);   ///< "upgraded" …
/// "content", "mode" …, in a fixed order.
[[nodiscard]] std::vector<std::string_view> aspectNames(const FileDifference &difference);
/// Whose mode, owner, time and attributes hold: of a bound hard link the entry that it is bound to.
[[nodiscard]] EntryId inodeOf(const PathTree &tree, EntryId entry);

} // namespace cutaway
