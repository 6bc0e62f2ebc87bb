// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What an X.509 certificate says of itself (RFC 5280). Whether it is to be trusted is not asked.
/// All texts are raw bytes as far as a person is concerned: escape them.
struct Certificate
{
    std::string subject; ///< "CN=example.org, O=Example"
    std::string issuer;
    std::string serial;                     ///< hexadecimal
    std::optional<std::int64_t> validFrom;  ///< seconds since 1970
    std::optional<std::int64_t> validUntil; ///< the same; both inclusive
    std::vector<std::string> names;         ///< of hosts, "DNS:example.org"
    std::string key;                        ///< "RSA 2048", "EC 256"
    std::string signature;                  ///< "sha256WithRSAEncryption"
    std::string sha256;                     ///< of the whole certificate, lowercase hexadecimal
    bool isAuthority = false;               ///< may issue others
    bool isSelfIssued = false;
};

/// The certificates in a file, PEM (other text between them is passed over) or one in DER, at most
/// so many. What cannot be read of them is left out.
[[nodiscard]] std::vector<Certificate> readCertificates(std::string_view bytes, std::size_t most);

} // namespace cutaway
