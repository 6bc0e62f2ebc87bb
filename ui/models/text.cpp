// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/text.h"

#include "core/audit/finding.h"
#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/image/history.h"

#include <QCoreApplication>

#include <array>

namespace cutaway {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("cutaway", text);
}

struct CauseText
{
    const char *title;
    const char *explanation;
};

/// In the order of Cause.
constexpr std::array<CauseText, kCauseCount> kCauses = {{
    {QT_TRANSLATE_NOOP("cutaway", "Visible"),
     QT_TRANSLATE_NOOP("cutaway", "What a container sees.")},
    {QT_TRANSLATE_NOOP("cutaway", "Copied to change metadata"),
     QT_TRANSLATE_NOOP(
         "cutaway",
         "A later layer holds the same content again, because only mode, owner or time "
         "changed (chmod, chown, touch).")},
    {QT_TRANSLATE_NOOP("cutaway", "Overwritten later"),
     QT_TRANSLATE_NOOP(
         "cutaway",
         "A later layer holds other content at the same path; the old is still shipped.")},
    {QT_TRANSLATE_NOOP("cutaway", "Replaced by another type"),
     QT_TRANSLATE_NOOP(
         "cutaway", "A later layer made something else of the path, or of a directory above it.")},
    {QT_TRANSLATE_NOOP("cutaway", "Deleted later"),
     QT_TRANSLATE_NOOP(
         "cutaway",
         "A later layer deletes the file. It can no longer be seen, but is still shipped.")},
    {QT_TRANSLATE_NOOP("cutaway", "Deleted with its directory"),
     QT_TRANSLATE_NOOP(
         "cutaway",
         "A later layer deletes a directory above the file; its bytes are still shipped.")},
    {QT_TRANSLATE_NOOP("cutaway", "Hidden by an opaque directory"),
     QT_TRANSLATE_NOOP(
         "cutaway",
         "A later layer makes the directory anew, which hides all that it held before.")},
    {QT_TRANSLATE_NOOP("cutaway", "Twice in one layer"),
     QT_TRANSLATE_NOOP("cutaway", "The layer names the path more than once; the last one counts.")},
}};

char typeLetter(EntryType type)
{
    switch (type) {
    case EntryType::Directory: return 'd';
    case EntryType::Symlink: return 'l';
    case EntryType::CharDevice: return 'c';
    case EntryType::BlockDevice: return 'b';
    case EntryType::Fifo: return 'p';
    case EntryType::File:
    case EntryType::HardLink:
    case EntryType::Whiteout:
    case EntryType::Opaque: break;
    }
    return '-';
}

} // namespace

QString shown(std::string_view bytes)
{
    return QString::fromStdString(displayText(bytes));
}

QString shownLines(std::string_view bytes)
{
    return QString::fromStdString(displayLines(bytes));
}

