// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/treemap/treemapwords.h"

#include "ui/models/packagelist.h"
#include "ui/models/text.h"
#include "ui/treemap/filetype.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace cutaway {

namespace {

using treemap::Category;
using treemap::Cell;
using treemap::FileType;

constexpr qsizetype kPath = 1000;      ///< characters of one that anybody would read
constexpr qsizetype kInstruction = 60; ///< characters of it that a line has room for

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::TreemapWords", text);
}

QString cut(const QString &text, qsizetype length)
{
    return text.size() > length ? text.left(length - 1) + QStringLiteral("…") : text;
}

QString typeName(FileType type)
{
    switch (type) {
    case FileType::Program: return tr("program or library");
    case FileType::Source: return tr("script or source");
    case FileType::Compiled: return tr("compiled code");
    case FileType::Archive: return tr("archive");
    case FileType::Data: return tr("data or configuration");
    case FileType::Media: return tr("picture, sound or font");
    case FileType::Document: return tr("document");
    case FileType::Other: break;
    }
    return tr("other file");
}

QString typeTitle(FileType type)
{
    switch (type) {
    case FileType::Program: return tr("Programs and libraries");
    case FileType::Source: return tr("Scripts and source");
    case FileType::Compiled: return tr("Compiled code");
    case FileType::Archive: return tr("Archives");
    case FileType::Data: return tr("Data and configuration");
    case FileType::Media: return tr("Pictures, sound, fonts");
    case FileType::Document: return tr("Documents");
    case FileType::Other: break;
    }
    return tr("Other files");
}

QString hidingWord(Cause cause)
{
    switch (cause) {
    case Cause::MetadataCopy: return tr("copied later");
    case Cause::DeletedFile: return tr("deleted later");
    default: return tr("overwritten later");
    }
}

QString hidingTitle(Cause cause)
{
    switch (cause) {
    case Cause::MetadataCopy: return tr("◇ Copied again to change metadata");
    case Cause::DeletedFile: return tr("− Deleted later");
    default: return tr("~ Overwritten later");
    }
}

QString changeTitle(Change change)
{
    QString word = changeWord(change);
    word.replace(0, 1, word.left(1).toUpper());
    const QString sign = changeSign(change);
    return sign.isEmpty() ? word : sign + QLatin1Char(' ') + word;
}

/// "layer 3: RUN apt-get …"
QString layerText(std::uint32_t layer, const std::vector<QString> &instructions)
{
    const QString name = tr("layer %1").arg(layer);
    const QString instruction = layer < instructions.size() ? instructions[layer] : QString();
    return instruction.isEmpty() ? name
                                 : name + QStringLiteral(": ") + cut(instruction, kInstruction);
}

QString capital(QString text)
{
    return text.replace(0, 1, text.left(1).toUpper());
}

QString shareText(std::uint64_t part, std::uint64_t whole)
{
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return percent < 0.1
               ? tr("under 0.1 %")
               : QLocale().toString(percent, 'f', percent < 99.95 ? 1 : 0) + QStringLiteral(" %");
}

/// What a file of the view is beyond its bytes.
QStringList fileFacts(const Inspection &inspection,
                      const std::vector<QString> &instructions,
                      const treemap::Scene &scene,
                      NodeId node)
{
    const treemap::Subject &subject = *scene.subject;
    const PathTree &tree = *subject.tree;
    const EntryId id = subject.entries[node];
    QStringList facts;
    if (subject.isHidden) {
        const PathTree::Fate fate = tree.byteFate(id);
        facts << tr("hidden by layer %1 (%2)").arg(fate.hiddenBy).arg(causeTitle(fate.cause));
    } else if (const Change change = treemap::changeOf(subject, node);
               change != Change::Unmodified) {
        facts << changeSign(change) + QLatin1Char(' ') + changeWord(change);
    }
    const EntryId content = tree.content(id);
    facts << layerText(tree.entry(content == kNone ? id : content).layer, instructions);
    facts << typeName(treemap::fileType(tree.name(node), tree.entry(id)));
    if (inspection.packages) {
        const QString owners = ownersOf(*inspection.packages, node, false);
        facts << (owners.isEmpty() ? tr("of no package") : tr("package %1").arg(cut(owners, 80)));
    }
    return facts;
}

} // namespace

