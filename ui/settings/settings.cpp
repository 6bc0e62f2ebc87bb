// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace cutaway::settings {

namespace {

constexpr qsizetype kRecent = 12;
constexpr qsizetype kSearches = 50;

/// A file of our own in the configuration directory, whatever the application is called.
QSettings store()
{
    return QSettings(QSettings::IniFormat,
                     QSettings::UserScope,
                     QStringLiteral("cutaway"),
                     QStringLiteral("cutaway"));
}

const QString kRecentKey = QStringLiteral("recent");
const QString kRegistriesKey = QStringLiteral("registries");
const QString kSearchesKey = QStringLiteral("searches");
const QString kAppearanceKey = QStringLiteral("appearance");

} // namespace

QStringList recent()
{
    return store().value(kRecentKey).toStringList();
}

void addRecent(const QString &reference)
{
    QStringList list = recent();
    list.removeAll(reference);
    list.prepend(reference);
    list.resize(std::min(list.size(), kRecent));
    store().setValue(kRecentKey, list);
}

void clearRecent()
{
    store().remove(kRecentKey);
}

QStringList registries()
{
    return store().value(kRegistriesKey).toStringList();
}

void setRegistries(const QStringList &list)
{
    store().setValue(kRegistriesKey, list);
}

Appearance appearance()
{
    const QString name = store().value(kAppearanceKey).toString();
    if (name == QLatin1String("light")) {
        return Appearance::Light;
    }
    return name == QLatin1String("dark") ? Appearance::Dark : Appearance::System;
}

void setAppearance(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System: store().remove(kAppearanceKey); break;
    case Appearance::Light: store().setValue(kAppearanceKey, QStringLiteral("light")); break;
    case Appearance::Dark: store().setValue(kAppearanceKey, QStringLiteral("dark")); break;
    }
}

Limits limits(QStringList *problems)
{
    Limits limits;
    QSettings file = store();
    file.beginGroup(QStringLiteral("Limits"));
    for (const QString &key : file.childKeys()) {
        const QString line = key + QLatin1Char('=') + file.value(key).toString();
        const Result<> set = setLimit(limits, line.toStdString());
        if (!set && problems != nullptr) {
            problems->append(QString::fromStdString(set.error().message));
        }
    }
    return limits;
}

QStringList searches()
{
    return store().value(kSearchesKey).toStringList();
}

void addSearch(const QString &filter)
{
    QStringList list = searches();
    list.removeAll(filter);
    list.append(filter);
    list = list.mid(std::max<qsizetype>(0, list.size() - kSearches));
    store().setValue(kSearchesKey, list);
}

void removeSearch(const QString &filter)
{
    QStringList list = searches();
    list.removeAll(filter);
    store().setValue(kSearchesKey, list);
}

QByteArray state(const QString &part)
{
    return store().value(QStringLiteral("window/") + part).toByteArray();
}

void setState(const QString &part, const QByteArray &state)
{
    store().setValue(QStringLiteral("window/") + part, state);
}

QString sampleImagePath()
{
    const QDir program(QCoreApplication::applicationDirPath());
    const QStringList places = {
        qEnvironmentVariable("CUTAWAY_SAMPLE"),
        program.filePath(QStringLiteral("../share/cutaway/sample.tar")),
        program.filePath(QStringLiteral("../../resources/sample.tar")),
        program.filePath(QStringLiteral("../resources/sample.tar")),
    };
    for (const QString &place : places) {
        if (!place.isEmpty() && QFileInfo(place).isFile()) {
            return QFileInfo(place).canonicalFilePath();
        }
    }
    return {};
}

} // namespace cutaway::settings
