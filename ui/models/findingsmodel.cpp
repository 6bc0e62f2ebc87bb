// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/findingsmodel.h"

#include "core/audit/rule.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>

namespace cutaway {

namespace {

QString section(const QString &title, const QString &html)
{
    return html.isEmpty() ? QString() : QStringLiteral("<p><b>%1</b><br>%2</p>").arg(title, html);
}

QString escaped(const QString &text)
{
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
}

/// One reference a line: a text, then its address. Addresses come from our own catalogue.
QString referencesHtml(const char *references)
{
    QStringList lines;
    for (const QString &line :
         QString::fromUtf8(references).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const qsizetype at = line.indexOf(QLatin1String("https://"));
        if (at < 0) {
            lines << line.toHtmlEscaped();
            continue;
        }
        const QString address = line.mid(at).trimmed().toHtmlEscaped();
        const QString text = line.left(at).trimmed().toHtmlEscaped();
        lines << QStringLiteral("<a href=\"%1\">%2</a>")
                     .arg(address, text.isEmpty() ? address : text);
    }
    return lines.join(QLatin1String("<br>"));
}

QString evidenceHtml(const Finding &finding)
{
    constexpr std::size_t kShown = 50;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(kShown, finding.evidence.size()); ++i) {
        const Evidence &evidence = finding.evidence[i];
        QStringList parts;
        if (!evidence.path.empty()) {
            parts << QStringLiteral("<a href=\"evidence:%1\"><code>%2</code></a>")
                         .arg(i)
                         .arg(shown(evidence.path).toHtmlEscaped());
        }
        if (!evidence.text.empty()) {
            parts << shown(evidence.text).toHtmlEscaped();
        }
        if (evidence.layer) {
            parts << FindingsModel::tr("layer %1").arg(*evidence.layer);
        }
        if (evidence.bytes > 0) {
            parts << sizeText(evidence.bytes);
        }
        lines << parts.join(QStringLiteral(" · "));
    }
    if (finding.evidence.size() > kShown) {
        lines
            << FindingsModel::tr("… and %1 more").arg(numberText(finding.evidence.size() - kShown));
    }
    return lines.join(QLatin1String("<br>"));
}

/// The evidence to go to: the first with a path, else the first.
const Evidence *placeOf(const Finding &finding)
{
    if (finding.evidence.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(
        finding.evidence, [](const Evidence &evidence) { return !evidence.path.empty(); });
    return found == finding.evidence.end() ? &finding.evidence.front() : &*found;
}

} // namespace

FindingsModel::FindingsModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"severity", tr("Severity")},
                 {"rule",
                  tr("Rule"),
                  tr("What the row rests on; choose it to read why, and how to fix it")},
                 {"summary", tr("What")},
                 {"where", tr("Where"), tr("The path or layer it is about most")},
                 {"bytes", tr("Bytes"), tr("What fixing it would save"), true}})
{}

void FindingsModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    endResetModel();
}

int FindingsModel::rows() const
{
    if (!m_inspection) {
        return 0;
    }
    const Notes &notes = m_inspection->image->notes;
    return static_cast<int>(m_inspection->findings.size() + notes.list().size()
                            + (notes.leftOut() > 0 ? 1 : 0) + m_inspection->skipped.size());
}

FindingsModel::Kind FindingsModel::kind(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    const std::size_t findings = m_inspection->findings.size();
    if (at < findings) {
        return Kind::Finding;
    }
    const Notes &notes = m_inspection->image->notes;
    return at < findings + notes.list().size() + (notes.leftOut() > 0 ? 1 : 0) ? Kind::Note
                                                                               : Kind::Skipped;
}

const Finding *FindingsModel::finding(int row) const
{
    return kind(row) == Kind::Finding ? &m_inspection->findings[static_cast<std::size_t>(row)]
                                      : nullptr;
}

const Evidence *FindingsModel::evidence(int row, std::size_t at) const
{
    const Finding *found = finding(row);
    return found != nullptr && at < found->evidence.size() ? &found->evidence[at] : nullptr;
}

int FindingsModel::rowOf(const QString &fingerprint) const
{
    if (!m_inspection || fingerprint.isEmpty()) {
        return -1;
    }
    const std::string wanted = fingerprint.toStdString();
    const auto found = std::ranges::find(m_inspection->findings, wanted, &Finding::fingerprint);
    return found == m_inspection->findings.end()
               ? -1
               : static_cast<int>(found - m_inspection->findings.begin());
}

int FindingsModel::count(int severity) const
{
    if (!m_inspection) {
        return 0;
    }
    if (severity < 0) {
        return rows() - static_cast<int>(m_inspection->findings.size());
    }
    return static_cast<int>(std::ranges::count(
        m_inspection->findings, static_cast<Severity>(severity), &Finding::severity));
}

