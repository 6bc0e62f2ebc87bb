// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace cutaway {

namespace {

/// "app" and "staff" of "app:staff".
std::pair<std::string_view, std::string_view> splitUser(std::string_view user)
{
    const std::size_t colon = std::min(user.find(':'), user.size());
    return {user.substr(0, colon), user.substr(std::min(colon + 1, user.size()))};
}

/// Whether a name is certainly in no such file: the file is missing, or known to its last line.
bool isAbsent(const AuditContext &context,
              const AccountFile &file,
              const char *path,
              std::string_view name)
{
    if (!file.isKnown) {
        return context.image.complete && !pathExists(*context.image.tree, path);
    }
    return file.isWhole && file.named(name) == nullptr;
}

/// A finding about one of the files of users; nothing of their content but names is told.
Finding accountFinding(const AuditContext &context,
                       Severity severity,
                       const char *path,
                       std::string summary)
{
    const PathTree &tree = *context.image.tree;
    const NodeId node = resolvePath(tree, path);
    const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
    Finding finding;
    finding.severity = severity;
    if (entry != kNone) {
        finding = layerFinding(context.image, severity, tree.entry(entry).layer);
    }
    finding.fingerprint = summary;
    finding.summary = std::move(summary);
    if (entry != kNone) {
        finding.evidence.push_back(entryEvidence(tree, entry, {}));
        finding.evidence.back().bytes = 0;
    }
    return finding;
}

std::string named(const std::set<std::string> &names)
{
    constexpr std::size_t kShown = 10;
    std::string text;
    std::size_t count = 0;
    for (const std::string &name : names) {
        if (++count > kShown) {
            return text + " and more";
        }
        text += (text.empty() ? "" : ", ") + quoted(name);
    }
    return text;
}

/// One finding for each number or name that several lines of the file share.
void addDuplicates(const AuditContext &context,
                   const AccountFile &file,
                   const char *path,
                   std::vector<Finding> &findings)
{
    std::map<std::uint32_t, std::vector<const Account *>> byId;
    std::map<std::string_view, std::vector<const Account *>> byName;
    for (const Account &account : file.accounts) {
        if (account.id) {
            byId[*account.id].push_back(&account);
        }
        byName[account.name].push_back(&account);
    }
    const auto isRepetition = [](const std::vector<const Account *> &accounts) {
        return std::all_of(accounts.begin() + 1, accounts.end(), [](const Account *account) {
            return account->isRepeated;
        });
    };
    const bool isUsers = &file == &context.facts.accounts.users;
    for (const auto &[id, accounts] : byId) {
        if (accounts.size() < 2 || isRepetition(accounts)) {
            continue;
        }
        std::set<std::string> names;
        for (const Account *account : accounts) {
            names.insert(account->name);
        }
        if (names.size() > 1) {
            findings.push_back(
                accountFinding(context,
                               isUsers && id == 0 ? Severity::High : Severity::Medium,
                               path,
                               std::string(isUsers ? "User" : "Group") + " number "
                                   + std::to_string(id) + " belongs to " + named(names) + "."));
        }
    }
    for (const auto &[name, accounts] : byName) {
        if (accounts.size() > 1) {
            findings.push_back(
                accountFinding(context,
                               isRepetition(accounts) ? Severity::Low : Severity::Medium,
                               path,
                               quoted(name) + " stands in " + path + " "
                                   + std::to_string(accounts.size()) + " times."));
        }
    }
}

} // namespace

bool isRootUser(const AuditContext &context)
{
    const std::string_view user = splitUser(context.image.config.user).first;
    if (user.find_first_not_of('0') == std::string_view::npos || user == "root") {
        return true;
    }
    const Account *account = context.facts.accounts.users.named(user);
    return account != nullptr && account->id == 0U;
}

