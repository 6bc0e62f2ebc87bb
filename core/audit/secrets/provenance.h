// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/secretfacts.h"
#include "core/image/filecontents.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cutaway {

/// Which files are as a public distributor's packages brought them: everybody has those, so that a
/// key in one is no secret.
class Provenance
{
public:
    Provenance(const FileContents &contents, std::size_t layers);

    /// The package, or "the distribution" where its name is not known; nothing where the file is
    /// not from one or was changed.
    [[nodiscard]] std::optional<std::string> publicOrigin(std::string_view path,
                                                          const SecretsOfFile &file) const;

private:
    struct Owner
    {
        OwnedFiles::Sum kind = OwnedFiles::Sum::Md5;
        std::uint64_t sum = 0;
        std::size_t package = 0; ///< place in m_packages
    };

    std::vector<std::string> m_packages;
    std::unordered_multimap<std::uint64_t, Owner> m_owners; ///< by pathKey()
    std::set<std::string, std::less<>> m_public;            ///< dpkg's packages
};

} // namespace cutaway
