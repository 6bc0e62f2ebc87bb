// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/capture.h"

#include "core/audit/capturenames.h"
#include "core/audit/elffacts.h"
#include "core/audit/secrets/scanner.h"
#include "core/base/limits.h"
#include "core/packages/collector.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cutaway {

namespace {

constexpr std::uint16_t kExecutableBits = 0111;

class Capture : public FileObserver
{
public:
    bool begin(std::string_view name, const Entry &entry) override
    {
        m_offset = entry.headerOffset;
        m_size = entry.size;
        m_isExecutable = (entry.mode & kExecutableBits) != 0;
        m_says = whatNameSays(name);
        m_passed = 0;
        m_bytes.clear();
        m_isElf = false;
        m_isDecided = false;
        m_wanted = limits::kHeadBytes;
        return entry.size > 0;
    }

    void data(Bytes run) override
    {
        m_passed += run.size();
        if (m_isElf) {
            m_elf.feed(run);
            return;
        }
        const std::size_t taken = keep(run);
        if (m_isDecided || (m_bytes.size() < m_wanted && m_passed < m_size)) {
            return;
        }
        decide();
        const Bytes rest = run.subspan(taken);
        if (m_isElf) {
            m_elf.reset();
            m_elf.feed(std::as_bytes(std::span(m_bytes)));
            m_elf.feed(rest);
        } else {
            keep(rest);
        }
    }

    void end(FileFacts &facts) override
    {
        // Holes of sparse files are left out of what comes by: then it is not the content.
        if (m_passed != m_size) {
            return;
        }
        if (m_wanted > 0) {
            add(facts, kContentFact, m_bytes);
        }
        if (m_isElf) {
            if (const auto elf = m_elf.finish()) {
                add(facts, kElfFact, encodeElf(*elf));
            }
        }
    }

private:
    std::size_t keep(Bytes run)
    {
        const std::size_t taken =
            std::min(run.size(), m_wanted - std::min(m_wanted, m_bytes.size()));
        m_bytes.append(reinterpret_cast<const char *>(run.data()), taken);
        return taken;
    }

    /// By the first bytes, which are here.
    void decide()
    {
        m_isDecided = true;
        m_isElf = m_bytes.starts_with("\x7f"
                                      "ELF");
        const bool isScript = m_bytes.starts_with("#!");
        const bool isText = isScript || (m_says == NameSays::Text && !m_isElf);
        const bool isShort = m_isExecutable || m_says == NameSays::Dump
                             || std::string_view(m_bytes).starts_with(kAnsibleVault);
        m_wanted = isText || m_says == NameSays::Store ? limits::kContentBytes
                   : isShort                           ? limits::kHeadBytes
                                                       : 0;
    }

    void add(FileFacts &facts, std::uint32_t kind, std::string bytes)
    {
        m_kept += sizeof(FileFact) + bytes.size();
        if (m_kept <= limits::kFactLayerBytes) {
            facts.push_back({m_offset, kind, std::move(bytes)});
        }
    }

    std::uint64_t m_offset = 0;
    std::uint64_t m_size = 0;
    bool m_isExecutable = false;
    NameSays m_says = NameSays::Nothing;
    std::uint64_t m_passed = 0;
    std::string m_bytes;
    std::size_t m_wanted = 0; ///< bytes to keep; until it is decided, those to decide by
    bool m_isDecided = false;
    bool m_isElf = false;
    ElfCollector m_elf;
    std::uint64_t m_kept = 0; ///< of the layer
};

class ObserverChain : public FileObserver
{
public:
    explicit ObserverChain(std::vector<std::unique_ptr<FileObserver>> observers)
    {
        for (auto &observer : observers) {
            m_links.push_back({std::move(observer), false});
        }
    }

    bool begin(std::string_view name, const Entry &entry) override
    {
        bool isWanted = false;
        for (Link &link : m_links) {
            link.isWatching = link.observer->begin(name, entry);
            isWanted = isWanted || link.isWatching;
        }
        return isWanted;
    }

    void data(Bytes run) override
    {
        for (Link &link : m_links) {
            if (link.isWatching) {
                link.observer->data(run);
            }
        }
    }

    void end(FileFacts &facts) override
    {
        for (Link &link : m_links) {
            if (link.isWatching) {
                link.observer->end(facts);
            }
        }
    }

private:
    struct Link
    {
        std::unique_ptr<FileObserver> observer;
        bool isWatching = false; ///< the current file
    };
    std::vector<Link> m_links;
};

} // namespace

std::unique_ptr<FileObserver> makeCapture()
{
    return std::make_unique<Capture>();
}

std::unique_ptr<FileObserver> chainObservers(std::vector<std::unique_ptr<FileObserver>> observers)
{
    return std::make_unique<ObserverChain>(std::move(observers));
}

FileWatch auditWatch()
{
    const auto observe = [] {
        std::vector<std::unique_ptr<FileObserver>> observers;
        observers.push_back(makeCapture());
        observers.push_back(secretScanner());
        observers.push_back(packageCollector());
        return chainObservers(std::move(observers));
    };
    return {observe, kAuditFactsVersion};
}

FileWatch packageWatch()
{
    const auto observe = [] {
        std::vector<std::unique_ptr<FileObserver>> observers;
        observers.push_back(makeCapture());
        observers.push_back(packageCollector());
        return chainObservers(std::move(observers));
    };
    return {observe, kPackageFactsVersion, kAuditFactsVersion};
}

} // namespace cutaway
