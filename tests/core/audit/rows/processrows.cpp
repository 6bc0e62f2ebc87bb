// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"process/shell-form",
            "dash stays",
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/shell-form",
            "busybox gives way",
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "alpine",
            "low"},
    RuleRow{"process/shell-form",
            "a pipe",
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js | cat\"]\n"
            "alpine",
            "medium"},
    RuleRow{"process/shell-form",
            "on purpose",
            "shell [\"/bin/sh\", \"-c\"]\n"
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "debian",
            "low"},
    RuleRow{"process/shell-form",
            "with exec",
            "entrypoint [\"/bin/sh\", \"-c\", \"exec node s.js\"]\n"
            "debian",
            "none"},
    RuleRow{"process/shell-form",
            "exec form",
            "entrypoint [\"node\", \"s.js\"]\n"
            "debian",
            "none"},
    RuleRow{"process/shell-swallows-args",
            "a shell entrypoint",
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "cmd [\"--port\", \"80\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/shell-swallows-args",
            "a shell command for a program",
            "entrypoint [\"/app\"]\n"
            "cmd [\"/bin/sh\", \"-c\", \"x\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/shell-swallows-args",
            "the script may run it",
            "entrypoint [\"/entrypoint.sh\"]\n"
            "cmd [\"/bin/sh\", \"-c\", \"x\"]\n"
            "debian",
            "none"},
    RuleRow{"process/shell-swallows-args",
            "text that passes them on",
            "entrypoint [\"/bin/sh\", \"-c\", \"app \\\"$@\\\"\"]\n"
            "cmd [\"x\"]\n"
            "debian",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "nowhere",
            "entrypoint [\"/app/run\"]\n"
            "debian",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "not executable",
            "entrypoint [\"/app/run\"]\n"
            "debian\n"
            "layer x\n"
            "mode app/run 0644 1 x",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "a folder",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "dir app",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "through a link",
            "entrypoint [\"run\"]\n"
            "debian\n"
            "layer x\n"
            "mode opt/run 0755 1 x\n"
            "symlink usr/bin/run -> /opt/run",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "below a volume",
            "entrypoint [\"/app/run\"]\n"
            "volume /app\n"
            "debian",
            "none"},
    RuleRow{"process/entrypoint-not-absolute",
            "a bare name",
            "entrypoint [\"serve\"]\n"
            "debian",
            "info"},
    RuleRow{"process/entrypoint-not-absolute",
            "an interpreter",
            "entrypoint [\"python3\", \"a.py\"]\n"
            "debian",
            "none"},
    RuleRow{"process/entrypoint-not-absolute",
            "a path",
            "entrypoint [\"/serve\"]\n"
            "debian",
            "none"},
    RuleRow{"process/no-default-command",
            "nothing",
            "debian\n"
            "layer x\n"
            "file a 1 x",
            "medium"},
    RuleRow{"process/no-default-command",
            "a bare shell",
            "cmd [\"/bin/bash\"]\n"
            "debian\n"
            "layer x\n"
            "file a 1 x",
            "low"},
    RuleRow{"process/no-default-command",
            "a command alone",
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file a 1 x",
            "info"},
    RuleRow{"process/no-default-command",
            "both",
            "entrypoint [\"/app\"]\n"
            "cmd [\"--help\"]\n"
            "debian",
            "none"},
    RuleRow{"process/no-default-command",
            "a base distribution",
            "cmd [\"bash\"]\n"
            "debian",
            "none"},
    RuleRow{"process/supervisor",
            "started",
            "cmd [\"/usr/bin/supervisord\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/supervisor",
            "installed",
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/supervisord 0755 1 x",
            "info"},
    RuleRow{"process/supervisor",
            "an init",
            "entrypoint [\"tini\", \"--\", \"/app\"]\n"
            "debian",
            "none"},
    RuleRow{"process/system-daemons",
            "beside the application",
            "cmd [\"sh\", \"-c\", \"cron && /app\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/system-daemons",
            "installed",
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/cron 0755 1 x",
            "low"},
    RuleRow{"process/system-daemons",
            "what the image is for",
            "cmd [\"crond\", \"-f\"]\n"
            "alpine\n"
            "layer x\n"
            "mode usr/sbin/crond 0755 1 x",
            "none"},
    RuleRow{"process/system-daemons",
            "busybox's link",
            "cmd [\"/app\"]\n"
            "alpine\n"
            "layer x\n"
            "symlink usr/sbin/crond -> /bin/busybox",
            "none"},
    RuleRow{"process/daemonizes",
            "a service",
            "cmd [\"sh\", \"-c\", \"service nginx start\"]\n"
            "debian",
            "high"},
    RuleRow{"process/daemonizes",
            "sleeping",
            "cmd [\"sleep\", \"infinity\"]\n"
            "debian",
            "high"},
    RuleRow{"process/daemonizes",
            "the last in the background",
            "cmd [\"sh\", \"-c\", \"/app &\"]\n"
            "debian",
            "high"},
    RuleRow{"process/daemonizes",
            "nginx without options",
            "cmd [\"nginx\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/daemonizes",
            "nginx in front",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian",
            "none"},
    RuleRow{"process/daemonizes",
            "followed by the application",
            "cmd [\"sh\", \"-c\", \"service cron start && exec /app\"]\n"
            "debian",
            "none"},
    RuleRow{"process/no-healthcheck",
            "with a port",
            "port 80/tcp\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"process/no-healthcheck",
            "without a port",
            "entrypoint [\"/app\"]\n"
            "debian",
            "info"},
    RuleRow{"process/no-healthcheck",
            "switched off",
            "port 80/tcp\n"
            "health [\"NONE\"]\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "info"},
    RuleRow{"process/no-healthcheck",
            "there is one",
            "health [\"CMD\", \"/probe\"]\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "none"},
    RuleRow{"process/healthcheck-broken",
            "a program that is not there",
            "health [\"CMD\", \"/probe\"]\n"
            "debian",
            "medium"},
    RuleRow{"process/healthcheck-broken",
            "curl without -f",
            "health [\"CMD-SHELL\", \"curl http://localhost/\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/curl 0755 1 x",
            "medium"},
    RuleRow{"process/healthcheck-broken",
            "a port that is not exposed",
            "port 80/tcp\n"
            "health [\"CMD-SHELL\", \"curl -f http://localhost:9000/\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/curl 0755 1 x",
            "medium"},
    RuleRow{"process/healthcheck-broken",
            "as it should be",
            "port 80/tcp\n"
            "health [\"CMD-SHELL\", \"curl -f http://localhost:80/ || exit 1\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/bin/curl 0755 1 x",
            "none"},
    RuleRow{"process/logs-to-file",
            "nginx",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "file var/log/nginx/access.log 10 x",
            "low"},
    RuleRow{"process/logs-to-file",
            "linked",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "symlink var/log/nginx/access.log -> /dev/stdout",
            "none"},
    RuleRow{"process/logs-to-file",
            "another application",
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file var/log/nginx/access.log 10 x",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "a child",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nset -e\\n/app --now\\n\n",
            "medium"},
    RuleRow{"process/wrapper-no-exec",
            "the word in a comment",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n# exec /app\\n/app\\n\n",
            "medium"},
    RuleRow{"process/wrapper-no-exec",
            "only for redirections",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec 2>&1\\n/app\\n\n",
            "medium"},
    RuleRow{"process/wrapper-no-exec",
            "started by a shell",
            "entrypoint [\"sh\", \"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "text entry.sh /app\\n\n",
            "medium"},
    RuleRow{"process/wrapper-no-exec",
            "it hands over to a script",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"/start.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec \"$@\"\\n\n"
            "script start.sh #!/bin/sh\\n/app\\n\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "a trap",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\ntrap stop TERM\\n/app\\n\n",
            "info"},
    RuleRow{"process/wrapper-no-exec",
            "with exec",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nset -e\\nexec \"$@\"\\n\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "exec in what it reads in",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n. /lib.sh\\nrun\\n\n"
            "text lib.sh run() { exec /app; }\\n\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "beside the script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script opt/entry.sh #!/bin/sh\\n. \"$(dirname \"$0\")/lib.sh\"\\nrun\\n\n"
            "text opt/lib.sh run() { exec /app; }\\n\n"
            "symlink entry.sh -> /opt/entry.sh\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "another language",
            "entrypoint [\"/entry.py\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.py #!/usr/bin/python3\\nprint(1)\\n\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "it prepares, no more",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\ncp -r /seed /data\\n\n",
            "none"},
    RuleRow{"process/wrapper-no-exec",
            "an init that signals all",
            "entrypoint [\"dumb-init\", \"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n/app\\n\n",
            "none"},
    RuleRow{"process/args-dropped",
            "never looked at",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"--help\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app\\n\n",
            "low"},
    RuleRow{"process/args-dropped",
            "in a comment alone",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"--help\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n# \"$@\"\\nexec /app\\n\n",
            "low"},
    RuleRow{"process/args-dropped",
            "passed on",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"--help\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app \"$@\"\\n\n",
            "none"},
    RuleRow{"process/args-dropped",
            "no arguments",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app\\n\n",
            "none"},
    RuleRow{"process/no-init",
            "node with a port",
            "port 80/tcp\n"
            "cmd [\"node\", \"s.js\"]\n"
            "debian\n",
            "low"},
    RuleRow{"process/no-init",
            "npm",
            "port 80/tcp\n"
            "cmd [\"npm\", \"start\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/no-init",
            "behind a script",
            "port 80/tcp\n"
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"npm\", \"start\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec \"$@\"\\n\n",
            "medium"},
    RuleRow{"process/no-init",
            "with an init",
            "port 80/tcp\n"
            "entrypoint [\"/sbin/tini\", \"--\"]\n"
            "cmd [\"npm\", \"start\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/no-init",
            "it handles the signal",
            "port 80/tcp\n"
            "workdir /srv\n"
            "cmd [\"node\", \"s.js\"]\n"
            "debian\n"
            "layer x\n"
            "text srv/s.js process.on('SIGTERM', end)\\n\n",
            "none"},
    RuleRow{"process/no-init",
            "no service",
            "cmd [\"python3\", \"a.py\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/no-init",
            "a server that reaps",
            "port 80/tcp\n"
            "cmd [\"gunicorn\", \"a:b\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/stop-signal",
            "SIGKILL",
            "stopsignal SIGKILL\n"
            "cmd [\"/app\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/stop-signal",
            "no signal at all",
            "stopsignal SIGQUITE\n"
            "cmd [\"/app\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/stop-signal",
            "out of range",
            "stopsignal 99\n"
            "cmd [\"/app\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/stop-signal",
            "nginx without its own",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n",
            "low"},
    RuleRow{"process/stop-signal",
            "nginx with it",
            "stopsignal SIGQUIT\n"
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/stop-signal",
            "by number",
            "stopsignal 3\n"
            "cmd [\"/app\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/stop-signal",
            "real time",
            "stopsignal SIGRTMIN+3\n"
            "cmd [\"/app\"]\n"
            "debian\n",
            "none"},
    RuleRow{
        "process/runtime-install",
        "packages",
        "entrypoint [\"/entry.sh\"]\n"
        "debian\n"
        "layer x\n"
        "script entry.sh #!/bin/sh\\napt-get update && apt-get install -y curl\\nexec /app\\n\n",
        "medium"},
    RuleRow{"process/runtime-install",
            "of a language, in what it reads in",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n. /lib.sh\\nexec /app\\n\n"
            "text lib.sh pip install -r /r.txt\\n\n",
            "medium"},
    RuleRow{"process/runtime-install",
            "source code",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\ngit clone https://x/y /y\\nexec /app\\n\n",
            "medium"},
    RuleRow{"process/runtime-install",
            "where it is asked for",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nif [ -n \\\"$EXTRA\\\" ]; then\\n  pip install "
            "$EXTRA\\nfi\\nexec /app\\n\n",
            "info"},
    RuleRow{"process/runtime-install",
            "asked for by &&",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n[ \"$UPGRADE\" = yes ] && apk add x\\nexec /app\\n\n",
            "info"},
    RuleRow{"process/runtime-install",
            "where a file is there",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nif [ -f /r.txt ]; then pip install -r /r.txt; fi\\nexec "
            "/app\\n\n",
            "medium"},
    RuleRow{"process/runtime-install",
            "whole folders",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nchown -R app /srv\\nexec /app\\n\n",
            "low"},
    RuleRow{"process/runtime-install",
            "a volume",
            "volume /srv\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nchown -R app /srv\\nexec /app\\n\n",
            "none"},
    RuleRow{
        "process/runtime-install",
        "its configuration",
        "entrypoint [\"/entry.sh\"]\n"
        "debian\n"
        "layer x\n"
        "script entry.sh #!/bin/sh\\ncurl -fo /etc/app.json https://x/app.json\\nexec /app\\n\n",
        "info"},
    RuleRow{"process/runtime-install",
            "a download",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nwget https://x/a.tgz\\nexec /app\\n\n",
            "medium"},
    RuleRow{"process/runtime-install",
            "waiting for a service",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nuntil curl -fs http://db:80/ > /dev/null; do sleep 1; "
            "done\\nexec /app\\n\n",
            "none"},
    RuleRow{"process/runtime-install",
            "in a text",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\necho \"apt-get install x\"\\nexec /app\\n\n",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "its interpreter is not there",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/bash\\nexec /app\\n\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "behind env",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/usr/bin/env python3\\n1\\n\n"
            "mode usr/bin/env 0755 1 x\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "lines as in Windows",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\r\\nexec /app\\r\\n\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "all but the first line",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nset -e\\r\\nexec /app\\r\\n\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "no first line",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh exec /app\\n\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "another machine",
            "arch arm64\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "script app "
            "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x3e\\x"
            "00\n",
            "high"},
    RuleRow{"process/entrypoint-missing",
            "the same machine",
            "arch amd64\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "script app "
            "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x3e\\x"
            "00\n",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "a 32-bit program",
            "arch amd64\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "script app "
            "\\x7fELF\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x03\\x"
            "00\n",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "a script as it should be",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh -e\\nexec /app\\n\n",
            "none"},
    RuleRow{"process/entrypoint-missing",
            "a static program on scratch",
            "arch amd64\n"
            "entrypoint [\"/app\"]\n"
            "layer x\n"
            "script app "
            "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x3e\\x"
            "00\n",
            "none"},
    RuleRow{"process/supervisor",
            "with two programs",
            "cmd [\"/usr/bin/supervisord\", \"-n\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/supervisord.conf "
            "[supervisord]\\n[program:web]\\ncommand=/web\\n[program:job]\\ncommand=/job\\n\n",
            "medium"},
    RuleRow{"process/supervisor",
            "with one program",
            "cmd [\"/usr/bin/supervisord\", \"-n\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/supervisord.conf [program:web]\\ncommand=/web\\n\n",
            "low"},
    RuleRow{"process/supervisor",
            "in an entry script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec supervisord -n -c /s.conf\\n\n"
            "text s.conf [program:a]\\n[program:b]\\n\n",
            "medium"},
    RuleRow{"process/supervisor",
            "s6 with two services",
            "entrypoint [\"/init\"]\n"
            "debian\n"
            "layer x\n"
            "dir etc/services.d/a\n"
            "dir etc/services.d/b\n",
            "medium"},
    RuleRow{"process/system-daemons",
            "started by a script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\ncron\\nexec /app\\n\n",
            "medium"},
    RuleRow{"process/system-daemons",
            "started by a supervisor",
            "cmd [\"/usr/bin/supervisord\", \"-n\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/supervisord.conf [program:jobs]\\ncommand=/usr/sbin/cron -f\\n\n",
            "medium"},
    RuleRow{"process/system-daemons",
            "by service",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nservice rsyslogd start\\nexec /app\\n\n",
            "medium"},
    RuleRow{"process/daemonizes",
            "nginx as its file is by default",
            "cmd [\"nginx\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/nginx.conf events {}\\nhttp { include /etc/nginx/conf.d/*.conf; }\\n\n",
            "high"},
    RuleRow{"process/daemonizes",
            "nginx told by its file",
            "cmd [\"nginx\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/nginx.conf # daemon on;\\ndaemon off;\\nhttp {}\\n\n",
            "none"},
    RuleRow{"process/daemonizes",
            "redis told by its file",
            "cmd [\"redis-server\", \"/etc/redis.conf\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/redis.conf port 6379\\ndaemonize yes\\n\n",
            "high"},
    RuleRow{"process/daemonizes",
            "redis as it is",
            "cmd [\"redis-server\", \"/etc/redis.conf\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/redis.conf port 6379\\n\n",
            "none"},
    RuleRow{"process/daemonizes",
            "a service in a script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nservice nginx start\\ntail -f /dev/null\\n\n",
            "high"},
    RuleRow{"process/daemonizes",
            "a script that hands over",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nservice cron start\\nexec /app\\n\n",
            "none"},
    RuleRow{"process/daemonizes",
            "a script that waits",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n/etc/init.d/cron start\\nwait\\n\n",
            "none"},
    RuleRow{"process/daemonizes",
            "a test of the configuration",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nnginx -t\\nexec \"$@\"\\n\n",
            "none"},
    RuleRow{"process/daemonizes",
            "supervisord in the background",
            "cmd [\"supervisord\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/supervisord.conf [supervisord]\\nlogfile=/x\\n\n",
            "high"},
    RuleRow{"process/daemonizes",
            "supervisord told to stay",
            "cmd [\"supervisord\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/supervisord.conf [supervisord]\\nnodaemon=true\\n\n",
            "none"},
    RuleRow{"process/logs-to-file",
            "behind a script",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec \"$@\"\\n\n"
            "file var/log/nginx/access.log 10 x\n",
            "low"},
    RuleRow{"process/logs-to-file",
            "told by its file",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/nginx.conf http { access_log /logs/a.log main; }\\n\n",
            "low"},
    RuleRow{"process/logs-to-file",
            "told to use a link",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/nginx.conf http { access_log /logs/a.log main; error_log /dev/stderr; "
            "}\\n\n"
            "symlink logs/a.log -> /dev/stdout\n",
            "none"},
    RuleRow{"process/healthcheck-broken",
            "no shell",
            "health [\"CMD-SHELL\", \"/probe\"]\n"
            "layer x\n"
            "mode probe 0755 1 x\n",
            "medium"},
    RuleRow{"process/healthcheck-broken",
            "below a volume",
            "volume /opt\n"
            "health [\"CMD\", \"/opt/probe\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/no-healthcheck",
            "a base distribution",
            "cmd [\"bash\"]\n"
            "debian\n",
            "none"},
    RuleRow{"process/entrypoint-not-absolute",
            "where anybody may put another",
            "env PATH=/opt/bin:/usr/bin\n"
            "entrypoint [\"serve\"]\n"
            "debian\n"
            "layer x\n"
            "dirmode opt/bin 0777\n",
            "low"},
    RuleRow{"process/healthcheck-broken",
            "curl is not there",
            "health [\"CMD-SHELL\", \"curl -f http://localhost/\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/shell-form",
            "a command without an entrypoint",
            "cmd [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "debian\n",
            "medium"},
    RuleRow{"process/missing-libraries",
            "the loader",
            "entrypoint [\"/app\"]\n"
            "alpine\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libc.so.6\n",
            "high"},
    RuleRow{"process/missing-libraries",
            "a library",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1 needed=libc.so.6\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "file lib/x86_64-linux-gnu/libc.so.6 1 c\n",
            "high"},
    RuleRow{"process/missing-libraries",
            "that a library needs",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "elf usr/lib/libfoo.so.1 needed=libbar.so.2\n",
            "high"},
    RuleRow{"process/missing-libraries",
            "of the application behind a script",
            "entrypoint [\"/entry.sh\"]\n"
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec \"$@\"\\n\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "\n",
            "high"},
    RuleRow{"process/missing-libraries",
            "all there",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1 needed=libc.so.6\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "file usr/lib/libfoo.so.1 1 f\n"
            "file lib/x86_64-linux-gnu/libc.so.6 1 c\n",
            "none"},
    RuleRow{"process/missing-libraries",
            "beside the program",
            "entrypoint [\"/opt/bin/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf opt/bin/app interpreter=/lib64/ld-linux-x86-64.so.2 runpath=$ORIGIN/../lib "
            "needed=libfoo.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "file opt/lib/libfoo.so.1 1 f\n",
            "none"},
    RuleRow{"process/missing-libraries",
            "where the configuration says",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "text etc/ld.so.conf include /etc/ld.so.conf.d/*.conf\\n\n"
            "text etc/ld.so.conf.d/a.conf # x\\n/opt/lib\\n\n"
            "file opt/lib/libfoo.so.1 1 f\n",
            "none"},
    RuleRow{"process/missing-libraries",
            "where a variable says",
            "env LD_LIBRARY_PATH=/x:/opt/lib\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libfoo.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "file opt/lib/libfoo.so.1 1 f\n",
            "none"},
    RuleRow{"process/missing-libraries",
            "a graphics card's",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app interpreter=/lib64/ld-linux-x86-64.so.2 needed=libcuda.so.1\n"
            "file lib64/ld-linux-x86-64.so.2 1 l\n"
            "\n",
            "info"},
    RuleRow{"process/missing-libraries",
            "a static program",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "elf app machine=62\n",
            "none"},
    RuleRow{"process/system-daemons",
            "what util-linux has",
            "cmd [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/agetty 0755 1 x\n",
            "none"},
    RuleRow{"process/no-init",
            "a shell stays in front",
            "port 80/tcp\n"
            "entrypoint [\"/bin/sh\", \"-c\", \"node s.js\"]\n"
            "debian\n",
            "none"},
};

} // namespace

std::span<const RuleRow> processRows()
{
    return kRows;
}

} // namespace cutaway::test
