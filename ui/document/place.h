// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/tree/view.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace cutaway {

/// A place in an image: what is chosen, as plain data, and as a link that leads there again:
/// `cutaway:///etc/passwd?layer=3&view=layer&finding=ab12…&image=app.tar`. Layers count from 0, as
/// in reports. Everything may be absent; an empty place is the whole image as a container sees it.
struct Place
{
    QByteArray path = {};                           ///< absolute, raw bytes; empty = no path chosen
    std::optional<LayerIndex> layer = std::nullopt; ///< chosen layer
    ViewSpec::Kind view = ViewSpec::Kind::Final;    ///< At and Layer need a layer to mean anything
    QString finding = {}; ///< fingerprint of the chosen finding; empty = none
    std::optional<std::uint32_t> step = std::nullopt; ///< build step that a finding is about
    QString field = {}; ///< of the configuration that a finding is about, "config.User"

    bool operator==(const Place &) const = default;

    /// What the file tree shows at this place: `view`, or Final where no layer is chosen.
    ViewSpec viewSpec() const;
    /// `image`: the reference that the link shall open; empty = a link within the open image.
    QUrl toUrl(const QString &image = {}) const;
};

/// Where one fact that a finding rests on is to be seen: in its layer's own change the file is in
/// sight, whatever became of it later.
[[nodiscard]] Place placeOf(const Finding &finding, const Evidence &evidence);
/// Where the finding is to be seen: at the first of its facts that has a path, else at the first.
[[nodiscard]] Place placeOf(const Finding &finding);

/// A link, taken apart.
struct Link
{
    Place place;
    QString image; ///< reference to open; empty = the open image
};

/// Nothing when `text` is no `cutaway:` link. Unknown query items are left alone.
[[nodiscard]] std::optional<Link> parseLink(const QString &text);

} // namespace cutaway
