// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/registry/registrytags.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/tagsfilter.h"
#include "ui/models/tagsmodel.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace cutaway {

namespace {

/// That are looked at for one click: a registry counts each.
constexpr std::size_t kLooksAtOnce = 50;
constexpr int kMostTags = 50'000; ///< that are listed

} // namespace

RegistryTags::RegistryTags(const RegistryAskerPtr &asker, QWidget *parent)
    : QWidget(parent)
    , m_list(new RegistryLane(asker, this))
    , m_looks(new RegistryLane(asker, this))
    , m_model(new TagsModel(this))
    , m_filter(new TagsFilter(this))
    , m_title(new QLabel)
    , m_filterLine(new QLineEdit)
    , m_view(new QTreeView)
    , m_state(new EmptyState(m_view))
    , m_count(new QLabel)
    , m_more(new QPushButton(tr("&More tags")))
    , m_lookAll(new QPushButton(tr("&Dates and sizes")))
{
    setObjectName(QStringLiteral("registryTags"));
    m_title->setObjectName(QStringLiteral("registryTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme::boldFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_filterLine->setObjectName(QStringLiteral("filter"));
    m_filterLine->setPlaceholderText(tr("Filter tags"));
    m_filterLine->setAccessibleName(tr("Filter tags"));
    m_filterLine->setClearButtonEnabled(true);
    m_filterLine->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                            QLineEdit::LeadingPosition);
    buildView();
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kPadding);
    line->addWidget(m_title, 3);
    line->addWidget(m_filterLine, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kPadding);
    layout->addLayout(line);
    layout->addWidget(m_state, 1);
    buildFooter();
    connect(m_filterLine, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setWords(text);
        showFooter();
    });
    clear();
}

void RegistryTags::buildView()
{
    m_filter->setSourceModel(m_model);
    setUpView(*m_view, QStringLiteral("tagList"), [this](QMenu &menu, const QModelIndex &) {
        menu.addAction(icon(QStringLiteral("copy")), tr("Copy &reference"), this, [this] {
            QApplication::clipboard()->setText(chosenReferences().join(QLatin1Char('\n')));
        });
    });
    m_view->setAccessibleName(tr("Tags"));
    m_view->setModel(m_filter);
    m_view->setRootIsDecorated(false);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->setSortingEnabled(true);
    setColumnLetters(*m_view, {28, 19, 12, 0, 15});
    connect(m_view->selectionModel(),
            &QItemSelectionModel::selectionChanged,
            this,
            &RegistryTags::choose);
    connect(m_view, &QTreeView::activated, this, &RegistryTags::activated);
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        const QScrollBar *bar = m_view->verticalScrollBar();
        if (value == bar->maximum() && value > 0 && m_more->isEnabled()) {
            askPage(m_next);
        }
    });
}

