// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/cachedialog.h"

#include "ui/jobs/background.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int kLetters = 64;

QString usageText(const CacheDirectory::Usage &usage, quint64 limit)
{
    if (usage.files == 0) {
        return CacheDialog::tr("Nothing at present; at most %1").arg(sizeText(limit));
    }
    return CacheDialog::tr("%1 of at most %2 in %3 files")
        .arg(sizeText(usage.bytes), sizeText(limit), numberText(usage.files));
}

} // namespace

CacheDialog::CacheDialog(BlobCachePtr blobs, AnalysisCachePtr analyses, QWidget *parent)
    : QDialog(parent)
    , m_blobs(std::move(blobs))
    , m_analyses(std::move(analyses))
    , m_background(new Background(this))
    , m_blobsBox(new QCheckBox(tr("&Images of registries")))
    , m_analysesBox(new QCheckBox(tr("&Analyses of layers")))
    , m_blobsFacts(new QLabel)
    , m_analysesFacts(new QLabel)
    , m_problem(new QLabel)
{
    setObjectName(QStringLiteral("cacheDialog"));
    setWindowTitle(tr("What is kept on this computer"));
    auto *about = new QLabel(tr("What was fetched or worked out once need not be again. It can be "
                                "removed at any time; the next opening then takes longer."));
    about->setWordWrap(true);
    about->setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
    m_blobsBox->setObjectName(QStringLiteral("clearBlobs"));
    m_blobsFacts->setObjectName(QStringLiteral("blobsFacts"));
    m_analysesBox->setObjectName(QStringLiteral("clearAnalyses"));
    m_analysesFacts->setObjectName(QStringLiteral("analysesFacts"));
    m_problem->setObjectName(QStringLiteral("cacheProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setIcon(icon(QStringLiteral("close")));
    m_clear = buttons->addButton(tr("&Remove"), QDialogButtonBox::DestructiveRole);
    m_clear->setObjectName(QStringLiteral("cacheClear"));
    m_clear->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::kGroup);
    layout->addWidget(about);
    layout->addWidget(
        buildRow(m_blobsBox, m_blobsFacts, m_blobs ? m_blobs->path() : std::string()));
    layout->addWidget(
        buildRow(m_analysesBox, m_analysesFacts, m_analyses ? m_analyses->path() : std::string()));
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_blobsBox->setChecked(m_blobs != nullptr);
    for (QCheckBox *box : {m_blobsBox, m_analysesBox}) {
        connect(box, &QCheckBox::toggled, this, &CacheDialog::showButton);
    }
    connect(m_clear, &QPushButton::clicked, this, &CacheDialog::clearChosen);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    measure();
}

QWidget *CacheDialog::buildRow(QCheckBox *box, QLabel *facts, const std::string &path)
{
    box->setEnabled(!path.empty());
    facts->setTextFormat(Qt::PlainText);
    facts->setText(path.empty() ? tr("Nothing is kept") : tr("counting …"));
    auto *place = new QLabel(shown(path));
    place->setTextFormat(Qt::PlainText);
    place->setFont(theme::fixedFont(theme::smallFont(font())));
    place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    place->setVisible(!path.empty());
    auto *row = new QWidget;
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::kGrid);
    column->addWidget(box);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(theme::kSection + theme::kPadding, 0, 0, 0);
    below->setSpacing(theme::kGrid);
    below->addWidget(facts);
    below->addWidget(place);
    column->addLayout(below);
    return row;
}

void CacheDialog::measure()
{
    m_clear->setEnabled(false);
    m_background->run(
        [blobs = m_blobs, analyses = m_analyses] {
            return Usage{blobs ? blobs->usage() : CacheDirectory::Usage{},
                         analyses ? analyses->usage() : CacheDirectory::Usage{}};
        },
        [this](const Usage &usage) { showUsage(usage); });
}

void CacheDialog::showUsage(const Usage &usage)
{
    if (m_blobs) {
        m_blobsFacts->setText(usageText(usage.blobs, m_blobs->limit()));
    }
    if (m_analyses) {
        m_analysesFacts->setText(usageText(usage.analyses, m_analyses->limit()));
    }
    showButton();
}

void CacheDialog::showButton()
{
    m_clear->setEnabled(!m_background->isBusy()
                        && (m_blobsBox->isChecked() || m_analysesBox->isChecked()));
}

void CacheDialog::clearChosen()
{
    m_problem->hide();
    m_clear->setEnabled(false);
    m_background->run(
        [blobs = m_blobsBox->isChecked() ? m_blobs : nullptr,
         analyses = m_analysesBox->isChecked() ? m_analyses : nullptr]() -> Result<> {
            if (blobs != nullptr) {
                if (const Result<> gone = blobs->clear(); !gone) {
                    return gone;
                }
            }
            return analyses != nullptr ? analyses->clear() : Result<>();
        },
        [this](const Result<> &cleared) {
            if (!cleared) {
                m_problem->setText(shown(cleared.error().message));
                m_problem->show();
            }
            measure();
        });
}

} // namespace cutaway
