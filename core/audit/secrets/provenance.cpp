// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/provenance.h"

#include <ranges>

namespace cutaway {

Provenance::Provenance(const FileContents &contents, std::size_t layers)
{
    for (std::size_t layer = 0; layer < layers; ++layer) {
        for (const FileFact &fact : contents.facts(static_cast<LayerIndex>(layer))) {
            if (fact.kind == kVendorFact) {
                for (const auto &&name : std::views::split(fact.bytes, '\n')) {
                    m_public.emplace(name.begin(), name.end());
                }
            }
            const auto owned =
                fact.kind == kOwnedFilesFact ? decodeOwned(fact.bytes) : std::nullopt;
            if (!owned) {
                continue;
            }
            for (const OwnedFiles::File &file : owned->files) {
                m_owners.emplace(file.path, Owner{owned->sum, file.sum, m_packages.size()});
            }
            m_packages.push_back(owned->package);
        }
    }
}

std::optional<std::string> Provenance::publicOrigin(std::string_view path,
                                                    const SecretsOfFile &file) const
{
    constexpr std::string_view kMerged = "/usr"; // where /lib and others lie since their merging
    for (const std::string_view name : {path, path.substr(path.starts_with(kMerged) ? 4 : 0)}) {
        const auto [first, last] = m_owners.equal_range(pathKey(name));
        for (auto it = first; it != last; ++it) {
            const Owner &owner = it->second;
            const std::string &package = m_packages[owner.package];
            const bool isSame =
                owner.sum == (owner.kind == OwnedFiles::Sum::Md5 ? file.md5 : file.sha1);
            if (isSame && package.empty()) {
                return "the distribution";
            }
            if (isSame && m_public.contains(package)) {
                return "the package " + package;
            }
        }
    }
    return std::nullopt;
}

} // namespace cutaway
