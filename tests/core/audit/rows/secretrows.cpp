// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"secret/private-key", "a key", "debian\ntext app/id_rsa <<rsa-escaped>>", "critical"},
    RuleRow{"secret/private-key",
            "deleted later, in the layer all the same",
            "debian\nlayer COPY . /app\ntext app/id_rsa <<rsa-escaped>>\n"
            "layer RUN rm /app/id_rsa\nfile app/.wh.id_rsa 0 w",
            "critical"},
    RuleRow{"secret/private-key",
            "the same in two layers is one",
            "debian\nlayer COPY . /app\ntext app/id_rsa <<rsa-escaped>>\n"
            "layer COPY . /app\ntext app/id_rsa <<rsa-escaped>>",
            "critical"},
    RuleRow{"secret/private-key",
            "public material",
            "debian\ntext app/a.pem <<public-escaped>>",
            "none"},
    RuleRow{"secret/private-key",
            "a library's test",
            "debian\ntext usr/lib/python3/dist-packages/tornado/test/test.key <<rsa-escaped>>",
            "info"},
    RuleRow{"secret/cloud-credentials",
            "of AWS",
            "debian\ntext root/.aws/credentials aws_secret_access_key = <<aws-secret>>",
            "critical"},
    RuleRow{"secret/cloud-credentials",
            "a profile without",
            "debian\ntext root/.aws/config region = eu-west-1",
            "none"},
    RuleRow{"secret/token", "of GitHub", "debian\ntext app/x.py t = '<<github>>'", "critical"},
    RuleRow{"secret/token", "too short", "debian\ntext app/x.py t = '<<github-short>>'", "none"},
    RuleRow{"secret/registry-auth",
            "of npm",
            "debian\ntext root/.npmrc //r/:_authToken=<<password>>",
            "critical"},
    RuleRow{"secret/registry-auth",
            "a variable",
            "debian\ntext root/.npmrc //r/:_authToken=${NPM_TOKEN}",
            "none"},
    RuleRow{
        "secret/dotenv", "a password", "debian\ntext app/.env DB_PASSWORD=<<password>>", "high"},
    RuleRow{"secret/dotenv",
            "an example",
            "debian\ntext app/.env.example DB_PASSWORD=<<password>>",
            "none"},
    RuleRow{"secret/keystore", "of Java", "debian\ntext app/a.jks x", "medium"},
    RuleRow{"secret/keystore",
            "a private key in one of Java",
            "debian\ntext app/a.jks "
            "\\xfe\\xed\\xfe\\xed\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x01",
            "medium"},
    RuleRow{"secret/keystore",
            "nothing but a trusted certificate",
            "debian\ntext app/a.jks "
            "\\xfe\\xed\\xfe\\xed\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x02"
            "\\x00\\x01a--------\\x00\\x01X\\x00\\x00\\x00\\x03abc",
            "info"},
    RuleRow{"secret/keystore",
            "such a one whose end is missing",
            "debian\ntext app/a.jks "
            "\\xfe\\xed\\xfe\\xed\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x02"
            "\\x00\\x01a--------\\x00\\x01X\\x00\\x00\\x00\\x09abc",
            "medium"},
    RuleRow{"secret/keystore", "of passwords", "debian\ntext root/me.kdbx x", "medium"},
    RuleRow{"secret/keystore",
            "deleted later",
            "debian\nlayer COPY . /app\ntext app/a.p12 x\n"
            "layer RUN rm /app/a.p12\nfile app/.wh.a.p12 0 w",
            "medium"},
    RuleRow{"secret/keystore", "a key in no armour", "debian\ntext app/id_rsa x", "medium"},
    RuleRow{"secret/keystore",
            "a key that another rule tells of",
            "debian\ntext app/id_rsa <<rsa-escaped>>",
            "none"},
    RuleRow{"secret/keystore",
            "a vault and its password",
            "debian\ntext app/v.yml $ANSIBLE_VAULT;1.1;AES256\ntext app/.vault_pass x",
            "medium"},
    RuleRow{
        "secret/keystore", "a password without a vault", "debian\ntext app/.vault_pass x", "none"},
    RuleRow{"secret/keystore", "a trust store", "debian\ntext etc/truststore.p12 x", "info"},
    RuleRow{"secret/keystore",
            "empty, and other names",
            "debian\ntext app/a.jks \ntext app/jks x\ntext app/id_rsa.pub x\n"
            "text etc/ssl/certs/java/cacerts x",
            "none"},
    RuleRow{"secret/shell-history", "of bash", "debian\ntext root/.bash_history ls", "medium"},
    RuleRow{"secret/shell-history", "of less", "debian\ntext root/.lesshst x", "medium"},
    RuleRow{"secret/shell-history",
            "a secret in it",
            "debian\ntext root/.bash_history curl -d <<github>> x",
            "critical"},
    RuleRow{"secret/shell-history",
            "empty, and another name",
            "debian\ntext root/.bash_history \ntext root/bash_history ls\ntext root/.bashrc x",
            "none"},
    RuleRow{"secret/env-var", "a token by its shape", "env GH=<<github>>\ndebian", "critical"},
    RuleRow{"secret/env-var", "too short for its shape", "env GH=<<github-short>>\ndebian", "none"},
    RuleRow{
        "secret/env-var", "what documentation shows", "env X=<<jwt-documented>>\ndebian", "none"},
    RuleRow{"secret/env-var",
            "in the address of a database",
            "env DATABASE=postgres://me:h4nter2@db/x\ndebian",
            "high"},
    RuleRow{"secret/env-var",
            "in a label",
            "label org.x.note=<<github>>\nlabel org.x.password=s3cr3tw0rd\ndebian",
            "critical high"},
    RuleRow{"secret/env-var",
            "labels without",
            "label org.x.note=a token\nlabel org.x.source=https://me@x/y\ndebian",
            "none"},
    RuleRow{"secret/env-var",
            "a shape in the history alone",
            "debian\nstep ENV GH=<<github>>",
            "critical"},
    RuleRow{"secret/build-arg",
            "a token by its shape",
            "debian\nlayer RUN |1 GH=<<github>> /bin/sh -c npm ci # buildkit",
            "critical"},
    RuleRow{"secret/build-arg",
            "too short for its shape",
            "debian\nlayer RUN |1 GH=<<github-short>> /bin/sh -c npm ci # buildkit",
            "none"},
    RuleRow{"secret/run-inline",
            "a token by its shape",
            "debian\nlayer RUN /bin/sh -c echo <<github>> > /x # buildkit",
            "critical"},
    RuleRow{"secret/run-inline",
            "too short for its shape",
            "debian\nlayer RUN /bin/sh -c echo <<github-short>> > /x # buildkit",
            "none"},
    RuleRow{"secret/run-inline",
            "a trigger",
            "onbuild RUN echo <<github>>\ndebian\nlayer RUN x",
            "critical"},
    RuleRow{"secret/cmd-args",
            "a token by its shape",
            "entrypoint [\"/app\"]\ncmd [\"<<github>>\"]\ndebian",
            "critical"},
    RuleRow{"secret/cmd-args",
            "too short for its shape",
            "entrypoint [\"/app\"]\ncmd [\"<<github-short>>\"]\ndebian",
            "none"},
    RuleRow{"secret/env-var",
            "a password",
            "env DB_PASSWORD=s3cr3tw0rd\n"
            "debian",
            "high"},
    RuleRow{"secret/env-var",
            "short",
            "env DB_PASSWORD=abab\n"
            "debian",
            "medium"},
    RuleRow{"secret/env-var",
            "a default password",
            "env DB_PASSWORD=changeme\n"
            "debian",
            "medium"},
    RuleRow{"secret/env-var",
            "a provider's",
            "env AWS_SECRET_ACCESS_KEY=abcdEFGH1234\n"
            "debian",
            "critical"},
    RuleRow{"secret/env-var",
            "set anew later, in the history all the same",
            "env DB_PASSWORD=\n"
            "debian\n"
            "step ENV DB_PASSWORD=s3cr3tw0rd",
            "high"},
    RuleRow{"secret/env-var",
            "names and values that hold none",
            "env GPG_KEY=0123456789ABCDEF0123456789ABCDEF01234567\n"
            "env PASSWORD_FILE=/run/secrets/x\n"
            "env KEYCLOAK_VERSION=25\n"
            "env MONKEY=banana12\n"
            "env DB_PASSWORD=$X\n"
            "env API_TOKEN=<your token>\n"
            "env TOKEN_TYPE=bearer12\n"
            "debian",
            "none"},
    RuleRow{"secret/build-arg",
            "before a command",
            "debian\n"
            "layer RUN |1 NPM_TOKEN=abcdEFGH1234 /bin/sh -c npm ci # buildkit",
            "critical"},
    RuleRow{"secret/build-arg",
            "a default",
            "debian\n"
            "step ARG DB_PASSWORD=s3cr3tw0rd",
            "high"},
    RuleRow{"secret/build-arg",
            "a proxy with a password",
            "debian\n"
            "layer RUN |1 HTTP_PROXY=http://me:s3cret@proxy:80 /bin/sh -c x # buildkit",
            "high"},
    RuleRow{"secret/build-arg",
            "harmless ones",
            "debian\n"
            "layer RUN |2 VERSION=1.2.3 HTTP_PROXY=http://proxy:80 /bin/sh -c x # buildkit\n"
            "step ARG DB_PASSWORD",
            "none"},
    RuleRow{"secret/run-inline",
            "an export",
            "debian\n"
            "layer RUN /bin/sh -c export API_SECRET=\"a3f8c1d2e4\" && x # buildkit",
            "high"},
    RuleRow{"secret/run-inline",
            "before a command",
            "debian\n"
            "layer RUN /bin/sh -c API_TOKEN=a3f8c1d2e4 x # buildkit",
            "high"},
    RuleRow{"secret/run-inline",
            "an option",
            "debian\n"
            "layer RUN /bin/sh -c docker login -u me -p a3f8c1d2e4 # buildkit",
            "high"},
    RuleRow{"secret/run-inline",
            "a port of a container, a user and a group",
            "debian\n"
            "layer RUN /bin/sh -c docker run -p 8080:80 x && curl -u 1000:1000 x && "
            "app --password true # buildkit",
            "none"},
    RuleRow{"secret/run-inline",
            "an address",
            "debian\n"
            "layer RUN /bin/sh -c git clone https://me:a3f8c1d2e4@x/y # buildkit",
            "high"},
    RuleRow{
        "secret/run-inline",
        "a header",
        "debian\n"
        "layer RUN /bin/sh -c curl -H \"Authorization: Bearer a3f8c1d2e4\" https://x # buildkit",
        "high"},
    RuleRow{"secret/run-inline",
            "variables and substitutions",
            "debian\n"
            "layer RUN /bin/sh -c API_TOKEN=$(cat /run/secrets/t) curl -u me:$P https://x && git "
            "clone https://me:$T@x/y && mkdir -p a3f8c1d2e4 # buildkit",
            "none"},
    RuleRow{"secret/run-inline",
            "in a text",
            "debian\n"
            "layer RUN /bin/sh -c echo \"secret = foo;\" > test.conf # buildkit",
            "none"},
    RuleRow{"secret/cmd-args",
            "an option",
            "entrypoint [\"/app\", \"--password\", \"a3f8c1d2e4\"]\n"
            "debian",
            "high"},
    RuleRow{"secret/cmd-args",
            "in the health check",
            "health [\"CMD-SHELL\", \"curl -u me:a3f8c1d2e4 http://localhost/\"]\n"
            "debian",
            "high"},
    RuleRow{"secret/cmd-args",
            "a variable",
            "entrypoint [\"sh\", \"-c\", \"exec /app --password $PASSWORD\"]\n"
            "debian",
            "none"},
};

} // namespace

std::span<const RuleRow> secretRows()
{
    return kRows;
}

} // namespace cutaway::test
