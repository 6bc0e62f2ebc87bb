// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/comparetables.h"

#include "ui/models/comparedfilesmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::CompareTables", text);
}

Cell changeCell(Change change, const QString &word)
{
    return {.text = change == Change::Unmodified ? QString() : changeSign(change),
            .raw = word,
            .toolTip = word,
            .change = static_cast<int>(change)};
}

Column changeColumn()
{
    return {"change", {}, tr("+ only in the second, − only in the first, ~ in both, but another")};
}

/// Of the configuration.
QString fieldTitle(std::string_view field)
{
    static const std::array<std::pair<std::string_view, const char *>, 14> kTitles = {{
        {"platform", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Platform")},
        {"user", QT_TRANSLATE_NOOP("cutaway::CompareTables", "User")},
        {"workingDir", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Working directory")},
        {"entrypoint", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Entrypoint")},
        {"cmd", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Command")},
        {"env", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Variable")},
        {"exposedPorts", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Port")},
        {"volumes", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Volume")},
        {"labels", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Label")},
        {"healthcheck", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Health check")},
        {"stopSignal", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Stop signal")},
        {"onBuild", QT_TRANSLATE_NOOP("cutaway::CompareTables", "On build")},
        {"created", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Created")},
        {"author", QT_TRANSLATE_NOOP("cutaway::CompareTables", "Author")},
    }};
    const auto found = std::ranges::find(kTitles, field, &decltype(kTitles)::value_type::first);
    if (found != kTitles.end()) {
        return tr(found->second);
    }
    return shown(field);
}

/// "Contract, signals": what the contract says of the same thing stands apart from the setting.
QString titleOf(const SettingDifference &setting)
{
    return setting.area == SettingDifference::Area::Config
               ? fieldTitle(setting.field)
               : tr("Contract, %1").arg(shown(setting.field));
}

Cell valueCell(const SettingDifference &setting, const SettingDifference::Value &value)
{
    if (!value) {
        return {.text = QStringLiteral("–"), .raw = QString(), .muted = true};
    }
    return {.text = shown(shownSetting(setting, value, Secrets::Redacted).text)};
}

/// Whether a rule's finding is one more or one less.
std::pair<Change, QString> turnOf(FindingPair::Kind kind)
{
    switch (kind) {
    case FindingPair::Kind::New: return {Change::Removed, tr("New")};
    case FindingPair::Kind::Fixed: return {Change::Added, tr("Fixed")};
    case FindingPair::Kind::Changed: return {Change::Modified, tr("Changed")};
    case FindingPair::Kind::Same: return {Change::Unmodified, tr("Same")};
    case FindingPair::Kind::NotAsked: return {Change::Unmodified, tr("One side only")};
    }
    return {Change::Unmodified, {}};
}

std::pair<Change, QString> turnOf(PackageDifference::Kind kind)
{
    switch (kind) {
    case PackageDifference::Kind::Removed: return {Change::Removed, tr("Removed")};
    case PackageDifference::Kind::Added: return {Change::Added, tr("Added")};
    case PackageDifference::Kind::Upgraded: return {Change::Modified, tr("Upgraded")};
    case PackageDifference::Kind::Downgraded: return {Change::Modified, tr("Downgraded")};
    case PackageDifference::Kind::Changed: return {Change::Modified, tr("Other version")};
    }
    return {Change::Unmodified, {}};
}

QString sizeTitle(std::string_view name)
{
    return name == "wire"       ? tr("Transferred")
           : name == "unpacked" ? tr("Unpacked layers")
           : name == "files"    ? tr("Files of all layers")
           : name == "visible"  ? tr("Visible in the end")
           : name == "shadowed" ? tr("Shipped and never seen")
                                : tr("Same content twice");
}

Cell bytesCell(quint64 bytes)
{
    return {.text = sizeText(bytes), .raw = bytes, .toolTip = exactBytes(bytes), .right = true};
}

} // namespace

TableRows comparedSettings(const Comparison &comparison)
{
    TableRows table{{changeColumn(),
                     {"setting", tr("Setting")},
                     {"before", tr("Before")},
                     {"after", tr("After")}},
                    {}};
    for (const SettingDifference &setting : comparison.settings) {
        const Change change = !setting.before  ? Change::Added
                              : !setting.after ? Change::Removed
                                               : Change::Modified;
        // A fact of the contract is its own name; what it is about is enough.
        const auto &value = setting.before ? setting.before : setting.after;
        const bool isItsOwnName = value->size() == 1 && value->front() == setting.name;
        table.rows.push_back(
            {changeCell(change, changeWord(change)),
             {.text = titleOf(setting), .suffix = isItsOwnName ? QString() : shown(setting.name)},
             valueCell(setting, setting.before),
             valueCell(setting, setting.after)});
    }
    return table;
}

TableRows comparedSteps(const Comparison &comparison)
{
    TableRows table{{changeColumn(),
                     {"before", tr("Before"), tr("Number of the step in the first image"), true},
                     {"after", tr("After"), tr("Number of the step in the second image"), true},
                     {"instruction", tr("Instruction")}},
                    {}};
    const auto number = [](const std::optional<std::uint32_t> &at) -> Cell {
        return {.text = at ? QString::number(*at) : QStringLiteral("–"),
                .raw = at ? QVariant(*at) : QVariant(),
                .right = true,
                .muted = true};
    };
    for (const StepPair &pair : comparison.steps) {
        const HistoryEntry &entry = pair.after
                                        ? comparison.after->image->config.history[*pair.after]
                                        : comparison.before->image->config.history[*pair.before];
        const BuildStep step = redactedStep(entry);
        const Change change = pair.isSame() ? Change::Unmodified
                              : pair.after  ? Change::Added
                                            : Change::Removed;
        table.rows.push_back({changeCell(change, pair.isSame() ? tr("Same") : changeWord(change)),
                              number(pair.before),
                              number(pair.after),
                              {.text = shown(step.text()).simplified(),
                               .toolTip = shownLines(step.text()),
                               .muted = pair.isSame(),
                               .fixed = true}});
    }
    return table;
}

TableRows comparedFindings(const Comparison &comparison)
{
    TableRows table{{{"change", tr("Change")},
                     {"severity", tr("Severity")},
                     {"rule", tr("Rule")},
                     {"summary", tr("What")}},
                    {}};
    for (const FindingPair &pair : comparison.findings) {
        const auto [change, word] = turnOf(pair.kind);
        const Finding &finding = pair.any();
        const int severity = static_cast<int>(finding.severity);
        const QString was = pair.kind == FindingPair::Kind::Changed
                                ? tr("\nBefore: %1").arg(shown(pair.before->summary))
                                : QString();
        table.rows.push_back(
            {{.text = word, .change = static_cast<int>(change)},
             {.text = severityWord(severity), .raw = severity, .severity = severity},
             {.text = shown(finding.ruleId), .fixed = true},
             {.text = shown(finding.summary), .toolTip = shown(finding.summary) + was}});
    }
    return table;
}

TableRows comparedPackages(const Comparison &comparison)
{
    TableRows table{{{"change", tr("Change")},
                     {"package", tr("Package")},
                     {"kind", tr("Kind")},
                     {"before", tr("Before")},
                     {"after", tr("After")},
                     {"delta", tr("Size"), tr("How much its files weigh more or less"), true}},
                    {}};
    for (const PackageDifference &difference : comparison.packages.list) {
        const auto [change, word] = turnOf(difference.kind);
        const PackageRecord &record = difference.any().record;
        const auto version = [](const Package *package) -> Cell {
            return package == nullptr
                       ? Cell{.text = QStringLiteral("–"), .raw = QString(), .muted = true}
                       : Cell{.text = shown(package->record.version)};
        };
        const quint64 before = difference.before == nullptr ? 0 : difference.before->weight();
        const quint64 after = difference.after == nullptr ? 0 : difference.after->weight();
        table.rows.push_back({{.text = word, .change = static_cast<int>(change)},
                              {.text = shown(record.name)},
                              {.text = shown(ecosystemName(record.ecosystem)), .muted = true},
                              version(difference.before),
                              version(difference.after),
                              {.text = byteChangeText(before, after),
                               .raw = static_cast<qint64>(after) - static_cast<qint64>(before),
                               .right = true}});
    }
    return table;
}

TableRows comparedSizes(const Comparison &comparison)
{
    TableRows table{{{"size", tr("Size")},
                     {"before", tr("Before"), {}, true},
                     {"after", tr("After"), {}, true},
                     {"delta", tr("Change"), {}, true}},
                    {}};
    for (const SizeRow &row : comparison.sizes) {
        table.rows.push_back(
            {{.text = sizeTitle(row.name)},
             bytesCell(row.before),
             bytesCell(row.after),
             {.text = byteChangeText(row.before, row.after),
              .raw = static_cast<qint64>(row.after) - static_cast<qint64>(row.before),
              .right = true}});
    }
    return table;
}

void RowsModel::set(TableRows table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

Cell RowsModel::cell(int row, int column) const
{
    return m_table.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

QVariant RowsModel::rowData(int, int) const
{
    return {};
}

} // namespace cutaway
