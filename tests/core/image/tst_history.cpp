// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/history.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cutaway;

namespace {

QString q(const std::string &text)
{
    return QString::fromStdString(text);
}

QString pairsText(const std::vector<std::pair<std::string, std::string>> &pairs)
{
    QStringList texts;
    for (const auto &[key, value] : pairs) {
        texts << q(key) + QLatin1Char('=') + q(value);
    }
    return texts.join(QLatin1Char('|'));
}

} // namespace

/// One row a dialect: what a builder recorded, and the same in the words of a Dockerfile.
class TestHistory : public QObject
{
    Q_OBJECT

private slots:
    void normalises_data();
    void normalises();
    void takesShellsOff_data();
    void takesShellsOff();
    void takesBuildArgsOff_data();
    void takesBuildArgsOff();
    void takesMetadataOff_data();
    void takesMetadataOff();
    void tellsBuilders_data();
    void tellsBuilders();
    void writesHereDocuments_data();
    void writesHereDocuments();
    void namesBuildersWithoutDockerfile_data();
    void namesBuildersWithoutDockerfile();
    void alignsWithLayers_data();
    void alignsWithLayers();
    void takesHostileLinesInTime_data();
    void takesHostileLinesInTime();
};

void TestHistory::normalises_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *line, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(expected);
    };
    row("classic, two blanks", R"(/bin/sh -c #(nop)  CMD ["/bin/bash"])", R"(CMD ["/bin/bash"])");
    row("classic, one blank", "/bin/sh -c #(nop) WORKDIR /app", "WORKDIR /app");
    row("classic ADD", "/bin/sh -c #(nop) ADD file:2e3a37 in / ", "ADD file:2e3a37 /");
    row("classic COPY of a folder",
        "/bin/sh -c #(nop) COPY dir:ab in /usr/src ",
        "COPY dir:ab /usr/src");
    row("classic COPY with an owner",
        "/bin/sh -c #(nop) COPY --chown=1:1 multi:ab in /x/ ",
        "COPY --chown=1:1 multi:ab /x/");
    row("classic RUN",
        "/bin/sh -c apt-get update && apt-get install -y curl",
        "RUN apt-get update && apt-get install -y curl");
    row("classic RUN keeps its blanks",
        "/bin/sh -c set -x \t&& apk add     git  ",
        "RUN set -x \t&& apk add     git");
    row("classic CMD of old, %q",
        R"(/bin/sh -c #(nop) CMD ["nginx" "-g" "daemon off;"])",
        R"(CMD ["nginx", "-g", "daemon off;"])");
    row("classic CMD of older, %v", "/bin/sh -c #(nop) CMD [/bin/bash]", R"(CMD ["/bin/bash"])");
    row("classic CMD of older, shell form",
        "/bin/sh -c #(nop) CMD [/bin/sh -c node x.js]",
        "CMD node x.js");
    row("classic ENTRYPOINT",
        R"(/bin/sh -c #(nop)  ENTRYPOINT ["/e" "a\"b\\c"])",
        R"(ENTRYPOINT ["/e", "a\"b\\c"])");
    row("classic ENTRYPOINT, emptied", "/bin/sh -c #(nop)  ENTRYPOINT []", "ENTRYPOINT []");
    row("classic EXPOSE", "/bin/sh -c #(nop)  EXPOSE 80", "EXPOSE 80");
    row("classic EXPOSE, a map",
        "/bin/sh -c #(nop) EXPOSE map[443/tcp:{} 80/tcp:{}]",
        "EXPOSE 443/tcp 80/tcp");
    row("classic VOLUME", "/bin/sh -c #(nop)  VOLUME [/data /log]", "VOLUME /data /log");
    row("classic STOPSIGNAL of old",
        "/bin/sh -c #(nop)  STOPSIGNAL [SIGQUIT]",
        "STOPSIGNAL SIGQUIT");
    row("classic MAINTAINER",
        "/bin/sh -c #(nop)  MAINTAINER A B <a@b.example>",
        "MAINTAINER A B <a@b.example>");
    row("classic ONBUILD", "/bin/sh -c #(nop)  ONBUILD RUN make", "ONBUILD RUN make");
    row("classic USER", "/bin/sh -c #(nop)  USER app:app", "USER app:app");
    row("classic, no instruction", "/bin/sh -c #(nop) layer 0", "/bin/sh -c #(nop) layer 0");
    row("the mark inside of a command",
        "/bin/sh -c echo '#(nop) CMD x'",
        "RUN echo '#(nop) CMD x'");
    row("BuildKit RUN", "RUN /bin/sh -c echo \"hello\" # buildkit", "RUN echo \"hello\"");
    row("BuildKit RUN without its suffix", "RUN /bin/sh -c echo hello", "RUN echo hello");
    row("BuildKit RUN of a list", "RUN apt-get update # buildkit", "RUN apt-get update");
    row("BuildKit RUN of a shell in the shell",
        "RUN /bin/sh -c bash -c \"x\" # buildkit",
        "RUN bash -c \"x\"");
    row("BuildKit RUN with build arguments",
        "RUN |1 V=1.2 /bin/sh -c make V=$V # buildkit",
        "RUN make V=$V");
    row("early BuildKit RUN", "/bin/sh -c make # buildkit", "RUN make");
    row("early BuildKit RUN of a list", "make install # buildkit", "RUN make install");
    row("BuildKit COPY", "COPY README.md / # buildkit", "COPY README.md /");
    row("BuildKit COPY with flags",
        "COPY --chown=app --chmod=755 a b /x/ # buildkit",
        "COPY --chown=app --chmod=755 a b /x/");
    row("BuildKit COPY with a word in", "COPY a in /x/ # buildkit", "COPY a in /x/");
    row("BuildKit COPY of a here-document", "COPY <<EOF /etc/x # buildkit", "COPY <<EOF /etc/x");
    row("BuildKit ADD",
        "ADD https://x.example/a.tgz /a # buildkit",
        "ADD https://x.example/a.tgz /a");
    row("BuildKit WORKDIR", "WORKDIR /app", "WORKDIR /app");
    row("BuildKit CMD", R"(CMD ["node" "server.js"])", R"(CMD ["node", "server.js"])");
    row("BuildKit CMD with an escape",
        R"(CMD ["a\tb" "\u00e9" "\x41"])",
        "CMD [\"a\\tb\", \"\xc3\xa9\", \"A\"]");
    row("JSON's halves of a character", R"(CMD ["\ud83d\ude00"])", "CMD [\"\xf0\x9f\x98\x80\"]");
    row("BuildKit EXPOSE", "EXPOSE [80/tcp 443/tcp]", "EXPOSE 80/tcp 443/tcp");
    row("BuildKit EXPOSE, a map", "EXPOSE map[80/tcp:{}]", "EXPOSE 80/tcp");
    row("BuildKit VOLUME", "VOLUME [/data]", "VOLUME /data");
    row("VOLUME with a blank in a name", R"(VOLUME ["/my data"])", R"(VOLUME ["/my data"])");
    row("BuildKit SHELL",
        "SHELL [/bin/bash -o pipefail -c]",
        R"(SHELL ["/bin/bash", "-o", "pipefail", "-c"])");
    row("SHELL of PowerShell",
        "SHELL [powershell -Command $ErrorActionPreference = 'Stop';]",
        R"(SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"])");
    row("BuildKit ENV", "ENV A=b", "ENV A=b");
    row("ENV with a blank in its value", "ENV OPTS=-a -b", "ENV OPTS=\"-a -b\"");
    row("ENV of several", "ENV A=x y B=z", "ENV A=\"x y\" B=z");
    row("ENV with an escaped quote", "ENV A=say \"x\" y", R"(ENV A="say \"x\" y")");
    row("ENV that kept its quotes", "ENV A=\"x B=y\" C=z", "ENV A=\"x B=y\" C=z");
    row("LABEL of buildah, in the Dockerfile's words",
        R"(/bin/sh -c #(nop) LABEL k="a b" l=m "q r"="s")",
        R"(LABEL k="a b" l=m "q r"="s")");
    row("CMD of buildah", "/bin/sh -c #(nop) CMD -c \"echo x\"", "CMD -c \"echo x\"");
    row("HEALTHCHECK of buildah",
        "/bin/sh -c #(nop) HEALTHCHECK --interval=5s CMD echo \"a\" || exit 1",
        "HEALTHCHECK --interval=5s CMD echo \"a\" || exit 1");
    row("RUN of buildah, a list",
        R"(|1 V=x /bin/sh -c ["/bin/sh", "-c", "echo a"])",
        R"(RUN ["/bin/sh", "-c", "echo a"])");
    row("ENV without a value", "ENV ABC=hello PASS= ", "ENV ABC=hello PASS=");
    row("ENV of old", "ENV A b c", "ENV A b c");
    row("LABEL with blanks",
        "LABEL maintainer=A B <a@b.example> org.x/y=1",
        "LABEL maintainer=\"A B <a@b.example>\" org.x/y=1");
    row("ARG", "ARG V", "ARG V");
    row("ARG with a value", "ARG V=1", "ARG V=1");
    row("HEALTHCHECK, %q, four values",
        R"(HEALTHCHECK &{["CMD-SHELL" "curl -f http://x/ || exit 1"] "30s" "3s" "0s" '\x03'})",
        "HEALTHCHECK --interval=30s --timeout=3s --retries=3 CMD curl -f http://x/ || exit 1");
    row("HEALTHCHECK, %q, five values",
        R"(HEALTHCHECK &{["CMD" "a" "b ] c"] "1m0s" "0s" "5s" "2s" '\n'})",
        "HEALTHCHECK --interval=1m0s --start-period=5s --start-interval=2s --retries=10 "
        R"(CMD ["a", "b ] c"])");
    row("HEALTHCHECK, %q, none given",
        R"(HEALTHCHECK &{["CMD-SHELL" "x"] "0s" "0s" "0s" '\x00'})",
        "HEALTHCHECK CMD x");
    row("HEALTHCHECK, named",
        "HEALTHCHECK {Test:[CMD-SHELL test -d [a] Interval:x] Interval:30s Timeout:3s "
        "StartPeriod:0s StartInterval:0s Retries:3}",
        "HEALTHCHECK --interval=30s --timeout=3s --retries=3 CMD test -d [a] Interval:x");
    row("HEALTHCHECK, named, nanoseconds",
        "HEALTHCHECK {Test:[CMD curl x] Interval:30000000000 Timeout:1500000000 Retries:0}",
        "HEALTHCHECK --interval=30s --timeout=1500ms CMD curl x");
    row("HEALTHCHECK NONE, %q",
        R"(HEALTHCHECK &{["NONE"] "0s" "0s" "0s" '\x00'})",
        "HEALTHCHECK NONE");
    row("HEALTHCHECK NONE, named",
        "HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s Retries:0}",
        "HEALTHCHECK NONE");
    row("HEALTHCHECK as in a Dockerfile",
        "HEALTHCHECK --interval=5s CMD x",
        "HEALTHCHECK --interval=5s CMD x");
    row("HEALTHCHECK, cut short",
        "HEALTHCHECK &{[\"CMD-SHELL\" \"x",
        "HEALTHCHECK &{[\"CMD-SHELL\" \"x");
    row("a list, cut short", "CMD [\"a\" \"b", "CMD [\"a\" \"b");
    row("raw text, as kaniko has it", "RUN bash -c \"make x\"", "RUN bash -c \"make x\"");
    row("raw text, quoted for the shell", "RUN /bin/sh -c \"make x\"", "RUN /bin/sh -c \"make x\"");
    row("raw text, a list", R"(RUN ["a", "b"])", R"(RUN ["a", "b"])");
    row("Windows, classic",
        "cmd /S /C #(nop)  ENTRYPOINT [\"app.exe\"]",
        "ENTRYPOINT [\"app.exe\"]");
    row("Windows, RUN", "cmd /S /C mkdir C:\\x", "RUN mkdir C:\\x");
    row("Windows, BuildKit RUN", "RUN cmd /S /C mkdir C:\\x # buildkit", "RUN mkdir C:\\x");
    row("PowerShell, classic",
        "powershell -Command $ErrorActionPreference = 'Stop'; $ProgressPreference = "
        "'SilentlyContinue'; #(nop)  ENV A=b",
        "ENV A=b");
    row("PowerShell, RUN",
        "powershell -Command $ErrorActionPreference = 'Stop'; Expand-Archive x.zip",
        "RUN Expand-Archive x.zip");
    row("a keyword alone", "RUN", "RUN");
    row("a word that begins like a keyword", "RUNNER x", "RUNNER x");
    row("small letters", "run x", "run x");
    row("a shell alone", "/bin/sh -c", "/bin/sh -c");
    row("no instruction", "bazel build ...", "bazel build ...");
    row("nothing", "", "");
}

