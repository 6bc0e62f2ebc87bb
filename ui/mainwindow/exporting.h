// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace cutaway {

class StrataView;

/// What the Export menu writes.
enum class ExportKind { Text, Json, Audit, Packages, Dockerfile, Strata, Treemap };

/// "JSON report (*.json)", what most people want first.
QStringList exportFilters(ExportKind kind);
/// A file name to begin with: "app.json".
QString exportName(ExportKind kind, const QString &reference);
/// The path with the ending of this filter instead of another filter's.
QString exportPath(ExportKind kind, const QString &path, const QString &filter);
/// Writes all or nothing.
[[nodiscard]] Result<> saveFile(const QString &path, const QByteArray &bytes);
/// All but the treemap, which its panel draws in the background. The audit's report and the
/// packages have the format that the name's ending tells, without one it is HTML, and CSV. The
/// picture is an SVG when the name says so, else a PNG at twice the size.
[[nodiscard]] Result<> writeExport(ExportKind kind,
                                   const Inspection &inspection,
                                   const StrataView *strata,
                                   const QString &path);

} // namespace cutaway
