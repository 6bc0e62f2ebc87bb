// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/packages/package.h"
#include "core/tree/entry.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct Package;

/// Something that a bill of materials lists; text as it stands there.
struct BillComponent
{
    std::string purl;
    std::string name;
    std::string version;
};

/// A bill of materials, read: the components that have a package URL, those of files and of the
/// image itself left out.
struct Bill
{
    enum class Format : std::uint8_t { Spdx, CycloneDx };
    Format format = Format::Spdx;
    std::string version; ///< of the format: "SPDX-2.3", "1.5"
    std::string tool;    ///< that made it, as it says
    std::vector<BillComponent> components;
    std::uint32_t leftOut = 0; ///< beyond limits::kBillComponents
};

/// A component of a bill, and the package that was found in another version.
struct OtherVersion
{
    std::uint32_t component = 0;
    std::uint32_t package = 0;
};

/// A bill of materials that came with the image, held against what was found.
struct FoundBill
{
    Bill bill;
    NodeId node = kNone; ///< its file; kNone for an attestation
    LayerIndex layer = 0;
    Digest attestation;                    ///< the manifest of it
    std::uint32_t matching = 0;            ///< components that were found as they are listed
    std::vector<std::uint32_t> onlyListed; ///< components that were not found in any version
    std::vector<OtherVersion> otherVersion;
};

/// All bills of an image.
struct FoundBills
{
    std::vector<FoundBill> list;
    /// Places of installed packages that none of them lists, of ecosystems that any of them lists.
    std::vector<std::uint32_t> unlisted;
};

/// SPDX 2.2 or 2.3, or CycloneDX, as JSON; or an in-toto statement about one, also in an envelope
/// of DSSE. Nothing where the text is none.
[[nodiscard]] std::optional<Bill> readBill(std::string_view text);

/// As bytes, and back; nothing where the bytes are none of encodeBill().
[[nodiscard]] std::string encodeBill(const Bill &bill);
[[nodiscard]] std::optional<Bill> decodeBill(std::string_view bytes);

/// Compares by package URLs without their qualifiers.
void compareBills(std::span<const Package> packages, FoundBills &bills);

[[nodiscard]] std::string_view billFormatName(Bill::Format format); ///< "SPDX", "CycloneDX"

} // namespace cutaway
