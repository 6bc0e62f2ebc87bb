// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/secretrules.h"

namespace cutaway {

namespace {

constexpr std::array kRules = {
    Rule{.id = "secret/env-var",
         .title = "A secret in a variable of the image",
         .severity = Severity::Critical,
         .needs = NeedsConfig,
         .why = "Whoever has the image has its variables, those that later steps set anew "
                "included.",
         .fix = "Revoke it first. Pass it when the container runs, or as a file.",
         .references = references::kSecrets,
         .check = &secretVariables,
         .detects = "ENV, in the configuration and in the history, with password, token, secret, "
                    "api key and their like as a word of its name, and a value that can be one.",
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
         .detects = "Values of build arguments, by the same names; proxies with a password.",
         .guards = "Arguments without a value; placeholders.",
         .aliases = "CIS-4.10 DS-0031 SecretsUsedInArgOrEnv"},
    Rule{.id = "secret/run-inline",
         .title = "A secret in the text of a build step",
         .severity = Severity::Critical,
         .needs = NeedsHistory | NeedsPosix,
         .why = "The history keeps the text of each step, also of what is unset behind it.",
         .fix = "Revoke it first. RUN --mount=type=secret,env=NAME.",
         .references = references::kSecrets,
         .check = &secretsInSteps,
         .detects = "Assignments and exports by the same names; --password, curl -u, Authorization "
                    "headers, addresses with a password, docker login -p.",
         .guards = "Variables and substitutions in place of values.",
         .aliases = "CIS-4.10 DS-0031"},
    Rule{.id = "secret/cmd-args",
         .title = "A secret among the command's arguments",
         .severity = Severity::Critical,
         .needs = NeedsConfig | NeedsPosix,
         .why = "Arguments can be read in the image, and in the list of processes of the host.",
         .fix = "Revoke it first. Pass it as a variable or a file when the container runs.",
         .references = references::kSecrets,
         .check = &secretsInCommand,
         .detects = "The same in entrypoint, command and health check.",
         .guards = "Variables in place of values."},
};

} // namespace

std::span<const Rule> secretRules()
{
    return kRules;
}

} // namespace cutaway
