// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/image/image.h"

#include <cstddef>
#include <string>

namespace cutaway {

/// Of a file, as much as anybody needs to tell what it is.
inline constexpr std::size_t kRevealedBytes = 4096;

/// What the setting or the build step says that a fact is about, secrets included: for people who
/// asked to see it, and for nothing else. At most kRevealedBytes; empty where the fact is about a
/// file, or there is nothing.
[[nodiscard]] std::string revealedText(const Image &image, const Evidence &evidence);

/// The file whose content a fact is about, kNone where it is about none.
[[nodiscard]] EntryId revealedEntry(const Image &image, const Evidence &evidence);

/// Whether a finding says that the content of this file, or the same elsewhere, holds a secret:
/// then it is shown to people who ask for it alone.
[[nodiscard]] bool holdsSecret(const Inspection &inspection, EntryId entry);

} // namespace cutaway
