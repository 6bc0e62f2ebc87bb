// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string_view>
#include <vector>

/// Bytes of an image into text for people, and the few phrases that several models share.
namespace cutaway {

/// Escaped by displayText; one line.
QString shown(std::string_view bytes);
/// Line feeds and tabs kept.
QString shownLines(std::string_view bytes);
QByteArray rawBytes(std::string_view bytes);
std::string_view viewOf(const QByteArray &bytes);

/// "12.4 MB"; a dash for none.
QString sizeText(quint64 bytes);
/// "12,400,123 bytes".
QString exactBytes(quint64 bytes);
/// "12,345".
QString numberText(quint64 number);
/// "-rwsr-xr-x" as ls prints it.
QString modeText(const Entry &entry);
/// "2024-05-01 10:00:00" in UTC.
QString timeText(std::int64_t seconds);
/// What `type` is called: "file", "directory", "symbolic link" …
QString typeText(EntryType type);
/// A tooltip that shows the text as it is, whatever it looks like.
QString plainToolTip(const QString &text);

/// "Deleted later", and the sentence that explains it.
QString causeTitle(Cause cause);
QString causeExplanation(Cause cause);
QString changeSign(Change change);
QString changeWord(Change change);
QString severityWord(int severity); ///< "Critical" …; -1: "Note"

/// A history line taken apart, with the values of secret-like names replaced.
BuildStep redactedStep(const HistoryEntry &entry);
/// One line for each layer: the instruction that made it, white space folded; empty where history
/// and layers cannot be aligned.
std::vector<QString> layerInstructions(const Image &image);

} // namespace cutaway