void TestHistory::normalises()
{
    QFETCH(QString, line);
    QFETCH(QString, expected);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    QCOMPARE(q(step.text()), expected);
}

void TestHistory::takesShellsOff_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("arguments");
    const auto row = [](const char *line, const char *shell, const char *arguments) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(shell)
                            << QString::fromUtf8(arguments);
    };
    row("/bin/sh -c x", "", "x");
    row("/bin/bash -o pipefail -c x y", "/bin/bash -o pipefail -c", "x y");
    row("RUN /bin/bash -eo pipefail -c x # buildkit", "/bin/bash -eo pipefail -c", "x");
    row("RUN /bin/ash -euxo pipefail -c x # buildkit", "/bin/ash -euxo pipefail -c", "x");
    row("RUN /bin/bash --login -c x # buildkit", "/bin/bash --login -c", "x");
    row("RUN |1 A=b /bin/bash -ec x # buildkit", "/bin/bash -ec", "x");
    row("RUN bash script.sh # buildkit", "", "bash script.sh");
    row("RUN bash -x script.sh # buildkit", "", "bash -x script.sh");
    row("cmd /S /C x", "cmd /S /C", "x");
    row("C:\\Windows\\System32\\cmd.exe /s /c x", "C:\\Windows\\System32\\cmd.exe /s /c", "x");
    row("RUN powershell -NoLogo -ExecutionPolicy Bypass -Command x # buildkit",
        "powershell -NoLogo -ExecutionPolicy Bypass -Command",
        "x");
    row("RUN powershell -Command $ErrorActionPreference = 'Stop'; x # buildkit",
        "powershell -Command $ErrorActionPreference = 'Stop';",
        "x");
    row("RUN powershell -Command $x = 1; y # buildkit", "powershell -Command", "$x = 1; y");
}

