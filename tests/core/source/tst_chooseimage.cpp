// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/imagesource.h"

#include <QTest>

using namespace cutaway;

namespace {

ImageCandidate candidate(std::uint32_t index,
                         std::vector<std::string> tags,
                         std::string_view platform,
                         bool present = true)
{
    ImageCandidate made;
    made.index = index;
    made.tags = std::move(tags);
    made.platform = Platform::parse(platform).value_or(Platform());
    made.digest = Digest::ofSha256(std::string(63, '0') + static_cast<char>('a' + index));
    made.present = present;
    return made;
}

/// Some platform that this machine is not.
std::string foreign(int number)
{
    return number == 0 ? "plan9/mips" : "plan9/sparc64";
}

} // namespace

class TestChooseImage : public QObject
{
    Q_OBJECT

private slots:
    void chosen_data();
    void chosen();
    void refused_data();
    void refused();
};

using Candidates = std::vector<ImageCandidate>;
Q_DECLARE_METATYPE(Candidates)

void TestChooseImage::chosen_data()
{
    QTest::addColumn<Candidates>("candidates");
    QTest::addColumn<std::string>("wanted");
    QTest::addColumn<std::string>("platform");
    QTest::addColumn<std::uint32_t>("index");
    const std::string host = Platform::host().text();
    const Candidates two = {
        candidate(0, {"docker.io/library/nginx:1.27", "nginx:stable"}, "linux/amd64"),
        candidate(1, {"localhost:5000/ns/app:v1"}, "linux/amd64")};
    const Candidates platforms = {candidate(0, {"app:1"}, foreign(0)),
                                  candidate(1, {"app:1"}, host),
                                  candidate(2, {"app:1"}, foreign(1))};
    const auto row = [](const char *name,
                        const Candidates &candidates,
                        const std::string &wanted,
                        const std::string &platform,
                        std::uint32_t index) {
        QTest::newRow(name) << candidates << wanted << platform << index;
    };
    row("the only one", {candidate(0, {}, "linux/s390x")}, "", "", 0);
    row("by number", two, "@1", "", 1);
    row("by whole tag", two, "localhost:5000/ns/app:v1", "", 1);
    row("by a name without its tag", two, "localhost:5000/ns/app", "", 1);
    row("by docker's short name", two, "nginx:1.27", "", 0);
    row("by the tag alone", two, "v1", "", 1);
    row("by digest", two, two[1].digest.text(), "", 1);
    row("by the beginning of a digest's hex",
        {candidate(0, {}, "linux/amd64"), candidate(1, {}, "linux/amd64", false)},
        "000000",
        "",
        0);
    row("the host's platform", platforms, "", "", 1);
    row("the platform asked for", platforms, "", foreign(1), 2);
    row("name and platform", platforms, "app:1", foreign(0), 0);
    row("the only one present",
        {candidate(0, {"a:1"}, foreign(0), false), candidate(1, {"a:1"}, foreign(1))},
        "",
        "",
        1);
    row("no platform known, one asked for", {candidate(0, {}, "")}, "", "linux/amd64", 0);
}

void TestChooseImage::chosen()
{
    QFETCH(Candidates, candidates);
    QFETCH(std::string, wanted);
    QFETCH(std::string, platform);
    QFETCH(std::uint32_t, index);
    const auto choice =
        chooseImage(candidates, wanted, Platform::parse(platform).value_or(Platform()));
    QVERIFY2(choice.has_value(), choice ? "" : choice.error().message.c_str());
    QCOMPARE(*choice, index);
}

void TestChooseImage::refused_data()
{
    QTest::addColumn<Candidates>("candidates");
    QTest::addColumn<std::string>("wanted");
    QTest::addColumn<std::string>("platform");
    QTest::addColumn<int>("code");
    QTest::addColumn<std::string>("says");
    const Candidates two = {candidate(0, {"a:1"}, "linux/amd64"),
                            candidate(1, {"b:1"}, "linux/amd64")};
    const auto row = [](const char *name,
                        const Candidates &candidates,
                        const std::string &wanted,
                        const std::string &platform,
                        ErrorCode code,
                        const std::string &says) {
        QTest::newRow(name) << candidates << wanted << platform << static_cast<int>(code) << says;
    };
    row("two images, no wish", two, "", "", ErrorCode::InvalidInput, "2 images");
    row("the same platform twice", two, "", "linux/amd64", ErrorCode::InvalidInput, "@1 b:1");
    row("an unknown name", two, "c:1", "", ErrorCode::NotFound, "\"c:1\"");
    row("a number beyond the end", two, "@2", "", ErrorCode::NotFound, "@1");
    row("no number", two, "@x", "", ErrorCode::InvalidInput, "@x");
    row("another platform", two, "", "linux/arm64", ErrorCode::NotFound, "linux/arm64");
    row("only an absent one",
        {candidate(0, {"a:1"}, "linux/amd64", false)},
        "",
        "",
        ErrorCode::NotFound,
        "missing");
    row("none at all", {}, "", "", ErrorCode::NotFound, "no image");
    row("foreign platforms only",
        {candidate(0, {"a:1"}, foreign(0)), candidate(1, {"a:1"}, foreign(1))},
        "",
        "",
        ErrorCode::InvalidInput,
        "2 images");
    row("a name that controls the terminal",
        {candidate(0, {"a\x1b[31m:1"}, "linux/amd64"), candidate(1, {"b:1"}, "linux/amd64")},
        "",
        "linux/amd64",
        ErrorCode::InvalidInput,
        "\\x1b");
}

void TestChooseImage::refused()
{
    QFETCH(Candidates, candidates);
    QFETCH(std::string, wanted);
    QFETCH(std::string, platform);
    QFETCH(int, code);
    QFETCH(std::string, says);
    const auto choice =
        chooseImage(candidates, wanted, Platform::parse(platform).value_or(Platform()));
    QVERIFY(!choice.has_value());
    QCOMPARE(static_cast<int>(choice.error().code), code);
    QVERIFY2(choice.error().message.find(says) != std::string::npos,
             choice.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestChooseImage)
#include "tst_chooseimage.moc"
