// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

namespace cutaway {

/// Notes on what the layers' trees show: symlinked parents, dangling hard links, names that left
/// the root, leftovers of AUFS.
void addTreeNotes(Image &image);

} // namespace cutaway
