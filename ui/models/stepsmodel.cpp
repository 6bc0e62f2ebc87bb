// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/stepsmodel.h"

#include "core/audit/redaction.h"
#include "core/image/history.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <ranges>

namespace cutaway {

namespace {

QString builderName(Builder builder)
{
    switch (builder) {
    case Builder::Classic: return QStringLiteral("Docker");
    case Builder::BuildKit: return QStringLiteral("BuildKit");
    case Builder::Buildah: return QStringLiteral("Buildah");
    case Builder::Kaniko: return QStringLiteral("kaniko");
    case Builder::Unknown:
    case Builder::Other: break;
    }
    return {};
}

} // namespace

StepsModel::StepsModel(QObject *parent)
    : CellTable(parent)
    , m_columns(
          {{"layer",
            tr("Layer"),
            tr("Layer that the step made, counted from 0; a dash: it changed only the config"),
            true},
           {"size", tr("Size"), tr("Bytes of the files that the layer brings"), true},
           {"instruction",
            tr("Instruction"),
            tr("As the Dockerfile said it, rebuilt from the history")}})
{}

void StepsModel::setImage(const ImagePtr &image, const Analysis *analysis)
{
    beginResetModel();
    m_image = image;
    m_bytes.clear();
    m_total = 0;
    if (analysis != nullptr) {
        m_total = analysis->fileBytes;
        for (const LayerNumbers &numbers : analysis->layers) {
            m_bytes.push_back(numbers.fileBytes);
        }
    }
    fill();
    endResetModel();
}

void StepsModel::fill()
{
    m_steps.clear();
    m_aligned = m_image == nullptr || m_image->historyAligned;
    if (!m_image) {
        return;
    }
    for (const HistoryEntry &entry : m_image->config.history) {
        m_steps.push_back(stepOf(entry));
    }
    // A step without a layer belongs to the base when a later one does.
    bool inBase = false;
    for (Step &step : m_steps | std::views::reverse) {
        inBase = inBase || step.isBase;
        step.isBase = inBase;
    }
}

StepsModel::Step StepsModel::stepOf(const HistoryEntry &entry) const
{
    const BuildStep build = redactedStep(entry);
    Step step;
    step.isMasked = redactHistory(entry, Secrets::Redacted).redacted;
    step.keyword = shown(build.keyword);
    step.text = shownLines(build.text());
    step.line = shownLines(build.keyword.empty() ? build.text() : build.arguments).simplified();
    QStringList details;
    for (const QString &detail : {shown(entry.created),
                                  builderName(build.builder),
                                  shown(redactLine(entry.author, Secrets::Redacted).text),
                                  shown(redactLine(entry.comment, Secrets::Redacted).text)}) {
        if (!detail.isEmpty()) {
            details << detail;
        }
    }
    step.details = details.join(QStringLiteral(" · "));
    if (entry.layer) {
        const std::size_t layer = *entry.layer;
        step.layer = static_cast<int>(layer);
        step.isBase = layer < m_image->base.layers;
        if (layer < m_bytes.size() && m_image->layers[layer].isRead()) {
            step.bytes = m_bytes[layer];
        }
    }
    return step;
}

int StepsModel::rowOfLayer(int layer) const
{
    const auto found = std::ranges::find(m_steps, layer, &Step::layer);
    return layer < 0 || found == m_steps.end() ? -1 : static_cast<int>(found - m_steps.begin());
}

QString StepsModel::fullText(int row) const
{
    return m_steps[static_cast<std::size_t>(row)].text;
}

bool StepsModel::isMasked(int row) const
{
    return m_steps[static_cast<std::size_t>(row)].isMasked;
}

QString StepsModel::revealedText(int row) const
{
    const HistoryEntry &entry = m_image->config.history[static_cast<std::size_t>(row)];
    return shownLines(normaliseHistory(entry).text());
}

QString StepsModel::details(int row) const
{
    return m_steps[static_cast<std::size_t>(row)].details;
}

QString StepsModel::dockerfile() const
{
    QString text;
    for (const Step &step : m_steps) {
        text += step.text + QLatin1Char('\n');
    }
    return text;
}

Cell StepsModel::sizeCell(const Step &step) const
{
    if (step.layer < 0) {
        return {.text = {}, .right = true, .muted = true};
    }
    if (!step.bytes) {
        return {.text = QStringLiteral("?"),
                .toolTip = tr("The layer was not read"),
                .right = true,
                .muted = true};
    }
    return {.text = sizeText(*step.bytes),
            .raw = *step.bytes,
            .toolTip = exactBytes(*step.bytes),
            .total = m_total,
            .right = true,
            .muted = step.isBase};
}

Cell StepsModel::cell(int row, int column) const
{
    const Step &step = m_steps[static_cast<std::size_t>(row)];
    if (column == LayerColumn) {
        return {.text = step.layer < 0 ? QStringLiteral("–") : QString::number(step.layer),
                .raw = step.layer < 0 ? QVariant::fromValue(nullptr) : QVariant(step.layer),
                .toolTip = step.layer < 0 ? tr("Changes only the configuration")
                                          : tr("Layer %1").arg(step.layer),
                .right = true,
                .muted = step.layer < 0 || step.isBase};
    }
    if (column == SizeColumn) {
        return sizeCell(step);
    }
    const QString text =
        step.keyword.isEmpty() ? step.line : step.keyword + QLatin1Char(' ') + step.line;
    return {.text = text,
            .raw = step.text,
            .toolTip =
                step.isBase ? tr("From the base image") + QLatin1Char('\n') + step.text : step.text,
            .muted = step.isBase,
            .fixed = true};
}

QVariant StepsModel::rowData(int row, int role) const
{
    return role == role::Layer ? QVariant(m_steps[static_cast<std::size_t>(row)].layer)
                               : QVariant();
}

LayerRowsModel::LayerRowsModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"layer", tr("Layer"), tr("Counted from 0, the lowest first"), true},
                 {"size", tr("Size"), tr("Bytes of the files that the layer brings"), true},
                 {"diffId", tr("Diff ID"), tr("Digest of the layer's uncompressed tar")}})
{}

void LayerRowsModel::setImage(ImagePtr image, const Analysis *analysis)
{
    beginResetModel();
    m_image = std::move(image);
    m_bytes.clear();
    m_total = 0;
    if (m_image && analysis != nullptr) {
        for (const LayerNumbers &numbers : analysis->layers) {
            m_bytes.push_back(numbers.fileBytes);
        }
        m_total = analysis->fileBytes;
    }
    endResetModel();
}

Cell LayerRowsModel::cell(int row, int column) const
{
    const auto at = static_cast<std::size_t>(row);
    if (column == 0) {
        return {.text = QString::number(row), .raw = row, .right = true};
    }
    if (column == 1) {
        if (at >= m_bytes.size() || !m_image->layers[at].isRead()) {
            return {.text = QStringLiteral("?"),
                    .toolTip = tr("The layer was not read"),
                    .right = true,
                    .muted = true};
        }
        return {.text = sizeText(m_bytes[at]),
                .raw = m_bytes[at],
                .toolTip = exactBytes(m_bytes[at]),
                .total = m_total,
                .right = true};
    }
    const Digest &digest = m_image->layers[at].diffId;
    return {.text = shown(digest.shortText()),
            .raw = shown(digest.text()),
            .toolTip = shown(digest.text()),
            .fixed = true};
}

QVariant LayerRowsModel::rowData(int row, int role) const
{
    return role == role::Layer ? QVariant(row) : QVariant();
}

} // namespace cutaway
