// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/scheme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

namespace cutaway::theme {

namespace {

struct Tones
{
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb button;
    QRgb text;
    QRgb muted;
    QRgb disabled;
    QRgb highlight;
    QRgb link;
    QRgb toolTip;
    QRgb light;
    QRgb mid;
    QRgb dark;
    QRgb shadow;
};

constexpr Tones kLight = {.window = 0xfff3f4f5,
                          .base = 0xffffffff,
                          .alternate = 0xfff7f8f9,
                          .button = 0xffeceef0,
                          .text = 0xff1d2125,
                          .muted = 0xff5f6368,
                          .disabled = 0xff9aa0a6,
                          .highlight = 0xff1f6fb2,
                          .link = 0xff1f5fa8,
                          .toolTip = 0xfffbfbfb,
                          .light = 0xffffffff,
                          .mid = 0xffb9bec4,
                          .dark = 0xff9aa0a6,
                          .shadow = 0xff6b7178};

constexpr Tones kDark = {.window = 0xff232629,
                         .base = 0xff1a1c1f,
                         .alternate = 0xff202326,
                         .button = 0xff2d3135,
                         .text = 0xffe4e6e8,
                         .muted = 0xffa9afb6,
                         .disabled = 0xff6f757c,
                         .highlight = 0xff2f6ea5,
                         .link = 0xff82b8f0,
                         .toolTip = 0xff2d3135,
                         .light = 0xff3a3f44,
                         .mid = 0xff44494f,
                         .dark = 0xff15171a,
                         .shadow = 0xff0c0d0f};

QPalette paletteOf(const Tones &tones)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb tone) {
        palette.setColor(role, QColor::fromRgb(tone));
    };
    set(QPalette::Window, tones.window);
    set(QPalette::WindowText, tones.text);
    set(QPalette::Base, tones.base);
    set(QPalette::AlternateBase, tones.alternate);
    set(QPalette::Text, tones.text);
    set(QPalette::Button, tones.button);
    set(QPalette::ButtonText, tones.text);
    set(QPalette::BrightText, tones.light);
    set(QPalette::Highlight, tones.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    set(QPalette::Link, tones.link);
    set(QPalette::LinkVisited, tones.link);
    set(QPalette::ToolTipBase, tones.toolTip);
    set(QPalette::ToolTipText, tones.text);
    set(QPalette::PlaceholderText, tones.muted);
    set(QPalette::Light, tones.light);
    set(QPalette::Midlight, tones.button);
    set(QPalette::Mid, tones.mid);
    set(QPalette::Dark, tones.dark);
    set(QPalette::Shadow, tones.shadow);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(tones.disabled));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(tones.mid));
    return palette;
}

} // namespace

void applyScheme(Scheme scheme)
{
    static const QString platformStyle = QApplication::style()->objectName();
    if (scheme == Scheme::System) {
        QApplication::setStyle(platformStyle);
        QApplication::setPalette(QPalette());
        return;
    }
    // Only Fusion takes all its colours from the palette.
    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication::setPalette(paletteOf(scheme == Scheme::Dark ? kDark : kLight));
}

} // namespace cutaway::theme
