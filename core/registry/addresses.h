// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

/// Whether a host, by its name alone, is this machine: "localhost", "x.localhost", 127.0.0.0/8,
/// ::1.
[[nodiscard]] bool isThisMachine(std::string_view host);

/// Whether a host is written as an IP address that is not of the open internet: this machine,
/// private, link-local, or none in particular (RFC 6890).
[[nodiscard]] bool isInnerAddress(std::string_view host);

} // namespace cutaway
