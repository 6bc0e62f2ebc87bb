// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/image/digest.h"
#include "core/image/imagename.h"
#include "core/image/platform.h"
#include "core/image/reference.h"
#include "core/tree/paths.h"
#include "tests/fuzz/fuzz.h"

#include <string>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

/// What was parsed is the same when it is written and parsed again; refusals can be shown.
template<typename T, typename Parse, typename Text>
void roundTrip(std::string_view input, const Parse &parse, const Text &text)
{
    const Result<T> first = parse(input);
    if (!first) {
        requireEqual(
            displayLines(first.error().message), first.error().message, "a refusal can be shown");
        return;
    }
    const Result<T> second = parse(text(*first));
    require(second.has_value(), "what was parsed can be parsed again");
    requireEqual(text(*second), text(*first), "the same text");
    require(*second == *first, "the same value");
}

/// The system's version too, which is not shown.
std::string exactText(const Platform &platform)
{
    std::string text = platform.text();
    if (!platform.osVersion.empty()) {
        text.insert(platform.os.size(), '(' + platform.osVersion + ')');
    }
    return text;
}

void checkText(std::string_view input)
{
    const std::string shown = displayText(input);
    require(isUtf8(shown), "shown text is UTF-8");
    requireEqual(displayText(shown), shown, "shown text has nothing to escape");
    require(isUtf8(displayLines(input)), "shown lines are UTF-8");
    require(isUtf8(replaceBadUtf8(input)), "repaired text is UTF-8");
    const JsonName name = jsonName(input);
    require(isUtf8(name.text), "a name in JSON is UTF-8");
    require(name.exact == isUtf8(input), "a name in JSON is exact where it can be");
    require(!name.exact || name.text == input, "an exact name is the name");
    const std::string path = joinPath(normalisePath(input).components);
    const NormalPath again = normalisePath(path);
    require(!again.leftRoot, "a normal path stays inside");
    requireEqual(joinPath(again.components), path, "a normal path is normal");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = textOf(data, size);
    roundTrip<Digest>(input, Digest::parse, [](const Digest &digest) { return digest.text(); });
    roundTrip<ImageName>(
        input, ImageName::parse, [](const ImageName &name) { return name.text(); });
    roundTrip<Platform>(input, Platform::parse, exactText);
    const Result<Reference> reference = parseReference(input);
    if (reference) {
        requireEqual(reference->text, input, "a reference keeps its text");
        (void)imageIndex(reference->image);
    } else {
        const std::string &message = reference.error().message;
        requireEqual(displayLines(message), message, "a refusal can be shown");
    }
    const std::size_t half = size / 2;
    const bool same = sameImageName(input.substr(0, half), input.substr(half));
    require(same == sameImageName(input.substr(half), input.substr(0, half)), "same both ways");
    (void)parseBytes(input);
    checkText(input);
    return 0;
}
