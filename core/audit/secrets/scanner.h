// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/fileobserver.h"

#include <memory>

namespace cutaway {

/// Looks for secrets in the texts of a layer while it is read; facts are those of secretfacts.h,
/// which hold no secret. A text is one without a NUL byte in its first limits::kSecretTextFront
/// bytes. It is searched as a whole, so that it does not matter where the reader cuts it: one that
/// comes in one run where it lies, others in a buffer of at most limits::kSecretFileBytes.
[[nodiscard]] std::unique_ptr<FileObserver> secretScanner();

} // namespace cutaway
