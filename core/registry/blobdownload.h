// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/repository.h"

namespace cutaway {

/// The bytes of one blob in order, as they are asked for. A transfer that breaks off goes on where
/// it ended. For one thread at a time.
class BlobDownload
{
public:
    /// `repository` must live longer. `had`: how many bytes at its front are not wanted.
    BlobDownload(Repository &repository, const Descriptor &descriptor, std::uint64_t had = 0);

    /// The next run; empty when all have come. Corrupt when there are more or fewer bytes than the
    /// descriptor says; whether they are those of the digest is up to the caller. Valid until the
    /// next call.
    [[nodiscard]] Result<Bytes> next(const Monitor &monitor);

private:
    Result<> begin(const Monitor &monitor);
    Result<Bytes> nextRun(const Monitor &monitor);
    Result<> checkHead(const HttpAnswer &head);

    Repository &m_repository;
    Digest m_digest;
    std::uint64_t m_size = 0;
    std::uint64_t m_had = 0;
    std::uint64_t m_passOver = 0; ///< of a transfer that began at the front once more
    int m_tried = 0;              ///< since it last got on
    bool m_isRefused = false;     ///< by the registry: then it is no use to try again
    std::unique_ptr<HttpExchange> m_exchange;
};

} // namespace cutaway
