// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/filterregex.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cutaway {

Result<TextTest> compileRegex(std::string_view pattern)
{
    const QString text = QString::fromUtf8(pattern.data(), static_cast<qsizetype>(pattern.size()));
    const bool hasCapital =
        std::ranges::any_of(pattern, [](char c) { return c >= 'A' && c <= 'Z'; });
    const QRegularExpression expression(text,
                                        hasCapital ? QRegularExpression::NoPatternOption
                                                   : QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid()) {
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate("cutaway", "The expression is not valid: %1, at %2.")
                .arg(expression.errorString())
                .arg(expression.patternErrorOffset() + 1)
                .toStdString());
    }
    return [expression](std::string_view name) {
        return expression.match(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))
            .hasMatch();
    };
}

} // namespace cutaway
