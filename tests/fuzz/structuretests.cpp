// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/structuretest/runner.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/stack.h"

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

Image sampleImage()
{
    Image image;
    image.tree = test::treeOf({"dir usr\nfile usr/lib/a 100 a\nmode usr/bin/su 4755 30 s\n"
                               "symlink bin -> usr/bin\nchar dev/null\nsymlink loop -> loop\n",
                               "file usr/share/doc/a/copyright 9 c\nfile etc/\xff 1 x\n"});
    image.config.env = {"A=/usr", "B"};
    image.config.exposedPorts = {"80/tcp"};
    image.config.labels = {{"a", "b"}};
    return image;
}

class SameContent : public FileContents
{
public:
    std::optional<FileContent> content(EntryId entry) const override
    {
        return FileContent{"one\ntwo \xff\n", entry % 2 == 0};
    }
};

void requireShown(const std::string &text)
{
    requireEqual(displayText(text), text, "what is said can be shown");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Image kImage = sampleImage();
    static const SameContent kContents;
    const Result<StructureTests> tests = parseStructureTests(textOf(data, size), "t.yaml");
    if (!tests) {
        requireShown(tests.error().message);
        require(tests.error().message.starts_with("t.yaml:"), "a refusal names its place");
        return 0;
    }
    for (const EntryId entry : contentsOfTests(*tests, kImage)) {
        require(kImage.tree->effectiveType(entry) == EntryType::File, "contents are of files");
    }
    for (const TestOutcome &outcome : runStructureTests(*tests, kImage, &kContents)) {
        const bool isFailed = outcome.state == TestOutcome::State::Failed;
        require(isFailed != outcome.errors.empty(), "what fails says why, and nothing else does");
        requireShown(outcome.name);
        requireShown(outcome.reason);
        for (const std::string &error : outcome.errors) {
            requireShown(error);
        }
    }
    return 0;
}
