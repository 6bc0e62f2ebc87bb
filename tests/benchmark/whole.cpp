// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/whole.h"

#include "tests/benchmark/images.h"
#include "tests/benchmark/process.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace cutaway::benchmark {

namespace {

constexpr double kMegabyte = 1e6;
constexpr double kFixedBytes = 64e6; ///< beside what each entry may cost

class Whole
{
public:
    Whole(const WholeOptions &options, Figures &figures)
        : m_options(options)
        , m_scale(options.scale)
        , m_figures(figures)
    {}

    Result<> run()
    {
        using Step = Result<> (Whole::*)();
        for (const Step step : {&Whole::askProgram,
                                &Whole::makeMixed,
                                &Whole::gzip,
                                &Whole::zstd,
                                &Whole::plain,
                                &Whole::treeAlone,
                                &Whole::again,
                                &Whole::lookIntoFiles,
                                &Whole::bigImage,
                                &Whole::manyFiles,
                                &Whole::growth}) {
            if (auto done = (this->*step)(); !done) {
                return done;
            }
        }
        return {};
    }

private:
    std::string path(const std::string &name) const { return m_options.workDir + "/" + name; }
    Command inspect(const std::string &image) const
    {
        Command command = {m_options.program, "inspect", image, "--format", "json", "--quiet"};
        if (m_hasCache) {
            command.emplace_back("--no-cache");
        }
        return command;
    }

    Result<> askProgram();
    Result<> makeMixed();
    Result<> gzip();
    Result<> zstd();
    Result<> plain();
    Result<> treeAlone();
    Result<> again();
    Result<> lookIntoFiles();
    Result<> bigImage();
    Result<> manyFiles();
    Result<> memoryOf(const std::string &name,
                      const std::vector<LayerRecipe> &layers,
                      double entries);
    Result<> growth();

