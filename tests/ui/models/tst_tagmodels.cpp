// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/jsontext.h"
#include "ui/models/roles.h"
#include "ui/models/tagdetailsmodel.h"
#include "ui/models/tagsfilter.h"
#include "ui/models/tagsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace cutaway;

namespace {

using FailureMode = QAbstractItemModelTester::FailureReportingMode;

Digest digestOf(char digit)
{
    return Digest::parse("sha256:" + std::string(64, digit)).value();
}

Descriptor imageOf(char digit, const char *platform)
{
    Descriptor descriptor;
    descriptor.digest = digestOf(digit);
    descriptor.platform = Platform::parse(platform).value();
    return descriptor;
}

TagOutline indexOutline()
{
    TagOutline outline;
    outline.digest = digestOf('a');
    outline.isIndex = true;
    outline.images = {imageOf('b', "linux/amd64"), imageOf('c', "linux/arm/v7")};
    Descriptor attestation;
    attestation.digest = digestOf('d');
    attestation.annotations["vnd.docker.reference.digest"] = digestOf('c').text();
    outline.attestations = {attestation};
    return outline;
}

QString textOf(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TagModelsTest : public QObject
{
    Q_OBJECT

private slots:
    void tagsComeInPages();
    void outlinesFillTheRow();
    void problemsAreInTheRow();
    void filterCountsAsPeopleDo();
    void attestationsAreOfTheirImage();
    void branchesAreFilledWhenAskedFor();
    void nothingIsSaidToBeNothing();
    void hostileNamesAreEscaped();
    void jsonIsIndented_data();
    void jsonIsIndented();
};

void TagModelsTest::tagsComeInPages()
{
    TagsModel model;
    const QAbstractItemModelTester tester(&model, FailureMode::QtTest);
    QCOMPARE(model.add({"1.0", "1.1", "1.0"}), 2);
    QCOMPARE(model.add({"1.1", "2.0"}), 1);
    QCOMPARE(model.add({"1.1", "2.0"}), 0); // a registry that repeats itself
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.find("2.0"), 2);
    QCOMPARE(model.find("3.0"), -1);
    QCOMPARE(textOf(model, 0, TagsModel::CreatedColumn), QString()); // nobody has asked
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TagModelsTest::outlinesFillTheRow()
{
    TagsModel model;
    const QAbstractItemModelTester tester(&model, FailureMode::QtTest);
    model.add({"1.0", "1.1"});
    QVERIFY(!model.isLookedAt(0));
    model.setLooking(0);
    QVERIFY(textOf(model, 0, TagsModel::CreatedColumn).contains(QStringLiteral("looking")));
    ImageOutline image;
    image.created = "2024-05-02T12:00:00+02:00";
    image.wireSize = 21'200'000;
    image.platform = Platform::parse("linux/amd64").value();
    model.setFacts(0, indexOutline(), image);
    QVERIFY(model.isLookedAt(0));
    QCOMPARE(textOf(model, 0, TagsModel::CreatedColumn), QStringLiteral("2024-05-02 10:00"));
    QCOMPARE(textOf(model, 0, TagsModel::SizeColumn), QStringLiteral("21.2 MB"));
    QCOMPARE(textOf(model, 0, TagsModel::PlatformsColumn),
             QStringLiteral("linux/amd64, linux/arm/v7"));
    QVERIFY(textOf(model, 0, TagsModel::DigestColumn).contains(QStringLiteral("aaaaaaaaaaaa")));
    QCOMPARE(model.index(0, TagsModel::SizeColumn).data(role::Total).toULongLong(), 21'200'000U);
    TagOutline single;
    single.digest = digestOf('b');
    image.created = "yesterday";
    model.setFacts(1, single, image);
    QCOMPARE(textOf(model, 1, TagsModel::CreatedColumn), QStringLiteral("yesterday"));
    QCOMPARE(textOf(model, 1, TagsModel::PlatformsColumn), QStringLiteral("linux/amd64"));
}

void TagModelsTest::problemsAreInTheRow()
{
    TagsModel model;
    model.add({"gone"});
    model.setProblem(0, QStringLiteral("there is no such tag"));
    QVERIFY(model.isLookedAt(0));
    QVERIFY(!model.facts(0));
    QCOMPARE(textOf(model, 0, TagsModel::CreatedColumn), QStringLiteral("there is no such tag"));
    model.setFacts(0, indexOutline(), std::nullopt);
    QCOMPARE(textOf(model, 0, TagsModel::CreatedColumn), QStringLiteral("–"));
}

void TagModelsTest::filterCountsAsPeopleDo()
{
    TagsModel model;
    TagsFilter filter;
    const QAbstractItemModelTester tester(&filter, FailureMode::QtTest);
    filter.setSourceModel(&model);
    model.add({"1.10", "1.9", "latest", "1.9-alpine"});
    QCOMPARE(textOf(filter, 0, TagsModel::TagColumn), QStringLiteral("1.10")); // as listed
    filter.sort(TagsModel::TagColumn);
    QCOMPARE(textOf(filter, 0, TagsModel::TagColumn), QStringLiteral("1.9"));
    QCOMPARE(textOf(filter, 1, TagsModel::TagColumn), QStringLiteral("1.9-alpine"));
    QCOMPARE(textOf(filter, 2, TagsModel::TagColumn), QStringLiteral("1.10"));
    QCOMPARE(textOf(filter, 3, TagsModel::TagColumn), QStringLiteral("latest"));
    filter.setWords(QStringLiteral("1.9 ALP"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setWords(QString());
    QCOMPARE(filter.rowCount(), 4);
    model.add({"sha256-" + std::string(64, 'a') + ".sig", "sha256-short"});
    QCOMPARE(filter.rowCount(), 5); // signatures are shown beside their image
    filter.setWords(QStringLiteral("sha256 .sig"));
    QCOMPARE(filter.rowCount(), 1);
}

void TagModelsTest::attestationsAreOfTheirImage()
{
    TagDetailsModel model;
    const QAbstractItemModelTester tester(&model, FailureMode::QtTest);
    model.setTag("1.0", indexOutline());
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(root.data().toString(), QStringLiteral("1.0: index of 2 platforms"));
    QVERIFY(model.isIndex(root));
    QCOMPARE(model.rowCount(root), 2);
    const QModelIndex amd64 = model.index(0, 0, root);
    const QModelIndex arm = model.index(1, 0, root);
    QCOMPARE(arm.data().toString(), QStringLiteral("linux/arm/v7"));
    QCOMPARE(model.rowCount(amd64), 0);
    QCOMPARE(model.rowCount(arm), 1);
    QCOMPARE(model.kind(model.index(0, 0, arm)), TagDetailsModel::Kind::Attached);
    QCOMPARE(model.descriptor(amd64).digest.text(), digestOf('b').text());
}

void TagModelsTest::branchesAreFilledWhenAskedFor()
{
    TagDetailsModel model;
    const QAbstractItemModelTester tester(&model, FailureMode::QtTest);
    model.setTag("1.0", indexOutline());
    const QPersistentModelIndex image = model.index(0, 0, model.index(0, 0));
    QVERIFY(!model.isAsked(image));
    model.setAsking(image);
    QVERIFY(model.isAsked(image));
    QCOMPARE(model.rowCount(image), 1);
    model.setProblem(image, QStringLiteral("refused"));
    QVERIFY(!model.isAsked(image));
    QCOMPARE(model.index(0, 0, image).data().toString(), QStringLiteral("refused"));

    model.setAsking(image);
    ReferrerPage page;
    Referrer signature;
    signature.kind = Referrer::Kind::Signature;
    signature.descriptor.digest = digestOf('e');
    signature.tag = "sha256-b.sig";
    page.referrers = {signature};
    page.next = "more";
    model.addReferrers(image, page);
    QCOMPARE(model.rowCount(image), 2);
    const QPersistentModelIndex referrer = model.index(0, 0, image);
    QCOMPARE(referrer.data().toString(), QStringLiteral("Signature · tag sha256-b.sig"));
    QVERIFY(model.index(1, 0, image).data().toString().contains(QStringLiteral("more")));

    Descriptor part;
    part.digest = digestOf('f');
    part.size = 1200;
    part.annotations["in-toto.io/predicate-type"] = "https://spdx.dev/Document";
    model.setAsking(referrer);
    model.setParts(referrer, {part});
    QCOMPARE(model.rowCount(referrer), 1);
    const QModelIndex row = model.index(0, 0, referrer);
    QCOMPARE(model.kind(row), TagDetailsModel::Kind::Part);
    QVERIFY(row.data().toString().contains(QStringLiteral("https://spdx.dev/Document")));
    QCOMPARE(row.siblingAtColumn(TagDetailsModel::SizeColumn).data().toString(),
             QStringLiteral("1.20 kB"));
}

void TagModelsTest::nothingIsSaidToBeNothing()
{
    TagDetailsModel model;
    TagOutline image;
    image.digest = digestOf('a');
    model.setTag("x", image);
    const QModelIndex root = model.index(0, 0);
    model.setAsking(root);
    model.addReferrers(root, {});
    QCOMPARE(model.rowCount(root), 1);
    QCOMPARE(model.kind(model.index(0, 0, root)), TagDetailsModel::Kind::Note);
}

void TagModelsTest::hostileNamesAreEscaped()
{
    const std::string hostile = "a\x1b[31m\xe2\x80\xae<b>";
    TagsModel tags;
    tags.add({hostile});
    QVERIFY(!textOf(tags, 0, TagsModel::TagColumn).contains(QChar(0x1b)));
    QVERIFY(!textOf(tags, 0, TagsModel::TagColumn).contains(QChar(0x202e)));
    QCOMPARE(tags.tag(0), hostile); // what the registry is asked with
    TagDetailsModel details;
    details.setTag(hostile, indexOutline());
    const QModelIndex root = details.index(0, 0);
    QVERIFY(!root.data().toString().contains(QChar(0x202e)));
    QVERIFY(!root.data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
}

void TagModelsTest::jsonIsIndented_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("object") << QByteArray(R"({"a":1.50,"b":[true,{}]})")
                            << QStringLiteral(
                                   "{\n  \"a\": 1.50,\n  \"b\": [\n    true,\n    {}\n  ]\n}");
    QTest::newRow("blanks fall away")
        << QByteArray("[ 1 ,\n 2 , [ ] ]") << QStringLiteral("[\n  1,\n  2,\n  []\n]");
    QTest::newRow("strings stay") << QByteArray(R"(["a: {\"b\", c]"])")
                                  << QStringLiteral("[\n  \"a: {\\\"b\\\", c]\"\n]");
    QTest::newRow("no JSON") << QByteArray("-----BEGIN\nx") << QStringLiteral("-----BEGIN\nx");
    QTest::newRow("controls") << QByteArray("a\x1b[0m") << QStringLiteral("a\\x1b[0m");
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TagModelsTest::jsonIsIndented()
{
    QFETCH(QByteArray, text);
    QTEST(indentedJson(text.toStdString()), "expected");
}

QTEST_MAIN(TagModelsTest)
#include "tst_tagmodels.moc"
