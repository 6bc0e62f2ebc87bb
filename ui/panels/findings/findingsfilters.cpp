// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/findings/findingsfilters.h"

#include "ui/models/audittexts.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <array>

namespace cutaway {

namespace {

struct SeverityButton
{
    int severity;
    const char *icon;
    theme::Role role;

    unsigned bit() const
    {
        return severity < 0 ? FindingsQuery::kNotes : 1U << static_cast<unsigned>(severity);
    }
};
constexpr std::array<SeverityButton, 6> kButtons = {{
    {4, "critical", theme::Role::Critical},
    {3, "high", theme::Role::High},
    {2, "medium", theme::Role::Medium},
    {1, "low", theme::Role::Low},
    {0, "info", theme::Role::Info},
    {-1, "info", theme::Role::Muted},
}};

QToolButton *menuButton(const char *name, const char *iconName)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(QLatin1String(iconName)));
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    return button;
}

/// A menu would take an ampersand out of an image for a mark.
QString menuText(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

FindingsFilters::FindingsFilters(const FindingsList &list, QWidget *parent)
    : QWidget(parent)
    , m_list(list)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kGrid / 2);
    buildSeverities();
    buildMenus();
    buildSearch();
    showQuery();
}

void FindingsFilters::buildSeverities()
{
    for (const SeverityButton &severity : kButtons) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("severity%1").arg(severity.severity));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(icon(QLatin1String(severity.icon), severity.role));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::toggled, this, &FindingsFilters::changeSeverities);
        layout()->addWidget(button);
        m_severities.append(button);
    }
}

void FindingsFilters::buildMenus()
{
    m_filter = menuButton("findingsFilter", "filter");
    connect(m_filter->menu(), &QMenu::aboutToShow, this, &FindingsFilters::fillFilterMenu);
    m_group = menuButton("findingsGroup", "group");
    connect(m_group->menu(), &QMenu::aboutToShow, this, &FindingsFilters::fillGroupMenu);
    layout()->addWidget(m_filter);
    layout()->addWidget(m_group);
}

void FindingsFilters::buildSearch()
{
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("filter"));
    m_search->setAccessibleName(tr("Search the findings"));
    m_search->setPlaceholderText(tr("Search findings"));
    m_search->setToolTip(tr("Words that all occur in a finding, or in what it rests on (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        change([&text](FindingsQuery &query) {
            query.words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        });
    });
    layout()->addWidget(m_search);
}

void FindingsFilters::addChoice(QMenu &menu,
                                const QString &text,
                                bool isChosen,
                                const std::function<void(FindingsQuery &)> &change)
{
    auto *group = menu.findChild<QActionGroup *>();
    if (group == nullptr) {
        group = new QActionGroup(&menu);
    }
    QAction *action =
        menu.addAction(menuText(text), this, [this, change] { this->change(change); });
    action->setCheckable(true);
    action->setChecked(isChosen);
    group->addAction(action);
}

void FindingsFilters::fillFilterMenu()
{
    QMenu &menu = *m_filter->menu();
    menu.clear();
    const auto numbered = [](const QString &text, int count) {
        return QStringLiteral("%1 (%2)").arg(text, numberText(static_cast<quint64>(count)));
    };
    QMenu *family = menu.addMenu(tr("&Family"));
    addChoice(
        *family, tr("All"), m_query.family.isEmpty(), [](auto &query) { query.family.clear(); });
    for (const auto &[name, count] : m_list.families()) {
        addChoice(*family,
                  numbered(familyTitle(name), count),
                  m_query.family == name,
                  [chosen = name](auto &query) { query.family = chosen; });
    }
    QMenu *layer = menu.addMenu(tr("&Layer"));
    addChoice(*layer, tr("All"), !m_query.layer, [](auto &query) { query.layer.reset(); });
    for (const auto &[number, count] : m_list.layers()) {
        const QString text = number < 0 ? tr("The image as a whole") : tr("Layer %1").arg(number);
        addChoice(*layer,
                  numbered(text, count),
                  m_query.layer == number,
                  [chosen = number](auto &query) { query.layer = chosen; });
    }
    QMenu *origin = menu.addMenu(tr("&Origin"));
    addChoice(*origin, tr("All"), !m_query.origin, [](auto &query) { query.origin.reset(); });
    for (const Origin value : {Origin::App, Origin::Base, Origin::Unknown}) {
        addChoice(*origin, originWord(value), m_query.origin == value, [value](auto &query) {
            query.origin = value;
        });
    }
    QMenu *state = menu.addMenu(tr("&State of the bytes"));
    addChoice(*state, tr("All"), !m_query.state, [](auto &query) { query.state.reset(); });
    for (const State value : {State::Visible, State::Deleted, State::Overwritten}) {
        addChoice(*state, stateWord(value), m_query.state == value, [value](auto &query) {
            query.state = value;
        });
    }
    menu.addSeparator();
    const int suppressed = m_list.suppressedCount();
    QAction *toggle =
        menu.addAction(numbered(tr("Show s&uppressed"), suppressed), this, [this](bool isOn) {
            change([isOn](FindingsQuery &query) { query.withSuppressed = isOn; });
        });
    toggle->setObjectName(QStringLiteral("showSuppressed"));
    toggle->setCheckable(true);
    toggle->setChecked(m_query.withSuppressed);
    toggle->setEnabled(suppressed > 0);
    toggle->setToolTip(tr("Findings that the policy file says do not count, and why"));
    menu.addSeparator();
    QAction *all = menu.addAction(tr("Show &all"), this, &FindingsFilters::clear);
    all->setToolTip(tr("Take all filters away"));
}

