// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/registry/registryhosts.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolTip>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

enum Role : int {
    PathRole = Qt::UserRole + 100, ///< of a repository
    TypedRole,                     ///< bool: a repository that is kept
    ListedRole,                    ///< bool, of a host: its repositories were asked for
    NextRole,                      ///< of the row that stands for the next page
};
constexpr int kMostRepositories = 20'000; ///< that are listed of one registry

/// "https://ghcr.io/org/" as people copy it.
QString withoutScheme(QString text)
{
    for (const char *scheme : {"https://", "http://", "docker://"}) {
        if (text.startsWith(QLatin1String(scheme))) {
            text.remove(0, static_cast<qsizetype>(qstrlen(scheme)));
        }
    }
    while (text.endsWith(QLatin1Char('/'))) {
        text.chop(1);
    }
    return text;
}

bool isHostOnly(const QString &text)
{
    return !text.contains(QLatin1Char('/'))
           && (text.contains(QLatin1Char('.')) || text.contains(QLatin1Char(':'))
               || text == QLatin1String("localhost"));
}

QStandardItem *item(const QString &text, const char *iconName)
{
    auto *made = new QStandardItem(text);
    made->setEditable(false);
    made->setToolTip(plainToolTip(text));
    if (*iconName != '\0') {
        made->setIcon(icon(QLatin1String(iconName)));
    }
    return made;
}

} // namespace

RegistryHosts::RegistryHosts(const RegistryAskerPtr &asker, QWidget *parent)
    : QWidget(parent)
    , m_lane(new RegistryLane(asker, this))
    , m_add(new QLineEdit)
    , m_model(new QStandardItemModel(this))
    , m_tree(new QTreeView)
    , m_state(new EmptyState(m_tree))
    , m_signIn(new QPushButton(icon(QStringLiteral("key")), tr("&Sign in…")))
    , m_remove(new QPushButton(tr("&Remove")))
{
    setObjectName(QStringLiteral("registryHosts"));
    m_add->setObjectName(QStringLiteral("registryAdd"));
    m_add->setPlaceholderText(tr("ghcr.io or ghcr.io/org/app"));
    m_add->setAccessibleName(tr("Registry or repository to add"));
    m_add->setToolTip(tr("Type a registry, or a repository of one, and press Enter to add it"));
    m_add->setClearButtonEnabled(true);
    auto *add = new QPushButton(tr("&Add"));
    add->setObjectName(QStringLiteral("registryAddButton"));
    add->setAutoDefault(false);
    buildTree();

    m_signIn->setObjectName(QStringLiteral("registrySignIn"));
    m_signIn->setAutoDefault(false);
    m_signIn->setToolTip(tr("Say who you are to the chosen registry"));
    m_remove->setObjectName(QStringLiteral("registryRemove"));
    m_remove->setAutoDefault(false);
    m_remove->setToolTip(tr("Take the chosen registry or typed repository out of this list"));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kPadding);
    line->addWidget(m_add, 1);
    line->addWidget(add);
    auto *below = new QHBoxLayout;
    below->setSpacing(theme::kPadding);
    below->addWidget(m_signIn);
    below->addWidget(m_remove);
    below->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kPadding);
    layout->addLayout(line);
    layout->addWidget(m_state, 1);
    layout->addLayout(below);

    connect(m_add, &QLineEdit::returnPressed, this, &RegistryHosts::addTyped);
    connect(add, &QPushButton::clicked, this, &RegistryHosts::addTyped);
    connect(m_remove, &QPushButton::clicked, this, &RegistryHosts::removeCurrent);
    connect(m_signIn, &QPushButton::clicked, this, [this] { emit signInWanted(currentHost()); });
    showEmptyState();
    choose({});
}

