// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/enginearchive.h"
#include "core/source/peek.h"
#include "core/source/sources.h"
#include "core/source/spool.h"
#include "core/source/streamsource.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

using ArchivePtr = std::shared_ptr<EngineArchive>;

/// Members that were read as they came by, or earlier; the bytes of others are in the archive.
class EngineFiles : public FileStore
{
public:
    EngineFiles(FileStorePtr read, ArchivePtr archive)
        : m_read(std::move(read))
        , m_archive(std::move(archive))
    {}

    Result<std::string> resolve(std::string_view name) const override
    {
        return m_read->resolve(name);
    }
    Result<ByteSourcePtr> open(const std::string &resolved) const override
    {
        auto text = m_read->open(resolved);
        if (text) {
            return text;
        }
        const auto files = m_archive->files();
        return files ? (*files)->open(resolved) : std::unexpected(files.error());
    }
    std::optional<Result<LayerReading>> takeReading(const std::string &resolved) override
    {
        return m_read->takeReading(resolved);
    }
    std::vector<std::string> topNames() const override { return m_read->topNames(); }
    std::vector<std::string> directoriesWith(std::string_view fileName) const override
    {
        return m_read->directoriesWith(fileName);
    }
    void addNotes(Notes &notes) const override { m_read->addNotes(notes); }
    Result<> status() const override { return m_read->status(); }

private:
    FileStorePtr m_read;
    ArchivePtr m_archive;
};

/// The archive's image under the engine's names.
class EngineSource : public ImageSource
{
public:
    EngineSource(std::unique_ptr<ImageSource> inner, ArchivePtr archive, bool isRecalled)
        : m_inner(std::move(inner))
        , m_archive(std::move(archive))
        , m_isRecalled(isRecalled)
    {}

    std::string_view name() const override { return m_inner->name(); }
    Result<std::vector<ImageCandidate>> images() override
    {
        auto candidates = m_inner->images();
        if (candidates) {
            for (ImageCandidate &candidate : *candidates) {
                candidate.reference =
                    engineReference(m_archive->engine().place().kind, m_archive->image());
                candidate.tags = m_archive->image().tags;
            }
        }
        return candidates;
    }
    Result<ImageStatement> statement(std::uint32_t index) override
    {
        auto statement = m_inner->statement(index);
        if (statement) {
            statement->tags = m_archive->image().tags;
        }
        return statement;
    }
    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override
    {
        return m_inner->blob(descriptor);
    }
    std::optional<Result<LayerReading>> takeReading(const Descriptor &descriptor) override
    {
        return m_inner->takeReading(descriptor);
    }
    void outliveMonitor() override { m_archive->outliveMonitor(); }
    bool wasReadEarlier() const override { return m_isRecalled; }
    bool mayLackBlobs() const override { return m_inner->mayLackBlobs(); }

private:
    std::unique_ptr<ImageSource> m_inner;
    ArchivePtr m_archive;
    bool m_isRecalled;
};

/// What all steps of opening share.
struct Opening
{
    const OpenOptions &options;
    const LayerReadOptions &reading;
    Monitor &monitor;
};

/// Whether the ID is that of something in the archive: then it says what the archive holds.
bool isNamedByContent(const ArchiveRecord &record, const EngineImage &image)
{
    return std::ranges::any_of(record.texts, [&image](const auto &text) {
        return "sha256:" + sha256Hex(text.second) == image.id;
    });
}

