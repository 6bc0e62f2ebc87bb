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
         .detects = "config.User is empty, root, 0, or a name whose number in /etc/passwd is 0.",
         .guards = "Base distributions are info, images for building low; a command or a start "
                   "script that gives root up (gosu, su-exec, setpriv) makes it medium.",
         .aliases = "CIS-DI-0001 CIS-4.1 DL3002 DS-0002 RunAsNonRoot CKV_DOCKER_3 CKV_DOCKER_8"},
    Rule{.id = "security/user-unresolvable",
         .title = "The user is not in the image",
         .severity = Severity::High,
         .needs = NeedsConfig | NeedsTree | NeedsContent | NeedsPosix,
         .why = "An engine looks the name up in the image's own lists; where it does not find it, "
                "no container starts.",
         .fix = "Create the user and group in the image, or set their numbers.",
         .references = references::kUser,
         .check = &userUnresolvable,
         .detects =
             "A name in config.User that /etc/passwd has not, or a group that /etc/group has "
             "not.",
         .guards = "Numbers, which need no entry."},
    Rule{.id = "security/user-not-numeric",
         .title = "The user is a name",
         .severity = Severity::Info,
         .needs = NeedsConfig | NeedsPosix,
         .why =
             "Kubernetes' runAsNonRoot only believes numbers: of a name it cannot tell whether it "
             "is root.",
         .fix = "USER 10001, and keep the name in /etc/passwd for people.",
         .references = references::kUser,
         .check = &userNotNumeric,
         .detects = "config.User is a name, and not root's.",
         .guards = "Numbers; root, which has a rule of its own.",
         .aliases = "DL3066"},
    Rule{.id = "security/empty-password",
         .title = "Users without a password",
         .severity = Severity::Critical,
         .needs = NeedsTree | NeedsContent | NeedsAccounts | NeedsPosix,
         .why =
             "Whoever finds a way to log in, or to run su, becomes that user without being asked.",
         .fix = "passwd -l root: lock accounts that nobody logs in to (CVE-2019-5021 was this).",
         .references = references::kHardening,
         .check = &emptyPassword,
         .detects =
             "An empty second field in /etc/shadow or /etc/passwd; critical for number 0 and "
             "for users with a login shell.",
         .guards = "Locked ones (*, !, !!); users who cannot log in are low.",
         .aliases = "DKL-LI-0001",
         .traits = LessInBase},
    Rule{.id = "security/duplicate-uid",
         .title = "Several users or groups with one number",
         .severity = Severity::High,
         .needs = NeedsTree | NeedsContent | NeedsAccounts | NeedsPosix,
         .why =
             "The kernel knows numbers alone: two users with one number are the same user, and a "
             "second number 0 is a second root.",
         .fix = "Give each user and group a number of its own.",
         .references = references::kHardening,
         .check = &duplicateIds,
         .detects = "Lines of /etc/passwd or /etc/group that share a number or a name; high for "
                    "number 0.",
         .guards = "Marks for other databases (+); a line that is there twice is low.",
         .aliases = "DKL-LI-0002",
         .traits = LessInBase},
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
         .needs = NeedsTree | NeedsPosix,
         .why =
             "Everybody who has the image has the password, or its hash to guess from; it is the "
             "same in every container.",
         .fix = "Set it when the container starts, from a secret.",
         .references = references::kHardening,
         .check = &bakedPassword,
         .detects = "chpasswd, passwd --stdin, useradd or usermod -p in a build step; hashes in "
                    "/etc/shadow and in files like .htpasswd.",
         .guards = "Passwords read from a file or a mounted secret; the base image's files; locked "
                   "accounts are low.",
         .aliases = "CKV2_DOCKER_17",
         .traits = LessInBase},
    Rule{.id = "security/sudo",
         .title = "sudo in the image",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "A container's process has one user; sudo is only a way back to root.",
         .fix = "Remove it. gosu or su-exec drop rights at the start, where that is needed.",
         .references = references::kUser,
         .check = &sudoInstalled,
         .detects =
             "sudo or doas in the program folders; high where NOPASSWD or nopass gives others "
             "than root all rights; sudo in a build step is low.",
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
         .detects = "sshd, dropbear, telnetd, vsftpd; high where the command, a start script or "
                    "a supervisor starts one.",
         .guards = "Clients alone; servers of Git repositories with the port of ssh are low.",
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
                    "like in build steps; the same settings in .npmrc, .curlrc, .wgetrc, "
                    ".gitconfig, pip.conf, yum.conf.",
         .guards = "Values that switch checks on; requests to the machine itself.",
         .aliases = "CKV2_DOCKER_2 CKV2_DOCKER_3 CKV2_DOCKER_4 CKV2_DOCKER_5 CKV2_DOCKER_6",
         .traits = LessInBase},
    Rule{.id = "security/unverified-packages",
         .title = "Packages without signature checks",
         .severity = Severity::High,
         .needs = NeedsTree | NeedsPosix,
         .why = "A package that nobody vouches for runs its scripts as root in the build.",
         .fix = "Import the repository's key and leave the checks on.",
         .references = references::kDownloads,
         .check = &unverifiedPackages,
         .detects =
             "apk --allow-untrusted, apt-get --allow-unauthenticated or --force-yes, yum "
             "and dnf --nogpgcheck, rpm --nosignature, zypper --no-gpg-checks; trusted=yes in "
             "apt's sources, gpgcheck=0 of a repository, pacman's SigLevel Never. Low: a "
             "repository over http whose index is not signed.",
         .guards = "The words in another command's text; repositories that are switched off; apt's "
                   "and apk's sources over http, whose indexes are signed.",
         .aliases = "CIS-4.11 CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9 CKV2_DOCKER_10",
         .traits = LessInBase},
    Rule{.id = "security/unsafe-env",
         .title = "Variables that let others choose the code",
         .severity = Severity::Medium,
         .needs = NeedsConfig | NeedsPosix,
         .why =
             "Where a search path leads through a folder that others may write, they decide what "
             "runs.",
         .fix = "Absolute folders that root owns, the system's first.",
         .references = references::kHardening,
         .check = &unsafeEnvironment,
         .detects = "PATH with an empty or relative part, or before the system's folders one that "
                    "everybody or the container's user may write; LD_PRELOAD, LD_LIBRARY_PATH, "
                    "PYTHONPATH, NODE_OPTIONS that load from such a place; /etc/ld.so.preload.",
         .guards = "What is loaded into every program and root alone may change is info; folders "
                   "that engines put there.",
         .traits = 0},
    Rule{.id = "security/privileged-run-label",
         .title = "A label asks for a privileged container",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "People and tools type in what the label says, and give the container the host.",
         .fix = "Ask for the one capability, device or folder that is needed, and say why.",
         .references = references::kRunLabels,
         .check = &privilegedRunLabel,
         .detects =
             "--privileged, --cap-add SYS_ADMIN or ALL, the host's network, processes or "
             "users, its root folder or an engine's socket, unconfined, in a label that tells "
             "a command.",
         .guards = "Texts that advise against it; --privileged=false."},
    Rule{
        .id = "security/device-nodes",
        .title = "Devices in a layer",
        .severity = Severity::Medium,
        .needs = kNeedsFiles,
        .why = "Engines make /dev anew for each container; a device in a layer is either of no use "
               "or a way to hardware that nobody granted.",
        .fix = "Leave /dev out of the image; give devices with --device.",
        .references = references::kHardening,
        .check = &deviceNodes,
        .detects = "Character and block devices in the final file system; named pipes are info.",
        .guards = "null, zero, random, tty and their like below /dev are info, but for the image's "
                  "own layers.",
        .traits = LessInBase},
    Rule{.id = "security/app-writable",
         .title = "The process may change its own program",
         .severity = Severity::Low,
         .needs = NeedsConfig | NeedsTree | NeedsPosix,
         .why =
             "A fault that lets an intruder write a file lets him stay when the process may write "
             "its own code.",
         .fix = "Leave code to root, and give the process folders for its state alone.",
         .references = references::kUser,
         .check = &appWritable,
         .detects = "The program, its folder, folders of programs, libraries and Python packages "
                    "that config.User may write.",
         .guards = "root, who has a rule of its own; folders for data.",
         .traits = LessInBase},
    Rule{.id = "security/package-integrity",
         .title = "A file is not what its package brought",
         .severity = Severity::High,
         .needs = NeedsTree | NeedsContent | NeedsPackages | NeedsPosix,
         .why = "The package database vouches for a version whose bytes are not there: what runs "
                "is something else, and scanners that go by the database do not see it.",
         .fix = "Find out who changed it. Reinstall the package, or put your own file beside it.",
         .references = references::kPackageIntegrity,
         .check = &packageIntegrity,
         .detects =
             "Files of dpkg, apk, rpm, pacman and Python against the package's own checksums "
             "(MD5, SHA-1, SHA-256), where a change is likely: files that another layer "
             "wrote, that are not older than the package's record, or whose content was "
             "kept.",
         .guards = "Settings below /etc, and what rpm calls one; compiled Python, diverted and "
                   "missing files, empty ones. A change in the step that installs, under "
                   "the old time, goes unseen in programs.",
         .aliases = "CIS-4.11 HasModifiedFiles",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> securityRules()
{
    return kRules;
}

} // namespace cutaway
