// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QFormLayout;

namespace cutaway {

/// Names and values, one a line, the values to be marked and copied. Plain text.
class FactForm : public QWidget
{
    Q_OBJECT

public:
    explicit FactForm(QWidget *parent = nullptr);

    void clear();
    /// `isFixed`: in the font of paths and digests.
    void add(const QString &name, const QString &value, bool isFixed = false);
    /// The same, unless the value is empty.
    void addIfAny(const QString &name, const QString &value, bool isFixed = false);

private:
    QFormLayout *m_form = nullptr;
};

/// A place to break a line after each slash: a path has no blanks to break at.
QString breakable(QString path);

} // namespace cutaway