Result<FileStorePtr> readArchive(EngineArchive &archive, const Opening &opening)
{
    opening.monitor.beginStep("Reading the image from "
                              + std::string(engineName(archive.engine().place().kind)));
    auto saved = archive.begin(opening.options.wantContents, opening.monitor);
    if (!saved) {
        return std::unexpected(saved.error());
    }
    PeekStream stream(std::move(*saved));
    const auto head = stream.peek(limits::kBlockSize);
    if (!head) {
        return std::unexpected(head.error());
    }
    if (lookAtTar(*head) == ArchiveLook::NotTar) {
        return failIn(shownPlace(archive.engine().place()),
                      Error{ErrorCode::Corrupt,
                            "it sends no archive of the image but " + describeBytes(*head)});
    }
    StreamMemory memory;
    memory.cache = opening.options.analyses;
    if (opening.options.watch) {
        memory.factsVersion = opening.options.watch.version;
    }
    auto files = readStream(
        stream, opening.reading, opening.monitor, memory.cache == nullptr ? nullptr : &memory);
    if (!files) {
        return files;
    }
    // What did not come is not the image's fault, and says nothing of it.
    if (const Result<> came = (*files)->status();
        !came && came.error().code == ErrorCode::Network) {
        return std::unexpected(came.error());
    }
    if (memory.cache != nullptr && memory.isWhole
        && isNamedByContent(memory.record, archive.image())) {
        memory.cache->storeArchive(archive.image().id, memory.record);
    }
    if (opening.options.wantContents) {
        archive.end();
    }
    return files;
}

/// Nothing where the cache does not have all of it.
std::optional<FileStorePtr> recallArchive(const EngineArchive &archive, const Opening &opening)
{
    const AnalysisCache *cache = opening.options.analyses.get();
    const auto record = cache == nullptr ? std::nullopt : cache->findArchive(archive.image().id);
    if (!record) {
        return std::nullopt;
    }
    auto files = recallStream(*record, *cache, opening.options.watch, opening.reading);
    return files ? std::optional(std::move(*files)) : std::nullopt;
}

SourceResult openFiles(const FileStorePtr &files, const EngineArchive &archive, Monitor &monitor)
{
    const EngineKind kind = archive.engine().place().kind;
    SourceOrigin origin{
        files, std::string(engineWord(kind)), engineReference(kind, archive.image())};
    if (files->contains("manifest.json")) {
        return openDockerArchive(std::move(origin), monitor);
    }
    if (files->contains("index.json")) {
        return openLayout(std::move(origin), BlobNaming::Layout, monitor);
    }
    return failIn(
        shownPlace(archive.engine().place()),
        Error{ErrorCode::Corrupt, "it sends an archive with neither manifest.json nor index.json"});
}

} // namespace

SourceResult openEngine(EngineKind kind,
                        const std::string &name,
                        const OpenOptions &options,
                        const LayerReadOptions &reading,
                        Monitor &monitor)
{
    const auto place = findEngine(kind, options.engines);
    if (!place) { // where there is no engine, that is no word about the image
        const bool isAbsent = place.error().code == ErrorCode::NotFound;
        return fail(isAbsent ? ErrorCode::Network : place.error().code, place.error().message);
    }
    auto spool = openSpoolFile(); // by name, which is not possible later
    if (options.onOpened) {
        options.onOpened({});
    }
    monitor.beginStep("Asking " + std::string(engineName(kind)));
    auto engine = Engine::open(*place, options.engines.silentTime, monitor);
    if (!engine) {
        return std::unexpected(engine.error());
    }
    auto image = (*engine)->image(name, monitor);
    if (!image) {
        return std::unexpected(image.error());
    }
    const auto archive = std::make_shared<EngineArchive>(std::move(*engine),
                                                         std::move(*image),
                                                         spool ? std::move(*spool) : OwnedFd(),
                                                         options.limits);
    archive->setMonitor(monitor);
    const Opening opening{options, reading, monitor};
    const std::optional<FileStorePtr> recalled = recallArchive(*archive, opening);
    const auto read = recalled ? Result<FileStorePtr>(*recalled) : readArchive(*archive, opening);
    if (!read) {
        return std::unexpected(read.error());
    }
    const auto files = std::make_shared<EngineFiles>(*read, archive);
    files->setLimits(options.limits);
    auto inner = openFiles(files, *archive, monitor);
    if (!inner) {
        return inner;
    }
    (*inner)->setLimits(options.limits);
    return std::make_unique<EngineSource>(std::move(*inner), archive, recalled.has_value());
}

} // namespace cutaway
