// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"
#include "tests/support/stackcomparison.h"

#include <array>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

constexpr std::uint32_t kMostLayers = 5;
constexpr std::size_t kMostMembers = 40;

std::string pathFrom(Choices &choices)
{
    static constexpr std::array kNames = {
        "a", "b", "c", "-d", ".e", "\xff", ".wh.a", ".wh.b", ".wh..wh..opq", ".wh..wh.x"};
    std::string path;
    for (std::uint32_t parts = 1 + choices.below(4); parts > 0; --parts) {
        path += (path.empty() ? "" : "/");
        path += kNames.at(choices.below(parts == 1 ? kNames.size() : 6));
    }
    return path;
}

test::Member memberFrom(Choices &choices)
{
    static constexpr std::array kTypes = {EntryType::File,
                                          EntryType::File,
                                          EntryType::Directory,
                                          EntryType::HardLink,
                                          EntryType::Symlink,
                                          EntryType::Fifo};
    test::Member member;
    member.name = pathFrom(choices);
    const std::size_t name = member.name.rfind('/') + 1; // npos + 1 is 0
    // A mark is a file, whatever else one could write.
    if (!member.name.substr(name).starts_with(".wh.")) {
        member.type = kTypes.at(choices.below(kTypes.size()));
    }
    if (member.type == EntryType::File && member.name.substr(name).find(".wh.") != 0) {
        member.size = choices.below(4) * 100;
        member.content = static_cast<char>('x' + choices.below(3));
        member.mode = choices.below(2) == 0 ? 0644 : 0755;
    } else if (member.type == EntryType::Symlink || member.type == EntryType::HardLink) {
        member.target = pathFrom(choices);
    }
    member.mtime = choices.below(2);
    return member;
}

} // namespace

/// Stacks of layers chosen by the input, laid out by the real tree and by a naive extractor.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Choices choices(textOf(data, size));
    test::MemberLists layers(1 + choices.below(kMostLayers));
    for (std::size_t count = 0; count < kMostMembers && !choices.rest().empty(); ++count) {
        layers.at(choices.below(static_cast<std::uint32_t>(layers.size())))
            .push_back(memberFrom(choices));
    }
    const std::string trouble = test::disagreement(layers);
    require(trouble.empty(), trouble);
    return 0;
}
