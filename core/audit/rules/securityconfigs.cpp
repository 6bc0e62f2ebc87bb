// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/securityconfigs.h"

#include "core/audit/evidence.h"
#include "core/audit/rules/configlines.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/image/historyshell.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace cutaway {

namespace {

/// Visits the files of a group that have a content.
void forEachContent(const AuditContext &context,
                    PathGroup group,
                    const std::function<void(const PathMatch &, std::string_view)> &visit)
{
    std::size_t reads = 0;
    for (const PathMatch &match : context.facts.matches.of(group)) {
        const bool isFile = context.contents != nullptr
                            && context.image.tree->effectiveType(match.entry) == EntryType::File;
        if (!isFile || ++reads > limits::kContentReads) {
            continue;
        }
        if (const std::optional<FileContent> content = context.contents->content(match.entry)) {
            visit(match, content->bytes);
        }
    }
}

/// A line that is wrong, and how badly.
struct WrongLine
{
    Severity severity = Severity::High;
    std::size_t number = 0;
    std::string text; ///< to be shown; without credentials
};

Finding fileFinding(const AuditContext &context,
                    const PathMatch &match,
                    const WrongLine &wrong,
                    std::string_view what)
{
    const PathTree &tree = *context.image.tree;
    Finding finding = layerFinding(context.image, wrong.severity, tree.entry(match.entry).layer);
    const std::string path = tree.path(match.node);
    finding.fingerprint = path + '\n' + wrong.text;
    finding.summary = displayText(path) + ' ' + std::string(what);
    finding.evidence.push_back(entryEvidence(
        tree, match.entry, "line " + std::to_string(wrong.number) + ": " + wrong.text));
    finding.evidence.back().bytes = 0;
    return finding;
}

bool isLocal(std::string_view text)
{
    return text.contains("localhost") || text.contains("127.0.0.1") || text.contains("[::1]");
}

/// Whether a setting of a program that downloads switches off the check of certificates.
bool disablesTls(std::string_view kind, const ConfigLine &line)
{
    if (isLocal(line.section) || isLocal(line.value)) {
        return false;
    }
    if (kind == "npm") {
        return line.key == "strict-ssl" && saysNo(line.value);
    }
    if (kind == "curl") {
        const bool isOption = line.key == "insecure" || line.key == "--insecure"
                              || line.text == "-k" || line.key == "proxy-insecure";
        return isOption && !saysNo(line.value);
    }
    if (kind == "wget") {
        return line.key == "check_certificate" && saysNo(line.value);
    }
    if (kind == "git") {
        return line.key == "sslverify" && saysNo(line.value);
    }
    if (kind == "pip") {
        return line.key == "trusted-host" && !line.value.empty();
    }
    return line.key == "sslverify" && saysNo(line.value);
}

/// The options of a line of sources.list: "trusted=yes arch=amd64".
std::string_view optionsOf(std::string_view line)
{
    const std::size_t begin = line.find('[');
    const std::size_t end = begin == line.npos ? line.npos : line.find(']', begin);
    return end == line.npos ? std::string_view() : line.substr(begin + 1, end - begin - 1);
}

/// What is wrong with repositories of yum, dnf and zypper: each section is judged as a whole.
std::vector<WrongLine> wrongRepositories(std::string_view text)
{
    struct Section
    {
        bool isEnabled = true;
        bool checksIndex = false;
        std::optional<WrongLine> unchecked;
        std::optional<WrongLine> plain;
    };
    std::map<std::string, Section> sections;
    forEachConfigLine(text, [&](const ConfigLine &line) {
        Section &section = sections[line.section];
        if (line.key == "enabled") {
            section.isEnabled = !saysNo(line.value);
        } else if (line.key == "repo_gpgcheck") {
            section.checksIndex = saysYes(line.value);
        } else if ((line.key == "gpgcheck" || line.key == "pkg_gpgcheck") && saysNo(line.value)) {
            section.unchecked = {
                Severity::High, line.number, '[' + displayText(line.section) + "] gpgcheck=0"};
        } else if (line.key == "baseurl" && line.value.starts_with("http://")
                   && !isLocal(line.value)) {
            section.plain = {Severity::Low,
                             line.number,
                             '[' + displayText(line.section) + "] is fetched over http"};
        }
    });
    std::vector<WrongLine> wrong;
    for (auto &[name, section] : sections) {
        if (!section.isEnabled) {
            continue;
        }
        if (section.unchecked && !section.checksIndex) {
            wrong.push_back(std::move(*section.unchecked));
        } else if (section.plain && !section.checksIndex) {
            wrong.push_back(std::move(*section.plain));
        }
    }
    return wrong;
}

std::vector<WrongLine> wrongSources(std::string_view kind, std::string_view text)
{
    if (kind == "repo") {
        return wrongRepositories(text);
    }
    std::vector<WrongLine> wrong;
    forEachConfigLine(text, [&](const ConfigLine &line) {
        const std::string lower = lowered(line.text);
        bool isWrong = false;
        if (kind == "apt list") {
            isWrong = lowered(optionsOf(line.text)).contains("trusted=yes");
        } else if (kind == "apt sources") {
            isWrong = line.key == "trusted" && saysYes(line.value);
        } else if (kind == "apt options") {
            const bool isOption = lower.contains("allowunauthenticated")
                                  || lower.contains("allowinsecurerepositories");
            isWrong = isOption && !lower.starts_with("//")
                      && (lower.contains("\"true\"") || lower.contains("\"1\"")
                          || lower.contains(" true"));
        } else {
            isWrong = line.key == "siglevel" && lowered(line.value).starts_with("never");
        }
        if (isWrong) {
            wrong.push_back({Severity::High,
                             line.number,
                             kind == "pacman"        ? "SigLevel = Never"
                             : kind == "apt options" ? "unsigned sources are allowed"
                                                     : "trusted=yes"});
        }
    });
    return wrong;
}

/// Who has a password in a file: names by severity, and whether a scheme is weak.
struct Holders
{
    std::size_t set = 0;
    std::size_t locked = 0;
    std::set<std::string_view> schemes;
};

Holders holdersIn(const std::vector<Account> &accounts)
{
    Holders holders;
    for (const Account &account : accounts) {
        holders.set += account.password == Password::Set ? 1 : 0;
        holders.locked += account.password == Password::LockedSet ? 1 : 0;
        if (!account.scheme.empty()) {
            holders.schemes.insert(account.scheme);
        }
    }
    return holders;
}

std::optional<Finding> passwordFinding(const AuditContext &context,
                                       NodeId node,
                                       EntryId entry,
                                       std::string_view text)
{
    const Holders holders = holdersIn(parseShadow(text, true).accounts);
    const LayerIndex layer = context.image.tree->entry(entry).layer;
    if (holders.set + holders.locked == 0 || originOf(context.image, layer) == Origin::Base) {
        return std::nullopt;
    }
    const bool isLocked = holders.set == 0;
    Finding finding = layerFinding(context.image, isLocked ? Severity::Low : Severity::High, layer);
    const std::string path = context.image.tree->path(node);
    finding.fingerprint = path;
    finding.summary =
        displayText(path) + " holds "
        + formatCount(isLocked ? holders.locked : holders.set, "password hash", "password hashes")
        + (isLocked ? " of locked accounts." : ".");
    std::string schemes;
    for (const std::string_view scheme : holders.schemes) {
        schemes += (schemes.empty() ? "" : ", ") + std::string(scheme)
                   + (isWeakScheme(scheme) ? " (weak)" : "");
    }
    finding.evidence.push_back(entryEvidence(*context.image.tree, entry, schemes));
    finding.evidence.back().bytes = 0;
    return finding;
}

/// A rule of sudoers that asks for no password, for somebody else than root.
bool givesRoot(std::string_view kind, const ConfigLine &line)
{
    if (kind == "doas") {
        return line.key == "permit" && line.text.contains("nopass")
               && !line.text.contains("nopass root");
    }
    return line.text.contains("NOPASSWD:") && line.key != "root" && line.key != "defaults"
           && !line.key.ends_with("_alias");
}

} // namespace

