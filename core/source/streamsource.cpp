// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/streamsource.h"

#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <poll.h>
#include <unistd.h>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 50;
constexpr std::size_t kHeadBytes = 512;
constexpr std::uint64_t kSmallBytes = 4096; ///< kept whatever it is
constexpr std::uint64_t kKeptTimes = 16;    ///< so many of the biggest are kept together

class DescriptorStream : public ByteStream
{
public:
    DescriptorStream(int descriptor, const Monitor &monitor)
        : m_descriptor(descriptor)
        , m_monitor(monitor)
        , m_block(limits::kBlockSize)
    {}

    Result<Bytes> next() override
    {
        for (;;) {
            if (m_monitor.isCancelled()) {
                return failCancelled();
            }
            pollfd waiting{m_descriptor, POLLIN, 0};
            const int ready = ::poll(&waiting, 1, kPollMilliseconds);
            if (ready == 0 || (ready < 0 && errno == EINTR)) {
                continue; // a signal may have been the wish to stop: no read that waits
            }
            const ssize_t count = ::read(m_descriptor, m_block.data(), m_block.size());
            if (count >= 0) {
                return Bytes(m_block.data(), static_cast<std::size_t>(count));
            }
            if (errno != EINTR && errno != EAGAIN) {
                return fail(ErrorCode::Io,
                            std::string("reading standard input: ") + std::strerror(errno));
            }
        }
    }

private:
    int m_descriptor;
    const Monitor &m_monitor;
    std::vector<std::byte> m_block;
};

/// The data of the member that a cursor stands on.
class MemberStream : public ByteStream
{
public:
    explicit MemberStream(TarCursor &cursor)
        : m_cursor(cursor)
    {}
    Result<Bytes> next() override { return m_cursor.readData(); }

private:
    TarCursor &m_cursor;
};

class StreamFiles : public FileStore
{
public:
    explicit StreamFiles(const LayerReadOptions &options, StreamMemory *memory = nullptr)
        : m_options(options)
        , m_memory(memory)
        , m_index(options.limits)
    {
        setLimits(options.limits);
    }

    Result<std::string> resolve(std::string_view name) const override
    {
        return m_index.resolve(name);
    }

    Result<ByteSourcePtr> open(const std::string &resolved) const override
    {
        const auto text = m_texts.find(resolved);
        if (text == m_texts.end()) {
            return fail(ErrorCode::Unsupported,
                        "\"" + displayText(resolved)
                            + "\" came by on a stream, which can be read only once; save the image "
                              "to a file to look into it");
        }
        return memorySource(std::string_view(text->second));
    }

    std::optional<Result<LayerReading>> takeReading(const std::string &resolved) override
    {
        const auto reading = m_readings.find(resolved);
        if (reading == m_readings.end()) {
            return std::nullopt;
        }
        auto taken = std::move(reading->second);
        m_readings.erase(reading);
        return taken;
    }

    std::vector<std::string> topNames() const override { return m_index.topNames(); }
    std::vector<std::string> directoriesWith(std::string_view fileName) const override
    {
        return m_index.directoriesWith(fileName);
    }
    void addNotes(Notes &notes) const override { addMemberNotes(m_index, notes); }
    Result<> status() const override { return m_index.status(); }

    Result<> takeMember(TarCursor &cursor, const TarMember &member, const Monitor &monitor);
    Result<> recall(const ArchiveRecord &record,
                    const AnalysisCache &cache,
                    const FileWatch &watch);
    void endMemory();
    void setStatus(const Result<> &status) { m_index.setStatus(status); }

private:
    bool isKept(Bytes head, std::uint64_t size) const;
    void limitFacts(FileFacts &facts);
    void remember(const TarMember &member);
    void remember(const std::string &name, Result<LayerReading> &reading);
    void keep(const std::string &name, PeekStream &data);

    LayerReadOptions m_options;
    StreamMemory *m_memory; ///< while the stream comes by
    MemberIndex m_index;
    std::map<std::string, std::string> m_texts;
    std::map<std::string, Result<LayerReading>> m_readings;
    std::uint64_t m_keptBytes = 0;
    std::uint64_t m_spareBytes = 0; ///< of all readings' facts
};

bool StreamFiles::isKept(Bytes head, std::uint64_t size) const
{
    if (size > m_options.limits.jsonBytes
        || m_keptBytes + size > kKeptTimes * m_options.limits.jsonBytes) {
        return false;
    }
    std::string_view text(reinterpret_cast<const char *>(head.data()), head.size());
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (text[first] == '{' || text[first] == '[')) {
        return true;
    }
    const bool isZeros = std::ranges::all_of(text, [](char byte) { return byte == '\0'; });
    return size > 0 && size <= kSmallBytes && !isZeros
           && sniffCompression(head) == Compression::None && lookAtTar(head) == ArchiveLook::NotTar;
}

/// An archive may have many layers, those of other images among them.
void StreamFiles::limitFacts(FileFacts &facts)
{
    m_spareBytes += spareBytes(facts);
    if (m_spareBytes > limits::kFactImageBytes) {
        dropSpareFacts(facts);
    }
}

