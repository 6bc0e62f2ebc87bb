// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/bills.h"
#include "core/source/imagesource.h"

#include <vector>

namespace cutaway {

/// The bills of materials among the attestations that lie beside the image in an archive or a
/// layout; nothing is fetched for them. What cannot be read is left out.
[[nodiscard]] std::vector<FoundBill> attestedBills(ImageSource &source, const Image &image);

} // namespace cutaway