void TestHistory::takesShellsOff()
{
    QFETCH(QString, line);
    QFETCH(QString, shell);
    QFETCH(QString, arguments);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    QCOMPARE(q(step.keyword), QStringLiteral("RUN"));
    QCOMPARE(q(step.shell), shell);
    QCOMPARE(q(step.arguments), arguments);
}

void TestHistory::takesBuildArgsOff_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("buildArgs");
    QTest::addColumn<QString>("arguments");
    const auto row =
        [](const char *name, const char *line, const char *buildArgs, const char *arguments) {
            QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(buildArgs)
                                << QString::fromUtf8(arguments);
        };
    row("classic", "|2 A=x B=y /bin/sh -c make", "A=x|B=y", "make");
    row("BuildKit", "RUN |2 A=x B=y /bin/sh -c make # buildkit", "A=x|B=y", "make");
    row("blanks in a value",
        "RUN |2 A=x y z B=1 /bin/sh -c make # buildkit",
        "A=x y z|B=1",
        "make");
    row("quotes in a value", "|1 A=\"x y\" /bin/sh -c make", "A=\"x y\"", "make");
    row("an assignment in a value",
        "|1 FLAGS=-Da=1 b=2 /bin/sh -c make",
        "FLAGS=-Da=1 b=2",
        "make");
    row("assignments in a value, names in capitals tell",
        "|2 FLAGS=a=1 b=2 VERSION=3 /bin/sh -c make",
        "FLAGS=a=1 b=2|VERSION=3",
        "make");
    row("an empty value", "|2 A= B=y /bin/sh -c make", "A=|B=y", "make");
    row("a shell as a value", "|1 SHELL=/bin/bash /bin/sh -c make", "SHELL=/bin/bash", "make");
    row("assignments in the command", "|1 A=x /bin/sh -c B=y make", "A=x", "B=y make");
    row("another shell", "RUN |1 A=x /bin/bash -o pipefail -c make # buildkit", "A=x", "make");
    row("a list, no shell", "RUN |1 A=x make C=d # buildkit", "A=x", "make C=d");
    row("a list, no shell, quotes", "RUN |1 A='x y' make # buildkit", "A='x y'", "make");
    row("Windows", "|1 A=x cmd /S /C make", "A=x", "make");
    row("none of them", "RUN |0 /bin/sh -c make # buildkit", "", "make");
    row("buildah counts words", "|3 V=1 2 W=x /bin/sh -c make", "V=1 2|W=x", "make");
    row("fewer than counted", "RUN |3 A=x /bin/sh -c make # buildkit", "A=x", "make");
}

