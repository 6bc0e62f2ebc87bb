// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/coderows.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <vector>

namespace cutaway {

class CodeHighlighter;

/// Text or bytes to be read: fixed letters, a margin with line numbers or offsets, tokens coloured,
/// changed rows on coloured ground with their sign in the margin. Long texts are filled in a slice
/// at a time, so that the window goes on answering.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);
    ~CodeView() override;

    /// Shows these rows from the start, or where it was when they are more of the same.
    void setRows(std::vector<CodeRow> rows, bool keepsPlace = false);
    const std::vector<CodeRow> &rows() const { return m_rows; }
    /// Whether text can be marked and copied.
    void setCanCopy(bool can);
    /// Brings a row into the middle.
    void showRowAt(int row);

signals:
    void filled(); ///< all rows are in

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Margin;
    friend class Margin;

    void fillSome();
    void layOut();
    int marginWidth() const;
    void paintMargin(QPainter &painter, const QRect &area) const;
    /// Calls `visit(row, rectangle)` for the rows in sight.
    template<typename Visit>
    void forRowsIn(const QRect &area, Visit visit) const;

    std::vector<CodeRow> m_rows;
    CodeHighlighter *m_highlighter = nullptr;
    Margin *m_margin = nullptr;
    QTimer m_filling;
    std::size_t m_filled = 0; ///< rows that are in the document
    int m_place = 0;          ///< of the scroll bar, to go back to
    qsizetype m_labelLetters = 0;
    bool m_hasMarks = false;
};

} // namespace cutaway
