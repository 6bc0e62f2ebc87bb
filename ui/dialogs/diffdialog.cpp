// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/diffdialog.h"

#include "core/audit/reveal.h"
#include "core/base/text.h"
#include "ui/code/codepairview.h"
#include "ui/delegates/emptystate.h"
#include "ui/jobs/previewjob.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr int kWidthLetters = 150; ///< at first
constexpr int kHeightLines = 42;

QString sideName(int side)
{
    return side == 0 ? DiffDialog::tr("Before") : DiffDialog::tr("After");
}

} // namespace

EntryId DiffDialog::Side::entry() const
{
    return choice->currentIndex() < 0 ? kNone
                                      : static_cast<EntryId>(choice->currentData().toUInt());
}

DiffDialog::DiffDialog(const Inspected &image, NodeId node, EntryId newer, QWidget *parent)
    : QDialog(parent)
{
    const PathTree &tree = *image.inspection->image->tree;
    const std::vector<PathVersion> versions = versionsOf(tree, node);
    m_sides = {Side{image, versions}, Side{image, versions}};
    build(shown(tree.path(node)));
    auto at = std::ranges::find(versions, newer, &PathVersion::entry);
    if (at == versions.end() && !versions.empty()) {
        --at;
    }
    const bool hasBefore = !versions.empty() && at != versions.begin();
    fill(m_sides[0], hasBefore ? std::prev(at)->entry : kNone);
    fill(m_sides[1], versions.empty() ? kNone : at->entry);
    load();
}

DiffDialog::DiffDialog(const Inspected &before,
                       const Inspected &after,
                       const QByteArray &path,
                       QWidget *parent)
    : QDialog(parent)
{
    const auto sideOf = [&path](const Inspected &image) {
        const PathTree &tree = *image.inspection->image->tree;
        const NodeId node = tree.find(viewOf(path));
        return Side{image, node == kNone ? std::vector<PathVersion>() : versionsOf(tree, node)};
    };
    m_sides = {sideOf(before), sideOf(after)};
    build(shown(viewOf(path)));
    for (Side &side : m_sides) {
        fill(side, side.versions.empty() ? kNone : side.versions.back().entry);
    }
    load();
}

DiffDialog::~DiffDialog() = default;

void DiffDialog::build(const QString &path)
{
    setObjectName(QStringLiteral("diffDialog"));
    setWindowTitle(tr("Versions of %1").arg(path));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_job = new PreviewJob(this);
    m_view = new CodePairView;
    m_state = new EmptyState(m_view);
    m_words = new QLabel;
    m_words->setObjectName(QStringLiteral("diffWords"));
    m_words->setTextFormat(Qt::PlainText);
    const auto stepButton =
        [this](const char *name, const QString &text, const char *keys, int by) {
            auto *button = new QToolButton;
            button->setObjectName(QLatin1String(name));
            button->setText(text);
            button->setShortcut(QKeySequence(QLatin1String(keys)));
            button->setToolTip(QStringLiteral("%1 (%2)").arg(text, QLatin1String(keys)));
            button->setFocusPolicy(Qt::TabFocus);
            connect(button, &QToolButton::clicked, this, [this, by] { step(by); });
            return button;
        };
    m_previous = stepButton("diffPrevious", tr("Previous change"), "Shift+F7", -1);
    m_next = stepButton("diffNext", tr("Next change"), "F7", 1);

    auto *choices = new QHBoxLayout;
    choices->setSpacing(theme::kPadding);
    for (int i = 0; i < 2; ++i) {
        Side &side = m_sides[static_cast<std::size_t>(i)];
        side.choice = new QComboBox;
        side.choice->setObjectName(i == 0 ? QStringLiteral("diffBefore")
                                          : QStringLiteral("diffAfter"));
        side.choice->setAccessibleName(sideName(i));
        auto *label = new QLabel(sideName(i));
        label->setBuddy(side.choice);
        choices->addWidget(label);
        choices->addWidget(side.choice, 1);
    }
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kPadding);
    line->addWidget(m_words, 1);
    line->addWidget(m_previous);
    line->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    layout->setSpacing(theme::kPadding);
    layout->addLayout(choices);
    layout->addWidget(m_state, 1);
    layout->addLayout(line);
    resize(kWidthLetters * fontMetrics().averageCharWidth(), kHeightLines * fontMetrics().height());

    connect(m_job, &PreviewJob::diffed, this, [this](const std::shared_ptr<PreparedDiff> &diff) {
        showDiff(*diff);
    });
    connect(m_job, &PreviewJob::failed, this, [this](const QString &why) {
        showText(tr("The two cannot be shown side by side: %1").arg(why));
    });
    connect(m_state, &EmptyState::actionActivated, this, [this] {
        m_isRevealed = true;
        load();
    });
}

