// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/image/config.h"
#include "core/image/shellscript.h"

#include <QFile>
#include <QTest>

using namespace cutaway;

namespace {

/// One command a line: how it is joined, what was taken off, assignments, words (in quotes where
/// they hold a blank), redirections, and the number of the command in which it stands.
std::string textOf(const ShellScript &script)
{
    constexpr std::array kJoins = {"", "&& ", "|| ", "| "};
    std::string text;
    for (const ShellCommand &command : script.commands) {
        text += kJoins.at(static_cast<std::size_t>(command.join));
        std::string line;
        for (const std::string &wrapper : command.wrappers) {
            line += " {" + wrapper + "}";
        }
        for (const auto &[name, value] : command.assignments) {
            line += " " + name + "=" + value;
        }
        for (const std::string &word : command.words) {
            const bool needsQuotes =
                word.empty() || word.find_first_of(" \n\t") != std::string::npos;
            line += needsQuotes ? " '" + word + "'" : " " + word;
        }
        for (const ShellCommand::Redirection &redirection : command.redirections) {
            line += " " + redirection.sign + redirection.target;
        }
        line += command.heredoc.empty() ? "" : " <<" + std::to_string(command.heredoc.size());
        line += command.isBackground ? " &" : "";
        line += command.within ? " @" + std::to_string(*command.within) : "";
        text += line.substr(line.empty() ? 0 : 1) + "\n";
    }
    return text;
}

BuildStep stepOf(const std::string &createdBy)
{
    return normaliseHistory({.createdBy = createdBy});
}

Json casesOf(const char *file)
{
    QFile in(qEnvironmentVariable("CUTAWAY_CASES_DIR") + QLatin1String("/inline/")
             + QLatin1String(file));
    return in.open(QIODevice::ReadOnly)
               ? parseJson(in.readAll().toStdString(), "cases").value().value
               : Json();
}

} // namespace

