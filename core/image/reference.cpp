// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/reference.h"

#include "core/base/text.h"
#include "core/image/imagename.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <system_error>

namespace cutaway {

namespace {

using Transport = Reference::Transport;

struct TransportRow
{
    std::string_view prefix;
    Transport transport;
};

/// Longer prefixes first.
constexpr std::array<TransportRow, 10> kTransports = {{
    {"docker-archive:", Transport::DockerArchive},
    {"oci-archive:", Transport::OciArchive},
    {"oci:", Transport::Oci},
    {"dir:", Transport::Dir},
    {"docker://", Transport::Registry},
    {"registry://", Transport::Registry},
    {"registry:", Transport::Registry},
    {"docker-daemon:", Transport::Docker},
    {"docker:", Transport::Docker},
    {"podman:", Transport::Podman},
}};

constexpr std::string_view kStorage = "containers-storage:";

constexpr std::array<std::string_view, 10> kArchiveEndings = {".tar",
                                                              ".tar.gz",
                                                              ".tgz",
                                                              ".tar.zst",
                                                              ".tar.zstd",
                                                              ".tar.xz",
                                                              ".txz",
                                                              ".tar.bz2",
                                                              ".oci",
                                                              ".docker"};

bool exists(std::string_view path)
{
    std::error_code error;
    return std::filesystem::exists(std::filesystem::path(path), error);
}

bool hasArchiveEnding(std::string_view text)
{
    return std::ranges::any_of(kArchiveEndings,
                               [text](std::string_view ending) { return text.ends_with(ending); });
}

/// Written as only a path is: "/x", "./x", "~/x", "x.tar".
bool looksLikePath(std::string_view text)
{
    return text.starts_with('/') || text.starts_with("./") || text.starts_with("../")
           || text.starts_with("~/") || text == "." || text == ".." || text.ends_with('/')
           || hasArchiveEnding(text);
}

struct SplitPath
{
    std::string_view path;
    std::string_view image;
    bool hasImage = false;
};

/// PATH[:REF] at the first colon, as skopeo has it, unless colons belong to a path that exists.
SplitPath splitPath(std::string_view text)
{
    const std::size_t first = text.find(':');
    if (first == std::string_view::npos || exists(text)) {
        return {.path = text, .image = {}};
    }
    std::size_t colon = first;
    while (colon != std::string_view::npos && !exists(text.substr(0, colon))) {
        colon = text.find(':', colon + 1);
    }
    colon = colon == std::string_view::npos ? first : colon;
    return {.path = text.substr(0, colon), .image = text.substr(colon + 1), .hasImage = true};
}

Result<> checkImage(std::string_view image)
{
    if (image.starts_with('@')) {
        if (!imageIndex(image)) {
            return fail(ErrorCode::InvalidInput,
                        "“" + displayText(image)
                            + "” is no place in the archive; write @0 for the first image");
        }
        return {};
    }
    const auto name = ImageName::parse(image);
    if (!name) {
        return std::unexpected(name.error());
    }
    if (!name->digest.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(image)
                        + "”: an archive knows its images by tag or by @INDEX, not by digest");
    }
    return {};
}

Result<Reference> ofRegistry(std::string_view name, std::string_view text)
{
    const Result<ImageName> parsed = ImageName::parse(name);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    Reference reference;
    reference.transport = Transport::Registry;
    reference.path = parsed->text();
    reference.text = text;
    return reference;
}

/// An ID as engines write it, whole; what is shorter is a name, too.
bool isImageId(std::string_view text)
{
    return Digest::parse(text) || Digest::parse("sha256:" + std::string(text));
}

Result<Reference> ofEngine(Transport transport, std::string_view name, std::string_view text)
{
    const std::string word = transport == Transport::Docker ? "docker" : "podman";
    if (name.empty()) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(text) + "” names no image; `cutaway-cli images " + word
                        + "` lists those that there are");
    }
    if (!isImageId(name)) {
        if (const auto parsed = ImageName::parse(name); !parsed) {
            return std::unexpected(parsed.error());
        }
    }
    Reference reference;
    reference.transport = transport;
    reference.path = name;
    reference.text = text;
    return reference;
}

