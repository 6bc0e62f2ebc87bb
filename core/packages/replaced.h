// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"

#include <vector>

namespace cutaway {

/// A file that a later layer gave another content than the package had installed.
struct ReplacedFile
{
    NodeId node = kNone;
    EntryId before = kNone;    ///< what the package brought
    EntryId after = kNone;     ///< what is there in the end
    std::uint32_t package = 0; ///< place in the list
};

/// The last layer that wrote the package's record: the files in it are as they were installed.
[[nodiscard]] LayerIndex installedBy(const Package &package);

/// Files that change without anybody tampering with a package: settings, which lie below /etc, and
/// compiled Python, which is made anew by itself.
class ChangeableFiles
{
public:
    explicit ChangeableFiles(const PathTree &tree)
        : m_tree(tree)
        , m_settings(tree.find("/etc"))
    {}
    bool contains(NodeId node) const;

private:
    const PathTree &m_tree;
    NodeId m_settings;
};

/// Files of distributions' packages whose bytes are not those that lay there when the package was
/// installed; ChangeableFiles do not count. Packages and nodes in order.
[[nodiscard]] std::vector<ReplacedFile> replacedFiles(const PathTree &tree,
                                                      const Packages &packages);

} // namespace cutaway