void nameCategories(const Inspection &inspection, treemap::Colouring &colouring)
{
    const std::vector<QString> instructions = layerInstructions(*inspection.image);
    for (Category &category : colouring.categories) {
        switch (category.kind) {
        case Category::Kind::Layer:
            category.name = tr("layer %1").arg(category.id);
            category.title = capital(layerText(category.id, instructions));
            break;
        case Category::Kind::Change:
            category.name = changeWord(static_cast<Change>(category.id));
            category.title = changeTitle(static_cast<Change>(category.id));
            break;
        case Category::Kind::Cause:
            category.name = hidingWord(static_cast<Cause>(category.id));
            category.title = hidingTitle(static_cast<Cause>(category.id));
            break;
        case Category::Kind::Type:
            category.name = typeName(static_cast<FileType>(category.id));
            category.title = typeTitle(static_cast<FileType>(category.id));
            break;
        case Category::Kind::Package:
            category.name =
                cut(shown(inspection.packages->list[category.id].record.name), kInstruction);
            category.title = category.name;
            break;
        case Category::Kind::OtherPackages:
            category.name = tr("another package");
            category.title = tr("Other packages");
            break;
        case Category::Kind::NoPackage:
            category.name = tr("no package");
            category.title = tr("Of no package");
            break;
        }
    }
}

CellWords describe(const Inspection &inspection,
                   const std::vector<QString> &instructions,
                   const treemap::Map &map,
                   const Cell &cell)
{
    const treemap::Subject &subject = *map.scene->subject;
    const PathTree &tree = *subject.tree;
    const QString path = cut(shown(tree.path(cell.node)), kPath);
    const bool isRest = cell.kind == Cell::Kind::Rest;
    QStringList facts = {sizeText(cell.bytes) + QStringLiteral(" (") + exactBytes(cell.bytes)
                         + QLatin1Char(')')};
    const Cell &root = map.layout.cell(0);
    if (cell.node != root.node || isRest) {
        facts << tr("%1 of %2")
                     .arg(shareText(cell.bytes, root.bytes),
                          cut(shown(tree.path(root.node)), kInstruction));
    }
    if (cell.kind == Cell::Kind::File) {
        facts << fileFacts(inspection, instructions, *map.scene, cell.node);
    } else {
        facts << tr("largest in it: %1 (%2)")
                     .arg(cut(shown(tree.name(cell.lead)), kInstruction),
                          map.scene->categoryOf(cell).name);
    }
    return {isRest ? tr("%1 smaller ones in %2").arg(numberText(cell.count), path) : path,
            facts.join(QStringLiteral(" · "))};
}

QString subjectTitle(const treemap::Subject &subject)
{
    if (subject.isHidden) {
        return tr("Shipped, and hidden by later layers");
    }
    switch (subject.spec.kind) {
    case ViewSpec::Kind::Final: break;
    case ViewSpec::Kind::At: return tr("Files after layer %1").arg(subject.spec.layer);
    case ViewSpec::Kind::Layer: return tr("Changes of layer %1").arg(subject.spec.layer);
    }
    return tr("Files as a container sees them");
}

QString colouredBy(treemap::ColourBy by)
{
    switch (by) {
    case treemap::ColourBy::Layer: return tr("coloured by layer");
    case treemap::ColourBy::Change: return tr("coloured by change");
    case treemap::ColourBy::Type: return tr("coloured by file type");
    case treemap::ColourBy::Package: break;
    }
    return tr("coloured by package");
}

} // namespace cutaway
