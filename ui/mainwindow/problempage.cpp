// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/problempage.h"

#include "ui/document/document.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace cutaway {

namespace {

constexpr int kSignSize = 32;
constexpr int kWidthInCharacters = 100;
constexpr int kNameInCharacters = 36;
constexpr int kChoiceRowsLeast = 4;
constexpr int kChoiceRowsMost = 16;

QLabel *plainLabel(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ProblemPage::ProblemPage(Document &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_sign(new QLabel(this))
    , m_title(plainLabel(this, "problemTitle"))
    , m_cause(plainLabel(this, "problemCause"))
    , m_tried(plainLabel(this, "problemTried"))
    , m_advice(plainLabel(this, "problemAdvice"))
    , m_choice(new QTreeView(this))
    , m_candidates(new QStandardItemModel(this))
    , m_open(new QPushButton(tr("&Open this image"), this))
    , m_retry(new QPushButton(icon(QStringLiteral("reload")), tr("&Try again"), this))
    , m_signIn(new QPushButton(icon(QStringLiteral("key")), tr("Sign &in…"), this))
    , m_browse(new QPushButton(icon(QStringLiteral("registry")), tr("&Browse registries…"), this))
{
    setObjectName(QStringLiteral("problemPage"));
    setBackgroundRole(QPalette::Base); // as the start page
    setAutoFillBackground(true);
    QFont large = theme::boldFont(font());
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_title->setFont(large);
    buildChoice();
    m_open->setDefault(true);

    auto *openFile = new QPushButton(icon(QStringLiteral("open")), tr("Open &file…"), this);
    auto *close = new QPushButton(tr("&Start page"), this);
    connect(m_retry, &QPushButton::clicked, this, &ProblemPage::retryRequested);
    m_signIn->setObjectName(QStringLiteral("problemPageSignIn"));
    m_browse->setObjectName(QStringLiteral("problemPageBrowse"));
    connect(m_signIn, &QPushButton::clicked, this, &ProblemPage::signInRequested);
    connect(m_browse, &QPushButton::clicked, this, &ProblemPage::browseRequested);
    connect(openFile, &QPushButton::clicked, this, &ProblemPage::openFileRequested);
    connect(close, &QPushButton::clicked, this, &ProblemPage::closeRequested);
    connect(m_open, &QPushButton::clicked, this, &ProblemPage::openChosen);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme::kPadding);
    buttons->addWidget(m_open);
    buttons->addWidget(m_signIn);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_browse);
    buttons->addWidget(openFile);
    buttons->addWidget(close);
    buttons->addStretch();

    auto *words = new QVBoxLayout;
    words->setSpacing(theme::kGroup);
    words->addWidget(m_title);
    words->addWidget(m_cause);
    words->addWidget(m_tried);
    words->addWidget(m_choice);
    words->addWidget(m_advice);
    words->addLayout(buttons);

    auto *column = new QWidget(this);
    column->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column->setMaximumWidth(fontMetrics().averageCharWidth() * kWidthInCharacters);
    auto *columnLayout = new QHBoxLayout(column);
    columnLayout->setContentsMargins(theme::kSection, 0, theme::kSection, 0);
    columnLayout->setSpacing(theme::kSection);
    columnLayout->addWidget(m_sign, 0, Qt::AlignTop);
    columnLayout->addLayout(words, 1);

    auto *layout = new QGridLayout(this);
    layout->addWidget(column, 1, 1);
    layout->setRowStretch(0, 1);
    layout->setRowStretch(2, 2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 20);
    layout->setColumnStretch(2, 1);
    connect(&m_document, &Document::failed, this, &ProblemPage::showError);
}

void ProblemPage::buildChoice()
{
    m_choice->setObjectName(QStringLiteral("imageChoice"));
    m_choice->setAccessibleName(tr("Images to choose from"));
    m_choice->setModel(m_candidates);
    m_choice->setRootIsDecorated(false);
    m_choice->setUniformRowHeights(true);
    m_choice->setAllColumnsShowFocus(true);
    m_choice->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_choice, &QTreeView::activated, this, &ProblemPage::openChosen);
}

void ProblemPage::showError()
{
    const InspectError &problem = m_document.error();
    const bool isChoice = !problem.candidates.empty();
    const bool isCancelled = problem.error.code == ErrorCode::Cancelled;
    m_registry.clear();
    m_signIn->hide();
    m_browse->hide();
    const QSize size(kSignSize, kSignSize);
    m_sign->setPixmap(isChoice || isCancelled
                          ? icon(QStringLiteral("image"), theme::Role::Low).pixmap(size)
                          : icon(QStringLiteral("high"), theme::Role::High).pixmap(size));
    m_choice->setVisible(isChoice);
    m_open->setVisible(isChoice);
    m_retry->setVisible(!isChoice);
    m_cause->setVisible(!isChoice && !isCancelled);
    m_tried->setText(tr("Tried to open: %1").arg(shown(m_document.reference().toStdString())));
    m_tried->setVisible(true);
    if (isChoice) {
        m_title->setText(tr("There are several images here: which one?"));
        m_tried->setText(shown(m_document.reference().toStdString()));
        m_advice->setVisible(false);
        showCandidates(problem.candidates);
        return;
    }
    m_title->setText(isCancelled ? tr("Reading was stopped")
                                 : tr("This image could not be opened"));
    m_cause->setText(shown(problem.error.message));
    showAdvice(problem.error.code);
    const QString &reference = m_document.reference();
    const bool isEngine = reference.startsWith(QLatin1String("docker:"))
                          || reference.startsWith(QLatin1String("docker-daemon:"))
                          || reference.startsWith(QLatin1String("podman:"));
    if (isEngine && !reference.startsWith(QLatin1String("docker://"))) {
        m_advice->hide(); // what was said of the engine says what to do
    }
}

