// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace cutaway {

/// What kind of failure it is. Branch on codes, show messages.
enum class ErrorCode : std::uint8_t {
    Cancelled,
    InvalidInput,
    NotFound,
    Unauthorized,
    Network,
    Io,
    Corrupt,
    Unsupported,
    LimitExceeded,
};

/// A failure that a person can act on: what, where and, if known, what to do. The message is UTF-8.
struct Error
{
    ErrorCode code = ErrorCode::Io;
    std::string message;

    bool operator==(const Error &) const = default;
};

template<typename T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return std::unexpected(Error{code, std::move(message)});
}

/// Passes an error on, prefixed with the place it happened in: "layer 3: …".
[[nodiscard]] inline std::unexpected<Error> failIn(std::string_view where, const Error &error)
{
    return std::unexpected(Error{error.code, std::string(where) + ": " + error.message});
}

/// Where memory has run out none is asked for: so short a text lies in the string itself.
[[nodiscard]] inline std::unexpected<Error> failOutOfMemory()
{
    return fail(ErrorCode::LimitExceeded, "out of memory");
}

} // namespace cutaway
