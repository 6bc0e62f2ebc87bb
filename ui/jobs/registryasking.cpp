// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/registryasking.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace cutaway {

namespace {

/// Of the images of an index.
const Descriptor *imageToTellOf(const std::vector<Descriptor> &images)
{
    const auto host = std::ranges::find_if(
        images, [](const Descriptor &image) { return image.platform.answers(Platform::host()); });
    if (host != images.end()) {
        return &*host;
    }
    return images.empty() ? nullptr : &images.front();
}

class NetworkAsker : public RegistryAsker
{
public:
    Result<NamePage> repositories(const std::string &host,
                                  const std::string &next,
                                  const Monitor &monitor) override
    {
        return with(host, monitor, [&](RegistryBrowser &browser) {
            return browser.repositories(next, monitor);
        });
    }
    Result<NamePage> tags(const RepositoryPlace &place,
                          const std::string &next,
                          const Monitor &monitor) override
    {
        return with(place.host, monitor, [&](RegistryBrowser &browser) {
            return browser.tags(place.path, next, monitor);
        });
    }
    Result<TagOutline> look(const RepositoryPlace &place,
                            const std::string &reference,
                            const Monitor &monitor) override
    {
        return with(place.host, monitor, [&](RegistryBrowser &browser) {
            return browser.look(place.path, reference, monitor);
        });
    }
    Result<ReferrerPage> referrers(const RepositoryPlace &place,
                                   const Digest &subject,
                                   const std::string &next,
                                   const Monitor &monitor) override
    {
        return with(place.host, monitor, [&](RegistryBrowser &browser) {
            return browser.referrers(place.path, subject, next, monitor);
        });
    }
    Result<std::vector<Descriptor>> parts(const RepositoryPlace &place,
                                          const Digest &referrer,
                                          const Monitor &monitor) override
    {
        return with(place.host, monitor, [&](RegistryBrowser &browser) {
            return browser.parts(place.path, referrer, monitor);
        });
    }
    Result<AttachedText> text(const RepositoryPlace &place,
                              const Descriptor &part,
                              const Monitor &monitor) override
    {
        return with(place.host, monitor, [&](RegistryBrowser &browser) {
            return browser.text(place.path, part, monitor);
        });
    }

    Result<SignIn> signIn(const std::string &host,
                          const std::string &user,
                          const std::string &password,
                          const Monitor &monitor) override
    {
        return cutaway::signIn(host, user, password, RegistryOptions::ofEnvironment(), monitor);
    }

    std::string connectionText(const std::string &host) override
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_browsers.find(host);
        if (found == m_browsers.end()) {
            return {};
        }
        const RegistryBrowser &browser = *found->second;
        std::string text = browser.isAnonymous() ? "not signed in" : "signed in";
        text += browser.isEncrypted() ? ", encrypted" : ", not encrypted";
        if (const std::optional<RateLimit> limit = browser.rateLimit()) {
            text += " · " + rateLimitText(*limit);
        }
        for (const std::string &note : browser.notes()) {
            text += " · " + note;
        }
        return text;
    }

    void forget(const std::string &host) override
    {
        const std::scoped_lock lock(m_mutex);
        m_browsers.erase(host);
    }

private:
    using BrowserPtr = std::shared_ptr<RegistryBrowser>;

    /// What `ask` says, asked of the browser of that host.
    template<typename Ask>
    auto with(const std::string &host, const Monitor &monitor, Ask ask)
        -> decltype(ask(std::declval<RegistryBrowser &>()))
    {
        const auto browser = browserOf(host, monitor);
        if (!browser) {
            return std::unexpected(browser.error());
        }
        return ask(**browser);
    }

    /// Two that ask at once for the first time may both find out how; the later one is kept.
    Result<BrowserPtr> browserOf(const std::string &host, const Monitor &monitor)
    {
        {
            const std::scoped_lock lock(m_mutex);
            if (const auto found = m_browsers.find(host); found != m_browsers.end()) {
                return found->second;
            }
        }
        auto browser = RegistryBrowser::open(host, RegistryOptions::ofEnvironment(), monitor);
        if (browser) {
            const std::scoped_lock lock(m_mutex);
            m_browsers[host] = *browser;
        }
        return browser;
    }

    std::mutex m_mutex;
    std::map<std::string, BrowserPtr> m_browsers; ///< by host
};

} // namespace

Result<TagLook> RegistryAsker::lookWhole(const RepositoryPlace &place,
                                         const std::string &reference,
                                         const Monitor &monitor)
{
    Result<TagOutline> facts = look(place, reference, monitor);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    TagLook whole{std::move(*facts), std::nullopt};
    whole.image = whole.facts.image;
    const Descriptor *told = whole.image ? nullptr : imageToTellOf(whole.facts.images);
    if (told != nullptr) {
        const Result<TagOutline> image = look(place, told->digest.text(), monitor);
        if (!image) {
            return std::unexpected(image.error());
        }
        whole.image = image->image;
    }
    return whole;
}

RegistryAskerPtr networkAsker()
{
    return std::make_shared<NetworkAsker>();
}

RegistryLane::RegistryLane(RegistryAskerPtr asker, QObject *parent)
    : QObject(parent)
    , m_asker(std::move(asker))
    , m_monitor(std::make_shared<Monitor>())
{}

void RegistryLane::drop()
{
    m_monitor->cancel();
    m_monitor = std::make_shared<Monitor>();
    if (m_background.isBusy()) {
        m_background.drop();
        emit busyChanged(false);
    }
}

} // namespace cutaway