class ShellScriptTest : public QObject
{
    Q_OBJECT

private slots:
    void commands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("nothing", "", "");
        row("one command", "apt-get update", "apt-get update\n");
        row("joined", "a && b || c ; d | e\nf", "a\n&& b\n|| c\nd\n| e\nf\n");
        row("lines joined by a backslash", "a \\\n  b \\\n && c", "a b\n&& c\n");
        row("a line may end behind the sign", "a &&\n\n  b |\n c", "a\n&& b\n| c\n");
        row("single quotes", "echo 'a && b; c'", "echo 'a && b; c'\n");
        row("double quotes", "echo \"a \\\"b\\\" \\$x \\n\"", "echo 'a \"b\" $x \\n'\n");
        row("an escaped blank", R"(rm a\ b)", "rm 'a b'\n");
        row("a word in pieces", "a\"b\"'c'd", "abcd\n");
        row("an empty word", "a '' b", "a '' b\n");
        row("comments", "a # b && c\n#d\ne#f", "a\ne#f\n");
        row("assignments before a command", "A=1 B='x y' make all", "A=1 B=x y make all\n");
        row("assignments alone", "A=1; B=2", "A=1\nB=2\n");
        row("an argument is no assignment", "env make A=1", "{env} make A=1\n");
        row("quoted names are no assignments", "'A'=1", "A=1\n");
        row("sudo and its options", "sudo -E -u root apt-get update", "{sudo} apt-get update\n");
        row("wrappers inside each other",
            "exec env A=1 nice -n 5 x",
            "{exec} {env} {nice} A=1 x\n");
        row("a wrapper with a word of its own", "timeout -s KILL 5m wget u", "{timeout} wget u\n");
        row("xargs", "ls | xargs -n 1 apt-get install -y", "ls\n| {xargs} apt-get install -y\n");
        row("a wrapper alone", "sudo -i", "sudo -i\n");
        row("if",
            "if [ -n \"$x\" ]; then a; elif b; then c; else d; fi; e",
            "[ -n $x ]\na\nb\nc\nd\ne\n");
        row("for", "for x in a b && c; do d $x; done", "d $x\n");
        row("for over lines", "for x in a b\ndo\n c\ndone", "c\n");
        row("while", "while read x; do a; done < f", "read x\na\n<f\n");
        row("case", "case \"$x\" in a|b) c ;; (d) e; f;; *) ;; esac; g", "c\ne\nf\ng\n");
        row("case without a last sign", "case $x in a) b; esac && c", "b\n&& c\n");
        row("case in case", "case $x in a) case $y in b) c;; esac;; d) e;; esac; f", "c\ne\nf\n");
        row("groups", "{ a; b; } && (cd d && c)", "a\nb\n&& cd d\n&& c\n");
        row("functions", "f() { a; }; function g { b; }; f", "a\nb\nf\n");
        row("tests with signs inside", "[[ a && b > c ]] && d", "[[ a && b > c ]]\n&& d\n");
        row("redirections", "a > f 2>&1 < g >> h &> i", "a >f >&1 <g >>h &>i\n");
        row("background", "a & b", "a &\nb\n");
        row("command substitution", "a $(b | c) d", "a '$(b | c)' d\nb @0\n| c @0\n");
        row("in an assignment", "A=$(b x) c", "A=$(b x) c\nb x @0\n");
        row("in quotes, with quotes and parentheses inside",
            "a \"$(b \"c)\" 'd)')\" e",
            "a '$(b \"c)\" 'd)')' e\nb c) d) @0\n");
        row("backticks", "a `b c`", "a '`b c`'\nb c @0\n");
        row("process substitution", "bash <(curl u)", "bash '<(curl u)'\ncurl u @0\n");
        row("arithmetic", "a $((1 + (2))) b", "a '$((1 + (2)))' b\n");
        row("parameters", "a ${x:-b c} $y", "a '${x:-b c}' $y\n");
        row("a shell's text", R"(sh -c "a && b")", "sh -c 'a && b'\na @0\n&& b @0\n");
        row("a shell's text behind flags",
            "bash -eo pipefail -c 'a | b'",
            "bash -eo pipefail -c 'a | b'\na @0\n| b @0\n");
        row("a script is no text", "bash install.sh -c x", "bash install.sh -c x\n");
        row("su", "su app -c 'a b'", "su app -c 'a b'\na b @0\n");
        row("eval", "eval a 'b && c'", "eval a 'b && c'\na b @0\n&& c @0\n");
        row("a here-document is data",
            "cat <<EOF > f && b\napt-get update\nEOF\nc",
            "cat >f <<15\n&& b\nc\n");
        row("a here-document for a shell", "sh <<'X'\na\nb\nX\nc", "sh <<4\nc\na @0\nb @0\n");
        row("a here-document as the step", "<<EOF\na\nb\nEOF", "a\nb\n");
        row("tabs before its end", "cat <<-E\n\ta\n\tE\nb", "cat <<2\nb\n");
        row("without an end", "cat <<E\na", "cat <<2\n");
        row("an open quote", "a 'b", "a b\n");
        row("an open substitution", "a $(b c", "a '$(b c'\nb c @0\n");
    }
    void commands()
    {
        QFETCH(QString, text);
        QTEST(QString::fromStdString(textOf(parseShell(text.toStdString()))), "expected");
    }

    void flags()
    {
        QVERIFY(parseShell("set -eux; a").stopsOnError);
        QVERIFY(!parseShell("set -u; a").stopsOnError);
        QVERIFY(parseShell("set -o errexit").stopsOnError);
        QVERIFY(parseShell("set -euxo pipefail && a").pipesFail);
        QVERIFY(!parseShell("(echo set -o pipefail)").pipesFail);
        const ShellScript bash = parseRun(stepOf("RUN /bin/bash -eo pipefail -c a | b # buildkit"));
        QVERIFY(bash.stopsOnError && bash.pipesFail);
        QCOMPARE(textOf(bash), std::string("a\n| b\n"));
        QVERIFY(parseRun(stepOf("RUN a"), R"(["/bin/bash", "-o", "pipefail", "-c"])").pipesFail);
    }

    void runSteps_data()
    {
        QTest::addColumn<QString>("createdBy");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *createdBy, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(createdBy) << QString::fromUtf8(expected);
        };
        row("classic", "/bin/sh -c a && b", "a\n&& b\n");
        row("BuildKit", "RUN /bin/sh -c a && b # buildkit", "a\n&& b\n");
        row("build arguments", "RUN |2 A=1 B=2 /bin/sh -c a $A # buildkit", "a $A\n");
        row("mounts are RUN's own",
            "RUN --mount=type=cache,target=/c --network=none pip install x",
            "pip install x\n");
        row("exec form", R"(RUN ["sh", "-c", "a && b"])", "sh -c 'a && b'\na @0\n&& b @0\n");
    }
    void runSteps()
    {
        QFETCH(QString, createdBy);
        const ShellScript script = parseRun(stepOf(createdBy.toStdString()));
        QTEST(QString::fromStdString(textOf(script)), "expected");
    }

    void otherShells()
    {
        const ShellScript power =
            parseRun(stepOf("RUN powershell -Command Invoke-WebRequest $u | iex # buildkit"));
        QVERIFY(power.dialect == ShellScript::Dialect::PowerShell && power.commands.empty());
        const ShellScript cmd = parseRun(stepOf("cmd /S /C apt-get update && x"));
        QVERIFY(cmd.dialect == ShellScript::Dialect::Cmd && cmd.commands.empty());
        const ShellScript declared = parseRun(stepOf("RUN a | b"), R"(["cmd", "/S", "/C"])");
        QVERIFY(declared.dialect == ShellScript::Dialect::Cmd);
        QCOMPARE(parseRun(stepOf("RUN --mount=type=secret,id=x a")).flags.size(), std::size_t{1});
    }

    void bounds()
    {
        std::string deep;
        for (int i = 0; i < 1000; ++i) {
            deep += "$(a ";
        }
        QVERIFY(parseShell(deep).isTruncated);
        std::string many;
        for (std::size_t i = 0; i < limits::kShellCommands + 5; ++i) {
            many += "a;";
        }
        const ShellScript script = parseShell(many);
        QVERIFY(script.isTruncated);
        QCOMPARE(script.commands.size(), limits::kShellCommands);
        const ShellScript big = parseShell("b " + std::string(limits::kShellBytes, 'x'));
        QVERIFY(big.isTruncated);
        QCOMPARE(big.commands.front().program(), std::string_view("b"));
    }

    /// The official nginx image's big step: a peer splits it at `&&` alone; we find its commands.
    void peersSplitting()
    {
        const Json cases = casesOf("dockle_manifest_rules.json");
        if (cases.isNull()) {
            QSKIP("CUTAWAY_CASES_DIR has no inline cases");
        }
        const Json &nginx = cases["TestSplitByCommands.tests"]["Nginx"];
        std::string text;
        const Json &slices = nginx["expected"];
        for (int i = 0; slices.contains(std::to_string(i)); ++i) {
            text += i == 0 ? "" : " && ";
            for (const Json &word : slices[std::to_string(i)].elements()) {
                text += word.toString() + " ";
            }
        }
        const ShellScript script = parseRun(stepOf(text));
        std::string found;
        for (const ShellCommand &command : script.commands) {
            if (command.program() == "apt-get") {
                found += std::string(command.verb()) + " ";
            }
        }
        QCOMPARE(QString::fromStdString(found),
                 QStringLiteral("update install remove update update build-dep source "
                                "Acquire::GzipIndexes=false install remove purge "));
    }
};

QTEST_GUILESS_MAIN(ShellScriptTest)
#include "tst_shellscript.moc"
