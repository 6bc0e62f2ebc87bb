// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/contractmodel.h"

#include "core/audit/redaction.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace cutaway {

namespace {

/// The two namespaces that everybody uses: what tells their labels apart is the end.
QString withoutNamespace(const QString &name)
{
    for (const char *space : {"org.opencontainers.image.", "org.label-schema."}) {
        const QLatin1String prefix(space);
        if (name.startsWith(prefix) && name.size() > prefix.size()) {
            return QStringLiteral("…") + name.sliced(prefix.size());
        }
    }
    return name;
}

/// Arguments as one would type them: those with blanks in quotes.
QString commandText(const std::vector<std::string> &arguments)
{
    QStringList parts;
    for (const std::string &argument : arguments) {
        const bool isPlain =
            !argument.empty() && argument.find_first_of(" \t\n\"'\\") == std::string::npos;
        QString part = shown(argument);
        parts << (isPlain ? part
                          : QLatin1Char('"') + part.replace(QLatin1Char('"'), QLatin1String("\\\""))
                                + QLatin1Char('"'));
    }
    return parts.join(QLatin1Char(' '));
}

QString listText(const std::vector<std::string> &list)
{
    QStringList parts;
    for (const std::string &text : list) {
        parts << shown(text);
    }
    return parts.join(QStringLiteral(", "));
}

QString knownText(Known known)
{
    switch (known) {
    case Known::Declared: return ContractModel::tr("declared");
    case Known::Inferred: return ContractModel::tr("inferred");
    case Known::RunTime: return ContractModel::tr("at run time");
    }
    return {};
}

QString withoutSecrets(const std::string &text)
{
    return shown(redactLine(text, Secrets::Redacted).text);
}

QString commandWithoutSecrets(const std::vector<std::string> &words)
{
    return commandText(redactWords(words, Secrets::Redacted).words);
}

/// Nanoseconds as Go prints durations: "30s", "1m30s".
QString durationText(std::int64_t nanoseconds)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    if (nanoseconds % kSecond != 0) {
        return QStringLiteral("%1 ms").arg(nanoseconds / 1'000'000);
    }
    const std::int64_t seconds = nanoseconds / kSecond;
    if (seconds < 60) {
        return QStringLiteral("%1 s").arg(seconds);
    }
    return seconds % 60 == 0 ? QStringLiteral("%1 min").arg(seconds / 60)
                             : QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString healthText(const Healthcheck &check)
{
    if (!check.test.empty() && check.test.front() == "NONE") {
        return ContractModel::tr("switched off (NONE)");
    }
    std::vector<std::string> command = check.test;
    if (!command.empty() && (command.front() == "CMD" || command.front() == "CMD-SHELL")) {
        const bool isShell = command.front() == "CMD-SHELL";
        command.erase(command.begin());
        if (isShell && command.size() == 1) {
            return withoutSecrets(command.front());
        }
    }
    return commandWithoutSecrets(command);
}

QString healthTimes(const Healthcheck &check)
{
    QStringList parts;
    const auto add = [&parts](const QString &name, const std::optional<std::int64_t> &value) {
        if (value && *value > 0) {
            parts << name + QLatin1Char(' ') + durationText(*value);
        }
    };
    add(ContractModel::tr("every"), check.interval);
    add(ContractModel::tr("timeout"), check.timeout);
    add(ContractModel::tr("start period"), check.startPeriod);
    add(ContractModel::tr("start interval"), check.startInterval);
    if (check.retries && *check.retries > 0) {
        parts << ContractModel::tr("retries %1").arg(*check.retries);
    }
    return parts.join(QStringLiteral(", "));
}

/// "2024-06-03T09:00:12.5Z" → "2024-06-03 09:00"; anything else as it is.
QString shortTime(const QString &text)
{
    static const QRegularExpression kTime(
        QStringLiteral("^(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}):\\d{2}(\\.\\d+)?Z$"));
    const QRegularExpressionMatch match = kTime.match(text);
    return match.hasMatch() ? match.captured(1) + QLatin1Char(' ') + match.captured(2) : text;
}

} // namespace

ContractModel::ContractModel(QObject *parent)
    : CellGroups(parent)
    , m_columns({{"field", tr("Field")},
                 {"value", tr("Value"), tr("As the image's configuration declares it")}})
{}

void ContractModel::setImage(const ImagePtr &image)
{
    beginResetModel();
    m_fields.clear();
    if (image) {
        addCommands(image->config);
        addInterface(image->config);
        addLabels(image->config);
        addEnvironment(image->config);
        addOrigin(*image);
    }
    endResetModel();
}

