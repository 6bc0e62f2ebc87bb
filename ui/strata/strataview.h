// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/strata/layerlabel.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace cutaway {

/// Paints the strata and lets a layer be chosen by mouse and keyboard.
class StrataView : public QWidget
{
    Q_OBJECT

public:
    explicit StrataView(QWidget *parent = nullptr);

    void setLayers(std::vector<StrataLayer> layers, int baseLayers);
    void setSelected(int layer); ///< -1 = none
    int selected() const { return m_selected; }
    const std::vector<strata::Band> &bands() const { return m_bands; }
    /// Paints the drawing into `area` of any device, selection and focus left out.
    void render(QPainter &painter, const QRectF &area) const;

    QSize sizeHint() const override;

signals:
    void layerChosen(int layer);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void choose(int layer);
    void paintBand(QPainter &painter, int layer, const strata::Band &band) const;
    std::vector<strata::LayerShare> shares() const;
    strata::Measures measures() const;

    std::vector<StrataLayer> m_layers;
    std::vector<strata::Band> m_bands;
    int m_baseLayers = 0;
    int m_selected = -1;
    int m_hovered = -1;
};

} // namespace cutaway
