// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/extract/targetdirectory.h"
#include "core/source/imagesource.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Files of an image, written to disk and nowhere but below the directory that somebody chose.
namespace cutaway {

/// Writes a part of an image's file system below a directory on disk.
class Extraction
{
public:
    /// The files as they are after `layer`; `target` is open when it runs. `tell` hears of what is
    /// left out and why, the first few times.
    Extraction(ImageSource &source,
               const Image &image,
               LayerIndex layer,
               TargetDirectory &target,
               std::function<void(const std::string &)> tell);

    /// The path, and all below it, are wanted.
    void choose(NodeId node);
    /// Devices are left out; a name that the target cannot have loses that file, not the rest.
    [[nodiscard]] Result<> run(Monitor &monitor);
    /// "12 files, 3 directories, 4.5 MB; left out: 1 device".
    std::string summary() const;
    std::uint64_t skipped() const { return m_skipped; }
    std::uint64_t failed() const { return m_failed; }

private:
    enum class Wanted : std::uint8_t { No, OnTheWay, Yes };
    /// A name that a file's content is to have.
    struct Name
    {
        EntryId content = kNone;
        NodeId node = kNone;
    };

    void plan();
    Result<> makeDirectories();
    Result<> writeFiles();
    Result<> linkNames();
    Result<> makeOthers();
    Result<> finishDirectories();
    Result<> endFile();
    Result<> makeOther(NodeId id);
    Result<> tolerate(NodeId id, const Result<> &result);
    void skip(NodeId id, std::string_view why);
    bool isLost(NodeId id) const { return m_wanted[id] == Wanted::No; }
    std::string pathOf(NodeId id) const { return m_tree.path(id).substr(1); }
    Attributes attributesOf(EntryId entry) const;

    ImageSource &m_source;
    const Image &m_image;
    const PathTree &m_tree;
    LayerIndex m_layer;
    TargetDirectory &m_target;
    std::function<void(const std::string &)> m_tell;
    Monitor *m_monitor = nullptr; ///< while it runs
    std::vector<Wanted> m_wanted;
    std::vector<NodeId> m_directories; ///< parents first
    std::vector<Name> m_names;         ///< by content; the first of each gets the bytes
    std::vector<NodeId> m_others;
    EntryId m_writing = kNone;
    std::uint64_t m_files = 0;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_skipped = 0; ///< devices
    std::uint64_t m_failed = 0;  ///< what should have been written
};

} // namespace cutaway
