// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/rule.h"

#include <QPalette>
#include <QString>

/// What there is to read about a finding or a rule: HTML in which all text is escaped, that of
/// images above all. Links: "https:…" out of our own catalogue, "evidence:N" to a place.
namespace cutaway {

struct FindingsItem;

QString findingHtml(const Finding &finding, const QPalette &palette);
/// A note on reading the image.
QString noteHtml(const FindingsItem &note, const QPalette &palette);
/// A rule on its own; `remark` says how it did with this image.
QString ruleHtml(const Rule &rule, const QString &remark, const QPalette &palette);

/// The lines of a Dockerfile that mend what the rule finds; empty where there are none.
QString snippetOf(const std::string &ruleId);

} // namespace cutaway
