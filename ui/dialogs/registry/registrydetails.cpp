// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/registry/registrydetails.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/jsontext.h"
#include "ui/models/tagdetailsmodel.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

RegistryDetails::RegistryDetails(const RegistryAskerPtr &asker, QWidget *parent)
    : QWidget(parent)
    , m_lane(new RegistryLane(asker, this))
    , m_model(new TagDetailsModel(this))
    , m_tree(new QTreeView)
    , m_state(new EmptyState(m_tree))
    , m_about(new QLabel)
    , m_text(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("registryDetails"));
    buildViews();
    auto *right = new QWidget;
    m_textState = new EmptyState(right);
    auto *splitter = new QSplitter(Qt::Horizontal);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::kGrid);
    column->addWidget(m_about);
    column->addWidget(m_text, 1);
    splitter->addWidget(m_state);
    splitter->addWidget(m_textState);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({5000, 4000}); // shares: names are long
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    showTag({}, {}, nullptr);
}

void RegistryDetails::buildViews()
{
    setUpView(*m_tree, QStringLiteral("tagDetails"), [this](QMenu &menu, const QModelIndex &index) {
        const Digest digest = m_model->descriptor(index).digest;
        if (!digest.isEmpty()) {
            menu.addAction(tr("Copy &digest"), this, [digest] {
                QApplication::clipboard()->setText(QString::fromStdString(digest.text()));
            });
        }
    });
    m_tree->setAccessibleName(tr("What the tag stands for"));
    m_tree->setWhatsThis(tr("Platforms of the image, and what is kept beside them: signatures, "
                            "bills of materials, provenance. Choose one to have it asked for and "
                            "shown."));
    m_tree->setModel(m_model);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->setAlternatingRowColors(false);
    m_about->setObjectName(QStringLiteral("attachedAbout"));
    m_about->setTextFormat(Qt::PlainText);
    m_about->setFont(theme::smallFont(font()));
    m_about->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("attachedText"));
    m_text->setAccessibleName(tr("The chosen statement"));
    m_text->setReadOnly(true);
    m_text->setFont(theme::fixedFont(font()));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(m_tree->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &RegistryDetails::choose);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_model->kind(index) == TagDetailsModel::Kind::Subject) {
            emit platformActivated();
        }
    });
}

void RegistryDetails::showTag(const RepositoryPlace &place,
                              const QString &tag,
                              const TagOutline *facts)
{
    m_lane->drop();
    m_place = place;
    showWords({});
    if (facts == nullptr) {
        m_model->clearAll();
        m_state->showText(tag.isEmpty()
                              ? tr("Choose a tag to see its platforms, signatures, bills of "
                                   "materials and provenance.")
                              : tr("Asking what the tag stands for …"));
        return;
    }
    m_model->setTag(tag.toStdString(), *facts);
    setColumnLetters(*m_tree, {0, 9, 15});
    m_state->showView();
    const QModelIndex root = m_model->index(0, 0);
    m_tree->expandRecursively(root, 2);
    showRow(*m_tree, root);
}

Platform RegistryDetails::chosenPlatform() const
{
    for (QModelIndex at = m_tree->currentIndex(); at.isValid(); at = at.parent()) {
        if (m_model->kind(at) == TagDetailsModel::Kind::Subject) {
            return m_model->descriptor(at).platform;
        }
    }
    return {};
}

void RegistryDetails::choose(const QModelIndex &index)
{
    if (m_lane->isBusy() && m_asking.isValid()) {
        m_lane->drop();
        m_model->setProblem(m_asking, tr("not asked"));
    }
    showWords({});
    switch (m_model->kind(index)) {
    case TagDetailsModel::Kind::Subject:
        if (!m_model->isAsked(index)) {
            askReferrers(index);
        }
        break;
    case TagDetailsModel::Kind::Attached:
        if (!m_model->isAsked(index)) {
            askParts(index);
        }
        break;
    case TagDetailsModel::Kind::Part: askText(index); break;
    case TagDetailsModel::Kind::Note: break;
    }
}

void RegistryDetails::tell(const QPersistentModelIndex &index, const Error &error)
{
    m_model->setProblem(index, shown(error.message));
    emit failed(QString::fromStdString(m_place.host), error);
}

void RegistryDetails::askReferrers(const QModelIndex &subject)
{
    const QPersistentModelIndex at = m_asking = subject;
    m_model->setAsking(subject);
    m_lane->ask([place = m_place, digest = m_model->descriptor(subject).digest](
                    RegistryAsker &asker,
                    const Monitor &monitor) { return asker.referrers(place, digest, {}, monitor); },
                [this, at](const Result<ReferrerPage> &page) {
                    if (!page) {
                        tell(at, page.error());
                        return;
                    }
                    m_model->addReferrers(at, *page);
                    m_tree->expand(at);
                });
}

void RegistryDetails::askParts(const QModelIndex &attached)
{
    const QPersistentModelIndex at = m_asking = attached;
    m_model->setAsking(attached);
    m_lane->ask([place = m_place, digest = m_model->descriptor(attached).digest](
                    RegistryAsker &asker,
                    const Monitor &monitor) { return asker.parts(place, digest, monitor); },
                [this, at](const Result<std::vector<Descriptor>> &parts) {
                    if (!parts) {
                        tell(at, parts.error());
                        return;
                    }
                    m_model->setParts(at, *parts);
                    m_tree->expand(at);
                    if (parts->size() == 1) { // there is nothing to choose
                        askText(m_model->index(m_model->rowCount(at) - 1, 0, at));
                    }
                });
}

void RegistryDetails::askText(const QModelIndex &part)
{
    m_asking = QModelIndex();
    showWords(tr("asking …"));
    struct Readable
    {
        AttachedText text;
        QString lines;
    };
    m_lane->ask(
        [place = m_place, descriptor = m_model->descriptor(part)](
            RegistryAsker &asker, const Monitor &monitor) -> Result<Readable> {
            Result<AttachedText> text = asker.text(place, descriptor, monitor);
            if (!text) {
                return std::unexpected(text.error());
            }
            QString lines = indentedJson(text->text);
            return Readable{std::move(*text), std::move(lines)};
        },
        [this, descriptor = m_model->descriptor(part)](const Result<Readable> &readable) {
            if (readable) {
                showText(descriptor, readable->text, readable->lines);
                return;
            }
            showWords(shown(readable.error().message));
            emit failed(QString::fromStdString(m_place.host), readable.error());
        });
}

void RegistryDetails::showWords(const QString &words)
{
    m_text->clear();
    m_textState->showText(
        words.isEmpty() ? tr("Choose a signature, a bill of materials or a provenance to read it.")
                        : words);
}

void RegistryDetails::showText(const Descriptor &part,
                               const AttachedText &text,
                               const QString &readable)
{
    QStringList about;
    if (!text.predicateType.empty()) {
        about << tr("Statement: %1").arg(shown(text.predicateType));
    } else if (!part.mediaType.empty()) {
        about << shown(part.mediaType);
    }
    if (!text.payloadType.empty()) {
        about << tr("taken out of an envelope (%1)").arg(shown(text.payloadType));
    }
    about << tr("its signature, if it has one, was not verified");
    m_about->setText(about.join(QStringLiteral(" · ")));
    m_text->setPlainText(readable);
    m_textState->showView();
}

} // namespace cutaway
