// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway::test {

/// Replaces each "<<name>>" by a text that looks like a secret of that kind, made here and now from
/// parts, so that no file of ours holds one. Throws for names that there are none of.
[[nodiscard]] std::string withFakeSecrets(std::string_view text);

} // namespace cutaway::test