void TestHistory::takesBuildArgsOff()
{
    QFETCH(QString, line);
    QFETCH(QString, buildArgs);
    QFETCH(QString, arguments);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    QCOMPARE(q(step.keyword), QStringLiteral("RUN"));
    QCOMPARE(pairsText(step.buildArgs), buildArgs);
    QCOMPARE(q(step.arguments), arguments);
}

void TestHistory::takesMetadataOff_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("metadata");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << "/bin/sh -c #(nop) LABEL a=b|unsetLabel=true"
                         << "unsetLabel=true" << "LABEL a=b";
    QTest::newRow("two") << "/bin/sh -c make|unsetLabel=true|force-mtime=1700000000"
                         << "unsetLabel=true|force-mtime=1700000000" << "RUN make";
    QTest::newRow("a pipe of the command") << "/bin/sh -c x|grep=y" << "" << "RUN x|grep=y";
    QTest::newRow("an alternative in a label")
        << "/bin/sh -c #(nop) LABEL a=b|c=d" << "" << "LABEL a=b|c=d";
}

void TestHistory::takesMetadataOff()
{
    QFETCH(QString, line);
    QFETCH(QString, metadata);
    QFETCH(QString, text);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    QCOMPARE(pairsText(step.metadata), metadata);
    QCOMPARE(q(step.text()), text);
    QCOMPARE(step.builder, metadata.isEmpty() ? Builder::Classic : Builder::Buildah);
}