void DiffDialog::fill(Side &side, EntryId chosen)
{
    side.choice->setPlaceholderText(tr("Nothing"));
    for (const PathVersion &version : side.versions) {
        side.choice->addItem(version.words, version.entry);
    }
    side.choice->setCurrentIndex(chosen == kNone ? -1 : side.choice->findData(chosen));
    side.choice->setEnabled(side.versions.size() > 1);
    connect(side.choice, &QComboBox::currentIndexChanged, this, [this] {
        m_isRevealed = false;
        load();
    });
}

void DiffDialog::load()
{
    m_job->drop();
    m_view->setSides({});
    bool isSecret = false;
    for (const Side &side : m_sides) {
        const EntryId entry = side.entry();
        isSecret = isSecret || (entry != kNone && holdsSecret(*side.image.inspection, entry));
    }
    if (isSecret && !m_isRevealed) {
        showText(tr("A finding says that one of the two holds a secret."),
                 tr("Show it until another version is chosen"));
        return;
    }
    m_view->setCanCopy(!isSecret);
    showText(tr("Reading the two versions …"));
    m_job->startDiff(m_sides[0].image, m_sides[0].entry(), m_sides[1].image, m_sides[1].entry());
}

void DiffDialog::showDiff(PreparedDiff &diff)
{
    if (diff.sides.places.empty()) {
        showText(diff.isWhole ? tr("The text is the same in both.")
                              : tr("The text is the same in both, as far as it is compared."));
        return;
    }
    QStringList parts;
    parts << QString::fromStdString(
        formatCount(diff.sides.removed, "line removed", "lines removed"))
          << QString::fromStdString(formatCount(diff.sides.added, "line added", "lines added"));
    if (!diff.sides.isExact) {
        parts << tr("much differs: what is between the same lines is taken as changed");
    }
    if (!diff.isWhole) {
        parts << tr("⚠ compared up to %1 alone").arg(sizeText(limits::kPreviewMostBytes));
    }
    if (diff.encodings[0] != diff.encodings[1]) {
        parts << tr("⚠ encodings differ: %1; %2")
                     .arg(shown(encodingName(diff.encodings[0])),
                          shown(encodingName(diff.encodings[1])));
    }
    m_summary = parts.join(QStringLiteral(" · "));
    m_view->setNames(m_sides[0].choice->currentText(), m_sides[1].choice->currentText());
    m_view->setSides(std::move(diff.sides));
    m_state->showView();
    m_previous->setEnabled(true);
    m_next->setEnabled(true);
    step(1);
}

void DiffDialog::showText(const QString &text, const QString &action)
{
    m_summary.clear();
    m_words->clear();
    m_previous->setEnabled(false);
    m_next->setEnabled(false);
    m_state->showText(text, action);
}

void DiffDialog::step(int by)
{
    m_view->step(by);
    m_words->setText(tr("Change %1 of %2 · %3")
                         .arg(QString::number(m_view->current() + 1),
                              QString::number(m_view->changeCount()),
                              m_summary));
}

} // namespace cutaway