    const WholeOptions &m_options;
    const Scale &m_scale;
    Figures &m_figures;
    bool m_hasCache = false;
    std::string m_tar;
    std::string m_gzipBlob;
    std::string m_zstdBlob;
};

std::string mb(std::uint64_t bytes)
{
    return fixed(static_cast<double>(bytes) / kMegabyte, 1) + " MB";
}

std::string s(double seconds)
{
    return fixed(seconds, 3) + " s";
}

void say(const std::string &what)
{
    std::printf("-- %s\n", what.c_str());
    std::fflush(stdout);
}

Result<> Whole::askProgram()
{
    // Whether this program keeps what it read: the option is refused where it does not exist.
    m_hasCache = succeeds({m_options.program, "inspect", "--no-cache", "--help"});
    return {};
}

Result<> Whole::makeMixed()
{
    say("making images of one layer of " + mb(m_scale.layerBytes));
    const LayerRecipe layer = mixedFiles(1, m_scale.layerBytes);
    m_tar = path("layer.tar");
    if (auto made = makeTar(m_tar, layer); !made) {
        return made;
    }
    if (auto made = makeDockerArchive(path("docker.tar"), {layer}); !made) {
        return made;
    }
    if (auto made = makeLayout(path("zstd"), Packing::Zstd, {layer}); !made) {
        return made;
    }
    if (auto made = makeLayout(path("gzip"), Packing::Gzip, {layer}); !made) {
        return made;
    }
    auto gzipBlob = onlyBlob(path("gzip"));
    auto zstdBlob = onlyBlob(path("zstd"));
    if (!gzipBlob || !zstdBlob) {
        return fail(ErrorCode::NotFound, "the images have no layer");
    }
    m_gzipBlob = *gzipBlob;
    m_zstdBlob = *zstdBlob;
    return {};
}

Result<> Whole::gzip()
{
    const auto used = runInTurns({inspect(path("gzip")),
                                  {"igzip", "-dc", m_gzipBlob},
                                  {"openssl", "dgst", "-sha256", m_tar},
                                  {"openssl", "dgst", "-sha256", m_gzipBlob}},
                                 m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    const Usage &ours = (*used)[0];
    const Usage &igzip = (*used)[1];
    const double parts = igzip.cpu + (*used)[2].cpu + (*used)[3].cpu;
    m_figures.add({"gzip layer, CPU / igzip + openssl of both",
                   ours.cpu / parts,
                   "",
                   1.15,
                   s(ours.cpu) + " / " + s(parts)});
    std::optional<double> wallLimit = 1.35;
    if (std::thread::hardware_concurrency() < 2) {
        wallLimit.reset();
    }
    m_figures.add({"gzip layer, wall / igzip",
                   ours.wall / igzip.wall,
                   "",
                   wallLimit,
                   s(ours.wall) + " / " + s(igzip.wall)});
    m_figures.add({"gzip layer, peak memory",
                   static_cast<double>(ours.peakBytes) / kMegabyte,
                   "MB",
                   60,
                   mb(m_scale.layerBytes) + " unpacked"});
    return {};
}

Result<> Whole::zstd()
{
    const auto used =
        runInTurns({inspect(path("zstd")), {"zstd", "-qdc", m_zstdBlob}}, m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    m_figures.add({"zstd layer, wall / zstd",
                   (*used)[0].wall / (*used)[1].wall,
                   "",
                   1.4,
                   s((*used)[0].wall) + " / " + s((*used)[1].wall)});
    return {};
}

Result<> Whole::plain()
{
    const auto used = runInTurns(
        {inspect(path("docker.tar")), {"openssl", "dgst", "-sha256", m_tar}}, m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    m_figures.add({"uncompressed layer, CPU / openssl",
                   (*used)[0].cpu / (*used)[1].cpu,
                   "",
                   1.35,
                   s((*used)[0].cpu) + " / " + s((*used)[1].cpu)});
    return {};
}

Result<> Whole::treeAlone()
{
    const auto used =
        runInTurns({{m_options.self, "tree", m_tar}, {"tar", "tf", m_tar}}, m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    m_figures.add({"tree alone, uncompressed, wall / tar tf",
                   (*used)[0].wall / (*used)[1].wall,
                   "",
                   1.0,
                   s((*used)[0].wall) + " / " + s((*used)[1].wall)});
    return {};
}

/// What the second opening and a file at the end cost, where the program keeps what it read.
Result<> Whole::again()
{
    if (!m_hasCache) {
        return {};
    }
    std::error_code error;
    std::filesystem::remove_all(path("cache"), error);
    ::setenv("XDG_CACHE_HOME", path("cache").c_str(), 1);
    const std::string image = path("gzip");
    const Command open = {m_options.program, "inspect", image, "--format", "json", "--quiet"};
    const Command cat = {m_options.program, "cat", image, std::string(lastFilePath()), "--quiet"};
    const auto first = runProgram(open);
    if (!first) {
        return std::unexpected(first.error());
    }
    const auto used = runInTurns({open, cat, {"igzip", "-dc", m_gzipBlob}}, m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    m_figures.add({"second opening / first, wall",
                   (*used)[0].wall / first->wall,
                   "",
                   0.05,
                   s((*used)[0].wall) + " / " + s(first->wall)});
    m_figures.add({"10 kB at the end of the layer / igzip, wall",
                   (*used)[1].wall / (*used)[2].wall,
                   "",
                   0.02,
                   s((*used)[1].wall) + " / " + s((*used)[2].wall)});
    return {};
}

/// What an audit costs that looks at what files hold, beside opening the image alone.
Result<> Whole::lookIntoFiles()
{
    Command audit = inspect(path("gzip"));
    audit[1] = "audit";
    audit.insert(audit.end(), {"--fail-on", "none"});
    const auto used = runInTurns({audit, inspect(path("gzip"))}, m_scale.rounds);
    if (!used) {
        return std::unexpected(used.error());
    }
    const Usage &looking = (*used)[0];
    const Usage &opening = (*used)[1];
    m_figures.add({"opening for an audit, CPU / opening",
                   looking.cpu / opening.cpu,
                   "",
                   1.5,
                   s(looking.cpu) + " / " + s(opening.cpu)});
    m_figures.add({"opening for an audit, wall / opening",
                   looking.wall / opening.wall,
                   "",
                   1.7,
                   s(looking.wall) + " / " + s(opening.wall)});
    return {};
}

Result<> Whole::bigImage()
{
    say("making an image of " + mb(m_scale.imageBytes));
    std::vector<LayerRecipe> layers;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        layers.push_back(mixedFiles(seed + 1, m_scale.imageBytes / 5));
    }
    const std::string image = path("big.docker.tar");
    if (auto made = makeDockerArchive(image, layers); !made) {
        return made;
    }
    const auto used = runInTurns({inspect(image), {"openssl", "dgst", "-sha256", image}},
                                 std::min(m_scale.rounds, 2));
    if (!used) {
        return std::unexpected(used.error());
    }
    const Usage &ours = (*used)[0];
    m_figures.add({"image of five layers, CPU / openssl",
                   ours.cpu / (*used)[1].cpu,
                   "",
                   1.35,
                   mb(m_scale.imageBytes) + " in " + s(ours.wall) + " wall, " + s(ours.cpu)
                       + " CPU, " + mb(ours.peakBytes)});
    return {};
}

Result<> Whole::memoryOf(const std::string &name,
                         const std::vector<LayerRecipe> &layers,
                         double entries)
{
    if (auto made = makeLayout(path(name), Packing::FastGzip, layers); !made) {
        return made;
    }
    const auto used = runInTurns({inspect(path(name))}, 1);
    if (!used) {
        return std::unexpected(used.error());
    }
    const Usage &ours = used->front();
    m_figures.add(
        {"memory an entry, " + name,
         std::max(static_cast<double>(ours.peakBytes) - kFixedBytes, 0.0) / entries,
         "B",
         160,
         mb(ours.peakBytes) + " for " + fixed(entries, 0) + " entries, " + s(ours.cpu) + " CPU"});
    return {};
}

Result<> Whole::manyFiles()
{
    say("making images of " + std::to_string(m_scale.files) + " empty files");
    for (const std::uint32_t layers : {1U, 2U, 10U, 100U}) {
        std::vector<LayerRecipe> recipes;
        const std::uint32_t each = m_scale.files / layers;
        for (std::uint32_t layer = 0; layer < layers; ++layer) {
            recipes.push_back(emptyFiles(layer * each, each));
        }
        const std::string name = std::to_string(m_scale.files) + "-files-in-"
                                 + std::to_string(layers) + (layers == 1 ? "-layer" : "-layers");
        if (auto measured = memoryOf(name, recipes, m_scale.files); !measured) {
            return measured;
        }
    }
    for (const std::uint32_t files : {m_scale.files, m_scale.files / 10}) {
        std::vector<LayerRecipe> recipes = {emptyFiles(0, files)};
        for (std::uint32_t layer = 0; layer < m_scale.whiteoutLayers; ++layer) {
            recipes.push_back(whiteouts(layer * m_scale.whiteouts, m_scale.whiteouts));
        }
        const double entries =
            files + static_cast<double>(m_scale.whiteoutLayers) * m_scale.whiteouts;
        const std::string name = std::to_string(files) + "-files-"
                                 + std::to_string(m_scale.whiteoutLayers) + "-whiteout-layers";
        if (auto measured = memoryOf(name, recipes, entries); !measured) {
            return measured;
        }
    }
    return {};
}

/// Ten times the files cost ten times the time; and in many layers no more than in few.
Result<> Whole::growth()
{
    const std::string files = std::to_string(m_scale.files);
    const std::string tenth = std::to_string(m_scale.files / 10) + "-files-in-1-layer";
    if (auto made = makeLayout(path(tenth), Packing::FastGzip, {emptyFiles(0, m_scale.files / 10)});
        !made) {
        return made;
    }
    const std::uint32_t hidden = m_scale.whiteoutLayers * m_scale.whiteouts;
    const std::string few = std::to_string(m_scale.files / 10) + "-files-10-whiteout-layers";
    std::vector<LayerRecipe> recipes = {emptyFiles(0, m_scale.files / 10)};
    for (std::uint32_t layer = 0; layer < 10; ++layer) {
        recipes.push_back(whiteouts(layer * (hidden / 10), hidden / 10));
    }
    if (auto made = makeLayout(path(few), Packing::FastGzip, recipes); !made) {
        return made;
    }
    const std::string many = std::to_string(m_scale.files / 10) + "-files-"
                             + std::to_string(m_scale.whiteoutLayers) + "-whiteout-layers";
    const auto used = runInTurns({inspect(path(files + "-files-in-1-layer")),
                                  inspect(path(tenth)),
                                  inspect(path(files + "-files-in-100-layers")),
                                  inspect(path(many)),
                                  inspect(path(few))},
                                 std::min(m_scale.rounds, 3));
    if (!used) {
        return std::unexpected(used.error());
    }
    const auto cpu = [&](std::size_t i) { return (*used)[i].cpu; };
    m_figures.add({"ten times the files, CPU / ten times",
                   cpu(0) / (10 * cpu(1)),
                   "",
                   1.2,
                   s(cpu(0)) + " / 10 × " + s(cpu(1))});
    m_figures.add({"the files in 100 layers, CPU / in one",
                   cpu(2) / cpu(0),
                   "",
                   1.2,
                   s(cpu(2)) + " / " + s(cpu(0))});
    m_figures.add({"whiteouts in 100 layers, CPU / in 10",
                   cpu(3) / cpu(4),
                   "",
                   1.2,
                   s(cpu(3)) + " / " + s(cpu(4))});
    return {};
}

} // namespace

Result<> measureWhole(const WholeOptions &options, Figures &figures)
{
    return Whole(options, figures).run();
}

} // namespace cutaway::benchmark
