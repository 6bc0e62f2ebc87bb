// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/attestedbills.h"

#include "core/base/hash.h"
#include "core/packages/packagelimits.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace cutaway {

namespace {

/// The blob, when it is what its digest says.
std::optional<std::string> textOf(ImageSource &source, const Descriptor &descriptor)
{
    const Result<ByteSourcePtr> blob = source.blob(descriptor);
    if (!blob) {
        return std::nullopt;
    }
    Result<std::string> text = readAll(**blob, limits::kBillBytes, "attestation");
    const bool isIntact = text && descriptor.digest.algorithm() == HashAlgorithm::Sha256
                          && sha256Hex(*text) == descriptor.digest.hex();
    return isIntact ? std::optional(std::move(*text)) : std::nullopt;
}

/// BuildKit's statements, cosign's signed ones, and bills that were attached as they are.
bool maySayBill(const Descriptor &layer)
{
    constexpr std::array<std::string_view, 5> kTypes = {
        "application/vnd.in-toto+json",
        "application/vnd.dsse.envelope.v1+json",
        "application/spdx+json",
        "application/vnd.cyclonedx+json",
        "text/spdx+json",
    };
    return std::ranges::find(kTypes, layer.mediaType) != kTypes.end();
}

} // namespace

std::vector<FoundBill> attestedBills(ImageSource &source, const Image &image)
{
    std::vector<FoundBill> found;
    if (image.registry) {
        return found;
    }
    for (const Attestation &attestation : image.attestations) {
        Descriptor descriptor;
        descriptor.digest = attestation.digest;
        const auto text = attestation.present ? textOf(source, descriptor) : std::nullopt;
        const auto manifest = text ? parseManifest(*text) : Result<Manifest>(Manifest());
        if (!manifest) {
            continue;
        }
        for (const Descriptor &layer : manifest->layers) {
            if (found.size() >= limits::kAttestedBills || !maySayBill(layer)) {
                continue;
            }
            const auto statement = textOf(source, layer);
            auto bill = statement ? readBill(*statement) : std::nullopt;
            if (bill) {
                FoundBill &row = found.emplace_back();
                row.bill = std::move(*bill);
                row.attestation = attestation.digest;
            }
        }
    }
    return found;
}

} // namespace cutaway