QByteArray rawBytes(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QString sizeText(quint64 bytes)
{
    return bytes == 0 ? QStringLiteral("–") : QString::fromStdString(formatBytes(bytes));
}

QString exactBytes(quint64 bytes)
{
    return bytes == 1 ? translated(QT_TRANSLATE_NOOP("cutaway", "1 byte"))
                      : translated(QT_TRANSLATE_NOOP("cutaway", "%1 bytes")).arg(numberText(bytes));
}

QString numberText(quint64 number)
{
    return QString::fromStdString(formatNumber(number));
}

QString modeText(const Entry &entry)
{
    std::string text = "?rwxrwxrwx";
    text[0] = typeLetter(entry.type);
    for (unsigned bit = 0; bit < 9; ++bit) {
        if ((entry.mode & (0400U >> bit)) == 0) {
            text[bit + 1] = '-';
        }
    }
    const auto mark = [&text](std::size_t at, char letter) {
        const bool executable = text[at] == 'x';
        text[at] = executable ? letter : static_cast<char>(letter - 'a' + 'A');
    };
    if ((entry.mode & 04000U) != 0) {
        mark(3, 's');
    }
    if ((entry.mode & 02000U) != 0) {
        mark(6, 's');
    }
    if ((entry.mode & 01000U) != 0) {
        mark(9, 't');
    }
    return QString::fromStdString(text);
}

QString timeText(std::int64_t seconds)
{
    QString text = QString::fromStdString(formatTime(seconds, 0));
    text.replace(QLatin1Char('T'), QLatin1Char(' '));
    if (text.endsWith(QLatin1Char('Z'))) {
        text.chop(1);
    }
    return text;
}

QString typeText(EntryType type)
{
    switch (type) {
    case EntryType::File: return translated(QT_TRANSLATE_NOOP("cutaway", "file"));
    case EntryType::Directory: return translated(QT_TRANSLATE_NOOP("cutaway", "directory"));
    case EntryType::Symlink: return translated(QT_TRANSLATE_NOOP("cutaway", "symbolic link"));
    case EntryType::HardLink: return translated(QT_TRANSLATE_NOOP("cutaway", "hard link"));
    case EntryType::CharDevice: return translated(QT_TRANSLATE_NOOP("cutaway", "character device"));
    case EntryType::BlockDevice: return translated(QT_TRANSLATE_NOOP("cutaway", "block device"));
    case EntryType::Fifo: return translated(QT_TRANSLATE_NOOP("cutaway", "named pipe"));
    case EntryType::Whiteout: return translated(QT_TRANSLATE_NOOP("cutaway", "whiteout"));
    case EntryType::Opaque: return translated(QT_TRANSLATE_NOOP("cutaway", "opaque marker"));
    }
    return {};
}

QString plainToolTip(const QString &text)
{
    // An image may hold a megabyte where people write a line.
    constexpr qsizetype kShown = 1500;
    const QString head = text.size() > kShown ? text.left(kShown) + QStringLiteral(" …") : text;
    // Qt guesses whether a tooltip is rich text; said outright, no name can make it guess
    // otherwise.
    return QStringLiteral("<p style=\"white-space:pre-wrap\">%1</p>").arg(head.toHtmlEscaped());
}

QString causeTitle(Cause cause)
{
    return translated(kCauses[static_cast<std::size_t>(cause)].title);
}

QString causeExplanation(Cause cause)
{
    return translated(kCauses[static_cast<std::size_t>(cause)].explanation);
}

QString changeSign(Change change)
{
    switch (change) {
    case Change::Unmodified: return {};
    case Change::Added: return QStringLiteral("+");
    case Change::Modified: return QStringLiteral("~");
    case Change::Metadata: return QStringLiteral("◇");
    case Change::Removed: return QStringLiteral("−");
    }
    return {};
}

QString changeWord(Change change)
{
    switch (change) {
    case Change::Unmodified: return translated(QT_TRANSLATE_NOOP("cutaway", "unmodified"));
    case Change::Added: return translated(QT_TRANSLATE_NOOP("cutaway", "added"));
    case Change::Modified: return translated(QT_TRANSLATE_NOOP("cutaway", "modified"));
    case Change::Metadata: return translated(QT_TRANSLATE_NOOP("cutaway", "metadata"));
    case Change::Removed: return translated(QT_TRANSLATE_NOOP("cutaway", "removed"));
    }
    return {};
}

QString severityWord(int severity)
{
    if (severity < 0) {
        return translated(QT_TRANSLATE_NOOP("cutaway", "Note"));
    }
    switch (static_cast<Severity>(severity)) {
    case Severity::Info: return translated(QT_TRANSLATE_NOOP("cutaway", "Info"));
    case Severity::Low: return translated(QT_TRANSLATE_NOOP("cutaway", "Low"));
    case Severity::Medium: return translated(QT_TRANSLATE_NOOP("cutaway", "Medium"));
    case Severity::High: return translated(QT_TRANSLATE_NOOP("cutaway", "High"));
    case Severity::Critical: return translated(QT_TRANSLATE_NOOP("cutaway", "Critical"));
    }
    return {};
}

BuildStep redactedStep(const HistoryEntry &entry)
{
    HistoryEntry safe = entry;
    safe.createdBy = redactHistory(entry, Secrets::Redacted).text;
    return normaliseHistory(safe);
}

std::vector<QString> layerInstructions(const Image &image)
{
    std::vector<QString> lines(image.layers.size());
    for (const HistoryEntry &entry : image.config.history) {
        if (entry.layer && *entry.layer < lines.size()) {
            lines[*entry.layer] = shownLines(redactedStep(entry).text()).simplified();
        }
    }
    return lines;
}

} // namespace cutaway
