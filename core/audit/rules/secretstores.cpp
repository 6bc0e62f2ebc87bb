// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/capture.h"
#include "core/audit/evidence.h"
#include "core/audit/rules/secretrules.h"
#include "core/audit/secrets/places.h"
#include "core/audit/secrets/secretfacts.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <functional>

namespace cutaway {

namespace {

/// What a file whose name has this ending keeps.
struct StoreRow
{
    std::string_view ending;
    std::string_view what;
};
constexpr std::array kStores = {
    StoreRow{".jks", "a Java keystore"},
    StoreRow{".keystore", "a Java keystore"},
    StoreRow{".p12", "a PKCS #12 keystore"},
    StoreRow{".pfx", "a PKCS #12 keystore"},
    StoreRow{".pkcs12", "a PKCS #12 keystore"},
    StoreRow{".kdbx", "a KeePass database"},
    StoreRow{".ovpn", "an OpenVPN profile"},
    StoreRow{".ppk", "a PuTTY key"},
    StoreRow{".agilekeychain", "a 1Password keychain"},
    StoreRow{".psafe3", "a Password Safe database"},
    StoreRow{".tfstate", "a state of Terraform"},
};
constexpr std::array<std::string_view, 4> kKeyNames = {
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"};
constexpr std::array<std::string_view, 6> kVaultPasswords = {".vault_pass",
                                                             ".vault-pass",
                                                             ".vault_pass.txt",
                                                             "vault_pass",
                                                             "vault_pass.txt",
                                                             "vault-password-file"};
constexpr std::string_view kVaultWord = "the password file of an Ansible vault";

/// What the name says that the file is; empty where it says nothing.
std::string_view storeNamed(std::string_view name)
{
    if (name == "wallet.dat") {
        return "a wallet";
    }
    if (std::ranges::find(kKeyNames, name) != kKeyNames.end()) {
        return "a key by its name";
    }
    if (std::ranges::find(kVaultPasswords, name) != kVaultPasswords.end()) {
        return kVaultWord;
    }
    const auto *const row = std::ranges::find_if(
        kStores, [name](const StoreRow &store) { return name.ends_with(store.ending); });
    return row == kStores.end() ? std::string_view() : row->what;
}

/// Reads a Java keystore as far as it goes.
class JavaKeystore
{
public:
    explicit JavaKeystore(std::string_view bytes)
        : m_rest(bytes)
    {}

    /// Whether all that it keeps are certificates to be trusted; not where its end is missing.
    bool isPublic()
    {
        constexpr std::uint32_t kMagic = 0xFEEDFEED;
        constexpr std::uint32_t kVersion = 2;
        constexpr std::uint32_t kCertificate = 2;
        constexpr std::size_t kDateBytes = 8;
        if (number(4) != kMagic || number(4) != kVersion) {
            return false;
        }
        const std::uint32_t count = number(4);
        for (std::uint32_t i = 0; i < count && m_isGood; ++i) {
            if (number(4) != kCertificate) {
                return false;
            }
            skip(number(2)); // its name
            skip(kDateBytes);
            skip(number(2)); // its kind
            skip(number(4));
        }
        return m_isGood && count > 0;
    }

private:
    std::uint32_t number(std::size_t bytes)
    {
        std::uint32_t value = 0;
        for (const char c : m_rest.substr(0, bytes)) {
            value = (value << 8U) | static_cast<unsigned char>(c);
        }
        skip(bytes);
        return value;
    }

    void skip(std::size_t bytes)
    {
        m_isGood = m_isGood && bytes <= m_rest.size();
        m_rest.remove_prefix(std::min(bytes, m_rest.size()));
    }

    std::string_view m_rest;
    bool m_isGood = true;
};

State stateOf(const Entry &entry)
{
    if (entry.hiddenBy == kNoLayer) {
        return State::Visible;
    }
    const bool isDeleted = entry.cause == Cause::DeletedFile
                           || entry.cause == Cause::DeletedDirectory
                           || entry.cause == Cause::Opaque;
    return isDeleted ? State::Deleted : State::Overwritten;
}

/// A finding about one file of one layer.
Finding fileFinding(const Image &image, EntryId id, Severity severity, std::string_view what)
{
    const PathTree &tree = *image.tree;
    const Entry &entry = tree.entry(id);
    const std::string path = tree.path(entry.node);
    Finding finding = layerFinding(image, severity, entry.layer);
    finding.state = stateOf(entry);
    finding.fingerprint = path;
    finding.summary = quoted(path) + " is " + std::string(what) + ".";
    if (finding.state != State::Visible) {
        finding.summary += " A later layer hides it; it can still be read from layer "
                           + std::to_string(entry.layer) + ".";
    }
    finding.evidence.push_back(entryEvidence(tree, id, {}));
    return finding;
}

/// Files with something in them, of every layer, hidden or not, whose names are wanted.
void forEachFile(const PathTree &tree,
                 const std::function<bool(std::string_view name)> &isWanted,
                 const std::function<void(EntryId)> &visit)
{
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        if (!isWanted(tree.name(node))) {
            continue;
        }
        const PathTree::Node at = tree.node(node);
        for (EntryId entry = at.firstEntry; entry < at.firstEntry + at.entryCount; ++entry) {
            if (tree.entry(entry).type == EntryType::File && tree.entry(entry).size > 0) {
                visit(entry);
            }
        }
    }
}

/// The worst of the secrets that were found in the file.
std::optional<Severity> worstSecretIn(const FileContents &contents, EntryId entry)
{
    const auto file = decodeSecrets(contents.fact(entry, kSecretsFact));
    if (!file || file->hits.empty()) {
        return std::nullopt;
    }
    return std::ranges::max(file->hits, {}, &SecretHit::severity).severity;
}

bool hasVault(const AuditContext &context)
{
    for (std::size_t layer = 0; layer < context.image.layers.size(); ++layer) {
        const auto facts = context.contents->facts(static_cast<LayerIndex>(layer));
        if (std::ranges::any_of(facts, [](const FileFact &fact) {
                return fact.kind == kContentFact && fact.bytes.starts_with(kAnsibleVault);
            })) {
            return true;
        }
    }
    return false;
}

/// Nothing where other rules tell what is in it, or nothing speaks for a secret.
std::optional<Severity> severityOfStore(const AuditContext &context,
                                        EntryId entry,
                                        std::string_view what,
                                        bool isVaultThere)
{
    const std::string_view name = context.image.tree->name(context.image.tree->entry(entry).node);
    const std::string path = context.image.tree->path(context.image.tree->entry(entry).node);
    if (worstSecretIn(*context.contents, entry)) {
        return std::nullopt;
    }
    if (what == kVaultWord) {
        return isVaultThere ? std::optional(Severity::Medium) : std::nullopt;
    }
    const bool isTrust = name.contains("cacerts") || name.contains("truststore");
    if (isTrust || secretPlace(path).isTest) {
        return Severity::Info;
    }
    const bool isJava = name.ends_with(".jks") || name.ends_with(".keystore");
    const bool isKey = std::ranges::find(kKeyNames, name) != kKeyNames.end();
    if (!isJava && !isKey) {
        return Severity::Medium;
    }
    const std::optional<FileContent> content = context.contents->content(entry);
    if (isKey && content && content->bytes.starts_with("-----BEGIN")) {
        return std::nullopt; // a public key, or none: secret/private-key looked at it
    }
    return isJava && content && JavaKeystore(content->bytes).isPublic() ? Severity::Info
                                                                        : Severity::Medium;
}

} // namespace

std::vector<Finding> keystores(const AuditContext &context)
{
    std::vector<Finding> findings;
    const PathTree &tree = *context.image.tree;
    const bool isVaultThere = hasVault(context);
    const auto isWanted = [](std::string_view name) { return !storeNamed(name).empty(); };
    forEachFile(tree, isWanted, [&](EntryId entry) {
        const std::string_view what = storeNamed(tree.name(tree.entry(entry).node));
        if (const auto severity = severityOfStore(context, entry, what, isVaultThere)) {
            Finding finding = fileFinding(context.image, entry, *severity, what);
            finding.confidence = Confidence::Likely;
            if (*severity == Severity::Info) {
                finding.summary += " It is public, or a test's.";
            }
            findings.push_back(std::move(finding));
        }
    });
    return findings;
}

std::vector<Finding> shellHistories(const AuditContext &context)
{
    std::vector<Finding> findings;
    const auto isWanted = [](std::string_view name) {
        return secretPlace(name).use == SecretPlace::Use::History;
    };
    forEachFile(*context.image.tree, isWanted, [&](EntryId entry) {
        const auto secret = worstSecretIn(*context.contents, entry);
        const bool isLeak = secret && *secret > Severity::Info;
        Finding finding = fileFinding(context.image,
                                      entry,
                                      isLeak ? Severity::Critical : Severity::Medium,
                                      "what somebody typed");
        finding.summary += isLeak ? " There is a secret in it." : "";
        findings.push_back(std::move(finding));
    });
    return findings;
}

} // namespace cutaway
