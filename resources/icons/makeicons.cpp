// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

/// makeicons LOGO.svg DIRECTORY SIZE…: the program's icon in these sizes, as
/// DIRECTORY/SIZExSIZE/apps/cutaway.png, for desktops that do not take the drawing itself.
int main(int argc, char **argv)
{
    constexpr int kFirstSize = 3;
    if (argc <= kFirstSize) {
        std::fputs("makeicons LOGO.svg DIRECTORY SIZE…\n", stderr);
        return 2;
    }
    QSvgRenderer logo(QString::fromLocal8Bit(argv[1]));
    if (!logo.isValid()) {
        std::fputs("makeicons: the logo cannot be read\n", stderr);
        return 1;
    }
    for (int i = kFirstSize; i < argc; ++i) {
        const int size = QByteArray(argv[i]).toInt();
        const QString folder =
            QStringLiteral("%1/%2x%2/apps").arg(QString::fromLocal8Bit(argv[2])).arg(size);
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        logo.render(&painter);
        painter.end();
        if (!QDir().mkpath(folder) || !image.save(folder + QStringLiteral("/cutaway.png"))) {
            std::fprintf(stderr, "makeicons: %s cannot be written\n", qPrintable(folder));
            return 1;
        }
    }
    return 0;
}
