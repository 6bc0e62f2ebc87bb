// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/sbomfiles.h"

#include "core/base/hashsums.h"
#include "core/packages/packagefiles.h"

#include <algorithm>

namespace cutaway {

namespace {

/// The entry that holds the content; kNone for what is no regular file.
EntryId contentOf(const PathTree &tree, NodeId node)
{
    const EntryId entry = tree.finalEntry(node);
    const bool isFile = entry != kNone && tree.effectiveType(entry) == EntryType::File;
    return isFile ? tree.content(entry) : kNone;
}

} // namespace

std::vector<EntryId> sbomContents(const Inspection &inspection)
{
    std::vector<EntryId> entries;
    for (const NodeId node : sbom::allFiles(*inspection.packages)) {
        if (const EntryId content = contentOf(*inspection.image->tree, node); content != kNone) {
            entries.push_back(content);
        }
    }
    sortUnique(entries);
    return entries;
}

namespace sbom {

std::vector<NodeId> allFiles(const Packages &packages)
{
    std::vector<NodeId> nodes;
    for (const Package &package : packages.list) {
        if (package.isThere()) {
            nodes.insert(nodes.end(), package.files.begin(), package.files.end());
        }
    }
    sortUnique(nodes);
    return nodes;
}

std::vector<File> filesOf(const Inspection &inspection,
                          const std::vector<NodeId> &nodes,
                          const SbomOptions &options)
{
    std::vector<File> files;
    if (options.sums == nullptr) {
        return files;
    }
    const PathTree &tree = *inspection.image->tree;
    for (const NodeId node : nodes) {
        const EntryId content = contentOf(tree, node);
        const auto sums = content == kNone ? options.sums->end() : options.sums->find(content);
        if (sums != options.sums->end()) {
            files.push_back({node, tree.entry(content).layer, &sums->second});
        }
    }
    return files;
}

std::string verificationCode(const std::vector<File> &files)
{
    std::vector<std::string_view> sums;
    sums.reserve(files.size());
    for (const File &file : files) {
        sums.push_back(file.sums->sha1);
    }
    std::ranges::sort(sums);
    std::string all;
    for (const std::string_view sum : sums) {
        all += sum;
    }
    return sha1Hex(all);
}

} // namespace sbom

} // namespace cutaway
