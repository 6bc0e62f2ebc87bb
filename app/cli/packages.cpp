// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/contentsums.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"

#include <charconv>
#include <cstdlib>
#include <optional>

namespace cutaway::cli {

namespace {

/// Whose the paths are that --owner names.
int tellOwners(Context &context, const Inspection &inspection)
{
    std::vector<NodeId> nodes;
    for (const std::string &path : context.arguments.values("--owner")) {
        nodes.push_back(listedNode(*inspection.image->tree, path));
        if (nodes.back() == kNone) {
            return failWith(
                context,
                {ErrorCode::NotFound, "no layer of the image has the path " + displayText(path)});
        }
    }
    context.output.write(context.format == "json" ? ownersJson(inspection, nodes)
                                                  : ownersText(inspection, nodes));
    return finish(context, *inspection.image);
}

bool isSbom(std::string_view format)
{
    return format == "spdx" || format == "cyclonedx";
}

/// When SOURCE_DATE_EPOCH says that it is (reproducible-builds.org).
Result<std::optional<std::int64_t>> sourceDate()
{
    const char *const text = std::getenv("SOURCE_DATE_EPOCH");
    if (text == nullptr || *text == '\0') {
        return std::nullopt;
    }
    const std::string_view digits(text);
    std::int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc() || end != digits.data() + digits.size() || seconds < 0) {
        return fail(ErrorCode::InvalidInput,
                    "SOURCE_DATE_EPOCH is '" + displayText(digits)
                        + "', but must be a number of seconds");
    }
    return seconds;
}

/// What the options say of a bill of materials; the files' digests come later.
Result<SbomOptions> sbomOptions(const Context &context)
{
    SbomOptions options;
    const std::string scope = context.arguments.valueOr("--scope", "squashed");
    if (scope != "squashed" && scope != "all-layers") {
        return fail(ErrorCode::InvalidInput,
                    "--scope is squashed or all-layers, not '" + displayText(scope) + "'");
    }
    options.allLayers = scope == "all-layers";
    const auto created = sourceDate();
    if (!created) {
        return std::unexpected(created.error());
    }
    options.created = *created;
    return options;
}

/// Any of the formats, all at once.
void writePackages(const std::string &format,
                   const Inspection &inspection,
                   const TextStyle &style,
                   const SbomOptions &sbom,
                   const Sink &sink)
{
    if (format == "spdx") {
        packagesSpdx(inspection, sbom, sink);
    } else if (format == "cyclonedx") {
        packagesCycloneDx(inspection, sbom, sink);
    } else {
        sink(format == "json"  ? packagesJson(inspection)
             : format == "csv" ? packagesCsv(inspection)
                               : packagesText(inspection, style));
    }
}

} // namespace

int runPackages(Context &context)
{
    const bool wantsOwners = context.arguments.has("--owner");
    if (wantsOwners && context.format != "json" && context.format != "text") {
        complain("whose a path is can be had as text or json");
        return ExitUsage;
    }
    Result<SbomOptions> sbom = sbomOptions(context);
    if (!sbom) {
        complain(sbom.error().message);
        return ExitUsage;
    }
    const bool wantsSbom = isSbom(context.format) || context.moreOutputs.wants(isSbom);
    if (!wantsSbom && (context.arguments.has("--files") || context.arguments.has("--scope"))) {
        complain("--files and --scope are for the formats spdx and cyclonedx");
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    if (wantsOwners) {
        return tellOwners(context, inspection);
    }
    std::optional<Result<ContentSumsOf>> sums;
    if (context.arguments.has("--files")) {
        sums = sumContents(*opened, sbomContents(inspection), Sums::Sha256AndSha1, context.monitor);
        if (!sums->has_value()) {
            return failWith(context, sums->error());
        }
        sbom->sums = &sums->value();
    }
    const Result<> more = writeAnswer(
        context, [&](const std::string &format, const TextStyle &style, const Sink &sink) {
            writePackages(format, inspection, style, *sbom, sink);
        });
    return more ? finish(context, *inspection.image) : failWith(context, more.error());
}

} // namespace cutaway::cli
