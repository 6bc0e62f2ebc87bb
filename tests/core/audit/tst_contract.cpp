// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/contract.h"
#include "core/audit/contract/runoptions.h"
#include "core/base/yaml.h"
#include "core/report/report.h"
#include "core/report/skeletontext.h"
#include "tests/support/auditimage.h"
#include "tests/support/fakesecrets.h"

#include <QProcess>
#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// Entries of labels in one line each: "X! description =default".
QString linesOf(const std::vector<ApiEntry> &entries)
{
    QStringList lines;
    for (const ApiEntry &entry : entries) {
        QString line = QString::fromStdString(entry.name);
        line += entry.isMandatory ? QStringLiteral("!") : QString();
        for (const std::string &text :
             {entry.description, entry.image, entry.port, entry.protocol, entry.example}) {
            line += text.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(text);
        }
        line += entry.defaultValue
                    ? QStringLiteral(" =") + QString::fromStdString(*entry.defaultValue)
                    : QString();
        line += entry.isSecret ? QStringLiteral(" secret") : QString();
        lines << line;
    }
    return lines.join(QLatin1Char('|'));
}

QString factsOf(const Contract &contract, const QString &id)
{
    QStringList facts;
    for (const TouchPoint &point : contract.touchPoints) {
        if (id == QString::fromUtf8(point.id.data(), static_cast<qsizetype>(point.id.size()))) {
            for (const TouchFact &fact : point.facts) {
                facts << QString::fromStdString(std::string(knownName(fact.known)) + ": "
                                                + fact.text);
            }
        }
    }
    return facts.join(QLatin1Char('|'));
}

Inspection inspectionOf(const QByteArray &text)
{
    return auditOf(text.toStdString());
}

QString reportOf(const QByteArray &text)
{
    TextStyle style;
    style.width = 0;
    return QString::fromStdString(contractReportText(inspectionOf(text), style));
}

/// What a shell makes of the skeleton: the words that docker is given, one a line.
QStringList wordsOfRun(const std::string &skeleton)
{
    QProcess shell;
    shell.start(QStringLiteral("bash"),
                {QStringLiteral("-c"),
                 QStringLiteral("docker() { printf '%s\\0' \"$@\"; }\n")
                     + QString::fromStdString(skeleton)});
    if (!shell.waitForFinished() || shell.exitCode() != 0) {
        return {QString::fromUtf8(shell.readAllStandardError())};
    }
    QStringList words;
    for (const QByteArray &word : shell.readAllStandardOutput().split('\0')) {
        words << QString::fromUtf8(word);
    }
    words.removeLast();
    return words;
}

Yaml yamlOf(const std::string &text)
{
    Result<Yaml> yaml = parseYaml(text, "skeleton");
    return yaml ? std::move(*yaml) : throw std::runtime_error(yaml.error().message + '\n' + text);
}

/// Values that shells, YAML readers and terminals would fall for.
constexpr const char *kHostile = "tag evil/app:1\n"
                                 "volume /a'; touch /tmp/pwned #\n"
                                 "volume /b\", x: [\n"
                                 "volume /c,readonly=true\n"
                                 "volume /d$(id)`id`${HOME}\n"
                                 "volume /e:ro\n"
                                 "volume relative\n"
                                 "port 8080/tcp; reboot\n"
                                 "port 9000/udp\n"
                                 "label api.ENV.OK=\n"
                                 "label api.ENV.OK.mandatory=true\n"
                                 "label api.ENV.OK.description=\xe2\x80\xae # }\n"
                                 "label api.ENV.$(id).mandatory=true\n"
                                 "label io.openshift.min-memory=1Gi; reboot\n"
                                 "health [\"CMD-SHELL\", \"echo \\\"a: b\\\" '\\n- x' $HOME\"]\n"
                                 "debian";

} // namespace

