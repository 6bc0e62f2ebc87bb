// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Bounds on reading what package managers keep. Sizes are bytes.
namespace cutaway::limits {

inline constexpr std::uint64_t kPackageFileBytes = 16u << 20;   ///< one database; longer: not read
inline constexpr std::uint64_t kRpmDatabaseBytes = 64u << 20;   ///< one of rpm's, indexes and all
inline constexpr std::uint64_t kSqliteSteps = 50'000'000;       ///< of its machine, a database
inline constexpr std::uint64_t kPackageLayerBytes = 24u << 20;  ///< of databases, kept of a layer
inline constexpr std::uint64_t kPackageWorkBytes = 512u << 20;  ///< read of all layers' databases
inline constexpr std::uint64_t kNodePackageBytes = 256u * 1024; ///< one module's package.json
inline constexpr std::uint64_t kJavaArchiveBytes = 64u << 20;   ///< one; and unpacked of it
inline constexpr std::uint64_t kJavaInnerBytes = 16u << 20;     ///< one archive in another
inline constexpr std::size_t kJavaMembers = 200'000;            ///< looked at in one archive
inline constexpr std::size_t kGoInfoBytes = 1u << 20;           ///< what Go wrote into a program
inline constexpr std::size_t kProgramTailBytes = 4u << 20;      ///< what is not loaded of a program
inline constexpr std::size_t kProgramTableBytes = 256u * 1024;  ///< its table of sections
inline constexpr std::size_t kRustAuditBytes = 8u << 20;        ///< cargo's, unpacked
inline constexpr std::size_t kPackageTextBytes = 4096;          ///< one value, a licence for one
inline constexpr std::size_t kPackageRelations = 4000;          ///< that one needs, or provides
inline constexpr std::size_t kPackageEdges = 4'000'000;         ///< from those that need to needed
inline constexpr std::uint64_t kBillBytes = 12u << 20;   ///< a bill of materials in the image
inline constexpr std::size_t kBillComponents = 50'000;   ///< read of one
inline constexpr std::size_t kAttestedBills = 20;        ///< beside an image
inline constexpr std::size_t kBills = 5'000;             ///< of an image
inline constexpr std::size_t kBillsComponents = 500'000; ///< of all of them
inline constexpr std::size_t kPackageRecords = 200'000;  ///< in all databases of all layers
inline constexpr std::size_t kPackagedFiles = 4'000'000; ///< in all lists of an image

/// What is read of an image once more to hold files against checksums.
inline constexpr std::size_t kCheckedFiles = 500;
inline constexpr std::uint64_t kCheckedFileBytes = 16u << 20; ///< one of them
inline constexpr std::uint64_t kCheckedShare = 8;             ///< of the image: one part in so many
inline constexpr std::uint64_t kCheckedLeast = 4u << 20;      ///< of small images
inline constexpr std::uint64_t kCheckedBytes = 64u << 20;     ///< of large ones

} // namespace cutaway::limits
