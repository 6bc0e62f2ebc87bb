// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/layerloading.h"

#include "core/base/text.h"
#include "core/source/verify.h"
#include "core/tree/builder.h"

#include <array>
#include <map>
#include <new>
#include <span>
#include <utility>

namespace cutaway {

namespace {

/// Whether a file was written to between two looks at it. Its ctime says less: a new name for the
/// file changes that too.
bool wasWrittenTo(const std::optional<FileIdentity> &before,
                  const std::optional<FileIdentity> &after)
{
    return before && after
           && (before->fileSize != after->fileSize || before->modified != after->modified);
}

/// What facts in the cache must be to be of use; nothing: none are wanted.
std::optional<std::uint32_t> factsVersion(const FileWatch &watch)
{
    return watch ? std::optional(watch.version) : std::nullopt;
}

} // namespace

LayerLoading::LayerLoading(ImageSource &source,
                           Image &image,
                           const LoadOptions &options,
                           Monitor &monitor)
    : m_source(source)
    , m_image(image)
    , m_options(options)
    , m_monitor(monitor)
    , m_rows(image.layers.size())
{}

bool LayerLoading::isArtifactData(const Layer &layer) const
{
    const std::string &type = layer.descriptor.mediaType;
    return !m_image.artifactType.empty() && type.find("tar") == std::string::npos;
}

Result<> LayerLoading::run()
{
    std::map<std::string, std::uint32_t> firstOf;
    for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
        const std::string identity = blobKey(m_image.layers[i].descriptor);
        m_rows[i].sameAs = identity.empty() ? i : firstOf.try_emplace(identity, i).first->second;
        if (m_rows[i].sameAs == i) {
            prepare(i);
        }
    }
    if (m_monitor.isCancelled()) {
        return failCancelled();
    }
    m_monitor.beginStep("Reading layers");
    showTreesFirst();
    readJobs();
    if (m_source.isRemote() && !m_monitor.isCancelled()) {
        prepareDamagedAnew();
        readJobs();
    }
    if (m_monitor.isCancelled()) {
        return failCancelled();
    }
    if (m_options.cache != nullptr) {
        m_options.cache->trim();
    }
    if (const Result<> came = checkTransfers(); !came) {
        return came;
    }
    record();
    return {};
}

void LayerLoading::readJobs()
{
    readLayers(
        std::exchange(m_jobs, {}),
        m_options.priority,
        [this](std::size_t index, Result<LayerReading> reading) {
            finish(static_cast<std::uint32_t>(index), std::move(reading));
        },
        m_monitor,
        isWatchedFromAfar() ? LayerOrder::SmallestFirst : LayerOrder::BiggestFirst);
}

/// What was kept of a layer may have been damaged since: then it is fetched and read once more.
void LayerLoading::prepareDamagedAnew()
{
    for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        const Layer &layer = m_image.layers[i];
        const bool isWrong = row.failure || (row.reading && !isAsDeclared(layer, *row.reading));
        if (row.sameAs == i && isWrong && m_source.dropDamaged(layer.descriptor)) {
            row.failure.reset();
            row.failedState = Layer::State::Damaged;
            row.reading.reset();
            row.tree.reset();
            prepare(i);
        }
    }
}

/// What did not come is not the image's fault, and says nothing of it.
Result<> LayerLoading::checkTransfers() const
{
    for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
        const std::optional<Error> &failure = m_rows[i].failure;
        if (failure
            && (failure->code == ErrorCode::Network || failure->code == ErrorCode::Unauthorized)) {
            return failIn(layerName(m_image, i), *failure);
        }
    }
    return {};
}

void LayerLoading::prepare(std::uint32_t index)
{
    const Layer &layer = m_image.layers[index];
    Row &row = m_rows[index];
    if (isArtifactData(layer)) {
        row.failure = Error{ErrorCode::Unsupported,
                            "no file system layer but " + displayText(layer.descriptor.mediaType)};
        row.failedState = Layer::State::Absent;
        return;
    }
    if (auto taken = m_source.takeReading(layer.descriptor)) {
        row.isCached = m_source.wasReadEarlier();
        finish(index, std::move(*taken));
        return;
    }
    auto blob = m_source.blob(layer.descriptor);
    if (!blob) {
        recordAbsence(index, blob.error());
        return;
    }
    m_total += (*blob)->size();
    row.identity = (*blob)->identity();
    row.blob = *blob;
    LayerJob job;
    job.index = index;
    job.blob = std::move(*blob);
    job.options.limits = m_options.limits;
    job.options.wantSha512 = !layer.descriptor.digest.isEmpty()
                             && layer.descriptor.digest.algorithm() == HashAlgorithm::Sha512;
    job.options.wantRestarts = m_options.wantContents;
    job.options.observe = m_options.watch.observe;
    job.options.onProgress = [this, index](std::uint64_t done) { advance(index, done); };
    if (auto cached = readingFromCache(index, job)) {
        finish(index, std::move(*cached));
    } else {
        m_jobs.push_back(std::move(job));
    }
}

