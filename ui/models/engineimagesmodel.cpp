// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/engineimagesmodel.h"

#include "core/base/text.h"
#include "ui/models/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cutaway {

QString ageText(std::int64_t seconds)
{
    struct Unit
    {
        std::int64_t seconds;
        std::string_view one;
        std::string_view many;
    };
    constexpr std::int64_t kDay = 24LL * 60 * 60;
    static constexpr std::array kUnits = {
        Unit{365 * kDay, "year", "years"},
        Unit{30 * kDay, "month", "months"},
        Unit{7 * kDay, "week", "weeks"},
        Unit{kDay, "day", "days"},
        Unit{60LL * 60, "hour", "hours"},
        Unit{60, "minute", "minutes"},
    };
    for (const Unit &unit : kUnits) {
        // "11 days" says more than "1 week".
        if (seconds >= unit.seconds * (unit.seconds > kDay ? 2 : 1)) {
            const auto count = static_cast<std::uint64_t>(seconds / unit.seconds);
            return QCoreApplication::translate("cutaway::EngineImagesModel", "%1 ago")
                .arg(QString::fromStdString(formatCount(count, unit.one, unit.many)));
        }
    }
    return QCoreApplication::translate("cutaway::EngineImagesModel", "just now");
}

void EngineImagesModel::clear()
{
    beginResetModel();
    m_images.clear();
    m_rows.clear();
    m_largest = 0;
    endResetModel();
}

void EngineImagesModel::add(const EngineListing &listing)
{
    beginResetModel();
    for (const EngineImage &image : listing.images) {
        for (std::size_t tag = 0; tag < std::max<std::size_t>(image.tags.size(), 1); ++tag) {
            m_rows.push_back({listing.kind, m_images.size(), tag});
        }
        m_largest = std::max<quint64>(m_largest, image.size);
        m_images.push_back(image);
    }
    endResetModel();
}

QString EngineImagesModel::reference(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return {};
    }
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    return QString::fromStdString(engineReference(row.kind, m_images[row.image], row.tag));
}

const std::vector<Column> &EngineImagesModel::columns() const
{
    static const std::vector<Column> kColumns = {
        {"name", tr("Name"), tr("Image and tag; an image with several has a line for each")},
        {"engine", tr("Engine"), tr("Who holds it")},
        {"created", tr("Created"), tr("When it was built, as its engine says"), true},
        {"size", tr("Size"), tr("By the engine's own count, unpacked as a rule"), true},
        {"id", tr("Image ID"), tr("The same ID: the same image under another name")},
    };
    return kColumns;
}

Cell EngineImagesModel::cell(int row, int column) const
{
    const Row &place = m_rows[static_cast<std::size_t>(row)];
    const EngineImage &image = m_images[place.image];
    switch (static_cast<EngineColumn>(column)) {
    case EngineColumn::Name:
        return place.tag < image.tags.size()
                   ? Cell{.text = shown(image.tags[place.tag]), .elide = Qt::ElideMiddle}
                   : Cell{.text = tr("(no name)"), .muted = true};
    case EngineColumn::Engine: return {.text = shown(engineName(place.kind)), .muted = true};
    case EngineColumn::Created:
        return image.created == 0 ? Cell{.text = QStringLiteral("–"),
                                         .raw = QVariant::fromValue<qlonglong>(0),
                                         .right = true,
                                         .muted = true}
                                  : Cell{.text = ageText(m_now - image.created),
                                         .raw = QVariant::fromValue<qlonglong>(image.created),
                                         .toolTip = timeText(image.created),
                                         .right = true};
    case EngineColumn::Size:
        return {.text = sizeText(image.size),
                .raw = QVariant::fromValue<quint64>(image.size),
                .toolTip = exactBytes(image.size),
                .total = m_largest};
    case EngineColumn::Id:
        return {.text = shown(shortId(image)),
                .raw = shown(image.id),
                .toolTip = shown(image.id),
                .muted = true,
                .fixed = true};
    }
    return {};
}

QVariant EngineImagesModel::rowData(int /*row*/, int /*role*/) const
{
    return {};
}

} // namespace cutaway
