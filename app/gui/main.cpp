// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/grab.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace cutaway;

int main(int argc, char **argv)
{
    // Qt would take --platform for itself; our users mean the image's, as in every container tool.
    // (QT_QPA_PLATFORM and QT_STYLE_OVERRIDE say what Qt's own switches would.)
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QFile::decodeName(argv[i]));
    }
    int qtCount = std::min(argc, 1);
    const QApplication application(qtCount, argv);
    QApplication::setApplicationName(QStringLiteral("Cutaway"));
    QApplication::setApplicationVersion(QStringLiteral(CUTAWAY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("cutaway"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "See what a container image is made of, what it weighs, and why."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption image(QStringLiteral("image"),
                                   QCoreApplication::translate("main", "Which of several images."),
                                   QStringLiteral("NAME[:TAG]|@INDEX"));
    const QCommandLineOption platform(
        QStringLiteral("platform"),
        QCoreApplication::translate("main", "Which of several platforms."),
        QStringLiteral("OS/ARCH[/VARIANT]"));
    const QCommandLineOption grab(
        QStringLiteral("grab"),
        QCoreApplication::translate(
            "main", "Save a picture of the window once the image is read, and quit."),
        QStringLiteral("FILE"));
    parser.addOptions({image, platform, grab});
    parser.addPositionalArgument(
        QStringLiteral("REFERENCE"),
        QCoreApplication::translate("main",
                                    "Image to open: a path, docker-archive:PATH, oci-archive:PATH, "
                                    "oci:DIR, dir:PATH, or a cutaway: link."),
        QStringLiteral("[REFERENCE]"));
    parser.process(arguments);
    if (parser.positionalArguments().size() > 1) {
        std::fputs("cutaway: only one image can be opened at a time\n", stderr);
        return 2;
    }

    OpenRequest request;
    request.image = parser.value(image);
    if (parser.isSet(platform)) {
        const Result<Platform> wanted = Platform::parse(parser.value(platform).toStdString());
        if (!wanted) {
            std::fprintf(stderr, "cutaway: --platform: %s\n", wanted.error().message.c_str());
            return 2;
        }
        request.platform = *wanted;
    }

    applyAppearance();
    MainWindow window;
    window.show();
    if (!parser.positionalArguments().isEmpty()) {
        request.reference = parser.positionalArguments().constFirst();
        if (request.image.isEmpty() && request.platform.isEmpty()) {
            window.open(request.reference); // may be a link
        } else {
            window.open(request);
        }
    }
    std::optional<Grab> picture;
    if (parser.isSet(grab)) {
        picture.emplace(window, parser.value(grab));
    }
    return QApplication::exec();
}
