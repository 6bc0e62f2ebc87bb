// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/elfwriter.h"
#include "tests/support/tarwriter.h"
#include "ui/code/codepairview.h"
#include "ui/code/codeview.h"
#include "ui/code/pictureview.h"
#include "ui/delegates/emptystate.h"
#include "ui/dialogs/diffdialog.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/previewjob.h"
#include "ui/panels/preview/previewpanel.h"

#include <QBuffer>
#include <QComboBox>
#include <QLabel>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// Nobody's, though it looks like one.
const std::string kSecret = "Zu4mPq7Wx9Kd2Lr5";

std::string pictureOf(int width, int height, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(width, height, format);
    image.fill(0);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toStdString();
}

Inspected sample(const Folder &folder)
{
    TestImage image;
    image.layers = {TarWriter()
                        .file("etc/run.sh", "#!/bin/sh\nif true; then\necho old\nfi\n")
                        .file("etc/blob", std::string("\0\1\2", 3))
                        .file("bin/tool", elfOf({.needed = {"libc.so.6"}, .symbolBytes = 100}))
                        .file("logo.png", pictureOf(20, 10))
                        .file("long.txt", std::string(400'000, 'x') + "\nend\n")
                        .file("empty", "")
                        .file("app/.env", "DB_PASSWORD=" + kSecret + "\n")
                        .symlink("link", "etc/run.sh")
                        .directory("d/")
                        .finish(),
                    TarWriter()
                        .file("etc/run.sh", "#!/bin/sh\nif true; then\necho new \x1b[0m\nfi\n")
                        .finish()};
    for (const std::string &layer : image.layers) {
        image.blobs.push_back(gzip(layer));
        image.mediaTypes.emplace_back("application/vnd.oci.image.layer.v1.tar+gzip");
        image.diffIds.push_back("sha256:" + sha256Hex(layer));
    }
    Monitor monitor;
    auto inspected =
        inspect(pathReference(folder.write("i.tar", tarOf(ociFiles(image)))), {}, monitor);
    return inspected ? *inspected : Inspected{};
}

struct Stage
{
    Folder folder;
    Document document;
    Selection selection;
    PreviewPanel panel{document, selection};

    Stage()
    {
        document.beginLoading(QStringLiteral("test"));
        document.finish(sample(folder));
        panel.resize(700, 400);
        panel.show();
    }
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return panel.findChild<Widget *>(QLatin1String(name));
    }
    QString text() const
    {
        const auto *state = panel.findChild<EmptyState *>();
        return state->isEmpty() ? QString() : find<CodeView>("previewText")->toPlainText();
    }
    QString problem() const
    {
        const auto *state = panel.findChild<EmptyState *>();
        return state->isEmpty() ? find<QLabel>("emptyState")->text() : QString();
    }
    QString words() const { return find<QLabel>("previewWords")->text(); }
    void act() { emit panel.findChild<EmptyState *>()->actionActivated(); }
};

} // namespace

class TestPreviewPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void showsTextEscaped();
    void showsVersions();
    void showsWhatSuitsTheFile();
    void showsMoreOnDemand();
    void saysWhatHasNoContent();
    void followsLinks();
    void secretsAreShownOnAskingAlone();
    void readsNothingWhileHidden();
    void picturesAreBounded();
    void longTextsAreFilledInSlices();
    void differences();
    void differencesOfSecrets();
};

void TestPreviewPanel::showsTextEscaped()
{
    Stage stage;
    QVERIFY(stage.problem().contains(QLatin1String("Choose a file")));
    stage.selection.selectPath("/etc/run.sh");
    QTRY_COMPARE(stage.text(), QStringLiteral("#!/bin/sh\nif true; then\necho new \\x1b[0m\nfi"));
    QCOMPARE(stage.words(), QStringLiteral("UTF-8 · shell · 4 lines · 41 B"));
    const auto &rows = stage.find<CodeView>("previewText")->rows();
    QCOMPARE(rows[1].tokens.size(), std::size_t{2});
    QCOMPARE(rows[2].escapes.size(), std::size_t{1});
}