/// What an image expects and offers.
class ContractTest : public QObject
{
    Q_OBJECT

private slots:
    void labels_data();
    void labels();
    void block_data();
    void block();
    void emptyGroupsAreKept();
    void touchPoints_data();
    void touchPoints();
    void everyTouchPointIsThere();
    void manyFactsAreCounted();
    void runLabels();
    void volumesAreMeasured();
    void secrets();
    void commandsWithoutSecrets();
    void markdown();
    void runSkeleton();
    void runSkeletonIsSafe();
    void composeSkeleton();
    void podSkeleton();
    void yamlSkeletonsAreSafe();
    void words_data();
    void words();
};

void ContractTest::labels_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QString>("variables");
    const auto row = [](const char *name, const char *image, const char *variables) {
        QTest::newRow(name) << QByteArray(image) << QString::fromUtf8(variables);
    };
    row("none", "debian", "");
    row("api.ENV",
        "label api.ENV.KEY=\n"
        "label api.ENV.KEY.description=Access key. See http://x/appid for details.\n"
        "label api.ENV.KEY.mandatory=false",
        "KEY Access key. See http://x/appid for details.");
    row("api.ENV, mandatory", "label api.ENV.KEY.mandatory=true", "KEY!");
    row("the older notation",
        "label api.expected-envs.KEY=\n"
        "label api.expected-envs.KEY.description=Get one\n"
        "label api.expected-envs.KEY.mandatory=true",
        "KEY! Get one");
    row("the oldest: JSON",
        R"(label api.expected-envs=[{"key":"KEY","description":"Get one","mandatory":true},)"
        R"({"key":"B","default_value":"7","mandatory":"false"}])",
        "B =7|KEY! Get one");
    row("all three, the first word counts",
        "label api.ENV.KEY.description=new\n"
        "label api.expected-envs.KEY.description=old\n"
        R"(label api.expected-envs=[{"key":"KEY","description":"oldest","default":"d"}])",
        "KEY new =d");
    row("the label's own value describes", "label api.ENV.KEY=The key", "KEY The key");
    row("a secret", "label api.ENV.X.secret=true", "X secret");
    row("no name", "label api.ENV.=x\nlabel api.ENV..mandatory=true", "");
    row("no variable's name", "label api.ENV.A B=x\nlabel api.ENV.1=x\nlabel api.ENV.A-B=x", "");
    row("JSON that is none", "label api.expected-envs=[{\"key\":\"A\"}", "");
    row("JSON of another shape",
        R"(label api.expected-envs=[1,"x",{"key":7},{},{"key":"A","mandatory":[true]}])",
        "A");
    row("JSON, but no list", R"(label api.expected-envs={"key":"A"})", "");
    row("an unknown attribute", "label api.ENV.A.colour=red", "A");
    row("another prefix", "label api.env.A=x\nlabel xapi.ENV.A=x", "");
}

void ContractTest::labels()
{
    QFETCH(QByteArray, image);
    QTEST(linesOf(readApiLabels(auditImage(image.toStdString()).config.labels).variables),
          "variables");
}

