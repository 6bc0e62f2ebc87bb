// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>

namespace cutaway {

namespace {

constexpr std::size_t kDay = 10; // "2024-06-03" of a time

jsonparts::Value imageOf(EngineKind kind, const EngineImage &image)
{
    const std::string created = image.created == 0 ? std::string() : formatTime(image.created, 0);
    return {{"reference", engineReference(kind, image)},
            {"id", image.id},
            {"tags", image.tags},
            {"created", jsonparts::textOrNull(created)},
            {"bytes", image.size}};
}

} // namespace

std::string enginesText(const std::vector<EngineListing> &engines, const TextStyle &style)
{
    TextTable table({{"reference", TextTable::Kind::Path},
                     {"id", TextTable::Kind::Text},
                     {"created", TextTable::Kind::Text},
                     {"size", TextTable::Kind::Number}},
                    style);
    for (const EngineListing &engine : engines) {
        for (const EngineImage &image : engine.images) {
            const std::string created =
                image.created == 0 ? "–" : formatTime(image.created, 0).substr(0, kDay);
            for (std::size_t tag = 0; tag < std::max<std::size_t>(image.tags.size(), 1); ++tag) {
                table.addRow({{displayText(engineReference(engine.kind, image, tag))},
                              {shortId(image)},
                              {created},
                              {formatBytes(image.size)}});
            }
        }
    }
    return table.isEmpty() ? "no images\n" : table.text();
}

std::string enginesJson(const std::vector<EngineListing> &engines)
{
    jsonparts::Value report = jsonparts::document();
    report["engines"] = jsonparts::Value::array();
    for (const EngineListing &engine : engines) {
        jsonparts::Value images = jsonparts::Value::array();
        for (const EngineImage &image : engine.images) {
            images.push_back(imageOf(engine.kind, image));
        }
        report["engines"].push_back(
            {{"engine", engineWord(engine.kind)},
             {"socket", jsonparts::textOrNull(engine.socket)},
             {"error", jsonparts::textOrNull(engine.error ? engine.error->message : "")},
             {"images", std::move(images)}});
    }
    return jsonparts::written(report);
}

} // namespace cutaway
