// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagdetailsmodel.h"

#include "core/base/text.h"
#include "ui/models/roles.h"
#include "ui/models/tagsmodel.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

namespace cutaway {

namespace {

constexpr int kNodeRole = Qt::UserRole + 100;
constexpr std::size_t kShownReferrers = 1000; ///< of one subject

std::string annotation(const Descriptor &descriptor, const char *name)
{
    const auto found = descriptor.annotations.find(name);
    return found == descriptor.annotations.end() ? std::string() : found->second;
}

/// What a part is: by the statement's predicate where it says so, else by its media type.
QString partName(const Descriptor &part)
{
    Descriptor said = part;
    said.artifactType = annotation(part, "in-toto.io/predicate-type");
    if (said.artifactType.empty()) {
        return shown(part.mediaType.empty() ? std::string("part") : part.mediaType);
    }
    const Referrer::Kind kind = referrerKind(said);
    return kind == Referrer::Kind::Other || kind == Referrer::Kind::Attestation
               ? shown(said.artifactType)
               : TagDetailsModel::tr("%1: %2").arg(referrerWord(kind), shown(said.artifactType));
}

QString referrerName(const Referrer &referrer)
{
    QString name = referrerWord(referrer.kind);
    if (!referrer.descriptor.artifactType.empty()) {
        name += QStringLiteral(" · ") + shown(referrer.descriptor.artifactType);
    }
    const QString tag = shown(referrer.tag);
    if (!tag.isEmpty()) { // by convention named after the image, which stands above
        name += isAttachedTag(tag) ? TagDetailsModel::tr(" · under a tag")
                                   : TagDetailsModel::tr(" · tag %1").arg(tag);
    }
    return name;
}

const char *iconOf(TagDetailsModel::Kind kind, bool isIndex)
{
    switch (kind) {
    case TagDetailsModel::Kind::Subject: return isIndex ? "layers" : "image";
    case TagDetailsModel::Kind::Attached: return "link";
    case TagDetailsModel::Kind::Part: return "file";
    case TagDetailsModel::Kind::Note: break;
    }
    return "";
}

} // namespace

TagDetailsModel::TagDetailsModel(QObject *parent)
    : QStandardItemModel(parent)
{
    clearAll();
}

void TagDetailsModel::clearAll()
{
    clear();
    m_nodes.clear();
    setHorizontalHeaderLabels({tr("What there is"), tr("Size"), tr("Digest")});
    horizontalHeaderItem(SizeColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

QStandardItem *TagDetailsModel::append(QStandardItem *parent, const QString &name, Node node)
{
    const Descriptor &descriptor = node.descriptor;
    auto *first = new QStandardItem(name);
    first->setToolTip(plainToolTip(name));
    if (const char *picture = iconOf(node.kind, node.isIndex); *picture != '\0') {
        first->setIcon(icon(QLatin1String(picture)));
    }
    first->setData(static_cast<int>(m_nodes.size()), kNodeRole);
    auto *size = new QStandardItem;
    size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // Of an index or a manifest that would be the size of a list, which nobody asks for.
    if (node.kind == Kind::Part && descriptor.size) {
        size->setText(sizeText(static_cast<quint64>(*descriptor.size)));
        size->setToolTip(exactBytes(static_cast<quint64>(*descriptor.size)));
    }
    auto *digest = new QStandardItem(shownDigest(descriptor.digest));
    digest->setToolTip(plainToolTip(shown(descriptor.digest.text())));
    digest->setData(true, role::Fixed);
    digest->setData(true, role::Muted);
    m_nodes.push_back(std::move(node));
    const QList<QStandardItem *> row = {first, size, digest};
    for (QStandardItem *item : row) {
        item->setEditable(false);
    }
    parent->appendRow(row);
    return first;
}

QStandardItem *TagDetailsModel::appendNote(QStandardItem *parent, const QString &text)
{
    QStandardItem *note = append(parent, text, {});
    note->setData(true, role::Muted);
    return note;
}

void TagDetailsModel::setTag(const std::string &tag, const TagOutline &facts)
{
    clearAll();
    Node top{.kind = Kind::Subject, .isIndex = facts.isIndex};
    top.descriptor.digest = facts.digest;
    top.descriptor.mediaType = facts.mediaType;
    QStandardItem *root =
        append(invisibleRootItem(),
               facts.isIndex ? tr("%1: index of %2")
                                   .arg(shown(tag),
                                        QString::fromStdString(formatCount(
                                            facts.images.size(), "platform", "platforms")))
                             : tr("%1: image").arg(shown(tag)),
               std::move(top));
    if (!facts.isIndex) {
        return;
    }
    for (const Descriptor &image : facts.images) {
        const QString platform = shown(image.platform.text());
        QStandardItem *item = append(root,
                                     platform.isEmpty() ? tr("unknown platform") : platform,
                                     {.kind = Kind::Subject, .descriptor = image});
        appendAttestations(item, facts, image.digest);
    }
}

/// Those of that image.
void TagDetailsModel::appendAttestations(QStandardItem *image,
                                         const TagOutline &facts,
                                         const Digest &digest)
{
    for (const Descriptor &attestation : facts.attestations) {
        if (annotation(attestation, "vnd.docker.reference.digest") == digest.text()) {
            append(image,
                   tr("Attestations of the build"),
                   {.kind = Kind::Attached, .descriptor = attestation});
        }
    }
}

const TagDetailsModel::Node *TagDetailsModel::nodeAt(const QModelIndex &index) const
{
    const QVariant node = index.siblingAtColumn(NameColumn).data(kNodeRole);
    return node.isValid() ? &m_nodes[static_cast<std::size_t>(node.toInt())] : nullptr;
}

TagDetailsModel::Node *TagDetailsModel::nodeAt(const QModelIndex &index)
{
    return const_cast<Node *>(
        std::as_const(*this).nodeAt(index)); // NOLINT: the object is not const
}

TagDetailsModel::Kind TagDetailsModel::kind(const QModelIndex &index) const
{
    const Node *node = nodeAt(index);
    return node == nullptr ? Kind::Note : node->kind;
}

const Descriptor &TagDetailsModel::descriptor(const QModelIndex &index) const
{
    static const Descriptor kNothing = {};
    const Node *node = nodeAt(index);
    return node == nullptr ? kNothing : node->descriptor;
}

bool TagDetailsModel::isIndex(const QModelIndex &index) const
{
    const Node *node = nodeAt(index);
    return node != nullptr && node->isIndex;
}

bool TagDetailsModel::isAsked(const QModelIndex &index) const
{
    const Node *node = nodeAt(index);
    return node == nullptr || node->isAsked;
}

void TagDetailsModel::dropNotes(QStandardItem *parent) const
{
    for (int row = parent->rowCount() - 1; row >= 0; --row) {
        if (kind(parent->child(row)->index()) == Kind::Note) {
            parent->removeRow(row);
        }
    }
}

void TagDetailsModel::setAsking(const QModelIndex &index)
{
    if (Node *node = nodeAt(index)) {
        node->isAsked = true;
        QStandardItem *item = itemFromIndex(index.siblingAtColumn(NameColumn));
        dropNotes(item);
        appendNote(item, tr("asking …"));
    }
}

void TagDetailsModel::addReferrers(const QModelIndex &subject, const ReferrerPage &page)
{
    QStandardItem *item = itemFromIndex(subject.siblingAtColumn(NameColumn));
    dropNotes(item);
    std::size_t added = 0;
    for (const Referrer &referrer : page.referrers) {
        if (added == kShownReferrers) {
            break;
        }
        append(item,
               referrerName(referrer),
               {.kind = Kind::Attached, .descriptor = referrer.descriptor});
        ++added;
    }
    if (!page.next.empty() || added < page.referrers.size()) {
        appendNote(item, tr("There are more, which are not shown"));
    } else if (item->rowCount() == 0) {
        appendNote(item, tr("No signatures, bills of materials or provenance"));
    }
}

void TagDetailsModel::setParts(const QModelIndex &attached, const std::vector<Descriptor> &parts)
{
    QStandardItem *item = itemFromIndex(attached.siblingAtColumn(NameColumn));
    dropNotes(item);
    for (const Descriptor &part : parts) {
        append(item, partName(part), {.kind = Kind::Part, .descriptor = part});
    }
    if (parts.empty()) {
        appendNote(item, tr("It holds nothing"));
    }
}

void TagDetailsModel::setProblem(const QModelIndex &index, const QString &problem)
{
    if (Node *node = nodeAt(index)) {
        node->isAsked = false;
        QStandardItem *item = itemFromIndex(index.siblingAtColumn(NameColumn));
        dropNotes(item);
        QStandardItem *note = appendNote(item, problem);
        note->setIcon(icon(QStringLiteral("high"), theme::Role::High));
    }
}

} // namespace cutaway