void RegistryHosts::buildTree()
{
    setUpView(*m_tree, QStringLiteral("registryTree"));
    m_tree->setAccessibleName(tr("Registries and repositories"));
    m_tree->setModel(m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->header()->setSectionResizeMode(QHeaderView::Stretch);
    connect(m_tree, &QTreeView::expanded, this, &RegistryHosts::expand);
    connect(m_model, &QStandardItemModel::rowsInserted, this, &RegistryHosts::showEmptyState);
    connect(m_model, &QStandardItemModel::rowsRemoved, this, &RegistryHosts::showEmptyState);
    connect(m_model, &QStandardItemModel::modelReset, this, &RegistryHosts::showEmptyState);
    connect(m_tree->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &RegistryHosts::choose);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QVariant next = index.data(NextRole);
        if (QStandardItem *host =
                next.isValid() ? m_model->itemFromIndex(index.parent()) : nullptr) {
            ask(host, next.toByteArray().toStdString());
        }
    });
}

void RegistryHosts::showEmptyState()
{
    if (m_model->rowCount() > 0) {
        m_state->showView();
    } else {
        m_state->showText(tr("Registries that you add appear here. Type one above, for instance "
                             "ghcr.io, or a repository: docker.io/library/debian."));
    }
}

QStringList RegistryHosts::kept() const
{
    QStringList list;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QStandardItem *host = m_model->item(row);
        list << host->text();
        for (int child = 0; child < host->rowCount(); ++child) {
            if (host->child(child)->data(TypedRole).toBool()) {
                list << host->text() + QLatin1Char('/')
                            + host->child(child)->data(PathRole).toString();
            }
        }
    }
    return list;
}

void RegistryHosts::setKept(const QStringList &list)
{
    m_model->clear();
    m_repositories.clear();
    for (const QString &text : list) {
        const qsizetype slash = text.indexOf(QLatin1Char('/'));
        QStandardItem *host = addHost(text.left(slash));
        if (slash > 0) {
            addRepository(host, text.sliced(slash + 1), true);
        }
    }
}

QStandardItem *RegistryHosts::hostItem(const QString &host) const
{
    const QList<QStandardItem *> found = m_model->findItems(host);
    return found.isEmpty() ? nullptr : found.constFirst();
}

QStandardItem *RegistryHosts::addHost(const QString &host)
{
    if (QStandardItem *known = hostItem(host)) {
        return known;
    }
    QStandardItem *added = item(host, "registry");
    m_model->appendRow(added);
    note(added, tr("asking …")); // so that it can be opened
    return added;
}

void RegistryHosts::addRepository(QStandardItem *host, const QString &path, bool isTyped)
{
    QStandardItem *&added = m_repositories[host->text() + QLatin1Char('/') + path];
    if (added != nullptr) {
        added->setData(added->data(TypedRole).toBool() || isTyped, TypedRole);
        return;
    }
    added = item(shown(path.toStdString()), "package");
    added->setData(path, PathRole);
    added->setData(isTyped, TypedRole);
    isTyped ? host->insertRow(0, added) : host->appendRow(added);
}

Result<> RegistryHosts::addText(const QString &typed)
{
    const QString text = withoutScheme(typed.trimmed());
    if (text.isEmpty()) {
        return fail(ErrorCode::InvalidInput, "type a registry or a repository");
    }
    QStandardItem *host = nullptr;
    QString path;
    if (isHostOnly(text)) {
        host = addHost(text);
    } else {
        const Result<ImageName> name = ImageName::parse(text.toStdString());
        if (!name) {
            return std::unexpected(name.error());
        }
        path = QString::fromStdString(name->path);
        host = addHost(QString::fromStdString(name->domain));
        addRepository(host, path, true);
    }
    emit keptChanged();
    m_tree->expand(host->index());
    const QStandardItem *chosen =
        m_repositories.value(host->text() + QLatin1Char('/') + path, host);
    showRow(*m_tree, chosen->index());
    return {};
}

void RegistryHosts::addTyped()
{
    if (const Result<> added = addText(m_add->text()); added) {
        m_add->clear();
        m_tree->setFocus();
    } else {
        QToolTip::showText(m_add->mapToGlobal(QPoint(0, m_add->height())),
                           plainToolTip(shown(added.error().message)),
                           m_add);
    }
}