void ContractTest::block_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const char *image, const char *lines) {
        QTest::newRow(name) << QByteArray(image) << QByteArray(lines);
    };
    row("the image, tagged", "tag x:1\ndebian", "| Image:    x:1\n");
    row("and not", "debian", "| Image:    test\n");
    row("its author", "author A, a@b\ndebian", "| Author:   A, a@b\n");
    row("a label's author first", "author A\nlabel maintainer=B\ndebian", "| Author:   B\n");
    row("no author", "debian", "| Author:   < unknown >\n");
    row("when", "created 2016-03-01T15:59:08.5Z\ndebian", "| Created:  2016-03-01 15:59\n");
    row("no time", "created yesterday\ndebian", "| Created:  yesterday\n");
    row("its size", "layer x\nfile a 158000000 x", "| Size:     158 MB (");
    row("a mandatory variable",
        "label api.ENV.KEY.description=Get one\nlabel api.ENV.KEY.mandatory=true\ndebian",
        "| * Mandatory ENVs to configure:\n"
        "|   - ENV:           KEY\n"
        "|   - Description:   Get one\n"
        "|   - Mandatory:     true\n"
        "| * Optional ENVs to configure:\n"
        "|   - < empty >\n");
    row("an optional one with a default",
        "env MODE=fast\nenv PATH=/bin\nenv NODE_VERSION=20\ndebian",
        "| * Optional ENVs to configure:\n"
        "|   - ENV:           MODE\n"
        "|   - Mandatory:     false\n"
        "|   - Default:       fast\n"
        "| * Expected links:\n");
    row("the image's value before the label's",
        "env MODE=fast\nlabel api.ENV.MODE.default=slow\ndebian",
        "|   - Default:       fast\n");
    row("links",
        R"(label api.expected-links=[{"name":"redis:latest","port":"6379","mandatory":true}])"
        "\nlabel api.LINKS.db.image=postgres\nlabel api.LINKS.db.port=5432\ndebian",
        "| * Expected links:\n"
        "|   - Name:          db\n"
        "|   - Image:         postgres\n"
        "|   - Port:          5432\n"
        "|   - Mandatory:     false\n"
        "|   - Name:          redis:latest\n"
        "|   - Port:          6379\n"
        "|   - Mandatory:     true\n");
    row("arguments",
        R"(label api.expected-args=[{"arg":"-q QUERY","description":"What","default":"Cologne"}])"
        "\ndebian",
        "| * Expected args:\n"
        "|   - Arg:           -q QUERY\n"
        "|   - Description:   What\n"
        "|   - Default:       Cologne\n"
        "|   - Mandatory:     false\n");
    row("ports",
        "port 1337/tcp\nport 9000/udp\nlabel api.EXPOSE.1337=http\n"
        "label api.EXPOSE.22.description=ssh\nlabel api.EXPOSE.x=no\ndebian",
        "| * Available ports:\n"
        "|   - 1337/tcp  http\n"
        "|   - 9000/udp\n"
        "|   - 22/tcp  ssh  (not exposed)\n"
        "| * Volumes:\n");
    row("volumes",
        "volume /data\nvolume /none\nlayer x\nfile data/a 10 a\nfile data/b/c 20 c\n",
        "| * Volumes:\n"
        "|   - /data (30 B in 2 files of the image)\n"
        "|   - /none\n");
    row("what entry scripts read",
        "entrypoint /entry.sh\nenv GIVEN=1\ndebian\nlayer COPY entry.sh /\n"
        "script entry.sh #!/bin/sh\\n: \"${TOKEN:?}\" \"${GIVEN:?}\"\\n"
        "exec app \"${MODE:-fast}\" \"${OTHER:-$MODE}\" $HOME\\n",
        "|   - ENV:           TOKEN\n"
        "|   - Mandatory:     true\n"
        "|   - Read by:       /entry.sh\n"
        "| * Optional ENVs to configure:\n"
        "|   - ENV:           GIVEN\n"
        "|   - Mandatory:     false\n"
        "|   - Default:       1\n"
        "|   - Read by:       /entry.sh\n"
        "|   - ENV:           MODE\n"
        "|   - Mandatory:     false\n"
        "|   - Default:       fast\n"
        "|   - Read by:       /entry.sh\n"
        "|   - ENV:           OTHER\n"
        "|   - Mandatory:     false\n"
        "|   - Read by:       /entry.sh\n"
        "| * Expected links:\n");
    row("hooks",
        "label RUN=docker run --privileged IMAGE\nlabel install=x\nhealth [\"CMD\",\"a\"]\ndebian",
        "| * Lifecycle hooks:\n"
        "|   - install:       x\n"
        "|   - run:           docker run --privileged IMAGE\n"
        "|   - healthcheck:   CMD a\n");
    row("hostile text",
        "author \x1b[2J\xe2\x80\xae\nport 80/tcp\nlabel api.EXPOSE.80=a\\nb\ndebian",
        "| Author:   \\x1b[2J\\u202e\n");
}

void ContractTest::block()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, lines);
    const QString report = reportOf(image);
    QVERIFY2(report.contains(QString::fromUtf8(lines)), report.toUtf8());
}

