// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"
#include "core/registry/engine.h"

#include <algorithm>
#include <array>

namespace cutaway::cli {

namespace {

constexpr std::array kEngines = {EngineKind::Docker, EngineKind::Podman};

/// Those that are meant; nothing for a word that is no engine's.
std::vector<EngineKind> enginesMeant(const std::vector<std::string> &words)
{
    std::vector<EngineKind> meant;
    for (const EngineKind kind : kEngines) {
        if (words.empty() || words.front() == engineWord(kind)) {
            meant.push_back(kind);
        }
    }
    return meant;
}

/// Where one engine answers, that another is not installed is no news.
bool isWorthTelling(const EngineListing &engine, bool hasAnswer)
{
    return engine.error && (!hasAnswer || engine.error->code != ErrorCode::NotFound);
}

} // namespace

int runImages(Context &context)
{
    const std::vector<EngineKind> meant = enginesMeant(context.arguments.words);
    if (meant.empty()) {
        complain("'" + displayText(context.arguments.words.front())
                 + "' is no engine; there are docker and podman");
        return ExitUsage;
    }
    context.monitor.beginStep("Asking for images");
    const EngineSearch search = EngineSearch::ofEnvironment();
    std::vector<EngineListing> engines;
    for (const EngineKind kind : meant) {
        engines.push_back(listImages(kind, search, context.monitor));
    }
    context.monitor.clear();
    const bool hasAnswer =
        std::ranges::any_of(engines, [](const EngineListing &engine) { return !engine.error; });
    if (!context.monitor.isCancelled()) {
        for (const EngineListing &engine : engines) {
            if (isWorthTelling(engine, hasAnswer)) {
                complain(engine.error->message);
            }
        }
    }
    if (context.format == "json") {
        context.output.write(enginesJson(engines));
    } else if (hasAnswer) {
        context.output.write(enginesText(engines, context.style));
    }
    const int code = finish(context);
    return code != ExitOk || hasAnswer ? code : static_cast<int>(ExitNetwork);
}

} // namespace cutaway::cli
