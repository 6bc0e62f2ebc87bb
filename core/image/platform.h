// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace cutaway {

/// Platform of an image (image-spec image-index.md, "platform").
struct Platform
{
    std::string os;
    std::string architecture;
    std::string variant;
    std::string osVersion;

    bool isEmpty() const { return os.empty() && architecture.empty(); }
    bool isUnknown() const { return os == "unknown" && architecture == "unknown"; }
    std::string text() const; ///< "linux/arm64/v8"; empty when nothing is known
    bool operator==(const Platform &) const = default;

    /// "os/arch[/variant]", letters normalised as Docker has them (x86_64 → amd64, aarch64 →
    /// arm64).
    [[nodiscard]] static Result<Platform> parse(std::string_view text);
    [[nodiscard]] static Platform ofJson(const Json &object);
    [[nodiscard]] static Platform host();
    /// Whether an image of this platform answers the wish: a variant that is not asked for may be
    /// any; arm64 and arm64/v8 are one.
    bool answers(const Platform &wish) const;
};

} // namespace cutaway
