// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/archive/tarcursor.h"
#include "core/base/hash.h"

namespace cutaway {

/// Parses `tar` to its end, hashes the content of each file, shows it to the observer that the
/// options ask for, and fills the reading's tree, remarks and facts.
[[nodiscard]] Result<> fillFromTar(ByteStream &tar,
                                   const LayerReadOptions &options,
                                   LayerReading &reading);

/// Fills the tree with what the headers say; contents are passed over.
[[nodiscard]] Result<> fillFromHeaders(ByteStream &tar,
                                       const Limits &limits,
                                       LayerTree &tree,
                                       const Monitor &monitor);

/// Whether a file's hash is that of its content. Holes that are too long to be hashed are not in
/// it: then the map stands for them.
[[nodiscard]] bool hashesHoles(const TarMember &member);
/// What comes before the stored bytes in the hash of such a file; nothing for others.
void hashSparseMap(const TarMember &member, ContentHasher &hasher);

} // namespace cutaway
