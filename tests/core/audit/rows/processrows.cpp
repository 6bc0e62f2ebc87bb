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
};

} // namespace

std::span<const RuleRow> processRows()
{
    return kRows;
}

} // namespace cutaway::test
