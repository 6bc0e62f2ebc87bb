// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/base/confine.h"
#include "core/cache/analysiscache.h"
#include "core/cache/blobcache.h"
#include "core/image/candidate.h"
#include "core/image/image.h"
#include "core/image/reference.h"
#include "core/registry/enginesocket.h"
#include "core/registry/registryoptions.h"
#include "core/source/layeraccess.h"
#include "core/source/openedfiles.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// An image as its source states it, nothing read yet but manifest and config.
struct ImageStatement
{
    Digest digest;
    std::string mediaType;
    std::string configText; ///< raw; empty when there is none (a plain root file system)
    Digest configDigest;    ///< declared; empty where none is
    Manifest manifest;      ///< layers in order, the lowest first
    std::vector<std::string> tags;
    std::vector<PlatformEntry> platforms;
    std::vector<Attestation> attestations;
    std::vector<Signature> signatures;
    bool keepsSignatures = false;
    std::optional<RegistryAccess> registry; ///< how it was spoken to, where it comes from one
    Notes notes;
};

/// Where images come from. A source gives the bare minimum; the loader derives the rest once for
/// all.
class ImageSource
{
public:
    ImageSource() = default;
    virtual ~ImageSource() = default;
    ImageSource(const ImageSource &) = delete;
    ImageSource &operator=(const ImageSource &) = delete;

    virtual std::string_view name() const = 0; ///< "docker-archive" …, as in reports
    /// Every image, attestations left out. May be long.
    [[nodiscard]] virtual Result<std::vector<ImageCandidate>> images() = 0;
    [[nodiscard]] virtual Result<ImageStatement> statement(std::uint32_t index) = 0;
    /// The bytes of a layer or other blob. NotFound: not in this source. May be called from any
    /// thread.
    [[nodiscard]] virtual Result<ByteSourcePtr> blob(const Descriptor &descriptor) = 0;
    /// A layer that had to be read when it came by (a stream); nothing where `blob` serves. Given
    /// once.
    virtual std::optional<Result<LayerReading>> takeReading(const Descriptor &)
    {
        return std::nullopt;
    }
    /// A file of a root file system that is a directory, by its path in the image; nothing where
    /// layers are tars.
    virtual std::optional<Result<ByteSourcePtr>> openEntry(std::string_view)
    {
        return std::nullopt;
    }
    /// The monitor that it was opened with is no more: from now on nothing is cancelled.
    virtual void outliveMonitor() {}
    /// What reading the layers taught about reading them again.
    LayerAccesses &accesses() { return m_accesses; }
    /// Contents that would take long to be reached once more.
    OpenedFiles &openedFiles() { return m_openedFiles; }
    /// What its images may ask for; of openSource()'s options.
    const Limits &limits() const { return m_limits; }
    void setLimits(const Limits &limits) { m_limits = limits; }
    /// Whether what takeReading() gives was read and verified on an earlier occasion.
    virtual bool wasReadEarlier() const { return false; }
    /// Whether absent layers are normal here (an OCI layout may hold a part of its blobs).
    virtual bool mayLackBlobs() const { return false; }
    /// Whether reading a blob fetches it: then nothing is read but what is needed.
    virtual bool isRemote() const { return false; }
    /// A blob could not be read, or was not what its digest says: whether that lay in a copy of
    /// ours, which is gone now, so that it is worth asking for it once more.
    virtual bool dropDamaged(const Descriptor &) { return false; }

private:
    LayerAccesses m_accesses;
    OpenedFiles m_openedFiles;
    Limits m_limits;
};

/// What tells one blob of a source from the others; empty where nothing does.
[[nodiscard]] inline const std::string &blobKey(const Descriptor &descriptor)
{
    return descriptor.member.empty() ? descriptor.digest.text() : descriptor.member;
}

struct OpenOptions
{
    int stdinDescriptor = 0; ///< what "-" reads
    Limits limits = {};      // NOLINT(readability-redundant-member-init): may be left out
    /// Called once, in the calling thread, when what the source needs is open and nothing of the
    /// image has been looked at but its magic number: with what the source will still open by name.
    // Without the initialiser g++ warns wherever it is left out.
    // NOLINTNEXTLINE(readability-redundant-member-init)
    std::function<void(const Confinement &)> onOpened = {};
    /// What a registry is asked with.
    RegistryOptions registry = {}; // NOLINT(readability-redundant-member-init): may be left out
    /// Where blobs of registries go; without it no registry can be asked.
    BlobCachePtr blobs = nullptr;
    /// What to look for in layers that have to be read when they come by.
    FileWatch watch = {}; // NOLINT(readability-redundant-member-init): may be left out
    /// Where engines listen.
    EngineSearch engines = {}; // NOLINT(readability-redundant-member-init): may be left out
    /// What is known of images that came from engines; nullptr = nothing.
    AnalysisCachePtr analyses = nullptr;
    /// Files will be read: what comes from an engine is kept until the source goes.
    bool wantContents = true;
};

/// Opens what a reference names, kind told by content. Spools only a whole-compressed archive, and
/// that of an engine where files will be read: into the cache directory, as an unlinked file.
[[nodiscard]] Result<std::unique_ptr<ImageSource>> openSource(const Reference &reference,
                                                              const OpenOptions &options,
                                                              Monitor &monitor);

/// Picks one image: by `wanted` ("name:tag", "name", "@INDEX", a digest), else by platform, else
/// the only one, else the host's platform. `InvalidInput` when a choice is left; then `candidates`
/// can be shown.
[[nodiscard]] Result<std::uint32_t> chooseImage(const std::vector<ImageCandidate> &candidates,
                                                std::string_view wanted,
                                                const Platform &platform);

} // namespace cutaway