void TestPreviewPanel::showsVersions()
{
    Stage stage;
    stage.selection.selectPath("/etc/run.sh");
    QTRY_VERIFY(stage.text().contains(QLatin1String("new")));
    const auto *versions = stage.find<QComboBox>("previewVersion");
    QCOMPARE(versions->count(), 2);
    QCOMPARE(versions->currentIndex(), 1);
    emit const_cast<QComboBox *>(versions)->activated(0);
    QCOMPARE(stage.selection.place().layer, std::optional<LayerIndex>(0));
    QTRY_VERIFY(stage.text().contains(QLatin1String("old")));
    QCOMPARE(versions->currentIndex(), 0);
    QVERIFY(stage.find<QToolButton>("previewCompare")->isVisible());
    stage.selection.selectPath("/etc/blob");
    QTRY_VERIFY(!stage.find<QToolButton>("previewCompare")->isVisible());
}

void TestPreviewPanel::showsWhatSuitsTheFile()
{
    Stage stage;
    stage.selection.selectPath("/bin/tool");
    const auto *summary = stage.find<QTreeView>("previewSummary");
    QTRY_VERIFY(summary->isVisible());
    QVERIFY(stage.words().startsWith(QLatin1String("ELF, x86-64")));
    QVERIFY(!stage.find<QToolButton>("showText")->isVisible());
    stage.find<QToolButton>("showBytes")->click();
    QVERIFY(stage.find<CodeView>("previewBytes")
                ->toPlainText()
                .startsWith(QLatin1String("7f 45 4c 46")));
    stage.find<QToolButton>("showSummary")->click();

    stage.selection.selectPath("/logo.png");
    QTRY_VERIFY(stage.find<PictureView>("previewPicture")->isVisible());
    QCOMPARE(stage.find<PictureView>("previewPicture")->picture().size(), QSize(20, 10));
    QVERIFY(stage.words().contains(QStringLiteral("20 × 10")));

    stage.selection.selectPath("/etc/blob");
    QTRY_VERIFY(stage.find<CodeView>("previewBytes")->isVisible());
    QVERIFY(stage.words().startsWith(QLatin1String("no text")));
}

void TestPreviewPanel::showsMoreOnDemand()
{
    Stage stage;
    stage.selection.selectPath("/long.txt");
    auto *more = stage.find<QToolButton>("previewMore");
    QTRY_VERIFY(more->isVisible());
    QVERIFY2(stage.words().contains(QLatin1String("the first 262 kB of 400 kB")),
             qPrintable(stage.words()));
    more->click();
    QTRY_VERIFY(stage.text().endsWith(QLatin1String("end")));
    QVERIFY(!more->isVisible());
}

void TestPreviewPanel::saysWhatHasNoContent()
{
    Stage stage;
    stage.selection.selectPath("/d");
    QTRY_VERIFY(stage.problem().contains(QLatin1String("directory")));
    stage.selection.selectPath("/empty");
    QTRY_VERIFY(stage.problem().contains(QLatin1String("empty")));
    stage.selection.selectPath("/nowhere");
    QTRY_VERIFY(stage.problem().contains(QLatin1String("no layer")));
    stage.document.clear();
    QTRY_VERIFY(stage.problem().contains(QLatin1String("Choose a file")));
}

void TestPreviewPanel::followsLinks()
{
    Stage stage;
    stage.selection.selectPath("/link");
    QTRY_VERIFY(stage.problem().contains(QLatin1String("etc/run.sh")));
    stage.act();
    QCOMPARE(stage.selection.place().path, QByteArray("/etc/run.sh"));
}

void TestPreviewPanel::secretsAreShownOnAskingAlone()
{
    const QString secret = QString::fromStdString(kSecret);
    Stage stage;
    stage.selection.selectPath("/app/.env");
    QTRY_VERIFY(stage.problem().contains(QLatin1String("secret")));
    auto *text = stage.find<CodeView>("previewText");
    QVERIFY(!text->toPlainText().contains(secret));
    stage.act();
    QTRY_VERIFY(stage.text().contains(secret));
    QCOMPARE(text->textInteractionFlags(), Qt::NoTextInteraction); // so that nothing copies it
    stage.selection.selectPath("/d");
    QVERIFY2(!text->toPlainText().contains(secret), "at once");
    stage.selection.selectPath("/app/.env");
    QTRY_VERIFY2(stage.problem().contains(QLatin1String("secret")), "asked anew");
    stage.act();
    QTRY_VERIFY(stage.text().contains(secret));
    stage.panel.hide();
    QVERIFY(!text->toPlainText().contains(secret));
    stage.panel.show();
    QTRY_VERIFY(stage.problem().contains(QLatin1String("secret")));
}

