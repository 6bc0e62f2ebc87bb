// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/repository.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway {

/// Something that a registry keeps about an image, beside it (distribution-spec, "Listing
/// Referrers").
struct Referrer
{
    enum class Kind : std::uint8_t { Signature, Sbom, Provenance, Attestation, Other };
    Kind kind = Kind::Other;
    Descriptor descriptor; ///< of its manifest; media type and size may be unknown
    std::string tag;       ///< under which it lies, where that is how it was found
};
/// What it is, by artifact type and annotations.
[[nodiscard]] Referrer::Kind referrerKind(const Descriptor &descriptor);

struct ReferrerPage
{
    std::vector<Referrer> referrers;
    std::string next;   ///< what to ask the next page with; empty = this is the last
    bool hasApi = true; ///< false: the registry has no list of them, only tags by convention
};
/// One page of them; `next` is empty for the first. Where the registry has no list, the tag that
/// stands for it is asked; the first page also has what cosign keeps under tags of its own.
[[nodiscard]] Result<ReferrerPage> referrersOf(Repository &repository,
                                               const Digest &subject,
                                               const std::string &next,
                                               const Monitor &monitor);

/// What a referrer holds: the layers of its manifest, to be asked for one by one.
[[nodiscard]] Result<std::vector<Descriptor>> partsOf(Repository &repository,
                                                      const Digest &referrer,
                                                      const Monitor &monitor);

/// A part made readable: the statement inside a signed envelope (DSSE, sigstore's bundle), else the
/// part itself.
struct AttachedText
{
    std::string text;          ///< as it was sent: escape it before a person reads it
    std::string payloadType;   ///< of an envelope; empty where it had none
    std::string predicateType; ///< of an in-toto statement; empty where it is none
};
[[nodiscard]] AttachedText readableText(std::string part);
/// Fetches a part, verified, within limits::kAttachedBytes.
[[nodiscard]] Result<AttachedText> attachedText(Repository &repository,
                                                const Descriptor &part,
                                                const Monitor &monitor);

} // namespace cutaway
