// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/contentreader.h"
#include "core/tree/filter.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cutaway {

namespace limits {

inline constexpr std::uint64_t kSearchedFileBytes = 256u
                                                    << 20;   ///< of one file; the rest is not read
inline constexpr std::uint64_t kSearchedBytes = 64ull << 30; ///< of all files in one search

} // namespace limits

/// What a search through contents came across.
struct ContentSearch
{
    std::uint64_t files = 0;  ///< read
    std::uint64_t bytes = 0;  ///< of them
    std::uint64_t cut = 0;    ///< files that were read only up to limits::kSearchedFileBytes
    std::uint64_t passed = 0; ///< files left out once limits::kSearchedBytes were read
};

/// What is looked for, and where.
struct ContentQuery
{
    const FileFilter &filter;
    std::vector<EntryId> entries; ///< as readContents() takes them; none twice
    std::function<void(EntryId)> found;
};

/// Reads the contents of the entries and tells those for which all `content:` terms of the filter
/// hold, in the order of the layers' tars. Bytes are compared as they are, letters of ASCII in
/// either case where the term ignores it; what is negated holds for a file that could be read to
/// its end without coming across the text.
[[nodiscard]] Result<ContentSearch> searchContents(ImageSource &source,
                                                   const Image &image,
                                                   ContentQuery query,
                                                   Monitor &monitor);

/// Looks for texts in bytes that come in runs, wherever these are cut.
class ContentMatcher
{
public:
    explicit ContentMatcher(const FileFilter &filter);

    void reset();
    void feed(std::string_view run);
    /// No further byte can change the answer.
    bool isSettled() const;
    bool holds() const;

private:
    struct Wanted
    {
        std::string text;
        bool ignoresCase = true;
        bool isNegated = false;
        bool isFound = false;
    };
    std::vector<Wanted> m_wanted;
    std::size_t m_overlap = 0; ///< bytes of the run before that a text may begin in
    std::string m_window;
    std::string m_folded;
};

} // namespace cutaway
