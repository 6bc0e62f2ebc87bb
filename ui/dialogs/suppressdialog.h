// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/policy/addignore.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace cutaway {

/// Asks why a finding shall not count, shows which policy file will be written and what exactly
/// will be added to it, and writes it. What keeps it from being written is said in place.
class SuppressDialog : public QDialog
{
    Q_OBJECT

public:
    SuppressDialog(const Finding &finding, const QString &file, QWidget *parent = nullptr);

    const QString &file() const { return m_file; }
    /// What is to be written.
    NewIgnore entry() const;

    /// Writes; stays open when that fails.
    void accept() override;

private:
    QWidget *buildPreview();
    void showProblem(const Error &error);
    void buildForm(QFormLayout &form);
    void buildScope(QFormLayout &form);
    void showEntry();
    std::string name() const;     ///< of the file, as the system has it
    QString untilProblem() const; ///< empty when there is none

    std::string m_rule;
    QString m_file;
    std::vector<std::string> m_paths;
    Result<IgnorePlace> m_place;
    QLineEdit *m_reason = nullptr;
    QLineEdit *m_owner = nullptr;
    QLineEdit *m_until = nullptr;
    QRadioButton *m_onlyPaths = nullptr;
    QRadioButton *m_wholeRule = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_write = nullptr;
};

} // namespace cutaway
