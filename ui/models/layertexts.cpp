// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layertexts.h"

#include "ui/models/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::LayerTexts", text);
}

QString htmlRow(const QString &name, const QString &value)
{
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
        .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

constexpr qsizetype kToolTipText = 1200; ///< characters of an instruction that a tooltip shows

} // namespace

QString layerInstruction(const Image &image, std::size_t layer)
{
    if (!image.historyAligned) {
        return {};
    }
    const auto &history = image.config.history;
    const auto made = std::ranges::find_if(
        history, [layer](const HistoryEntry &entry) { return entry.layer == layer; });
    if (made == history.end()) {
        return {};
    }
    return shownLines(redactedStep(*made).text());
}

QString layerTitle(const Image &image, std::size_t layer)
{
    const QString instruction = layerInstruction(image, layer).simplified();
    if (!instruction.isEmpty()) {
        return instruction;
    }
    const Layer &shown = image.layers[layer];
    if (!shown.digest.isEmpty()) {
        return QString::fromStdString(shown.digest.shortText());
    }
    if (!shown.diffId.isEmpty()) {
        return QString::fromStdString(shown.diffId.shortText());
    }
    return cutaway::shown(shown.descriptor.member);
}

QString layerProblem(const Layer &layer)
{
    const QString why = shown(layer.problem);
    switch (layer.state) {
    case Layer::State::Waiting: return tr("not read yet");
    case Layer::State::Absent: return tr("not in this archive");
    case Layer::State::Foreign: return tr("distributed elsewhere, not read");
    case Layer::State::Damaged: return why.isEmpty() ? tr("damaged") : tr("damaged: %1").arg(why);
    case Layer::State::Read: break;
    }
    return layer.verified == false ? tr("its bytes are not what its digest says") : QString();
}

QString layerToolTip(const Image &image,
                     std::size_t layer,
                     const LayerNumbers *numbers,
                     const PackageChanges *packages)
{
    const Layer &shown = image.layers[layer];
    QString title = layerInstruction(image, layer);
    if (title.isEmpty()) {
        title = layerTitle(image, layer);
    }
    if (title.size() > kToolTipText) {
        title = title.left(kToolTipText) + QStringLiteral("…");
    }
    QString html = QStringLiteral("<p style='white-space:pre-wrap'><b>%1</b> %2</p><table>")
                       .arg(layer)
                       .arg(title.toHtmlEscaped());
    const QString problem = layerProblem(shown);
    if (!problem.isEmpty()) {
        html += htmlRow(tr("State"), problem);
    }
    if (numbers != nullptr && shown.isRead()) {
        html += htmlRow(tr("Files"), exactBytes(numbers->fileBytes));
        html += htmlRow(tr("Hidden later"), exactBytes(numbers->shadowedBytes));
    } else if (shown.isRead()) {
        html += htmlRow(tr("Files"), exactBytes(shown.counts.fileBytes));
    }
    if (packages != nullptr && packages->added + packages->changed + packages->removed > 0) {
        html += htmlRow(tr("Packages"),
                        tr("%1 added, %2 installed anew, %3 removed")
                            .arg(packages->added)
                            .arg(packages->changed)
                            .arg(packages->removed));
    }
    if (shown.unpackedBytes) {
        html += htmlRow(tr("Unpacked"), exactBytes(*shown.unpackedBytes));
    }
    if (shown.wireBytes) {
        html += htmlRow(tr("As stored"), exactBytes(*shown.wireBytes));
    } else if (shown.descriptor.size.value_or(0) > 0) {
        html += htmlRow(tr("To be transferred"),
                        exactBytes(static_cast<quint64>(*shown.descriptor.size)));
    }
    if (!shown.digest.isEmpty()) {
        html += htmlRow(tr("Digest"), QString::fromStdString(shown.digest.text()));
    }
    if (!shown.diffId.isEmpty()) {
        html += htmlRow(tr("Diff ID"), QString::fromStdString(shown.diffId.text()));
    }
    return html + QStringLiteral("</table>");
}

} // namespace cutaway
