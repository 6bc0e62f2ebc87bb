// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/fileobserver.h"

#include <cstdint>
#include <memory>

namespace cutaway {

/// The bytes of a file that databaseFile() knows; of Python's metadata without the description,
/// of rpm's databases the records (recordcodec.h). A spare fact: where there is none a short file
/// may still be read later.
inline constexpr std::uint32_t kDatabaseFact = kSpareFacts + 0x200;

/// Keeps a layer's databases while it is read, up to limits::kPackageLayerBytes.
[[nodiscard]] std::unique_ptr<FileObserver> packageCollector();

} // namespace cutaway
