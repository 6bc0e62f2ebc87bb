// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/document/place.h"

#include <QUrlQuery>

#include <algorithm>

namespace cutaway {

namespace {

constexpr auto kScheme = "cutaway";

QString viewName(ViewSpec::Kind view)
{
    switch (view) {
    case ViewSpec::Kind::Final: break;
    case ViewSpec::Kind::At: return QStringLiteral("at");
    case ViewSpec::Kind::Layer: return QStringLiteral("layer");
    }
    return QStringLiteral("final");
}

ViewSpec::Kind viewOf(const QString &name)
{
    if (name == QLatin1String("at")) {
        return ViewSpec::Kind::At;
    }
    return name == QLatin1String("layer") ? ViewSpec::Kind::Layer : ViewSpec::Kind::Final;
}

void addItem(QByteArray &query, const char *key, const QString &value)
{
    query += query.isEmpty() ? "" : "&";
    query += key;
    query += '=';
    query += QUrl::toPercentEncoding(value);
}

} // namespace

ViewSpec Place::viewSpec() const
{
    if (!layer || view == ViewSpec::Kind::Final) {
        return {};
    }
    return ViewSpec{.kind = view, .layer = *layer};
}

QUrl Place::toUrl(const QString &image) const
{
    QByteArray query;
    if (layer) {
        addItem(query, "layer", QString::number(*layer));
    }
    if (view != ViewSpec::Kind::Final) {
        addItem(query, "view", viewName(view));
    }
    if (!finding.isEmpty()) {
        addItem(query, "finding", finding);
    }
    if (step) {
        addItem(query, "step", QString::number(*step));
    }
    if (!field.isEmpty()) {
        addItem(query, "field", field);
    }
    if (!image.isEmpty()) {
        addItem(query, "image", image);
    }
    // File names are bytes: percent-encoded one by one, they survive even where they are no UTF-8.
    QByteArray text = QByteArray(kScheme) + "://" + path.toPercentEncoding("/");
    if (!query.isEmpty()) {
        text += '?' + query;
    }
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

Place placeOf(const Finding &finding, const Evidence &evidence)
{
    Place place{.finding = QString::fromStdString(finding.fingerprint)};
    place.path = QByteArray(evidence.path.data(), static_cast<qsizetype>(evidence.path.size()));
    place.layer = evidence.layer ? evidence.layer : finding.layer;
    place.view = place.layer ? ViewSpec::Kind::Layer : ViewSpec::Kind::Final;
    place.step = evidence.step;
    place.field = QString::fromStdString(evidence.field);
    return place;
}

Place placeOf(const Finding &finding)
{
    const auto found = std::ranges::find_if(
        finding.evidence, [](const Evidence &evidence) { return !evidence.path.empty(); });
    if (found != finding.evidence.end()) {
        return placeOf(finding, *found);
    }
    return placeOf(finding, finding.evidence.empty() ? Evidence() : finding.evidence.front());
}

std::optional<Link> parseLink(const QString &text)
{
    // Taken apart by hand up to the query: QUrl would decode the path as UTF-8 and lose stray
    // bytes.
    const QByteArray encoded = text.trimmed().toUtf8();
    const QByteArray start = QByteArray(kScheme) + "://";
    if (!encoded.startsWith(start)) {
        return std::nullopt;
    }
    const qsizetype question = encoded.indexOf('?');
    const QByteArray path = encoded.mid(start.size(), question < 0 ? -1 : question - start.size());

    Link link;
    link.place.path = QByteArray::fromPercentEncoding(path);
    if (!link.place.path.isEmpty() && !link.place.path.startsWith('/')) {
        link.place.path.prepend('/');
    }
    if (question < 0) {
        return link;
    }
    const QUrlQuery query(QString::fromUtf8(encoded.mid(question + 1)));
    const auto item = [&query](const char *key) {
        return query.queryItemValue(QLatin1String(key), QUrl::FullyDecoded);
    };
    bool isNumber = false;
    const ushort layer = item("layer").toUShort(&isNumber);
    if (isNumber && layer != kNoLayer) {
        link.place.layer = layer;
    }
    link.place.view = viewOf(item("view"));
    link.place.finding = item("finding");
    link.place.field = item("field");
    const uint step = item("step").toUInt(&isNumber);
    if (isNumber) {
        link.place.step = step;
    }
    link.image = item("image");
    return link;
}

} // namespace cutaway
