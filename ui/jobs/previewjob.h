// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/coderows.h"
#include "core/preview/preview.h"
#include "ui/document/document.h"
#include "ui/jobs/background.h"

#include <QImage>
#include <QObject>
#include <QTimer>

#include <memory>

namespace cutaway {

class PolledMonitor;

/// A file looked into, all that takes time done: its rows made, its picture decoded.
struct PreparedPreview
{
    Preview preview;
    std::vector<CodeRow> textRows;
    std::vector<CodeRow> hexRows;
    QImage picture;
    QString pictureProblem; ///< why there is none, though it is one
    QSize pictureSize;      ///< as it is stored; `picture` may be smaller
};

/// Two versions of a text side by side.
struct PreparedDiff
{
    SideBySide sides;
    TextEncoding encodings[2] = {TextEncoding::Utf8, TextEncoding::Utf8};
    bool isWhole = true; ///< both were compared to their ends
};

/// Reads files of an image to be looked at, or two of them to be held against each other, off the
/// main thread. The newest wish wins, nothing is kept.
class PreviewJob : public QObject
{
    Q_OBJECT

public:
    explicit PreviewJob(QObject *parent = nullptr);
    ~PreviewJob() override;

    /// `wanted`: bytes to be shown.
    void start(const Inspected &inspected, EntryId entry, quint64 wanted);
    /// An entry of kNone counts as an empty text. The images may be two.
    void startDiff(const Inspected &before, EntryId first, const Inspected &after, EntryId second);
    /// What is still being read is not wanted any more.
    void drop();
    bool isRunning() const { return m_monitor != nullptr; }

signals:
    void loaded(const std::shared_ptr<cutaway::PreparedPreview> &preview);
    void diffed(const std::shared_ptr<cutaway::PreparedDiff> &diff);
    void failed(const QString &why);
    void progressChanged(const cutaway::Progress &progress);

private:
    std::shared_ptr<PolledMonitor> renew();
    void finish();

    std::shared_ptr<PolledMonitor> m_monitor;
    QTimer m_poll;
    Background m_background;
};

/// Decodes a picture out of an image that nobody vouches for: only the format that its first bytes
/// say, no more than so many pixels, made smaller where it is larger than a screen.
struct DecodedPicture
{
    QImage picture;
    QSize size;
    QString problem;
};
[[nodiscard]] DecodedPicture decodePicture(const std::string &bytes, const std::string &format);

} // namespace cutaway
