// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/place.h"

#include <QList>
#include <QObject>

namespace cutaway {

/// The one selection that every panel shows and sets: a place in the image, and the places before
/// it. A panel that is told of a place it set itself finds nothing to change; so no panel needs to
/// know who moved the selection.
class Selection : public QObject
{
    Q_OBJECT

public:
    explicit Selection(QObject *parent = nullptr);

    const Place &place() const { return m_places[m_at]; }
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }

    /// Goes to a place; the one before can be gone back to. The same place again is nothing.
    void setPlace(const Place &place);
    /// Chooses a layer (nothing = none). From the final view this leads to the layer's own changes,
    /// since that is what a chosen layer is asked for.
    void selectLayer(std::optional<LayerIndex> layer);
    /// Chooses a path (absolute raw bytes; empty = none), and leaves layer and view as they are.
    void selectPath(const QByteArray &path);
    /// Chooses a view. One of a layer needs a layer: where none is chosen, `otherwise` is.
    void selectView(ViewSpec::Kind view, std::optional<LayerIndex> otherwise = std::nullopt);
    /// Forgets all places: another image.
    void reset(const Place &place = {});

public slots:
    void back();
    void forward();

signals:
    void placeChanged(const Place &place, const Place &before);
    void historyChanged();

private:
    void move(qsizetype at);

    QList<Place> m_places;
    qsizetype m_at = 0;
};

} // namespace cutaway
