// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/preview/previewwords.h"

#include "core/base/text.h"
#include "ui/jobs/previewjob.h"
#include "ui/models/previewfacts.h"
#include "ui/models/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::PreviewPanel", text);
}

QString textWords(const PreparedPreview &prepared)
{
    const Preview &file = prepared.preview;
    QStringList parts;
    if (!file.compression.empty()) {
        parts << tr("out of %1").arg(shown(file.compression));
    }
    const std::string_view encoding = encodingName(file.text->encoding);
    parts << (file.text->encoding == TextEncoding::Latin1 ? QStringLiteral("⚠ ") : QString())
                 + shown(encoding);
    if (file.language != Language::None) {
        parts << shown(languageName(file.language));
    }
    return parts.join(QStringLiteral(" · "));
}

QString kindWords(const PreparedPreview &prepared)
{
    const Preview &file = prepared.preview;
    switch (file.kind) {
    case PreviewKind::Empty: return tr("empty");
    case PreviewKind::Text: return textWords(prepared);
    case PreviewKind::Binary: return tr("no text");
    case PreviewKind::Elf: return programWords(*file.elf);
    case PreviewKind::Certificate:
        return file.certificates.size() == 1
                   ? tr("certificate")
                   : tr("%1 certificates").arg(numberText(file.certificates.size()));
    case PreviewKind::Archive: return tr("archive, %1").arg(shown(file.archive->format));
    case PreviewKind::Picture: break;
    }
    if (!prepared.pictureProblem.isEmpty()) {
        return tr("⚠ a picture that is not shown: %1").arg(prepared.pictureProblem);
    }
    return tr("picture, %1 × %2 pixels, %3")
        .arg(prepared.pictureSize.width())
        .arg(prepared.pictureSize.height())
        .arg(shown(file.pictureFormat));
}

} // namespace

QString previewWords(const PreparedPreview &prepared)
{
    const Preview &file = prepared.preview;
    QStringList parts = {kindWords(prepared)};
    if (file.text && !prepared.textRows.empty() && file.isTextWhole) {
        std::uint64_t lines = 0;
        for (const CodeRow &row : prepared.textRows) {
            lines += row.label.empty() ? 0 : 1;
        }
        parts << QString::fromStdString(formatCount(lines, "line", "lines"));
    }
    const bool isCut = file.text ? !file.isTextWhole : !file.isWhole;
    if (isCut && file.compression.empty()) {
        parts << tr("the first %1 of %2").arg(sizeText(file.bytes.size()), sizeText(file.size));
    } else if (isCut) {
        parts << tr("the first %1").arg(sizeText(file.text->text.size()));
    } else {
        parts << sizeText(file.size);
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace cutaway
