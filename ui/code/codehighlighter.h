// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/coderows.h"

#include <QPalette>
#include <QSyntaxHighlighter>

namespace cutaway {

/// Paints the tokens that the core found: it looks them up, row by row, and reads no text.
class CodeHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// `rows` are those of the document's blocks, and must outlive it.
    CodeHighlighter(QTextDocument &document, const std::vector<CodeRow> &rows);

    /// The colours for another palette.
    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    QTextCharFormat formatOf(Token::Kind kind) const;

    const std::vector<CodeRow> &m_rows;
    QPalette m_palette;
};

/// The ground of a row with that mark; invalid for none.
[[nodiscard]] QColor groundOf(CodeRow::Mark mark, const QPalette &palette);
/// The sign of the mark, "+", "−", "~"; a blank for none.
[[nodiscard]] QString signOf(CodeRow::Mark mark);

} // namespace cutaway
