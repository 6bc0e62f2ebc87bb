// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/registryblob.h"

#include "core/registry/blobdownload.h"

#include <algorithm>
#include <mutex>
#include <optional>

namespace cutaway {

namespace {

class GrowingBlob : public ByteSource
{
public:
    GrowingBlob(RegistryLinkPtr link,
                const Descriptor &descriptor,
                std::unique_ptr<BlobDraft> draft)
        : m_link(std::move(link))
        , m_descriptor(descriptor)
        , m_size(static_cast<std::uint64_t>(*descriptor.size))
        , m_download(std::in_place, *m_link->repository, descriptor, draft->size())
        , m_draft(std::move(draft))
        , m_isResumed(m_draft->size() > 0)
    {}

    std::uint64_t size() const override { return m_size; }

    std::optional<FileIdentity> identity() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_file == nullptr ? std::nullopt : m_file->identity();
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        ByteSourcePtr file;
        {
            const std::scoped_lock lock(m_mutex);
            const std::uint64_t end =
                offset >= m_size ? m_size
                                 : offset + std::min<std::uint64_t>(into.size(), m_size - offset);
            if (const Result<> there = growTo(end); !there) {
                return std::unexpected(there.error());
            }
            if (m_file == nullptr) {
                return m_draft->readAt(offset, into);
            }
            file = m_file;
        }
        return file->readAt(offset, into);
    }

private:
    Result<> growTo(std::uint64_t end) const
    {
        if (m_file != nullptr || m_problem) {
            return m_problem ? Result<>(std::unexpected(*m_problem)) : Result<>();
        }
        // What an earlier transfer left is not given away before all of it has proved right.
        Result<> grown = m_isResumed ? fetchResumed() : fetchTo(end);
        if (grown && m_draft->size() == m_size) {
            grown = m_draft->keep();
            auto file = grown ? m_draft->open() : Result<ByteSourcePtr>(nullptr);
            if (file) {
                m_file = std::move(*file);
            } else {
                grown = std::unexpected(file.error());
            }
        }
        if (!grown) {
            m_problem = grown.error();
        }
        return grown;
    }

    Result<> fetchTo(std::uint64_t end) const
    {
        while (m_draft->size() < end) {
            const Result<Bytes> run = m_download->next(*m_link->monitor);
            if (!run) {
                return std::unexpected(run.error());
            }
            if (const Result<> written = m_draft->append(*run); !written) {
                return written;
            }
        }
        return {};
    }

    /// The rest; if that does not fit to what was there, all of it anew.
    Result<> fetchResumed() const
    {
        const Monitor &monitor = *m_link->monitor;
        Result<> come = m_draft->size() <= m_size ? m_draft->catchUp(monitor) : Result<>();
        come = come ? fetchTo(m_size) : come;
        if (!come) {
            return come;
        }
        m_isResumed = false;
        if (m_draft->size() == m_size && m_draft->isRight()) {
            return {};
        }
        m_draft->discard();
        m_draft.reset();
        auto fresh = m_link->blobs->resume(m_descriptor.digest);
        if (!fresh) {
            return std::unexpected(fresh.error());
        }
        m_draft = std::move(*fresh);
        m_download.emplace(*m_link->repository, m_descriptor);
        return fetchTo(m_size);
    }

    RegistryLinkPtr m_link;
    Descriptor m_descriptor;
    std::uint64_t m_size;
    mutable std::mutex m_mutex;
    mutable std::optional<BlobDownload> m_download;
    mutable std::unique_ptr<BlobDraft> m_draft;
    mutable bool m_isResumed;
    mutable ByteSourcePtr m_file; ///< once all is there
    mutable std::optional<Error> m_problem;
};

} // namespace

Result<ByteSourcePtr> registryBlob(const RegistryLinkPtr &link, const Descriptor &descriptor)
{
    const std::string what = "blob " + descriptor.digest.shortText();
    auto kept = link->blobs->find(descriptor.digest);
    if (kept
        && (!descriptor.size || (*kept)->size() == static_cast<std::uint64_t>(*descriptor.size))) {
        return kept;
    }
    if (link->repository == nullptr) {
        return fail(ErrorCode::Network,
                    what + " is not kept, and nothing is fetched while offline");
    }
    if (!descriptor.size) {
        return fail(ErrorCode::Corrupt, what + " has no size");
    }
    auto draft = link->blobs->resume(descriptor.digest);
    if (!draft) {
        return failIn(what, draft.error());
    }
    return std::make_shared<GrowingBlob>(link, descriptor, std::move(*draft));
}

} // namespace cutaway
