// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/suppressdialog.h"

#include "core/base/text.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QDate>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace cutaway {

namespace {

constexpr int kLetters = 72;
constexpr int kTextLines = 9;
/// More in one entry nobody reads: then it is the rule that is accepted, or the paths are written
/// by hand with fewer words.
constexpr std::size_t kMostPaths = 40;

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

/// The finding's paths as patterns; none where it has too many, or one that no policy can name.
std::vector<std::string> pathsOf(const Finding &finding)
{
    std::set<std::string> paths;
    for (const Evidence &evidence : finding.evidence) {
        if (!evidence.path.empty()) {
            paths.insert(patternOf(evidence.path));
        }
    }
    const bool isUsable =
        paths.size() <= kMostPaths
        && std::ranges::all_of(paths, [](const std::string &path) { return isUtf8(path); });
    return isUsable ? std::vector<std::string>(paths.begin(), paths.end())
                    : std::vector<std::string>();
}

} // namespace

SuppressDialog::SuppressDialog(const Finding &finding, const QString &file, QWidget *parent)
    : QDialog(parent)
    , m_rule(finding.ruleId)
    , m_file(file)
    , m_paths(pathsOf(finding))
    , m_place(placeForIgnore(QFile::encodeName(file).toStdString()))
    , m_text(new QPlainTextEdit)
    , m_problem(plainLabel({}))
{
    setObjectName(QStringLiteral("suppressDialog"));
    setWindowTitle(tr("Suppress a finding"));
    auto *what = plainLabel(shown(finding.summary));
    what->setFont(theme::boldFont(font()));
    what->setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(theme::kGroup);
    form->setVerticalSpacing(theme::kPadding);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildForm(*form);
    buildScope(*form);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_write = buttons->addButton(tr("&Write"), QDialogButtonBox::AcceptRole);
    m_write->setObjectName(QStringLiteral("suppressWrite"));
    m_write->setToolTip(tr("Write the policy file and audit the image again"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SuppressDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kSection, theme::kSection, theme::kSection, theme::kSection);
    layout->setSpacing(theme::kGroup);
    layout->addWidget(what);
    layout->addLayout(form);
    layout->addWidget(buildPreview(), 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_reason->setFocus();
    showEntry();
}

QWidget *SuppressDialog::buildPreview()
{
    const QString file = shown(name());
    QLabel *target = plainLabel(QFile::exists(m_file) ? tr("This will be added to %1:").arg(file)
                                                      : tr("This will be the new %1:").arg(file));
    target->setObjectName(QStringLiteral("suppressFile"));
    m_text->setObjectName(QStringLiteral("suppressText"));
    m_text->setAccessibleName(tr("What will be added to the policy file"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(theme::fixedFont(font()));
    m_text->setMinimumHeight(QFontMetrics(m_text->font()).lineSpacing() * kTextLines);
    m_problem->setObjectName(QStringLiteral("suppressProblem"));
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    auto *preview = new QWidget;
    auto *column = new QVBoxLayout(preview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::kGrid);
    column->addWidget(target);
    column->addWidget(m_text, 1);
    preview->setVisible(m_place.has_value()); // what cannot be written is not announced
    return preview;
}

void SuppressDialog::buildForm(QFormLayout &form)
{
    const auto line = [this, &form](const char *name,
                                    const QString &label,
                                    const QString &example,
                                    const QString &help) {
        auto *edit = new QLineEdit;
        edit->setObjectName(QLatin1String(name));
        edit->setPlaceholderText(example);
        edit->setToolTip(help);
        form.addRow(label, edit);
        connect(edit, &QLineEdit::textChanged, this, &SuppressDialog::showEntry);
        return edit;
    };
    m_reason = line("suppressReason",
                    tr("&Reason"),
                    tr("Why it may stay as it is"),
                    tr("Everybody who reads a report is shown it; a policy asks for one"));
    m_owner = line("suppressOwner",
                   tr("&Decided by"),
                   tr("Optional, as name@example.org"),
                   tr("Whom to ask about it"));
    m_until = line("suppressUntil",
                   tr("&Until"),
                   tr("Optional, as 2027-03-31; without a day for good"),
                   tr("The last day, as year, month and day; then the finding counts again"));
}

void SuppressDialog::buildScope(QFormLayout &form)
{
    m_onlyPaths = new QRadioButton(
        m_paths.size() == 1 ? tr("&This path alone")
                            : tr("The %1 &paths that it is about").arg(numberText(m_paths.size())));
    m_onlyPaths->setObjectName(QStringLiteral("suppressPaths"));
    m_onlyPaths->setToolTip(tr("What the rule finds elsewhere still counts"));
    m_wholeRule = new QRadioButton(tr("All that the rule %1 &finds").arg(shown(m_rule)));
    m_wholeRule->setObjectName(QStringLiteral("suppressRule"));
    m_wholeRule->setToolTip(tr("In every image that this policy is for"));
    m_onlyPaths->setVisible(!m_paths.empty());
    (m_paths.empty() ? m_wholeRule : m_onlyPaths)->setChecked(true);
    connect(m_onlyPaths, &QRadioButton::toggled, this, &SuppressDialog::showEntry);
    auto *choices = new QVBoxLayout;
    choices->setSpacing(theme::kGrid);
    choices->addWidget(m_onlyPaths);
    choices->addWidget(m_wholeRule);
    form.addRow(tr("For"), choices);
}

NewIgnore SuppressDialog::entry() const
{
    NewIgnore entry;
    entry.rule = m_rule;
    if (m_onlyPaths->isChecked()) {
        entry.paths = m_paths;
    }
    entry.reason = m_reason->text().trimmed().toStdString();
    entry.owner = m_owner->text().trimmed().toStdString();
    entry.until = m_until->text().trimmed().toStdString();
    return entry;
}

QString SuppressDialog::untilProblem() const
{
    const QString until = m_until->text().trimmed();
    const QDate day = QDate::fromString(until, QStringLiteral("yyyy-MM-dd"));
    if (until.isEmpty()) {
        return {};
    }
    return !day.isValid() ? tr("“Until” wants a day, as 2027-03-31.")
           : day < QDateTime::currentDateTimeUtc().date()
               ? tr("That day has passed: it would count all the same.")
               : QString();
}

void SuppressDialog::showEntry()
{
    if (!m_place) { // no entry helps; the file has to be mended first
        showProblem(m_place.error());
        m_write->setEnabled(false);
        return;
    }
    m_text->setPlainText(shownLines(ignoreText(*m_place, entry())).trimmed());
    const QString problem = untilProblem();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_write->setEnabled(problem.isEmpty() && !m_reason->text().trimmed().isEmpty());
}

void SuppressDialog::showProblem(const Error &error)
{
    m_problem->setText(tr("⚠ It cannot be written: %1").arg(QString::fromStdString(error.message)));
    m_problem->show();
}

void SuppressDialog::accept()
{
    QDir().mkpath(QFileInfo(m_file).path()); // the home's may not be there yet
    const Result<> written = addIgnore(name(), entry());
    if (!written) {
        showProblem(written.error());
        return;
    }
    QDialog::accept();
}

std::string SuppressDialog::name() const
{
    return QFile::encodeName(m_file).toStdString();
}

} // namespace cutaway