FindingsModel::Line FindingsModel::line(int row) const
{
    Line line;
    const auto at = static_cast<std::size_t>(row);
    if (const Finding *found = finding(row)) {
        const Rule *rule = findRule(found->ruleId);
        line = {.severity = static_cast<int>(found->severity),
                .rule = shown(found->ruleId),
                .title = rule == nullptr ? QString() : QString::fromUtf8(rule->title),
                .summary = shown(found->summary),
                .bytes = found->bytes};
        line.layer = found->layer ? int{*found->layer} : -1;
        if (const Evidence *place = placeOf(*found)) {
            line.path = rawBytes(place->path);
            line.layer = place->layer ? int{*place->layer} : line.layer;
            line.places = static_cast<int>(found->evidence.size()) - 1;
        }
        return line;
    }
    const Notes &notes = m_inspection->image->notes;
    const std::size_t noteAt = at - m_inspection->findings.size();
    if (kind(row) == Kind::Skipped) {
        const std::size_t notesShown = notes.list().size() + (notes.leftOut() > 0 ? 1 : 0);
        const SkippedRule &skipped = m_inspection->skipped[noteAt - notesShown];
        line.rule = shown(skipped.ruleId);
        line.summary = tr("Not asked: %1").arg(shown(skipped.reason));
        return line;
    }
    if (noteAt >= notes.list().size()) {
        line.summary = tr("%1 more notes are not listed").arg(numberText(notes.leftOut()));
        return line;
    }
    const Note &note = notes.list()[noteAt];
    line.rule = shown(note.code);
    line.summary = shown(note.message);
    line.path = rawBytes(note.path);
    line.layer = note.layer ? static_cast<int>(*note.layer) : -1;
    return line;
}

Cell FindingsModel::whereCell(const Line &line) const
{
    QString text = shown(viewOf(line.path));
    if (text.isEmpty() && line.layer >= 0) {
        text = tr("Layer %1").arg(line.layer);
    }
    QString tip = text;
    if (!line.path.isEmpty() && line.layer >= 0) {
        tip += QLatin1Char('\n') + tr("Layer %1").arg(line.layer);
    }
    return {.text = text,
            .raw = text,
            .toolTip = tip,
            .suffix = line.places > 0
                          ? tr("and %1 more").arg(numberText(static_cast<quint64>(line.places)))
                          : QString(),
            .fixed = !line.path.isEmpty()};
}

Cell FindingsModel::cell(int row, int column) const
{
    const Line line = this->line(row);
    switch (column) {
    case SeverityColumn: {
        const QString word =
            kind(row) == Kind::Skipped ? tr("Not asked") : severityWord(line.severity);
        return {.text = word, .raw = word.toLower(), .severity = line.severity};
    }
    case RuleColumn:
        return {.text = line.rule,
                .toolTip =
                    line.title.isEmpty() ? line.rule : line.title + QLatin1Char('\n') + line.rule,
                .muted = true};
    case SummaryColumn: return {.text = line.summary};
    case WhereColumn: return whereCell(line);
    case BytesColumn:
        return {.text = line.bytes > 0 ? sizeText(line.bytes) : QString(),
                .raw = line.bytes,
                .toolTip = line.bytes > 0 ? exactBytes(line.bytes) : QString(),
                .right = true};
    default: return {};
    }
}

QVariant FindingsModel::rowData(int row, int role) const
{
    switch (role) {
    case role::Path: return line(row).path;
    case role::Layer: return line(row).layer;
    case role::Finding: {
        const Finding *found = finding(row);
        return found == nullptr ? QString() : QString::fromStdString(found->fingerprint);
    }
    default: return {};
    }
}

QString FindingsModel::detailsHtml(int row) const
{
    const Line line = this->line(row);
    const Finding *found = finding(row);
    const Rule *rule = found == nullptr && kind(row) == Kind::Note
                           ? nullptr
                           : findRule(found == nullptr ? line.rule.toStdString() : found->ruleId);
    QString html = QStringLiteral("<p>%1</p>").arg(escaped(line.summary));
    if (rule != nullptr) {
        html.prepend(
            QStringLiteral("<p><b>%1</b></p>").arg(QString::fromUtf8(rule->title).toHtmlEscaped()));
        html += section(tr("Why"), escaped(QString::fromUtf8(rule->why)));
        html += section(tr("How to fix"), escaped(QString::fromUtf8(rule->fix)));
    }
    if (found != nullptr) {
        html += section(tr("Where"), evidenceHtml(*found));
    } else if (!line.path.isEmpty()) {
        html += section(tr("Where"),
                        QStringLiteral("<code>%1</code>").arg(escaped(shown(viewOf(line.path)))));
    }
    if (rule != nullptr) {
        html += section(tr("Where it says so"), referencesHtml(rule->references));
    }
    return html;
}

FindingsFilter::FindingsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(role::Sort);
}

void FindingsFilter::setSeverities(unsigned severities)
{
    m_severities = severities;
    invalidateFilter();
}

void FindingsFilter::setText(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool FindingsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex first = sourceModel()->index(row, FindingsModel::SeverityColumn, parent);
    const int severity = first.data(role::SeverityKind).toInt();
    if ((m_severities & (severity < 0 ? kNotes : 1U << static_cast<unsigned>(severity))) == 0) {
        return false;
    }
    QString text;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
        text += sourceModel()->index(row, column, parent).data().toString() + QLatin1Char('\n');
    }
    return std::ranges::all_of(
        m_words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool FindingsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (left.column() == FindingsModel::SeverityColumn) {
        return left.data(role::SeverityKind).toInt() < right.data(role::SeverityKind).toInt();
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace cutaway
