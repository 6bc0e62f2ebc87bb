// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/accounts.h"

#include "core/base/limits.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace cutaway {

namespace {

/// Hash schemes by how a field begins: crypt(5), and what htpasswd writes besides.
struct SchemeRow
{
    std::string_view begin;
    std::string_view name;
};
constexpr std::array kSchemes = {
    SchemeRow{"$1$", "MD5"},
    SchemeRow{"$apr1$", "MD5"},
    SchemeRow{"$2", "bcrypt"},
    SchemeRow{"$5$", "SHA-256"},
    SchemeRow{"$6$", "SHA-512"},
    SchemeRow{"$y$", "yescrypt"},
    SchemeRow{"$gy$", "yescrypt"},
    SchemeRow{"$7$", "scrypt"},
    SchemeRow{"{SHA}", "SHA-1"},
    SchemeRow{"{SSHA}", "SHA-1"},
};

constexpr std::array<std::string_view, 6> kNoShells = {
    "nologin", "false", "sync", "shutdown", "halt", "true"};

using Fields = std::array<std::string_view, 7>;

/// The colon-separated fields; those that are missing are empty.
Fields fieldsOf(std::string_view line)
{
    Fields fields;
    for (std::string_view &field : fields) {
        const std::size_t end = std::min(line.find(':'), line.size());
        field = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return fields;
}

template<typename Read>
AccountFile parse(std::string_view text, bool isWhole, Read read)
{
    AccountFile file{.isKnown = true, .isWhole = isWhole, .accounts = {}};
    std::set<std::string_view> seen;
    while (!text.empty()) {
        if (file.accounts.size() >= limits::kAccounts) {
            file.isWhole = false;
            return file;
        }
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        // Comments are nobody, and so are the marks that have other databases asked ("+::::::").
        const bool isNobody = line.find(':') == std::string_view::npos || line.front() == '#'
                              || line.front() == '+' || line.front() == '-' || line.front() == ':';
        if (isNobody) {
            continue;
        }
        const Fields fields = fieldsOf(line);
        Account account;
        account.name = fields[0];
        const PasswordField password = readPassword(fields[1]);
        account.password = password.password;
        account.scheme = password.scheme;
        account.isRepeated = !seen.insert(line).second;
        read(fields, account);
        file.accounts.push_back(std::move(account));
    }
    return file;
}

} // namespace

const Account *AccountFile::named(std::string_view name) const
{
    const auto found = std::ranges::find(accounts, name, &Account::name);
    return found == accounts.end() ? nullptr : &*found;
}

AccountFile parsePasswd(std::string_view text, bool isWhole)
{
    return parse(text, isWhole, [](const Fields &fields, Account &account) {
        account.id = accountId(fields[2]);
        account.group = accountId(fields[3]);
        account.home = fields[5];
        account.shell = fields[6];
    });
}

AccountFile parseGroup(std::string_view text, bool isWhole)
{
    return parse(text, isWhole, [](const Fields &fields, Account &account) {
        account.id = accountId(fields[2]);
    });
}

AccountFile parseShadow(std::string_view text, bool isWhole)
{
    return parse(text, isWhole, [](const Fields &, Account &) {});
}

PasswordField readPassword(std::string_view field)
{
    if (field.empty()) {
        return {Password::Empty, {}};
    }
    if (field == "x") {
        return {Password::Elsewhere, {}};
    }
    const bool isLocked = field.front() == '!' || field.front() == '*';
    const std::size_t begin = std::min(field.find_first_not_of("!*"), field.size());
    const std::string_view hash = field.substr(begin);
    for (const SchemeRow &row : kSchemes) {
        if (hash.starts_with(row.begin) && hash.size() > row.begin.size()) {
            return {isLocked ? Password::LockedSet : Password::Set, row.name};
        }
    }
    constexpr std::size_t kDesBytes = 13; // crypt's oldest scheme has no mark
    constexpr std::string_view kDesCharacters =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const bool isDes = !isLocked && hash.size() == kDesBytes
                       && hash.find_first_not_of(kDesCharacters) == std::string_view::npos;
    return isDes ? PasswordField{Password::Set, "DES"} : PasswordField{};
}

bool isWeakScheme(std::string_view scheme)
{
    return scheme == "MD5" || scheme == "SHA-1" || scheme == "DES";
}

bool isLoginShell(std::string_view shell)
{
    return std::ranges::find(kNoShells, baseName(shell)) == kNoShells.end();
}

std::optional<std::uint32_t> accountId(std::string_view text)
{
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return id;
}

} // namespace cutaway
