// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "tests/support/tarwriter.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>

using namespace cutaway;

namespace {

constexpr const char *kSecret = "Zu4mPq7Wx9Kd2Lr5";

/// An image that has the same secret wherever one can stand.
std::string archiveWithSecrets()
{
    const std::string secret = kSecret;
    const std::string layer =
        test::TarWriter().file("app/.env", "DB_PASSWORD=" + secret + "\n").finish();
    const std::string other = test::TarWriter().file("app/run", "#!/bin/sh\n").finish();
    const std::string steps = R"({"created_by":"RUN /bin/sh -c curl -u deploy:)" + secret
                              + R"( https://example.org/x -o /x # buildkit"},)"
                                R"({"created_by":"|1 NPM_TOKEN=)"
                              + secret + R"( /bin/sh -c mysql -proot --password=)" + secret
                              + R"( < x"},{"created_by":"ENV DB_PASSWORD=)" + secret
                              + R"(","empty_layer":true})";
    test::TarWriter archive;
    archive.file("one.tar", layer);
    archive.file("two.tar", other);
    archive.file("config.json",
                 R"({"os":"linux","architecture":"amd64","config":{"Env":["DB_PASSWORD=)" + secret
                     + R"("],"Cmd":["app","--password=)" + secret
                     + R"("],"Labels":{"db.password":")" + secret + R"("}},"history":[)" + steps
                     + R"(],"rootfs":{"type":"layers","diff_ids":["sha256:)" + sha256Hex(layer)
                     + R"(","sha256:)" + sha256Hex(other) + R"("]}})");
    archive.file("manifest.json",
                 R"([{"Config":"config.json","RepoTags":["a:1"],"Layers":["one.tar","two.tar"]}])");
    return archive.finish();
}

void addModel(const QAbstractItemModel &model, const QModelIndex &parent, QStringList &texts)
{
    constexpr int kRoles[] = {Qt::DisplayRole,
                              Qt::EditRole,
                              Qt::ToolTipRole,
                              Qt::StatusTipRole,
                              Qt::WhatsThisRole,
                              Qt::AccessibleTextRole,
                              Qt::AccessibleDescriptionRole};
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : kRoles) {
                texts << index.data(role).toString();
            }
        }
        addModel(model, model.index(row, 0, parent), texts);
    }
}

/// All that the window says, whether it is to be seen now or not.
QString textsOf(const QWidget &window)
{
    QStringList texts;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        texts << widget->toolTip() << widget->whatsThis() << widget->accessibleName()
              << widget->accessibleDescription();
    }
    for (const auto *label : window.findChildren<QLabel *>()) {
        texts << label->text();
    }
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        texts << button->text();
    }
    for (const auto *line : window.findChildren<QLineEdit *>()) {
        texts << line->text();
    }
    for (const auto *edit : window.findChildren<QPlainTextEdit *>()) {
        texts << edit->toPlainText();
    }
    for (const auto *edit : window.findChildren<QTextEdit *>()) {
        texts << edit->toPlainText();
    }
    for (const auto *action : window.findChildren<QAction *>()) {
        texts << action->text() << action->toolTip();
    }
    for (const auto *view : window.findChildren<QAbstractItemView *>()) {
        if (view->model() != nullptr) {
            addModel(*view->model(), {}, texts);
        }
    }
    return texts.join(QLatin1Char('\n'));
}

/// The line that has it, to be told.
QString lineWithSecret(const QString &texts)
{
    for (const QString &line : texts.split(QLatin1Char('\n'))) {
        if (line.contains(QLatin1String(kSecret))) {
            return line;
        }
    }
    return {};
}

} // namespace

class TestWindowSecrets : public QObject
{
    Q_OBJECT

private slots:
    void areShownNowhere();
};

/// Whatever is chosen: nobody asked for the value.
void TestWindowSecrets::areShownNowhere()
{
    const QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("config")).toLocal8Bit());
    const QString path = home.filePath(QStringLiteral("secrets.tar"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(archiveWithSecrets()));
    file.close();

    MainWindow window;
    window.show();
    window.open(path);
    QTRY_COMPARE(window.document().state(), Document::State::Ready);
    const QString texts = textsOf(window);
    QVERIFY2(texts.contains(QLatin1String("DB_PASSWORD")), "what the test looks at is there");
    QVERIFY(texts.contains(QLatin1String("example.org/x")));
    QCOMPARE(lineWithSecret(texts), QString());

    for (const char *view : {"layerList", "stepsView", "findingsView", "contractView"}) {
        auto *list = window.findChild<QAbstractItemView *>(QLatin1String(view));
        QVERIFY2(list != nullptr, view);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            QCoreApplication::processEvents();
            QCOMPARE(lineWithSecret(textsOf(window)), QString());
        }
    }
}

QTEST_MAIN(TestWindowSecrets)
#include "tst_windowsecrets.moc"
