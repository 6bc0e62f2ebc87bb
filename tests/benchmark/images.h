// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/benchmark/tarstream.h"

#include <functional>
#include <string>
#include <vector>

namespace cutaway::benchmark {

/// Writes the members of one layer's tar.
using LayerRecipe = std::function<void(TarStream &)>;

/// Files of mixed content and size, about 20 kB each, in a tree like that of /usr.
[[nodiscard]] LayerRecipe mixedFiles(std::uint64_t seed, std::uint64_t bytes);
/// `count` empty files, a thousand a directory, numbered from `first`.
[[nodiscard]] LayerRecipe emptyFiles(std::uint32_t first, std::uint32_t count);
/// Whiteouts of those.
[[nodiscard]] LayerRecipe whiteouts(std::uint32_t first, std::uint32_t count);

/// Path of the file of that number, as emptyFiles() writes it.
[[nodiscard]] std::string emptyFilePath(std::uint32_t number);
/// The last file that mixedFiles() writes, for reading at the end of a layer: "last.bin", 10 kB.
[[nodiscard]] std::string_view lastFilePath();

/// Writes an OCI image layout to `folder`, unless one is there already.
[[nodiscard]] Result<> makeLayout(const std::string &folder,
                                  Packing packing,
                                  const std::vector<LayerRecipe> &layers);
/// Writes what `docker save` wrote for years: a tar of layer tars, unpacked.
[[nodiscard]] Result<> makeDockerArchive(const std::string &path,
                                         const std::vector<LayerRecipe> &layers);
/// One layer's bare tar, unpacked.
[[nodiscard]] Result<> makeTar(const std::string &path, const LayerRecipe &layer);

/// The only layer's file of a layout that makeLayout() wrote.
[[nodiscard]] Result<std::string> onlyBlob(const std::string &folder);

} // namespace cutaway::benchmark
