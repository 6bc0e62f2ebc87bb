// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/compare/comparedfilesview.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

ComparedFilesView::ComparedFilesView(QWidget *parent)
    : QWidget(parent)
    , m_model(new ComparedFilesModel(this))
    , m_summary(new QLabel)
    , m_quiet(new QToolButton)
    , m_layer(new QToolButton)
    , m_filter(new QLineEdit)
    , m_view(new QTreeView)
{
    setObjectName(QStringLiteral("comparedFiles"));
    buildView();
    m_summary->setObjectName(QStringLiteral("comparedFilesSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    for (QToolButton *button : {m_quiet, m_layer}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    m_quiet->setObjectName(QStringLiteral("comparedQuiet"));
    m_quiet->setCheckable(true);
    m_quiet->setIcon(icon(QStringLiteral("recent")));
    m_quiet->setToolTip(
        tr("Show files, too, that are the same but for their time or the layer they come from"));
    m_layer->setObjectName(QStringLiteral("comparedLayer"));
    m_layer->setIcon(icon(QStringLiteral("close")));
    m_layer->setToolTip(tr("Show the files of all layers again"));
    m_layer->hide();
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter the paths"));
    m_filter->setPlaceholderText(tr("Filter paths"));
    m_filter->setToolTip(tr("Show only paths in which all of these words occur (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kGrid);
    line->addWidget(m_layer);
    line->addWidget(m_quiet);
    line->addWidget(m_filter, 1);
    m_state = new EmptyState(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kGrid);
    column->addWidget(m_summary);
    column->addLayout(line);
    column->addWidget(m_state, 1);
    setFocusProxy(m_view);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_query.words = text;
        arrange();
    });
    connect(m_quiet, &QToolButton::toggled, this, [this](bool isOn) {
        m_query.withTimeOnly = isOn;
        arrange();
    });
    connect(m_layer, &QToolButton::clicked, this, &ComparedFilesView::allLayersWanted);
    connect(m_state, &EmptyState::actionActivated, m_filter, &QLineEdit::clear);
}

void ComparedFilesView::buildView()
{
    setUpView(*m_view,
              QStringLiteral("comparedFilesView"),
              [this](QMenu &menu, const QModelIndex &index) {
                  if (index.isValid()) {
                      const QByteArray path = index.data(role::Path).toByteArray();
                      menu.addAction(icon(QStringLiteral("compare")),
                                     tr("Compare the &contents…"),
                                     this,
                                     [this, path] { emit contentsWanted(path); });
                  }
              });
    m_view->setAccessibleName(tr("Paths that differ"));
    m_view->setWhatsThis(
        tr("The paths of both final file systems that are not the same, the biggest change first. "
           "A file of several names counts at the first of them."));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->header()->setSectionsClickable(true);
    m_view->header()->setSortIndicatorShown(true);
    m_view->header()->setSortIndicator(ComparedFilesModel::DeltaColumn, Qt::DescendingOrder);
    setColumnLetters(*m_view, {3, 0, 11, 11, 11, 26});
    connect(m_view->header(),
            &QHeaderView::sortIndicatorChanged,
            this,
            [this](int column, Qt::SortOrder order) {
                using Sort = ComparedFilesQuery::Sort;
                switch (column) {
                case ComparedFilesModel::PathColumn: m_query.sortBy = Sort::Path; break;
                case ComparedFilesModel::BeforeColumn: m_query.sortBy = Sort::Before; break;
                case ComparedFilesModel::AfterColumn: m_query.sortBy = Sort::After; break;
                case ComparedFilesModel::DeltaColumn: m_query.sortBy = Sort::Change; break;
                default: m_query.sortBy = Sort::Kind; break;
                }
                m_query.isDescending = order == Qt::DescendingOrder;
                arrange();
            });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        emit pathActivated(index.data(role::Path).toByteArray());
    });
}

void ComparedFilesView::setComparison(std::shared_ptr<const Comparison> comparison)
{
    m_comparison = std::move(comparison);
    m_query.layerPair = -1;
    m_layer->hide();
    m_model->set(nullptr, {});
    if (!m_comparison) {
        m_background.drop();
        return;
    }
    const FileDifferences &files = m_comparison->files;
    const std::uint64_t quiet =
        files.timeOnly + std::uint64_t{files.count(FileDifference::Kind::Moved)};
    m_quiet->setText(tr("Only time or layer: %1").arg(numberText(quiet)));
    m_quiet->setVisible(quiet > 0);
    arrange();
}

void ComparedFilesView::setLayerPair(int pair, const QString &name)
{
    m_query.layerPair = pair;
    m_layerName = name;
    m_layer->setVisible(pair >= 0);
    m_layer->setText(name);
    arrange();
}

void ComparedFilesView::arrange()
{
    if (!m_comparison) {
        return;
    }
    m_background.run(
        [comparison = m_comparison, query = m_query] { return arrangeFiles(*comparison, query); },
        [this, comparison = m_comparison](ComparedFiles files) {
            const std::size_t matches = files.matches;
            m_model->set(comparison, std::move(files));
            showState(matches);
        });
}

void ComparedFilesView::showState(std::size_t matches)
{
    using Kind = FileDifference::Kind;
    const FileDifferences &files = m_comparison->files;
    QString text = tr("%1 added, %2 removed, %3 modified, %4 with other metadata; %5 the same")
                       .arg(numberText(files.count(Kind::Added)),
                            numberText(files.count(Kind::Removed)),
                            numberText(files.count(Kind::Modified)),
                            numberText(files.count(Kind::Metadata) - files.timeOnly),
                            numberText(files.unchanged));
    if (matches > ComparedFilesModel::kMostRows) {
        text += QLatin1Char('\n')
                + tr("The first %1 of %2 rows: filter to see the others")
                      .arg(numberText(ComparedFilesModel::kMostRows), numberText(matches));
    }
    m_summary->setText(text);
    if (matches > 0) {
        m_state->showView();
    } else if (!m_filter->text().isEmpty()) {
        m_state->showText(tr("No path that differs has all of these words."), tr("Show all"));
    } else if (m_query.layerPair >= 0) {
        m_state->showText(tr("No file of this layer differs."));
    } else {
        m_state->showText(tr("The final file systems have the same files with the same content."));
    }
}

} // namespace cutaway
