// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/document/selection.h"

#include <utility>

namespace cutaway {

namespace {

constexpr qsizetype kPlaces = 500;

void forgetFinding(Place &place)
{
    place.finding.clear();
    place.step.reset();
    place.field.clear();
}

} // namespace

Selection::Selection(QObject *parent)
    : QObject(parent)
    , m_places{Place{}}
{}

void Selection::setPlace(const Place &place)
{
    if (place == m_places[m_at]) {
        return;
    }
    const Place before = m_places[m_at];
    m_places.resize(m_at + 1);
    m_places.append(place);
    if (m_places.size() > kPlaces) {
        m_places.removeFirst();
    }
    m_at = m_places.size() - 1;
    emit placeChanged(m_places[m_at], before);
    emit historyChanged();
}

void Selection::selectLayer(std::optional<LayerIndex> layer)
{
    Place next = place();
    next.layer = layer;
    forgetFinding(next);
    if (!layer) {
        next.view = ViewSpec::Kind::Final;
    } else if (next.view == ViewSpec::Kind::Final) {
        next.view = ViewSpec::Kind::Layer;
    }
    setPlace(next);
}

void Selection::selectPath(const QByteArray &path)
{
    Place next = place();
    next.path = path;
    forgetFinding(next);
    setPlace(next);
}

void Selection::selectView(ViewSpec::Kind view, std::optional<LayerIndex> otherwise)
{
    Place next = place();
    next.view = view;
    if (view != ViewSpec::Kind::Final && !next.layer) {
        next.layer = otherwise;
    }
    setPlace(next);
}

void Selection::reset(const Place &place)
{
    const Place before = std::exchange(m_places, {place})[m_at];
    m_at = 0;
    if (place != before) {
        emit placeChanged(m_places[0], before);
    }
    emit historyChanged();
}

void Selection::back()
{
    if (canGoBack()) {
        move(m_at - 1);
    }
}

void Selection::forward()
{
    if (canGoForward()) {
        move(m_at + 1);
    }
}

void Selection::move(qsizetype at)
{
    const Place before = m_places[m_at];
    m_at = at;
    emit placeChanged(m_places[m_at], before);
    emit historyChanged();
}

} // namespace cutaway
