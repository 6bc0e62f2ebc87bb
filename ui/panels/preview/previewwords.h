// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cutaway {

struct PreparedPreview;

/// One line on what is shown: "UTF-8 · shell · 312 lines · the first 256 kB of 3.2 MB".
[[nodiscard]] QString previewWords(const PreparedPreview &prepared);

} // namespace cutaway
