// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/contractrules.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"

namespace cutaway {

namespace {

constexpr std::uint16_t kNeedsPosixConfig = NeedsConfig | NeedsPosix;

constexpr std::array kRules = {
    Rule{.id = "contract/privileged-port",
         .title = "A port that only root may open",
         .severity = Severity::Medium,
         .needs = kNeedsPosixConfig,
         .why = "Ports below 1024 need root or a capability, but for engines that lift the rule.",
         .fix = "Listen on 8080 or 8443; the engine maps it to 80 or 443.",
         .references = references::kContract,
         .check = &privilegedPort,
         .detects = "An exposed port below 1024; medium where the user is not root.",
         .guards = "80 and 443 with root, and programs with a capability, are info."},
    Rule{.id = "contract/ssh-port",
         .title = "A port for remote control",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Such a port is an invitation; engines give a shell without it.",
         .fix = "Remove EXPOSE and the server; use docker exec.",
         .references = references::kOneProcess,
         .check = &sshPort,
         .detects = "22, 23, 21, 3389, 5900, 2375, 2376 or 111 among the exposed ports; 2222 with "
                    "sshd installed is low.",
         .guards = "The same numbers over UDP; 22 of a git server is low.",
         .aliases = "DS-0004 CKV_DOCKER_1"},
    Rule{.id = "contract/odd-port",
         .title = "A port that is written oddly, or a debugger's",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Tools read port, range and protocol in one notation; a debugger's port gives "
                "whoever reaches it the process.",
         .fix = "EXPOSE 8080",
         .references = references::kContract,
         .check = &oddPort,
         .detects = "Not N[-M][/tcp|udp|sctp], out of 1 to 65535, more than ten ports, a protocol "
                    "in capitals; 5005, 9229, 5678, 2345, 9003.",
         .guards = "53 and 443 over TCP and UDP; other ports over both are info.",
         .aliases = "DL3011 DS-0008 ExposeInvalidFormat ExposeProtoCasing"},
    Rule{.id = "contract/undeclared-port",
         .title = "A port that is used but not exposed",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "People and platforms read from the image which ports to publish.",
         .fix = "EXPOSE it.",
         .references = references::kContract,
         .check = &undeclaredPort,
         .detects =
             "PORT or *_PORT in the environment, --port, --bind or 0.0.0.0:N in the command, "
             "listen in the files of nginx, httpd, redis or mysql, that no exposed port "
             "covers; a known server without any exposed port.",
         .guards = "Ports of other services (DB_PORT, or with a *_HOST beside it); loopback."},
    Rule{.id = "contract/volume-data",
         .title = "Files in a volume",
         .severity = Severity::Medium,
         .needs = NeedsConfig | NeedsTree,
         .why = "What is mounted hides them: Kubernetes and bind mounts show an empty folder; only "
                "new volumes of Docker are filled.",
         .fix = "Keep defaults elsewhere and copy them when the container starts.",
         .references = references::kContract,
         .check = &volumeData,
         .detects = "1 MiB or more below a declared volume, or files written there by a later "
                    "step.",
         .guards = "Small skeletons written before."},
    Rule{.id = "contract/undeclared-state",
         .title = "State that is no volume",
         .severity = Severity::Low,
         .needs = kNeedsPosixConfig,
         .why = "What is written outside a volume is lost with the container.",
         .fix = "VOLUME it.",
         .references = references::kContract,
         .check = &undeclaredState,
         .detects = "*_DATA, *DATADIR in the environment, ${X:=/var/lib/…} in entry scripts, or a "
                    "database as the application, without a volume there.",
         .guards = "Volumes above or below; redis with save \"\"."},
    Rule{.id = "contract/app-in-volume",
         .title = "The application lies in a volume",
         .severity = Severity::Medium,
         .needs = kNeedsPosixConfig | NeedsTree,
         .why = "A volume holds what an earlier container left there, or nothing: not what this "
                "image was built with.",
         .fix = "Put code into the image, and only data into volumes.",
         .references = references::kContract,
         .check = &appInVolume,
         .detects =
             "The program, the script it runs, or the pages of a web server below a declared "
             "volume.",
         .guards = "Working directories and volumes with data alone."},
    Rule{.id = "contract/undocumented-env",
         .title = "A variable that nobody describes",
         .severity = Severity::Medium,
         .needs = kNeedsPosixConfig | NeedsTree | NeedsContent,
         .why = "Whoever runs the image has to guess what it wants to be told.",
         .fix = "Give it a default, ${X:-value} or ENV, or LABEL api.ENV.X.description=\"…\"",
         .references = references::kContract,
         .check = &undocumentedEnv,
         .detects = "Variables in capitals that entry scripts, or templates that these fill in, "
                    "read without a default, that ENV does not set and no label describes; ${X:?} "
                    "is medium.",
         .guards = "What the shell or the engine sets; what a script gives a value itself.",
         .traits = LessInBase},
    Rule{.id = "contract/build-only-env",
         .title = "A variable that only the build needs",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "ENV stays set in every container and every image built upon this one.",
         .fix = "Set it in RUN, or by ARG.",
         .references = references::kContract,
         .check = &buildOnlyEnv,
         .detects =
             "DEBIAN_FRONTEND, BUILD_*, compiler flags, proxies, CI, NODE_ENV=development, a "
             "private package index; a variable that steps set to several values is info.",
         .guards = "Variables of the base image; versions; PATH."},
    Rule{.id = "contract/environment-specific",
         .title = "A value that fits one place alone",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "An image that knows addresses of one site has to be rebuilt for the next.",
         .fix = "Use names of services, and set addresses when it runs.",
         .references = references::kContract,
         .check = &environmentSpecific,
         .detects = "Private addresses and names such as *.internal, *.local, *.corp in variables.",
         .guards = "Variables of the base image; loopback; lists of what no proxy is for."},
    Rule{.id = "contract/hosts-files-baked",
         .title = "The engine's own files are written",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Engines put their own /etc/hosts, /etc/resolv.conf and /etc/hostname into each "
                "container: what the image has there is never seen.",
         .fix = "DNS, or --add-host when it runs.",
         .references = references::kContract,
         .check = &hostsFilesBaked,
         .detects = "A build step that redirects into, or edits, one of them; one of them in the "
                    "image's own layers with more than localhost.",
         .guards = "Steps that only read them; empty files; those of the base image.",
         .traits = LessInBase},
    Rule{.id = "contract/api-label-schema",
         .title = "Labels of the interface that do not fit",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Programs read these labels to know what to pass in.",
         .fix = "LABEL api.ENV.NAME=\"…\" api.ENV.NAME.mandatory=\"true\"",
         .references = references::kApiLabels,
         .check = &apiLabelSchema,
         .detects = "api.ENV, api.EXPOSE, api.LINKS and api.expected-*: names, true or false, "
                    "ports, JSON; what they say against what the image declares.",
         .guards = "Images without such labels."},
    Rule{.id = "contract/workdir",
         .title = "An odd working directory",
         .severity = Severity::High,
         .needs = kNeedsPosixConfig,
         .why = "Relative paths of the command depend on it.",
         .fix = "WORKDIR /app",
         .references = references::kContract,
         .check = &workingDirectory,
         .detects = "Relative; below /proc, /sys, /dev, /boot; not in the image; none with a "
                    "relative command, or with COPY to a relative place.",
         .guards = "None with an absolute command.",
         .aliases = "DL3000 DL3045 DS-0009 DS-0030 WorkdirRelativePath CKV_DOCKER_10"},
    Rule{.id = "contract/onbuild",
         .title = "Hidden steps for builds upon it",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "ONBUILD runs in other people's builds, unseen in their Dockerfiles.",
         .fix = "Avoid it, or tag the image …-onbuild and document it.",
         .references = references::kOnBuild,
         .check = &onBuildTriggers,
         .detects = "ONBUILD triggers in the configuration.",
         .guards = "Low with a tag that says onbuild.",
         .aliases = "DL3043"},
    Rule{.id = "contract/no-usage-doc",
         .title = "No way to the documentation",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "Whoever runs the image has to learn how.",
         .fix = "LABEL org.opencontainers.image.documentation=\"https://…\", or a /help.1.",
         .references = references::kContract,
         .check = &noUsageDoc,
         .detects = "No label for documentation, usage, help or url, and no README or help.1 in "
                    "the root folder.",
         .guards = "Base distributions."},
};

} // namespace

std::span<const Rule> contractRules()
{
    return kRules;
}

} // namespace cutaway
