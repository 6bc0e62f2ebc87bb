// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/timelinemodel.h"

#include "core/base/text.h"
#include "core/tree/view.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <tuple>

namespace cutaway {

namespace {

EntryId entryBefore(const PathTree &tree, NodeId node, LayerIndex layer)
{
    return layer == 0 ? kNone : tree.entryAt(node, static_cast<LayerIndex>(layer - 1));
}

} // namespace

TimelineModel::TimelineModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"layer", tr("Layer"), tr("Counted from 0"), true},
                 {"change", tr("What happened")},
                 {"size", tr("Size"), tr("Bytes that the layer ships for this path"), true}})
{}

void TimelineModel::setPath(ImagePtr image, NodeId node)
{
    beginResetModel();
    if (image != m_image) {
        m_image = std::move(image);
        m_instructions = m_image ? layerInstructions(*m_image) : std::vector<QString>();
    }
    m_node = node;
    m_events.clear();
    m_shipped = 0;
    m_hidden = 0;
    if (m_image && m_image->tree && node != kNone) {
        collect();
    }
    endResetModel();
}

void TimelineModel::collect()
{
    const PathTree &tree = *m_image->tree;
    const PathTree::Node &node = tree.node(m_node);
    for (EntryId id = node.firstEntry; id < node.firstEntry + node.entryCount; ++id) {
        const Entry &entry = tree.entry(id);
        const EntryId before = entryBefore(tree, m_node, entry.layer);
        Event event{.layer = entry.layer, .entry = id};
        if (entry.makesPath()) {
            event.change = changeBetween(tree, before, id);
        } else if (entry.type == EntryType::Whiteout && before != kNone) {
            event.change = Change::Removed;
        }
        describe(event, before);
        m_events.push_back(std::move(event));
        m_shipped += entry.size;
        m_hidden += tree.byteFate(id).hiddenBy == kNoLayer ? 0 : entry.size;
    }
    // What a directory above took away is told by no entry of the path itself.
    for (std::uint32_t i = 1; i < tree.layerCount(); ++i) {
        const auto layer = static_cast<LayerIndex>(i);
        const EntryId before = entryBefore(tree, m_node, layer);
        const bool isGone = before != kNone && tree.entryAt(m_node, layer) == kNone;
        const bool isTold = std::ranges::any_of(m_events, [layer](const Event &event) {
            return event.layer == layer && event.change == Change::Removed;
        });
        if (isGone && !isTold) {
            Event event{
                .layer = layer, .entry = before, .change = Change::Removed, .isMention = false};
            describe(event, before);
            m_events.push_back(std::move(event));
        }
    }
    std::ranges::sort(m_events, {}, [](const Event &event) {
        return std::tuple(event.layer, !event.isMention, event.entry);
    });
}

void TimelineModel::describe(Event &event, EntryId before) const
{
    const Entry &entry = m_image->tree->entry(event.entry);
    if (!event.isMention) {
        event.words = causeTitle(entry.cause);
        event.details = causeExplanation(entry.cause);
        return;
    }
    if (entry.has(Entry::Implicit)) {
        event.words = tr("made for what is below it");
        event.change.reset();
        return;
    }
    if (entry.type == EntryType::Whiteout) {
        event.words = event.change ? tr("deleted") : tr("deleted, though it was not there");
        event.details =
            tr("A whiteout: the path is hidden from here on, but what lower layers ship of it "
               "stays in the image.");
        return;
    }
    if (entry.type == EntryType::Opaque) {
        event.words = tr("emptied");
        event.details =
            tr("An opaque marker: the directory hides all that lower layers put in it.");
        return;
    }
    if (!event.change) {
        event.words = tr("left behind by the builder");
        return;
    }
    switch (*event.change) {
    case Change::Added: event.words = tr("added"); return;
    case Change::Unmodified: event.words = tr("written again, unchanged"); return;
    case Change::Removed: event.words = tr("removed"); return;
    case Change::Modified:
        event.words =
            m_image->tree->entry(before).type == entry.type
                ? tr("replaced")
                : tr("replaced: %1 became %2")
                      .arg(typeText(m_image->tree->entry(before).type), typeText(entry.type));
        return;
    case Change::Metadata:
        event.words = tr("metadata only: %1").arg(metadataDifference(before, event.entry));
        event.details = tr("The content is the same as before, and is shipped again.");
        return;
    }
}

QString TimelineModel::metadataDifference(EntryId before, EntryId after) const
{
    const Entry &old = m_image->tree->entry(before);
    const Entry &now = m_image->tree->entry(after);
    QStringList parts;
    if (old.mode != now.mode) {
        parts << tr("mode %1 → %2")
                     .arg(QString::fromStdString(formatMode(old.mode)),
                          QString::fromStdString(formatMode(now.mode)));
    }
    if (old.uid != now.uid || old.gid != now.gid) {
        parts << tr("owner %1:%2 → %3:%4").arg(old.uid).arg(old.gid).arg(now.uid).arg(now.gid);
    }
    if (parts.isEmpty() && (old.mtime != now.mtime || old.mtimeNsec != now.mtimeNsec)) {
        parts << tr("time");
    }
    return parts.isEmpty() ? tr("extended attributes") : parts.join(QStringLiteral(", "));
}

int TimelineModel::rowOfLayer(int layer) const
{
    for (int row = rows() - 1; row >= 0; --row) {
        if (m_events[static_cast<std::size_t>(row)].layer == layer) {
            return row;
        }
    }
    return -1;
}

Cell TimelineModel::cell(int row, int column) const
{
    const Event &event = m_events[static_cast<std::size_t>(row)];
    const Entry &entry = m_image->tree->entry(event.entry);
    switch (column) {
    case LayerColumn:
        return {.text = QString::number(event.layer), .raw = int{event.layer}, .right = true};
    case ChangeColumn: {
        const Change change = event.change.value_or(Change::Unmodified);
        const QString sign = event.change ? changeSign(change) : QString();
        const QString step =
            event.layer < m_instructions.size() ? m_instructions[event.layer] : QString();
        QString tip =
            event.details.isEmpty() ? event.words : event.words + QLatin1Char('\n') + event.details;
        tip += step.isEmpty() ? QString() : QStringLiteral("\n\n") + step;
        return {.text = sign.isEmpty() ? event.words : sign + QLatin1Char(' ') + event.words,
                .raw = event.words,
                .toolTip = tip,
                .suffix = step,
                .change = static_cast<int>(change),
                .muted = !event.change || change == Change::Unmodified};
    }
    case SizeColumn: {
        const bool isFile = event.isMention && entry.type == EntryType::File;
        return {.text = isFile ? sizeText(entry.size) : QString(),
                .raw = isFile ? QVariant::fromValue<quint64>(entry.size)
                              : QVariant::fromValue(nullptr),
                .toolTip = isFile ? exactBytes(entry.size) : QString(),
                .right = true};
    }
    default: return {};
    }
}

QVariant TimelineModel::rowData(int row, int role) const
{
    switch (role) {
    case role::Layer: return int{m_events[static_cast<std::size_t>(row)].layer};
    case role::Path: return rawBytes(m_image->tree->path(m_node));
    default: return {};
    }
}

} // namespace cutaway