void TestHistory::tellsBuilders_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("comment");
    QTest::addColumn<QString>("author");
    QTest::addColumn<int>("builder");
    const auto row = [](const char *name,
                        const char *line,
                        const char *comment,
                        const char *author,
                        Builder builder) {
        QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(comment)
                            << QString::fromUtf8(author) << static_cast<int>(builder);
    };
    row("BuildKit by its comment", "WORKDIR /x", "buildkit.dockerfile.v0", "", Builder::BuildKit);
    row("BuildKit by its suffix", "COPY a b # buildkit", "", "", Builder::BuildKit);
    row("classic", "/bin/sh -c #(nop) USER x", "", "", Builder::Classic);
    row("classic RUN", "/bin/sh -c x", "", "", Builder::Classic);
    row("buildah by its comment", "/bin/sh -c #(nop) USER x", "FROM alpine", "", Builder::Buildah);
    row("kaniko", "COPY a b", "", "kaniko", Builder::Kaniko);
    row("kaniko in small letters", "copy a b", "", "kaniko", Builder::Kaniko);
    row("jib", "jib-gradle-plugin:1.4", "classes", "Jib", Builder::Other);
    row("raw text of nobody", "COPY a b", "", "", Builder::Unknown);
    row("nothing", "", "", "", Builder::Unknown);
}

