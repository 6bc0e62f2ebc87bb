// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/inspect/imagecontents.h"
#include "core/packages/integrity.h"
#include "core/source/imagesource.h"

#include <memory>

namespace cutaway {

/// Of an image that is being inspected. `contents` and `monitor` must outlive it.
[[nodiscard]] WholeContents wholeContents(const std::shared_ptr<ImageSource> &source,
                                          const ImagePtr &image,
                                          const ImageContents &contents,
                                          const Monitor &monitor);

} // namespace cutaway
