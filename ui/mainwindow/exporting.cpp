// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/exporting.h"

#include "core/report/formats.h"
#include "core/report/report.h"
#include "ui/strata/strataview.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::Exporting", text);
}

void paintPicture(QPaintDevice &device, const StrataView &strata, const QSize &size)
{
    QPainter painter(&device);
    const QRectF area(QPointF(0, 0), QSizeF(size));
    painter.fillRect(area, strata.palette().color(QPalette::Base));
    strata.render(
        painter,
        area.adjusted(theme::kPadding, theme::kPadding, -theme::kPadding, -theme::kPadding));
}

QByteArray picture(const StrataView &strata, bool asSvg)
{
    constexpr int kLeastWidth = 640;
    constexpr int kLeastHeight = 480;
    const QSize size = strata.size().expandedTo({kLeastWidth, kLeastHeight});
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (asSvg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(0, 0), size));
        generator.setTitle(tr("Layers of a container image"));
        paintPicture(generator, strata, size);
    } else {
        QImage image(size * 2, QImage::Format_RGB32);
        image.setDevicePixelRatio(2.0);
        paintPicture(image, strata, size);
        image.save(&buffer, "PNG");
    }
    return buffer.data();
}

/// What the audit's report is offered in, what most people want first.
constexpr std::array kAuditFormats = {"html", "markdown", "json", "sarif", "junit", "csv"};

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString auditFilters()
{
    QStringList filters;
    for (const char *name : kAuditFormats) {
        const AuditFormat &format = *findAuditFormat(name);
        filters += QStringLiteral("%1 (*.%2)").arg(fromView(format.title), fromView(format.ending));
    }
    return filters.join(QStringLiteral(";;"));
}

QByteArray auditReport(const Inspection &inspection, const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    const auto *const named = std::ranges::find_if(kAuditFormats, [&](const char *name) {
        return fromView(findAuditFormat(name)->ending) == ending;
    });
    const char *name = named == kAuditFormats.end() ? kAuditFormats.front() : *named;
    return QByteArray::fromStdString(findAuditFormat(name)->write(inspection, {}));
}

/// What packages are offered in, spreadsheets first.
struct PackagesFormat
{
    const char *title;
    const char *ending;
    std::string (*write)(const Inspection &inspection);
};
constexpr std::array<PackagesFormat, 2> kPackagesFormats = {{
    {"CSV", "csv", packagesCsv},
    {"JSON", "json", packagesJson},
}};

QString packagesFilters()
{
    QStringList filters;
    for (const PackagesFormat &format : kPackagesFormats) {
        filters += QStringLiteral("%1 (*.%2)")
                       .arg(QLatin1String(format.title), QLatin1String(format.ending));
    }
    return filters.join(QStringLiteral(";;"));
}

QByteArray packagesReport(const Inspection &inspection, const QString &path)
{
    const auto *named = std::ranges::find_if(kPackagesFormats, [&](const PackagesFormat &format) {
        return path.endsWith(QLatin1Char('.') + QLatin1String(format.ending), Qt::CaseInsensitive);
    });
    const PackagesFormat &format =
        named == kPackagesFormats.end() ? kPackagesFormats.front() : *named;
    return QByteArray::fromStdString(format.write(inspection));
}

} // namespace

QString exportFilter(ExportKind kind)
{
    switch (kind) {
    case ExportKind::Text: return tr("Text (*.txt)");
    case ExportKind::Json: return tr("JSON report (*.json)");
    case ExportKind::Audit: return auditFilters();
    case ExportKind::Packages: return packagesFilters();
    case ExportKind::Dockerfile: return tr("Dockerfile (Dockerfile* *.dockerfile)");
    case ExportKind::Strata: break;
    }
    return tr("Picture (*.png *.svg)");
}

QString exportName(ExportKind kind, const QString &reference)
{
    QString base = QFileInfo(reference).fileName();
    while (base.contains(QLatin1Char('.'))) {
        base.truncate(base.lastIndexOf(QLatin1Char('.')));
    }
    if (base.isEmpty()) {
        base = QStringLiteral("image");
    }
    switch (kind) {
    case ExportKind::Text: return base + QStringLiteral(".txt");
    case ExportKind::Json: return base + QStringLiteral(".json");
    case ExportKind::Audit: return base + QStringLiteral("-audit.html");
    case ExportKind::Packages: return base + QStringLiteral("-packages.csv");
    case ExportKind::Dockerfile: return QStringLiteral("Dockerfile");
    case ExportKind::Strata: break;
    }
    return base + QStringLiteral("-layers.png");
}

Result<> writeExport(ExportKind kind,
                     const Inspection &inspection,
                     const StrataView *strata,
                     const QString &path)
{
    QByteArray bytes;
    switch (kind) {
    case ExportKind::Text:
        bytes = QByteArray::fromStdString(inspectText(inspection, TextStyle{}));
        break;
    case ExportKind::Json: bytes = QByteArray::fromStdString(inspectJson(inspection)); break;
    case ExportKind::Audit: bytes = auditReport(inspection, path); break;
    case ExportKind::Packages:
        if (!inspection.packages) {
            return fail(ErrorCode::NotFound, "the image was read without its packages");
        }
        bytes = packagesReport(inspection, path);
        break;
    case ExportKind::Dockerfile:
        bytes = QByteArray::fromStdString(dockerfileText(*inspection.image));
        break;
    case ExportKind::Strata:
        if (strata != nullptr) {
            bytes = picture(*strata, path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive));
        }
        break;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(ErrorCode::Io, file.errorString().toStdString());
    }
    return {};
}

} // namespace cutaway