void TestHistory::tellsBuilders()
{
    QFETCH(QString, line);
    QFETCH(QString, comment);
    QFETCH(QString, author);
    QFETCH(int, builder);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString(),
                                                         .author = author.toStdString(),
                                                         .comment = comment.toStdString()});
    QCOMPARE(static_cast<int>(step.builder), builder);
}

void TestHistory::writesHereDocuments_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("expected");
    QTest::newRow("lines") << "RUN /bin/sh -c apt-get update\napt-get install x\n # buildkit"
                           << "RUN <<EOF\napt-get update\napt-get install x\nEOF";
    QTest::newRow("the mark among the lines")
        << "RUN /bin/sh -c a\nEOF\nb # buildkit" << "RUN <<EOF_\na\nEOF\nb\nEOF_";
    QTest::newRow("a document of its own") << "RUN /bin/sh -c cat <<X > /x\na\nX # buildkit"
                                           << "RUN cat <<X > /x\na\nX";
}

void TestHistory::writesHereDocuments()
{
    QFETCH(QString, line);
    QFETCH(QString, expected);
    QCOMPARE(q(normaliseHistory(HistoryEntry{.createdBy = line.toStdString()}).text()), expected);
}

void TestHistory::namesBuildersWithoutDockerfile_data()
{
    QTest::addColumn<QString>("lines"); // created_by, "empty:created_by", "comment:text"
    QTest::addColumn<QString>("expected");
    QTest::newRow("no history") << "" << "";
    QTest::newRow("built") << "/bin/sh -c #(nop) ADD file:x in / \nRUN make" << "";
    QTest::newRow("jib") << "jib-maven-plugin:3.4" << "jib";
    QTest::newRow("jib on a built base") << "/bin/sh -c make\njib-core:1" << "jib";
    QTest::newRow("ko") << "ko build ko://x.example/y" << "ko";
    QTest::newRow("bazel") << "bazel build ..." << "bazel";
    QTest::newRow("built on bazel's base") << "bazel build ...\nCOPY a / # buildkit" << "";
    QTest::newRow("apko") << "apko" << "apko";
    QTest::newRow("nix") << "comment:store paths: ['/nix/store/x']" << "nix";
    QTest::newRow("buildpacks")
        << "/bin/sh -c make\nBuildpacks Launcher Config\nBuildpacks Process Types"
        << "buildpacks";
    QTest::newRow("imported") << "comment:Imported from -" << "import";
    QTest::newRow("built on an import") << "comment:Imported from -\nCMD [\"x\"]" << "";
    QTest::newRow("committed") << "RUN make # buildkit\nbash" << "commit";
    QTest::newRow("committed, by path") << "/usr/sbin/nginx -g x" << "commit";
    QTest::newRow("lines that say nothing") << "\nlayer 0\nl1" << "";
    QTest::newRow("empty lines on top") << "apko\n\n" << "apko";
    QTest::newRow(".NET") << ".NET SDK Container Tooling, version 8" << "dotnet";
    QTest::newRow("built, settings changed by a tool")
        << "RUN make # buildkit\nempty:umoci config\nempty:umoci config" << "";
    QTest::newRow("a tool's layer, then its settings") << "umoci repack\nempty:crane mutate"
                                                       << "crane";
    QTest::newRow("a tool's settings alone") << "empty:umoci config" << "umoci";
    QTest::newRow("Windows' own base") << "Apply image 1809-RTM-amd64\nInstall update 1809-amd64"
                                       << "windows";
}

