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
            "one in another, and one twice: each file counts once",
            "volume /data\n"
            "volume /data/\n"
            "volume /data/in\n"
            "debian\n"
            "layer x\n"
            "file data/in/a 5000000 x",
            "medium"},
    RuleRow{"contract/volume-data",
            "both of two",
            "volume /data\n"
            "volume /more\n"
            "debian\n"
            "layer x\n"
            "file data/a 5000000 x\n"
            "file more/b 5000000 x",
            "medium medium"},
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
            "the older notation",
            "label api.expected-envs.X=y\n"
            "label api.expected-envs.X.mandatory=maybe\n"
            "label api.expected-envs.1.description=\n"
            "debian",
            "medium medium"},
    RuleRow{"contract/api-label-schema",
            "the older notation, well",
            "label api.expected-envs.KEY=\n"
            "label api.expected-envs.KEY.description=Access key\n"
            "label api.expected-envs.KEY.mandatory=true\n"
            "debian",
            "none"},
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
    RuleRow{"contract/undocumented-env",
            "read without a default",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app --token \"$TOKEN\"\\n\n",
            "low"},
    RuleRow{"contract/undocumented-env",
            "in a template for envsubst",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nenvsubst < /etc/a.template > /etc/a\\nexec app\n"
            "text etc/a.template listen ${PORT}; $host; {{ .Env.OTHER }}",
            "low"},
    RuleRow{"contract/undocumented-env",
            "in templates of dockerize and confd",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nconfd -onetime\\n"
            "exec dockerize -template /a.tmpl:/b app\n"
            "text a.tmpl a {{ .Env.ONE }} {{ default .Env.TWO \"x\" }} $THREE\n"
            "text etc/confd/templates/c.tmpl b {{ getenv \"FOUR\" }} {{getenv \"FIVE\" \"x\"}}",
            "low low"},
    RuleRow{"contract/undocumented-env",
            "a template that nothing fills in, and known variables",
            "label api.ENV.PORT=the port\n"
            "env NAME=x\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nOWN=1\\nenvsubst < /etc/a.template\\nexec app\n"
            "text etc/a.template ${PORT} $NAME $OWN $HOME $1 ${UNENDED\n"
            "text etc/b.template ${OTHER}",
            "none"},
    RuleRow{"contract/undocumented-env",
            "required",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n: \"${TOKEN:?is missing}\"\\nexec /app\\n\n",
            "medium"},
    RuleRow{"contract/undocumented-env",
            "required, after a default of its own",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n: \"${TOKEN:?}\" \"${A:-$WHERE}\"\\nexec /app\\n\n",
            "medium low"},
    RuleRow{"contract/undocumented-env",
            "in what it reads in",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n. /lib.sh\\nexec /app\\n\n"
            "text lib.sh echo $WHERE\\n\n",
            "low"},
    RuleRow{"contract/undocumented-env",
            "with a default",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app ${A:-1} ${B:=2} ${C:+3}\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "described by a label",
            "label api.ENV.TOKEN=the token\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app \"${TOKEN:?}\"\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "described in a list",
            "label api.expected-envs=[{\"key\":\"TOKEN\"}]\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app \"${TOKEN:?}\"\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "described in the older notation",
            "label api.expected-envs.TOKEN.description=x\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app \"$TOKEN\"\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "set in the image",
            "env TOKEN=x\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nexec /app \"$TOKEN\"\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "of its own, and of the shell",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nDIR=$(pwd)\\nfor F in a b; do echo $F $DIR $HOME $PATH; "
            "done\\nexec /app \"$x\"\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "given a value by what it reads in",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n. /lib.sh\\nexec /app $WHERE\\n\n"
            "text lib.sh WHERE=here\\n\n",
            "none"},
    RuleRow{"contract/undocumented-env",
            "in single quotes",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\nawk '{print $TOKEN}' /x\\nexec /app\\n\n",
            "none"},
    RuleRow{"contract/build-only-env",
            "for apt",
            "env DEBIAN_FRONTEND=noninteractive\n"
            "debian\n",
            "low"},
    RuleRow{"contract/build-only-env",
            "development",
            "env NODE_ENV=development\n"
            "env BUILD_TYPE=Debug\n"
            "debian\n",
            "low low"},
    RuleRow{"contract/build-only-env",
            "set twice",
            "env MODE=b\n"
            "debian\n"
            "step ENV MODE=a\n"
            "step ENV MODE=b\n",
            "info"},
    RuleRow{"contract/build-only-env",
            "versions, and what is needed",
            "env NODE_VERSION=20\n"
            "env BUILD_VERSION=1\n"
            "env NODE_ENV=production\n"
            "debian\n"
            "step ENV NODE_ENV=production\n",
            "none"},
    RuleRow{"contract/build-only-env",
            "the base image's",
            "base 1\n"
            "env DEBIAN_FRONTEND=x\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "step ENV DEBIAN_FRONTEND=x\n"
            "step CMD [\"bash\"]\n"
            "layer x\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"contract/environment-specific",
            "a private address",
            "env API=http://10.1.2.3:80/\n"
            "debian\n",
            "low"},
    RuleRow{"contract/environment-specific",
            "a private name",
            "env API=db.acme.internal:80\n"
            "debian\n",
            "low"},
    RuleRow{"contract/environment-specific",
            "versions and loopback",
            "env V=10.1.2\n"
            "env W=1.10.1.2.3\n"
            "env B=127.0.0.1:80\n"
            "env P=/home/x.local/y\n"
            "debian\n",
            "none"},
    RuleRow{"contract/environment-specific",
            "public",
            "env API=https://example.com\n"
            "env N=11.1.2.3\n"
            "debian\n",
            "none"},
    RuleRow{"contract/app-in-volume",
            "the program",
            "entrypoint [\"/app/run\"]\n"
            "volume /app\n"
            "debian\n"
            "layer x\n"
            "mode app/run 0755 1 x\n",
            "medium"},
    RuleRow{"contract/app-in-volume",
            "the program, which is not there",
            "entrypoint [\"/app/run\"]\n"
            "volume /app\n"
            "debian\n",
            "medium"},
    RuleRow{"contract/app-in-volume",
            "the script that an interpreter runs",
            "cmd [\"python3\", \"/srv/a.py\"]\n"
            "volume /srv\n"
            "debian\n"
            "layer x\n"
            "file srv/a.py 1 x\n",
            "medium"},
    RuleRow{"contract/app-in-volume",
            "pages",
            "cmd [\"nginx\"]\n"
            "volume /usr/share/nginx\n"
            "debian\n"
            "layer x\n"
            "file usr/share/nginx/html/index.html 1 x\n",
            "medium"},
    RuleRow{"contract/app-in-volume",
            "data alone",
            "workdir /data\n"
            "entrypoint [\"/app\"]\n"
            "volume /data\n"
            "debian\n"
            "layer x\n"
            "mode app 0755 1 x\n"
            "dir data\n",
            "none"},
    RuleRow{"contract/app-in-volume",
            "a folder whose name begins alike",
            "entrypoint [\"/app2/run\"]\n"
            "volume /app\n"
            "debian\n"
            "layer x\n"
            "mode app2/run 0755 1 x\n",
            "none"},
    RuleRow{"contract/undeclared-port",
            "nginx listens",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "port 80/tcp\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/nginx.conf http { include x; }\\n\n"
            "text etc/nginx/conf.d/a.conf server { listen 8081 default_server; listen [::]:8081; "
            "}\\n\n",
            "low"},
    RuleRow{"contract/undeclared-port",
            "nginx on loopback",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "port 80/tcp\n"
            "debian\n"
            "layer x\n"
            "text etc/nginx/conf.d/a.conf server { listen 127.0.0.1:9000; listen unix:/x; listen "
            "80; }\\n\n",
            "none"},
    RuleRow{"contract/undeclared-port",
            "httpd listens",
            "cmd [\"httpd-foreground\"]\n"
            "port 80/tcp\n"
            "debian\n"
            "layer x\n"
            "text usr/local/apache2/conf/httpd.conf Listen 80\\nListen 8443\\n#Listen 9\\n\n",
            "low"},
    RuleRow{"contract/undeclared-port",
            "redis",
            "cmd [\"redis-server\", \"/etc/redis.conf\"]\n"
            "port 80/tcp\n"
            "debian\n"
            "layer x\n"
            "text etc/redis.conf port 6380\\n\n",
            "low"},
    RuleRow{"contract/undeclared-port",
            "a known server without any",
            "cmd [\"nginx\", \"-g\", \"daemon off;\"]\n"
            "debian\n",
            "low"},
    RuleRow{"contract/undeclared-port",
            "behind an address",
            "cmd [\"python3\", \"manage.py\", \"runserver\", \"0.0.0.0:8000\"]\n"
            "debian\n",
            "low"},
    RuleRow{"contract/undeclared-port",
            "somebody else's",
            "cmd [\"/app\", \"--bind\", \"127.0.0.1:80\", \"redis:6379\", \"http://db:5432\"]\n"
            "debian\n",
            "none"},
    RuleRow{"contract/undeclared-state",
            "a default in a script",
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n: ${DIR:=\"/var/lib/app\"}\\nexec /app\\n\n",
            "low"},
    RuleRow{"contract/undeclared-state",
            "a default that is a volume",
            "volume /var/lib/app\n"
            "entrypoint [\"/entry.sh\"]\n"
            "debian\n"
            "layer x\n"
            "script entry.sh #!/bin/sh\\n: ${DIR:=\"/var/lib/app\"}\\nexec /app\\n\n",
            "none"},
    RuleRow{"contract/undeclared-state",
            "redis keeps nothing",
            "cmd [\"redis-server\", \"/etc/redis.conf\"]\n"
            "debian\n"
            "layer x\n"
            "dir var/lib/redis\n"
            "text etc/redis.conf save \"\"\\n\n",
            "none"},
    RuleRow{"contract/undeclared-state",
            "redis keeps its data",
            "cmd [\"redis-server\", \"/etc/redis.conf\"]\n"
            "debian\n"
            "layer x\n"
            "dir var/lib/redis\n"
            "text etc/redis.conf port 1\\n\n",
            "low"},
    RuleRow{"contract/hosts-files-baked",
            "lines of its own",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/hosts 127.0.0.1 localhost\\n10.0.0.5 db\\n\n",
            "medium"},
    RuleRow{"contract/hosts-files-baked",
            "the usual lines",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/hosts 127.0.0.1 localhost\\n::1 localhost ip6-localhost\\nff02::1 "
            "ip6-allnodes\\n\n",
            "none"},
    RuleRow{"contract/hosts-files-baked",
            "a name server",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/resolv.conf nameserver 1.1.1.1\\n\n",
            "medium"},
    RuleRow{"contract/hosts-files-baked",
            "an empty file",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "text etc/hosts \n",
            "none"},
    RuleRow{"contract/hosts-files-baked",
            "the base image's",
            "entrypoint [\"/app\"]\n"
            "layer ADD x /\n"
            "text etc/hostname debian\\n\n"
            "layer x\n"
            "file a 1 x\n",
            "none"},
    RuleRow{"contract/workdir",
            "none, and a relative command",
            "entrypoint [\"bin/app\"]\n"
            "debian\n",
            "low"},
    RuleRow{"contract/privileged-port",
            "another protocol",
            "port 8080/udp\n"
            "debian\n",
            "none"},
    RuleRow{"contract/privileged-port",
            "with a capability",
            "user 10001\n"
            "port 81/tcp\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer x\n"
            "xattr app security.capability 0100000200040000000000000000000000000000\n",
            "info"},
    RuleRow{"contract/ssh-port",
            "a git server",
            "tag acme/gitea:1.0.0\n"
            "port 22/tcp\n"
            "debian\n",
            "low"},
    RuleRow{"contract/ssh-port",
            "another, with sshd",
            "port 2222/tcp\n"
            "debian\n"
            "layer x\n"
            "mode usr/sbin/sshd 0755 1 x\n",
            "low"},
    RuleRow{"contract/odd-port",
            "over both, for no known reason",
            "port 8080/tcp\n"
            "port 8080/udp\n"
            "debian\n",
            "info"},
    RuleRow{"contract/workdir",
            "files copied into the root",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer COPY a . # buildkit\n"
            "file a 1 x\n",
            "low"},
    RuleRow{"contract/workdir",
            "files copied to a folder",
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "layer WORKDIR /srv\n"
            "dir srv\n"
            "layer COPY a . # buildkit\n"
            "file srv/a 1 x\n",
            "none"},
    RuleRow{"contract/api-label-schema",
            "the module container's own example",
            "label api.ENV.OPENWEATHERMAP_APIKEY=\n"
            "label api.ENV.OPENWEATHERMAP_APIKEY.description=Access key for OpenWeatherMap.\n"
            "label api.ENV.OPENWEATHERMAP_APIKEY.mandatory=false\n"
            "debian\n",
            "none"},
};

} // namespace

std::span<const RuleRow> contractRows()
{
    return kRows;
}

} // namespace cutaway::test
