// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"security/root-user",
            "no user",
            "entrypoint [\"/app\"]\n"
            "debian",
            "high"},
    RuleRow{"security/root-user",
            "root by number",
            "user 0:0\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "high"},
    RuleRow{"security/root-user",
            "rights are given up later",
            "entrypoint [\"gosu\", \"app\", \"/app\"]\n"
            "debian",
            "medium"},
    RuleRow{"security/root-user",
            "a base distribution",
            "cmd [\"bash\"]\n"
            "debian",
            "info"},
    RuleRow{"security/root-user",
            "a number without an entry in passwd",
            "user 10001\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "none"},
    RuleRow{"security/root-user",
            "a name and the group root",
            "user app:root\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "none"},
    RuleRow{"security/setuid-setgid",
            "the image's own",
            "entrypoint [\"/app\"]\n"
            "base 1\n"
            "debian\n"
            "layer x\n"
            "mode app 04755 100 x",
            "high"},
    RuleRow{"security/setuid-setgid",
            "su of the base",
            "entrypoint [\"/app\"]\n"
            "base 1\n"
            "layer b\n"
            "mode bin/su 04755 100 x\n"
            "layer x\n"
            "file a 1 x",
            "info"},
    RuleRow{"security/setuid-setgid",
            "a folder",
            "layer x\n"
            "dirmode app 02775\n"
            "file app/a 1 x",
            "none"},
    RuleRow{"security/setuid-setgid",
            "sudo has a rule of its own",
            "layer x\n"
            "mode usr/bin/sudo 04755 100 x",
            "none"},
    RuleRow{"security/file-capabilities",
            "sys_admin",
            "layer x\n"
            "xattr app security.capability 0100000200002000000000000000000000000000",
            "high"},
    RuleRow{"security/file-capabilities",
            "net_bind_service",
            "layer x\n"
            "xattr app security.capability 0100000200040000000000000000000000000000",
            "low"},
    RuleRow{"security/file-capabilities",
            "not readable",
            "layer x\n"
            "xattr app security.capability 00",
            "info"},
    RuleRow{"security/file-capabilities",
            "another attribute",
            "layer x\n"
            "xattr app user.x 00",
            "none"},
    RuleRow{"security/world-writable",
            "a program",
            "layer x\n"
            "mode app/run.sh 0777 100 x",
            "high"},
    RuleRow{"security/world-writable",
            "a file",
            "layer x\n"
            "mode app/data 0666 100 x",
            "medium"},
    RuleRow{"security/world-writable",
            "an empty folder",
            "layer x\n"
            "dirmode data 0777",
            "low"},
    RuleRow{"security/world-writable",
            "the sticky bit",
            "layer x\n"
            "dirmode tmp 1777",
            "none"},
    RuleRow{"security/world-writable",
            "a link",
            "layer x\n"
            "symlink a -> b",
            "none"},
    RuleRow{"security/baked-password",
            "chpasswd",
            "debian\n"
            "layer RUN /bin/sh -c echo root:secret | chpasswd # buildkit",
            "high"},
    RuleRow{"security/baked-password",
            "a hash",
            "debian\n"
            "layer RUN /bin/sh -c useradd -p x$6$abc app # buildkit",
            "high"},
    RuleRow{"security/baked-password",
            "from a mounted secret",
            "debian\n"
            "layer RUN /bin/sh -c cat /run/secrets/p | chpasswd # buildkit",
            "none"},
    RuleRow{"security/baked-password",
            "the word in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo \"use chpasswd\" # buildkit",
            "none"},
    RuleRow{"security/sudo",
            "installed",
            "debian\n"
            "layer x\n"
            "mode usr/bin/sudo 04755 100 x",
            "medium"},
    RuleRow{"security/sudo",
            "used in a step",
            "debian\n"
            "layer RUN /bin/sh -c sudo -E apt-get update # buildkit",
            "low"},
    RuleRow{"security/sudo",
            "the word in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo \"no sudo here\" # buildkit",
            "none"},
    RuleRow{"security/sshd",
            "started",
            "entrypoint [\"/usr/sbin/sshd\", \"-D\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 100 x",
            "high"},
    RuleRow{"security/sshd",
            "installed",
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 100 x",
            "medium"},
    RuleRow{"security/sshd",
            "the client",
            "debian\n"
            "layer x\n"
            "mode usr/bin/ssh 0755 100 x",
            "none"},
    RuleRow{"security/admin-tools",
            "of all groups",
            "debian\n"
            "layer x\n"
            "mode usr/bin/gdb 0755 1 x\n"
            "mode usr/bin/vim 0755 1 y\n"
            "mode usr/bin/nmap 0755 1 z",
            "medium"},
    RuleRow{"security/admin-tools",
            "an editor",
            "debian\n"
            "layer x\n"
            "mode usr/bin/nano 0755 1 x",
            "low"},
    RuleRow{"security/admin-tools",
            "curl",
            "debian\n"
            "layer x\n"
            "mode usr/bin/curl 0755 1 x",
            "info"},
    RuleRow{"security/admin-tools",
            "curl for the health check",
            "health [\"CMD\", \"curl\", \"-f\", \"http://localhost/\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/curl 0755 1 x",
            "none"},
    RuleRow{"security/admin-tools",
            "busybox's links",
            "alpine\n"
            "layer x\n"
            "symlink usr/bin/nc -> /bin/busybox",
            "none"},
    RuleRow{"security/admin-tools",
            "busybox's hard links",
            "layer x\n"
            "mode bin/[ 0755 100 b\n"
            "hardlink bin/busybox -> bin/[\n"
            "hardlink bin/nc -> bin/[\n"
            "hardlink bin/sh -> bin/[",
            "none"},
    RuleRow{"security/admin-tools",
            "an image for looking around",
            "tag acme/app-debug:1\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/gdb 0755 1 x",
            "none"},
    RuleRow{"security/sensitive-volume",
            "etc",
            "volume /etc\n"
            "debian",
            "high"},
    RuleRow{"security/sensitive-volume",
            "the engine's socket",
            "volume /var/run/docker.sock\n"
            "debian",
            "high"},
    RuleRow{"security/sensitive-volume",
            "a folder below",
            "volume /etc/app\n"
            "debian",
            "none"},
    RuleRow{"security/tls-disabled",
            "a variable",
            "env NODE_TLS_REJECT_UNAUTHORIZED=0\n"
            "debian",
            "high"},
    RuleRow{"security/tls-disabled",
            "curl",
            "debian\n"
            "layer RUN /bin/sh -c curl -fsSLk https://x -o y # buildkit",
            "high"},
    RuleRow{"security/tls-disabled",
            "git",
            "debian\n"
            "layer RUN /bin/sh -c git -c http.sslVerify=false clone https://x # buildkit",
            "high"},
    RuleRow{"security/tls-disabled",
            "the variable switched on",
            "env NODE_TLS_REJECT_UNAUTHORIZED=1\n"
            "debian",
            "none"},
    RuleRow{"security/tls-disabled",
            "letters that are no such flag",
            "debian\n"
            "layer RUN /bin/sh -c grep -k x && curl -K cfg https://x # buildkit",
            "none"},
    RuleRow{"security/unverified-packages",
            "apk",
            "debian\n"
            "layer RUN /bin/sh -c apk add --allow-untrusted x # buildkit",
            "high"},
    RuleRow{
        "security/unverified-packages",
        "apt",
        "debian\n"
        "layer RUN /bin/sh -c apt-get -o Acquire::AllowInsecureRepositories=true update # buildkit",
        "high"},
    RuleRow{"security/unverified-packages",
            "the words in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo \"apk add --allow-untrusted\" # buildkit",
            "none"},
};

} // namespace

std::span<const RuleRow> securityRows()
{
    return kRows;
}

} // namespace cutaway::test
