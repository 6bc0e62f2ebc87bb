// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"

namespace cutaway {

/// Parses `tar` to its end, hashes the content of each file and fills the reading's tree and
/// remarks.
[[nodiscard]] Result<> fillFromTar(ByteStream &tar, LayerReading &reading);

} // namespace cutaway
