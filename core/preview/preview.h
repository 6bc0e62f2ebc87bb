// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/elffacts.h"
#include "core/base/certificate.h"
#include "core/preview/archivelisting.h"
#include "core/preview/elfsections.h"
#include "core/preview/highlight.h"
#include "core/preview/previewlimits.h"
#include "core/preview/textrows.h"
#include "core/source/imagesource.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What a file is best shown as; its bytes can be shown whatever it is.
enum class PreviewKind : std::uint8_t { Empty, Text, Binary, Picture, Elf, Certificate, Archive };

/// A file of an image, looked into.
struct Preview
{
    PreviewKind kind = PreviewKind::Empty;
    std::uint64_t size = 0;
    std::string bytes;    ///< the first ones, raw; of a picture all of them
    bool isWhole = false; ///< there are no more
    /// The bytes as text, where they are one; of a compressed text what it unpacks to.
    std::optional<DecodedText> text = std::nullopt;
    bool isTextWhole = false;
    std::string compression = {}; ///< that the text was taken out of; empty = none
    Language language = Language::None;
    std::string pictureFormat = {}; ///< "png"; as Qt names it
    std::optional<ElfFacts> elf = std::nullopt;
    std::vector<ElfSection> sections = {};
    std::vector<Certificate> certificates = {};
    std::optional<ArchiveListing> archive = std::nullopt;
};

/// Makes a preview of a file's bytes as they come by.
class PreviewCollector
{
public:
    /// `wanted`: bytes to be shown of a text, or of anything (at most limits::kPreviewMostBytes).
    PreviewCollector(std::string_view path, std::uint64_t size, std::uint64_t wanted);

    /// Whether more of the file is needed.
    [[nodiscard]] bool feed(Bytes run);
    [[nodiscard]] Preview finish(const Monitor &monitor);

private:
    void decide();
    void feedProgram(Bytes run);
    void addText(Preview &preview) const;
    void addUnpacked(Preview &preview) const;

    std::string m_path;
    std::uint64_t m_size;
    std::uint64_t m_wanted; ///< bytes to be shown
    std::uint64_t m_kept;   ///< bytes to be kept, which may be more
    std::uint64_t m_passed = 0;
    std::uint64_t m_toPass; ///< bytes to be looked at
    std::string m_bytes;
    std::string_view m_picture; ///< its format
    bool m_isDecided = false;
    bool m_mayBeArchive = false;
    std::unique_ptr<ElfCollector> m_elf; ///< only while it is one
    ElfSectionCollector m_sections;
};

/// Reads a file, or what a hard link is bound to, as far as it takes to show it: limits in
/// previewlimits.h. InvalidInput where the entry is no file. Tells the monitor how far it is.
[[nodiscard]] Result<Preview> readPreview(
    ImageSource &source, const Image &image, EntryId entry, std::uint64_t wanted, Monitor &monitor);

} // namespace cutaway
