// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/fileobserver.h"

#include <cstdint>
#include <memory>

namespace cutaway {

/// The bytes of a file that databaseFile() knows, of Python's metadata without the description, of
/// Debian's copyright files the licences, of dnf's history the reasons; or the records
/// (recordcodec.h), where keepsRecords(). A spare fact: where there is none a short file may still
/// be read later.
inline constexpr std::uint32_t kDatabaseFact = kSpareFacts + 0x200;
/// The records of what a program was built from (programs.h).
inline constexpr std::uint32_t kProgramFact = kSpareFacts + 0x201;

/// Keeps a layer's databases while it is read, up to limits::kPackageLayerBytes.
[[nodiscard]] std::unique_ptr<FileObserver> packageCollector();

} // namespace cutaway