void LayerLoading::recordAbsence(std::uint32_t index, const Error &error)
{
    const Descriptor &descriptor = m_image.layers[index].descriptor;
    m_rows[index].failure = error;
    if (error.code == ErrorCode::NotFound) {
        const bool isForeign = isForeignLayerType(descriptor.mediaType) || !descriptor.urls.empty();
        m_rows[index].failedState = isForeign ? Layer::State::Foreign : Layer::State::Absent;
    }
}

std::optional<LayerReading> LayerLoading::readingFromCache(std::uint32_t index, const LayerJob &job)
{
    Row &row = m_rows[index];
    if (m_options.cache == nullptr || !row.identity) {
        return std::nullopt;
    }
    try {
        auto cached = m_options.cache->find(
            *row.identity,
            {job.options.wantSha512, factsVersion(m_options.watch), m_options.watch.fullerVersion});
        row.isCached = cached.has_value();
        row.mayBeKept = !row.isCached && AnalysisCache::isSettled(*row.identity);
        if (row.isCached) {
            advance(index, job.blob->size());
        }
        return cached;
    } catch (const std::bad_alloc &) {
        return std::nullopt; // reading it anew takes less
    }
}

/// Only what is right in every respect is worth keeping, and only of a file that nobody wrote to
/// while it was read.
void LayerLoading::storeInCache(std::uint32_t index, const ByteSourcePtr &blob)
{
    Row &row = m_rows[index];
    if (!row.mayBeKept || blob == nullptr || blob->identity() != row.identity) {
        return;
    }
    for (std::uint32_t i = index; i < m_rows.size(); ++i) {
        if (m_rows[i].sameAs == index && !isAsDeclared(m_image.layers[i], *row.reading)) {
            return;
        }
    }
    try {
        m_options.cache->store(
            *row.identity, *row.reading, *row.tree, factsVersion(m_options.watch));
    } catch (const std::bad_alloc &) {
        return; // the layer itself is here
    }
}

void LayerLoading::advance(std::uint32_t index, std::uint64_t done)
{
    const std::uint64_t before = m_rows[index].done.exchange(done, std::memory_order_relaxed);
    const std::uint64_t all =
        m_done.fetch_add(done - before, std::memory_order_relaxed) + done - before;
    m_monitor.advance(all, m_total);
}

/// In a reading thread. What does not fit into memory any more fails this layer alone.
void LayerLoading::finish(std::uint32_t index, Result<LayerReading> reading)
{
    Row &row = m_rows[index];
    const ByteSourcePtr blob = std::exchange(row.blob, nullptr);
    row.hasChanged = blob != nullptr && wasWrittenTo(row.identity, blob->identity());
    if (blob != nullptr && m_source.isRemote() && !row.identity) {
        row.identity = blob->identity(); // it was being fetched, and lies in a file now
    }
    if (!reading) {
        recordAbsence(index, reading.error());
        return;
    }
    try {
        row.reading = std::move(*reading);
        row.tree = std::make_shared<LayerTree>(std::move(row.reading->tree));
        storeInCache(index, blob);
        keepAccess(index);
        keepFacts(index);
        tellViewer(index, row.tree);
    } catch (const std::bad_alloc &) {
        row.reading.reset();
        row.tree.reset();
        row.failure = failOutOfMemory().error();
    }
}

void LayerLoading::tellViewer(std::uint32_t index, const std::shared_ptr<const LayerTree> &tree)
{
    const LoadObserver *observer = m_options.observer;
    if (observer == nullptr || !observer->onLayer) {
        return;
    }
    for (std::uint32_t i = index; i < m_rows.size(); ++i) {
        if (m_rows[i].sameAs == index) {
            observer->onLayer(i, tree);
        }
    }
}

