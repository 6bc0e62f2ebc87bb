// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/enginedialog.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/engineimagesmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr int kLetters = 140;
constexpr int kLines = 32;

/// Leaves the rows that have all words, in whatever columns.
class WordsFilter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(QStringList words)
    {
        m_words = std::move(words);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        QString text;
        for (const EngineColumn column :
             {EngineColumn::Name, EngineColumn::Engine, EngineColumn::Id}) {
            const QModelIndex index = sourceModel()->index(row, static_cast<int>(column), parent);
            text += index.data().toString() + QLatin1Char('\n') + index.data(role::Sort).toString()
                    + QLatin1Char('\n');
        }
        return std::ranges::all_of(m_words, [&text](const QString &word) {
            return text.contains(word, Qt::CaseInsensitive);
        });
    }

private:
    QStringList m_words;
};

} // namespace

EngineDialog::EngineDialog(EngineSearch search, QWidget *parent)
    : QDialog(parent)
    , m_search(std::move(search))
    , m_model(new EngineImagesModel(QDateTime::currentSecsSinceEpoch(), this))
    , m_sorted(new WordsFilter(this))
    , m_filter(new QLineEdit)
    , m_again(new QPushButton(icon(QStringLiteral("reload")), tr("&List again")))
    , m_view(new QTreeView)
    , m_count(new QLabel)
    , m_problems(new QLabel)
{
    setObjectName(QStringLiteral("engineDialog"));
    setWindowTitle(tr("Open from an engine"));
    buildView();
    buildFilter();
    m_state = new EmptyState(m_view);
    m_problems->setObjectName(QStringLiteral("engineProblems"));
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->setFont(theme::smallFont(font()));
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->setFocusPolicy(Qt::NoFocus);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kSection, theme::kSection, theme::kSection, theme::kSection);
    layout->setSpacing(theme::kPadding);
    layout->addLayout(buildTop());
    layout->addWidget(m_state, 1);
    layout->addWidget(m_problems);
    layout->addLayout(buildBottom());
    connect(&m_job, &EnginesJob::listed, this, &EngineDialog::take);
    connect(m_again, &QPushButton::clicked, this, &EngineDialog::ask);
    resize(fontMetrics().averageCharWidth() * kLetters, fontMetrics().lineSpacing() * kLines);
    m_open->setDefault(true); // of this dialog, which it belongs to by now
    m_filter->setFocus();
    ask();
}

void EngineDialog::buildView()
{
    setUpView(*m_view, QStringLiteral("engineImages"));
    m_view->setAccessibleName(tr("Images of engines"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(role::Sort);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_sorted);
    m_view->setRootIsDecorated(false);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(static_cast<int>(EngineColumn::Created), Qt::DescendingOrder);
    setColumnLetters(*m_view, {0, 10, 18, 13, 16});
    connect(m_view, &QTreeView::activated, this, &QDialog::accept);
}

void EngineDialog::buildFilter()
{
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter the images"));
    m_filter->setPlaceholderText(tr("Filter images"));
    m_filter->setToolTip(tr("Words that all occur in name, engine or ID"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &EngineDialog::filter);
}

QLayout *EngineDialog::buildTop()
{
    m_again->setObjectName(QStringLiteral("engineAgain"));
    m_again->setAutoDefault(false);
    m_again->setToolTip(tr("Ask Docker and Podman anew"));
    connect(m_state, &EmptyState::actionActivated, m_filter, &QLineEdit::clear);
    auto *top = new QHBoxLayout;
    top->setSpacing(theme::kPadding);
    top->addWidget(m_filter, 1);
    top->addWidget(m_again);
    return top;
}

QLayout *EngineDialog::buildBottom()
{
    m_count->setObjectName(QStringLiteral("engineCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
    m_open->setObjectName(QStringLiteral("engineOpen"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_count, 1);
    bottom->addWidget(buttons);
    return bottom;
}

QString EngineDialog::reference() const
{
    return m_model->reference(m_sorted->mapToSource(m_view->currentIndex()));
}

/// The arrows move in the list while one types.
bool EngineDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown
            || key == Qt::Key_PageUp) {
            QCoreApplication::sendEvent(m_view, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void EngineDialog::ask()
{
    m_failed.clear();
    m_hasAnswer = false;
    m_model->clear();
    m_job.start(m_search);
    showState();
}

void EngineDialog::take(const EngineListing &listing)
{
    if (listing.error) {
        m_failed.push_back(listing);
        std::ranges::sort(m_failed, {}, &EngineListing::kind); // whoever answered first
    } else {
        m_hasAnswer = true;
        m_model->add(listing);
        chooseFirst();
    }
    showState();
}

void EngineDialog::filter(const QString &text)
{
    static_cast<WordsFilter *>(m_sorted)->setWords(
        text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    chooseFirst();
    showState();
}

/// So that Enter opens what is found.
void EngineDialog::chooseFirst()
{
    if (!m_view->currentIndex().isValid()) {
        m_view->setCurrentIndex(m_sorted->index(0, 0));
    }
}

/// What could not be asked. Where one engine answers, that another is not there is no news.
QString EngineDialog::problems() const
{
    QStringList texts;
    for (const EngineListing &listing : m_failed) {
        if (!m_hasAnswer || listing.error->code != ErrorCode::NotFound) {
            texts << shown(listing.error->message) + QLatin1Char('.');
        }
    }
    return texts.join(QLatin1String("\n\n"));
}

void EngineDialog::showState()
{
    const bool isBusy = m_job.isBusy();
    const int all = m_model->rowCount();
    const int left = m_sorted->rowCount();
    if (all > 0 && left > 0) {
        m_state->showView();
    } else if (all > 0) {
        m_state->showText(tr("No image has these words."), tr("Show all"));
    } else if (isBusy) {
        m_state->showText(tr("Asking Docker and Podman for their images…"));
    } else if (m_hasAnswer) {
        m_state->showText(tr("No images here yet: pull or build one, then list again."));
    } else {
        m_state->showText(tr("Neither Docker nor Podman can be asked for images here."));
    }
    const QString text = isBusy && !m_hasAnswer ? QString() : problems();
    m_problems->setText(text);
    m_problems->setVisible(!text.isEmpty());
    const QString count =
        QString::fromStdString(formatCount(static_cast<std::uint64_t>(all), "name", "names"));
    m_count->setText(isBusy && all > 0 ? tr("Asking…")
                     : all == 0        ? QString()
                     : left == all     ? count
                                       : tr("%1 of %2").arg(left).arg(count));
    m_again->setEnabled(!isBusy);
    m_open->setEnabled(m_view->currentIndex().isValid() && left > 0);
}

} // namespace cutaway
