// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// How much of a file is looked at to show it. Sizes are bytes.
namespace cutaway::limits {

inline constexpr std::uint64_t kPreviewFirstBytes = 256u << 10; ///< of text or of anything, at once
inline constexpr std::uint64_t kPreviewMostBytes = 8u << 20;    ///< however often more is asked for
/// Of a program or an archive, which tell what they are at their ends.
inline constexpr std::uint64_t kPreviewPassedBytes = 1u << 30;
inline constexpr std::uint64_t kPreviewPictureBytes = 32u << 20; ///< as it is stored
inline constexpr std::uint64_t kPreviewArchiveBytes = 32u << 20; ///< as it is stored
inline constexpr std::uint64_t kPreviewUnpackedBytes = 256u << 20;
inline constexpr std::size_t kPreviewMembers = 5000; ///< listed of an archive
inline constexpr std::size_t kPreviewNameBytes = 4096;
inline constexpr std::size_t kPreviewRowBytes = 2000; ///< of a line that is shown in one row
inline constexpr std::size_t kPreviewCertificates = 500;
inline constexpr std::size_t kPreviewSections = 4096;

/// Lines that two versions of a text may differ in before the rest counts as changed.
inline constexpr int kDiffEdits = 2000;
inline constexpr int kDiffGapEdits = 300; ///< the same between two lines that both have once
/// Lines removed times lines added at one place that are looked at for those alike.
inline constexpr std::size_t kDiffLikeLines = 10'000;
inline constexpr std::size_t kDiffWords = 200; ///< of a line that is compared by words

} // namespace cutaway::limits
