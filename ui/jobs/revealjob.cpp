// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/revealjob.h"

#include "core/audit/reveal.h"
#include "core/base/text.h"
#include "core/source/contentreader.h"

#include <algorithm>
#include <utility>

namespace cutaway {

struct RevealJob::Stop
{
    Monitor monitor;
};

namespace {

Result<QByteArray> beginningOf(ImageSource &source,
                               const Image &image,
                               EntryId entry,
                               const Monitor &monitor)
{
    QByteArray bytes;
    const auto isFull = [&bytes] { return std::cmp_greater_equal(bytes.size(), kRevealedBytes); };
    const Result<> read =
        readContents(source,
                     image,
                     {entry},
                     {[](EntryId) -> Result<> { return {}; },
                      [&](EntryId, Bytes run) -> Result<> {
                          const std::size_t room =
                              kRevealedBytes - static_cast<std::size_t>(bytes.size());
                          bytes.append(reinterpret_cast<const char *>(run.data()),
                                       static_cast<qsizetype>(std::min(room, run.size())));
                          // Enough is known: there is no need to read on.
                          return isFull() ? Result<>(failCancelled()) : Result<>();
                      }},
                     monitor);
    if (!read && !isFull()) {
        return std::unexpected(read.error());
    }
    return bytes;
}

} // namespace

RevealJob::RevealJob(Document &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
{}

RevealJob::~RevealJob()
{
    drop();
}

bool RevealJob::canReveal(const Evidence &evidence) const
{
    if (!m_document.inspection()) {
        return false;
    }
    const Image &image = *m_document.inspection()->image;
    const EntryId entry = revealedEntry(image, evidence);
    if (entry == kNone) {
        return !revealedText(image, evidence).empty();
    }
    const EntryType type = image.tree->entry(entry).type;
    return m_document.source() && (type == EntryType::File || type == EntryType::HardLink);
}

void RevealJob::start(const Evidence &evidence)
{
    drop();
    if (!canReveal(evidence)) {
        return;
    }
    const ImagePtr image = m_document.inspection()->image;
    const EntryId entry = revealedEntry(*image, evidence);
    if (entry == kNone) {
        const std::string text = revealedText(*image, evidence);
        emit revealed(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
        return;
    }
    m_stop = std::make_shared<Stop>();
    m_background.run(
        [stop = m_stop, source = m_document.source(), image, entry] {
            return beginningOf(*source, *image, entry, stop->monitor);
        },
        [this](const Result<QByteArray> &bytes) {
            if (bytes) {
                emit revealed(*bytes);
            } else {
                emit failed(QString::fromStdString(displayText(bytes.error().message)));
            }
        });
}

void RevealJob::drop()
{
    if (m_stop) {
        m_stop->monitor.cancel();
        m_stop.reset();
    }
    m_background.drop();
}

} // namespace cutaway
