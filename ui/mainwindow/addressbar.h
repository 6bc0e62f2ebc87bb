// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

class QStringListModel;

namespace cutaway {

/// Where one types what to open: a path, a reference, a link to a place. Completes from what was
/// opened before and keeps the open image's reference when left.
class AddressBar : public QLineEdit
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

    /// What is open; shown unless one is typing.
    void setReference(const QString &reference);
    void setHistory(const QStringList &references);

signals:
    void openRequested(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void submit();

    QString m_reference;
    QStringListModel *m_history = nullptr;
};

} // namespace cutaway
