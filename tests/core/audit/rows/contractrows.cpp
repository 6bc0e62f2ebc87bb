// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"contract/privileged-port",
            "and another user",
            "user 10001\n"
            "port 81/tcp\n"
            "debian",
            "medium"},
    RuleRow{"contract/privileged-port",
            "and root",
            "port 81/tcp\n"
            "debian",
            "low"},
    RuleRow{"contract/privileged-port",
            "the usual ones",
            "port 80/tcp\n"
            "debian",
            "info"},
    RuleRow{"contract/privileged-port",
            "above",
            "user 10001\n"
            "port 8080/tcp\n"
            "debian",
            "none"},
    RuleRow{"contract/ssh-port",
            "22",
            "port 22/tcp\n"
            "debian",
            "medium"},
    RuleRow{"contract/ssh-port",
            "in a range",
            "port 20-23/tcp\n"
            "debian",
            "medium medium medium"},
    RuleRow{"contract/ssh-port",
            "another",
            "port 2222/tcp\n"
            "debian",
            "none"},
    RuleRow{"contract/odd-port",
            "too large",
            "port 70000/tcp\n"
            "debian",
            "medium"},
    RuleRow{"contract/odd-port",
            "a debugger's",
            "port 5005/tcp\n"
            "debian",
            "medium"},
    RuleRow{"contract/odd-port",
            "capitals",
            "port 80/TCP\n"
            "debian",
            "low"},
    RuleRow{"contract/odd-port",
            "over both",
            "port 443/tcp\n"
            "port 443/udp\n"
            "debian",
            "none"},
    RuleRow{"contract/undeclared-port",
            "a variable",
            "env PORT=3000\n"
            "debian",
            "low"},
    RuleRow{"contract/undeclared-port",
            "an argument",
            "entrypoint [\"/app\"]\n"
            "cmd [\"--port\", \"3000\"]\n"
            "debian",
            "low"},
    RuleRow{"contract/undeclared-port",
            "exposed",
            "env PORT=3000\n"
            "port 3000/tcp\n"
            "debian",
            "none"},
    RuleRow{"contract/undeclared-port",
            "of another service",
            "env DB_PORT=5432\n"
            "env API_PORT=80\n"
            "env API_HOST=x\n"
            "debian",
            "none"},
    RuleRow{"contract/volume-data",
            "much",
            "volume /data\n"
            "debian\n"
            "layer x\n"
            "file data/a 5000000 x",
            "medium"},
    RuleRow{"contract/volume-data",
            "written after it was declared",
            "volume /data\n"
            "debian\n"
            "step VOLUME [/data]\n"
            "layer x\n"
            "file data/a 5 x",
            "medium"},
    RuleRow{"contract/volume-data",
            "a skeleton",
            "volume /data\n"
            "debian\n"
            "layer x\n"
            "file data/a 5 x\n"
            "step VOLUME [/data]",
            "none"},
    RuleRow{"contract/volume-data",
            "a folder whose name begins alike",
            "volume /data\n"
            "debian\n"
            "layer x\n"
            "dir data\n"
            "file database/a 5000000 x",
            "none"},
    RuleRow{"contract/undeclared-state",
            "a variable",
            "env PGDATA=/srv/pg\n"
            "debian",
            "low"},
    RuleRow{"contract/undeclared-state",
            "a database",
            "cmd [\"mysqld\"]\n"
            "debian\n"
            "layer x\n"
            "dir var/lib/mysql",
            "low"},
    RuleRow{"contract/undeclared-state",
            "with a volume above",
            "env PGDATA=/srv/pg\n"
            "volume /srv\n"
            "debian",
            "none"},
    RuleRow{"contract/undeclared-state",
            "not a folder",
            "env USER_DATA=abc\n"
            "debian",
            "none"},
    RuleRow{"contract/hosts-files-baked",
            "redirected into",
            "debian\n"
            "layer RUN /bin/sh -c echo 10.0.0.5 db >> /etc/hosts # buildkit",
            "medium"},
    RuleRow{"contract/hosts-files-baked",
            "read",
            "debian\n"
            "layer RUN /bin/sh -c cat /etc/hosts > /tmp/x # buildkit",
            "none"},
    RuleRow{"contract/api-label-schema",
            "neither true nor false",
            "label api.ENV.X=y\n"
            "label api.ENV.X.mandatory=maybe\n"
            "debian",
            "medium"},
    RuleRow{"contract/api-label-schema",
            "a port that is not exposed",
            "label api.EXPOSE.80=http\n"
            "debian",
            "medium"},
    RuleRow{"contract/api-label-schema",
            "a broken list",
            "label api.expected-envs=[{\"name\":\"A\"}\n"
            "debian",
            "medium"},
    RuleRow{"contract/api-label-schema",
            "all fits",
            "port 80/tcp\n"
            "label api.ENV.X=y\n"
            "label api.ENV.X.mandatory=true\n"
            "label api.EXPOSE.80=http\n"
            "label api.expected-envs=[{\"key\":\"A\"}]\n"
            "debian",
            "none"},
    RuleRow{"contract/workdir",
            "relative",
            "workdir app\n"
            "debian",
            "medium"},
    RuleRow{"contract/workdir",
            "of the system",
            "workdir /proc/x\n"
            "debian",
            "high"},
    RuleRow{"contract/workdir",
            "not there",
            "workdir /app\n"
            "debian",
            "low"},
    RuleRow{"contract/workdir",
            "there",
            "workdir /app\n"
            "debian\n"
            "layer x\n"
            "dir app",
            "none"},
    RuleRow{"contract/onbuild",
            "a trigger",
            "onbuild COPY . /app\n"
            "tag x:1.0\n"
            "debian",
            "medium"},
    RuleRow{"contract/onbuild",
            "named so",
            "onbuild COPY . /app\n"
            "tag x:1.0-onbuild\n"
            "debian",
            "low"},
    RuleRow{"contract/onbuild",
            "none",
            "tag x:1.0-onbuild\n"
            "debian",
            "none"},
    RuleRow{"contract/no-usage-doc",
            "nothing",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"contract/no-usage-doc",
            "a file",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "file help.1 10 x",
            "none"},
    RuleRow{"contract/no-usage-doc",
            "a label",
            "entrypoint [\"/app\"]\n"
            "label usage=x\n"
            "debian",
            "none"},
};

} // namespace

std::span<const RuleRow> contractRows()
{
    return kRows;
}

} // namespace cutaway::test