void ContractModel::addCommands(const ImageConfig &config)
{
    const auto command = [this](const QString &name,
                                const std::optional<std::vector<std::string>> &value,
                                const char *key) {
        const bool isEmpty = value && value->empty();
        m_fields.push_back({.name = name,
                            .value = isEmpty ? tr("[ ] empty")
                                             : (value ? commandWithoutSecrets(*value) : QString()),
                            .fixed = true,
                            .key = key});
    };
    command(tr("Entrypoint"), config.entrypoint, "config.Entrypoint");
    command(tr("Command"), config.cmd, "config.Cmd");
    m_fields.push_back(
        {.name = tr("User"), .value = shown(config.user), .fixed = true, .key = "config.User"});
    m_fields.push_back({.name = tr("Working dir"),
                        .value = shown(config.workingDir),
                        .fixed = true,
                        .key = "config.WorkingDir"});
}

void ContractModel::addInterface(const ImageConfig &config)
{
    m_fields.push_back({.name = tr("Ports"),
                        .value = listText(config.exposedPorts),
                        .fixed = true,
                        .key = "config.ExposedPorts"});
    m_fields.push_back({.name = tr("Volumes"),
                        .value = listText(config.volumes),
                        .fixed = true,
                        .key = "config.Volumes"});
    Field health{.name = tr("Healthcheck"), .fixed = true, .key = "config.Healthcheck"};
    if (config.healthcheck) {
        health.value = healthText(*config.healthcheck);
        const QString times = healthTimes(*config.healthcheck);
        health.toolTip = times.isEmpty() ? health.value : health.value + QLatin1Char('\n') + times;
    }
    m_fields.push_back(std::move(health));
    m_fields.push_back({.name = tr("Stop signal"),
                        .value = shown(config.stopSignal),
                        .fixed = true,
                        .key = "config.StopSignal"});
    if (!config.shell.empty()) {
        m_fields.push_back({.name = tr("Shell"),
                            .value = commandText(config.shell),
                            .fixed = true,
                            .key = "config.Shell"});
    }
    if (!config.onBuild.empty()) {
        Field onBuild{.name = tr("On build"),
                      .value = QString::number(config.onBuild.size()),
                      .key = "config.OnBuild"};
        for (const std::string &step : config.onBuild) {
            onBuild.items.push_back({.name = QStringLiteral("ONBUILD"),
                                     .value = shown(step),
                                     .masked = redactLine(step, Secrets::Redacted).redacted});
        }
        m_fields.push_back(std::move(onBuild));
    }
}

void ContractModel::addLabels(const ImageConfig &config)
{
    Field labels{.name = tr("Labels"), .key = "config.Labels"};
    for (const auto &[name, value] : config.labels) {
        labels.items.push_back({.name = shown(name),
                                .value = shown(value),
                                .masked = redactValue(name, value, Secrets::Redacted).redacted});
    }
    labels.value = labels.items.empty() ? QString() : QString::number(labels.items.size());
    m_fields.push_back(std::move(labels));
}

void ContractModel::addEnvironment(const ImageConfig &config)
{
    Field environment{.name = tr("Environment"), .key = "config.Env"};
    for (const std::string &assignment : config.env) {
        const std::size_t at = assignment.find('=');
        const std::string name = assignment.substr(0, at);
        const std::string value =
            at == std::string::npos ? std::string() : assignment.substr(at + 1);
        environment.items.push_back(
            {.name = shown(name),
             .value = shown(value),
             .masked = redactValue(name, value, Secrets::Redacted).redacted});
    }
    environment.value =
        environment.items.empty() ? QString() : QString::number(environment.items.size());
    m_fields.push_back(std::move(environment));
}

void ContractModel::addOrigin(const Image &image)
{
    m_fields.push_back({.name = tr("Platform"), .value = shown(image.config.platform.text())});
    const QString created = shown(image.config.created);
    m_fields.push_back(
        {.name = tr("Created"), .value = shortTime(created), .toolTip = created, .key = "created"});
    m_fields.push_back(
        {.name = tr("Author"), .value = withoutSecrets(image.config.author), .key = "author"});
    m_fields.push_back({.name = tr("Digest"),
                        .value = shown(image.digest.shortText()),
                        .toolTip = shown(image.digest.text()),
                        .fixed = true});
    if (!image.tags.empty()) {
        m_fields.push_back({.name = tr("Tags"), .value = listText(image.tags), .key = "tags"});
    }
    if (!image.annotations.empty()) {
        Field annotations{.name = tr("Annotations"),
                          .value = QString::number(image.annotations.size())};
        for (const auto &[name, value] : image.annotations) {
            annotations.items.push_back(
                {.name = shown(name),
                 .value = shown(value),
                 .masked = redactValue(name, value, Secrets::Redacted).redacted});
        }
        m_fields.push_back(std::move(annotations));
    }
    addBeside(image);
}

