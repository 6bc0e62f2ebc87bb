// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/limits.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// What is remembered from one start to the next, and where things lie.
namespace cutaway::settings {

/// References that were opened, the newest first; at most 12.
QStringList recent();
void addRecent(const QString &reference);
void clearRecent();

/// Registries that somebody has added ("ghcr.io"), and repositories of them ("ghcr.io/org/app").
QStringList registries();
void setRegistries(const QStringList &list);

enum class Appearance { System, Light, Dark };
Appearance appearance();
void setAppearance(Appearance appearance);

/// Limits as the file raises them: lines "layer-entries=100000000" in its group [Limits]. Others
/// than those that there are, and values that are none, are left out and told in `problems`.
Limits limits(QStringList *problems = nullptr);

/// Filters that somebody wants to ask again, in the order in which they were kept; at most 50.
QStringList searches();
void addSearch(const QString &filter);
void removeSearch(const QString &filter);

/// Opaque state of a part of the window ("geometry", "docks" …); empty when none was kept.
QByteArray state(const QString &part);
void setState(const QString &part, const QByteArray &state);

/// The image that comes with the program: $CUTAWAY_SAMPLE, beside an installed program
/// (../share/cutaway/sample.tar), or in the build tree. Empty when there is none.
QString sampleImagePath();

} // namespace cutaway::settings
