// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/secretrules.h"

namespace cutaway {

namespace {

constexpr const char *kRecoverable =
    "Layers keep what they hold, deleted or not: whoever has the image has it.";

constexpr std::array kRules = {
    Rule{.id = "secret/private-key",
         .title = "A private key in a file",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke it first. Mount it when the container runs, or RUN --mount=type=secret or "
                "type=ssh.",
         .references = references::kSecrets,
         .check = &privateKeys,
         .detects = "Keys in PEM, OpenSSH's, PGP's and PuTTY's armour and age identities, in every "
                    "layer; that they decode makes it certain. With a passphrase high.",
         .guards = "Public keys and certificates. Info: what public packages bring, unchanged; "
                   "tests of libraries.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/cloud-credentials",
         .title = "Credentials of a cloud in a file",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke them first. Let the platform give the workload its identity.",
         .references = references::kSecrets,
         .check = &cloudCredentials,
         .detects = "Service accounts and the files of the clouds' tools: .aws/credentials, "
                    ".kube/config, application default credentials, Terraform's state.",
         .guards = "Profiles without a secret; placeholders and variables.",
         .aliases = "CIS-DI-0010 CIS-4.10 DS-0031"},
    Rule{.id = "secret/token",
         .title = "A token in a file",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke it first. Build again from the layer before it.",
         .references = references::kSecrets,
         .check = &tokensInFiles,
         .detects = "Tokens by the shape that their provider gives them, checksums verified where "
                    "there are any; web tokens; passwords in addresses.",
         .guards = "Values that documentation shows, placeholders, lock files; files over 5 MiB "
                   "are not searched, and named.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/registry-auth",
         .title = "Credentials of a registry in a file",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke them first. RUN --mount=type=secret,id=npmrc,target=/root/.npmrc.",
         .references = references::kSecrets,
         .check = &registryCredentials,
         .detects = "Passwords and tokens in the files of docker, npm, PyPI, git, Maven, Gradle, "
                    "Cargo, RubyGems, NuGet, gh, Helm and in .netrc.",
         .guards = "Variables in place of values; credential helpers; Maven's encrypted ones.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/dotenv",
         .title = "A secret in a .env file",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke it first. Name the file in .dockerignore; pass variables at run time.",
         .references = references::kSecrets,
         .check = &dotenvSecrets,
         .detects = "Values in .env, .env.production and their like whose names say password, "
                    "token, secret or API key, and known tokens.",
         .guards = "Examples and templates; placeholders.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/keystore",
         .title = "A store of keys or passwords",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsContent,
         .why = kRecoverable,
         .fix = "Revoke what is in it first. Mount it when the container runs.",
         .references = references::kSecrets,
         .check = &keystores,
         .detects = "Java and PKCS #12 keystores, KeePass, Password Safe, 1Password, OpenVPN, "
                    "wallets, Terraform's state, keys of SSH by name; an Ansible vault together "
                    "with its password file. In every layer.",
         .guards = "Empty files; files in which another rule found the secret itself. Info: stores "
                   "of nothing but trusted certificates, tests of libraries.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/shell-history",
         .title = "The history of a shell",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent,
         .why = "It tells what was typed when the image was made, passwords included.",
         .fix = "Revoke secrets in it first. HISTFILE=/dev/null; build from a Dockerfile rather "
                "than from a container.",
         .references = references::kSecrets,
         .check = &shellHistories,
         .detects =
             "Histories of shells, interpreters and database clients, .viminfo and .lesshst, "
             "in every layer. Critical with a known secret in it, else medium.",
         .guards = "Empty files.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
    Rule{.id = "secret/env-var",
         .title = "A secret in a variable of the image",
         .severity = Severity::Critical,
         .needs = NeedsConfig,
         .why = "Whoever has the image has its variables, those that later steps set anew "
                "included.",
         .fix = "Revoke it first. Pass it when the container runs, or as a file.",
         .references = references::kSecrets,
         .check = &secretVariables,
         .detects =
             "ENV, in the configuration and in the history, and labels with password, token, "
             "secret, api key and their like as a word of their name and a value that can "
             "be one; whatever the name, the values that secret/token knows.",
         .guards = "Names of files, addresses and settings; variables in place of values; "
                   "placeholders. Usual default passwords are medium.",
         .aliases = "CIS-DI-0010 CIS-4.10 DL3064 DS-0031 SecretsUsedInArgOrEnv"},
    Rule{.id = "secret/build-arg",
         .title = "A secret in a build argument",
         .severity = Severity::Critical,
         .needs = NeedsHistory,
         .why = "Build arguments stand in the history of each step that could use them.",
         .fix = "Revoke it first. RUN --mount=type=secret.",
         .references = references::kSecrets,
         .check = &secretBuildArguments,
         .detects = "Values of build arguments, by the same names and shapes; proxies with a "
                    "password.",
         .guards = "Arguments without a value; placeholders.",
         .aliases = "CIS-DI-0010 CIS-4.10 DS-0031 SecretsUsedInArgOrEnv"},
    Rule{.id = "secret/run-inline",
         .title = "A secret in the text of a build step",
         .severity = Severity::Critical,
         .needs = NeedsHistory | NeedsPosix,
         .why = "The history keeps the text of each step, also of what is unset behind it.",
         .fix = "Revoke it first. RUN --mount=type=secret,env=NAME.",
         .references = references::kSecrets,
         .check = &secretsInSteps,
         .detects = "Assignments and exports by the same names; --password, curl -u, Authorization "
                    "headers, addresses with a password, docker login -p; values of known shapes, "
                    "also in triggers for builds upon this image.",
         .guards = "Variables and substitutions in place of values.",
         .aliases = "CIS-DI-0010 CIS-4.10 DS-0031"},
    Rule{.id = "secret/cmd-args",
         .title = "A secret among the command's arguments",
         .severity = Severity::Critical,
         .needs = NeedsConfig | NeedsPosix,
         .why = "Arguments can be read in the image, and in the list of processes of the host.",
         .fix = "Revoke it first. Pass it as a variable or a file when the container runs.",
         .references = references::kSecrets,
         .check = &secretsInCommand,
         .detects = "The same in entrypoint, command and health check.",
         .guards = "Variables in place of values.",
         .aliases = "CIS-DI-0010 CIS-4.10"},
};

} // namespace

std::span<const Rule> secretRules()
{
    return kRules;
}

} // namespace cutaway
