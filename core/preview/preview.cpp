// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/preview.h"

#include "core/base/text.h"
#include "core/source/contentreader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

/// Enough to tell what a file is.
constexpr std::size_t kHeadBytes = 512;

/// By first bytes alone, and only what a decoder of pixels reads: a drawing (SVG) may name files
/// to be read from where it is shown.
std::string_view pictureFormat(std::string_view head)
{
    struct Mark
    {
        std::string_view bytes;
        std::string_view format;
    };
    static constexpr std::array kMarks = {
        Mark{std::string_view("\x89PNG\r\n\x1a\n", 8), "png"},
        Mark{std::string_view("\xff\xd8\xff", 3), "jpg"},
        Mark{std::string_view("GIF87a", 6), "gif"},
        Mark{std::string_view("GIF89a", 6), "gif"},
        Mark{std::string_view("\0\0\1\0", 4), "ico"},
    };
    const auto *found = std::ranges::find_if(
        kMarks, [head](const Mark &mark) { return head.starts_with(mark.bytes); });
    if (found != kMarks.end()) {
        return found->format;
    }
    if (head.starts_with("RIFF")
        && head.substr(std::min<std::size_t>(8, head.size())).starts_with("WEBP")) {
        return "webp";
    }
    return head.starts_with("BM") && head.size() > 30
                   && head.substr(6, 4) == std::string_view("\0\0\0\0", 4)
               ? "bmp"
               : std::string_view();
}

/// Whether it can be worth a look for certificates.
bool mayHoldCertificate(std::string_view path, std::string_view bytes)
{
    if (bytes.starts_with("\x30\x82")) {
        return true;
    }
    return bytes.contains("-----BEGIN CERTIFICATE-----")
           || bytes.contains("-----BEGIN TRUSTED CERTIFICATE-----")
           || ((path.ends_with(".crt") || path.ends_with(".cer") || path.ends_with(".der"))
               && bytes.starts_with('\x30'));
}

} // namespace

PreviewCollector::PreviewCollector(std::string_view path, std::uint64_t size, std::uint64_t wanted)
    : m_path(path)
    , m_size(size)
    , m_wanted(std::clamp<std::uint64_t>(wanted, kHeadBytes, limits::kPreviewMostBytes))
    , m_kept(m_wanted)
    , m_toPass(m_wanted)
{}

/// By the first bytes: how much more is needed.
void PreviewCollector::decide()
{
    m_isDecided = true;
    m_picture = pictureFormat(m_bytes);
    m_mayBeArchive = m_picture.empty() && mayBeArchive(m_bytes);
    if (!m_picture.empty()) {
        m_kept = std::max(m_wanted, limits::kPreviewPictureBytes);
    } else if (m_mayBeArchive) {
        m_kept = std::max(m_wanted, limits::kPreviewArchiveBytes);
    }
    m_toPass = m_kept;
    if (ElfLayout::read(m_bytes)) {
        m_elf = std::make_unique<ElfCollector>();
        m_elf->reset();
        m_toPass = limits::kPreviewPassedBytes;
    }
}

bool PreviewCollector::feed(Bytes run)
{
    const std::string_view bytes(reinterpret_cast<const char *>(run.data()), run.size());
    m_passed += run.size();
    if (m_isDecided) {
        m_bytes += bytes.substr(0, m_kept - std::min<std::uint64_t>(m_kept, m_bytes.size()));
        feedProgram(run);
    } else {
        m_bytes += bytes;
        if (m_bytes.size() < std::min<std::uint64_t>(kHeadBytes, m_size)) {
            return true;
        }
        decide();
        feedProgram(std::as_bytes(std::span(m_bytes)));
        m_bytes.resize(std::min<std::uint64_t>(m_bytes.size(), m_kept));
    }
    return m_passed < std::min(m_toPass, m_size);
}

void PreviewCollector::feedProgram(Bytes run)
{
    if (m_elf) {
        m_elf->feed(run);
        m_sections.feed(run);
    }
}

