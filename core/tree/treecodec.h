// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/binary.h"
#include "core/tree/layertree.h"

namespace cutaway {

/// Writes a finished tree as bytes, in runs; independent of how it lies in memory.
void writeLayerTree(const LayerTree &tree, BinaryWriter &writer);

/// Reads what writeLayerTree() wrote, to the end of the stream. The bytes may be anything: what no
/// tar could have made is Corrupt, and memory stays in proportion to the bytes.
[[nodiscard]] Result<LayerTree> readLayerTree(ByteStream &from);

} // namespace cutaway
