// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/reasons.h"

#include <QTest>

#include <array>
#include <sstream>

using namespace cutaway;

namespace {

/// "asked app needs=lib|musl recommends=doc provides=x essential": a line a package.
std::vector<Package> packagesOf(const std::string &text, Ecosystem ecosystem)
{
    std::vector<Package> packages;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        Package package;
        PackageRecord &record = package.record;
        record.ecosystem = ecosystem;
        std::string mark;
        words >> mark >> record.name;
        record.installedAs = mark == "asked"    ? InstalledAs::Asked
                             : mark == "needed" ? InstalledAs::Needed
                                                : InstalledAs::Unknown;
        for (std::string word; words >> word;) {
            const std::size_t equals = std::min(word.find('='), word.size());
            const std::string key = word.substr(0, equals);
            const std::string value = word.substr(std::min(equals + 1, word.size()));
            if (key == "needs") {
                record.needs.push_back(value);
            } else if (key == "recommends") {
                record.recommends.push_back(value);
            } else if (key == "provides") {
                record.provides.push_back(value);
            } else if (key == "essential") {
                record.isEssential = true;
            } else if (key == "gone") {
                package.removedBy = 1;
            }
        }
        package.bytes = 10;
        package.knowsFiles = true;
        packages.push_back(std::move(package));
    }
    return packages;
}

std::string reasonsOf(const std::vector<Package> &packages)
{
    static constexpr std::array kNames = {"unknown", "asked", "needed", "recommended", "none"};
    std::string text;
    for (const Package &package : packages) {
        text += (text.empty() ? "" : " ") + package.record.name + ':'
                + kNames.at(static_cast<std::size_t>(package.reason));
    }
    return text;
}

} // namespace

class TestReasons : public QObject
{
    Q_OBJECT

private slots:
    void found_data();
    void found();
    void names_data();
    void names();
    void sums();
};

void TestReasons::found_data()
{
    QTest::addColumn<QByteArray>("packages");
    QTest::addColumn<int>("ecosystem");
    QTest::addColumn<QByteArray>("reasons");
    const auto row = [](const char *what,
                        const char *packages,
                        const char *reasons,
                        Ecosystem ecosystem = Ecosystem::Deb) {
        QTest::newRow(what) << QByteArray(packages) << static_cast<int>(ecosystem)
                            << QByteArray(reasons);
    };
    row("nothing is told", "? a needs=b\n? b", "a:unknown b:unknown");
    row("a chain",
        "asked a needs=b\nneeded b needs=c\nneeded c\nneeded d",
        "a:asked b:needed c:needed d:none");
    row("unmarked ones were asked for where others are marked", "? a\nneeded b", "a:asked b:none");
    row("essential ones need nobody", "needed a essential needs=b\nneeded b", "a:asked b:needed");
    row("recommended, and what that needs",
        "asked a recommends=b\nneeded b needs=c\nneeded c recommends=d\nneeded d",
        "a:asked b:recommended c:recommended d:recommended");
    row("needed by one and recommended by another",
        "asked a recommends=b needs=c\nneeded c needs=b\nneeded b",
        "a:asked c:needed b:needed");
    row("alternatives, versions, architectures and what is provided",
        "asked a needs=b|c needs=virtual needs=d:any(>=2)\nneeded b\nneeded c\n"
        "needed p provides=virtual(=1)\nneeded d",
        "a:asked b:needed c:needed p:needed d:needed");
    row("a circle that nobody asked for",
        "asked x\nneeded a needs=b\nneeded b needs=a",
        "x:asked a:none b:none");
    row("what is gone needs nothing",
        "asked a gone needs=b\nasked x\nneeded b",
        "a:unknown x:asked b:none");
    row("libraries by their names",
        "asked a needs=so:libc.so.1\nneeded m provides=so:libc.so.1=1.2",
        "a:asked m:needed",
        Ecosystem::Apk);
    row("kinds whose needs are not known well enough: as they are marked",
        "asked a\nneeded b\n? c",
        "a:asked b:needed c:unknown",
        Ecosystem::Node);
}

void TestReasons::found()
{
    QFETCH(QByteArray, packages);
    QFETCH(int, ecosystem);
    QFETCH(QByteArray, reasons);
    std::vector<Package> list =
        packagesOf(packages.toStdString(), static_cast<Ecosystem>(ecosystem));
    findReasons(list);
    QCOMPARE(QByteArray::fromStdString(reasonsOf(list)), reasons);
}

void TestReasons::names_data()
{
    QTest::addColumn<QByteArray>("relation");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *relation, const char *name) {
        QTest::newRow(relation) << QByteArray(relation) << QByteArray(name);
    };
    row("libc6", "libc6");
    row(" libc6 (>= 2.36)", "libc6");
    row("libc6(>=2.36)", "libc6");
    row("python3:any (>= 3.9)", "python3");
    row("so:libc.musl-x86_64.so.1", "so:libc.musl-x86_64.so.1");
    row("so:libc.so.6=1.0", "so:libc.so.6");
    row("glibc>=2.3", "glibc");
    row("a~1.2", "a");
    row("", "");
    row(":any", "");
}

void TestReasons::names()
{
    QFETCH(QByteArray, relation);
    QFETCH(QByteArray, name);
    QCOMPARE(QByteArray::fromStdString(std::string(relationName(relation.toStdString()))), name);
}

void TestReasons::sums()
{
    Packages packages;
    packages.list = packagesOf("asked a\nneeded b\nneeded c\nneeded d gone", Ecosystem::Deb);
    findReasons(packages.list);
    QCOMPARE(sumOf(packages, Reason::None).packages, 2U);
    QCOMPARE(sumOf(packages, Reason::None).bytes, std::uint64_t{20});
    QCOMPARE(sumOf(packages, Reason::Recommended).packages, 0U);
}

QTEST_GUILESS_MAIN(TestReasons)
#include "tst_reasons.moc"
