// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerreader.h"
#include "tests/benchmark/process.h"
#include "tests/benchmark/whole.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string_view>

using namespace cutaway;
using namespace cutaway::benchmark;

namespace {

constexpr int kMissed = 1;
constexpr int kFailed = 3;

constexpr std::string_view kHelp =
    R"(usage: cutaway-benchmark --program CUTAWAY-CLI --work-dir DIR [--small]
                         [--parts PROGRAM] [--window PROGRAM] [--output FILE]
       cutaway-benchmark tree FILE

Makes images, reads them with cutaway-cli beside the programs that do a part of the
work, and compares: CPU, wall time, peak memory. Everything twice as small is not half
as good: --small only shows that all of it works. Exits with 1 when a limit is missed.
)";

/// The tree of an uncompressed layer, its content passed over; what `tar tf` does.
int showTree(const std::string &path)
{
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        std::fprintf(stderr, "%s\n", file.error().message.c_str());
        return kFailed;
    }
    const Result<LayerTree> tree = readTreeAlone(*file, {}, Monitor());
    if (!tree) {
        std::fprintf(stderr, "%s\n", tree.error().message.c_str());
        return kFailed;
    }
    for (const Entry &entry : tree->entries()) {
        std::printf("%s\n", tree->path(entry.node).c_str());
    }
    return 0;
}

/// Runs the program that measures the window; its figures join ours.
Result<> measureWindow(const std::string &program, const WholeOptions &options, Figures &figures)
{
    const std::string image =
        options.workDir + "/" + std::to_string(options.scale.files) + "-files-in-10-layers";
    const std::string report = options.workDir + "/window.json";
    if (auto ran = runProgram({program, image, report}); !ran) {
        return std::unexpected(ran.error());
    }
    return figures.addFrom(report) ? Result<>()
                                   : fail(ErrorCode::NotFound, "the window gave no figures");
}

Result<> measure(std::map<std::string, std::string> &given, bool isSmall, Figures &figures)
{
    WholeOptions options;
    options.scale = isSmall ? kSmall : kFull;
    options.program = given["--program"];
    options.self = given["self"];
    options.workDir = given["--work-dir"] + (isSmall ? "/small" : "/full");
    std::error_code error;
    std::filesystem::create_directories(options.workDir, error);
    if (auto measured = measureWhole(options, figures); !measured) {
        return measured;
    }
    if (!given["--window"].empty()) {
        if (auto measured = measureWindow(given["--window"], options, figures); !measured) {
            return measured;
        }
    }
    if (!given["--parts"].empty()) {
        Command parts = {given["--parts"],
                         "--benchmark_out=" + options.workDir + "/parts.json",
                         "--benchmark_out_format=json"};
        if (isSmall) {
            parts.emplace_back("--benchmark_min_time=0.001");
            parts.emplace_back("--benchmark_filter=-/1000000$");
        }
        if (!succeeds(parts)) {
            return fail(ErrorCode::Io, "the parts could not be measured");
        }
        std::printf("-- parts: %s/parts.json\n", options.workDir.c_str());
    }
    return given["--output"].empty() ? Result<>() : figures.write(given["--output"]);
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (words.size() == 2 && words[0] == "tree") {
        return showTree(words[1]);
    }
    std::map<std::string, std::string> given;
    given["self"] = argv[0];
    bool isSmall = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--small") {
            isSmall = true;
        } else if (words[i].starts_with("--") && i + 1 < words.size()) {
            given[words[i]] = words[i + 1];
            ++i;
        }
    }
    if (given["--program"].empty() || given["--work-dir"].empty()) {
        std::fwrite(kHelp.data(), 1, kHelp.size(), stderr);
        return 2;
    }
    Figures figures(!isSmall);
    if (auto measured = measure(given, isSmall, figures); !measured) {
        std::fprintf(stderr, "cutaway-benchmark: %s\n", measured.error().message.c_str());
        return kFailed;
    }
    return figures.allHold() ? 0 : kMissed;
}
