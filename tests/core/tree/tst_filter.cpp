// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/builder.h"
#include "core/tree/filterregex.h"
#include "tests/support/stack.h"

#include <QTest>

using namespace cutaway;

namespace {

Entry entryOf(EntryType type, std::uint64_t size, std::uint16_t mode, std::uint32_t uid = 0)
{
    Entry entry;
    entry.type = type;
    entry.size = size;
    entry.mode = mode;
    entry.uid = uid;
    return entry;
}

/// Two layers: a small system, then an application that changes, removes and adds.
PathTreePtr sampleTree()
{
    const auto add = [](LayerTree &layer,
                        std::string_view path,
                        const Entry &entry,
                        std::string_view target = {},
                        std::uint64_t hash = 0) {
        if (!layer.append(path, entry, target, ContentHash{hash, hash})) {
            qFatal("a test layer could not be made");
        }
    };
    const auto file = [](std::uint64_t size, std::uint16_t mode = 0644, std::uint32_t uid = 0) {
        return entryOf(EntryType::File, size, mode, uid);
    };
    LayerTree base;
    add(base, "usr/", entryOf(EntryType::Directory, 0, 0755));
    add(base, "usr/bin/", entryOf(EntryType::Directory, 0, 0755));
    add(base, "usr/bin/su", file(70'000, 04755), {}, 1);
    add(base, "usr/bin/Xorg", file(2'000'000, 0755), {}, 2);
    add(base, "usr/lib/", entryOf(EntryType::Directory, 0, 0755));
    add(base, "usr/lib/libz.so.1", file(100'000), {}, 3);
    add(base, "usr/lib/libz.so", entryOf(EntryType::Symlink, 0, 0777), "libz.so.1");
    add(base, "var/lib/apt/lists/a", file(15'000'000), {}, 4);
    add(base, "var/lib/apt/lists/b", file(9'000'000), {}, 5);
    add(base, "tmp/", entryOf(EntryType::Directory, 0, 01777));
    LayerTree app;
    add(app, "usr/bin/su", file(70'000, 0755), {}, 1);
    add(app, "var/lib/apt/lists/.wh.a", file(0));
    add(app, "app/two words", file(0, 0666, 1000), {}, 6);
    add(app, "app/run.sh", file(300, 0755, 1000), {}, 7);

    PathTreeBuilder builder;
    builder.add(std::move(base));
    builder.add(std::move(app));
    const Monitor monitor;
    auto tree = builder.finish(monitor);
    return tree ? *tree : nullptr;
}

TreeView viewOf(const QString &name)
{
    static const PathTreePtr kTree = sampleTree();
    if (name == QLatin1String("change")) {
        return {kTree, {ViewSpec::Kind::Layer, 1}};
    }
    return {kTree, {}};
}

/// A stand-in for the window's expressions: the pattern is text that ends the name.
Result<TextTest> endsWith(std::string_view pattern)
{
    if (pattern.find('(') != std::string_view::npos) {
        return fail(ErrorCode::InvalidInput, "a bracket is not closed");
    }
    std::string end(pattern.substr(0, pattern.size() - 1));
    return [end](std::string_view text) { return text.ends_with(end); };
}

QString pathsOf(const TreeView &view, const std::vector<bool> &nodes)
{
    QStringList paths;
    for (NodeId node = 1; node < view.tree().nodeCount(); ++node) {
        if (nodes[node]) {
            paths << QString::fromStdString(view.tree().path(node));
        }
    }
    paths.sort();
    return paths.join(QLatin1Char(' '));
}

} // namespace

class TestFilter : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void times_data();
    void times();
    void realExpressions_data();
    void realExpressions();
    void whatIsShown_data();
    void whatIsShown();
    void refusals_data();
    void refusals();
    void regexIsRefusedWithoutCompiler();
    void contentTerms_data();
    void contentTerms();
    void countsAndBytes();
    void cancels();
};

void TestFilter::matches_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("paths");
    const auto row = [](const char *name, const char *view, const char *line, const char *paths) {
        QTest::newRow(name) << QString::fromLatin1(view) << QString::fromLatin1(line)
                            << QString::fromLatin1(paths);
    };
    row("part of a name", "final", "libz", "/usr/lib/libz.so /usr/lib/libz.so.1");
    row("small letters find capitals", "final", "xorg", "/usr/bin/Xorg");
    row("a capital asks for itself", "final", "Usr", "");
    row("text with a slash is a path", "final", "apt/lists/", "/var/lib/apt/lists/b");
    row("a path between slashes is no expression",
        "final",
        "/usr/lib/",
        "/usr/lib/libz.so /usr/lib/libz.so.1");
    row("glob on the name", "final", "*.so.?", "/usr/lib/libz.so.1");
    row("glob on the path, anywhere", "final", "bin/*", "/usr/bin/Xorg /usr/bin/su");
    row("glob on the path, from the root", "final", "/usr/*", "/usr/bin /usr/lib");
    row("glob over several levels", "final", "/usr/**.so", "/usr/lib/libz.so");
    row("expression", "final", "/sh$/", "/app/run.sh");
    row("expression by key", "final", "regex:sh$", "/app/run.sh");
    row("quotes keep words together", "final", "\"two words\"", "/app/two words");
    row("quotes make stars plain", "final", "\"*\"", "");
    row("all words have to hold", "final", "z so 1", "/usr/lib/libz.so.1");
    row("an exclamation mark turns round", "final", "libz !so.1", "/usr/lib/libz.so");
    row("larger than", "final", "size>1MB", "/usr/bin/Xorg /var/lib/apt/lists/b");
    row("smaller than", "final", "size<301 type:file", "/app/run.sh /app/two\\x20words");
    row("exactly", "final", "size=300", "/app/run.sh");
    row("with a colon too", "final", "size:300", "/app/run.sh");
    row("directories by size when asked for",
        "final",
        "type:dir size>1MB",
        "/usr /usr/bin /var /var/lib /var/lib/apt /var/lib/apt/lists");
    row("of one layer", "final", "layer:1 type:file", "/app/run.sh /app/two\\x20words /usr/bin/su");
    row("of several layers", "final", "layer:0-1 run", "/app/run.sh");
    row("of a layer that is not there", "final", "layer:7", "");
    row("set user id before the change", "change", "type:setuid", "");
    row("symbolic links", "final", "type:symlink", "/usr/lib/libz.so");
    row("sticky or writable by all", "final", "type:sticky,writable", "/app/two\\x20words /tmp");
    row("empty files", "final", "type:empty", "/app/two\\x20words");
    row("executable files", "final", "type:exec", "/app/run.sh /usr/bin/Xorg /usr/bin/su");
    row("owner", "final", "owner:1000", "/app/run.sh /app/two\\x20words");
    row("owner and group", "final", "owner:1000:5", "");
    row("mode", "final", "mode:1777", "/tmp");
    row("removed by the layer", "change", "change:removed", "/var/lib/apt/lists/a");
    row("changed in metadata alone", "change", "change:metadata type:file", "/usr/bin/su");
    row("whiteouts of the layer", "change", "type:whiteout", "/var/lib/apt/lists/a");
    row("an unknown key is text", "final", "foo:bar", "");
    row("contents are asked of files alone", "final", "content:x usr", "");
    row("contents are left to who reads files", "final", "content:x libz", "/usr/lib/libz.so.1");
}

void TestFilter::matches()
{
    QFETCH(QString, view);
    QFETCH(QString, line);
    QFETCH(QString, paths);
    const TreeView tree = viewOf(view);
    const auto filter = parseFileFilter(line.toStdString(), endsWith);
    QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
    const auto result = applyFilter(tree, *filter, Monitor());
    QVERIFY(result.has_value());
    QStringList expected = paths.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    expected.sort();
    QString wanted = expected.join(QLatin1Char(' '));
    wanted.replace(QLatin1String("\\x20"), QLatin1String(" "));
    QCOMPARE(pathsOf(tree, result->matched), wanted);
}

void TestFilter::times_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>(
        "paths"); // of "a" 2023-12-31T23:59:59Z, "b" and "c" 2024-02-29's ends
    QTest::newRow("before a year") << QStringLiteral("mtime<2024") << QStringLiteral("/a /old");
    QTest::newRow("of a year") << QStringLiteral("mtime:2024") << QStringLiteral("/b /c");
    QTest::newRow("of a month") << QStringLiteral("mtime=2024-02") << QStringLiteral("/b /c");
    QTest::newRow("of another month") << QStringLiteral("mtime=2024-03") << QString();
    QTest::newRow("of a day") << QStringLiteral("mtime:2024-02-29") << QStringLiteral("/b /c");
    QTest::newRow("after a day") << QStringLiteral("mtime>2023-12-31") << QStringLiteral("/b /c");
    QTest::newRow("after a leap day") << QStringLiteral("mtime>2024-02-29") << QString();
    QTest::newRow("from a day on")
        << QStringLiteral("mtime>=2023-12-31") << QStringLiteral("/a /b /c");
    QTest::newRow("up to a year") << QStringLiteral("mtime<=2023") << QStringLiteral("/a /old");
    QTest::newRow("before 1970") << QStringLiteral("mtime<1970") << QStringLiteral("/old");
    QTest::newRow("turned round") << QStringLiteral("!mtime:2024") << QStringLiteral("/a /old");
}

void TestFilter::times()
{
    QFETCH(QString, line);
    QFETCH(QString, paths);
    const TreeView tree(test::treeOf({"timed a 1704067199\ntimed b 1709164800\ntimed c 1709251199\n"
                                      "timed old -1\n"}),
                        {});
    const auto filter = parseFileFilter(line.toStdString());
    QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
    QCOMPARE(pathsOf(tree, applyFilter(tree, *filter, Monitor())->matched), paths);
}

void TestFilter::realExpressions_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("paths"); // nothing: refused
    QTest::newRow("end") << QStringLiteral("/sh$/") << QStringLiteral("/app/run.sh");
    QTest::newRow("either case") << QStringLiteral("regex:^xorg$")
                                 << QStringLiteral("/usr/bin/Xorg");
    QTest::newRow("a capital asks for itself") << QStringLiteral("regex:^XORG$") << QString();
    QTest::newRow("over the path")
        << QStringLiteral("/^/usr/(bin|sbin)/s/") << QStringLiteral("/usr/bin/su");
    QTest::newRow("look-around is none of RE2's")
        << QStringLiteral("/(?=a)b/") << QStringLiteral("not valid");
    QTest::newRow("a bracket is open") << QStringLiteral("/a(/") << QStringLiteral("not valid");
}

void TestFilter::realExpressions()
{
    QFETCH(QString, line);
    QFETCH(QString, paths);
    const TreeView tree = viewOf(QStringLiteral("final"));
    const auto filter = parseFileFilter(line.toStdString(), compileRegex);
    if (!filter) {
        QVERIFY2(QString::fromStdString(filter.error().message).contains(paths),
                 filter.error().message.c_str());
        return;
    }
    QCOMPARE(pathsOf(tree, applyFilter(tree, *filter, Monitor())->matched), paths);
}

void TestFilter::whatIsShown_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("paths");
    QTest::newRow("a match and the directories above it")
        << QStringLiteral("libz.so.1") << QStringLiteral("/usr /usr/lib /usr/lib/libz.so.1");
    QTest::newRow("what is below a directory of that name stays in reach")
        << QStringLiteral("lists")
        << QStringLiteral("/var /var/lib /var/lib/apt /var/lib/apt/lists /var/lib/apt/lists/b");
    QTest::newRow("but not where more than names is asked for")
        << QStringLiteral("lists type:dir")
        << QStringLiteral("/var /var/lib /var/lib/apt /var/lib/apt/lists");
}

void TestFilter::whatIsShown()
{
    QFETCH(QString, line);
    QFETCH(QString, paths);
    const TreeView tree = viewOf(QStringLiteral("final"));
    const auto filter = parseFileFilter(line.toStdString());
    QVERIFY(filter.has_value());
    const auto result = applyFilter(tree, *filter, Monitor());
    QVERIFY(result.has_value());
    QCOMPARE(pathsOf(tree, result->shown), paths);
}

void TestFilter::refusals_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("no size") << QStringLiteral("size>huge") << QStringLiteral("huge");
    QTest::newRow("size without a number") << QStringLiteral("size>") << QStringLiteral("missing");
    QTest::newRow("no layer") << QStringLiteral("layer:x") << QStringLiteral("layer:3");
    QTest::newRow("no layer, a sign") << QStringLiteral("layer:-1") << QStringLiteral("layer:3");
    QTest::newRow("unknown type") << QStringLiteral("type:sokcet") << QStringLiteral("setuid");
    QTest::newRow("unknown change") << QStringLiteral("change:moved") << QStringLiteral("removed");
    QTest::newRow("no owner") << QStringLiteral("owner:root") << QStringLiteral("user id");
    QTest::newRow("too many owners") << QStringLiteral("owner:1:2:3") << QStringLiteral("both");
    QTest::newRow("no octal mode") << QStringLiteral("mode:9999") << QStringLiteral("octal");
    QTest::newRow("mode too large") << QStringLiteral("mode:17777") << QStringLiteral("octal");
    QTest::newRow("no date") << QStringLiteral("mtime<yesterday") << QStringLiteral("2024-05-01");
    QTest::newRow("no such day") << QStringLiteral("mtime:2023-02-29") << QStringLiteral("no date");
    QTest::newRow("no such month") << QStringLiteral("mtime:2023-13") << QStringLiteral("no date");
    QTest::newRow("key misspelt") << QStringLiteral("typ:file") << QStringLiteral("type:");
    QTest::newRow("no content") << QStringLiteral("content:\"\"") << QStringLiteral("quotes");
    QTest::newRow("bad expression") << QStringLiteral("/a(/") << QStringLiteral("bracket");
    QTest::newRow("control characters are shown escaped")
        << QStringLiteral("layer:\x1b") << QStringLiteral("\\x1b");
}

