// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cutaway::cli {
namespace {

constexpr std::array kSkeletons = {
    std::pair<std::string_view, Skeleton>{"run", Skeleton::Run},
    std::pair<std::string_view, Skeleton>{"compose", Skeleton::Compose},
    std::pair<std::string_view, Skeleton>{"pod", Skeleton::Pod},
};

std::string answer(const Context &context,
                   const Inspection &inspection,
                   const std::optional<Skeleton> &skeleton)
{
    if (skeleton) {
        return contractSkeleton(inspection, *skeleton, context.style.secrets);
    }
    if (context.format == "json") {
        return contractReportJson(inspection, context.style.secrets);
    }
    return context.format == "markdown" ? contractReportMarkdown(inspection, context.style.secrets)
                                        : contractReportText(inspection, context.style);
}

} // namespace

int runContract(Context &context)
{
    std::optional<Skeleton> skeleton;
    if (const auto word = context.arguments.value("--skeleton")) {
        const auto *const found =
            std::ranges::find(kSkeletons, *word, &std::pair<std::string_view, Skeleton>::first);
        if (found == kSkeletons.end()) {
            complain("--skeleton is '" + displayText(*word) + "', but must be run, compose or pod");
            return ExitUsage;
        }
        skeleton = found->second;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    context.output.write(answer(context, *opened->inspection, skeleton));
    return finish(context, *opened->inspection->image);
}

} // namespace cutaway::cli
