// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QString>

#include <optional>

/// Our own icons, drawn on a 16 px grid in one hand and coloured from the palette when they are
/// painted, so that they follow light, dark, disabled and selected, at any scale.
///
/// toolbar: open folder back forward compare copy export search platform close reload settings more
/// audit: grade container filter group suppress reveal unknown
/// tabs: treemap
/// files: file directory symlink hardlink device fifo whiteout opaque setuid
/// severities: critical high medium low info good
/// changes: added removed modified metadata
/// places: layers layer link image recent sample welcome logo
namespace cutaway {

/// The icon of that name in the palette's text colour, or in the colour of `role`; null where there
/// is none.
QIcon icon(const QString &name, std::optional<theme::Role> role = std::nullopt);

/// The program's own sign, in its own colours.
QIcon logoIcon();

} // namespace cutaway