void PreviewCollector::addText(Preview &preview) const
{
    preview.text = decodeText(preview.bytes, preview.isWhole);
    preview.isTextWhole = preview.isWhole;
    if (preview.text) {
        preview.language = languageOf(m_path, preview.text->text);
    }
}

/// A compressed file that is no archive: a manual page, a change log.
void PreviewCollector::addUnpacked(Preview &preview) const
{
    auto unpacked = unpackHead(m_bytes, static_cast<std::size_t>(m_wanted));
    if (!unpacked) {
        return;
    }
    preview.text = decodeText(unpacked->bytes, unpacked->isWhole);
    preview.isTextWhole = unpacked->isWhole;
    preview.compression = std::move(unpacked->compression);
    if (preview.text) {
        const std::string_view path = m_path;
        preview.language = languageOf(path.substr(0, path.rfind('.')), preview.text->text);
        preview.kind = PreviewKind::Text;
    }
}

Preview PreviewCollector::finish(const Monitor &monitor)
{
    if (!m_isDecided) {
        decide();
    }
    Preview preview;
    preview.size = m_size;
    if (m_size == 0) {
        preview.isWhole = true;
        return preview;
    }
    preview.kind = PreviewKind::Binary;
    if (m_mayBeArchive) {
        preview.archive = listArchive(m_bytes, m_bytes.size() == m_size, monitor);
        if (preview.archive) {
            preview.kind = PreviewKind::Archive;
        } else {
            addUnpacked(preview);
        }
        m_bytes.resize(std::min<std::uint64_t>(m_bytes.size(), m_wanted));
    }
    preview.bytes = std::move(m_bytes);
    preview.isWhole = preview.bytes.size() == m_size;
    if (!m_picture.empty()) {
        preview.kind = PreviewKind::Picture;
        preview.pictureFormat = m_picture;
    } else if (m_elf) {
        preview.elf = m_elf->finish();
        preview.sections = m_sections.finish();
        preview.kind = preview.elf ? PreviewKind::Elf : preview.kind;
    } else if (!m_mayBeArchive) {
        addText(preview);
        preview.kind = preview.text ? PreviewKind::Text : preview.kind;
        if (mayHoldCertificate(m_path, preview.bytes)) {
            preview.certificates = readCertificates(preview.bytes, limits::kPreviewCertificates);
            preview.kind = preview.certificates.empty() ? preview.kind : PreviewKind::Certificate;
        }
    }
    return preview;
}

Result<Preview> readPreview(
    ImageSource &source, const Image &image, EntryId entry, std::uint64_t wanted, Monitor &monitor)
{
    const PathTree &tree = *image.tree;
    const EntryId content = tree.content(entry);
    if (content == kNone || tree.entry(content).type != EntryType::File) {
        return fail(ErrorCode::InvalidInput, "it is no file that could be looked into");
    }
    const std::uint64_t size = tree.entry(content).size;
    PreviewCollector collector(tree.path(tree.entry(entry).node), size, wanted);
    monitor.beginStep("Reading the file");
    bool isEnough = false;
    std::uint64_t passed = 0;
    const ContentReceiver receiver{[](EntryId) { return Result<>(); },
                                   [&](EntryId, Bytes run) -> Result<> {
                                       isEnough = !collector.feed(run);
                                       passed += run.size();
                                       monitor.advance(passed, size);
                                       // All of a file is let pass: then its hash is checked.
                                       return isEnough && passed < size ? Result<>(failCancelled())
                                                                        : Result<>();
                                   }};
    const Result<> read = readContents(source, image, {entry}, receiver, monitor);
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    const bool isFault = !read && (!isEnough || read.error().code != ErrorCode::Cancelled);
    if (isFault) {
        return std::unexpected(read.error());
    }
    Preview preview = collector.finish(monitor);
    return monitor.isCancelled() ? Result<Preview>(failCancelled()) : std::move(preview);
}

} // namespace cutaway
