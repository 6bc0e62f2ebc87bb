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
            "a shell beside a static program",
            "entrypoint [\"/app\"]\n"
            "layer x\n"
            "elf app machine=62\n"
            "mode busybox/sh 0755 1 x",
            "info"},
    RuleRow{"security/admin-tools",
            "a static program alone",
            "entrypoint [\"/app\"]\n"
            "layer x\n"
            "elf app machine=62\n"
            "mode bin/x 0755 1 x",
            "none"},
    RuleRow{"security/admin-tools",
            "a shell that starts it",
            "entrypoint [\"/bin/sh\", \"-c\", \"exec /app\"]\n"
            "layer x\n"
            "elf app machine=62\n"
            "mode bin/sh 0755 1 x",
            "none"},
    RuleRow{"security/admin-tools",
            "a shell in an image with a loader",
            "entrypoint [\"/app\"]\n"
            "layer x\n"
            "elf app machine=62\n"
            "mode lib64/ld-linux-x86-64.so.2 0755 1 x\n"
            "mode bin/sh 0755 1 x",
            "none"},
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
    RuleRow{"security/root-user",
            "a name whose number is 0",
            "user toor\n"
            "layer x\n"
            "text etc/passwd root:x:0:0::/root:/bin/sh\\ntoor:x:0:0::/root:/bin/sh\\n",
            "high"},
    RuleRow{"security/user-unresolvable",
            "a name that passwd has not",
            "user web\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n",
            "high"},
    RuleRow{"security/user-unresolvable",
            "a group that is not there",
            "user app:web\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/group root:x:0:\\nstaff:x:50:\\n",
            "high"},
    RuleRow{"security/user-unresolvable",
            "a name and no passwd at all",
            "user app\n"
            "layer x\n"
            "file app 1 x",
            "high"},
    RuleRow{"security/user-unresolvable",
            "root by name and no passwd",
            "user root\n"
            "layer x\n"
            "file app 1 x",
            "high"},
    RuleRow{"security/user-unresolvable",
            "names that are there",
            "user app:staff\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/group root:x:0:\\nstaff:x:50:\\n",
            "none"},
    RuleRow{"security/user-unresolvable",
            "a number in an empty image",
            "user 1000\n"
            "layer x\n"
            "file app 1 x",
            "none"},
    RuleRow{"security/user-unresolvable",
            "nobody",
            "layer x\n"
            "file app 1 x",
            "none"},
    RuleRow{"security/user-not-numeric",
            "a name",
            "user app\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n",
            "info"},
    RuleRow{"security/user-not-numeric",
            "a number",
            "user 10001:10001\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n",
            "none"},
    RuleRow{"security/user-not-numeric",
            "another name of root",
            "user toor\n"
            "layer x\n"
            "text etc/passwd toor:x:0:0::/root:/bin/sh\\n",
            "none"},
    RuleRow{"security/empty-password",
            "root without one",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/shadow root::19000:0:99999:7:::\\nbin:*:19000::::::\\n",
            "critical"},
    RuleRow{"security/empty-password",
            "in passwd itself",
            "layer x\n"
            "text etc/passwd app::1000:1000::/home/app:/bin/bash\\n",
            "critical"},
    RuleRow{"security/empty-password",
            "somebody who cannot log in",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/shadow bin::19000::::::\\n",
            "low"},
    RuleRow{"security/empty-password",
            "in the base",
            "base 1\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/shadow root::19000::::::\\n\n"
            "layer y\n"
            "file a 1 x",
            "high"},
    RuleRow{"security/empty-password",
            "locked ones",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/shadow root:*:1::::::\\napp:!:1::::::\\nbin:!!:1::::::\\nx:!*:1::::::\\n",
            "none"},
    RuleRow{"security/empty-password",
            "no lists of users",
            "layer x\n"
            "file a 1 x",
            "skipped"},
    RuleRow{"security/duplicate-uid",
            "a second root",
            "layer x\n"
            "text etc/passwd root:x:0:0::/root:/bin/sh\\ntoor:x:0:0::/root:/bin/sh\\n",
            "high"},
    RuleRow{"security/duplicate-uid",
            "two users",
            "layer x\n"
            "text etc/passwd a:x:7:7::/:/bin/sh\\nb:x:7:7::/:/bin/sh\\n",
            "medium"},
    RuleRow{"security/duplicate-uid",
            "two groups",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/group a:x:7:\\nb:x:7:\\n",
            "medium"},
    RuleRow{"security/duplicate-uid",
            "one name with two numbers",
            "layer x\n"
            "text etc/passwd a:x:7:7::/:/bin/sh\\na:x:8:8::/:/bin/sh\\n",
            "medium"},
    RuleRow{"security/duplicate-uid",
            "the same line again",
            "layer x\n"
            "text etc/passwd a:x:7:7::/:/bin/sh\\na:x:7:7::/:/bin/sh\\n",
            "low"},
    RuleRow{"security/duplicate-uid",
            "marks for other databases",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n+::0:0:::\\n+::0:0:::\\n",
            "none"},
    RuleRow{"security/duplicate-uid",
            "no lists of users",
            "layer x\n"
            "file a 1 x",
            "skipped"},
    RuleRow{"security/baked-password",
            "a hash in shadow",
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "text etc/shadow app:$6$salt$hash:19000::::::\\n",
            "high"},
    RuleRow{"security/baked-password",
            "a hash in htpasswd",
            "layer x\n"
            "text srv/.htpasswd admin:$apr1$salt$hash\\n",
            "high"},
    RuleRow{"security/baked-password",
            "a hash that a later step took away",
            "layer x\n"
            "text etc/shadow app:$6$salt$hash:1::::::\\n\n"
            "layer y\n"
            "text etc/shadow app:!:1::::::\\n",
            "high"},
    RuleRow{"security/baked-password",
            "a locked one",
            "layer x\n"
            "text etc/shadow app:!$6$salt$hash:19000::::::\\n",
            "low"},
    RuleRow{"security/baked-password",
            "no password set",
            "layer x\n"
            "text etc/shadow root:*:19000::::::\\napp:!:19000::::::\\n",
            "none"},
    RuleRow{"security/baked-password",
            "in the base",
            "base 1\n"
            "layer x\n"
            "text etc/shadow root:$6$salt$hash:19000::::::\\n\n"
            "layer y\n"
            "file a 1 x",
            "none"},
    RuleRow{"security/baked-password",
            "a test of a package",
            "layer x\n"
            "text app/node_modules/x/.htpasswd admin:$apr1$salt$hash\\n",
            "none"},
    RuleRow{"security/sudo",
            "without a password",
            "debian\n"
            "layer x\n"
            "mode usr/bin/sudo 04755 100 x\n"
            "text etc/sudoers.d/app app ALL=(ALL) NOPASSWD: ALL\\n",
            "high medium"},
    RuleRow{"security/sudo",
            "rules without the program",
            "debian\n"
            "layer x\n"
            "text etc/sudoers app ALL=(ALL) NOPASSWD: ALL\\n",
            "low"},
    RuleRow{"security/sudo",
            "a comment, and root itself",
            "debian\n"
            "layer x\n"
            "text etc/sudoers # %wheel ALL=(ALL) NOPASSWD: ALL\\nroot ALL=(ALL) NOPASSWD: ALL\\n",
            "none"},
    RuleRow{"security/tls-disabled",
            "npm",
            "layer x\n"
            "text root/.npmrc registry=https://x\\nstrict-ssl=false\\n",
            "high"},
    RuleRow{"security/tls-disabled",
            "curl's file",
            "layer x\n"
            "text root/.curlrc insecure\\n",
            "high"},
    RuleRow{"security/tls-disabled",
            "git's file",
            "layer x\n"
            "text etc/gitconfig [http]\\n\\tsslVerify = false\\n",
            "high"},
    RuleRow{"security/tls-disabled",
            "pip's file",
            "layer x\n"
            "text etc/pip.conf [global]\\ntrusted-host = pypi.example.org\\n",
            "high"},
    RuleRow{"security/tls-disabled",
            "files that leave it on",
            "layer x\n"
            "text root/.npmrc strict-ssl=true\\n# strict-ssl=false\\n\n"
            "text etc/gitconfig "
            "[http]\\nsslVerify = true\\n\n"
            "text etc/pip.conf [global]\\ntrusted-host = localhost\\n",
            "none"},
    RuleRow{"security/tls-disabled",
            "pip from the machine itself",
            "debian\n"
            "layer RUN /bin/sh -c pip install --trusted-host localhost x # buildkit",
            "none"},
    RuleRow{"security/unverified-packages",
            "a trusted source",
            "layer x\n"
            "text etc/apt/sources.list.d/x.list deb [arch=amd64 trusted=yes] https://x ./\\n",
            "high"},
    RuleRow{"security/unverified-packages",
            "a trusted source, new style",
            "layer x\n"
            "text etc/apt/sources.list.d/x.sources Types: deb\\nURIs: https://x\\nTrusted: yes\\n",
            "high"},
    RuleRow{"security/unverified-packages",
            "an option of apt",
            "layer x\n"
            "text etc/apt/apt.conf.d/99x APT::Get::AllowUnauthenticated \\x22true\\x22;\\n",
            "high"},
    RuleRow{"security/unverified-packages",
            "a repository",
            "layer x\n"
            "text etc/yum.repos.d/x.repo [x]\\nbaseurl=https://x\\nenabled=1\\ngpgcheck=0\\n",
            "high"},
    RuleRow{"security/unverified-packages",
            "pacman",
            "layer x\n"
            "text etc/pacman.conf [options]\\nSigLevel = Never\\n",
            "high"},
    RuleRow{"security/unverified-packages",
            "a repository over http",
            "layer x\n"
            "text etc/yum.repos.d/x.repo [x]\\nbaseurl=http://x\\ngpgcheck=1\\n",
            "low"},
    RuleRow{"security/unverified-packages",
            "what checks, and what is off",
            "layer x\n"
            "text etc/apt/sources.list deb http://deb.debian.org/debian bookworm main\\n# deb "
            "[trusted=yes] https://x ./\\n\n"
            "text etc/yum.repos.d/x.repo "
            "[x]\\nbaseurl=https://x\\ngpgcheck=1\\n[y]\\nbaseurl=https://"
            "y\\nenabled=0\\ngpgcheck=0\\n\n"
            "text etc/apk/repositories "
            "http://dl-cdn.alpinelinux.org/alpine/v3.20/main\\n",
            "none"},
    RuleRow{"security/unsafe-env",
            "an empty part of PATH",
            "env PATH=/usr/bin:\n"
            "debian",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a relative part",
            "env PATH=/usr/bin:node_modules/.bin\n"
            "debian",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a folder of everybody before the system's",
            "env PATH=/work:/usr/bin\n"
            "layer x\n"
            "dirmode work 0777\n"
            "dirmode usr/bin 0755",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a folder of the user before the system's",
            "user 1000\n"
            "env PATH=/app/bin:/usr/bin\n"
            "layer x\n"
            "dirmode app/bin 0755 1000\n"
            "dirmode usr/bin 0755",
            "medium"},
    RuleRow{"security/unsafe-env",
            "libraries from a folder of everybody",
            "env LD_LIBRARY_PATH=/work\n"
            "layer x\n"
            "dirmode work 1777",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a missing library",
            "env LD_PRELOAD=/usr/lib/none.so\n"
            "debian",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a library of root's",
            "env LD_PRELOAD=/usr/lib/libjemalloc.so.2\n"
            "debian\n"
            "layer x\n"
            "mode usr/lib/libjemalloc.so.2 0644 100 x",
            "info"},
    RuleRow{"security/unsafe-env",
            "loaded into every program",
            "debian\n"
            "layer x\n"
            "text etc/ld.so.preload /tmp/x.so\\n\n"
            "dirmode tmp 1777",
            "medium"},
    RuleRow{"security/unsafe-env",
            "a script of everybody's for Node.js",
            "env NODE_OPTIONS=--max-old-space-size=10 --require /work/a.js\n"
            "layer x\n"
            "dirmode work 0777\n"
            "mode work/a.js 0666 1 x",
            "medium"},
    RuleRow{"security/unsafe-env",
            "usual folders",
            "user 1000\n"
            "env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/app/bin\n"
            "env LD_LIBRARY_PATH=/usr/local/nvidia/lib64:/opt/lib\n"
            "layer x\n"
            "dirmode app/bin 0755 1000\n"
            "dirmode opt/lib 0755\n"
            "dirmode usr/bin 0755",
            "none"},
    RuleRow{"security/privileged-run-label",
            "a command",
            "label run=docker run --privileged -v /:/host IMAGE\n"
            "debian",
            "medium"},
    RuleRow{"security/privileged-run-label",
            "the engine's socket",
            "label org.example.usage=podman run -v /var/run/docker.sock:/s x\n"
            "debian",
            "medium"},
    RuleRow{"security/privileged-run-label",
            "a capability",
            "label INSTALL=docker run --cap-add=SYS_ADMIN x\n"
            "debian",
            "medium"},
    RuleRow{"security/privileged-run-label",
            "advice against it",
            "label usage=docker run x. Do not use --privileged\n"
            "debian",
            "none"},
    RuleRow{"security/privileged-run-label",
            "switched off",
            "label run=docker run --privileged=false --cap-add NET_BIND_SERVICE -v /data:/data x\n"
            "debian",
            "none"},
    RuleRow{"security/privileged-run-label",
            "a description",
            "label description=Works with --net=host too\n"
            "debian",
            "none"},
    RuleRow{"security/device-nodes",
            "a disk",
            "layer x\n"
            "char dev/sda",
            "medium"},
    RuleRow{"security/device-nodes",
            "what every system has",
            "layer x\n"
            "char dev/null",
            "info"},
    RuleRow{"security/device-nodes",
            "the same in the image's own layer",
            "base 1\n"
            "layer x\n"
            "file a 1 x\n"
            "layer y\n"
            "char dev/null",
            "medium"},
    RuleRow{"security/device-nodes",
            "a file",
            "layer x\n"
            "file dev/null 1 x",
            "none"},
    RuleRow{"security/app-writable",
            "the program",
            "user 1000\n"
            "entrypoint [\"/app/run\"]\n"
            "layer x\n"
            "dirmode app 0755\n"
            "mode app/run 0755 100 x 1000",
            "low"},
    RuleRow{"security/app-writable",
            "its folder, by the name",
            "user app\n"
            "entrypoint [\"/srv/run\"]\n"
            "layer x\n"
            "text etc/passwd "
            "root:x:0:0::/root:/bin/sh\\napp:x:10001:10001::/home/app:/bin/sh\\nbin:x:2:2::/bin:/"
            "usr/sbin/nologin\\n\n"
            "dirmode srv 0755 10001\n"
            "mode srv/run 0755 100 x",
            "low"},
    RuleRow{"security/app-writable",
            "Python's packages",
            "user 1000\n"
            "entrypoint [\"python3\"]\n"
            "layer x\n"
            "dirmode usr/lib/python3.12/site-packages 0755 1000\n"
            "dirmode usr/lib 0755\n"
            "dirmode usr/lib/python3.12 0755",
            "low"},
    RuleRow{"security/app-writable",
            "data of its own",
            "user 1000\n"
            "entrypoint [\"/app/run\"]\n"
            "layer x\n"
            "dirmode app 0755\n"
            "mode app/run 0755 100 x\n"
            "dirmode data 0755 1000",
            "none"},
    RuleRow{"security/app-writable",
            "root",
            "entrypoint [\"/app/run\"]\n"
            "layer x\n"
            "dirmode app 0755\n"
            "mode app/run 0755 100 x",
            "none"},
    RuleRow{"security/root-user",
            "a start script gives root up",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nset -e\\nexec gosu app \"$@\"\\n",
            "medium"},
    RuleRow{"security/root-user",
            "a start script that only talks of it",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n# gosu app\\nexec \"$@\"\\n",
            "high"},
    RuleRow{"security/sshd",
            "started by a script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 100 x\n"
            "script entry.sh #!/bin/sh\\n/usr/sbin/sshd\\nexec \"$@\"\\n",
            "high"},
    RuleRow{"security/sshd",
            "started by a supervisor",
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 100 x\n"
            "text etc/supervisor/conf.d/a.conf [program:ssh]\\ncommand=/usr/sbin/sshd -D\\n",
            "high"},
    RuleRow{"security/sshd",
            "of a server for Git",
            "tag acme/gitea:1.22\n"
            "port 22/tcp\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 100 x",
            "low"},
    RuleRow{"security/package-integrity",
            "not what dpkg brought",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.md5sums 591785b794601e212b260e25925636fd  usr/bin/a\n)"
            "\n"
            R"(script usr/bin/a hello\n)"
            "\n",
            "high"},
    RuleRow{
        "security/package-integrity",
        "as it came",
        "layer ADD rootfs.tar /\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
        "\n"
        R"(text var/lib/dpkg/info/a.md5sums b1946ac92492d2347c6235b4d2611184  usr/bin/a\n591785b794601e212b260e25925636fd  bin/b\n)"
        "\n"
        R"(script usr/bin/a hello\n)"
        "\n"
        R"(script bin/b world\n)"
        "\n",
        "none"},
    RuleRow{"security/package-integrity",
            "through a link into /usr, by a later layer",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
            "\n"
            "symlink bin -> usr/bin\n"
            R"(text var/lib/dpkg/info/a.md5sums b1946ac92492d2347c6235b4d2611184  bin/b\n)"
            "\n"
            R"(script usr/bin/b hello\n)"
            "\n"
            "layer COPY b /bin/b\n"
            R"(script usr/bin/b world\n)"
            "\n",
            "high"},
    RuleRow{"security/package-integrity",
            "the same again by a later layer",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.md5sums b1946ac92492d2347c6235b4d2611184  usr/bin/a\n)"
            "\n"
            R"(script usr/bin/a hello\n)"
            "\n"
            "layer COPY a /usr/bin/a\n"
            R"(script usr/bin/a hello\n)"
            "\n",
            "none"},
    RuleRow{
        "security/package-integrity",
        "settings, missing and empty files",
        "layer ADD rootfs.tar /\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
        "\n"
        R"(text var/lib/dpkg/info/a.md5sums 591785b794601e212b260e25925636fd  etc/a.conf\n591785b794601e212b260e25925636fd  usr/bin/a\n591785b794601e212b260e25925636fd  bin/b\n)"
        "\n"
        R"(text etc/a.conf hello\n)"
        "\n"
        "file bin/b 0 e\n",
        "none"},
    RuleRow{"security/package-integrity",
            "diverted: the path has another owner",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
            "\n"
            R"(text var/lib/dpkg/diversions /usr/bin/a\n/usr/bin/a.real\nz\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.md5sums 591785b794601e212b260e25925636fd  usr/bin/a\n)"
            "\n"
            R"(script usr/bin/a hello\n)"
            "\n",
            "none"},
    RuleRow{"security/package-integrity",
            "no checksums",
            "layer ADD rootfs.tar /\n"
            R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
            "\n"
            R"(text var/lib/dpkg/info/a.list /usr/bin/a\n/etc/a.conf\n/bin/b\n)"
            "\n"
            R"(script usr/bin/a hello\n)"
            "\n",
            "none"},
    RuleRow{
        "security/package-integrity",
        "not what apk brought",
        "alpine\n"
        R"(text lib/apk/db/installed P:a\nV:1\nF:usr/bin\nR:a\nZ:Q1lZGBjAfpANt+HgvEuITJReamGyQ=\n)"
        "\n"
        R"(script usr/bin/a hello\n)"
        "\n",
        "high"},
    RuleRow{
        "security/package-integrity",
        "as apk brought it",
        "alpine\n"
        R"(text lib/apk/db/installed P:a\nV:1\nF:usr/bin\nR:a\nZ:Q19XLTlvrpIGYocU+yzgD3LpTyJY8=\n)"
        "\n"
        R"(script usr/bin/a hello\n)"
        "\n",
        "none"},
    RuleRow{
        "security/package-integrity",
        "a Python module that another layer wrote",
        "debian\n"
        "layer RUN pip install a\n"
        R"(text v/a-1.dist-info/METADATA Name: a\nVersion: 1\n)"
        "\n"
        R"(text v/a-1.dist-info/RECORD a.py,sha256=WJG1tSLV3whtD_CxEPvZ0hu0_HFjrzTQgoai6Eb2vgM,6\na-1.dist-info/METADATA,,\n)"
        "\n"
        R"(text v/a.py hello\n)"
        "\n"
        "layer COPY a.py /v/\n"
        R"(text v/a.py world\n)"
        "\n",
        "high"},
    RuleRow{
        "security/package-integrity",
        "a Python module as it came",
        "debian\n"
        "layer RUN pip install a\n"
        R"(text v/a-1.dist-info/METADATA Name: a\nVersion: 1\n)"
        "\n"
        R"(text v/a-1.dist-info/RECORD a.py,sha256=WJG1tSLV3whtD_CxEPvZ0hu0_HFjrzTQgoai6Eb2vgM,6\na-1.dist-info/METADATA,,\n)"
        "\n"
        R"(text v/a.py hello\n)"
        "\n",
        "none"},
    RuleRow{"security/package-integrity",
            "no package database",
            "debian\n"
            R"(script usr/bin/a hello\n)"
            "\n",
            "skipped"},
    RuleRow{
        "security/package-integrity",
        "a distribution's Python package: each has a checksum of its kind",
        "debian\n"
        R"(text var/lib/dpkg/status Package: python3-a\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        R"(text var/lib/dpkg/info/python3-a.list /v/a.py\n)"
        "\n"
        R"(text var/lib/dpkg/info/python3-a.md5sums b1946ac92492d2347c6235b4d2611184  v/a.py\n)"
        "\n"
        R"(text v/a-1.dist-info/METADATA Name: a\nVersion: 1\n)"
        "\n"
        R"(text v/a-1.dist-info/RECORD a.py,sha256=WJG1tSLV3whtD_CxEPvZ0hu0_HFjrzTQgoai6Eb2vgM,6\n)"
        "\n"
        R"(text v/a.py hello\n)"
        "\n",
        "none"},
};

} // namespace

std::span<const RuleRow> securityRows()
{
    return kRows;
}

} // namespace cutaway::test
