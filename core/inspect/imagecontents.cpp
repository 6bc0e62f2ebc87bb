// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/imagecontents.h"

#include "core/audit/capture.h"
#include "core/base/limits.h"
#include "core/source/contentreader.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// The entry whose content is meant, when it is that of a regular file.
EntryId fileOf(const PathTree &tree, EntryId entry)
{
    const EntryId content = tree.content(entry);
    return content != kNone && tree.entry(content).type == EntryType::File ? content : kNone;
}

bool isBinary(std::string_view bytes)
{
    return bytes.substr(0, limits::kHeadBytes).contains('\0');
}

} // namespace

ImageContents::ImageContents(std::shared_ptr<ImageSource> source,
                             ImagePtr image,
                             ImageFacts facts,
                             const Monitor &monitor)
    : m_source(std::move(source))
    , m_image(std::move(image))
    , m_facts(std::move(facts))
    , m_monitor(&monitor)
{}

void ImageContents::outliveMonitor()
{
    static const Monitor kNobody;
    m_monitor = &kNobody;
}

std::optional<FileContent> ImageContents::content(EntryId entry) const
{
    const EntryId file = fileOf(*m_image->tree, entry);
    if (file == kNone) {
        return std::nullopt;
    }
    const auto found = kept(file, limits::kContentBytes);
    return found ? found : readLater(file);
}

std::optional<FileContent> ImageContents::head(EntryId entry) const
{
    const EntryId file = fileOf(*m_image->tree, entry);
    if (file == kNone) {
        return std::nullopt;
    }
    const auto found = kept(file, limits::kHeadBytes);
    return found ? found : readLater(file);
}

std::span<const FileFact> ImageContents::facts(LayerIndex layer) const
{
    const bool hasAny = layer < m_facts.size() && m_facts[layer] != nullptr;
    return hasAny ? std::span<const FileFact>(*m_facts[layer]) : std::span<const FileFact>();
}

std::string_view ImageContents::fact(EntryId entry, std::uint32_t kind) const
{
    const PathTree &tree = *m_image->tree;
    const EntryId file = fileOf(tree, entry);
    if (file == kNone) {
        return {};
    }
    const Entry &place = tree.entry(file);
    const auto ofFile = std::ranges::equal_range(
        facts(place.layer), place.headerOffset, {}, &FileFact::headerOffset);
    const auto found = std::ranges::find(ofFile, kind, &FileFact::kind);
    return found == ofFile.end() ? std::string_view() : std::string_view(found->bytes);
}

/// Out of what was kept while reading, when that has `wanted` bytes or all there are. The first
/// bytes of a binary are as good as all: nobody reads more of it as text.
std::optional<FileContent> ImageContents::kept(EntryId content, std::size_t wanted) const
{
    const std::uint64_t size = m_image->tree->entry(content).size;
    const std::string_view bytes = fact(content, kContentFact);
    const bool isWhole = bytes.size() == size;
    if (isWhole || bytes.size() >= wanted || isBinary(bytes)) {
        return FileContent{bytes, isWhole};
    }
    return std::nullopt;
}

bool ImageContents::hasRoomFor(EntryId content) const
{
    if (m_later.size() >= limits::kLaterFiles || m_laterBytes >= limits::kLaterBytes) {
        return false;
    }
    m_passedBytes += bytesBefore(*m_source, *m_image, content);
    return m_passedBytes <= limits::kLaterPassedBytes;
}

std::optional<FileContent> ImageContents::readLater(EntryId content) const
{
    const std::uint64_t size = m_image->tree->entry(content).size;
    const auto known = m_later.find(content);
    if (known != m_later.end()) {
        const auto &bytes = known->second;
        return bytes ? std::optional(FileContent{*bytes, bytes->size() == size}) : std::nullopt;
    }
    if (m_monitor->isCancelled() || !hasRoomFor(content)) {
        return std::nullopt;
    }
    std::string bytes;
    bool isEnough = false;
    const ContentReceiver receiver{
        [](EntryId) { return Result<>(); },
        [&](EntryId, Bytes run) -> Result<> {
            const std::size_t taken = std::min(run.size(), limits::kContentBytes - bytes.size());
            bytes.append(reinterpret_cast<const char *>(run.data()), taken);
            isEnough = bytes.size() == limits::kContentBytes;
            return isEnough ? fail(ErrorCode::LimitExceeded, "that is enough") : Result<>();
        }};
    const Result<> read = readContents(*m_source, *m_image, {content}, receiver, *m_monitor);
    if (m_monitor->isCancelled()) {
        return std::nullopt;
    }
    m_laterBytes += bytes.size();
    auto &kept = m_later[content];
    if (!read && !isEnough) {
        return std::nullopt;
    }
    kept = std::move(bytes);
    return FileContent{*kept, kept->size() == size};
}

} // namespace cutaway