void StreamFiles::remember(const TarMember &member)
{
    if (m_memory == nullptr) {
        return;
    }
    auto &members = m_memory->record.members;
    if (members.size() >= limits::kRecordMembers) {
        m_memory->isWhole = false;
        return;
    }
    members.push_back(
        {member.name, member.target, member.type, member.sparse.has_value(), member.storedSize});
}

/// Before some of its facts may have to go.
void StreamFiles::remember(const std::string &name, Result<LayerReading> &reading)
{
    if (m_memory == nullptr || !m_memory->isWhole) {
        return;
    }
    m_memory->isWhole = reading && m_memory->cache->storeBlob(*reading, m_memory->factsVersion);
    if (m_memory->isWhole) {
        m_memory->record.blobs[name] = reading->blobSha256;
    }
}

/// The stream is over.
void StreamFiles::endMemory()
{
    if (m_memory != nullptr) {
        m_memory->isWhole = m_memory->isWhole && m_index.status().has_value();
        m_memory->record.texts = m_texts;
        std::erase_if(m_memory->record.blobs,
                      [this](const auto &blob) { return !m_readings.contains(blob.first); });
        m_memory = nullptr;
    }
}

Result<> StreamFiles::recall(const ArchiveRecord &record,
                             const AnalysisCache &cache,
                             const FileWatch &watch)
{
    const auto factsVersion = watch ? std::optional(watch.version) : std::nullopt;
    for (const ArchiveRecord::Member &member : record.members) {
        TarMember written;
        written.name = member.name;
        written.target = member.target;
        written.type = member.type;
        written.storedSize = member.size;
        if (member.isSparse) {
            written.sparse.emplace();
        }
        if (auto added = m_index.add(written); !added) {
            return added;
        }
    }
    m_texts = record.texts;
    for (const auto &[name, blobSha256] : record.blobs) {
        auto reading = cache.findBlob(
            blobSha256, {name.starts_with("blobs/sha512/"), factsVersion, watch.fullerVersion});
        if (!reading) {
            return fail(ErrorCode::NotFound, "a layer is not kept any more");
        }
        limitFacts(reading->facts);
        m_readings.insert_or_assign(name, std::move(*reading));
    }
    return {};
}

/// Keeps what comes; where the stream breaks off, the cursor's status says so.
void StreamFiles::keep(const std::string &name, PeekStream &data)
{
    std::string text;
    auto run = data.next();
    while (run && !run->empty()) {
        text.append(reinterpret_cast<const char *>(run->data()), run->size());
        run = data.next();
    }
    m_keptBytes += text.size();
    m_readings.erase(name);
    m_texts.insert_or_assign(name, std::move(text));
}

Result<> StreamFiles::takeMember(TarCursor &cursor, const TarMember &member, const Monitor &monitor)
{
    if (auto added = m_index.add(member); !added) {
        return added;
    }
    remember(member);
    const auto name = memberName(member.name);
    if (!name || member.type != EntryType::File || member.sparse) {
        return {};
    }
    const std::uint64_t size = member.storedSize;
    LayerReadOptions options = m_options;
    options.wantSha512 = name->starts_with("blobs/sha512/");
    auto data = std::make_unique<PeekStream>(std::make_unique<MemberStream>(cursor));
    const auto head = data->peek(kHeadBytes);
    if (!head) {
        return {}; // the cursor knows, and its status says so
    }
    if (isKept(*head, size)) {
        keep(*name, *data);
        return {};
    }
    auto reading = readLayer(std::move(data), options, monitor);
    if (!reading && reading.error().code == ErrorCode::Cancelled) {
        return std::unexpected(reading.error());
    }
    remember(*name, reading);
    if (reading) {
        limitFacts(reading->facts);
    }
    m_texts.erase(*name);
    m_readings.insert_or_assign(*name, std::move(reading));
    return {};
}

} // namespace

std::unique_ptr<ByteStream> descriptorStream(int descriptor, const Monitor &monitor)
{
    return std::make_unique<DescriptorStream>(descriptor, monitor);
}

Result<FileStorePtr> readStream(ByteStream &archive,
                                const LayerReadOptions &options,
                                Monitor &monitor,
                                StreamMemory *memory)
{
    auto files = std::make_shared<StreamFiles>(options, memory);
    TarCursor cursor(archive, 0, options.limits);
    while (const TarMember *member = cursor.next()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        monitor.advance(member->headerOffset, 0);
        if (auto taken = files->takeMember(cursor, *member, monitor); !taken) {
            return std::unexpected(taken.error());
        }
    }
    Result<> status = cursor.status();
    if (status) {
        status = cursor.drain();
    }
    if (!status && status.error().code == ErrorCode::Cancelled) {
        return std::unexpected(status.error());
    }
    files->setStatus(status);
    files->endMemory();
    return files;
}

Result<FileStorePtr> recallStream(const ArchiveRecord &record,
                                  const AnalysisCache &cache,
                                  const FileWatch &watch,
                                  const LayerReadOptions &options)
{
    auto files = std::make_shared<StreamFiles>(options);
    if (const Result<> recalled = files->recall(record, cache, watch); !recalled) {
        return std::unexpected(recalled.error());
    }
    return files;
}

} // namespace cutaway
