// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/image/shellvariables.h"

#include <QTest>

using namespace cutaway;

namespace {

/// "X Y:-d@2 own:Z | A B": uses with operator, fallback and line (but for the first), then what is
/// assigned.
std::string textOf(const ShellVariables &found)
{
    constexpr std::array kSigns = {"", ":-", ":=", ":?", ":+"};
    std::string text;
    for (const VariableUse &use : found.uses) {
        text += (text.empty() ? "" : " ") + std::string(use.isOwn ? "own:" : "") + use.name
                + kSigns.at(static_cast<std::size_t>(use.kind)) + use.fallback
                + (use.line > 1 ? "@" + std::to_string(use.line) : "");
    }
    text += " |";
    for (const std::string &name : found.assigned) {
        text += " " + name;
    }
    return text + (found.usesArguments ? " $@" : "") + (found.isTruncated ? " cut" : "");
}

} // namespace

class ShellVariablesTest : public QObject
{
    Q_OBJECT

private slots:
    void texts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(expected);
        };
        row("plain", "echo $A ${B} \"$C\" x$D-", "A B C D |");
        row("with defaults",
            "${A:-1} ${B-2} ${C:=3} ${D:?no} ${E:+5} ${F%.*} ${#G} ${!H}",
            "A:-1 B:-2 C:=3 D:?no E:+5 F G H |");
        row("a default that is another", "${A:-$B}", "A:-$B B |");
        row("each kind once", "$A $A ${A:-x} ${A:-y}", "A A:-x |");
        row("no use: quotes, comments, escapes", "echo '$A' \\$B # $C\n'$D'", " |");
        row("an apostrophe in double quotes", "echo \"it's $A\" '$B'", "A |");
        row("a hash inside a word", "echo a#$A ${#}", "A |");
        row("assigned before", "A=1\necho $A $B", "own:A@2 B@2 | A");
        row("from itself", "A=$A\nB=\"${B:-x}\" true", "A B:-x@2 | A B");
        row("one after the other", "A=\"$X\" B=$Y cmd C=$Z", "X Y Z | A B");
        row("declared", "export A=1 B; local C=2; readonly D=$E", "E | A C D");
        row("read", "while read -r a b; do echo $a $b; done", "own:a own:b | a b");
        row("loops", "for f in $LIST; do echo $f; done", "LIST own:f | f");
        row("assigned in a substitution", "A=$(B=1; echo \"$A $B\")\necho $A", "A own:B | A B");
        row("not an assignment", "env A=$B --name C=d\necho $A", "B A@2 |");
        row("arguments", "exec \"$@\"", " | $@");
        row("shifted", "shift 2", " | $@");
        row("a count is no argument", "[ $# -eq 0 ] && echo $? $$", " |");
        row("a here-document", "cat <<EOF > x\ndon't $A \\$B\nEOF\necho $C", "A@2 C@4 |");
        row("a quoted one", "cat <<'EOF'\n$A '\nEOF\necho $B", "B@4 |");
        row("one with tabs", "cat <<-\"E\"\n\t$A\n\tE\necho $B", "B@4 |");
        row("arithmetic", "echo $((A + $B)) $C", "B C |");
        row("a subshell in a substitution", "x=$( (cd $A; ls) )\ny='$B'", "A | x y");
        row("quotes in a substitution in quotes", "echo \"$(echo \"$A\" '$B')\" $C", "A C |");
        row("after a condition", "if A=1; then B=2; fi; { C=3; }", " | A B C");
        row("unclosed", "echo \"${A", "A |");
        row("nothing", "", " |");
    }
    void texts()
    {
        QFETCH(QByteArray, text);
        QTEST(QString::fromStdString(textOf(shellVariables(text.toStdString()))), "expected");
    }

    void bounds()
    {
        std::string many;
        for (std::size_t i = 0; i < 2 * limits::kShellVariables; ++i) {
            many += "$V" + std::to_string(i) + "\n";
        }
        const ShellVariables found = shellVariables(many);
        QVERIFY(found.isTruncated);
        QCOMPARE(found.uses.size(), limits::kShellVariables);

        std::string names;
        for (std::size_t i = 0; i < 2 * limits::kShellVariables; ++i) {
            names += "V" + std::to_string(i) + "=\n";
        }
        QVERIFY(shellVariables(names).isTruncated);
        QVERIFY(shellVariables(std::string(limits::kShellBytes + 1, 'a')).isTruncated);
        QVERIFY(!shellVariables(std::string(limits::kShellBytes, '(')).isTruncated);
    }

    void knowsItsNames()
    {
        const ShellVariables found = shellVariables("B=1; A=2");
        QVERIFY(found.assigns("A"));
        QVERIFY(found.assigns("B"));
        QVERIFY(!found.assigns("C"));
    }
};

QTEST_GUILESS_MAIN(ShellVariablesTest)
#include "tst_shellvariables.moc"