void TestHistory::namesBuildersWithoutDockerfile()
{
    QFETCH(QString, lines);
    QFETCH(QString, expected);
    std::vector<HistoryEntry> entries;
    for (const QString &line : lines.split(QLatin1Char('\n'))) {
        const bool isComment = line.startsWith(QLatin1String("comment:"));
        const bool isEmpty = line.startsWith(QLatin1String("empty:"));
        if (isEmpty) {
            entries.push_back({.createdBy = line.mid(6).toStdString(), .emptyLayer = true});
            continue;
        }
        entries.push_back(isComment ? HistoryEntry{.comment = line.mid(8).toStdString()}
                                    : HistoryEntry{.createdBy = line.toStdString()});
    }
    QCOMPARE(q(builderWithoutDockerfile(entries)), expected);
}

void TestHistory::alignsWithLayers_data()
{
    QTest::addColumn<QString>("entries"); // L: makes a layer, -: empty
    QTest::addColumn<int>("layers");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as many") << "L-L-L" << 3 << "0-1-2";
    QTest::newRow("too few") << "L-" << 2 << "false";
    QTest::newRow("too many") << "LLL" << 2 << "false";
    QTest::newRow("no history") << "" << 2 << "false";
    QTest::newRow("nothing at all") << "" << 0 << "";
    QTest::newRow("empty entries alone") << "--" << 0 << "--";
}

void TestHistory::alignsWithLayers()
{
    QFETCH(QString, entries);
    QFETCH(int, layers);
    QFETCH(QString, expected);
    std::vector<HistoryEntry> history;
    for (const QChar entry : entries) {
        history.push_back(HistoryEntry{.emptyLayer = entry == QLatin1Char('-')});
    }
    const auto before = history;
    if (!alignHistory(history, static_cast<std::uint32_t>(layers))) {
        QCOMPARE(expected, QStringLiteral("false"));
        QVERIFY(history == before);
        return;
    }
    QString shown;
    for (const HistoryEntry &entry : history) {
        shown += entry.layer ? QString::number(*entry.layer) : QStringLiteral("-");
    }
    QCOMPARE(shown, expected);
}

void TestHistory::takesHostileLinesInTime_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto many = [](const char *text) { return QByteArray(text).repeated(200'000); };
    QTest::newRow("metadata") << "/bin/sh -c x" + many("|timestamp=1");
    QTest::newRow("build arguments") << "|100000 " + many("A=b ");
    QTest::newRow("shells in build arguments") << "|1 A=b " + many("powershell ");
    QTest::newRow("quotes") << "ENV A=" + many("='");
    QTest::newRow("pairs") << "ENV " + many("A=b c ");
    QTest::newRow("a list") << "CMD [" + many("\"a\" ") + "]";
    QTest::newRow("an open list") << "CMD [" + many("\"a\", ");
    QTest::newRow("escapes") << "CMD [\"" + many("\\u0041") + "\"]";
    QTest::newRow("brackets") << "HEALTHCHECK &{" + many("[\"") + "}";
    QTest::newRow("preferences") << "powershell -Command " + many("$APreference=1;");
    QTest::newRow("blanks") << "RUN" + many("    ");
    QTest::newRow("marks") << "RUN a" + many("\nEOF_");
    QTest::newRow("zero bytes") << QByteArray(200'000, '\0');
}

void TestHistory::takesHostileLinesInTime()
{
    QFETCH(QByteArray, line);
    QElapsedTimer timer;
    timer.start();
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    QVERIFY(step.text().size() <= static_cast<std::size_t>(line.size()) * 3);
    QVERIFY2(timer.elapsed() < 5000, "one line took seconds");
}

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
