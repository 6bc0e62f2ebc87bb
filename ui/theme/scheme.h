// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cutaway::theme {

enum class Scheme { System, Light, Dark };

/// Gives the application the platform's own colours, or ours where a person wants light or dark.
void applyScheme(Scheme scheme);

} // namespace cutaway::theme