std::vector<Finding> filesWithoutTlsCheck(const AuditContext &context)
{
    std::vector<Finding> findings;
    const auto look = [&](const PathMatch &match, std::string_view text) {
        std::optional<WrongLine> first;
        forEachConfigLine(text, [&](const ConfigLine &line) {
            if (!first && disablesTls(match.kind, line)) {
                first = WrongLine{Severity::High, line.number, displayText(line.key)};
            }
        });
        if (first) {
            findings.push_back(
                fileFinding(context, match, *first, "switches certificate checks off."));
        }
    };
    forEachContent(context, PathGroup::ClientConfig, look);
    return findings;
}

std::vector<Finding> filesWithoutSignatureCheck(const AuditContext &context)
{
    std::vector<Finding> findings;
    const auto look = [&](const PathMatch &match, std::string_view text) {
        for (const WrongLine &wrong : wrongSources(match.kind, text)) {
            findings.push_back(fileFinding(context,
                                           match,
                                           wrong,
                                           wrong.severity == Severity::Low
                                               ? "names a source that anybody on the way can "
                                                 "change, and whose index is not signed."
                                               : "lets packages be installed that nobody "
                                                 "signed."));
        }
    };
    forEachContent(context, PathGroup::PackageConfig, look);
    return findings;
}

