// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagsmodel.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace cutaway {

namespace {

constexpr qsizetype kPlatformsInACell = 4;

QString platformText(const Platform &platform)
{
    const QString text = shown(platform.text());
    return text.isEmpty() ? TagsModel::tr("unknown") : text;
}

} // namespace

bool isAttachedTag(const QString &tag)
{
    static const QRegularExpression kAttached(
        QStringLiteral("^sha(256-[0-9a-f]{64}|512-[0-9a-f]{64,128})(\\.[a-z]+)?$"));
    return tag.startsWith(QLatin1String("sha")) && kAttached.match(tag).hasMatch();
}

QString referrerWord(Referrer::Kind kind)
{
    switch (kind) {
    case Referrer::Kind::Signature: return TagsModel::tr("Signature");
    case Referrer::Kind::Sbom: return TagsModel::tr("Bill of materials (SBOM)");
    case Referrer::Kind::Provenance: return TagsModel::tr("Provenance");
    case Referrer::Kind::Attestation: return TagsModel::tr("Attestation");
    case Referrer::Kind::Other: break;
    }
    return TagsModel::tr("Artifact");
}

QString shownDigest(const Digest &digest)
{
    constexpr std::size_t kDigits = 12;
    return digest.isEmpty() ? QString()
                            : QString::fromStdString(std::string(digest.hex().substr(0, kDigits)));
}

QString createdText(const std::string &created)
{
    const QDateTime time = QDateTime::fromString(QString::fromStdString(created), Qt::ISODate);
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                          : shown(created);
}

void TagsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_largest = 0;
    endResetModel();
}

int TagsModel::add(const std::vector<std::string> &tags)
{
    QSet<QByteArray> known;
    for (const Row &row : m_rows) {
        known.insert(QByteArray::fromStdString(row.tag));
    }
    std::vector<Row> fresh;
    for (const std::string &tag : tags) {
        const QByteArray key = QByteArray::fromStdString(tag);
        if (!known.contains(key)) {
            known.insert(key);
            fresh.push_back({.tag = tag, .facts = {}, .image = {}, .problem = {}});
        }
    }
    if (fresh.empty()) {
        return 0;
    }
    const int first = rows();
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    std::ranges::move(fresh, std::back_inserter(m_rows));
    endInsertRows();
    return static_cast<int>(fresh.size());
}

int TagsModel::find(const std::string &tag) const
{
    const auto found = std::ranges::find(m_rows, tag, &Row::tag);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void TagsModel::change(int row)
{
    emit dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void TagsModel::setLooking(int row)
{
    m_rows[static_cast<std::size_t>(row)].isLooking = true;
    change(row);
}

void TagsModel::setFacts(int row, TagOutline facts, std::optional<ImageOutline> image)
{
    Row &mine = m_rows[static_cast<std::size_t>(row)];
    mine.isLooking = false;
    mine.problem.clear();
    mine.facts = std::move(facts);
    mine.image = std::move(image);
    if (mine.image && mine.image->wireSize > m_largest) {
        m_largest = mine.image->wireSize; // every bar gets shorter
        emit dataChanged(index(0, SizeColumn), index(rows() - 1, SizeColumn));
    }
    change(row);
}

void TagsModel::setProblem(int row, const QString &problem)
{
    Row &mine = m_rows[static_cast<std::size_t>(row)];
    mine.isLooking = false;
    mine.problem = problem;
    change(row);
}

const std::vector<Column> &TagsModel::columns() const
{
    static const std::vector<cutaway::Column> kColumns = {
        {.key = "tag",
         .title = tr("Tag"),
         .explanation = tr("A name that can be moved to another image")},
        {.key = "created",
         .title = tr("Created (UTC)"),
         .explanation = tr("When the image says that it was made")},
        {.key = "wireBytes",
         .title = tr("Size"),
         .explanation = tr("Bytes of the layers as they are transferred; of several platforms, "
                           "those of this computer's image"),
         .right = true},
        {.key = "platforms",
         .title = tr("Platforms"),
         .explanation = tr("What the image is there for")},
        {.key = "digest",
         .title = tr("Digest"),
         .explanation = tr("What the tag stands for at this moment")},
    };
    return kColumns;
}

Cell TagsModel::createdCell(const Row &row) const
{
    if (!row.problem.isEmpty()) {
        return {.text = row.problem,
                .icon = icon(QStringLiteral("high"), theme::Role::High),
                .muted = true};
    }
    if (row.isLooking) {
        return {.text = tr("looking …"), .muted = true};
    }
    if (!row.facts) {
        return {};
    }
    if (!row.image || row.image->created.empty()) {
        return {.text = QStringLiteral("–"), .muted = true};
    }
    return {.text = createdText(row.image->created),
            .raw = QString::fromStdString(row.image->created),
            .toolTip = shown(row.image->created)};
}

Cell TagsModel::platformsCell(const Row &row) const
{
    if (!row.facts) {
        return {};
    }
    if (!row.facts->isIndex) {
        const bool isArtifact = row.image && !row.image->artifactType.empty();
        return {.text = isArtifact  ? tr("artifact: %1").arg(shown(row.image->artifactType))
                        : row.image ? platformText(row.image->platform)
                                    : QStringLiteral("–")};
    }
    QStringList all;
    for (const Descriptor &image : row.facts->images) {
        all << platformText(image.platform);
    }
    QString text = all.mid(0, kPlatformsInACell).join(QStringLiteral(", "));
    if (all.size() > kPlatformsInACell) {
        text += tr(" and %1 more").arg(all.size() - kPlatformsInACell);
    }
    return {.text = text, .raw = all.size(), .toolTip = all.join(QLatin1Char('\n'))};
}

Cell TagsModel::cell(int row, int column) const
{
    const Row &mine = m_rows[static_cast<std::size_t>(row)];
    switch (column) {
    case TagColumn: return {.text = shown(mine.tag), .fixed = true};
    case CreatedColumn: return createdCell(mine);
    case SizeColumn:
        if (!mine.image) {
            return {.raw = QVariant::fromValue(quint64{0}), .right = true};
        }
        return {.text = sizeText(mine.image->wireSize),
                .raw = QVariant::fromValue(quint64{mine.image->wireSize}),
                .toolTip = exactBytes(mine.image->wireSize),
                .total = m_largest,
                .right = true};
    case PlatformsColumn: return platformsCell(mine);
    case DigestColumn:
        return mine.facts ? Cell{.text = shownDigest(mine.facts->digest),
                                 .raw = QString::fromStdString(mine.facts->digest.text()),
                                 .toolTip = shown(mine.facts->digest.text()),
                                 .muted = true,
                                 .fixed = true}
                          : Cell{};
    default: return {};
    }
}

QVariant TagsModel::rowData(int row, int role) const
{
    Q_UNUSED(row)
    return role == role::Layer ? QVariant(-1) : QVariant();
}

} // namespace cutaway