/// What the same index has beside the image: other platforms, and what speaks of this one.
void ContractModel::addBeside(const Image &image)
{
    if (!image.platforms.empty()) {
        Field others{.name = tr("Also for"), .value = QString::number(image.platforms.size())};
        for (const PlatformEntry &other : image.platforms) {
            others.items.push_back(
                {.name = shown(other.platform.text()), .value = shown(other.digest.shortText())});
        }
        m_fields.push_back(std::move(others));
    }
    if (!image.attestations.empty()) {
        Field attestations{.name = tr("Attestations"),
                           .value = QString::number(image.attestations.size())};
        for (const Attestation &attached : image.attestations) {
            attestations.items.push_back({.name = shown(attached.digest.shortText()),
                                          .value = attached.predicateTypes.empty()
                                                       ? tr("not looked into")
                                                       : listText(attached.predicateTypes)});
        }
        m_fields.push_back(std::move(attestations));
    }
}

QModelIndex ContractModel::find(const QString &field) const
{
    for (std::size_t group = 0; group < m_fields.size(); ++group) {
        const QString key = QLatin1String(m_fields[group].key);
        if (key.isEmpty() || !field.startsWith(key)) {
            continue;
        }
        const int at = static_cast<int>(group);
        if (field.size() == key.size()) {
            return groupIndex(at);
        }
        const std::vector<Item> &items = m_fields[group].items;
        const auto item = std::ranges::find(items, field.sliced(key.size() + 1), &Item::name);
        return item == items.end() ? groupIndex(at)
                                   : itemIndex(at, static_cast<int>(item - items.begin()));
    }
    return {};
}

void ContractModel::addContract(const Contract &contract)
{
    beginResetModel();
    for (const TouchPoint &point : contract.touchPoints) {
        Field field{.name = QString::fromUtf8(point.title),
                    .value = QString::number(point.facts.size())};
        for (const TouchFact &fact : point.facts) {
            field.items.push_back({.name = knownText(fact.known), .value = shown(fact.text)});
        }
        m_fields.push_back(std::move(field));
    }
    endResetModel();
}

int ContractModel::items(int group) const
{
    return static_cast<int>(m_fields[static_cast<std::size_t>(group)].items.size());
}

const ContractModel::Item *ContractModel::item(Row row) const
{
    return row.group < 0 || row.isGroup() ? nullptr
                                          : &m_fields[static_cast<std::size_t>(row.group)]
                                                 .items[static_cast<std::size_t>(row.item)];
}

bool ContractModel::isMasked(const QModelIndex &index) const
{
    const Item *found = item(rowAt(index));
    return found != nullptr && found->masked && !found->revealed;
}

void ContractModel::reveal(const QModelIndex &index)
{
    const Row row = rowAt(index);
    if (isMasked(index)) {
        m_fields[static_cast<std::size_t>(row.group)]
            .items[static_cast<std::size_t>(row.item)]
            .revealed = true;
        emit dataChanged(index.siblingAtColumn(NameColumn), index.siblingAtColumn(ValueColumn));
    }
}

void ContractModel::hideAll()
{
    for (int group = 0; group < groups(); ++group) {
        std::vector<Item> &items = m_fields[static_cast<std::size_t>(group)].items;
        for (std::size_t at = 0; at < items.size(); ++at) {
            if (items[at].revealed) {
                items[at].revealed = false;
                const int row = static_cast<int>(at);
                emit dataChanged(itemIndex(group, row), itemIndex(group, row, ValueColumn));
            }
        }
    }
}

Cell ContractModel::cell(Row row, int column) const
{
    if (const Item *found = item(row)) {
        if (column == NameColumn) {
            return {.text = withoutNamespace(found->name),
                    .raw = found->name,
                    .toolTip = found->name,
                    .elide = Qt::ElideLeft};
        }
        if (found->revealed) {
            return {.text = found->value,
                    .raw = QStringLiteral("[redacted]"),
                    .toolTip = tr("Shown until you choose something else; copying leaves it out."),
                    .fixed = true,
                    .secret = true};
        }
        if (found->masked) {
            return {.text = QStringLiteral("••••••••"),
                    .raw = QStringLiteral("[redacted]"),
                    .toolTip = tr("By its name or its shape this is a secret. Click to show it."),
                    .suffix = tr("click to show"),
                    .fixed = true};
        }
        return {.text = found->value, .fixed = true};
    }
    const Field &field = m_fields[static_cast<std::size_t>(row.group)];
    if (column == NameColumn) {
        return {.text = field.name, .muted = field.items.empty(), .bold = !field.items.empty()};
    }
    if (field.value.isEmpty()) {
        return {.text = tr("— not declared"), .raw = QVariant::fromValue(nullptr), .muted = true};
    }
    const bool isCount = !field.items.empty();
    return {.text = field.value,
            .raw = field.toolTip.isEmpty() ? QVariant() : QVariant(field.toolTip),
            .toolTip = field.toolTip,
            .muted = isCount,
            .fixed = field.fixed};
}

QVariant ContractModel::rowData(Row, int) const
{
    return {};
}

} // namespace cutaway