void TestFilter::refusals()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto filter = parseFileFilter(line.toStdString(), endsWith);
    QVERIFY(!filter.has_value());
    QCOMPARE(filter.error().code, ErrorCode::InvalidInput);
    QVERIFY2(QString::fromStdString(filter.error().message).contains(says),
             filter.error().message.c_str());
}

void TestFilter::regexIsRefusedWithoutCompiler()
{
    QVERIFY(!parseFileFilter("/^a$/").has_value());
}

void TestFilter::contentTerms_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("ignoresCase");
    QTest::addColumn<bool>("isNegated");
    QTest::newRow("a word") << QStringLiteral("content:abc") << QStringLiteral("abc") << true
                            << false;
    QTest::newRow("several words, and one more term")
        << QStringLiteral("content:\"BEGIN RSA\" key") << QStringLiteral("BEGIN RSA") << false
        << false;
    QTest::newRow("turned round, quotes not closed")
        << QStringLiteral("!content:\"a b") << QStringLiteral("a b") << true << true;
    QTest::newRow("a quote within is plain")
        << QStringLiteral("content:a\"b") << QStringLiteral("a\"b") << true << false;
}

void TestFilter::contentTerms()
{
    QFETCH(QString, line);
    QFETCH(QString, text);
    QFETCH(bool, ignoresCase);
    QFETCH(bool, isNegated);
    const auto filter = parseFileFilter(line.toStdString());
    QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
    QVERIFY(filter->asksForContent());
    QVERIFY(!filter->isNamesOnly());
    const FilterTerm &term = filter->terms.back(); // read last of all
    QCOMPARE(term.kind, FilterTerm::Kind::Content);
    QCOMPARE(QString::fromStdString(term.text), text);
    QCOMPARE(term.ignoresCase, ignoresCase);
    QCOMPARE(term.negated, isNegated);
}

void TestFilter::countsAndBytes()
{
    const TreeView tree = viewOf(QStringLiteral("final"));
    const auto result = applyFilter(tree, *parseFileFilter("size>1MB"), Monitor());
    QVERIFY(result.has_value());
    QCOMPARE(result->matches, 2U);
    QCOMPARE(result->bytes, std::uint64_t{11'000'000});
    QVERIFY(parseFileFilter("  ")->isEmpty());
}

void TestFilter::cancels()
{
    LayerTree layer;
    for (int i = 0; i < 9000; ++i) {
        QVERIFY(
            layer.append("f" + std::to_string(i), entryOf(EntryType::File, 1, 0644)).has_value());
    }
    PathTreeBuilder builder;
    builder.add(std::move(layer));
    const TreeView view(*builder.finish(Monitor()), {});
    Monitor monitor;
    monitor.cancel();
    const auto result = applyFilter(view, *parseFileFilter("f"), monitor);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
