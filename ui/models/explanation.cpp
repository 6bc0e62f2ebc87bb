// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/explanation.h"

#include "core/audit/snippets.h"
#include "ui/models/audittexts.h"
#include "ui/models/findingslist.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kEvidenceShown = 50; ///< the list below the finding has all

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::Explanation", text);
}

QString escaped(const QString &text)
{
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
}

QString escaped(const char *text)
{
    return escaped(QString::fromUtf8(text));
}

QString muted(const QString &html, const QPalette &palette)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>")
        .arg(theme::color(theme::Role::Muted, palette).name(), html);
}

QString section(const QString &title, const QString &html)
{
    return html.isEmpty()
               ? QString()
               : QStringLiteral("<p><b>%1</b><br>%2</p>").arg(title.toHtmlEscaped(), html);
}

QString heading(const QString &title, const QString &facts, const QPalette &palette)
{
    return QStringLiteral("<p><b>%1</b><br>%2</p>")
        .arg(title.toHtmlEscaped(), muted(facts.toHtmlEscaped(), palette));
}

/// One reference a line: a text, then its address.
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

QString evidenceLine(const Evidence &evidence, std::size_t at)
{
    QStringList parts;
    const QString place = placeText(evidence).toHtmlEscaped();
    if (!place.isEmpty()) {
        parts << QStringLiteral("<a href=\"evidence:%1\">%2</a>")
                     .arg(at)
                     .arg(evidence.path.empty() ? place
                                                : QStringLiteral("<code>%1</code>").arg(place));
    }
    if (!evidence.text.empty()) {
        parts << QStringLiteral("<code>%1</code>").arg(shown(evidence.text).toHtmlEscaped());
    }
    if (evidence.layer && (!evidence.path.empty() || evidence.step)) {
        parts << tr("layer %1").arg(*evidence.layer);
    }
    if (evidence.bytes > 0) {
        parts << sizeText(evidence.bytes);
    }
    return parts.join(QStringLiteral(" · "));
}

QString evidenceHtml(const Finding &finding)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(kEvidenceShown, finding.evidence.size()); ++i) {
        lines << evidenceLine(finding.evidence[i], i);
    }
    if (finding.evidence.size() > kEvidenceShown) {
        lines << tr("… and %1 more, in the list")
                     .arg(numberText(finding.evidence.size() - kEvidenceShown));
    }
    return lines.join(QLatin1String("<br>"));
}

QString fixHtml(const Rule &rule, const QPalette &palette)
{
    QString html = section(tr("How to fix"), escaped(rule.fix));
    const QString snippet = snippetOf(rule.id);
    if (!snippet.isEmpty()) {
        html += QStringLiteral("<table width=\"100%\" cellpadding=\"6\" bgcolor=\"%1\"><tr><td>"
                               "<pre style=\"white-space:pre-wrap\">%2</pre></td></tr></table>")
                    .arg(palette.color(QPalette::AlternateBase).name(), snippet.toHtmlEscaped());
    }
    return html;
}

/// What holds for the rule whatever it found.
QString catalogueHtml(const Rule &rule)
{
    QString looked = escaped(rule.detects);
    if (*rule.guards != '\0') {
        looked += QStringLiteral("<br><i>%1</i> %2")
                      .arg(tr("Silent where:").toHtmlEscaped(), escaped(rule.guards));
    }
    const QString aliases = QString::fromUtf8(rule.aliases)
                                .split(QLatin1Char(' '), Qt::SkipEmptyParts)
                                .join(QStringLiteral(", "));
    return section(tr("What exactly is looked at"), looked)
           + section(tr("Where it says so"), referencesHtml(rule.references))
           + section(tr("In other tools"), aliases.toHtmlEscaped());
}

QString suppressionHtml(const Suppression &suppression)
{
    QStringList lines;
    const auto add = [&lines](const QString &name, const std::string &value) {
        if (!value.empty()) {
            lines << QStringLiteral("%1 %2").arg(name, shown(value)).toHtmlEscaped();
        }
    };
    add(tr("Reason:"), suppression.reason);
    add(tr("Decided by:"), suppression.owner);
    add(tr("Until:"), suppression.until);
    add(tr("Written in:"), suppression.source);
    return lines.join(QLatin1String("<br>"));
}

QString factsOf(const Finding &finding)
{
    QStringList facts = {severityWord(static_cast<int>(finding.severity)),
                         shown(finding.ruleId),
                         confidenceWord(finding.confidence)};
    if (finding.origin != Origin::Unknown) {
        facts << originWord(finding.origin).toLower();
    }
    if (finding.state != State::Visible) {
        facts << stateWord(finding.state).toLower();
    }
    if (const QString gain = gainText(finding.points); !gain.isEmpty()) {
        facts << tr("%1 points when mended").arg(gain);
    }
    return facts.join(QStringLiteral(" · "));
}

} // namespace

QString snippetOf(const std::string &ruleId)
{
    const std::string_view lines = fixSnippet(ruleId);
    return QString::fromUtf8(lines.data(), static_cast<qsizetype>(lines.size()));
}

QString findingHtml(const Finding &finding, const QPalette &palette)
{
    const Rule *rule = findRule(finding.ruleId);
    QString html = heading(ruleTitle(finding.ruleId), factsOf(finding), palette);
    html += QStringLiteral("<p>%1</p>").arg(escaped(shown(finding.summary)));
    if (finding.suppressed) {
        html += section(tr("Suppressed"), suppressionHtml(*finding.suppressed));
    }
    if (rule != nullptr) {
        html += fixHtml(*rule, palette) + section(tr("Why"), escaped(rule->why));
    }
    html += section(tr("What it rests on"), evidenceHtml(finding));
    return rule == nullptr ? html : html + catalogueHtml(*rule);
}

QString noteHtml(const FindingsItem &note, const QPalette &palette)
{
    return heading(tr("Note on reading the image"), note.rule, palette)
           + QStringLiteral("<p>%1</p>").arg(escaped(note.summary))
           + section(tr("Where"),
                     note.where.isEmpty()
                         ? QString()
                         : QStringLiteral("<code>%1</code>").arg(escaped(note.where)));
}

QString ruleHtml(const Rule &rule, const QString &remark, const QPalette &palette)
{
    QString html = heading(QString::fromUtf8(rule.title), QString::fromUtf8(rule.id), palette);
    if (!remark.isEmpty()) {
        html += QStringLiteral("<p>%1</p>").arg(escaped(remark));
    }
    return html + fixHtml(rule, palette) + section(tr("Why"), escaped(rule.why))
           + catalogueHtml(rule);
}

} // namespace cutaway
