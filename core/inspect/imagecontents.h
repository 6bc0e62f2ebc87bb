// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/source/loader.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace cutaway {

/// The contents of an inspected image: what was kept while its layers were read; where that is not
/// enough, the source, up to limits::kLaterFiles, kLaterBytes and kLaterPassedBytes in all.
class ImageContents : public FileContents
{
public:
    ImageContents(std::shared_ptr<ImageSource> source,
                  ImagePtr image,
                  ImageFacts facts,
                  const Monitor &monitor);

    [[nodiscard]] std::optional<FileContent> content(EntryId entry) const override;
    [[nodiscard]] std::optional<FileContent> head(EntryId entry) const override;
    [[nodiscard]] std::string_view fact(EntryId entry, std::uint32_t kind) const override;
    [[nodiscard]] std::span<const FileFact> facts(LayerIndex layer) const override;

    /// The inspection is over, and its monitor with it: from now on nothing is cancelled.
    void outliveMonitor();

private:
    std::optional<FileContent> kept(EntryId content, std::size_t wanted) const;
    std::optional<FileContent> readLater(EntryId content) const;
    bool hasRoomFor(EntryId content) const;

    std::shared_ptr<ImageSource> m_source;
    ImagePtr m_image;
    ImageFacts m_facts;
    const Monitor *m_monitor;
    /// What was read later, by entry; nothing for what could not be read.
    mutable std::map<EntryId, std::optional<std::string>> m_later;
    mutable std::uint64_t m_laterBytes = 0;
    mutable std::uint64_t m_passedBytes = 0;
};

} // namespace cutaway
