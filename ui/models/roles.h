// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

/// Item models over shared const data, and the roles that all of them share. DisplayRole is for
/// people; what a program needs has a role of its own.
namespace cutaway::role {

enum : int {
    Sort =
        Qt::UserRole, ///< raw value: quint64 bytes, int, QString; also what "Copy as JSON" writes
    Total,            ///< quint64, with Sort in bytes: the whole that a bar is a share of
    Path,             ///< QByteArray, raw absolute path; empty = none
    Layer,            ///< int, -1 = none
    ChangeKind,       ///< int of Change: sign and colour
    SeverityKind,     ///< int of Severity; -1 = none
    Muted,            ///< bool: a secondary fact
    Fixed,            ///< bool: path, digest, command: the fixed font
    Struck,           ///< bool: gone
    Suffix,           ///< QString, shown muted behind the text
    Elide,            ///< int of Qt::TextElideMode, where it is not the view's
    Finding,          ///< QString, fingerprint
    Secret,           ///< bool: Copy takes what Sort says, whatever is shown
    Key,              ///< of a header: the column's name in JSON
};

} // namespace cutaway::role
