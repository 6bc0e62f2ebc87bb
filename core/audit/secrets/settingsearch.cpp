// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/settingsearch.h"

#include "core/audit/secrets/secretlimits.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace cutaway {

namespace {

/// A thread's own, made when it has more to search than a database is worth.
const SecretMemory *memoryFor(std::size_t bytes)
{
    thread_local std::size_t searched = 0;
    thread_local std::optional<SecretMemory> memory;
    searched += std::min(bytes, limits::kPlainBytes);
    if (!memory && searched > limits::kPlainBytes) {
        memory.emplace();
    }
    return memory ? &*memory : nullptr;
}

} // namespace

SecretSearch secretsInSetting(std::string_view text)
{
    constexpr SecretPlace kSetting{.path = {}, .isSettings = true};
    const std::string_view front = text.substr(0, limits::kSettingBytes);
    SecretSearch search = searchForSecrets(front, kSetting, memoryFor(front.size()));
    std::erase_if(search.hits,
                  [](const SecretHit &hit) { return hit.note == SecretNote::Documented; });
    // What begins near the end of the front may go on behind it.
    if (front.size() < text.size()) {
        search.searched = std::min(search.searched, front.size() - limits::kSecretKeyBytes);
    }
    return search;
}

} // namespace cutaway
