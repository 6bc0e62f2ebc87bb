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
#include <functional>
#include <string>
#include <vector>

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

/// One of the formats that a report is offered in.
struct ReportFormat
{
    QString title;
    QString ending;
    std::function<std::string(const Inspection &)> write;
};
using ReportFormats = std::vector<ReportFormat>;

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What most people want first.
ReportFormats auditReports()
{
    ReportFormats formats;
    for (const char *name : {"html", "markdown", "json", "sarif", "junit", "csv"}) {
        const AuditFormat &format = *findAuditFormat(name);
        formats.push_back(
            {fromView(format.title),
             fromView(format.ending),
             [&format](const Inspection &inspection) { return format.write(inspection, {}); }});
    }
    return formats;
}

using BillWriter = void (*)(const Inspection &, const SbomOptions &, const Sink &);
ReportFormat billFormat(const QString &title, const QString &ending, BillWriter write)
{
    return {title, ending, [write](const Inspection &inspection) {
                std::string bill;
                write(inspection, {}, [&bill](std::string_view text) { bill += text; });
                return bill;
            }};
}

/// Spreadsheets first.
ReportFormats packageReports()
{
    return {
        {QStringLiteral("CSV"), QStringLiteral("csv"), packagesCsv},
        {QStringLiteral("JSON"), QStringLiteral("json"), packagesJson},
        billFormat(QStringLiteral("SPDX 2.3"), QStringLiteral("spdx.json"), packagesSpdx),
        billFormat(QStringLiteral("CycloneDX 1.5"), QStringLiteral("cdx.json"), packagesCycloneDx),
    };
}

QStringList filtersOf(const ReportFormats &formats)
{
    QStringList filters;
    for (const ReportFormat &format : formats) {
        filters += QStringLiteral("%1 (*.%2)").arg(format.title, format.ending);
    }
    return filters;
}

bool endsWith(const QString &path, const QString &ending)
{
    return path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive);
}

/// What the path ends with: the longest that fits, "spdx.json" before "json".
template<typename Formats, typename EndingOf>
auto formatOf(const Formats &formats, const QString &path, EndingOf endingOf)
{
    auto found = formats.end();
    for (auto format = formats.begin(); format != formats.end(); ++format) {
        const QString ending = endingOf(*format);
        if (endsWith(path, ending)
            && (found == formats.end() || ending.size() > endingOf(*found).size())) {
            found = format;
        }
    }
    return found;
}

/// In the format that the path ends with, else in the first.
QByteArray reportOf(const ReportFormats &formats, const Inspection &inspection, const QString &path)
{
    const auto named = formatOf(formats, path, [](const ReportFormat &f) { return f.ending; });
    const ReportFormat &format = named == formats.end() ? formats.front() : *named;
    return QByteArray::fromStdString(format.write(inspection));
}

/// "spdx.json" of "SPDX 2.3 (*.spdx.json)".
QString endingOfFilter(const QString &filter)
{
    const qsizetype begin = filter.lastIndexOf(QLatin1String("*.")) + 2;
    return filter.mid(begin, filter.lastIndexOf(QLatin1Char(')')) - begin);
}

} // namespace

QStringList exportFilters(ExportKind kind)
{
    switch (kind) {
    case ExportKind::Text: return {tr("Text (*.txt)")};
    case ExportKind::Json: return {tr("JSON report (*.json)")};
    case ExportKind::Audit: return filtersOf(auditReports());
    case ExportKind::Packages: return filtersOf(packageReports());
    case ExportKind::Dockerfile: return {tr("Dockerfile (Dockerfile* *.dockerfile)")};
    case ExportKind::Strata:
    case ExportKind::Treemap: break;
    }
    return {tr("Picture (*.png)"), tr("Drawing (*.svg)")};
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
    case ExportKind::Treemap: return base + QStringLiteral("-treemap.png");
    case ExportKind::Strata: break;
    }
    return base + QStringLiteral("-layers.png");
}

QString exportPath(ExportKind kind, const QString &path, const QString &filter)
{
    const QStringList filters = exportFilters(kind);
    QString base = path;
    if (const auto named = formatOf(filters, path, endingOfFilter); named != filters.end()) {
        base.chop(endingOfFilter(*named).size() + 1);
    }
    return base + QLatin1Char('.') + endingOfFilter(filter);
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
    case ExportKind::Audit: bytes = reportOf(auditReports(), inspection, path); break;
    case ExportKind::Packages:
        if (!inspection.packages) {
            return fail(ErrorCode::NotFound, "the image was read without its packages");
        }
        bytes = reportOf(packageReports(), inspection, path);
        break;
    case ExportKind::Dockerfile:
        bytes = QByteArray::fromStdString(dockerfileText(*inspection.image));
        break;
    case ExportKind::Strata:
        if (strata != nullptr) {
            bytes = picture(*strata, path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive));
        }
        break;
    case ExportKind::Treemap: return fail(ErrorCode::InvalidInput, "its panel draws it");
    }
    return saveFile(path, bytes);
}

Result<> saveFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(ErrorCode::Io, file.errorString().toStdString());
    }
    return {};
}

} // namespace cutaway
