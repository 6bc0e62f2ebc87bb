// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What a password field says. The field itself is never kept.
enum class Password : std::uint8_t {
    Elsewhere, ///< "x": in /etc/shadow
    Empty,     ///< none is asked for
    Locked,    ///< "*", "!": nobody can log in with one
    LockedSet, ///< "!$6$…": locked, but the hash is still there
    Set,       ///< the hash of one
};

/// A line of passwd(5), group(5) or shadow(5).
struct Account
{
    std::string name;
    std::optional<std::uint32_t> id; ///< of the user or group; shadow has none
    std::optional<std::uint32_t> group;
    Password password = Password::Locked;
    std::string_view scheme; ///< of a hash: "SHA-512", "MD5"; empty where it is not known
    std::string home;
    std::string shell;
    bool isRepeated = false; ///< the very same line stands further up
};

/// One of the three files, as far as it could be read.
struct AccountFile
{
    bool isKnown = false; ///< it is there and could be read
    bool isWhole = false; ///< no line is missing
    std::vector<Account> accounts;

    /// The first of that name, or nullptr.
    const Account *named(std::string_view name) const;
};

/// Who the image knows.
struct Accounts
{
    AccountFile users;
    AccountFile groups;
    AccountFile shadow;
};

[[nodiscard]] AccountFile parsePasswd(std::string_view text, bool isWhole);
[[nodiscard]] AccountFile parseGroup(std::string_view text, bool isWhole);
[[nodiscard]] AccountFile parseShadow(std::string_view text, bool isWhole);

/// What a password field says, and by which scheme; also for files like htpasswd's.
struct PasswordField
{
    Password password = Password::Locked;
    std::string_view scheme;
};
[[nodiscard]] PasswordField readPassword(std::string_view field);
/// Whether passwords of that scheme are guessed in hours.
[[nodiscard]] bool isWeakScheme(std::string_view scheme);

/// Whether a shell of passwd lets somebody log in; an empty one is /bin/sh.
[[nodiscard]] bool isLoginShell(std::string_view shell);

/// A whole number of user or group; nothing for a name or what is too large.
[[nodiscard]] std::optional<std::uint32_t> accountId(std::string_view text);

} // namespace cutaway