Result<Reference> ofTransport(Transport transport, std::string_view rest, std::string_view text)
{
    if (transport == Transport::Registry) {
        return ofRegistry(rest, text);
    }
    if (transport == Transport::Docker || transport == Transport::Podman) {
        return ofEngine(transport, rest, text);
    }
    Reference reference;
    reference.transport = transport;
    reference.text = text;
    if (transport == Transport::Dir) {
        reference.path = rest;
    } else {
        const SplitPath split = splitPath(rest);
        reference.path = split.path;
        reference.image = split.image;
        // In an OCI layout REF is any text (image-spec annotations.md, ref.name); a place is a
        // place.
        const bool isChecked =
            transport == Transport::DockerArchive || split.image.starts_with('@');
        if (split.hasImage && isChecked) {
            if (const auto checked = checkImage(split.image); !checked) {
                return std::unexpected(checked.error());
            }
        }
    }
    if (reference.path.empty()) {
        return fail(ErrorCode::InvalidInput, "“" + displayText(text) + "” names no path");
    }
    return reference;
}

/// The storage is the engine's own; only a well-formed name is put into what people may paste.
std::unexpected<Error> refuseStorage(std::string_view image)
{
    const std::string name = ImageName::parse(image) ? std::string(image) : "NAME";
    return fail(ErrorCode::Unsupported,
                "the storage of Podman, Buildah and CRI-O is not read directly; ask Podman for the "
                "image: `podman:"
                    + name + "`");
}

/// A path with a REF behind it: "app.tar:@1", "./layout:app". Only where the path exists and is no
/// bare word, so that "nginx:1.27" beside a folder "nginx" stays an image name.
std::optional<Reference> ofPathWithImage(std::string_view text)
{
    const SplitPath split = splitPath(text);
    const bool isPath = split.path.contains('/') || hasArchiveEnding(split.path);
    if (!split.hasImage || split.image.empty() || !isPath || !exists(split.path)) {
        return std::nullopt;
    }
    Reference reference;
    reference.path = split.path;
    reference.image = split.image;
    reference.text = text;
    return reference;
}

Result<Reference> ofPlainWord(std::string_view text)
{
    Reference reference;
    reference.path = text;
    reference.text = text;
    if (exists(text)) {
        return reference;
    }
    if (auto withImage = ofPathWithImage(text)) {
        if (const auto checked = checkImage(withImage->image);
            !checked && withImage->image.starts_with('@')) {
            return std::unexpected(checked.error());
        }
        return std::move(*withImage);
    }
    if (looksLikePath(text) || !ImageName::parse(text)) {
        return reference;
    }
    return ofRegistry(text, text);
}

} // namespace

std::optional<std::uint32_t> imageIndex(std::string_view image)
{
    if (!image.starts_with('@')) {
        return std::nullopt;
    }
    std::uint32_t index = 0;
    const char *const end = image.data() + image.size();
    const auto [stop, error] = std::from_chars(image.data() + 1, end, index);
    if (error != std::errc() || stop != end) {
        return std::nullopt;
    }
    return index;
}

Result<Reference> parseReference(std::string_view text)
{
    if (text.empty()) {
        return fail(ErrorCode::InvalidInput, "name an image: a file, a directory or - for stdin");
    }
    if (text.contains('\0')) {
        return fail(ErrorCode::InvalidInput, "the name of an image cannot have a zero byte");
    }
    if (text == "-") {
        return Reference{.transport = Transport::Stdin, .path = {}, .image = {}, .text = "-"};
    }
    for (const TransportRow &row : kTransports) {
        if (text.starts_with(row.prefix)) {
            return ofTransport(row.transport, text.substr(row.prefix.size()), text);
        }
    }
    if (text.starts_with(kStorage)) {
        return refuseStorage(text.substr(kStorage.size()));
    }
    return ofPlainWord(text);
}

} // namespace cutaway
