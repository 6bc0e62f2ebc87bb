// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/dockermanifest.h"
#include "core/source/peek.h"
#include "core/source/sources.h"
#include "core/source/spool.h"
#include "core/source/streamsource.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace cutaway {

namespace {

namespace fs = std::filesystem;
using Transport = Reference::Transport;

constexpr std::size_t kMagicBytes = 16;

enum class Kind : std::uint8_t { Docker, LegacyDocker, Layout, SkopeoDir, Rootfs };

/// What is being opened, and how it would be named to open it again.
struct Place
{
    Transport transport = Transport::Path;
    std::string path;
    LayerReadOptions reading; ///< of layers that have to be read when they come by
    bool isDirectory = false;

    std::string reference(std::string_view prefix) const
    {
        return transport == Transport::Stdin ? "-" : std::string(prefix) + path;
    }
};

bool looksLikeRootfs(const std::vector<std::string> &names)
{
    return std::ranges::any_of(names, [](const std::string &name) { return isRootfsName(name); });
}

/// The kind that manifest.json speaks for; nothing when it speaks for none.
Result<std::optional<Kind>> kindByManifest(const FileStore &files, bool mayBeRootfs)
{
    const auto text = files.readText("manifest.json");
    if (!text) {
        if (text.error().code == ErrorCode::NotFound || mayBeRootfs) {
            return std::nullopt;
        }
        return std::unexpected(text.error());
    }
    const auto parsed = parseJson(*text, "manifest.json");
    if (!parsed) {
        return mayBeRootfs ? Result<std::optional<Kind>>(std::nullopt)
                           : std::unexpected(parsed.error());
    }
    const Json &value = parsed->value;
    if (value.isObject() && !value["schemaVersion"].isNull()) {
        return Kind::SkopeoDir;
    }
    if (isDockerManifest(value)) {
        return Kind::Docker;
    }
    if (mayBeRootfs) {
        return std::nullopt;
    }
    return value.isArray()
               ? Result<std::optional<Kind>>(Kind::Docker)
               : fail(ErrorCode::Corrupt,
                      "manifest.json: neither a list of images, as docker writes it, nor "
                      "a manifest, as skopeo does");
}

Result<Kind> tellKind(const FileStore &files)
{
    const std::vector<std::string> names = files.topNames();
    const bool mayBeRootfs = looksLikeRootfs(names);
    const auto byManifest = kindByManifest(files, mayBeRootfs);
    if (!byManifest) {
        return std::unexpected(byManifest.error());
    }
    if (*byManifest) {
        return **byManifest;
    }
    const auto index = files.resolve("index.json");
    if (index && (!mayBeRootfs || files.contains("oci-layout"))) {
        return Kind::Layout;
    }
    if (!index && index.error().code != ErrorCode::NotFound && !mayBeRootfs) {
        return std::unexpected(index.error());
    }
    if (files.contains("repositories") || !files.directoriesWith("layer.tar").empty()) {
        return Kind::LegacyDocker;
    }
    const bool isTorso = !mayBeRootfs && std::ranges::any_of(names, [](const std::string &name) {
        return isImageName(name);
    });
    if (isTorso) {
        return fail(
            ErrorCode::Corrupt,
            "is not a container image: it looks like part of one, but neither manifest.json "
            "nor index.json is in it");
    }
    if (names.empty()) {
        return fail(ErrorCode::InvalidInput, "is not a container image: it holds no files");
    }
    return Kind::Rootfs;
}

/// The kind that the transport asks for, if the content has it.
Result<Kind> kindAsAsked(const FileStore &files, Transport transport)
{
    const auto told = tellKind(files);
    if (transport == Transport::Path || transport == Transport::Stdin) {
        return told;
    }
    if (transport == Transport::OciArchive || transport == Transport::Oci) {
        if (files.contains("index.json")) {
            return Kind::Layout;
        }
        return fail(ErrorCode::InvalidInput, "is not an OCI image layout: it has no index.json");
    }
    if (!told) {
        return told;
    }
    if (transport == Transport::DockerArchive
        && (*told == Kind::Docker || *told == Kind::LegacyDocker)) {
        return told;
    }
    if (transport == Transport::Dir && *told == Kind::SkopeoDir) {
        return told;
    }
    return fail(ErrorCode::InvalidInput,
                transport == Transport::Dir
                    ? "is not a directory as skopeo's dir: writes it; leave the prefix out to have "
                      "its kind told by its content"
                    : "is not a docker archive; leave the prefix out to have its kind told by its "
                      "content");
}

SourceResult openKind(Kind kind, const FileStorePtr &files, const Place &place, Monitor &monitor)
{
    switch (kind) {
    case Kind::Docker:
        return openDockerArchive({files, "docker-archive", place.reference("docker-archive:")},
                                 monitor);
    case Kind::LegacyDocker:
        return openLegacyArchive({files, "docker-archive", place.reference("docker-archive:")});
    case Kind::Layout:
        return place.isDirectory
                   ? openLayout(
                         {files, "oci", place.reference("oci:")}, BlobNaming::Layout, monitor)
                   : openLayout({files, "oci-archive", place.reference("oci-archive:")},
                                BlobNaming::Layout,
                                monitor);
    case Kind::SkopeoDir:
        return openLayout({files, "dir", place.reference("dir:")}, BlobNaming::Directory, monitor);
    case Kind::Rootfs: break;
    }
    return fail(ErrorCode::Unsupported, "a root file system is opened otherwise");
}

SourceResult openDirectory(const Place &place, Monitor &monitor)
{
    const auto files = directoryFiles(place.path);
    if (!files) {
        return std::unexpected(files.error());
    }
    (*files)->setLimits(place.reading.limits);
    const auto kind = kindAsAsked(**files, place.transport);
    if (!kind) {
        return std::unexpected(kind.error());
    }
    if (*kind == Kind::Rootfs) {
        return rootfsDirectory(place.path, place.path, place.reading, monitor);
    }
    return openKind(*kind, *files, place, monitor);
}

SourceResult openTar(const ByteSourcePtr &tar, const Place &place, Monitor &monitor)
{
    monitor.beginStep("Reading the archive's index");
    auto index = indexMembers(tar, place.reading.limits, monitor);
    if (!index) {
        return std::unexpected(index.error());
    }
    const auto files = tarFiles(tar, std::move(*index));
    files->setLimits(place.reading.limits);
    const auto kind = kindAsAsked(*files, place.transport);
    if (!kind) {
        return std::unexpected(kind.error());
    }
    return *kind == Kind::Rootfs ? SourceResult(rootfsTar(tar, place.path))
                                 : openKind(*kind, files, place, monitor);
}

std::unexpected<Error> failNoImage(Bytes head, Compression compression)
{
    const std::string packed =
        compression == Compression::None
            ? std::string()
            : std::string(compressionName(compression)) + "-compressed, and inside is ";
    return fail(ErrorCode::InvalidInput,
                "is not a container image: it is " + packed + describeBytes(head));
}

/// What is needed by name for a whole-compressed archive: a file to decompress it into.
Result<OwnedFd> openSpoolFor(const ByteSource &file)
{
    std::array<std::byte, kMagicBytes> magic{};
    const auto count = file.readAt(0, magic);
    const bool isPlain =
        !count || sniffCompression(Bytes(magic).first(*count)) == Compression::None;
    return isPlain ? Result<OwnedFd>() : openSpoolFile();
}

void tellOpened(const OpenOptions &options, const Confinement &needed)
{
    if (options.onOpened) {
        options.onOpened(needed);
    }
}

SourceResult openArchive(const ByteSourcePtr &file,
                         const Place &place,
                         const OpenOptions &options,
                         Monitor &monitor)
{
    auto spoolFile = openSpoolFor(*file);
    tellOpened(options, {});
    std::vector<std::byte> head(kPeekBytes);
    const auto count = file->readAt(0, head);
    if (!count) {
        return std::unexpected(count.error());
    }
    head.resize(*count);
    const Compression compression = sniffCompression(head);
    if (compression != Compression::None) {
        head = decompressHead(head, compression);
    }
    const ArchiveLook look = lookAtTar(head);
    if (look == ArchiveLook::NotTar) {
        return failNoImage(head, compression);
    }
    if (compression == Compression::None) {
        return openTar(file, place, monitor);
    }
    if (look == ArchiveLook::Rootfs && place.transport == Transport::Path) {
        return rootfsTar(file, place.path);
    }
    if (!spoolFile) {
        return std::unexpected(spoolFile.error());
    }
    const auto unpacked =
        spool(file, compression, std::move(*spoolFile), place.reading.limits, monitor);
    if (!unpacked) {
        return std::unexpected(unpacked.error());
    }
    return openTar(*unpacked, place, monitor);
}

SourceResult openPipe(int descriptor, const Place &place, Monitor &monitor)
{
    monitor.beginStep("Reading the image stream");
    auto raw = std::make_unique<PeekStream>(descriptorStream(descriptor, monitor));
    const auto peeked = raw->peek(limits::kBlockSize);
    if (!peeked) {
        return std::unexpected(peeked.error());
    }
    const Compression compression = sniffCompression(*peeked);
    std::vector<std::byte> head(peeked->begin(), peeked->end());
    if (compression != Compression::None) {
        head = decompressHead(head, compression);
    }
    const ArchiveLook look = lookAtTar(head);
    if (look == ArchiveLook::NotTar) {
        return failNoImage(head, compression);
    }
    if (look == ArchiveLook::Rootfs) {
        auto reading = readLayer(std::move(raw), place.reading, monitor);
        if (!reading) {
            return std::unexpected(reading.error());
        }
        return rootfsReading(std::move(*reading), "-");
    }
    const auto archive = decompress(std::move(raw), compression, place.reading.limits);
    const auto files = readStream(*archive, place.reading, monitor);
    if (!files) {
        return std::unexpected(files.error());
    }
    const auto kind = tellKind(**files);
    if (!kind) {
        return std::unexpected(kind.error());
    }
    if (*kind == Kind::Rootfs) {
        return fail(ErrorCode::InvalidInput,
                    "is not a container image as far as a stream tells; save it to a file to have "
                    "it opened as a root file system");
    }
    return openKind(*kind, *files, place, monitor);
}

SourceResult openStandardInput(const OpenOptions &options, const Place &place, Monitor &monitor)
{
    struct stat status{};
    const bool isFile = ::fstat(options.stdinDescriptor, &status) == 0 && S_ISREG(status.st_mode);
    const off_t offset = isFile ? ::lseek(options.stdinDescriptor, 0, SEEK_CUR) : -1;
    const int copy = offset < 0 ? -1 : ::dup(options.stdinDescriptor);
    if (copy < 0) {
        tellOpened(options, {});
        return openPipe(options.stdinDescriptor, place, monitor);
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const auto start = std::min(static_cast<std::uint64_t>(offset), size);
    return openArchive(windowOf(adoptFile(copy, size, "standard input"), start, size - start),
                       place,
                       options,
                       monitor);
}

/// Who one is is found out first: a helper may have to be run, which is not possible once what the
/// source needs is told.
SourceResult openImageOfRegistry(const Place &place, const OpenOptions &options, Monitor &monitor)
{
    const Result<ImageName> name = ImageName::parse(place.path);
    if (!name) {
        return std::unexpected(name.error());
    }
    if (options.blobs == nullptr) {
        return fail(ErrorCode::Io, "there is no place for what comes from the registry");
    }
    RegistryWay way = wayTo(*name, options.registry, monitor);
    tellOpened(options, {.readable = way.readable, .writable = {options.blobs->path()}});
    return openRegistry(std::move(way), options.blobs, monitor);
}

SourceResult openPlace(Place place, const OpenOptions &options, Monitor &monitor)
{
    if (place.transport == Transport::Stdin) {
        return openStandardInput(options, place, monitor);
    }
    if (place.transport == Transport::Registry) {
        return openImageOfRegistry(place, options, monitor);
    }
    if (place.transport == Transport::Docker || place.transport == Transport::Podman) {
        const bool isDocker = place.transport == Transport::Docker;
        return openEngine(isDocker ? EngineKind::Docker : EngineKind::Podman,
                          place.path,
                          options,
                          place.reading,
                          monitor);
    }
    std::error_code error;
    place.isDirectory = fs::is_directory(place.path, error);
    if (place.isDirectory) {
        tellOpened(options, {.readable = {place.path}, .writable = {}});
        return openDirectory(place, monitor);
    }
    const auto file = openFile(place.path);
    if (!file) {
        return std::unexpected(file.error());
    }
    return openArchive(*file, place, options, monitor);
}

} // namespace

Result<std::unique_ptr<ImageSource>> openSource(const Reference &reference,
                                                const OpenOptions &options,
                                                Monitor &monitor)
{
    Place place{reference.transport, reference.path, {}, false};
    place.reading.limits = options.limits;
    place.reading.observe = options.watch.observe;
    auto source = openPlace(place, options, monitor);
    if (source) {
        (*source)->setLimits(options.limits);
        return source;
    }
    if (source.error().code == ErrorCode::Cancelled) {
        return source;
    }
    const std::string name =
        place.transport == Transport::Stdin ? "standard input" : displayText(place.path);
    const std::string &message = source.error().message;
    if (place.transport == Transport::Registry && !reference.text.contains("://")
        && !reference.text.starts_with("registry:")) {
        return failIn("there is no file “" + displayText(reference.text)
                          + "”, and as an image of a registry, " + name,
                      source.error());
    }
    if (place.transport == Transport::Docker || place.transport == Transport::Podman) {
        return source; // says itself who was asked for what
    }
    if (message.starts_with("is not ")) {
        return fail(source.error().code, name + " " + message);
    }
    if (message.starts_with(name)) {
        return source;
    }
    return failIn(name, source.error());
}

} // namespace cutaway
