// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/browsing.h"
#include "core/registry/signin.h"
#include "ui/jobs/background.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace cutaway {

/// A repository of a registry: "ghcr.io", "org/app".
struct RepositoryPlace
{
    std::string host;
    std::string path;

    bool operator==(const RepositoryPlace &) const = default;
};

/// What a tag stands for, and what can be said of its image: of several, the one for this computer,
/// else the first.
struct TagLook
{
    TagOutline facts;
    std::optional<ImageOutline> image;
};

/// What the window asks registries. Blocks; called from background threads. An interface, so that
/// something else can answer in a registry's place.
class RegistryAsker
{
public:
    RegistryAsker() = default;
    virtual ~RegistryAsker() = default;
    RegistryAsker(const RegistryAsker &) = delete;
    RegistryAsker &operator=(const RegistryAsker &) = delete;

    [[nodiscard]] virtual Result<NamePage> repositories(const std::string &host,
                                                        const std::string &next,
                                                        const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<NamePage> tags(const RepositoryPlace &place,
                                                const std::string &next,
                                                const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<TagOutline> look(const RepositoryPlace &place,
                                                  const std::string &reference,
                                                  const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<ReferrerPage> referrers(const RepositoryPlace &place,
                                                         const Digest &subject,
                                                         const std::string &next,
                                                         const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<std::vector<Descriptor>> parts(const RepositoryPlace &place,
                                                                const Digest &referrer,
                                                                const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<AttachedText> text(const RepositoryPlace &place,
                                                    const Descriptor &part,
                                                    const Monitor &monitor) = 0;
    /// Tested first, then kept in the keyring; from then on it is used.
    [[nodiscard]] virtual Result<SignIn> signIn(const std::string &host,
                                                const std::string &user,
                                                const std::string &password,
                                                const Monitor &monitor) = 0;
    /// For people, of what is known without asking: how it is spoken to, how often it may be asked.
    [[nodiscard]] virtual std::string connectionText(const std::string &host) = 0;
    /// Forgets how it was spoken to: somebody has signed in.
    virtual void forget(const std::string &host) = 0;

    /// A tag, and the one image of it that dates and sizes are told of.
    [[nodiscard]] Result<TagLook> lookWhole(const RepositoryPlace &place,
                                            const std::string &reference,
                                            const Monitor &monitor);
};
using RegistryAskerPtr = std::shared_ptr<RegistryAsker>;

/// Over the network, as this computer is set up.
[[nodiscard]] RegistryAskerPtr networkAsker();

/// Asks one thing at a time; what is asked next cancels what was asked before.
class RegistryLane : public QObject
{
    Q_OBJECT

public:
    explicit RegistryLane(RegistryAskerPtr asker, QObject *parent = nullptr);
    ~RegistryLane() override { m_monitor->cancel(); }

    /// Calls `work(asker, monitor)` in the background, then `done` with its result in this thread,
    /// unless something else was asked meanwhile.
    template<typename Work, typename Done>
    void ask(Work work, Done done)
    {
        drop();
        m_background.run([asker = m_asker,
                          monitor = m_monitor,
                          work = std::move(work)] { return work(*asker, std::as_const(*monitor)); },
                         [this, done = std::move(done)](auto result) mutable {
                             emit busyChanged(false);
                             done(std::move(result));
                         });
        emit busyChanged(true);
    }
    /// Cancels what runs; nobody is told of its end.
    void drop();
    bool isBusy() const { return m_background.isBusy(); }

signals:
    void busyChanged(bool isBusy);

private:
    RegistryAskerPtr m_asker;
    std::shared_ptr<Monitor> m_monitor;
    Background m_background;
};

} // namespace cutaway
