// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "ui/models/filetreemodel.h"
#include "ui/models/packagelist.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

/// What the file tree says: the texts of FileTreeModel, apart from its structure.
namespace cutaway {

namespace {

constexpr qsizetype kToTheMinute = 16; ///< "2024-05-01 10:00"; the rest is in the tooltip

QString iconName(const Entry *entry)
{
    if (entry == nullptr) {
        return QStringLiteral("directory");
    }
    switch (entry->type) {
    case EntryType::Directory: return QStringLiteral("directory");
    case EntryType::Symlink: return QStringLiteral("symlink");
    case EntryType::HardLink: return QStringLiteral("hardlink");
    case EntryType::CharDevice:
    case EntryType::BlockDevice: return QStringLiteral("device");
    case EntryType::Fifo: return QStringLiteral("fifo");
    case EntryType::Whiteout: return QStringLiteral("whiteout");
    case EntryType::Opaque: return QStringLiteral("opaque");
    case EntryType::File: break;
    }
    return (entry->mode & 06000U) != 0 ? QStringLiteral("setuid") : QStringLiteral("file");
}

/// Names may be a megabyte long: nobody reads that, and laying it out would take its time.
QString shownStart(std::string_view name)
{
    constexpr std::size_t kShown = 1024;
    return name.size() > kShown ? shown(name.substr(0, kShown)) + QStringLiteral("…") : shown(name);
}

} // namespace

/// What the layer ships; where that is nothing, what it hides of lower layers.
std::uint64_t FileTreeModel::sizeOf(NodeId node) const
{
    const std::uint64_t bytes = m_view->bytes(node);
    return bytes == 0 && m_view->spec().kind == ViewSpec::Kind::Layer ? m_view->removedBytes(node)
                                                                      : bytes;
}

/// What the bars are shares of.
std::uint64_t FileTreeModel::totalSize() const
{
    return m_view->spec().kind == ViewSpec::Kind::Layer
               ? m_view->bytes(kRoot) + m_view->removedBytes(kRoot)
               : m_view->bytes(kRoot);
}

QString FileTreeModel::text(NodeId node, int column) const
{
    const PathTree &tree = m_view->tree();
    const EntryId id = m_view->entry(node);
    const Change change = m_view->change(node);
    if (column == NameColumn) {
        return shownStart(tree.name(node));
    }
    if (column == SizeColumn) {
        return sizeText(sizeOf(node));
    }
    if (column == ChangeColumn) {
        if (change != Change::Unmodified) {
            return changeSign(change) + QLatin1Char(' ') + changeWord(change);
        }
        return m_view->hasChangesBelow(node) ? QStringLiteral("·") : QString();
    }
    if (id == kNone) {
        return {};
    }
    const Entry &entry = tree.entry(id);
    switch (column) {
    case ModeColumn: return modeText(entry);
    case OwnerColumn: return QStringLiteral("%1:%2").arg(entry.uid).arg(entry.gid);
    case LayerColumn: return QString::number(entry.layer);
    case TimeColumn: return timeText(entry.mtime).left(kToTheMinute);
    default: return {};
    }
}

QVariant FileTreeModel::rawValue(NodeId node, int column) const
{
    const EntryId id = m_view->entry(node);
    switch (column) {
    case NameColumn: return QString::fromStdString(jsonName(m_view->tree().path(node)).text);
    case SizeColumn: return QVariant::fromValue<quint64>(sizeOf(node));
    case ChangeColumn: return changeWord(m_view->change(node));
    default: break;
    }
    if (id == kNone) {
        return {};
    }
    const Entry &entry = m_view->tree().entry(id);
    switch (column) {
    case ModeColumn: return QString::fromStdString(formatMode(entry.mode));
    case OwnerColumn: return QStringLiteral("%1:%2").arg(entry.uid).arg(entry.gid);
    case LayerColumn: return int{entry.layer};
    case TimeColumn: return QString::fromStdString(formatTime(entry.mtime, entry.mtimeNsec));
    default: return {};
    }
}

QString FileTreeModel::suffix(NodeId node) const
{
    const EntryId id = m_view->entry(node);
    if (id == kNone) {
        return {};
    }
    const PathTree &tree = m_view->tree();
    switch (tree.entry(id).type) {
    case EntryType::Symlink: return QStringLiteral("→ ") + shownStart(tree.linkTarget(id));
    case EntryType::HardLink: return QStringLiteral("= ") + shownStart(tree.linkTarget(id));
    default: return {};
    }
}

QString FileTreeModel::toolTip(NodeId node, int column) const
{
    const EntryId id = m_view->entry(node);
    if (column == SizeColumn) {
        return sizeToolTip(node);
    }
    if (column == NameColumn) {
        QString tip = shown(m_view->tree().path(node));
        if (id == kNone) {
            return tip + QLatin1Char('\n')
                   + tr("The layer does not name this directory; it only leads on.");
        }
        const Entry &entry = m_view->tree().entry(id);
        tip += QLatin1Char('\n') + typeText(entry.type);
        if (const QString target = suffix(node); !target.isEmpty()) {
            tip += QLatin1Char(' ') + target;
        }
        const QString packages = packagesOf(node);
        return packages.isEmpty() ? tip : tip + QLatin1Char('\n') + tr("Package: %1").arg(packages);
    }
    if (column == ChangeColumn) {
        const Change change = m_view->change(node);
        return change == Change::Unmodified && m_view->hasChangesBelow(node)
                   ? tr("Something below this directory changed")
                   : changeWord(change);
    }
    if (id == kNone) {
        return {};
    }
    const Entry &entry = m_view->tree().entry(id);
    switch (column) {
    case ModeColumn: return QString::fromStdString(formatMode(entry.mode));
    case OwnerColumn: return tr("User %1, group %2").arg(entry.uid).arg(entry.gid);
    case TimeColumn: return QString::fromStdString(formatTime(entry.mtime, entry.mtimeNsec));
    default: return text(node, column);
    }
}

QString FileTreeModel::sizeToolTip(NodeId node) const
{
    const bool isLayer = m_view->spec().kind == ViewSpec::Kind::Layer;
    const std::uint64_t removed = isLayer ? m_view->removedBytes(node) : 0;
    QString tip = exactBytes(m_view->bytes(node));
    if (removed > 0) {
        tip =
            m_view->bytes(node) > 0
                ? tr("%1 added, %2 of lower layers removed").arg(tip, exactBytes(removed))
                : tr("%1 of lower layers removed; they are still shipped").arg(exactBytes(removed));
    }
    const std::uint32_t files = m_view->files(node);
    if (files > 1) {
        tip += QLatin1Char('\n') + QString::fromStdString(formatCount(files, "file", "files"));
    }
    return tip;
}

QString FileTreeModel::packagesOf(NodeId node) const
{
    if (!m_inspection || !m_inspection->packages
        || m_inspection->image->tree != m_view->treePtr()) {
        return {};
    }
    const EntryId id = m_view->entry(node);
    const bool isDirectory = id == kNone || m_view->tree().entry(id).type == EntryType::Directory;
    return ownersOf(*m_inspection->packages, node, isDirectory);
}

QIcon FileTreeModel::iconOf(NodeId node) const
{
    const EntryId id = m_view->entry(node);
    const QString name = iconName(id == kNone ? nullptr : &m_view->tree().entry(id));
    auto known = m_icons.find(name);
    if (known == m_icons.end()) {
        known = m_icons.insert(name, icon(name));
    }
    return known.value();
}

} // namespace cutaway
