// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/jobs/background.h"
#include "ui/treemap/painting.h"

#include <QByteArray>
#include <QObject>
#include <QSize>

#include <functional>
#include <memory>

namespace cutaway {

/// What shall be drawn, and how.
struct TreemapWish
{
    InspectionPtr inspection;
    ViewSpec spec = {};
    bool isHidden = false; ///< the bytes that later layers hide, instead of `spec`
    treemap::ColourBy by = treemap::ColourBy::Layer;
    NodeId root = kRoot; ///< the directory that fills it; where it weighs nothing, one above
    treemap::Look look = {};
    QSize size = {}; ///< logical pixels
    double pixelRatio = 1.0;
};

/// Makes treemaps in the background: the sizes of a million files, their cells, and the picture of
/// them. While one is made, of further wishes the newest is kept.
class TreemapLoader : public QObject
{
    Q_OBJECT

public:
    using MapPtr = std::shared_ptr<const treemap::Map>;

    explicit TreemapLoader(QObject *parent = nullptr);

    void load(const TreemapWish &wish);
    /// A picture with a heading and the meaning of the colours, as a file's bytes; PNG is twice as
    /// large as `wish.size`.
    void draw(const TreemapWish &wish,
              bool asSvg,
              const QString &heading,
              const std::function<void(const QByteArray &)> &done);
    void cancel();

signals:
    void loaded(const cutaway::TreemapLoader::MapPtr &map);

private:
    void start(const TreemapWish &wish);

    Background m_background;
    std::shared_ptr<const treemap::Scene> m_scene; ///< of the last map
    qint64 m_palette = 0;                          ///< that its colours are from
    std::unique_ptr<TreemapWish> m_next;
};

} // namespace cutaway
