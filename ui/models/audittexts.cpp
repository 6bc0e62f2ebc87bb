// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/audittexts.h"

#include "core/audit/rule.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::AuditTexts", text);
}

#define TEXT(text) QT_TRANSLATE_NOOP("cutaway::AuditTexts", text)

constexpr std::array<std::pair<const char *, const char *>, 14> kFamilies = {{
    {"cache", TEXT("Caches")},
    {"size", TEXT("Size")},
    {"context", TEXT("Build context")},
    {"layer", TEXT("Layers")},
    {"security", TEXT("Security")},
    {"secret", TEXT("Secrets")},
    {"process", TEXT("Process")},
    {"contract", TEXT("Contract")},
    {"metadata", TEXT("Labels and metadata")},
    {"supply", TEXT("Supply chain")},
    {"repro", TEXT("Reproducibility")},
    {"style", TEXT("Style")},
    {"policy", TEXT("Policy")},
    {"assert", TEXT("Assertions")},
}};

#undef TEXT

} // namespace

QString familyTitle(const QString &family)
{
    const auto *const found = std::ranges::find_if(
        kFamilies, [&family](const auto &row) { return family == QLatin1String(row.first); });
    return found == kFamilies.end() ? family : tr(found->second);
}

QString originWord(Origin origin)
{
    switch (origin) {
    case Origin::Base: return tr("Base image");
    case Origin::App: return tr("The image's own");
    case Origin::Unknown: break;
    }
    return tr("Not known");
}

QString stateWord(State state)
{
    switch (state) {
    case State::Visible: return tr("Visible");
    case State::Deleted: return tr("Deleted later");
    case State::Overwritten: return tr("Overwritten later");
    }
    return {};
}

QString confidenceWord(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain: return tr("certain");
    case Confidence::Likely: return tr("likely");
    case Confidence::Heuristic: return tr("a guess from signs");
    }
    return {};
}

QString verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Kept: return tr("Kept");
    case Verdict::Remarks: return tr("With remarks");
    case Verdict::Broken: return tr("Not kept");
    case Verdict::Unknown: break;
    }
    return tr("Not known");
}

const QIcon &severityIcon(int severity)
{
    static const std::array<QIcon, 6> kIcons = {
        icon(QStringLiteral("info"), theme::Role::Muted),
        icon(QStringLiteral("info"), theme::Role::Info),
        icon(QStringLiteral("low"), theme::Role::Low),
        icon(QStringLiteral("medium"), theme::Role::Medium),
        icon(QStringLiteral("high"), theme::Role::High),
        icon(QStringLiteral("critical"), theme::Role::Critical),
    };
    const int at = std::clamp(severity, -1, 4) + 1;
    return kIcons[static_cast<std::size_t>(at)];
}

QString ruleTitle(const std::string &ruleId)
{
    const Rule *rule = findRule(ruleId);
    return rule == nullptr ? shown(ruleId) : QString::fromUtf8(rule->title);
}

QString findingsText(std::size_t count)
{
    return count == 1 ? tr("1 finding") : tr("%1 findings").arg(numberText(count));
}

QString skippedText(std::size_t count)
{
    return count == 1 ? tr("1 rule not asked") : tr("%1 rules not asked").arg(numberText(count));
}

QString pointsText(double points)
{
    const double tenths = std::round(points * 10);
    const bool isWhole = std::fmod(tenths, 10) == 0;
    return QString::number(tenths / 10, 'f', isWhole ? 0 : 1);
}

QString gainText(double points)
{
    const QString text = pointsText(points);
    return text == QLatin1String("0") || points <= 0 ? QString() : QLatin1Char('+') + text;
}

QString gradeHeadline(const Score &score)
{
    if (!score.isKnown) {
        return tr("No grade: too few rules could be asked");
    }
    const QString grade = QString::fromStdString(gradeName(score));
    if (score.ceilings.empty()) {
        return tr("%1 — score %2 of 100").arg(grade, pointsText(score.value));
    }
    const auto lowest =
        std::ranges::max_element(score.ceilings, {}, &Score::Ceiling::grade); // 'F' is behind 'A'
    return tr("%1 — capped by %2 (score %3)")
        .arg(grade, shown(lowest->ruleId), pointsText(score.value));
}

QString placeText(const Evidence &evidence)
{
    if (!evidence.path.empty()) {
        return shown(evidence.path);
    }
    if (!evidence.field.empty()) {
        return shown(evidence.field);
    }
    if (evidence.step) {
        return tr("Build step %1").arg(numberText(quint64{*evidence.step} + 1));
    }
    return evidence.layer ? tr("Layer %1").arg(*evidence.layer) : QString();
}

QString evidenceKind(const Evidence &evidence)
{
    if (!evidence.path.empty()) {
        return tr("File");
    }
    if (!evidence.field.empty()) {
        return tr("Setting");
    }
    if (evidence.step) {
        return tr("Build step");
    }
    return evidence.layer ? tr("Layer") : QString();
}

} // namespace cutaway
