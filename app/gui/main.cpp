// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/analysiscache.h"
#include "ui/mainwindow/grab.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/settings/settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("main", text);
}

constexpr int kUsageError = 2;

const QString kImage = QStringLiteral("image");
const QString kPlatform = QStringLiteral("platform");
const QString kGrab = QStringLiteral("grab");

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        tr("See what a container image is made of, what it weighs, and why."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {kImage, tr("Which of several images."), QStringLiteral("NAME[:TAG]|@INDEX")},
        {kPlatform, tr("Which of several platforms."), QStringLiteral("OS/ARCH[/VARIANT]")},
        {kGrab,
         tr("Save a picture of the window once the image is read, and quit."),
         QStringLiteral("FILE")},
    });
    parser.addPositionalArgument(QStringLiteral("REFERENCE"),
                                 tr("Image to open: a path, docker-archive:PATH, oci-archive:PATH, "
                                    "oci:DIR, dir:PATH, or a cutaway: link."),
                                 QStringLiteral("[REFERENCE]"));
}

/// What the options ask for; nothing, and words on stderr, when that makes no sense.
std::optional<cutaway::OpenRequest> requestOf(const QCommandLineParser &parser)
{
    const QStringList references = parser.positionalArguments();
    if (references.size() > 1) {
        std::fputs("cutaway: only one image can be opened at a time\n", stderr);
        return std::nullopt;
    }
    cutaway::OpenRequest request;
    request.reference = references.value(0);
    request.image = parser.value(kImage);
    if (parser.isSet(kPlatform)) {
        const auto wanted = cutaway::Platform::parse(parser.value(kPlatform).toStdString());
        if (!wanted) {
            std::fprintf(stderr, "cutaway: --platform: %s\n", wanted.error().message.c_str());
            return std::nullopt;
        }
        request.platform = *wanted;
    }
    return request;
}

} // namespace

int main(int argc, char **argv)
{
    // Qt would take --platform for itself; our users mean the image's, as in every container tool.
    // (QT_QPA_PLATFORM and QT_STYLE_OVERRIDE say what Qt's own switches would.)
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QFile::decodeName(argv[i]));
    }
    QCoreApplication::setApplicationName(QStringLiteral("Cutaway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CUTAWAY_VERSION));
    int qtCount = std::min(argc, 1);
    QCommandLineParser parser;
    std::optional<cutaway::OpenRequest> request;
    {
        // Help, the version and what is wrong with the options need no screen.
        const QCoreApplication words(qtCount, argv);
        describe(parser);
        if (!parser.parse(arguments)) {
            std::fprintf(stderr, "cutaway: %s\n", qPrintable(parser.errorText()));
            return kUsageError;
        }
        parser.process(arguments); // answers --help and --version
        request = requestOf(parser);
    }
    if (!request) {
        return kUsageError;
    }

    const QApplication application(qtCount, argv);
    QApplication::setDesktopFileName(QStringLiteral("cutaway"));
    cutaway::applyAppearance();
    cutaway::MainWindow window;
    if (const std::string path = cutaway::defaultCachePath(); !path.empty()) {
        window.setCache(
            cutaway::AnalysisCache::open(path, cutaway::settings::limits(nullptr).cacheBytes)
                .value_or(nullptr));
        window.setBlobs(cutaway::BlobCache::open(cutaway::defaultBlobPath()).value_or(nullptr));
    }
    window.show();
    if (!request->reference.isEmpty()) {
        if (request->image.isEmpty() && request->platform.isEmpty()) {
            window.open(request->reference); // may be a link
        } else {
            window.open(*request);
        }
    }
    std::optional<cutaway::Grab> picture;
    if (parser.isSet(kGrab)) {
        picture.emplace(window, parser.value(kGrab));
    }
    return QApplication::exec();
}
