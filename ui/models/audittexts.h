// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/properties.h"
#include "core/audit/score.h"

#include <QIcon>
#include <QString>

/// The audit in words for people.
namespace cutaway {

/// "Security" of "security"; the name itself where there is no better.
QString familyTitle(const QString &family);
QString originWord(Origin origin);
QString stateWord(State state);
QString confidenceWord(Confidence confidence);
QString verdictWord(Verdict verdict);
/// The sign of a severity, -1 of a note; made once.
const QIcon &severityIcon(int severity);
/// What the rule is about, in one line; its id where it is not known.
QString ruleTitle(const std::string &ruleId);

/// "1 finding", "12 findings".
QString findingsText(std::size_t count);
/// "1 rule not asked", "12 rules not asked".
QString skippedText(std::size_t count);
/// "12.5"; without the fraction where it is none.
QString pointsText(double points);
/// "+12.5", or nothing for less than can be shown.
QString gainText(double points);
/// "B — capped by security/root-user (score 91)".
QString gradeHeadline(const Score &score);

/// Where one fact is to be found: its path, its field, its build step, or its layer.
QString placeText(const Evidence &evidence);
/// What the fact is: "file", "setting", "build step", "layer".
QString evidenceKind(const Evidence &evidence);

} // namespace cutaway
