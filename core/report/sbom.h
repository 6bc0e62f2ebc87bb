// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/jsonparts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What bills of materials say alike, whatever their format.
namespace cutaway::sbom {

/// A package that is listed.
struct Item
{
    const Package *package = nullptr;
    std::uint32_t place = 0; ///< in the list of packages
    std::string id;          ///< "deb-bash-0123456789abcdef": letters, digits, dots, dashes
    std::vector<std::uint32_t> needs; ///< places in the list of items
    bool knowsNeeds = false;          ///< where its database tells
};
/// By ecosystem, name and version; those that are installed, or were.
[[nodiscard]] std::vector<Item> itemsOf(const Inspection &inspection, const SbomOptions &options);

/// A name-based UUID (RFC 9562, version 5).
[[nodiscard]] std::string uuidOf(std::string_view name);
/// The document's own UUID: of the image, the format and what the options ask for.
[[nodiscard]] std::string documentUuid(const Inspection &inspection,
                                       std::string_view format,
                                       const SbomOptions &options);
/// "2024-05-01T10:00:00Z"
[[nodiscard]] std::string createdTime(const Image &image, const SbomOptions &options);
/// The same point in time in UTC, whole seconds; nothing where it is no RFC 3339 time.
[[nodiscard]] std::optional<std::string> utcTime(std::string_view rfc3339);

/// The image's name without tag and digest, "docker.io/library/node"; never empty.
[[nodiscard]] std::string imageName(const Image &image);
/// Its package URL of type oci.
[[nodiscard]] std::string imagePurl(const Image &image);
/// The digest that tells it from others: of the manifest, else of the config.
[[nodiscard]] const Digest &imageDigest(const Image &image);
struct Label
{
    std::string name;
    std::string value;
};
/// Its labels, without secrets.
[[nodiscard]] std::vector<Label> labelsOf(const Image &image);

/// Who is named in "Name <name@example.org>".
struct Party
{
    std::string name;
    std::string email; ///< empty where there is none
    bool isPerson = false;
};
[[nodiscard]] std::optional<Party> partyOf(std::string_view text);
/// The text where it may stand for a URL in any format: of the web, without a password.
[[nodiscard]] std::optional<std::string> urlOf(std::string_view text);

/// "sha256:…" of the layer, as it is stored, else of its content.
[[nodiscard]] std::string layerDigest(const Image &image, LayerIndex layer);

} // namespace cutaway::sbom
