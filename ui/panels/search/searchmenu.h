// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/filesearch.h"

#include <QString>
#include <QToolButton>

#include <optional>

namespace cutaway {

/// A question that can be asked again.
struct SavedSearch
{
    QString filter;
    std::optional<HitGrouping> grouping = std::nullopt;
    bool isBySize = false; ///< the largest first
};

/// The button with searches that many ask for, and those that somebody kept.
class SearchMenu : public QToolButton
{
    Q_OBJECT

public:
    explicit SearchMenu(QWidget *parent = nullptr);

    /// What "Keep this search" would keep; empty: nothing.
    void setCurrent(const QString &filter);

signals:
    void chosen(const cutaway::SavedSearch &search);

private:
    void fill();
    void addReady();
    void addKept();

    QString m_current;
};

} // namespace cutaway
