// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/loader.h"

#include <QTemporaryDir>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::test {

/// An image of two layers, and all the ways to pack it. Members can be changed before packing.
struct TestImage
{
    std::vector<std::string> layers; ///< uncompressed tars
    std::vector<std::string> blobs;  ///< as stored
    std::vector<std::string> mediaTypes;
    std::vector<std::string> diffIds; ///< as the config says
    std::string architecture = "amd64";
    std::string extraConfig; ///< `"key": value, ` put into the config
    std::string annotations; ///< of the manifest: a JSON object, or empty
    std::vector<std::string> tags = {"example.com/app:1"};
};

/// /etc/name (5 bytes), /data/old (7 bytes) and then /data/.wh.old, /data/new (3 bytes).
[[nodiscard]] TestImage smallImage();
/// The same with layers packed by `pack` under the media type "…tar+SUFFIX".
[[nodiscard]] TestImage packedImage(std::string (*pack)(std::string_view), std::string_view suffix);

/// Files of an image by name, in the order in which an archive shall have them.
using Files = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string configOf(const TestImage &image);
[[nodiscard]] std::string manifestOf(const TestImage &image);
/// {"mediaType", "digest", "size"} of a manifest, and what `more` adds (", \"annotations\": …").
[[nodiscard]] std::string descriptorOf(std::string_view text,
                                       std::string_view mediaType,
                                       std::string_view more = {});
[[nodiscard]] std::string blobPath(std::string_view bytes);

[[nodiscard]] Files ociFiles(const TestImage &image);
[[nodiscard]] Files dockerFiles(const TestImage &image);
[[nodiscard]] Files hybridFiles(const TestImage &image);
[[nodiscard]] Files kanikoFiles(const TestImage &image);
[[nodiscard]] Files skopeoFiles(const TestImage &image);
[[nodiscard]] Files legacyFiles(const TestImage &image);

/// Something that is said of an image by a manifest beside it, whose only layer it is.
struct Attested
{
    std::string text;
    std::string mediaType = "application/vnd.in-toto+json";
    std::string predicateType = "https://spdx.dev/Document";
    bool byTag = false; ///< as cosign has it, "sha256-<hex>.att", else as BuildKit
};
/// An OCI archive of the image and what is said of it.
[[nodiscard]] Files attestedFiles(const TestImage &image, const Attested &attested);

[[nodiscard]] std::string tarOf(const Files &files);
void replaceFile(Files &files, const std::string &name, const std::string &content);

/// A directory for the files of one test.
class Folder
{
public:
    std::string path(std::string_view name = {}) const;
    /// Writes a file, directories above it included; gives its path.
    std::string write(std::string_view name, std::string_view bytes) const;
    /// Writes files below `name`; gives that directory.
    std::string writeAll(std::string_view name, const Files &files) const;

private:
    QTemporaryDir m_directory;
};

[[nodiscard]] Reference pathReference(const std::string &path);
/// Opens and loads the image of that index.
[[nodiscard]] Result<ImagePtr> load(const std::string &path, LoadOptions options = {});

/// The final file system, one path a line: "/etc/name 5".
[[nodiscard]] std::string filesOf(const Image &image);
[[nodiscard]] bool hasNote(const Image &image, std::string_view code);
[[nodiscard]] std::string notesOf(const Image &image);

} // namespace cutaway::test
