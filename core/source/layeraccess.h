// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/restartpoints.h"
#include "core/base/bytesource.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace cutaway {

/// What reading a layer taught about reading it again.
struct LayerAccess
{
    std::optional<FileIdentity> identity; ///< of the blob as it was then
    RestartIndexPtr restarts;
};

/// The accesses of a source's layers, by blob. Kept beside the bytes that they are about, shared by
/// all images of the source. May be used from any thread.
class LayerAccesses
{
public:
    void put(const std::string &blob, LayerAccess access)
    {
        const std::scoped_lock lock(m_mutex);
        m_accesses[blob] = std::move(access);
    }
    LayerAccess find(const std::string &blob) const
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_accesses.find(blob);
        return found == m_accesses.end() ? LayerAccess() : found->second;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, LayerAccess> m_accesses;
};

} // namespace cutaway
