// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/compare/comparedstrata.h"

#include "ui/models/layertexts.h"
#include "ui/models/text.h"

#include <QCoreApplication>

#include <utility>

namespace cutaway {

namespace {

QString signOf(LayerPair::Kind kind)
{
    switch (kind) {
    case LayerPair::Kind::Shared: return QStringLiteral("=");
    case LayerPair::Kind::Moved: return QStringLiteral("↕");
    case LayerPair::Kind::Rebuilt: return QStringLiteral("~");
    case LayerPair::Kind::Removed: return QStringLiteral("−");
    case LayerPair::Kind::Added: return QStringLiteral("+");
    }
    return {};
}

StrataJoin::Kind joinKind(LayerPair::Kind kind)
{
    switch (kind) {
    case LayerPair::Kind::Shared: return StrataJoin::Kind::Shared;
    case LayerPair::Kind::Moved: return StrataJoin::Kind::Moved;
    case LayerPair::Kind::Rebuilt: return StrataJoin::Kind::Rebuilt;
    case LayerPair::Kind::Removed:
    case LayerPair::Kind::Added: break;
    }
    return StrataJoin::Kind::Alone;
}

std::vector<StrataLayer> strataOf(const Inspection &inspection)
{
    std::vector<StrataLayer> layers;
    for (std::size_t i = 0; i < inspection.image->layers.size(); ++i) {
        const LayerNumbers &numbers = inspection.analysis.layers[i];
        layers.push_back({.share = {numbers.fileBytes, numbers.shadowedBytes},
                          .title = layerTitle(*inspection.image, i),
                          .size = sizeText(numbers.fileBytes),
                          .toolTip = layerToolTip(*inspection.image, i, &numbers, nullptr),
                          .spoken = {}});
    }
    return layers;
}

} // namespace

ComparedStrata comparedStrata(const Comparison &comparison)
{
    std::vector<StrataLayer> before = strataOf(*comparison.before);
    std::vector<StrataLayer> after = strataOf(*comparison.after);
    std::vector<StrataJoin> joins;
    for (const LayerPair &pair : comparison.layers.list) {
        StrataJoin join{.kind = joinKind(pair.kind),
                        .before = pair.before ? int{*pair.before} : -1,
                        .after = pair.after ? int{*pair.after} : -1,
                        .spoken = {}};
        QString title;
        for (auto [layers, at] : {std::pair(&before, join.before), std::pair(&after, join.after)}) {
            if (at >= 0) {
                StrataLayer &layer = (*layers)[static_cast<std::size_t>(at)];
                title = layer.title;
                layer.title = signOf(pair.kind) + QLatin1Char(' ') + layer.title;
            }
        }
        join.spoken = QCoreApplication::translate("cutaway::ComparePanel", "%1 layer: %2")
                          .arg(shown(kindName(pair.kind)), title);
        joins.push_back(std::move(join));
    }
    return {std::move(before), std::move(after), std::move(joins)};
}

} // namespace cutaway
