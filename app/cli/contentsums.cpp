// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/contentsums.h"

#include "core/base/hash.h"
#include "core/base/hashsums.h"
#include "core/source/contentreader.h"

#include <utility>

namespace cutaway::cli {

Result<ContentSumsOf> sumContents(const Inspected &inspected,
                                  const std::vector<EntryId> &entries,
                                  Sums wanted,
                                  Monitor &monitor)
{
    monitor.beginStep("Hashing files");
    ContentSumsOf sums;
    EntryId current = kNone;
    Hasher sha256;
    Sha1Hasher sha1;
    const bool wantsSha1 = wanted == Sums::Sha256AndSha1;
    const auto close = [&] {
        if (current != kNone) {
            sums[current] = {wantsSha1 ? sha1.finish() : std::string(), sha256.finish()};
        }
    };
    const Result<> read = readContents(*inspected.source,
                                       *inspected.inspection->image,
                                       entries,
                                       {[&](EntryId entry) -> Result<> {
                                            close();
                                            current = entry;
                                            sha256 = Hasher();
                                            return {};
                                        },
                                        [&](EntryId, Bytes run) -> Result<> {
                                            sha256.update(run);
                                            if (wantsSha1) {
                                                sha1.update(run);
                                            }
                                            return {};
                                        }},
                                       monitor);
    if (!read) {
        return std::unexpected(read.error());
    }
    close();
    return sums;
}

} // namespace cutaway::cli
