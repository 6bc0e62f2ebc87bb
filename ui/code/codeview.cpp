// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/code/codeview.h"

#include "ui/code/codehighlighter.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// Put in at once; the rest follows in the turns of the event loop after that. Long rows with many
/// tokens take their time.
constexpr std::size_t kSliceRows = 1000;
constexpr qsizetype kSliceLetters = 16'000;
constexpr int kTabLetters = 4;

} // namespace

/// The strip at the left, as high as the text.
class CodeView::Margin : public QWidget
{
public:
    explicit Margin(CodeView &view)
        : QWidget(&view)
        , m_view(view)
    {}

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(this);
        m_view.paintMargin(painter, event->rect());
    }

private:
    CodeView &m_view;
};

CodeView::CodeView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new CodeHighlighter(*document(), m_rows))
    , m_margin(new Margin(*this))
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(theme::fixedFont(font()));
    setTabStopDistance(kTabLetters * fontMetrics().horizontalAdvance(QLatin1Char(' ')));
    setCanCopy(true);
    m_highlighter->setPalette(palette());
    m_filling.setInterval(0);
    connect(&m_filling, &QTimer::timeout, this, &CodeView::fillSome);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &area, int scrolled) {
        if (scrolled != 0) {
            m_margin->scroll(0, scrolled);
        } else {
            m_margin->update(0, area.y(), m_margin->width(), area.height());
        }
    });
}

CodeView::~CodeView() = default;

void CodeView::setCanCopy(bool can)
{
    setTextInteractionFlags(can ? Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard
                                : Qt::NoTextInteraction);
    setFocusPolicy(Qt::StrongFocus); // to be scrolled through in either case
}

void CodeView::setRows(std::vector<CodeRow> rows, bool keepsPlace)
{
    m_filling.stop();
    m_place = keepsPlace ? verticalScrollBar()->value() : 0;
    m_rows.clear();
    clear();
    m_rows = std::move(rows);
    m_filled = 0;
    m_labelLetters = 0;
    m_hasMarks = false;
    for (const CodeRow &row : m_rows) {
        m_labelLetters = std::max(m_labelLetters, static_cast<qsizetype>(row.label.size()));
        m_hasMarks = m_hasMarks || row.mark != CodeRow::Mark::None;
    }
    layOut();
    fillSome();
    if (m_filled < m_rows.size()) {
        m_filling.start();
    }
}

void CodeView::fillSome()
{
    QString text;
    std::size_t until = m_filled;
    const std::size_t last = std::min(m_rows.size(), m_filled + kSliceRows);
    for (; until < last && text.size() < kSliceLetters; ++until) {
        text += until == 0 ? QString() : QStringLiteral("\n");
        text += QString::fromStdString(m_rows[until].text);
    }
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    m_filled = until;
    end.insertText(text);
    if (m_place > 0) {
        verticalScrollBar()->setValue(m_place);
    }
    if (m_filled == m_rows.size()) {
        m_filling.stop();
        emit filled();
    }
}

void CodeView::showRowAt(int row)
{
    verticalScrollBar()->setValue(row - viewport()->height() / (2 * fontMetrics().lineSpacing()));
}

int CodeView::marginWidth() const
{
    const int letter = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const int letters = static_cast<int>(m_labelLetters) + (m_hasMarks ? 2 : 0);
    return letters == 0 ? 0 : letters * letter + 2 * theme::kPadding;
}

void CodeView::layOut()
{
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect inner = contentsRect();
    m_margin->setGeometry(inner.left(), inner.top(), marginWidth(), viewport()->height());
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOut();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter != nullptr) {
        m_highlighter->setPalette(palette());
    }
}

template<typename Visit>
void CodeView::forRowsIn(const QRect &area, Visit visit) const
{
    QTextBlock block = firstVisibleBlock();
    QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && place.top() <= area.bottom()) {
        const auto index = static_cast<std::size_t>(block.blockNumber());
        if (place.bottom() >= area.top() && index < m_rows.size()) {
            visit(m_rows[index], place);
        }
        block = block.next();
        place =
            QRectF(place.left(), place.bottom(), place.width(), blockBoundingRect(block).height());
    }
}

void CodeView::paintEvent(QPaintEvent *event)
{
    if (m_hasMarks) {
        QPainter painter(viewport());
        forRowsIn(event->rect(), [&](const CodeRow &row, const QRectF &place) {
            const QRectF whole(0, place.top(), viewport()->width(), place.height());
            if (row.mark == CodeRow::Mark::Filler) {
                painter.fillRect(whole, palette().color(QPalette::AlternateBase));
                theme::paintHatching(painter, whole, palette().color(QPalette::Mid));
            } else if (const QColor ground = groundOf(row.mark, palette()); ground.isValid()) {
                painter.fillRect(whole, ground);
            }
        });
    }
    QPlainTextEdit::paintEvent(event);
}

void CodeView::paintMargin(QPainter &painter, const QRect &area) const
{
    painter.fillRect(area, palette().color(QPalette::Window));
    painter.setFont(font());
    const int letter = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    forRowsIn(area, [&](const CodeRow &row, const QRectF &place) {
        // Level with the text, which stands at the top of what may be a higher block.
        QRectF cell(0,
                    place.top(),
                    m_margin->width() - theme::kPadding,
                    static_cast<double>(fontMetrics().height()));
        if (const QColor ground = groundOf(row.mark, palette()); ground.isValid()) {
            painter.fillRect(QRectF(0, place.top(), m_margin->width(), place.height()), ground);
        }
        painter.setPen(theme::color(theme::Role::Muted, palette()));
        if (m_hasMarks) {
            painter.setPen(palette().color(QPalette::Text));
            painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter, signOf(row.mark));
            cell.setRight(cell.right() - 2 * letter);
            painter.setPen(theme::color(theme::Role::Muted, palette()));
        }
        painter.drawText(
            cell, Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(row.label));
    });
}

} // namespace cutaway