void ContractTest::emptyGroupsAreKept()
{
    const QString report = reportOf("debian");
    QCOMPARE(report.count(QStringLiteral("< empty >")), 6);
    for (const char *group : {"Mandatory ENVs to configure",
                              "Optional ENVs to configure",
                              "Expected links",
                              "Expected args",
                              "Available ports",
                              "Volumes"}) {
        QVERIFY2(report.contains(QLatin1String("| * ") + QLatin1String(group)
                                 + QLatin1String(":\n|   - < empty >\n")),
                 group);
    }
}

void ContractTest::touchPoints_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("facts");
    const auto row = [](const char *name, const char *image, const char *id, const char *facts) {
        QTest::newRow(name) << QByteArray(image) << QString::fromUtf8(id)
                            << QString::fromUtf8(facts);
    };
    row("network, a label",
        "label RUN=docker run --net=host --name x IMAGE --dns no\ndebian",
        "network",
        "declared: --net=host in the label RUN");
    row("network, a link",
        "label api.LINKS.db.port=5432\nlabel api.LINKS.db.mandatory=true\ndebian",
        "network",
        "declared: expects the service db on port 5432, mandatory");
    row("network, nothing",
        "debian",
        "network",
        "run-time: ask which networks, host names and DNS entries it needs");
    row("volumes, inferred",
        "env PGDATA=/var/lib/pg\ndebian",
        "volumes",
        "inferred: State is kept in \"/var/lib/pg\", which is no volume.");
    row("ports", "port 80/tcp\ndebian", "ports", "declared: 80/tcp");
    row("ports, inferred",
        "env PORT=3000\ndebian",
        "ports",
        "inferred: The application is told of port 3000, which is not exposed.");
    row("environment",
        "env A=1\nlabel api.ENV.B.mandatory=true\nlabel api.ENV.C=c\ndebian",
        "environment",
        "declared: A, has a default, no label describes it|declared: B, mandatory|declared: C, "
        "optional");
    row("permissions, root",
        "debian",
        "permissions",
        "inferred: runs as root, for no user is declared");
    row("permissions",
        "user app:app\nlayer x\nmode usr/bin/su 04755 9 s\n"
        "xattr bin/ping security.capability 0000000200200000000000000000000000000000",
        "permissions",
        "declared: runs as app:app|inferred: 1 setuid or setgid program: /usr/bin/su|inferred: 1 "
        "file with capabilities: /bin/ping");
    row("memory, a label",
        "label io.openshift.min-memory=512Mi\nlabel io.openshift.min-cpu=2\ndebian",
        "memory-cpu",
        "declared: io.openshift.min-memory 512Mi|declared: io.openshift.min-cpu 2");
    row("memory, a heap",
        "env JAVA_OPTS=-Xmx512m\nenv NODE_OPTIONS=--max-old-space-size=400\ncmd java -Xmx1g "
        "-jar a.jar\ndebian",
        "memory-cpu",
        "inferred: JAVA_OPTS=-Xmx512m|inferred: NODE_OPTIONS=--max-old-space-size=400|inferred: "
        "-Xmx1g in the command");
    row("memory, other options",
        "env JAVA_OPTS=-Dx=y\ndebian",
        "memory-cpu",
        "run-time: ask how much memory and how many CPUs it needs");
    row("devices",
        "env NVIDIA_VISIBLE_DEVICES=all\nlayer x\nchar dev/fuse",
        "devices",
        "inferred: NVIDIA_VISIBLE_DEVICES=all|inferred: 1 device node: /dev/fuse");
    row("tuning",
        "label RUN=podman run --ulimit nofile=9000 --sysctl=net.core.somaxconn=1 IMAGE\ndebian",
        "os-tuning",
        "declared: --ulimit nofile=9000 in the label RUN|declared: "
        "--sysctl=net.core.somaxconn=1 in the label RUN");
    row("IPC",
        "label run=docker run --ipc host\nlayer x\nfifo run/p",
        "ipc",
        "declared: --ipc host in the label run|inferred: 1 named pipe: /run/p");
    row("signals",
        "entrypoint [\"/sbin/tini\", \"--\", \"/app\"]\ndebian",
        "signals",
        "inferred: is stopped with SIGTERM, the engines' default|inferred: PID 1 is /sbin/tini, "
        "which starts /app");
    row("signals, a shell",
        "cmd [\"/bin/sh\", \"-c\", \"node x.js\"]\ndebian",
        "signals",
        "inferred: is stopped with SIGTERM, the engines' default|inferred: PID 1 is /bin/sh, a "
        "shell, which runs \"node x.js\"");
    row("command",
        "entrypoint [\"/app\", \"a b\"]\ncmd [\"-x\"]\ndebian",
        "command",
        "declared: always runs /app \"a b\"|declared: with the arguments -x, if none are given");
    row("command alone", "cmd nginx\ndebian", "command", "declared: runs nginx, if none are given");
    row("no command", "debian", "command", "run-time: ask what is to be run in it, and with what");
    row("streams",
        "label RUN=docker run -it IMAGE\nlayer x\nsymlink var/log/a.log -> /dev/stdout\n"
        "symlink dev/fd -> /proc/self/fd/1",
        "streams",
        "declared: -it in the label RUN|inferred: 1 link to a standard stream: /var/log/a.log");
    row("a secret in a label",
        "label RUN=docker run -e API_TOKEN=hunter2hunter2 IMAGE\ndebian",
        "environment",
        "declared: -e API_TOKEN=[redacted] in the label RUN");
}

