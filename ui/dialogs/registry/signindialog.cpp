// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/registry/signindialog.h"

#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace cutaway {

namespace {

constexpr int kLetters = 44;

} // namespace

SignInDialog::SignInDialog(const RegistryAskerPtr &asker, const QString &host, QWidget *parent)
    : QDialog(parent)
    , m_lane(new RegistryLane(asker, this))
    , m_host(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_problem(new QLabel)
    , m_busy(new QProgressBar)
{
    setObjectName(QStringLiteral("signInDialog"));
    setWindowTitle(tr("Sign in to a registry"));
    auto *about = new QLabel(
        tr("User and password are tried first. Only when the registry takes them are they kept: in "
           "the desktop's keyring, and in no file of Cutaway's."));
    about->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("signInProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme::color(theme::Role::Removed, palette()));
    m_problem->setPalette(colours);
    m_problem->hide();
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(theme::kGrid);
    m_busy->setAccessibleName(tr("The registry is asked"));
    QSizePolicy keepsPlace = m_busy->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_busy->setSizePolicy(keepsPlace);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = buttons->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    m_ok->setObjectName(QStringLiteral("signInOk"));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::kGroup);
    layout->addWidget(about);
    buildFields(host);
    layout->addWidget(m_problem);
    layout->addWidget(m_busy);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &SignInDialog::tryIt);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_lane, &RegistryLane::busyChanged, this, &SignInDialog::showState);
    showState();
}

void SignInDialog::buildFields(const QString &host)
{
    const auto field = [this](QLineEdit *line, const char *name, const QString &spoken) {
        line->setObjectName(QLatin1String(name));
        line->setAccessibleName(spoken);
        line->setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
        connect(line, &QLineEdit::textChanged, this, &SignInDialog::showState);
    };
    field(m_host, "signInHost", tr("Registry"));
    field(m_user, "signInUser", tr("User"));
    field(m_password, "signInPassword", tr("Password or token"));
    m_host->setText(host);
    m_host->setPlaceholderText(tr("ghcr.io"));
    m_password->setEchoMode(QLineEdit::Password);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(theme::kGroup);
    form->setVerticalSpacing(theme::kPadding);
    form->addRow(tr("&Registry:"), m_host);
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("&Password or token:"), m_password);
    static_cast<QVBoxLayout *>(layout())->addLayout(form);
    (host.isEmpty() ? m_host : m_user)->setFocus();
}

QString SignInDialog::host() const
{
    return m_host->text().trimmed();
}

void SignInDialog::showState()
{
    const bool isBusy = m_lane->isBusy();
    m_busy->setVisible(isBusy);
    for (QWidget *field : {m_host, m_user, m_password}) {
        field->setEnabled(!isBusy);
    }
    m_ok->setEnabled(!isBusy && !host().isEmpty() && !m_user->text().trimmed().isEmpty()
                     && !m_password->text().isEmpty());
}

void SignInDialog::tryIt()
{
    if (!m_ok->isEnabled()) {
        return;
    }
    m_problem->hide();
    m_lane->ask([host = host().toStdString(),
                 user = m_user->text().trimmed().toStdString(),
                 password = m_password->text().toStdString()](
                    RegistryAsker &asker,
                    const Monitor &monitor) { return asker.signIn(host, user, password, monitor); },
                [this](const Result<SignIn> &signedIn) {
                    if (!signedIn) {
                        showProblem(signedIn.error());
                        return;
                    }
                    m_password->clear();
                    accept();
                });
}

void SignInDialog::showProblem(const Error &error)
{
    QString text = shown(error.message);
    switch (error.code) {
    case ErrorCode::Unauthorized:
        text += QLatin1Char('\n')
                + tr("Many registries want a token in place of the password: make one in your "
                     "account's settings.");
        break;
    case ErrorCode::Network: text += QLatin1Char('\n') + tr("Check the connection."); break;
    default: break;
    }
    m_problem->setText(text);
    m_problem->show();
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    m_password->setFocus();
    m_password->selectAll();
}

} // namespace cutaway
