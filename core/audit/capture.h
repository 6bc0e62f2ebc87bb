// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/fileobserver.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace cutaway {

/// Kinds of facts.
inline constexpr std::uint32_t kContentFact = kSpareFacts; ///< the file's first bytes as they are
inline constexpr std::uint32_t kElfFact = kSpareFacts + 1; ///< elffacts.h

/// How files begin that Ansible encrypted.
inline constexpr std::string_view kAnsibleVault = "$ANSIBLE_VAULT;";

/// Changes whenever an audit would find other facts in the same bytes: what the cache keeps of
/// earlier ones is then found anew.
inline constexpr std::uint32_t kAuditFactsVersion = 8;
/// The same of what is looked for when it is for packages alone.
inline constexpr std::uint32_t kPackageFactsVersion = 0x10000 + kAuditFactsVersion;

/// Keeps of a layer's files what rules read by shape: scripts, listed system and configuration
/// files, templates and keystores, up to limits::kContentBytes each; the first limits::kHeadBytes
/// of programs; ElfFacts. Up to limits::kFactLayerBytes a layer; what comes later is read when it
/// is asked for.
[[nodiscard]] std::unique_ptr<FileObserver> makeCapture();

/// Several observers as one.
[[nodiscard]] std::unique_ptr<FileObserver> chainObservers(
    std::vector<std::unique_ptr<FileObserver>> observers);

/// All that an audit looks for while layers are read.
[[nodiscard]] FileWatch auditWatch();

/// Of that, what packages are found by.
[[nodiscard]] FileWatch packageWatch();

} // namespace cutaway
