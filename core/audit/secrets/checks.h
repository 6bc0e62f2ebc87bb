// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/detectors.h"

namespace cutaway::secretchecks {

using Verdict = std::optional<SecretVerdict>;

/// Each takes what the detector's row says and gives it back better known, or nothing where the
/// match is no secret. See the table for which belongs to what.
[[nodiscard]] Verdict pemKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict pgpKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict puttyKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict ageKey(const SecretMatch &match, SecretVerdict verdict);

[[nodiscard]] Verdict awsSecret(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict bedrockKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict serviceAccount(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict googleKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict sharedSignature(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict checksum(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict pypiToken(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict stripeKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict webToken(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict urlPassword(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict registryAuth(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict clientKey(const SecretMatch &match, SecretVerdict verdict);
[[nodiscard]] Verdict kubernetesSecret(const SecretMatch &match, SecretVerdict verdict);

} // namespace cutaway::secretchecks
