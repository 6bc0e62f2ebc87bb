// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/registry/registrydialog.h"

#include "ui/dialogs/registry/registrydetails.h"
#include "ui/dialogs/registry/registryhosts.h"
#include "ui/dialogs/registry/registrytags.h"
#include "ui/models/text.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace cutaway {

namespace {

const QString kGeometry = QStringLiteral("registry/geometry");
constexpr int kLettersWide = 176;
constexpr int kLinesHigh = 46;
constexpr int kHostLetters = 44;

QString adviceFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unauthorized:
        return RegistryDialog::tr("Sign in, or check what your account may see.");
    case ErrorCode::Network:
        return RegistryDialog::tr("Check the connection, then choose it again.");
    case ErrorCode::NotFound: return RegistryDialog::tr("Check the name.");
    default: return {};
    }
}

} // namespace

RegistryDialog::RegistryDialog(RegistryAskerPtr asker, QWidget *parent)
    : QDialog(parent)
    , m_asker(std::move(asker))
    , m_hosts(new RegistryHosts(m_asker))
    , m_tags(new RegistryTags(m_asker))
    , m_details(new RegistryDetails(m_asker))
    , m_problem(new QWidget)
    , m_problemText(new QLabel)
    , m_problemSignIn(new QPushButton(icon(QStringLiteral("key")), tr("Sign &in…")))
    , m_connection(new QLabel)
{
    setObjectName(QStringLiteral("registryDialog"));
    setWindowTitle(tr("Registries"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    buildProblem();
    auto *right = new QSplitter(Qt::Vertical);
    right->addWidget(m_tags);
    right->addWidget(m_details);
    right->setChildrenCollapsible(false);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setSizes({5000, 4000}); // shares
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_hosts);
    splitter->addWidget(right);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    const int letter = fontMetrics().averageCharWidth();
    splitter->setSizes({letter * kHostLetters, letter * (kLettersWide - kHostLetters)});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kGroup, theme::kGroup, theme::kGroup, theme::kGroup);
    layout->setSpacing(theme::kPadding);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buildButtons());
    connectParts();
    m_hosts->setKept(settings::registries());
    resize(letter * kLettersWide, fontMetrics().lineSpacing() * kLinesHigh);
    restoreGeometry(settings::state(kGeometry));
    showButtons();
}

RegistryDialog::~RegistryDialog()
{
    settings::setState(kGeometry, saveGeometry());
}

void RegistryDialog::buildProblem()
{
    m_problem->setObjectName(QStringLiteral("registryProblem"));
    auto *sign = new QLabel;
    sign->setPixmap(
        icon(QStringLiteral("high"), theme::Role::High).pixmap(QSize(theme::kIcon, theme::kIcon)));
    m_problemText->setObjectName(QStringLiteral("registryProblemText"));
    m_problemText->setTextFormat(Qt::PlainText);
    m_problemText->setWordWrap(true);
    m_problemText->setTextInteractionFlags(Qt::TextSelectableByMouse
                                           | Qt::TextSelectableByKeyboard);
    m_problemSignIn->setObjectName(QStringLiteral("problemSignIn"));
    m_problemSignIn->setAutoDefault(false);
    auto *line = new QHBoxLayout(m_problem);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme::kPadding);
    line->addWidget(sign, 0, Qt::AlignTop);
    line->addWidget(m_problemText, 1);
    line->addWidget(m_problemSignIn, 0, Qt::AlignTop);
    m_problem->hide();
    connect(
        m_problemSignIn, &QPushButton::clicked, this, [this] { emit signInWanted(m_problemHost); });
}

QLayout *RegistryDialog::buildButtons()
{
    const auto button = [this](const char *name, const char *iconName, const QString &text) {
        auto *made = new QPushButton(icon(QLatin1String(iconName)), text, this);
        made->setObjectName(QLatin1String(name));
        made->setAutoDefault(false);
        return made;
    };
    m_connection->setObjectName(QStringLiteral("registryConnection"));
    m_connection->setTextFormat(Qt::PlainText);
    m_connection->setFont(theme::smallFont(font()));
    m_connection->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_copy = button("copyReference", "copy", tr("&Copy reference"));
    m_copy->setToolTip(tr("Copy what opens the chosen tags"));
    m_compare = button("compareTags", "compare", tr("Com&pare"));
    m_compare->setToolTip(tr("Hold two chosen tags against one another (choose the second with "
                             "Ctrl)"));
    m_open = button("openTag", "open", tr("&Open"));
    m_open->setToolTip(tr("Open the chosen tag, for the chosen platform where there are several"));
    m_open->setDefault(true);
    auto *close = button("closeRegistry", "close", tr("Close"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_tags->chosenReferences().join(QLatin1Char('\n')));
    });
    connect(m_compare, &QPushButton::clicked, this, &RegistryDialog::compareChosen);
    connect(m_open, &QPushButton::clicked, this, &RegistryDialog::openChosen);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kPadding);
    line->addWidget(m_connection, 1);
    for (QPushButton *one : {m_copy, m_compare, m_open, close}) {
        line->addWidget(one);
    }
    return line;
}

