// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/previewfacts.h"

#include "core/base/text.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>

namespace cutaway {

namespace {

QString dateText(const std::optional<std::int64_t> &seconds)
{
    return seconds ? QString::fromStdString(formatTime(*seconds, 0))
                   : PreviewFactsModel::tr("no date");
}

QString machineWords(std::uint16_t machine)
{
    const std::string_view name = elfMachineName(machine);
    return name.empty() ? PreviewFactsModel::tr("machine %1").arg(machine) : shown(name);
}

QString kindWords(const ElfFacts &facts)
{
    switch (facts.type) {
    case ElfFacts::kExecutable: return PreviewFactsModel::tr("program at a fixed address");
    case ElfFacts::kShared:
        return facts.interpreter.empty() && !facts.soname.empty()
                   ? PreviewFactsModel::tr("shared library")
                   : PreviewFactsModel::tr("program or shared library");
    case ElfFacts::kCore: return PreviewFactsModel::tr("core dump");
    default: return PreviewFactsModel::tr("object file");
    }
}

} // namespace

QString programWords(const ElfFacts &facts)
{
    return PreviewFactsModel::tr("ELF, %1, %2").arg(machineWords(facts.machine), kindWords(facts));
}

QString strippedWords(const ElfFacts &facts)
{
    if (!facts.hasSections) {
        return PreviewFactsModel::tr("not to be told: it has no table of sections");
    }
    if (facts.symbolBytes > 0 && facts.debugBytes > 0) {
        return PreviewFactsModel::tr("no: symbols %1, for debuggers %2")
            .arg(sizeText(facts.symbolBytes), sizeText(facts.debugBytes));
    }
    if (facts.symbolBytes > 0) {
        return PreviewFactsModel::tr("no: symbols %1").arg(sizeText(facts.symbolBytes));
    }
    return facts.debugBytes > 0 ? PreviewFactsModel::tr("of symbols; for debuggers %1")
                                      .arg(sizeText(facts.debugBytes))
                                : PreviewFactsModel::tr("yes");
}

PreviewFactsModel::PreviewFactsModel(QObject *parent)
    : CellGroups(parent)
    , m_columns({{"name", tr("What")}, {"value", tr("Value")}, {"size", tr("Size"), {}, true}})
{}

void PreviewFactsModel::clear()
{
    beginResetModel();
    m_groups.clear();
    m_openGroups = 0;
    endResetModel();
}

void PreviewFactsModel::setPreview(const Preview &preview, qint64 now)
{
    beginResetModel();
    m_groups.clear();
    if (preview.elf) {
        addProgram(preview);
        addSections(preview.sections);
    }
    for (const Certificate &certificate : preview.certificates) {
        addCertificate(certificate, now);
    }
    if (preview.archive) {
        addArchive(*preview.archive);
    }
    m_openGroups = preview.certificates.size() > 1 ? 0 : static_cast<int>(m_groups.size());
    endResetModel();
}

void PreviewFactsModel::addProgram(const Preview &preview)
{
    const ElfFacts &facts = *preview.elf;
    Group program{tr("Program"), programWords(facts)};
    const auto add = [&program](const QString &name, const std::string &value) {
        if (!value.empty()) {
            program.facts.push_back({name, shown(value), std::nullopt, true});
        }
    };
    program.facts.push_back({tr("Machine"), machineWords(facts.machine)});
    program.facts.push_back({tr("Kind"), kindWords(facts)});
    program.facts.push_back({tr("Words"),
                             facts.isLittleEndian
                                 ? tr("%1 bit, little endian").arg(facts.is64 ? 64 : 32)
                                 : tr("%1 bit, big endian").arg(facts.is64 ? 64 : 32)});
    program.facts.push_back(
        {tr("Linked"),
         facts.isDynamic ? tr("dynamically") : tr("statically: it needs no library")});
    add(tr("Interpreter"), facts.interpreter);
    add(tr("Own name"), facts.soname);
    add(tr("Runpath"), facts.runpath);
    add(tr("Rpath"), facts.rpath);
    program.facts.push_back({tr("Stripped"), strippedWords(facts)});
    if (facts.isGo) {
        program.facts.push_back({tr("Made by"), tr("the Go toolchain")});
    }
    m_groups.push_back(std::move(program));
    if (facts.needed.empty()) {
        return;
    }
    Group libraries{tr("Needed libraries"), numberText(facts.needed.size())};
    for (const std::string &name : facts.needed) {
        libraries.facts.push_back({shown(name), {}, std::nullopt, true});
    }
    m_groups.push_back(std::move(libraries));
}

void PreviewFactsModel::addSections(const std::vector<ElfSection> &sections)
{
    if (sections.empty()) {
        return;
    }
    Group group{tr("Sections"), numberText(sections.size())};
    for (const ElfSection &section : sections) {
        QString value = section.isLoaded ? tr("loaded") : tr("not loaded");
        if (!section.isStored) {
            value = tr("zeros, not stored");
        }
        group.facts.push_back({section.name.empty() ? tr("(no name)") : shown(section.name),
                               value,
                               section.bytes,
                               true,
                               !section.isLoaded});
    }
    m_groups.push_back(std::move(group));
}

void PreviewFactsModel::addCertificate(const Certificate &certificate, qint64 now)
{
    const bool isOver = certificate.validUntil && *certificate.validUntil < now;
    const bool isEarly = certificate.validFrom && *certificate.validFrom > now;
    const QString until = dateText(certificate.validUntil);
    Group group{shown(certificate.subject),
                isOver    ? tr("⚠ expired %1").arg(until)
                : isEarly ? tr("⚠ not valid before %1").arg(dateText(certificate.validFrom))
                          : tr("valid until %1").arg(until)};
    group.facts.push_back(
        {tr("Issuer"), certificate.isSelfIssued ? tr("itself") : shown(certificate.issuer)});
    group.facts.push_back(
        {tr("Valid"), tr("%1 to %2").arg(dateText(certificate.validFrom), until)});
    for (const std::string &name : certificate.names) {
        group.facts.push_back({tr("Name"), shown(name), std::nullopt, true});
    }
    group.facts.push_back({tr("May issue others"), certificate.isAuthority ? tr("yes") : tr("no")});
    group.facts.push_back({tr("Key"), shown(certificate.key)});
    group.facts.push_back({tr("Signature"), shown(certificate.signature)});
    group.facts.push_back({tr("Serial number"), shown(certificate.serial), std::nullopt, true});
    group.facts.push_back({tr("SHA-256"), shown(certificate.sha256), std::nullopt, true});
    m_groups.push_back(std::move(group));
}

void PreviewFactsModel::addArchive(const ArchiveListing &archive)
{
    const quint64 count = archive.members.size();
    QString words = archive.isWhole ? tr("%1 members").arg(numberText(count))
                                    : tr("the first %1 members").arg(numberText(count));
    if (!archive.problem.empty()) {
        words += tr("; ⚠ %1").arg(shown(archive.problem));
    }
    Group group{tr("Archive (%1)").arg(shown(archive.format)), words};
    for (const ArchiveMember &member : archive.members) {
        const bool isFile = member.type == EntryType::File;
        QString value = isFile ? QString() : typeText(member.type);
        if (!member.target.empty()) {
            value += QStringLiteral(" → ") + shown(member.target);
        }
        group.facts.push_back({shown(member.name),
                               value,
                               isFile ? std::optional<quint64>(member.size) : std::nullopt,
                               true,
                               !isFile});
    }
    m_groups.push_back(std::move(group));
}

Cell PreviewFactsModel::cell(Row row, int column) const
{
    const Group &group = m_groups[static_cast<std::size_t>(row.group)];
    if (row.isGroup()) {
        if (column == SizeColumn) {
            return {};
        }
        return {.text = column == NameColumn ? group.title : group.value,
                .bold = column == NameColumn};
    }
    const Fact &fact = group.facts[static_cast<std::size_t>(row.item)];
    switch (column) {
    case NameColumn: {
        const bool isItself = fact.isFixed && (fact.bytes || fact.value.isEmpty());
        return {.text = fact.name, .muted = fact.isMuted, .fixed = isItself};
    }
    case ValueColumn:
        return {.text = fact.value,
                .muted = fact.isMuted || fact.bytes,
                .fixed = fact.isFixed && !fact.bytes};
    case SizeColumn:
        return {.text = fact.bytes ? sizeText(*fact.bytes) : QString(),
                .raw = fact.bytes ? QVariant(*fact.bytes) : QVariant::fromValue(nullptr),
                .toolTip = fact.bytes ? exactBytes(*fact.bytes) : QString(),
                .right = true};
    default: return {};
    }
}

QVariant PreviewFactsModel::rowData(Row /*row*/, int /*role*/) const
{
    return {};
}

} // namespace cutaway
