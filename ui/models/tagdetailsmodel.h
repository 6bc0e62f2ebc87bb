// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/browsing.h"

#include <QStandardItemModel>

#include <vector>

namespace cutaway {

/// What one tag stands for, as a tree: the index, its platforms, and below each what travels beside
/// it (signatures, bills of materials, provenance) with the parts of these. Branches are filled as
/// they are asked for.
class TagDetailsModel : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, SizeColumn, DigestColumn };
    enum class Kind {
        Subject,  ///< an index or an image: may have referrers
        Attached, ///< a referrer or attestation: has parts
        Part,     ///< has a text
        Note,     ///< words
    };

    explicit TagDetailsModel(QObject *parent = nullptr);

    void clearAll();
    void setTag(const std::string &tag, const TagOutline &facts);

    Kind kind(const QModelIndex &index) const;
    /// Empty for notes.
    const Descriptor &descriptor(const QModelIndex &index) const;
    /// Of a subject: its platform, empty for the index itself.
    bool isIndex(const QModelIndex &index) const;

    /// Whether its branch was asked for.
    bool isAsked(const QModelIndex &index) const;
    void setAsking(const QModelIndex &index);
    void addReferrers(const QModelIndex &subject, const ReferrerPage &page);
    void setParts(const QModelIndex &attached, const std::vector<Descriptor> &parts);
    /// May be asked for again.
    void setProblem(const QModelIndex &index, const QString &problem);

private:
    struct Node
    {
        Kind kind = Kind::Note;
        Descriptor descriptor = {};
        bool isIndex = false;
        bool isAsked = false;
    };
    QStandardItem *append(QStandardItem *parent, const QString &name, Node node);
    QStandardItem *appendNote(QStandardItem *parent, const QString &text);
    void appendAttestations(QStandardItem *image, const TagOutline &facts, const Digest &digest);
    void dropNotes(QStandardItem *parent) const;
    const Node *nodeAt(const QModelIndex &index) const;
    Node *nodeAt(const QModelIndex &index);

    std::vector<Node> m_nodes;
};

} // namespace cutaway
