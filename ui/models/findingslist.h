// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace cutaway {

enum class FindingsColumn { Severity, Summary, Where, Size, Points, Rule };

/// Which findings are shown, in which order and groups.
struct FindingsQuery
{
    enum class Grouping { None, Severity, Family, Layer, Rule };
    static constexpr unsigned kNotes = 1U << 7;
    static constexpr unsigned kAll = 0xff;

    unsigned severities = kAll; ///< a bit for each severity, and kNotes
    QString family = {};        ///< empty = any
    std::optional<Origin> origin = std::nullopt;
    std::optional<State> state = std::nullopt;
    std::optional<int> layer = std::nullopt; ///< -1: those that are about no layer
    bool withSuppressed = false;
    QStringList words = {}; ///< all of them occur, in any column or place, letters in any case
    Grouping grouping = Grouping::None;
    std::optional<FindingsColumn> sortBy = std::nullopt; ///< else as the audit orders them
    bool isDescending = false;

    /// How many of family, origin, state and layer narrow it.
    int narrowings() const;
    bool operator==(const FindingsQuery &) const = default;
};

/// One line of the list: a finding, or a note on reading the image.
struct FindingsItem
{
    int severity = -1; ///< -1: a note
    QString rule = {};
    QString family = {};
    QString summary = {};
    QByteArray path = {};
    QString where = {};
    int layer = -1;
    quint64 bytes = 0;
    double points = 0;
    Origin origin = Origin::Unknown;
    State state = State::Visible;
    bool isSuppressed = false;
};

/// What is to be said of an image, filtered, sorted, grouped. Keys are worked out once, so that
/// tens of thousands of rows answer while one types.
class FindingsList
{
public:
    struct Group
    {
        QString title = {};
        int severity = -2; ///< -2: not grouped by severity
        int layer = -1;
        int begin = 0; ///< positions in `order()`
        int end = 0;
        quint64 bytes = 0;

        int size() const { return end - begin; }
    };

    void setInspection(InspectionPtr inspection);
    const InspectionPtr &inspection() const { return m_inspection; }
    void arrange(const FindingsQuery &query);

    /// Findings first, then notes, in the audit's order.
    const std::vector<FindingsItem> &items() const { return m_items; }
    /// Indices into `items()`, as they are shown.
    const std::vector<int> &order() const { return m_order; }
    /// One at least where anything is shown; only one, without a title, when nothing is grouped.
    const std::vector<Group> &groups() const { return m_groups; }

    /// Null for a note.
    const Finding *finding(int item) const;
    /// How many have this severity (-1: notes); suppressed ones only when they are shown.
    int count(int severity, bool withSuppressed) const;
    int suppressedCount() const;
    /// The families and layers that occur, with their numbers.
    std::map<QString, int> families() const;
    std::map<int, int> layers() const;

private:
    bool accepts(int item, const FindingsQuery &query) const;
    bool hasWords(int item, const QStringList &words) const;
    void sort(const FindingsQuery &query);
    void group(FindingsQuery::Grouping grouping);

    InspectionPtr m_inspection;
    std::vector<FindingsItem> m_items;
    mutable std::vector<QString> m_searched; ///< what words are looked for in; made when needed
    std::vector<int> m_order;
    std::vector<Group> m_groups;
};

} // namespace cutaway