void ContractTest::touchPoints()
{
    QFETCH(QByteArray, image);
    QFETCH(QString, id);
    QTEST(factsOf(inspectionOf(image).contract, id), "facts");
}

void ContractTest::everyTouchPointIsThere()
{
    QStringList ids;
    const Inspection inspection = auditOf(Image());
    for (const TouchPoint &point : inspection.contract.touchPoints) {
        ids << QString::fromUtf8(point.id.data(), static_cast<qsizetype>(point.id.size()));
        QVERIFY(!point.facts.empty());
    }
    QCOMPARE(ids.join(QLatin1Char(' ')),
             QStringLiteral("network volumes ports environment permissions memory-cpu devices "
                            "os-tuning ipc signals command streams"));
}

void ContractTest::manyFactsAreCounted()
{
    QByteArray image = "debian";
    for (int i = 0; i < 50; ++i) {
        image.prepend("volume /v" + QByteArray::number(i) + '\n');
    }
    const QString facts = factsOf(inspectionOf(image).contract, QStringLiteral("volumes"));
    QCOMPARE(facts.count(QLatin1Char('|')), 20);
    QVERIFY2(facts.endsWith(QStringLiteral("|declared: and 30 more")), facts.toUtf8());
}

void ContractTest::runLabels()
{
    QVERIFY(runOptions("run --privileged").empty());
    QVERIFY(runOptions("echo docker run --privileged").empty());
    QCOMPARE(
        runOptions("sudo /usr/bin/docker run -v /a:/b --read-only x && podman run --init").size(),
        3U);
    QCOMPARE(runOptions("docker run --memory").front().text, std::string("--memory"));
}

void ContractTest::volumesAreMeasured()
{
    const Contract contract =
        inspectionOf("volume /data\nvolume /l\nvolume /\nvolume /no\nlayer x\nfile data/a 10 a\n"
                     "hardlink data/b -> data/a\nsymlink l -> data\nlayer y\nfile data/a 3 z\n"
                     "file x/y 5 y")
            .contract;
    QCOMPARE(contract.volumes.size(), 4U);
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(*contract.volumes[i].bytes, 3U);
        QCOMPARE(*contract.volumes[i].files, 1U);
    }
    QCOMPARE(*contract.volumes[2].bytes, 8U);
    QCOMPARE(*contract.volumes[3].files, 0U);
}

