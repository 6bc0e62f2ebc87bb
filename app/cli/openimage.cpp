// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/openimage.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace cutaway::cli {
namespace {

/// Several images and no choice: the list for people, and for programs where they read the answer.
int askForChoice(const Context &context, const InspectError &error)
{
    complain(error.error.message);
    std::string list = candidatesText(error.candidates);
    list += "choose one with --image @INDEX, --image NAME:TAG or --platform OS/ARCH";
    complain("the images are\n" + list);
    if (context.command.name == "inspect" && context.format == "json") {
        context.output.write(candidatesJson(error.candidates));
        if (const Result<> done = context.output.finish(); !done) {
            complain(done.error().message);
        }
    }
    return ExitUsage;
}

/// The value of an option that may be given for each image.
std::optional<std::string> valueFor(const Arguments &arguments,
                                    std::string_view option,
                                    std::optional<std::size_t> which)
{
    const std::vector<std::string> values = arguments.values(option);
    return which && *which < values.size() ? values[*which] : arguments.value(option);
}

/// What of an image could not be read, and the exit code for it. `name` is empty where there is but
/// one image.
int tellDamage(const Image &image, const std::string &name, bool isStrict)
{
    int code = ExitOk;
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        if (image.layers[i].state == Layer::State::Damaged) {
            complain(name + "layer " + std::to_string(i) + ": "
                     + displayText(image.layers[i].problem));
            code = ExitUnreadable;
        }
    }
    const std::uint64_t notes = image.notes.list().size() + image.notes.leftOut();
    if (code == ExitOk && notes > 0 && isStrict) {
        complain(name + formatCount(notes, "note", "notes")
                 + " on this image, and --strict was given");
        code = ExitUnreadable;
    }
    return code;
}

int finishOutput(Context &context)
{
    context.monitor.clear();
    if (context.monitor.isCancelled()) {
        return failWith(context, {ErrorCode::Cancelled, "cancelled"});
    }
    const Result<> done = context.output.finish();
    return done ? static_cast<int>(ExitOk) : failWith(context, done.error());
}

} // namespace

int failWith(const Context &context, const Error &error)
{
    context.monitor.clear();
    complain(error.message);
    return exitCodeOf(error.code);
}

int failOption(const Context &context, const Error &error)
{
    const int code = failWith(context, error);
    return error.code == ErrorCode::InvalidInput ? static_cast<int>(ExitUsage) : code;
}

Result<Limits> limitsOf(const Arguments &arguments)
{
    Limits limits;
    for (const std::string &limit : arguments.values("--limit")) {
        if (const Result<> set = setLimit(limits, limit); !set) {
            return std::unexpected(set.error());
        }
    }
    return limits;
}

RegistryOptions registryOptions(const Arguments &arguments)
{
    RegistryOptions options = RegistryOptions::ofEnvironment();
    options.plainHosts = arguments.values("--plain-http");
    options.isOffline = arguments.has("--offline");
    return options;
}

std::expected<Inspected, int> openImage(Context &context,
                                        PolicyPtr policy,
                                        std::optional<std::size_t> which)
{
    const Arguments &arguments = context.arguments;
    const Result<Reference> reference = parseReference(arguments.words[which.value_or(0)]);
    if (!reference) {
        const bool isAbsent = reference.error().code == ErrorCode::NotFound;
        const int code = failWith(context, reference.error());
        return std::unexpected(isAbsent ? code : static_cast<int>(ExitUsage));
    }
    const Result<Limits> limits = limitsOf(arguments);
    if (!limits) {
        (void)failWith(context, limits.error());
        return std::unexpected(static_cast<int>(ExitUsage));
    }
    InspectOptions options;
    options.open.limits = *limits;
    options.image = valueFor(arguments, "--image", which).value_or("");
    options.base = valueFor(arguments, "--base", which).value_or("");
    options.policy = std::move(policy);
    options.cache = openCache(arguments, *limits);
    options.open.blobs = openBlobs(arguments);
    options.open.registry = registryOptions(arguments);
    const std::string_view command = context.command.name;
    options.depth = context.command.depth;
    options.open.engines = EngineSearch::ofEnvironment();
    options.open.wantContents = options.depth == InspectDepth::Contents || command == "cat"
                                || command == "extract" || command == "test"
                                || arguments.has("--hash");
    options.wantContents = options.cache != nullptr || options.open.wantContents;
    if (const auto wanted = valueFor(arguments, "--platform", which)) {
        const Result<Platform> platform = Platform::parse(*wanted);
        if (!platform) {
            (void)failWith(context, platform.error());
            return std::unexpected(static_cast<int>(ExitUsage));
        }
        options.platform = *platform;
    }
    std::expected<Inspected, InspectError> inspected =
        inspect(*reference, options, context.monitor);
    context.monitor.clear();
    if (inspected) {
        return std::move(*inspected);
    }
    InspectError &error = inspected.error();
    if (!error.candidates.empty() && error.error.code != ErrorCode::Cancelled) {
        if (which) { // of two: which one it is about
            error.error.message = displayText(arguments.words[*which]) + ": " + error.error.message;
        }
        return std::unexpected(askForChoice(context, error));
    }
    return std::unexpected(failWith(context, error.error));
}

int finish(Context &context, const Image &image)
{
    const int code = finishOutput(context);
    return code == ExitOk ? tellDamage(image, {}, context.arguments.has("--strict")) : code;
}

int finish(Context &context, const std::vector<ImagePtr> &images)
{
    int code = finishOutput(context);
    if (code != ExitOk) {
        return code;
    }
    for (const ImagePtr &image : images) {
        code = std::max(code,
                        tellDamage(*image,
                                   displayText(image->reference) + ": ",
                                   context.arguments.has("--strict")));
    }
    return code;
}

Result<> writeAnswer(Context &context, const WriteAnswer &write)
{
    write(
        context.format, context.style, [&](std::string_view text) { context.output.write(text); });
    TextStyle style = context.style;
    style.width = 0;
    style.colour = false;
    return context.moreOutputs.write([&](const std::string &format) {
        std::string all;
        write(format, style, [&all](std::string_view text) { all += text; });
        return all;
    });
}

Result<std::optional<LayerIndex>> layerOption(const Context &context, const Image &image)
{
    const std::optional<std::string> text = context.arguments.value("--layer");
    if (!text) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    const char *end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc() || stop != end) {
        return fail(ErrorCode::InvalidInput,
                    "--layer wants a number, not '" + displayText(*text) + "'");
    }
    if (number >= image.layers.size()) {
        return fail(ErrorCode::NotFound,
                    "there is no layer " + *text + "; the image has "
                        + formatCount(image.layers.size(), "layer", "layers") + ", counted from 0");
    }
    return static_cast<LayerIndex>(number);
}

} // namespace cutaway::cli
