// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/strata/layerlabel.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace cutaway {

/// A layer of one image, or of both; what is -1 is not there.
struct StrataJoin
{
    enum class Kind { Shared, Moved, Rebuilt, Alone };
    Kind kind = Kind::Alone;
    int before = -1;
    int after = -1;
    QString spoken; ///< for screen readers
};

namespace strata {

/// Bands of two images side by side, on one scale and on one ground: the larger fills the height.
struct PairLayout
{
    std::vector<Band> before;
    std::vector<Band> after;
};
PairLayout layOutPair(std::span<const LayerShare> before,
                      std::span<const LayerShare> after,
                      const QRectF &area,
                      double between,
                      const Measures &measures);

} // namespace strata

/// Paints the strata of two images next to one another, what they share joined, and lets a layer be
/// chosen by mouse and keyboard.
class StrataPairView : public QWidget
{
    Q_OBJECT

public:
    explicit StrataPairView(QWidget *parent = nullptr);

    /// `shared`: so many layers from the bottom up are the same.
    void set(std::vector<StrataLayer> before,
             std::vector<StrataLayer> after,
             std::vector<StrataJoin> joins,
             int shared);
    int selected() const { return m_selected; }
    void setSelected(int join); ///< -1 = none

    QSize sizeHint() const override;

signals:
    void joinChosen(int join); ///< -1: none any more

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void choose(int join);
    int joinAt(const QPointF &point, bool *isBefore = nullptr) const;
    QColor colorOf(const StrataJoin &join) const;
    void paintJoin(QPainter &painter, const StrataJoin &join) const;
    void paintBand(QPainter &painter,
                   const StrataLayer &layer,
                   const strata::Band &band,
                   const QColor &fill) const;
    strata::Measures measures() const;
    int captionHeight() const;

    std::vector<StrataLayer> m_before;
    std::vector<StrataLayer> m_after;
    std::vector<StrataJoin> m_joins;
    strata::PairLayout m_layout;
    int m_shared = 0;
    int m_selected = -1;
};

} // namespace cutaway
