// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/code/codehighlighter.h"

#include "ui/theme/theme.h"

#include <QTextDocument>

namespace cutaway {

namespace {

constexpr float kRowGround = 0.14F; ///< how much of its colour the ground of a changed row has
constexpr float kPartGround = 0.34F;

QColor blended(const QColor &ground, const QColor &ink, float share)
{
    return QColor::fromRgbF(ground.redF() + (ink.redF() - ground.redF()) * share,
                            ground.greenF() + (ink.greenF() - ground.greenF()) * share,
                            ground.blueF() + (ink.blueF() - ground.blueF()) * share);
}

std::optional<theme::Role> roleOf(CodeRow::Mark mark)
{
    switch (mark) {
    case CodeRow::Mark::Changed: return theme::Role::Modified;
    case CodeRow::Mark::Removed: return theme::Role::Removed;
    case CodeRow::Mark::Added: return theme::Role::Added;
    case CodeRow::Mark::None:
    case CodeRow::Mark::Filler: break;
    }
    return std::nullopt;
}

/// Places in UTF-8 as places in UTF-16.
class Places
{
public:
    Places(const std::string &bytes, const QString &text)
        : m_bytes(bytes)
        , m_isPlain(static_cast<qsizetype>(bytes.size()) == text.size())
    {}

    int at(std::uint32_t byte)
    {
        if (m_isPlain) {
            return static_cast<int>(byte);
        }
        if (byte < m_byte) {
            m_byte = 0;
            m_unit = 0;
        }
        for (; m_byte < byte && m_byte < m_bytes.size(); ++m_byte) {
            const auto value = static_cast<unsigned char>(m_bytes[m_byte]);
            const bool beginsLetter = (value & 0xc0U) != 0x80;
            m_unit += beginsLetter ? (value >= 0xf0 ? 2 : 1) : 0;
        }
        return m_unit;
    }

private:
    const std::string &m_bytes;
    bool m_isPlain;
    std::uint32_t m_byte = 0;
    int m_unit = 0;
};

} // namespace

QColor groundOf(CodeRow::Mark mark, const QPalette &palette)
{
    const std::optional<theme::Role> role = roleOf(mark);
    return role ? blended(palette.color(QPalette::Base), theme::color(*role, palette), kRowGround)
                : QColor();
}

QString signOf(CodeRow::Mark mark)
{
    switch (mark) {
    case CodeRow::Mark::Changed: return QStringLiteral("~");
    case CodeRow::Mark::Removed: return QStringLiteral("−");
    case CodeRow::Mark::Added: return QStringLiteral("+");
    case CodeRow::Mark::None:
    case CodeRow::Mark::Filler: break;
    }
    return QStringLiteral(" ");
}

CodeHighlighter::CodeHighlighter(QTextDocument &document, const std::vector<CodeRow> &rows)
    : QSyntaxHighlighter(&document)
    , m_rows(rows)
{}

void CodeHighlighter::setPalette(const QPalette &palette)
{
    if (palette.color(QPalette::Base) != m_palette.color(QPalette::Base)
        || palette.color(QPalette::Text) != m_palette.color(QPalette::Text)) {
        m_palette = palette;
        rehighlight();
    }
}

QTextCharFormat CodeHighlighter::formatOf(Token::Kind kind) const
{
    const auto coloured = [this](theme::Role role) {
        QTextCharFormat format;
        format.setForeground(theme::color(role, m_palette));
        return format;
    };
    switch (kind) {
    case Token::Kind::Comment: {
        QTextCharFormat format = coloured(theme::Role::Muted);
        format.setFontItalic(true);
        return format;
    }
    case Token::Kind::String: return coloured(theme::Role::Added);
    case Token::Kind::Keyword: {
        QTextCharFormat format;
        format.setFontWeight(QFont::Bold);
        return format;
    }
    case Token::Kind::Name: return coloured(theme::Role::Low);
    case Token::Kind::Variable: return coloured(theme::Role::Metadata);
    case Token::Kind::Number: return coloured(theme::Role::Modified);
    }
    return {};
}

void CodeHighlighter::highlightBlock(const QString &text)
{
    const auto index = static_cast<std::size_t>(currentBlock().blockNumber());
    if (index >= m_rows.size()) {
        return;
    }
    const CodeRow &row = m_rows[index];
    Places places(row.text, text);
    for (const Token &token : row.tokens) {
        const int from = places.at(token.at);
        setFormat(from, places.at(token.at + token.length) - from, formatOf(token.kind));
    }
    const auto mark = [&](const std::vector<DiffPart> &parts, const auto &change) {
        for (const DiffPart &part : parts) {
            const int from = places.at(part.at);
            const int to = places.at(part.at + part.length);
            for (int at = from; at < to; ++at) {
                QTextCharFormat one = format(at);
                change(one);
                setFormat(at, 1, one);
            }
        }
    };
    mark(row.escapes, [this](QTextCharFormat &format) {
        format.setForeground(theme::color(theme::Role::Critical, m_palette));
        format.setFontUnderline(true); // told from the same letters in the file
    });
    mark(row.changes, [this, &row](QTextCharFormat &format) {
        if (const auto role = roleOf(row.mark)) {
            format.setBackground(blended(
                m_palette.color(QPalette::Base), theme::color(*role, m_palette), kPartGround));
            format.setForeground(m_palette.color(QPalette::Text));
        }
    });
}

} // namespace cutaway
