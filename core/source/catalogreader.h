// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/catalog.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cutaway {

/// Walks an index down to its manifests, without recursion, and fills a catalog.
class CatalogReader
{
public:
    CatalogReader(Catalog &catalog, const Monitor &monitor)
        : m_catalog(catalog)
        , m_monitor(monitor)
    {}
    [[nodiscard]] Result<> run();

private:
    /// The indexes that lead to a descriptor, the nearest first.
    struct Chain
    {
        std::string digest;
        std::shared_ptr<const Chain> above;
        std::uint32_t depth = 0;
    };
    struct Visit
    {
        Descriptor descriptor;
        std::vector<std::string> inheritedTags;
        std::shared_ptr<const Chain> chain;
    };

    Result<> visit(const Visit &visit);
    Result<> enter(const Visit &visit, const ImageIndex &index);
    Result<bool> mayEnter(const Visit &visit);
    void pushAll(const ImageIndex &index, const Visit &from);
    Catalog::Item &itemOf(const Visit &visit);
    void readManifest(Catalog::Item &item, const std::string &text);
    void readPlatform(Catalog::Item &item) const;
    Result<> readSingle(const std::string &text);
    void settle();

    Catalog &m_catalog;
    const Monitor &m_monitor;
    std::vector<Visit> m_stack;
    std::vector<Catalog::Item> m_items;
    std::map<std::string, std::size_t> m_itemOfDigest;
    std::map<std::string, ImageIndex> m_indexes;
    std::uint32_t m_visits = 0;
    std::optional<Error> m_problem;
};

} // namespace cutaway
