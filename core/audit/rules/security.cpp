// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/securityrules.h"

namespace cutaway {

namespace {

constexpr std::uint16_t kNeedsFiles = NeedsTree | NeedsPosix;

constexpr std::array kRules = {
    Rule{.id = "security/root-user",
         .title = "Containers run as root",
         .severity = Severity::High,
         .needs = NeedsConfig | NeedsPosix,
         .why = "Whoever breaks into a process that runs as root has the container, and one "
                "kernel fault away the host.",
         .fix = "RUN useradd --no-log-init -r -u 10001 app, then USER 10001:10001.",
         .references = references::kUser,
         .check = &rootUser,
         .detects = "config.User is empty, root or 0.",
         .guards = "Base distributions are info, images for building low; a command that gives "
                   "root up (gosu, su-exec, setpriv) makes it medium.",
         .aliases = "CIS-DI-0001 CIS-4.1 DL3002 DS-0002 RunAsNonRoot CKV_DOCKER_3 CKV_DOCKER_8"},
    Rule{.id = "security/setuid-setgid",
         .title = "Programs that run with another user's rights",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "A setuid program lets any process in the container take its owner's rights, "
                "should it have a fault.",
         .fix = "find / -xdev -perm /6000 -type f -exec chmod a-s {} + in the step that brings "
                "them.",
         .references = references::kHardening,
         .check = &setIdFiles,
         .detects = "Executable files with setuid or setgid in the final file system; high where "
                    "the image's own layers bring one of root's.",
         .guards = "Directories; files nobody may execute; programs that every distribution "
                   "ships so are info.",
         .aliases = "CIS-DI-0008 CIS-4.8",
         .traits = LessInBase},
    Rule{.id = "security/file-capabilities",
         .title = "Programs with capabilities",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "A capability on a file is a part of root's rights for whoever runs it.",
         .fix = "Grant net_bind_service alone, or listen on a port from 1024 on.",
         .references = references::kHardening,
         .check = &fileCapabilities,
         .detects = "The attribute security.capability; high with sys_admin, sys_ptrace, "
                    "dac_override, setuid and their like.",
         .guards = "ping of the base with net_raw is info.",
         .traits = LessInBase},
    Rule{.id = "security/world-writable",
         .title = "Paths that everybody may write",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "What any process may change, any fault in any process can change: programs, "
                "libraries, configuration.",
         .fix = "chmod o-w; for arbitrary users give group 0 the owner's rights instead.",
         .references = references::kHardening,
         .check = &worldWritable,
         .detects = "Files, and directories without sticky bit, that others may write; high for "
                    "programs and below /etc, /usr, /bin, /lib.",
         .guards = "Links, /tmp with its sticky bit; empty directories are low.",
         .aliases = "CIS-4.3",
         .traits = LessInBase},
    Rule{.id = "security/baked-password",
         .title = "A password is set in the build",
         .severity = Severity::High,
         .needs = NeedsHistory | NeedsDockerfile | NeedsPosix,
         .why = "Everybody who has the image has the password; it is the same in every container.",
         .fix = "Set it when the container starts, from a secret.",
         .references = references::kHardening,
         .check = &bakedPassword,
         .detects = "chpasswd, passwd --stdin, useradd or usermod -p in a build step.",
         .guards = "Passwords read from a file or a mounted secret; locked ones (!, *).",
         .aliases = "CKV2_DOCKER_17",
         .traits = LessInBase},
    Rule{.id = "security/sudo",
         .title = "sudo in the image",
         .severity = Severity::Medium,
         .needs = kNeedsFiles,
         .why = "A container's process has one user; sudo is only a way back to root.",
         .fix = "Remove it. gosu or su-exec drop rights at the start, where that is needed.",
         .references = references::kUser,
         .check = &sudoInstalled,
         .detects = "sudo or doas in the program folders; sudo in a build step is low.",
         .guards = "The word in another command's text.",
         .aliases = "DKL-DI-0001 DL3004 DS-0010",
         .traits = LessInBase},
    Rule{.id = "security/sshd",
         .title = "A server for remote logins",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "Engines give a shell in a container without it; a server brings keys, users and "
                "an open port.",
         .fix = "docker exec or kubectl exec.",
         .references = references::kOneProcess,
         .check = &sshServer,
         .detects = "sshd, dropbear, telnetd, vsftpd; high where the command starts one.",
         .guards = "Clients alone.",
         .traits = LessInBase},
    Rule{.id = "security/admin-tools",
         .title = "Debuggers, editors and network tools",
         .severity = Severity::Medium,
         .needs = kNeedsFiles,
         .why = "What helps to look around helps an intruder too, and makes the image larger.",
         .fix = "Put them into an image of their own upon this one, named …-dev.",
         .references = references::kHardening,
         .check = &adminTools,
         .detects = "gdb, strace, vim, nano, nmap, tcpdump, nc, ssh and their like; medium with "
                    "all three groups. curl and wget are info.",
         .guards = "Images for building or named -dev or -debug; links to busybox; what the "
                   "command or the health check uses.",
         .aliases = "CIS-4.3 DL3001",
         .traits = LessInBase},
    Rule{.id = "security/sensitive-volume",
         .title = "A system folder is declared a volume",
         .severity = Severity::High,
         .needs = NeedsConfig | NeedsPosix,
         .why = "A volume upon /etc or /usr hides what the image brings, and lives longer than "
                "the image.",
         .fix = "Declare the folder that holds data, nothing above it.",
         .references = references::kHardening,
         .check = &sensitiveVolume,
         .detects = "/, /etc, /usr, /bin, /lib, /dev, /proc, /sys, /root, /run or an engine's "
                    "socket among the volumes.",
         .guards = "Folders below them.",
         .aliases = "DKL-DI-0002"},
    Rule{.id = "security/tls-disabled",
         .title = "Certificates are not checked",
         .severity = Severity::High,
         .needs = NeedsConfig,
         .why = "Without the check anybody on the way can answer in the server's place.",
         .fix = "Install the authority's certificate into the trust store.",
         .references = references::kDownloads,
         .check = &tlsDisabled,
         .detects = "Variables such as NODE_TLS_REJECT_UNAUTHORIZED=0; curl -k, wget "
                    "--no-check-certificate, git sslVerify=false, pip --trusted-host and their "
                    "like in build steps.",
         .guards = "Values that switch checks on; requests to the machine itself.",
         .aliases = "CKV2_DOCKER_2 CKV2_DOCKER_3 CKV2_DOCKER_4 CKV2_DOCKER_5 CKV2_DOCKER_6",
         .traits = LessInBase},
    Rule{.id = "security/unverified-packages",
         .title = "Packages without signature checks",
         .severity = Severity::High,
         .needs = NeedsHistory | NeedsDockerfile | NeedsPosix,
         .why = "A package that nobody vouches for runs its scripts as root in the build.",
         .fix = "Import the repository's key and leave the checks on.",
         .references = references::kDownloads,
         .check = &unverifiedPackages,
         .detects = "apk --allow-untrusted, apt-get --allow-unauthenticated or --force-yes, yum "
                    "and dnf --nogpgcheck, rpm --nosignature, zypper --no-gpg-checks.",
         .guards = "The words in another command's text.",
         .aliases = "CIS-4.11 CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9 CKV2_DOCKER_10",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> securityRules()
{
    return kRules;
}

} // namespace cutaway