void ContractTest::secrets()
{
    const Inspection inspection =
        inspectionOf("tag x:1\nenv DB_PASSWORD=hunter2hunter2\nenv PLAIN=hunter2hunter2\n"
                     "label api.ENV.PLAIN.secret=true\n"
                     "label api.ENV.DB_PASSWORD.mandatory=true\n"
                     "label api.ENV.API_TOKEN.default=hunter2hunter2\n"
                     "label api.ENV.API_TOKEN.example=hunter2hunter2\n"
                     "label RUN=docker run -e DB_PASSWORD=hunter2hunter2 IMAGE\n"
                     "health [\"CMD\", \"curl\", \"PASSWORD=hunter2hunter2\"]\ndebian");
    const auto all = [&](Secrets secrets) {
        TextStyle style;
        style.secrets = secrets;
        std::string text = contractReportText(inspection, style)
                           + contractReportJson(inspection, secrets)
                           + contractReportMarkdown(inspection, secrets);
        for (const Skeleton kind : {Skeleton::Run, Skeleton::Compose, Skeleton::Pod}) {
            text += contractSkeleton(inspection, kind, secrets);
        }
        return text;
    };
    const std::string redacted = all(Secrets::Redacted);
    // Of PLAIN only a label of the contract knows that it is one; the image's own block shows it.
    const std::size_t plain = redacted.find("\"PLAIN=hunter2hunter2\"");
    QVERIFY(plain != std::string::npos);
    QCOMPARE(QByteArray::fromStdString(redacted).count("hunter2"), 2);
    QVERIFY(QByteArray::fromStdString(all(Secrets::Shown)).count("hunter2") > 10);
}

void ContractTest::commandsWithoutSecrets()
{
    for (const char *image :
         {"entrypoint [\"/app\"]\ncmd [\"--token\", \"hunter2hunter2\"]\ndebian",
          "entrypoint [\"/app\", \"<<github>>\"]\ndebian",
          "entrypoint [\"sh\", \"-c\", \"app --token hunter2hunter2\"]\ndebian",
          "entrypoint [\"/app\", \"Authorization: Bearer hunter2hunter2\"]\ndebian"}) {
        const std::string text = contractReportJson(inspectionOf(image), Secrets::Redacted);
        QVERIFY2(!text.contains("hunter2") && !text.contains(withFakeSecrets("<<github>>")),
                 text.c_str());
        QVERIFY(text.contains("[redacted]"));
    }
}

void ContractTest::markdown()
{
    const std::string page = contractReportMarkdown(
        inspectionOf("tag x:1\nauthor <b>|*A*\nlabel api.ENV.KEY.description=[x](http://y) `z`\n"
                     "port 80/tcp\ndebian"),
        Secrets::Redacted);
    const QByteArray text = QByteArray::fromStdString(page);
    for (const char *part : {"## Mandatory variables\n\n< empty >\n",
                             "| Port | State | Description |\n| --- | --- | --- |\n| 80",
                             "| Touch point | Known | What |"}) {
        QVERIFY2(text.contains(part), text);
    }
    for (const char *raw : {"<b>", "[x](http", "|*A*", " `z`"}) {
        QVERIFY2(!text.contains(raw), text);
    }
}

void ContractTest::runSkeleton()
{
    const std::string text = contractSkeleton(
        inspectionOf("tag registry.example/team/My_App:1.0\nport 80/tcp\nport 8000-8010/udp\n"
                     "volume /var/lib/data\nvolume /var/lib/x/data/\nenv MODE=fast\n"
                     "env NVIDIA_VISIBLE_DEVICES=all\nlabel io.openshift.min-memory=512Mi\n"
                     "label api.ENV.TOKEN.mandatory=true\nlabel api.ENV.TOKEN.description=The key\n"
                     "label api.LINKS.db.port=5432\ndebian"),
        Skeleton::Run,
        Secrets::Redacted);
    QCOMPARE(wordsOfRun(text).join(QLatin1Char(' ')),
             QStringLiteral("run --detach --name my-app --env TOKEN --publish 80:80/tcp --publish "
                            "8000-8010:8000-8010/udp --mount "
                            "type=volume,source=my-app-data,target=/var/lib/data --mount "
                            "type=volume,source=my-app-data-2,target=/var/lib/x/data/ "
                            "--memory-reservation 512m --gpus all "
                            "registry.example/team/My_App:1.0"));
    const QByteArray bytes = QByteArray::fromStdString(text);
    for (const char *part : {"# TOKEN is mandatory and taken from your environment: The key\n",
                             "# MODE is optional, fast by default\n",
                             "# It expects the service db on port 5432, if wanted.\n"}) {
        QVERIFY2(bytes.contains(part), bytes);
    }
}