std::vector<Finding> filesWithPasswords(const AuditContext &context)
{
    std::vector<Finding> findings;
    if (context.contents == nullptr || context.image.tree == nullptr) {
        return findings;
    }
    const PathTree &tree = *context.image.tree;
    const NodeId shadow = tree.find("/etc/shadow");
    // What a later step rewrote is still in its layer; the newest with a hash speaks for all.
    const PathTree::Node node = shadow == kNone ? PathTree::Node{} : tree.node(shadow);
    for (EntryId entry = node.firstEntry + node.entryCount; entry-- > node.firstEntry;) {
        const std::optional<FileContent> content =
            tree.entry(entry).holdsBytes() ? context.contents->content(entry) : std::nullopt;
        std::optional<Finding> finding =
            content ? passwordFinding(context, shadow, entry, content->bytes) : std::nullopt;
        if (finding) {
            const bool isHidden = tree.entry(entry).hiddenBy != kNoLayer;
            finding->state = isHidden ? State::Overwritten : State::Visible;
            findings.push_back(std::move(*finding));
            break;
        }
    }
    const auto look = [&](const PathMatch &match, std::string_view text) {
        if (std::optional<Finding> finding =
                passwordFinding(context, match.node, match.entry, text)) {
            findings.push_back(std::move(*finding));
        }
    };
    forEachContent(context, PathGroup::PasswordFile, look);
    return findings;
}

std::vector<Finding> filesThatGiveRoot(const AuditContext &context, bool hasProgram)
{
    std::vector<Finding> findings;
    const auto look = [&](const PathMatch &match, std::string_view text) {
        std::optional<WrongLine> first;
        forEachConfigLine(text, [&](const ConfigLine &line) {
            if (!first && givesRoot(match.kind, line)) {
                first = WrongLine{hasProgram ? Severity::High : Severity::Low,
                                  line.number,
                                  displayText(line.text.substr(0, line.text.find_first_of(" \t")))
                                      + " is asked for no password"};
            }
        });
        if (first) {
            findings.push_back(
                fileFinding(context, match, *first, "lets others act as root without a password."));
        }
    };
    forEachContent(context, PathGroup::Sudoers, look);
    return findings;
}

} // namespace cutaway
