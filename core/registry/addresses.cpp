// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/addresses.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <optional>

namespace cutaway {

namespace {

struct Range
{
    std::uint32_t first = 0;
    int bits = 0;
};
constexpr std::array kInner = {
    Range{0x00000000, 8},  // this network
    Range{0x0a000000, 8},  // private
    Range{0x64400000, 10}, // carriers
    Range{0x7f000000, 8},  // this machine
    Range{0xa9fe0000, 16}, // link-local: where clouds answer with keys
    Range{0xac100000, 12}, // private
    Range{0xc0a80000, 16}, // private
    Range{0xe0000000, 3},  // many, and what is left
};

bool isInner(std::uint32_t address)
{
    return std::ranges::any_of(kInner, [address](const Range &range) {
        return (address ^ range.first) >> static_cast<unsigned>(32 - range.bits) == 0;
    });
}

std::optional<std::uint32_t> addressOf(const std::string &host)
{
    in_addr address = {};
    // Also "127.1" and "0x7f000001", which a resolver takes as addresses.
    return ::inet_aton(host.c_str(), &address) != 0 ? std::optional(ntohl(address.s_addr))
                                                    : std::nullopt;
}

std::optional<std::array<std::uint8_t, 16>> longAddressOf(std::string_view host)
{
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    host = host.substr(0, host.find('%'));
    in6_addr address = {};
    if (::inet_pton(AF_INET6, std::string(host).c_str(), &address) != 1) {
        return std::nullopt;
    }
    return std::to_array(address.s6_addr);
}

/// Of an IPv4 address inside an IPv6 one.
std::optional<std::uint32_t> mapped(const std::array<std::uint8_t, 16> &address)
{
    constexpr std::array<std::uint8_t, 12> kPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (!std::equal(kPrefix.begin(), kPrefix.end(), address.begin())) {
        return std::nullopt;
    }
    return std::uint32_t{address[12]} << 24U | std::uint32_t{address[13]} << 16U
           | std::uint32_t{address[14]} << 8U | std::uint32_t{address[15]};
}

} // namespace

bool isThisMachine(std::string_view host)
{
    if (host == "localhost" || host.ends_with(".localhost")) {
        return true;
    }
    const std::optional<std::uint32_t> address = addressOf(std::string(host));
    if (address) {
        return *address >> 24U == 127;
    }
    const auto longAddress = longAddressOf(host);
    return longAddress
           && std::ranges::all_of(
               longAddress->begin(), longAddress->end() - 1, [](auto byte) { return byte == 0; })
           && longAddress->back() == 1;
}

bool isInnerAddress(std::string_view host)
{
    if (host == "localhost" || host.ends_with(".localhost")) {
        return true;
    }
    if (const std::optional<std::uint32_t> address = addressOf(std::string(host))) {
        return isInner(*address);
    }
    const auto address = longAddressOf(host);
    if (!address) {
        return false;
    }
    if (const std::optional<std::uint32_t> inside = mapped(*address)) {
        return isInner(*inside);
    }
    const bool isUnset = std::ranges::all_of(address->begin(), address->end() - 1, [](auto byte) {
        return byte == 0; // :: and ::1
    });
    const bool isLocal = (address->front() & 0xfeU) == 0xfc;                          // fc00::/7
    const bool isLink = address->front() == 0xfe && ((*address)[1] & 0xc0U) == 0x80U; // fe80::/10
    return isUnset || isLocal || isLink || address->front() == 0xff;
}

} // namespace cutaway
