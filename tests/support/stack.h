// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/builder.h"
#include "core/tree/view.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway::test {

/// Layers from text, one entry a line: "file a/b 100 x" (size, content key), "dir a", "symlink a ->
/// b", "hardlink a -> b", "mode a/b 0755 100 x" (a file with a mode), "dirmode a 0777" (both may
/// end in the number of an owner), "xattr a name hex" (a file with an attribute), "char a",
/// "fifo a", "owned a UID GID", "timed a SECONDS" (empty files), and whiteouts by their names.
[[nodiscard]] LayerTree layerOf(std::string_view lines, const Limits &limits = {});
[[nodiscard]] PathTreePtr treeOf(const std::vector<std::string> &layers, const Limits &limits = {});

/// A view as text, one shown path a line: "+ /a/b file 100 @1" (change sign, path, type, size,
/// layer).
[[nodiscard]] std::string textOf(const TreeView &view);
/// Every file entry of the tree and what became of its bytes: "/a/b @0 100 deletedFile by 2".
[[nodiscard]] std::string fatesOf(const PathTree &tree);

} // namespace cutaway::test
