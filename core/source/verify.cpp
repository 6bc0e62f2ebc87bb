// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/verify.h"

#include "core/base/text.h"

#include <span>

namespace cutaway {

namespace {

void note(Image &image, std::uint32_t index, std::string code, std::string message)
{
    image.notes.add(
        Note{std::move(code), layerName(image, index) + ": " + std::move(message), index});
}

/// Digest of the blob as read, in the algorithm of the declared one.
Digest realDigest(const LayerReading &reading, const Digest &declared)
{
    if (!declared.isEmpty() && declared.algorithm() == HashAlgorithm::Sha512) {
        return reading.blobSha512.empty() ? Digest() : Digest::ofSha512(reading.blobSha512);
    }
    return reading.blobSha256.empty() ? Digest() : Digest::ofSha256(reading.blobSha256);
}

bool checkBlob(Image &image, std::uint32_t index, const LayerReading &reading)
{
    Layer &layer = image.layers[index];
    const Digest declared = layer.descriptor.digest;
    const Digest real = realDigest(reading, declared);
    if (declared.isEmpty()) {
        layer.digest = real;
        return true;
    }
    if (!real.isEmpty() && real != declared) {
        note(image,
             index,
             "digest-mismatch",
             "digest mismatch: the blob is listed as " + declared.text() + " but is " + real.text()
                 + ".");
        return false;
    }
    return true;
}

bool checkDiffId(Image &image, std::uint32_t index, const LayerReading &reading)
{
    Layer &layer = image.layers[index];
    const Digest real =
        reading.diffSha256.empty() ? Digest() : Digest::ofSha256(reading.diffSha256);
    if (layer.diffId.isEmpty()) {
        layer.diffId = real;
        return true;
    }
    if (layer.diffId.algorithm() != HashAlgorithm::Sha256) {
        note(image,
             index,
             "diff-id-unverified",
             "its diff ID uses " + std::string(layer.diffId.algorithmName())
                 + " and was not verified.");
        return true;
    }
    if (!real.isEmpty() && real != layer.diffId) {
        note(image,
             index,
             "diff-id-mismatch",
             "diff ID mismatch: the config says " + layer.diffId.text()
                 + " but the uncompressed tar is " + real.text() + ".");
        return false;
    }
    return true;
}

void checkSize(Image &image, std::uint32_t index, const LayerReading &reading)
{
    const Descriptor &descriptor = image.layers[index].descriptor;
    const bool isListed = !descriptor.digest.isEmpty() && descriptor.member.empty();
    if (!descriptor.size) {
        if (isListed) {
            note(image, index, "size-missing", "its descriptor gives no size, or an invalid one.");
        }
        return;
    }
    const auto declared = static_cast<std::uint64_t>(*descriptor.size);
    if (declared != reading.blobBytes) {
        note(image,
             index,
             "size-mismatch",
             "size mismatch: listed with " + formatNumber(declared) + " bytes but has "
                 + formatNumber(reading.blobBytes) + ".");
    }
}

/// What the media type says about compression; nothing when it says nothing.
std::optional<Compression> promisedCompression(std::string_view mediaType)
{
    if (mediaType.ends_with("+gzip") || mediaType.ends_with(".gzip")) {
        return Compression::Gzip;
    }
    if (mediaType.ends_with("+zstd") || mediaType.ends_with(".zstd")) {
        return Compression::Zstd;
    }
    if (mediaType.ends_with(".tar")) {
        return Compression::None;
    }
    return std::nullopt;
}

void checkMediaType(Image &image, std::uint32_t index, const LayerReading &reading)
{
    const std::string &mediaType = image.layers[index].descriptor.mediaType;
    const auto promised = promisedCompression(mediaType);
    if (promised && *promised != reading.compression && reading.blobBytes > 0) {
        note(image,
             index,
             "media-type-mismatch",
             "media type mismatch: " + displayText(mediaType) + " promises compression "
                 + std::string(compressionName(*promised)) + ", but it is "
                 + std::string(compressionName(reading.compression)) + ".");
    }
}

} // namespace

std::string layerName(const Image &image, std::uint32_t index)
{
    std::string name = "layer " + std::to_string(index);
    const Layer &layer = image.layers[index];
    if (!layer.descriptor.digest.isEmpty()) {
        name += " (" + layer.descriptor.digest.shortText() + ")";
    } else if (!layer.descriptor.member.empty() && layer.descriptor.member != "rootfs") {
        name += " (" + displayText(layer.descriptor.member) + ")";
    }
    return name;
}

void verifyConfig(std::string_view text, const Digest &declared, Notes &notes)
{
    if (declared.isEmpty()) {
        return;
    }
    Hasher hasher(declared.algorithm());
    hasher.update(std::as_bytes(std::span(text)));
    const std::string real = hasher.finish();
    if (real != declared.hex()) {
        notes.add("config-digest-mismatch",
                  "Digest mismatch: the config is listed as " + declared.text() + " but is "
                      + std::string(declared.algorithmName()) + ":" + real + ".");
    }
}

void recordReading(Image &image,
                   std::uint32_t index,
                   const LayerReading &reading,
                   const LayerTree &tree)
{
    Layer &layer = image.layers[index];
    layer.state = Layer::State::Read;
    layer.compression = compressionName(reading.compression);
    layer.counts = tree.counts();
    const bool wasBlob = !reading.blobSha256.empty();
    if (wasBlob) {
        layer.wireBytes = reading.blobBytes;
        layer.unpackedBytes = reading.unpackedBytes;
        const bool anythingDeclared = !layer.descriptor.digest.isEmpty() || !layer.diffId.isEmpty();
        const bool blobIsRight = checkBlob(image, index, reading);
        const bool diffIdIsRight = checkDiffId(image, index, reading);
        if (anythingDeclared) {
            layer.verified = blobIsRight && diffIdIsRight;
        }
        checkSize(image, index, reading);
        checkMediaType(image, index, reading);
    }
    for (const std::string &remark : reading.remarks) {
        note(image, index, "layer-remark", displayText(remark));
    }
    for (const std::string &name : tree.invalidWhiteouts()) {
        note(image,
             index,
             "invalid-whiteout",
             "invalid whiteout \"" + displayText(name) + "\", which names nothing; ignored.");
    }
}

void recordChange(Image &image, std::uint32_t index)
{
    if (!image.layers[index].verified.value_or(false)) {
        note(image,
             index,
             "changed-while-read",
             "changed on disk while it was read: what is shown may be partly old and partly new; "
             "open it again.");
    }
}

bool isAsDeclared(const Layer &layer, const LayerReading &reading)
{
    const Digest blob = realDigest(reading, layer.descriptor.digest);
    const bool hasDiffId =
        !layer.diffId.isEmpty() && layer.diffId.algorithm() == HashAlgorithm::Sha256;
    return (layer.descriptor.digest.isEmpty() || blob == layer.descriptor.digest)
           && (!hasDiffId || layer.diffId.hex() == reading.diffSha256)
           && (!layer.descriptor.size
               || static_cast<std::uint64_t>(*layer.descriptor.size) == reading.blobBytes);
}

void recordFailure(Image &image, std::uint32_t index, Layer::State state, const Error &error)
{
    Layer &layer = image.layers[index];
    layer.state = state;
    layer.problem = error.message;
    image.complete = false;
    switch (state) {
    case Layer::State::Absent:
        note(image, index, "layer-absent", "missing from this archive: " + error.message + ".");
        break;
    case Layer::State::Foreign:
        note(image, index, "layer-foreign", "distributed elsewhere, not read.");
        break;
    default: note(image, index, "layer-damaged", "damaged: " + error.message + "."); break;
    }
}

} // namespace cutaway
