// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Where commands have their passwords: what the rules look for and what reports leave out is the
/// same.
namespace cutaway {

/// An option that takes a password with one program, and something else with others.
struct PasswordOption
{
    enum class Form : std::uint8_t {
        Next,      ///< the word behind it
        AfterUser, ///< "user:password" behind it
        Attached,  ///< the rest of the same word; with all programs whose names begin so
    };
    std::string_view program;
    std::string_view verb; ///< with this one alone; empty = with any
    std::string_view option;
    Form form = Form::Next;
};
inline constexpr std::array kPasswordOptions = {
    PasswordOption{"curl", "", "-u", PasswordOption::Form::AfterUser},
    PasswordOption{"curl", "", "--user", PasswordOption::Form::AfterUser},
    PasswordOption{"docker", "login", "-p"},
    PasswordOption{"podman", "login", "-p"},
    PasswordOption{"az", "login", "-p"},
    PasswordOption{"sshpass", "", "-p"},
    PasswordOption{"mysql", "", "-p", PasswordOption::Form::Attached},
};

/// A word ends so behind which a secret key follows (`aws configure set`).
inline constexpr std::string_view kSecretKeySetting = "secret_access_key";

/// A part of a text, in bytes.
struct TextPart
{
    std::size_t at = 0;
    std::size_t length = 0;
};

/// The password in "user:password"; not in the numbers of a user and a group.
[[nodiscard]] std::optional<TextPart> passwordInPair(std::string_view word);

/// The first password in an address from there on: "scheme://user:password@host", whatever the
/// scheme.
[[nodiscard]] std::optional<TextPart> passwordInAddress(std::string_view text,
                                                        std::size_t from = 0);

/// Where the credentials of the first `Authorization: Bearer …` from there on begin (RFC 9110,
/// section 11.6.2); of `lower`, all in lower case, as neither the header nor the scheme minds.
[[nodiscard]] std::optional<std::size_t> credentialsInHeader(std::string_view lower,
                                                             std::size_t from = 0);

/// A password in a word of a command.
struct PasswordWord
{
    TextPart part;           ///< of the word
    std::string_view option; ///< that it stands behind
};

/// In `words[index]`, told by the option before it or at its front, and where that means something
/// else with other programs, by the program and verb among the words before.
[[nodiscard]] std::optional<PasswordWord> passwordInWord(std::span<const std::string> words,
                                                         std::size_t index);

} // namespace cutaway