void RegistryHosts::removeCurrent()
{
    const QModelIndex current = m_tree->currentIndex();
    if (current.isValid()) {
        m_lane->drop();
        const QString gone = currentHost() + QLatin1Char('/') + current.data(PathRole).toString();
        const bool isHost = !current.parent().isValid();
        m_repositories.removeIf([&](const auto &one) {
            return one.key() == gone || (isHost && one.key().startsWith(gone));
        });
        m_model->removeRow(current.row(), current.parent());
        emit keptChanged();
    }
}

QString RegistryHosts::currentHost() const
{
    const QModelIndex current = m_tree->currentIndex();
    const QModelIndex host = current.parent().isValid() ? current.parent() : current;
    return host.data().toString();
}

void RegistryHosts::choose(const QModelIndex &index)
{
    const bool isHost = index.isValid() && !index.parent().isValid();
    m_signIn->setEnabled(index.isValid());
    m_remove->setEnabled(isHost || index.data(TypedRole).toBool());
    if (isHost) {
        emit hostChosen(index.data().toString());
    } else if (index.data(PathRole).isValid()) {
        emit repositoryChosen({index.parent().data().toString().toStdString(),
                               index.data(PathRole).toString().toStdString()});
    }
}

void RegistryHosts::expand(const QModelIndex &index)
{
    QStandardItem *host = m_model->itemFromIndex(index);
    if (host != nullptr && host->parent() == nullptr && !host->data(ListedRole).toBool()) {
        ask(host, {});
    }
}

void RegistryHosts::reload(const QString &host)
{
    if (QStandardItem *known = hostItem(host)) {
        ask(known, {});
        m_tree->expand(known->index());
    }
}

/// The rows that are no repositories make room.
void RegistryHosts::note(QStandardItem *host, const QString &text, const std::string &next)
{
    for (int row = host->rowCount() - 1; row >= 0; --row) {
        if (!host->child(row)->data(PathRole).isValid()) {
            host->removeRow(row);
        }
    }
    if (text.isEmpty()) {
        return;
    }
    QStandardItem *added = item(text, "");
    added->setData(true, role::Muted);
    if (!next.empty()) {
        added->setData(QByteArray::fromStdString(next), NextRole);
    }
    host->appendRow(added);
}

void RegistryHosts::ask(QStandardItem *host, const std::string &next)
{
    QStandardItem *before =
        m_lane->isBusy() && m_asking.isValid() ? m_model->itemFromIndex(m_asking) : nullptr;
    if (before != nullptr && before != host) {
        before->setData(false, ListedRole);
        note(before, tr("not asked"));
    }
    host->setData(true, ListedRole);
    note(host, tr("asking …"));
    const QPersistentModelIndex at = m_asking = host->index();
    m_lane->ask(
        [name = host->text().toStdString(), next](RegistryAsker &asker, const Monitor &monitor) {
            return asker.repositories(name, next, monitor);
        },
        [this, at](const Result<NamePage> &page) {
            if (QStandardItem *asked = at.isValid() ? m_model->itemFromIndex(at) : nullptr) {
                showPage(asked, page);
            }
        });
}

void RegistryHosts::showPage(QStandardItem *host, const Result<NamePage> &page)
{
    emit listed(host->text());
    if (!page) {
        const Error &error = page.error();
        const bool isUnlisted = error.code == ErrorCode::Unsupported;
        host->setData(isUnlisted, ListedRole);
        note(host,
             isUnlisted ? tr("Not listed: type one above")
                        : tr("Its repositories could not be listed"));
        host->child(host->rowCount() - 1)
            ->setToolTip(plainToolTip(
                isUnlisted ? tr("This registry does not list its repositories, or not to those who "
                                "have not signed in. Those that you type are kept here.")
                           : shown(error.message)));
        if (!isUnlisted) {
            emit failed(host->text(), error);
        }
        return;
    }
    note(host, {});
    for (const std::string &name : page->names) {
        if (host->rowCount() >= kMostRepositories) {
            break;
        }
        addRepository(host, QString::fromStdString(name), false);
    }
    if (!page->next.empty() && host->rowCount() < kMostRepositories) {
        note(host, tr("More … (Enter)"), page->next);
    } else if (host->rowCount() == 0) {
        note(host, tr("It has no repositories, or none for you"));
    }
}

} // namespace cutaway
