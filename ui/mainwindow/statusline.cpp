// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/statusline.h"

#include "ui/document/document.h"
#include "ui/models/audittexts.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace cutaway {

namespace {

constexpr int kBarSteps = 1000;

} // namespace

StatusLine::StatusLine(Document &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_facts(new QWidget(this))
    , m_message(new QLabel(this))
    , m_work(new QWidget(this))
    , m_step(new QLabel(m_work))
    , m_bar(new QProgressBar(m_work))
    , m_stopped(new QWidget(this))
    , m_stoppedText(new QLabel(m_stopped))
{
    setObjectName(QStringLiteral("statusLine"));
    auto *facts = new QHBoxLayout(m_facts);
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setSpacing(theme::kSection);
    m_wire = addFact("wire", tr("Bytes of the layers as they are stored or transferred"));
    m_unpacked = addFact("unpacked", tr("Bytes of the layers' tars, uncompressed"));
    m_visible = addFact("visible", tr("Bytes of the files that a container sees"));
    m_shadowed = addFact("shadowed", tr("Bytes that are shipped but hidden by later layers"));
    m_efficiency =
        addFact("efficiency", tr("Share of the shipped file bytes that a container can see"));
    m_grade = new QToolButton(m_facts);
    m_grade->setObjectName(QStringLiteral("grade"));
    m_grade->setAutoRaise(true);
    m_grade->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_grade->setIcon(icon(QStringLiteral("grade")));
    m_grade->setFocusPolicy(Qt::TabFocus);
    m_grade->setFont(theme::boldFont(m_grade->font()));
    connect(m_grade, &QToolButton::clicked, this, &StatusLine::gradeChosen);
    facts->addWidget(m_grade);
    m_verifiedSign = new QLabel(m_facts);
    m_verified = new QLabel(m_facts);
    m_verified->setObjectName(QStringLiteral("verified"));
    auto *verified = new QHBoxLayout;
    verified->setSpacing(theme::kGrid);
    verified->addWidget(m_verifiedSign);
    verified->addWidget(m_verified);
    facts->addLayout(verified);

    buildWork();
    buildStopped();
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_message->hide();

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, 0, theme::kPadding, 0);
    layout->addWidget(m_facts);
    layout->addWidget(m_message, 1);
    layout->addStretch();
    layout->addWidget(m_work);
    layout->addWidget(m_stopped);
    // So that nothing above moves, whichever of them is shown.
    setMinimumHeight(std::max(m_facts->sizeHint().height(), m_work->sizeHint().height()));

    connect(&m_document, &Document::stateChanged, this, &StatusLine::showState);
    connect(&m_document, &Document::progressChanged, this, &StatusLine::showProgress);
    showState();
}

void StatusLine::buildWork()
{
    auto *cancel = new QToolButton(m_work);
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setText(tr("Cancel"));
    cancel->setIcon(icon(QStringLiteral("close")));
    cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    cancel->setToolTip(tr("Stop reading (Esc)"));
    cancel->setShortcut(QKeySequence(Qt::Key_Escape));
    cancel->setAutoRaise(true);
    connect(cancel, &QToolButton::clicked, this, &StatusLine::cancelRequested);
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of reading"));
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * 24);
    m_bar->setFixedHeight(theme::kGrid * 2);
    m_step->setTextFormat(Qt::PlainText);
    auto *work = new QHBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(theme::kPadding);
    work->addWidget(m_step);
    work->addWidget(m_bar);
    work->addWidget(cancel);
}

void StatusLine::buildStopped()
{
    m_stoppedText->setObjectName(QStringLiteral("stopped"));
    m_stoppedText->setTextFormat(Qt::PlainText);
    auto *goOn = new QToolButton(m_stopped);
    goOn->setObjectName(QStringLiteral("readOn"));
    goOn->setText(tr("Read the rest"));
    goOn->setIcon(icon(QStringLiteral("reload")));
    goOn->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    goOn->setToolTip(tr("Read the layers that are missing (F5)"));
    goOn->setAutoRaise(true);
    connect(goOn, &QToolButton::clicked, this, &StatusLine::continueRequested);
    auto *line = new QHBoxLayout(m_stopped);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme::kPadding);
    line->addWidget(m_stoppedText);
    line->addWidget(goOn);
}

void StatusLine::showMessage(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    showState();
}

QLabel *StatusLine::addFact(const char *name, const QString &help)
{
    auto *label = new QLabel(m_facts);
    label->setObjectName(QLatin1String(name));
    label->setToolTip(help);
    label->setFont(theme::tabularFont(label->font()));
    m_facts->layout()->addWidget(label);
    return label;
}