/// Somebody watches layers come in that are slow to come.
bool LayerLoading::isWatchedFromAfar() const
{
    return m_options.observer != nullptr && m_options.observer->onLayer && m_source.isRemote();
}

/// Somebody watches: of layers that are not compressed the tree is there at once, what it costs to
/// hash them all is not. A layer that cannot be read says so when it is read whole.
void LayerLoading::showTreesFirst()
{
    if (m_options.observer == nullptr || !m_options.observer->onLayer || m_source.isRemote()) {
        return;
    }
    constexpr std::uint64_t kSmallest = 16U << 20; // smaller ones are read whole as fast
    for (const LayerJob &job : m_jobs) {
        std::array<std::byte, 6> first = {};
        const Result<std::size_t> got = job.blob->readAt(0, first);
        if (job.blob->size() < kSmallest || !got
            || sniffCompression(std::span(first).first(*got)) != Compression::None) {
            continue;
        }
        if (auto tree = readTreeAlone(job.blob, m_options.limits, m_monitor)) {
            tellViewer(static_cast<std::uint32_t>(job.index),
                       std::make_shared<const LayerTree>(std::move(*tree)));
        }
    }
}

/// Keeps the restart points, as many as all layers together may take.
void LayerLoading::keepAccess(std::uint32_t index)
{
    Row &row = m_rows[index];
    RestartIndexPtr restarts = std::exchange(row.reading->restarts, nullptr);
    const std::string &key = blobKey(m_image.layers[index].descriptor);
    if (restarts == nullptr || key.empty()) {
        return;
    }
    const std::uint64_t bytes = restarts->memoryBytes();
    if (m_restartBytes.fetch_add(bytes) + bytes > limits::kRestartImageBytes) {
        m_restartBytes.fetch_sub(bytes);
        return;
    }
    m_source.accesses().put(key, {row.identity, std::move(restarts)});
}

/// Keeps the facts, as many as all layers together may have: upper layers lose theirs first,
/// whichever was read first.
void LayerLoading::keepFacts(std::uint32_t index)
{
    if (!m_options.watch) {
        return;
    }
    Row &mine = m_rows[index];
    auto facts = std::make_shared<FileFacts>(std::exchange(mine.reading->facts, {}));
    const std::scoped_lock lock(m_factsMutex);
    mine.facts = std::move(facts);
    mine.spareBytes = cutaway::spareBytes(*mine.facts);
    m_spareBytes += mine.spareBytes;
    if (m_spareBytes <= limits::kFactImageBytes) {
        return;
    }
    std::uint64_t bytes = 0;
    for (Row &row : m_rows) {
        bytes += row.spareBytes;
        if (bytes > limits::kFactImageBytes && row.facts != nullptr) {
            dropSpareFacts(*row.facts);
        }
    }
}

ImageFacts LayerLoading::takeFacts()
{
    ImageFacts facts;
    for (const Row &row : m_rows) {
        facts.push_back(m_rows[row.sameAs].facts);
    }
    return facts;
}

void LayerLoading::record()
{
    for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[m_rows[i].sameAs];
        if (row.reading) {
            recordReading(m_image, i, *row.reading, *row.tree);
            if (row.hasChanged) {
                recordChange(m_image, i);
            }
            Layer &layer = m_image.layers[i];
            layer.verifiedEarlier = row.isCached && layer.verified == true;
        } else {
            recordFailure(m_image,
                          i,
                          row.failedState,
                          row.failure.value_or(Error{ErrorCode::Io, "it was not read"}));
        }
    }
}

Result<PathTreePtr> LayerLoading::merge()
{
    m_monitor.beginStep("Building the file tree");
    std::vector<std::uint32_t> uses(m_rows.size());
    for (const Row &row : m_rows) {
        ++uses[row.sameAs];
    }
    PathTreeBuilder builder;
    for (const Row &mine : m_rows) {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        Row &row = m_rows[mine.sameAs];
        if (!row.tree) {
            builder.add(LayerTree());
            continue;
        }
        --uses[mine.sameAs];
        if (uses[mine.sameAs] == 0 && row.tree.use_count() == 1) {
            builder.add(std::move(*row.tree));
        } else {
            builder.add(*row.tree);
        }
        if (uses[mine.sameAs] == 0) {
            row.tree.reset();
        }
    }
    return builder.finish(m_monitor);
}

} // namespace cutaway
