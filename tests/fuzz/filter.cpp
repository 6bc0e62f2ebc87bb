// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filter.h"

#include "core/base/glob.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/stack.h"

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

PathTreePtr sampleTree()
{
    return test::treeOf({"dir usr\nfile usr/lib/a.so.1 100 a\nmode usr/bin/su 4755 30 s\n"
                         "symlink bin -> usr/bin\nchar dev/null\n",
                         "file usr/.wh.lib 0 w\nhardlink usr/bin/b -> usr/bin/su\n"
                         "file etc/\xff\xfe 12 x\nfile usr/bin/su 30 s\n"});
}

/// Stands for a regular expression: the tree knows no engine.
Result<TextTest> contains(std::string_view pattern)
{
    return [word = std::string(pattern)](std::string_view text) { return text.contains(word); };
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const PathTreePtr kTree = sampleTree();
    static const TreeView kFinal(kTree, {ViewSpec::Kind::Final, 0});
    static const TreeView kLayer(kTree, {ViewSpec::Kind::Layer, 1});
    const std::string_view input = textOf(data, size);
    const Result<FileFilter> filter = parseFileFilter(input, contains);
    if (!filter) {
        const std::string &message = filter.error().message;
        requireEqual(displayText(message), message, "a refusal can be shown");
    } else {
        for (const TreeView *view : {&kFinal, &kLayer}) {
            require(applyFilter(*view, *filter, Monitor()).has_value(), "a filter has an answer");
        }
    }
    const std::size_t half = size / 2;
    for (const GlobText kind : {GlobText::Name, GlobText::Path}) {
        (void)globMatches(input.substr(0, half), input.substr(half), kind);
        require(globMatches("**", input, kind), "two stars are anything");
    }
    return 0;
}