void ContractTest::runSkeletonIsSafe()
{
    Inspection inspection = inspectionOf(kHostile);
    inspection.contract.volumes.push_back({"/n\nx", {}, {}});
    const QStringList words =
        wordsOfRun(contractSkeleton(inspection, Skeleton::Run, Secrets::Redacted));
    QStringList mounts;
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == QStringLiteral("--mount")) {
            mounts << words[i + 1].section(QLatin1Char(','), 2);
        }
    }
    QCOMPARE(mounts,
             QStringList({QStringLiteral("target=/a'; touch /tmp/pwned #"),
                          QStringLiteral("\"target=/b\"\", x: [\""),
                          QStringLiteral("\"target=/c,readonly=true\""),
                          QStringLiteral("target=/d$(id)`id`${HOME}"),
                          QStringLiteral("target=/e:ro"),
                          QStringLiteral("\"target=/n\nx\"")}));
    QVERIFY(words.contains(QStringLiteral("9000:9000/udp")));
    QVERIFY(words.contains(QStringLiteral("OK")));
    QCOMPARE(words.last(), QStringLiteral("evil/app:1"));
    QVERIFY(!words.join(QLatin1Char(' ')).contains(QStringLiteral("reboot")));

    inspection.contract.image = "--privileged";
    const QStringList option =
        wordsOfRun(contractSkeleton(inspection, Skeleton::Run, Secrets::Redacted));
    QCOMPARE(option.last(), QStringLiteral("IMAGE"));
}

void ContractTest::composeSkeleton()
{
    const std::string text = contractSkeleton(
        inspectionOf("tag app:1\nport 80/tcp\nvolume /data\nenv MODE=fast\n"
                     "label io.openshift.min-memory=512Mi\nlabel io.openshift.min-cpu=2\n"
                     "label api.ENV.TOKEN.mandatory=true\ndebian"),
        Skeleton::Compose,
        Secrets::Redacted);
    const Yaml root = yamlOf(text);
    const Yaml &service = root["services"]["app"];
    QCOMPARE(service["image"].text(), std::string("app:1"));
    QCOMPARE(service["environment"]["TOKEN"].text(), std::string("${TOKEN:?is mandatory}"));
    QCOMPARE(service["ports"].elements().front().text(), std::string("80:80/tcp"));
    QCOMPARE(service["volumes"].elements().front()["target"].text(), std::string("/data"));
    QCOMPARE(service["deploy"]["resources"]["reservations"]["memory"].text(), std::string("512m"));
    QVERIFY(root["volumes"].contains("app-data"));
    QVERIFY(QByteArray::fromStdString(text).contains("# optional: MODE: \"fast\"\n"));
}

void ContractTest::podSkeleton()
{
    const Yaml root = yamlOf(contractSkeleton(
        inspectionOf("tag app:1\nuser 10001:20\nport 80/tcp\nport 53/udp\nvolume /data\n"
                     "label io.openshift.min-cpu=500m\nlabel api.ENV.TOKEN.mandatory=true\n"
                     "label api.ENV.URL.mandatory=true\nlabel api.ENV.URL.default=http://x\n"
                     "health [\"CMD-SHELL\", \"curl -f http://localhost/\"]\ndebian"),
        Skeleton::Pod,
        Secrets::Redacted));
    QCOMPARE(root["kind"].text(), std::string("Pod"));
    const Yaml &container = root["spec"]["containers"].elements().front();
    const std::vector<Yaml> &variables = container["env"].elements();
    QCOMPARE(variables.size(), 2U);
    QCOMPARE(variables[0]["valueFrom"]["secretKeyRef"]["key"].text(), std::string("TOKEN"));
    QCOMPARE(variables[1]["value"].text(), std::string("http://x"));
    QCOMPARE(container["ports"].elements()[1]["protocol"].text(), std::string("UDP"));
    QCOMPARE(container["resources"]["requests"]["cpu"].text(), std::string("500m"));
    QCOMPARE(container["securityContext"]["runAsUser"].toInteger(), 10001);
    QCOMPARE(container["securityContext"]["runAsNonRoot"].toBool(), true);
    const std::vector<Yaml> &probe = container["livenessProbe"]["exec"]["command"].elements();
    QCOMPARE(probe.size(), 3U);
    QCOMPARE(probe[2].text(), std::string("curl -f http://localhost/"));
    QCOMPARE(container["volumeMounts"].elements()[0]["mountPath"].text(), std::string("/data"));
    QCOMPARE(root["spec"]["volumes"].elements()[0]["name"].text(), std::string("app-data"));
}

