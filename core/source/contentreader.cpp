// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentreader.h"

#include "core/base/text.h"
#include "core/source/layercontents.h"

#include <map>
#include <string>
#include <utility>

namespace cutaway {

namespace {

/// The entries by layer and place of their content.
Result<std::map<LayerIndex, WantedContents>> sortByLayer(const PathTree &tree,
                                                         const std::vector<EntryId> &entries)
{
    std::map<LayerIndex, WantedContents> layers;
    for (const EntryId id : entries) {
        const EntryId content = tree.content(id);
        const std::string path = displayText(tree.path(tree.entry(id).node));
        if (content == kNone) {
            return fail(ErrorCode::NotFound, path + ": a dangling hard link has no content");
        }
        const Entry &entry = tree.entry(content);
        if (entry.type != EntryType::File) {
            return fail(ErrorCode::InvalidInput, path + ": no regular file");
        }
        layers[entry.layer][entry.headerOffset].push_back(id);
    }
    return layers;
}

Result<bool> readFromDirectory(ImageSource &source,
                               const PathTree &tree,
                               const std::vector<EntryId> &entries,
                               LayerContents &contents)
{
    for (const EntryId id : entries) {
        const std::string path = tree.path(tree.entry(tree.content(id)).node);
        const auto file = source.openEntry(path);
        if (!file) {
            return false;
        }
        if (!*file) {
            return std::unexpected(file->error());
        }
        if (auto read = contents.readFile(***file, {id}); !read) {
            return failIn(displayText(path), read.error());
        }
    }
    return true;
}

/// Restart points count only for the file that they were found in: a touched one is read from its
/// start.
Result<SeekableTar> openLayer(ImageSource &source, const Descriptor &descriptor)
{
    const auto blob = source.blob(descriptor);
    if (!blob) {
        return std::unexpected(blob.error());
    }
    LayerAccess access = source.accesses().find(blobKey(descriptor));
    if (access.identity != (*blob)->identity()) {
        access.restarts = nullptr;
    }
    return seekableTar(*blob, std::move(access.restarts), source.limits());
}

} // namespace

Result<> readContents(ImageSource &source,
                      const Image &image,
                      const std::vector<EntryId> &entries,
                      const ContentReceiver &receiver,
                      const Monitor &monitor)
{
    if (!image.tree) {
        return fail(ErrorCode::InvalidInput, "the image has not been read");
    }
    const auto layers = sortByLayer(*image.tree, entries);
    if (!layers) {
        return std::unexpected(layers.error());
    }
    LayerContents contents(*image.tree, receiver, monitor);
    const auto fromDirectory = readFromDirectory(source, *image.tree, entries, contents);
    if (!fromDirectory) {
        return std::unexpected(fromDirectory.error());
    }
    if (*fromDirectory) {
        return {};
    }
    for (const auto &[index, wanted] : *layers) {
        const std::string where = "layer " + std::to_string(index);
        const Descriptor &descriptor = image.layers[index].descriptor;
        const auto tar = openLayer(source, descriptor);
        if (!tar) {
            return failIn(where, tar.error());
        }
        if (auto read = contents.readTar(*tar, wanted, blobKey(descriptor), source.openedFiles());
            !read) {
            return read.error().code == ErrorCode::Cancelled ? read : failIn(where, read.error());
        }
    }
    return {};
}

std::uint64_t bytesBefore(ImageSource &source, const Image &image, EntryId entry)
{
    const EntryId content = image.tree->content(entry);
    if (content == kNone) {
        return 0;
    }
    const Entry &file = image.tree->entry(content);
    const auto tar = openLayer(source, image.layers[file.layer].descriptor);
    return tar ? file.headerOffset - tar->startFor(file.headerOffset) : 0;
}

} // namespace cutaway