void FindingsFilters::fillGroupMenu()
{
    QMenu &menu = *m_group->menu();
    menu.clear();
    using enum FindingsQuery::Grouping;
    const std::array<std::pair<FindingsQuery::Grouping, QString>, 5> choices = {{
        {None, tr("&Not grouped")},
        {Severity, tr("By &severity")},
        {Family, tr("By &family")},
        {Layer, tr("By &layer")},
        {Rule, tr("By &rule")},
    }};
    for (const auto &[grouping, text] : choices) {
        QAction *action = menu.addAction(text, this, [this, chosen = grouping] {
            change([chosen](FindingsQuery &query) { query.grouping = chosen; });
        });
        action->setCheckable(true);
        action->setChecked(m_query.grouping == grouping);
    }
}

void FindingsFilters::changeSeverities()
{
    change([this](FindingsQuery &query) {
        query.severities = 0;
        for (qsizetype i = 0; i < m_severities.size(); ++i) {
            if (m_severities[i]->isChecked()) {
                query.severities |= kButtons[static_cast<std::size_t>(i)].bit();
            }
        }
    });
}

void FindingsFilters::change(const std::function<void(FindingsQuery &)> &change)
{
    FindingsQuery query = m_query;
    change(query);
    setQuery(query);
}

void FindingsFilters::setQuery(const FindingsQuery &query)
{
    if (query == m_query) {
        return;
    }
    const bool isCounting = query.withSuppressed != m_query.withSuppressed;
    m_query = query;
    showQuery();
    if (isCounting) {
        showCounts();
    }
    emit queryChanged();
}

void FindingsFilters::clear()
{
    FindingsQuery query;
    query.grouping = m_query.grouping;
    setQuery(query);
}

void FindingsFilters::showQuery()
{
    for (qsizetype i = 0; i < m_severities.size(); ++i) {
        const QSignalBlocker silent(m_severities[i]);
        m_severities[i]->setChecked(
            (m_query.severities & kButtons[static_cast<std::size_t>(i)].bit()) != 0);
    }
    if (m_query.words.isEmpty() && !m_search->text().trimmed().isEmpty()) {
        const QSignalBlocker silent(m_search);
        m_search->clear();
    }
    const int narrowings = m_query.narrowings();
    m_filter->setText(narrowings > 0 ? tr("Filter: %1").arg(narrowings) : tr("Filter"));
    m_filter->setAccessibleName(tr("Filter by family, layer, origin and state"));
    m_filter->setToolTip(
        narrowings > 0
            ? tr("The list is narrowed by %1 of: family, layer, origin, state").arg(narrowings)
            : tr("Show only some families, layers, origins or states"));
    const bool isGrouped = m_query.grouping != FindingsQuery::Grouping::None;
    m_group->setText(isGrouped ? tr("Grouped") : tr("Group"));
    m_group->setAccessibleName(tr("Group the findings"));
    m_group->setToolTip(tr("Group by severity, family, layer or rule"));
}

void FindingsFilters::showCounts()
{
    for (qsizetype i = 0; i < m_severities.size(); ++i) {
        const int severity = kButtons[static_cast<std::size_t>(i)].severity;
        const int count = m_list.count(severity, m_query.withSuppressed);
        const QString word = severity < 0 ? tr("Notes") : severityWord(severity);
        m_severities[i]->setText(numberText(static_cast<quint64>(count)));
        m_severities[i]->setAccessibleName(QStringLiteral("%1: %2").arg(word).arg(count));
        m_severities[i]->setToolTip(tr("Show or hide: %1 (%2)").arg(word).arg(count));
        m_severities[i]->setEnabled(count > 0);
    }
}

} // namespace cutaway