void TestPreviewPanel::readsNothingWhileHidden()
{
    Stage stage;
    stage.panel.hide();
    stage.selection.selectPath("/etc/run.sh");
    QTest::qWait(150);
    QVERIFY(stage.find<CodeView>("previewText")->toPlainText().isEmpty());
    stage.panel.show();
    QTRY_VERIFY(stage.text().contains(QLatin1String("new")));
}

void TestPreviewPanel::picturesAreBounded()
{
    const DecodedPicture large = decodePicture(pictureOf(3000, 30), "png");
    QCOMPARE(large.size, QSize(3000, 30));
    QCOMPARE(large.picture.width(), 2048);
    QVERIFY(decodePicture("no picture", "png").picture.isNull());
    QVERIFY2(decodePicture(pictureOf(5, 5), "gif").picture.isNull(),
             "the format that was told alone");
    const DecodedPicture refused = decodePicture(pictureOf(5200, 5000, QImage::Format_Mono), "png");
    QVERIFY(refused.picture.isNull());
    QVERIFY2(refused.problem.contains(QLatin1String("pixels")), qPrintable(refused.problem));
    std::string cut = pictureOf(300, 300);
    cut.resize(cut.size() / 2);
    QVERIFY(!decodePicture(cut, "png").problem.isEmpty()
            || !decodePicture(cut, "png").picture.isNull());
}

void TestPreviewPanel::longTextsAreFilledInSlices()
{
    CodeView view;
    std::vector<CodeRow> rows(5000);
    for (CodeRow &row : rows) {
        row.text = "x";
    }
    rows.back().text = "last";
    view.setRows(rows);
    QVERIFY(view.blockCount() < 5000); // the window answers in between
    QTRY_COMPARE(view.blockCount(), 5000);
    QVERIFY(view.toPlainText().endsWith(QLatin1String("x\nlast")));
    view.setRows({});
    QVERIFY(view.toPlainText().isEmpty());
}

void TestPreviewPanel::differences()
{
    const Folder folder;
    const Inspected image = sample(folder);
    const PathTree &tree = *image.inspection->image->tree;
    const NodeId node = tree.find("/etc/run.sh");
    DiffDialog dialog(image, node, kNone);
    dialog.show();
    const auto *before = dialog.findChild<CodeView *>(QStringLiteral("codeBefore"));
    const auto *after = dialog.findChild<CodeView *>(QStringLiteral("codeAfter"));
    QTRY_VERIFY(after->toPlainText().contains(QLatin1String("new")));
    QVERIFY(before->toPlainText().contains(QLatin1String("echo old")));
    QCOMPARE(before->rows()[2].mark, CodeRow::Mark::Changed);
    const auto *words = dialog.findChild<QLabel *>(QStringLiteral("diffWords"));
    QCOMPARE(words->text(), QStringLiteral("Change 1 of 1 · 1 line removed · 1 line added"));
    dialog.findChild<QComboBox *>(QStringLiteral("diffAfter"))->setCurrentIndex(0);
    const auto *state = dialog.findChild<EmptyState *>();
    QTRY_VERIFY(state->isEmpty()
                && dialog.findChild<QLabel *>(QStringLiteral("emptyState"))
                       ->text()
                       .contains(QLatin1String("the same in both")));

    DiffDialog bytes(image, tree.find("/etc/blob"), kNone);
    bytes.show();
    QTRY_VERIFY(bytes.findChild<QLabel *>(QStringLiteral("emptyState"))
                    ->text()
                    .contains(QLatin1String("no text")));
}

void TestPreviewPanel::differencesOfSecrets()
{
    const Folder folder;
    const Inspected image = sample(folder);
    DiffDialog dialog(image, image.inspection->image->tree->find("/app/.env"), kNone);
    dialog.show();
    const auto *after = dialog.findChild<CodeView *>(QStringLiteral("codeAfter"));
    QTest::qWait(100);
    QVERIFY(after->toPlainText().isEmpty());
    emit dialog.findChild<EmptyState *>()->actionActivated();
    QTRY_VERIFY(after->toPlainText().contains(QString::fromStdString(kSecret)));
    QCOMPARE(after->textInteractionFlags(), Qt::NoTextInteraction);
}

QTEST_MAIN(TestPreviewPanel)
#include "tst_previewpanel.moc"