void ContractTest::yamlSkeletonsAreSafe()
{
    Inspection inspection = inspectionOf(kHostile);
    inspection.contract.volumes.push_back({"/n\nx\xff", {}, {}});
    const Yaml compose = yamlOf(contractSkeleton(inspection, Skeleton::Compose, Secrets::Redacted));
    QCOMPARE(compose.members().size(), 2U);
    const Yaml &service = compose["services"]["app"];
    const std::vector<Yaml> &volumes = service["volumes"].elements();
    QCOMPARE(volumes.size(), 6U);
    QCOMPARE(volumes[0]["target"].text(), std::string("/a'; touch /tmp/pwned #"));
    QCOMPARE(volumes[1]["target"].text(), std::string("/b\", x: ["));
    // Compose takes a doubled sign for one.
    QCOMPARE(volumes[3]["target"].text(), std::string("/d$$(id)`id`$${HOME}"));
    QCOMPARE(volumes[5]["target"].text(), std::string("/n\nx\xef\xbf\xbd"));
    QCOMPARE(service["environment"].members().size(), 1U);
    QVERIFY(!service.contains("deploy"));

    const Yaml pod = yamlOf(contractSkeleton(inspection, Skeleton::Pod, Secrets::Redacted));
    const Yaml &container = pod["spec"]["containers"].elements().front();
    const std::vector<Yaml> &probe = container["livenessProbe"]["exec"]["command"].elements();
    QCOMPARE(probe[2].text(), std::string("echo \"a: b\" '\n- x' $HOME"));
    QCOMPARE(container["volumeMounts"].elements().size(), 4U); // none has a colon
    QVERIFY(!container.contains("resources"));
}

void ContractTest::words_data()
{
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const std::string &made, const char *expected) {
        QTest::newRow(name) << QString::fromStdString(made) << QString::fromUtf8(expected);
    };
    using namespace skeletontext;
    row("a plain word", shellWord("a/b:1"), "a/b:1");
    row("an empty one", shellWord(""), "''");
    row("blanks", shellWord("a b"), "'a b'");
    row("a quote", shellWord("it's"), "'it'\\''s'");
    row("a line feed", shellWord("a\nb"), "$'a\\012b'");
    row("a stray byte", shellWord("\xff'"), "$'\\377\\''");
    row("YAML", yamlString("a: \"b\"\\\n"), "\"a: \\\"b\\\"\\\\\\x0a\"");
    row("YAML, beyond ASCII",
        yamlString("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
        "\"\\xe9\\u20ac\\U0001f600\"");
    row("compose", composeString("$A"), "\"$$A\"");
    row("a list's field", csvField("a"), "a");
    row("with a comma", csvField("a,\"b"), "\"a,\"\"b\"");
    row("a name", dnsLabel("My_App.2"), "my-app-2");
    row("nothing of it", dnsLabel("\xc3\xa9__"), "app");
    row("dashes at its ends", dnsLabel("--a--"), "a");
    row("a long name", dnsLabel(std::string(49, 'a') + "-b"), std::string(49, 'a').c_str());
}

void ContractTest::words()
{
    QFETCH(QString, made);
    QTEST(made, "expected");
}

QTEST_GUILESS_MAIN(ContractTest)
#include "tst_contract.moc"