std::optional<RunUser> runUser(const AuditContext &context)
{
    const auto [user, group] = splitUser(context.image.config.user);
    const Accounts &accounts = context.facts.accounts;
    if (isRootUser(context)) {
        return RunUser{};
    }
    const Account *account = accounts.users.named(user);
    std::optional<std::uint32_t> uid = account != nullptr ? account->id : accountId(user);
    if (!uid) {
        return std::nullopt;
    }
    if (account == nullptr) {
        const auto found = std::ranges::find(accounts.users.accounts, uid, &Account::id);
        account = found == accounts.users.accounts.end() ? nullptr : &*found;
    }
    RunUser result{*uid, account != nullptr ? account->group.value_or(0) : 0};
    const Account *listed = accounts.groups.named(group);
    result.gid =
        listed != nullptr ? listed->id.value_or(result.gid) : accountId(group).value_or(result.gid);
    return result;
}

bool mayWrite(const RunUser &user, const Entry &entry)
{
    constexpr std::uint16_t kOwner = 00200;
    constexpr std::uint16_t kGroup = 00020;
    constexpr std::uint16_t kOthers = 00002;
    const std::uint16_t bit = entry.uid == user.uid   ? kOwner
                              : entry.gid == user.gid ? kGroup
                                                      : kOthers;
    return user.uid == 0 || (entry.mode & bit) != 0;
}

std::vector<Finding> userUnresolvable(const AuditContext &context)
{
    const auto [user, group] = splitUser(context.image.config.user);
    const Accounts &accounts = context.facts.accounts;
    std::vector<Finding> findings;
    const auto add = [&](std::string_view what, std::string_view name, const char *path) {
        findings.push_back(configFinding(Severity::High,
                                         "The " + std::string(what) + ' ' + quoted(name)
                                             + " is not in " + path + ": containers cannot start.",
                                         configEvidence("config.User", context.image.config.user)));
    };
    // Even root has to be looked up by engines, where it is written as a name.
    if (!user.empty() && !accountId(user)
        && isAbsent(context, accounts.users, "/etc/passwd", user)) {
        add("user", user, "/etc/passwd");
    }
    if (!group.empty() && !accountId(group)
        && isAbsent(context, accounts.groups, "/etc/group", group)) {
        add("group", group, "/etc/group");
    }
    return findings;
}

std::vector<Finding> userNotNumeric(const AuditContext &context)
{
    const std::string_view user = splitUser(context.image.config.user).first;
    if (isRootUser(context) || accountId(user)) {
        return {};
    }
    std::string number;
    if (const std::optional<RunUser> known = runUser(context)) {
        number = " Its number is " + std::to_string(known->uid) + '.';
    }
    return {configFinding(Severity::Info,
                          "The user is the name " + quoted(user)
                              + ", which Kubernetes cannot tell from root." + number,
                          configEvidence("config.User", context.image.config.user))};
}

std::vector<Finding> emptyPassword(const AuditContext &context)
{
    const Accounts &accounts = context.facts.accounts;
    std::map<std::pair<const char *, Severity>, std::set<std::string>> names;
    const auto look = [&](const Account &line, const Account *user, const char *path) {
        if (line.password != Password::Empty) {
            return;
        }
        const bool isUsable = user != nullptr && (user->id == 0U || isLoginShell(user->shell));
        names[{path, isUsable ? Severity::Critical : Severity::Low}].insert(line.name);
    };
    for (const Account &line : accounts.shadow.accounts) {
        look(line, accounts.users.named(line.name), "/etc/shadow");
    }
    for (const Account &line : accounts.users.accounts) {
        look(line, &line, "/etc/passwd");
    }
    std::vector<Finding> findings;
    for (const auto &[key, users] : names) {
        const auto &[path, severity] = key;
        findings.push_back(
            accountFinding(context,
                           severity,
                           path,
                           std::string("No password is asked of ") + named(users)
                               + (severity == Severity::Critical ? "." : ", who cannot log in.")));
    }
    return findings;
}

std::vector<Finding> duplicateIds(const AuditContext &context)
{
    std::vector<Finding> findings;
    addDuplicates(context, context.facts.accounts.users, "/etc/passwd", findings);
    addDuplicates(context, context.facts.accounts.groups, "/etc/group", findings);
    return findings;
}

} // namespace cutaway
