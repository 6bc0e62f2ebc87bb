// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/config.h"
#include "core/image/layer.h"
#include "core/image/manifest.h"
#include "core/image/note.h"
#include "core/tree/pathtree.h"

#include <memory>
#include <string>
#include <vector>

namespace cutaway {

/// Another platform of the same index.
struct PlatformEntry
{
    Platform platform;
    Digest digest;
    bool present = false; ///< its manifest is in the source
};

/// A statement about the image that travels beside it (in-toto; attached to its image, not a
/// platform).
struct Attestation
{
    Digest digest;  ///< of the attestation manifest
    Digest subject; ///< of the image it speaks of
    std::vector<std::string> predicateTypes;
    bool present = false;
};

/// A signature of the image, or of an index that lists it, that travels beside it. Nobody has
/// verified it.
struct Signature
{
    Digest digest;    ///< of the signature's manifest
    std::string kind; ///< "cosign", "sigstore", "notation"
};

/// How a registry was spoken to.
struct RegistryAccess
{
    std::string host; ///< with the port, where one was named
    bool isEncrypted = true;
    bool isVerified = true;   ///< its certificate was asked for and found good
    bool isAnonymous = false; ///< nobody had to say who they are
    bool isLegacyApi = false; ///< the API before version 2, or manifests of schema 1
};

/// Where the layers of the base image end, and how we know.
struct BaseImage
{
    std::string reference; ///< empty = unknown
    std::uint32_t layers = 0;
    enum class By : std::uint8_t { Unknown, User, Annotation, DiffIds, History } by = By::Unknown;
};

/// A loaded image: plain data, shared as const once made.
struct Image
{
    std::string reference;  ///< as asked for
    std::string sourceName; ///< "docker-archive", "oci-archive", "oci", "dir", "rootfs"
    Digest digest;          ///< of the manifest; of the config where there is no manifest
    std::string mediaType;
    std::string artifactType; ///< set when this is an artifact, not an image to be run
    std::vector<std::string> tags;
    std::map<std::string, std::string> annotations;
    ImageConfig config;
    bool historyAligned = false;
    std::vector<Layer> layers;
    PathTreePtr tree; ///< nullptr only in the early image that LoadObserver::onConfig sees
    BaseImage base;
    std::vector<PlatformEntry> platforms;
    std::vector<Attestation> attestations;
    std::vector<Signature> signatures;
    bool keepsSignatures = false; ///< signatures are there, of this image or of others beside it
    std::optional<RegistryAccess> registry; ///< where it came from one
    Notes notes;
    bool complete = true; ///< every layer of the list was read
    Digest configDigest;  ///< as the manifest declares it; empty where it does not
};

using ImagePtr = std::shared_ptr<const Image>;

} // namespace cutaway