void StatusLine::showState()
{
    const bool isLoading = m_document.state() == Document::State::Loading;
    const bool isStopped = m_document.state() == Document::State::Stopped;
    m_work->setVisible(isLoading);
    m_stopped->setVisible(isStopped);
    if (isStopped) {
        m_stoppedText->setText(tr("Reading was stopped: %1 of %2 layers are here")
                                   .arg(m_document.layersRead())
                                   .arg(m_document.image()->layers.size()));
    }
    m_facts->setVisible(m_document.inspection() != nullptr && m_message->isHidden());
    if (isLoading) {
        showProgress();
    }
    if (m_document.inspection()) {
        showNumbers();
        showGrade();
        showVerified();
    }
}

void StatusLine::showProgress()
{
    const Progress &progress = m_document.progress();
    QString text = progress.step.isEmpty() ? tr("Opening…") : progress.step;
    if (progress.total > 0) {
        const quint64 done = std::min(progress.done, progress.total);
        m_bar->setRange(0, kBarSteps);
        m_bar->setValue(static_cast<int>(static_cast<double>(done) * kBarSteps
                                         / static_cast<double>(progress.total)));
        text += tr(": %1 of %2").arg(sizeText(done), sizeText(progress.total));
    } else {
        m_bar->setRange(0, 0);
    }
    m_step->setText(text);
}

void StatusLine::showNumbers()
{
    const Analysis &analysis = m_document.inspection()->analysis;
    const auto show = [](QLabel *label, const QString &name, quint64 bytes) {
        label->setText(QStringLiteral("%1 <b>%2</b>").arg(name, sizeText(bytes)));
    };
    show(m_wire, tr("Wire"), analysis.wireBytes);
    show(m_unpacked, tr("Unpacked"), analysis.unpackedBytes);
    show(m_visible, tr("Visible"), analysis.visibleBytes);
    show(m_shadowed, tr("Hidden"), analysis.shadowedBytes);
    // Rounded down: 99.96 % is not 100 %.
    const double percent = std::floor(analysis.efficiency * 1000.0) / 10.0;
    m_efficiency->setText(
        QStringLiteral("%1 <b>%2 %</b>").arg(tr("Efficiency"), locale().toString(percent, 'f', 1)));
}

void StatusLine::showGrade()
{
    const Score &score = m_document.inspection()->score;
    m_grade->setText(tr("Grade %1").arg(QString::fromStdString(gradeName(score))));
    m_grade->setToolTip(
        plainToolTip(tr("%1\nClick to see the sum behind it (Ctrl+4)").arg(gradeHeadline(score))));
    m_grade->setAccessibleName(gradeHeadline(score));
}

void StatusLine::showVerified()
{
    const Image &image = *m_document.image();
    const auto count = [&image](auto test) {
        return static_cast<int>(std::ranges::count_if(image.layers, test));
    };
    const int wrong = count([](const Layer &layer) { return layer.verified == false; });
    const int right = count([](const Layer &layer) { return layer.verified == true; });
    const int all = static_cast<int>(image.layers.size());
    const QSize size(theme::kIcon, theme::kIcon);
    if (wrong > 0) {
        m_verifiedSign->setPixmap(icon(QStringLiteral("high"), theme::Role::High).pixmap(size));
        m_verified->setText(tr("%n layer(s) not as their digests say", nullptr, wrong));
        m_verified->setToolTip(tr("Their bytes were changed or damaged: see Findings"));
    } else if (right == all) {
        m_verifiedSign->setPixmap(icon(QStringLiteral("good"), theme::Role::Good).pixmap(size));
        const bool isEarlier = count([](const Layer &layer) { return layer.verifiedEarlier; }) > 0;
        m_verified->setText(isEarlier ? tr("digests verified earlier") : tr("digests verified"));
        m_verified->setToolTip(
            isEarlier
                ? tr("The bytes of all layers were what their digests and diff IDs say when they "
                     "were read; nobody has written to the file since")
                : tr("The bytes of all layers are what their digests and diff IDs say"));
    } else {
        m_verifiedSign->setPixmap(icon(QStringLiteral("info"), theme::Role::Info).pixmap(size));
        m_verified->setText(tr("%1 of %2 layers verified").arg(right).arg(all));
        m_verified->setToolTip(tr("The other layers are not here, or carry no digest"));
    }
}

} // namespace cutaway
