// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/previewjob.h"

#include "core/base/text.h"
#include "ui/jobs/polledmonitor.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <new>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 100;
constexpr int kPictureMegabytes = 128;        ///< that a decoder may ask for
constexpr qint64 kPicturePixels = 25'000'000; ///< as stored
constexpr int kPictureSide = 2048;            ///< beyond it, a smaller one is shown

QString errorText(const Error &error)
{
    return QString::fromStdString(displayText(error.message));
}

std::shared_ptr<PreparedPreview> prepared(Preview preview, quint64 wanted)
{
    auto made = std::make_shared<PreparedPreview>();
    if (preview.text) {
        made->textRows = codeRows(preview.text->text, preview.language);
    }
    made->hexRows = hexRows(std::string_view(preview.bytes).substr(0, wanted));
    if (preview.kind == PreviewKind::Picture) {
        DecodedPicture decoded = preview.isWhole
                                     ? decodePicture(preview.bytes, preview.pictureFormat)
                                     : DecodedPicture{{}, {}, PreviewJob::tr("It is too large.")};
        made->picture = std::move(decoded.picture);
        made->pictureSize = decoded.size;
        made->pictureProblem = std::move(decoded.problem);
    }
    made->preview = std::move(preview);
    return made;
}

struct Version
{
    std::string text;
    TextEncoding encoding = TextEncoding::Utf8;
    Language language = Language::None;
    bool isWhole = true;
};

Result<Version> readVersion(const Inspected &inspected, EntryId entry, Monitor &monitor)
{
    if (entry == kNone) {
        return Version{};
    }
    const Result<Preview> preview = readPreview(
        *inspected.source, *inspected.inspection->image, entry, limits::kPreviewMostBytes, monitor);
    if (!preview) {
        return std::unexpected(preview.error());
    }
    if (preview->size == 0) {
        return Version{};
    }
    if (!preview->text) {
        return fail(ErrorCode::Unsupported,
                    PreviewJob::tr("At least one of the two is no text.").toStdString());
    }
    return Version{
        preview->text->text, preview->text->encoding, preview->language, preview->isTextWhole};
}

} // namespace

DecodedPicture decodePicture(const std::string &bytes, const std::string &format)
{
    QByteArray data = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&data);
    QImageReader reader(&buffer, QByteArray::fromStdString(format));
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
    QImageReader::setAllocationLimit(kPictureMegabytes);
    DecodedPicture decoded;
    decoded.size = reader.size();
    const qint64 pixels = qint64{decoded.size.width()} * decoded.size.height();
    if (!decoded.size.isValid()) {
        decoded.problem = PreviewJob::tr("Its size cannot be read.");
        return decoded;
    }
    if (pixels > kPicturePixels) {
        decoded.problem = PreviewJob::tr("It has more pixels than are decoded here.");
        return decoded;
    }
    if (std::max(decoded.size.width(), decoded.size.height()) > kPictureSide) {
        reader.setScaledSize(decoded.size.scaled(kPictureSide, kPictureSide, Qt::KeepAspectRatio)
                                 .expandedTo({1, 1}));
    }
    decoded.picture = reader.read();
    if (decoded.picture.isNull()) {
        decoded.problem = PreviewJob::tr("It is damaged, or in a form that is not known here.");
    }
    return decoded;
}

PreviewJob::PreviewJob(QObject *parent)
    : QObject(parent)
{
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_monitor) {
            emit progressChanged(m_monitor->progress());
        }
    });
}

PreviewJob::~PreviewJob()
{
    drop();
}

std::shared_ptr<PolledMonitor> PreviewJob::renew()
{
    drop();
    m_monitor = std::make_shared<PolledMonitor>();
    m_poll.start();
    return m_monitor;
}

void PreviewJob::finish()
{
    m_monitor.reset();
    m_poll.stop();
}

void PreviewJob::start(const Inspected &inspected, EntryId entry, quint64 wanted)
{
    using Outcome = Result<std::shared_ptr<PreparedPreview>>;
    m_background.run(
        [monitor = renew(), inspected, entry, wanted]() -> Outcome {
            try {
                auto preview = readPreview(
                    *inspected.source, *inspected.inspection->image, entry, wanted, *monitor);
                return preview ? Outcome(prepared(*std::move(preview), wanted))
                               : std::unexpected(preview.error());
            } catch (const std::bad_alloc &) {
                return failOutOfMemory();
            }
        },
        [this](const Outcome &outcome) {
            finish();
            outcome ? emit loaded(*outcome) : emit failed(errorText(outcome.error()));
        });
}

void PreviewJob::startDiff(const Inspected &before,
                           EntryId first,
                           const Inspected &after,
                           EntryId second)
{
    using Outcome = Result<std::shared_ptr<PreparedDiff>>;
    m_background.run(
        [monitor = renew(), before, first, after, second]() -> Outcome {
            try {
                const auto left = readVersion(before, first, *monitor);
                if (!left) {
                    return std::unexpected(left.error());
                }
                const auto right = readVersion(after, second, *monitor);
                if (!right) {
                    return std::unexpected(right.error());
                }
                const Language language =
                    right->language == Language::None ? left->language : right->language;
                auto sides = sideBySide(left->text, right->text, language, *monitor);
                if (!sides) {
                    return std::unexpected(sides.error());
                }
                return std::make_shared<PreparedDiff>(
                    PreparedDiff{*std::move(sides),
                                 {left->encoding, right->encoding},
                                 left->isWhole && right->isWhole});
            } catch (const std::bad_alloc &) {
                return failOutOfMemory();
            }
        },
        [this](const Outcome &outcome) {
            finish();
            outcome ? emit diffed(*outcome) : emit failed(errorText(outcome.error()));
        });
}

void PreviewJob::drop()
{
    if (m_monitor) {
        m_monitor->cancel();
    }
    finish();
    m_background.drop();
}

} // namespace cutaway
