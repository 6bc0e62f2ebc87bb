// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/models/celltable.h"

#include <QSortFilterProxyModel>

namespace cutaway {

/// Everything that is to be said about an image: findings, then the notes of reading, then the
/// rules that could not be asked. Nothing is left out.
class FindingsModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { SeverityColumn, RuleColumn, SummaryColumn, WhereColumn, BytesColumn };
    enum class Kind : std::uint8_t { Finding, Note, Skipped };

    explicit FindingsModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);

    Kind kind(int row) const;
    /// Row of the finding with that fingerprint, or -1.
    int rowOf(const QString &fingerprint) const;
    /// Null for what is no finding.
    const Finding *finding(int row) const;
    /// What "evidence:AT" in the details leads to; null where there is none.
    const Evidence *evidence(int row, std::size_t at) const;
    /// How many findings have this severity; -1: notes and skipped rules.
    int count(int severity) const;
    /// What the row says, in full: text, why, how to fix, references. HTML with everything escaped.
    QString detailsHtml(int row) const;

protected:
    int rows() const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    struct Line
    {
        int severity = -1;
        QString rule = {};
        QString title = {}; ///< of the rule
        QString summary = {};
        QByteArray path = {};
        int layer = -1;
        int places = 0; ///< how many more there are
        quint64 bytes = 0;
    };
    Line line(int row) const;
    Cell whereCell(const Line &line) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
};

/// Keeps the rows of the chosen severities in which every typed word occurs.
class FindingsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FindingsFilter(QObject *parent = nullptr);

    /// Severities to be kept, a bit for each; bit 7: notes.
    void setSeverities(unsigned severities);
    void setText(const QString &text);
    static constexpr unsigned kNotes = 1U << 7;
    static constexpr unsigned kAll = 0xff;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    unsigned m_severities = kAll;
    QStringList m_words;
};

} // namespace cutaway