void ProblemPage::setRegistry(const QString &host)
{
    const ErrorCode code = m_document.error().error.code;
    m_registry = host;
    m_signIn->setVisible(!host.isEmpty() && code == ErrorCode::Unauthorized);
    m_browse->setVisible(!host.isEmpty() && code == ErrorCode::NotFound);
    if (!m_cause->isHidden()) {
        showAdvice(code);
    }
}

QString ProblemPage::adviceOnRegistry(ErrorCode code) const
{
    switch (code) {
    case ErrorCode::Unauthorized:
        return tr("Sign in to %1, or check what your account may see there. Names that do not "
                  "exist are often refused like this, too.")
            .arg(m_registry);
    case ErrorCode::NotFound:
        return tr("Check the name and the tag: the registry browser lists what %1 has.")
            .arg(m_registry);
    case ErrorCode::Corrupt:
        return tr("What %1 sends is not what it says it is, and nothing of it was kept.")
            .arg(m_registry);
    default: return {};
    }
}

void ProblemPage::showAdvice(ErrorCode code)
{
    QString advice = m_registry.isEmpty() ? QString() : adviceOnRegistry(code);
    if (!advice.isEmpty()) {
        m_advice->setText(advice);
        m_advice->show();
        return;
    }
    switch (code) {
    case ErrorCode::Cancelled: break;
    case ErrorCode::InvalidInput:
        advice =
            tr("Check how the image is named. Cutaway opens archives (docker save, OCI, root file "
               "systems) and directories (OCI layout, skopeo dir:) by their path.");
        break;
    case ErrorCode::NotFound:
        advice = tr(
            "Check the path, and whether the file is still there. An image that an engine has is "
            "opened as docker:NAME or podman:NAME.");
        break;
    case ErrorCode::Unauthorized: advice = tr("Check your credentials and permissions."); break;
    case ErrorCode::Network: advice = tr("Check the connection, then try again."); break;
    case ErrorCode::Io:
        advice = tr("Check that the file can be read by you and that its disk is in order.");
        break;
    case ErrorCode::Corrupt:
        advice =
            tr("The file is damaged or was cut off: make or copy it again. Cutaway shows what can "
               "be read of a damaged layer, but an image needs its manifest and config.");
        break;
    case ErrorCode::Unsupported:
        advice = tr("Convert it to a form that Cutaway reads, for instance: skopeo copy SOURCE "
                    "oci-archive:image.tar");
        break;
    case ErrorCode::LimitExceeded:
        advice = tr("The image asks for more than Cutaway grants to what may be hostile.");
        break;
    }
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
}

void ProblemPage::showCandidates(const std::vector<ImageCandidate> &candidates)
{
    m_candidates->clear();
    m_candidates->setHorizontalHeaderLabels({tr("#"), tr("Name"), tr("Platform"), tr("Digest")});
    for (const ImageCandidate &candidate : candidates) {
        QStringList names;
        for (const std::string &tag : candidate.tags) {
            names.append(shown(tag));
        }
        const QList<QStandardItem *> row = {
            new QStandardItem(QStringLiteral("@%1").arg(candidate.index)),
            new QStandardItem(names.isEmpty() ? tr("(no name)") : names.join(QStringLiteral(", "))),
            new QStandardItem(shown(candidate.platform.text())),
            new QStandardItem(shown(candidate.digest.shortText())),
        };
        for (QStandardItem *item : row) {
            item->setEnabled(candidate.present);
            item->setToolTip(plainToolTip(
                candidate.present ? item->text() : tr("This image is not in the source")));
        }
        m_candidates->appendRow(row);
    }
    m_choice->header()->setStretchLastSection(true);
    const int row = m_choice->sizeHintForRow(0);
    const int rows = std::clamp(m_candidates->rowCount() + 1, kChoiceRowsLeast, kChoiceRowsMost);
    m_choice->setFixedHeight(m_choice->header()->sizeHint().height() + row * rows);
    for (int column = 0; column < m_candidates->columnCount(); ++column) {
        m_choice->resizeColumnToContents(column);
    }
    const int widest = fontMetrics().averageCharWidth() * kNameInCharacters;
    m_choice->setColumnWidth(1, std::min(m_choice->columnWidth(1), widest));
    m_choice->setCurrentIndex(m_candidates->index(0, 0));
    m_choice->setFocus();
}

void ProblemPage::openChosen()
{
    const QModelIndex current = m_choice->currentIndex();
    if (current.isValid() && m_candidates->flags(current).testFlag(Qt::ItemIsEnabled)) {
        emit imageChosen(current.siblingAtColumn(0).data().toString());
    }
}

} // namespace cutaway
