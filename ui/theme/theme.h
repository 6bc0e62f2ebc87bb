// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QPainter;
class QRectF;

/// How Cutaway looks: the one table of colours by role, the few fonts, the 4 px grid. Widgets
/// follow the platform; this is for what we draw ourselves. Nothing is told by colour alone: a
/// sign, a shape or a pattern says the same.
namespace cutaway::theme {

enum class Role {
    Added,
    Removed,
    Modified,
    Metadata,
    Critical,
    High,
    Medium,
    Low,
    Info,
    Good,    ///< verified, nothing wrong
    Muted,   ///< secondary facts
    Bar,     ///< share of the whole, behind a number (no text colour)
    Shadowed ///< of a bar: the part that is hidden later (no text colour)
};

/// Whether the palette has light text on dark ground.
bool isDark(const QPalette &palette);
QColor color(Role role, const QPalette &palette);
/// Fill of a layer: greys for the base image's layers, a colour-blind-safe ring for the image's
/// own.
QColor layerColor(int layer, int baseLayers, const QPalette &palette);
/// Black or white, whichever is read better on `ground`.
QColor textOn(const QColor &ground);
/// Ratio as WCAG 2 defines it, 1…21.
double contrast(const QColor &a, const QColor &b);

/// Secondary facts: one point smaller.
QFont smallFont(const QFont &body);
/// The one thing that answers the question.
QFont boldFont(const QFont &body);
/// Paths, digests, commands: the platform's fixed font, as large as `body`.
QFont fixedFont(const QFont &body);
/// Figures of one width, so that columns of numbers line up.
QFont tabularFont(const QFont &body);

inline constexpr int kGrid = 4;     ///< everything is a multiple of it
inline constexpr int kPadding = 8;  ///< inside a panel
inline constexpr int kGroup = 12;   ///< between groups
inline constexpr int kSection = 16; ///< between sections
inline constexpr int kIcon = 16;

/// Diagonal lines over `area`: this part is hidden by a later layer.
void paintHatching(QPainter &painter, const QRectF &area, const QColor &ink);

} // namespace cutaway::theme
