// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
// What the window does with registries.
#include "core/image/imagename.h"
#include "core/image/reference.h"
#include "ui/dialogs/cachedialog.h"
#include "ui/dialogs/registry/registrydialog.h"
#include "ui/dialogs/registry/signindialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/problempage.h"

#include <QFile>
#include <QStatusBar>

#include <utility>

namespace cutaway {

namespace {

/// The registry that the reference is of; empty where it is of none.
QString registryOf(const QString &text)
{
    const Result<Reference> reference = parseReference(QFile::encodeName(text).toStdString());
    if (!reference || reference->transport != Reference::Transport::Registry) {
        return {};
    }
    const Result<ImageName> name = ImageName::parse(reference->path);
    return name ? QString::fromStdString(name->domain) : QString();
}

} // namespace

void MainWindow::connectRegistries()
{
    m_registryAsker = networkAsker();
    const auto on = [this](ActionId id, auto what) {
        connect(&m_actions[id], &QAction::triggered, this, what);
    };
    on(ActionId::BrowseRegistries, [this] { browseRegistries(); });
    on(ActionId::SignIn, [this] { signIn(registryOf(m_document.reference())); });
    on(ActionId::ClearCache, [this] {
        auto *dialog = new CacheDialog(m_blobs, m_cache, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_problem, &ProblemPage::signInRequested, this, [this] {
        signIn(registryOf(m_document.reference()));
    });
    connect(m_problem, &ProblemPage::browseRequested, this, &MainWindow::browseRegistries);
    connect(&m_document, &Document::failed, this, [this] {
        m_problem->setRegistry(registryOf(m_document.reference()));
    });
}

void MainWindow::browseRegistries()
{
    if (m_registries == nullptr) {
        m_registries = new RegistryDialog(m_registryAsker, this);
        connect(
            m_registries, &RegistryDialog::openWanted, this, [this](const OpenRequest &request) {
                m_registries->hide(); // it comes back as it was left
                open(request);
            });
        connect(m_registries,
                &RegistryDialog::compareWanted,
                this,
                [this](const OpenRequest &first, const OpenRequest &second) {
                    m_registries->hide();
                    open(first);
                    m_compareNext = second;
                });
        connect(m_registries, &RegistryDialog::signInWanted, this, &MainWindow::signIn);
    }
    m_registries->show();
    m_registries->raise();
    m_registries->activateWindow();
}

void MainWindow::signIn(const QString &host)
{
    QWidget *parent = m_registries != nullptr && m_registries->isActiveWindow()
                          ? static_cast<QWidget *>(m_registries)
                          : this;
    auto *dialog = new SignInDialog(m_registryAsker, host, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QString signedIn = dialog->host();
        statusBar()->showMessage(tr("Signed in to %1").arg(signedIn), 6000);
        if (m_registries != nullptr) {
            m_registries->signedIn(signedIn);
        }
        const bool wasRefused = m_document.state() == Document::State::Failed
                                && m_document.error().error.code == ErrorCode::Unauthorized;
        if (wasRefused && registryOf(m_document.reference()) == signedIn) {
            open(m_job.request());
        }
    });
    dialog->open();
}

/// The second of two that shall be compared, once the first is there.
void MainWindow::compareNext()
{
    if (m_compareNext && m_document.state() == Document::State::Ready) {
        compareWith(*std::exchange(m_compareNext, std::nullopt));
    }
}

} // namespace cutaway
