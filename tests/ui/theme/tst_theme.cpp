// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"
#include "ui/theme/scheme.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace cutaway;
using theme::Role;

class ThemeTest : public QObject
{
    Q_OBJECT

private slots:
    void colourIsReadable_data();
    void colourIsReadable();
    void textOnLayersIsReadable();
    void neighbouringLayersDiffer();
    void paletteIsReadable_data();
    void paletteIsReadable();
    void iconHasInk_data();
    void iconHasInk();
    void iconFollowsThePalette();
    void unknownIconIsNull();
    void hatchingStaysInside();
};

void ThemeTest::colourIsReadable_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("dark");
    const std::pair<const char *, Role> roles[] = {
        {"added", Role::Added},
        {"removed", Role::Removed},
        {"modified", Role::Modified},
        {"metadata", Role::Metadata},
        {"critical", Role::Critical},
        {"high", Role::High},
        {"medium", Role::Medium},
        {"low", Role::Low},
        {"info", Role::Info},
        {"good", Role::Good},
        {"muted", Role::Muted},
    };
    for (const auto &[name, role] : roles) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s on %s", name, dark ? "dark" : "light")
                << static_cast<int>(role) << dark;
        }
    }
}

void ThemeTest::colourIsReadable()
{
    QFETCH(int, role);
    QFETCH(bool, dark);
    theme::applyScheme(dark ? theme::Scheme::Dark : theme::Scheme::Light);
    const QPalette palette = QApplication::palette();
    QCOMPARE(theme::isDark(palette), dark);
    const QColor ink = theme::color(static_cast<Role>(role), palette);
    QVERIFY(theme::contrast(ink, palette.color(QPalette::Base)) >= 4.5);
    QVERIFY(theme::contrast(ink, palette.color(QPalette::AlternateBase)) >= 4.5);
}

void ThemeTest::textOnLayersIsReadable()
{
    for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
        theme::applyScheme(scheme);
        for (int layer = 0; layer < 60; ++layer) {
            const QColor fill = theme::layerColor(layer, 8, QApplication::palette());
            QVERIFY2(theme::contrast(theme::textOn(fill), fill) >= 4.5,
                     qPrintable(QStringLiteral("layer %1: %2").arg(layer).arg(fill.name())));
        }
    }
}

void ThemeTest::neighbouringLayersDiffer()
{
    const QPalette palette = QApplication::palette();
    for (int layer = 0; layer + 1 < 60; ++layer) {
        QVERIFY(theme::layerColor(layer, 8, palette) != theme::layerColor(layer + 1, 8, palette));
    }
}

void ThemeTest::paletteIsReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addRow("light") << false;
    QTest::addRow("dark") << true;
}

void ThemeTest::paletteIsReadable()
{
    QFETCH(bool, dark);
    theme::applyScheme(dark ? theme::Scheme::Dark : theme::Scheme::Light);
    const QPalette palette = QApplication::palette();
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::Link, QPalette::Base},
    };
    for (const auto &[ink, ground] : pairs) {
        QVERIFY2(theme::contrast(palette.color(ink), palette.color(ground)) >= 4.5,
                 qPrintable(QStringLiteral("%1 on %2").arg(ink).arg(ground)));
    }
}

void ThemeTest::iconHasInk_data()
{
    icon(QStringLiteral("logo")); // registers the resources
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 30);
    for (const QString &file : files) {
        const QString name = file.chopped(4);
        QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void ThemeTest::iconHasInk()
{
    QFETCH(QString, name);
    for (const int size : {16, 32, 64}) {
        const QImage image = icon(name).pixmap(size, size).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        int inked = 0;
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                inked += qAlpha(image.pixel(x, y)) > 100 ? 1 : 0;
            }
        }
        QVERIFY2(inked > size * size / 50, qPrintable(QString::number(inked)));
    }
}

void ThemeTest::iconFollowsThePalette()
{
    const auto ink = [](std::optional<Role> role) {
        return icon(QStringLiteral("removed"), role).pixmap(16, 16).toImage().pixelColor(8, 8);
    };
    theme::applyScheme(theme::Scheme::Light);
    const QColor onLight = ink(std::nullopt);
    QCOMPARE(ink(Role::Removed).rgb(), theme::color(Role::Removed, QApplication::palette()).rgb());
    theme::applyScheme(theme::Scheme::Dark);
    QVERIFY(onLight.lightness() < 80);
    QVERIFY(ink(std::nullopt).lightness() > 180);
}

void ThemeTest::unknownIconIsNull()
{
    QVERIFY(icon(QStringLiteral("no such icon")).isNull());
}

void ThemeTest::hatchingStaysInside()
{
    QImage image(60, 40, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    theme::paintHatching(painter, QRectF(20, 10, 20, 20), Qt::black);
    painter.end();
    int inside = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == Qt::white) {
                continue;
            }
            QVERIFY(QRect(20, 10, 20, 20).contains(x, y));
            ++inside;
        }
    }
    QVERIFY(inside > 20);
    QVERIFY(inside < 350);
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