void RegistryTags::buildFooter()
{
    m_count->setObjectName(QStringLiteral("tagCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(theme::smallFont(font()));
    m_more->setObjectName(QStringLiteral("moreTags"));
    m_more->setToolTip(tr("List the next page of tags"));
    m_more->setAutoDefault(false);
    m_lookAll->setObjectName(QStringLiteral("lookAtTags"));
    m_lookAll->setToolTip(tr("Ask the registry what the tags in the list stand for, at most %1 at "
                             "a time: it may count how often it is asked")
                              .arg(kLooksAtOnce));
    m_lookAll->setAutoDefault(false);
    connect(m_more, &QPushButton::clicked, this, [this] { askPage(m_next); });
    connect(m_lookAll, &QPushButton::clicked, this, &RegistryTags::lookAtAll);
    auto *footer = new QHBoxLayout;
    footer->setSpacing(theme::kPadding);
    footer->addWidget(m_count, 1);
    footer->addWidget(m_more);
    footer->addWidget(m_lookAll);
    static_cast<QVBoxLayout *>(layout())->addLayout(footer);
}

void RegistryTags::clear()
{
    m_list->drop();
    m_looks->drop();
    m_queue.clear();
    m_next.clear();
    m_place = {};
    m_model->clear();
    m_title->setText(tr("Tags"));
    m_state->showText(tr("Choose a repository to see its tags."));
    showFooter();
    choose();
}

void RegistryTags::showRepository(const RepositoryPlace &place)
{
    clear();
    m_filterLine->clear();
    m_place = place;
    m_title->setText(shown(place.host + '/' + place.path));
    m_title->setToolTip(plainToolTip(m_title->text()));
    m_state->showText(tr("Asking for the tags …"));
    askPage({});
}

void RegistryTags::askPage(const std::string &next)
{
    m_list->ask(
        [place = m_place, next](RegistryAsker &asker, const Monitor &monitor) {
            return asker.tags(place, next, monitor);
        },
        [this](const Result<NamePage> &page) { showPage(page); });
    showFooter();
}

void RegistryTags::showPage(const Result<NamePage> &page)
{
    if (!page) {
        showFooter();
        if (m_model->rowCount() == 0) {
            m_state->showText(tr("The tags could not be listed."));
        }
        emit failed(QString::fromStdString(m_place.host), page.error());
        return;
    }
    // A page without anything new ends the list, whatever it says of another.
    m_next = m_model->add(page->names) > 0 && m_model->rowCount() < kMostTags ? page->next
                                                                              : std::string();
    if (m_model->rowCount() == 0) {
        m_state->showText(tr("This repository has no tags, or none for you."));
    } else {
        m_state->showView();
    }
    showFooter();
    emit answered();
}

void RegistryTags::showFooter()
{
    const int all = m_model->rowCount();
    const int matching = m_filter->rowCount();
    QString text;
    if (m_list->isBusy()) {
        text = tr("asking …");
    } else if (all > 0) {
        const bool isFiltered = !m_filterLine->text().simplified().isEmpty();
        text = isFiltered ? tr("%1 of %2 tags").arg(matching).arg(all)
                          : QString::fromStdString(
                                formatCount(static_cast<std::uint64_t>(matching), "tag", "tags"));
        if (!isFiltered && matching < all) {
            text += tr(" · %1 left out that hold signatures").arg(all - matching);
        }
        text += m_next.empty() ? QString() : tr(" · there are more");
    }
    if (!m_queue.empty()) {
        text += tr(" · %1 to look at").arg(m_queue.size());
    }
    m_count->setText(text);
    m_more->setEnabled(!m_next.empty() && !m_list->isBusy());
    m_lookAll->setEnabled(matching > 0);
}

int RegistryTags::sourceRow(const QModelIndex &index) const
{
    return m_filter->mapToSource(index).row();
}

QString RegistryTags::referenceOf(int row) const
{
    return QString::fromStdString("docker://" + m_place.host + '/' + m_place.path + ':'
                                  + m_model->tag(row));
}

QStringList RegistryTags::chosenReferences() const
{
    QStringList references;
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const QModelIndex &row : std::as_const(rows)) {
        references << referenceOf(sourceRow(row));
    }
    return references;
}

void RegistryTags::choose()
{
    emit choiceChanged();
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.size() != 1) {
        m_shownTag.clear();
        emit tagShown({}, nullptr);
        return;
    }
    const int row = sourceRow(rows.constFirst());
    const QString tag = QString::fromStdString(m_model->tag(row));
    if (m_shownTag == tag) {
        return;
    }
    m_shownTag = tag;
    const std::optional<TagOutline> &facts = m_model->facts(row);
    emit tagShown(tag, facts ? &*facts : nullptr);
    if (!facts) {
        std::erase(m_queue, m_model->tag(row));
        m_queue.push_front(m_model->tag(row));
        m_looks->drop(); // whoever waits for one tag waits for no others
        lookNext();
    }
}

void RegistryTags::lookAtAll()
{
    m_queue.clear();
    for (int row = 0; row < m_filter->rowCount() && m_queue.size() < kLooksAtOnce; ++row) {
        const int source = sourceRow(m_filter->index(row, 0));
        if (!m_model->isLookedAt(source)) {
            m_queue.push_back(m_model->tag(source));
        }
    }
    lookNext();
}

void RegistryTags::lookNext()
{
    showFooter();
    if (m_queue.empty()) {
        return;
    }
    const std::string tag = m_queue.front();
    const int row = m_model->find(tag);
    m_model->setLooking(row);
    m_looks->ask(
        [place = m_place, tag](RegistryAsker &asker, const Monitor &monitor) {
            return asker.lookWhole(place, tag, monitor);
        },
        [this, tag, row](Result<TagLook> look) {
            std::erase(m_queue, tag);
            emit answered();
            if (!look) {
                const ErrorCode code = look.error().code;
                m_model->setProblem(row, shown(look.error().message));
                if (code == ErrorCode::Network || code == ErrorCode::Unauthorized) {
                    m_queue.clear(); // the next one would fare no better
                    emit failed(QString::fromStdString(m_place.host), look.error());
                }
                lookNext();
                return;
            }
            m_model->setFacts(row, std::move(look->facts), std::move(look->image));
            if (m_shownTag == QString::fromStdString(tag)) {
                emit tagShown(m_shownTag, &*m_model->facts(row));
            }
            lookNext();
        });
}

} // namespace cutaway
