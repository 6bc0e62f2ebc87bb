// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <optional>
#include <string>

namespace cutaway {

/// What an answer says that is no success.
struct Refusal
{
    std::string code; ///< of the distribution-spec: "MANIFEST_UNKNOWN"; may be empty
    std::string text; ///< for people, escaped, with the code; may be empty
};
[[nodiscard]] Refusal refusalOf(const HttpAnswer &answer);

/// 429 and those 5xx that pass.
[[nodiscard]] bool isBusy(int status);
[[nodiscard]] bool isRedirect(int status);
/// What came instead of an answer: a sign-in page of the network, mostly.
[[nodiscard]] bool isWebPage(const HttpAnswer &answer);

/// How long a server wants to be left alone (Retry-After in seconds); nothing where it does not
/// say.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const HttpAnswer &answer);
/// Waits as long as is right before try number `tried` + 1, counted from 0. Cancelled.
[[nodiscard]] Result<> waitBefore(int tried,
                                  std::optional<std::chrono::seconds> asked,
                                  const Monitor &monitor);

} // namespace cutaway