void RegistryDialog::connectParts()
{
    connect(m_hosts, &RegistryHosts::keptChanged, this, [this] {
        settings::setRegistries(m_hosts->kept());
    });
    connect(m_hosts, &RegistryHosts::signInWanted, this, &RegistryDialog::signInWanted);
    connect(m_hosts, &RegistryHosts::failed, this, &RegistryDialog::showProblem);
    connect(m_hosts, &RegistryHosts::listed, this, &RegistryDialog::showConnection);
    connect(m_hosts, &RegistryHosts::hostChosen, this, [this](const QString &host) {
        hideProblem();
        m_tags->clear();
        showConnection(host);
    });
    connect(m_hosts, &RegistryHosts::repositoryChosen, this, [this](const RepositoryPlace &place) {
        hideProblem();
        m_tags->showRepository(place);
    });
    connect(m_tags, &RegistryTags::failed, this, &RegistryDialog::showProblem);
    connect(m_tags, &RegistryTags::choiceChanged, this, &RegistryDialog::showButtons);
    connect(m_tags, &RegistryTags::activated, this, &RegistryDialog::openChosen);
    connect(m_tags, &RegistryTags::answered, this, [this] {
        showConnection(QString::fromStdString(m_tags->place().host));
    });
    connect(
        m_tags, &RegistryTags::tagShown, this, [this](const QString &tag, const TagOutline *facts) {
            m_details->showTag(m_tags->place(), tag, facts);
        });
    connect(m_details, &RegistryDetails::failed, this, &RegistryDialog::showProblem);
    connect(m_details, &RegistryDetails::platformActivated, this, &RegistryDialog::openChosen);
}

void RegistryDialog::openChosen()
{
    const QStringList references = m_tags->chosenReferences();
    if (references.size() == 1) {
        emit openWanted({.reference = references.constFirst(),
                         .image = {},
                         .platform = m_details->chosenPlatform(),
                         .place = {}});
    }
}

void RegistryDialog::compareChosen()
{
    const QStringList references = m_tags->chosenReferences();
    if (references.size() == 2) {
        const auto request = [](const QString &reference) {
            return OpenRequest{.reference = reference, .image = {}, .platform = {}, .place = {}};
        };
        emit compareWanted(request(references[0]), request(references[1]));
    }
}

void RegistryDialog::showButtons()
{
    const qsizetype chosen = m_tags->chosenReferences().size();
    m_copy->setEnabled(chosen > 0);
    m_compare->setEnabled(chosen == 2);
    m_open->setEnabled(chosen == 1);
}

void RegistryDialog::showConnection(const QString &host)
{
    const QString text = shown(m_asker->connectionText(host.toStdString()));
    m_connection->setText(text.isEmpty() ? text : host + QStringLiteral(": ") + text);
    m_connection->setToolTip(plainToolTip(m_connection->text()));
}

void RegistryDialog::showProblem(const QString &host, const Error &error)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    m_problemHost = host;
    const QString advice = adviceFor(error.code);
    m_problemText->setText(shown(error.message)
                           + (advice.isEmpty() ? QString() : QLatin1Char('\n') + advice));
    m_problemSignIn->setVisible(error.code == ErrorCode::Unauthorized);
    m_problem->show();
}

void RegistryDialog::hideProblem()
{
    m_problem->hide();
}

void RegistryDialog::signedIn(const QString &host)
{
    hideProblem();
    m_asker->forget(host.toStdString());
    const RepositoryPlace place = m_tags->place();
    m_hosts->reload(host);
    if (!place.path.empty() && place.host == host.toStdString()) {
        m_tags->showRepository(place);
    }
}

} // namespace cutaway
