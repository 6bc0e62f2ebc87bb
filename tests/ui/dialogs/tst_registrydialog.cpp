// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/registries.h"
#include "ui/dialogs/registry/registrydialog.h"
#include "ui/dialogs/registry/signindialog.h"
#include "ui/settings/settings.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace cutaway;

namespace {

Digest digestOf(char digit)
{
    return Digest::parse("sha256:" + std::string(64, digit)).value();
}

/// Answers in a registry's place, and remembers what it was asked.
class FakeAsker : public RegistryAsker
{
public:
    Result<NamePage> repositories(const std::string &host,
                                  const std::string &next,
                                  const Monitor &) override
    {
        note("repositories " + host + " " + next);
        if (host == "hub.test") {
            return fail(ErrorCode::Unsupported, "it does not list them");
        }
        if (host == "closed.test" && !m_isSignedIn) {
            return fail(ErrorCode::Unauthorized, "closed.test wants to know who you are");
        }
        return next.empty() ? NamePage{{"team/a", "team/b"}, "2"} : NamePage{{"team/c"}, {}};
    }
    Result<NamePage> tags(const RepositoryPlace &place,
                          const std::string &next,
                          const Monitor &monitor) override
    {
        note("tags " + place.path + " " + next);
        while (place.path == "slow" && !monitor.isCancelled()) {
            QTest::qSleep(5);
        }
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        return next.empty() ? NamePage{{"1.0", "1.1"}, "2"} : NamePage{{"2.0"}, {}};
    }
    Result<TagOutline> look(const RepositoryPlace &,
                            const std::string &reference,
                            const Monitor &) override
    {
        note("look " + reference);
        if (reference == "2.0") {
            return fail(ErrorCode::NotFound, "there is no tag 2.0 any more");
        }
        TagOutline outline;
        if (reference.starts_with("sha256:")) {
            outline.image.emplace();
            outline.image->created = "2024-05-02T10:00:00Z";
            outline.image->wireSize = 1000;
            return outline;
        }
        outline.digest = digestOf('a');
        outline.isIndex = true;
        for (const char *platform : {"linux/arm64", "windows/amd64"}) {
            Descriptor image;
            image.digest = digestOf(outline.images.empty() ? 'b' : 'c');
            image.platform = Platform::parse(platform).value();
            outline.images.push_back(image);
        }
        return outline;
    }
    Result<ReferrerPage> referrers(const RepositoryPlace &,
                                   const Digest &subject,
                                   const std::string &,
                                   const Monitor &) override
    {
        note("referrers " + subject.shortText());
        ReferrerPage page;
        if (subject.text() == digestOf('a').text()) {
            Referrer bill;
            bill.kind = Referrer::Kind::Sbom;
            bill.descriptor.digest = digestOf('d');
            page.referrers = {bill};
        }
        return page;
    }
    Result<std::vector<Descriptor>> parts(const RepositoryPlace &,
                                          const Digest &,
                                          const Monitor &) override
    {
        Descriptor part;
        part.digest = digestOf('e');
        part.mediaType = "application/spdx+json";
        return std::vector{part};
    }
    Result<AttachedText> text(const RepositoryPlace &, const Descriptor &, const Monitor &) override
    {
        AttachedText text;
        text.text = R"({"spdxVersion":"SPDX-2.3"})";
        return text;
    }
    Result<SignIn> signIn(const std::string &,
                          const std::string &,
                          const std::string &password,
                          const Monitor &) override
    {
        if (password == "nowhere") {
            return fail(ErrorCode::Unsupported, "there is no keyring");
        }
        m_isSignedIn = password == "right";
        return m_isSignedIn ? Result<SignIn>(SignIn{})
                            : fail(ErrorCode::Unauthorized, "the registry refuses them");
    }
    std::string connectionText(const std::string &) override { return "not signed in"; }
    void forget(const std::string &) override {}

    std::vector<std::string> asked() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_asked;
    }
    int count(const std::string &what) const
    {
        const std::vector<std::string> all = asked();
        return static_cast<int>(std::ranges::count(all, what));
    }

private:
    void note(std::string what)
    {
        const std::scoped_lock lock(m_mutex);
        m_asked.push_back(std::move(what));
    }

    std::atomic<bool> m_isSignedIn = false;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_asked;
};

} // namespace

class RegistryDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void hostsAndRepositoriesAreAdded();
    void wrongNamesAreNotAdded();
    void catalogComesInPages();
    void whoDoesNotListSaysSo();
    void tagsComeInPages();
    void choosingATagAsksForIt();
    void statementsAreReadable();
    void tagsAreLookedAtOnRequest();
    void opensAndCompares();
    void refusalsOfferToSignIn();
    void anotherRepositoryCancels();
    void everythingHasAName();
    void signInIsTestedFirst();
    void browsesARealRegistry();

private:
    template<typename Widget>
    Widget &named(const char *name) const
    {
        auto *widget = m_dialog->findChild<Widget *>(QLatin1String(name));
        if (widget == nullptr) {
            qFatal("no %s", name);
        }
        return *widget;
    }
    QTreeView &tree() const { return named<QTreeView>("registryTree"); }
    QTreeView &tags() const { return named<QTreeView>("tagList"); }
    QTreeView &details() const { return named<QTreeView>("tagDetails"); }
    QString footer() const { return named<QLabel>("tagCount").text(); }
    void add(const QString &text) const;
    bool listTags(const QString &repository);
    void chooseTag(int row) const;

    QTemporaryDir m_home;
    std::shared_ptr<FakeAsker> m_asker;
    std::unique_ptr<RegistryDialog> m_dialog;
};

void RegistryDialogTest::initTestCase()
{
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_home.path());
}

void RegistryDialogTest::init()
{
    settings::setRegistries({});
    m_asker = std::make_shared<FakeAsker>();
    m_dialog = std::make_unique<RegistryDialog>(m_asker);
    m_dialog->show();
}

void RegistryDialogTest::cleanup()
{
    m_dialog.reset();
}

void RegistryDialogTest::add(const QString &text) const
{
    named<QLineEdit>("registryAdd").setText(text);
    named<QPushButton>("registryAddButton").click();
}

bool RegistryDialogTest::listTags(const QString &repository)
{
    add(repository);
    return QTest::qWaitFor([this] { return tags().model()->rowCount() > 0; });
}

void RegistryDialogTest::chooseTag(int row) const
{
    tags().setCurrentIndex(tags().model()->index(row, 0));
}

void RegistryDialogTest::hostsAndRepositoriesAreAdded()
{
    add(QStringLiteral("https://reg.test/"));
    add(QStringLiteral("docker://ghcr.test/org/app:1.2"));
    add(QStringLiteral("debian"));
    QCOMPARE(settings::registries(),
             (QStringList{QStringLiteral("reg.test"),
                          QStringLiteral("ghcr.test"),
                          QStringLiteral("ghcr.test/org/app"),
                          QStringLiteral("docker.io"),
                          QStringLiteral("docker.io/library/debian")}));
    named<QPushButton>("registryRemove").click(); // the typed repository, which is chosen
    QCOMPARE(settings::registries().size(), 4);
    m_dialog = std::make_unique<RegistryDialog>(m_asker);
    QCOMPARE(tree().model()->rowCount(), 3); // kept from one time to the next
}

void RegistryDialogTest::wrongNamesAreNotAdded()
{
    add(QStringLiteral("org//app"));
    add(QStringLiteral("  "));
    QCOMPARE(settings::registries(), QStringList());
    QCOMPARE(named<QLineEdit>("registryAdd").text(), QStringLiteral("  ")); // to be mended
}

void RegistryDialogTest::catalogComesInPages()
{
    add(QStringLiteral("reg.test"));
    const QModelIndex host = tree().model()->index(0, 0);
    QTRY_COMPARE(tree().model()->rowCount(host), 3); // two, and the next page
    QCOMPARE(m_asker->count("repositories reg.test 2"), 0);
    emit tree().activated(tree().model()->index(2, 0, host));
    QTRY_COMPARE(m_asker->count("repositories reg.test 2"), 1);
    QTRY_COMPARE(tree().model()->index(2, 0, host).data().toString(), QStringLiteral("team/c"));
    QCOMPARE(named<QLabel>("registryConnection").text(), QStringLiteral("reg.test: not signed in"));
}

void RegistryDialogTest::whoDoesNotListSaysSo()
{
    add(QStringLiteral("hub.test"));
    const QModelIndex host = tree().model()->index(0, 0);
    QTRY_VERIFY(
        tree().model()->index(0, 0, host).data().toString().contains(QStringLiteral("type one")));
    QVERIFY(named<QWidget>("registryProblem").isHidden()); // nothing is wrong
}

void RegistryDialogTest::tagsComeInPages()
{
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    QCOMPARE(tags().model()->rowCount(), 2);
    QVERIFY(footer().contains(QStringLiteral("there are more")));
    QCOMPARE(m_asker->count("tags org/app 2"), 0); // not before somebody wants them
    named<QPushButton>("moreTags").click();
    QTRY_COMPARE(tags().model()->rowCount(), 3);
    QVERIFY(!named<QPushButton>("moreTags").isEnabled());
    named<QLineEdit>("filter").setText(QStringLiteral("1."));
    QCOMPARE(footer(), QStringLiteral("2 of 3 tags"));
    QCOMPARE(m_asker->count("look 1.0"), 0);
}

void RegistryDialogTest::choosingATagAsksForIt()
{
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    chooseTag(1);
    QTRY_COMPARE(details().model()->rowCount(), 1);
    QCOMPARE(m_asker->count("look 1.1"), 1);
    QCOMPARE(m_asker->count("look 1.0"), 0);
    const QModelIndex root = details().model()->index(0, 0);
    QTRY_COMPARE(details().model()->rowCount(root), 3); // two platforms, and the index's bill
    QCOMPARE(tags().model()->index(1, 1).data().toString(), QStringLiteral("2024-05-02 10:00"));
    chooseTag(0);
    QTRY_COMPARE(m_asker->count("look 1.0"), 1);
    chooseTag(1);
    QCOMPARE(details().model()->rowCount(), 1);
    QCOMPARE(m_asker->count("look 1.1"), 1); // what is known is not asked again
}

void RegistryDialogTest::statementsAreReadable()
{
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    chooseTag(0);
    QTRY_COMPARE(details().model()->rowCount(), 1);
    const QModelIndex root = details().model()->index(0, 0);
    // Until the registry has answered, something else stands there.
    QTRY_COMPARE(details().model()->index(2, 0, root).data().toString(),
                 QStringLiteral("Bill of materials (SBOM)"));
    details().setCurrentIndex(details().model()->index(2, 0, root));
    auto &text = named<QPlainTextEdit>("attachedText");
    QTRY_COMPARE(text.toPlainText(), QStringLiteral("{\n  \"spdxVersion\": \"SPDX-2.3\"\n}"));
    QVERIFY(text.isReadOnly());
    QVERIFY(named<QLabel>("attachedAbout").text().contains(QStringLiteral("not verified")));
}

void RegistryDialogTest::tagsAreLookedAtOnRequest()
{
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    named<QPushButton>("moreTags").click();
    QTRY_COMPARE(tags().model()->rowCount(), 3);
    named<QPushButton>("lookAtTags").click();
    const auto created = [this](int row) {
        return tags().model()->index(row, 1).data().toString();
    };
    QTRY_COMPARE(created(1), QStringLiteral("2024-05-02 10:00"));
    QTRY_COMPARE(created(2), QStringLiteral("there is no tag 2.0 any more"));
    QVERIFY(named<QWidget>("registryProblem").isHidden()); // it is said where it is
}

void RegistryDialogTest::opensAndCompares()
{
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    QSignalSpy opened(m_dialog.get(), &RegistryDialog::openWanted);
    QSignalSpy compared(m_dialog.get(), &RegistryDialog::compareWanted);
    QVERIFY(!named<QPushButton>("openTag").isEnabled());
    chooseTag(0);
    QTRY_COMPARE(details().model()->rowCount(), 1);
    details().setCurrentIndex(
        details().model()->index(0, 0, details().model()->index(0, 0))); // linux/arm64
    named<QPushButton>("openTag").click();
    const auto request = opened.at(0).at(0).value<OpenRequest>();
    QCOMPARE(request.reference, QStringLiteral("docker://hub.test/org/app:1.0"));
    QCOMPARE(request.platform.text(), std::string("linux/arm64"));
    QVERIFY(!named<QPushButton>("compareTags").isEnabled());
    tags().selectAll();
    QVERIFY(!named<QPushButton>("openTag").isEnabled());
    named<QPushButton>("compareTags").click();
    QCOMPARE(compared.at(0).at(0).value<OpenRequest>().reference,
             QStringLiteral("docker://hub.test/org/app:1.0"));
    QCOMPARE(compared.at(0).at(1).value<OpenRequest>().reference,
             QStringLiteral("docker://hub.test/org/app:1.1"));
    named<QPushButton>("copyReference").click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("docker://hub.test/org/app:1.0\ndocker://hub.test/org/app:1.1"));
}

void RegistryDialogTest::refusalsOfferToSignIn()
{
    QSignalSpy wanted(m_dialog.get(), &RegistryDialog::signInWanted);
    add(QStringLiteral("closed.test"));
    QTRY_VERIFY(named<QWidget>("registryProblem").isVisible());
    QVERIFY(named<QLabel>("registryProblemText")
                .text()
                .startsWith(QStringLiteral("closed.test wants to know who you are")));
    named<QPushButton>("problemSignIn").click();
    QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("closed.test"));
    const Monitor monitor;
    QVERIFY(m_asker->signIn("closed.test", "me", "right", monitor));
    m_dialog->signedIn(QStringLiteral("closed.test"));
    QVERIFY(named<QWidget>("registryProblem").isHidden());
    const QModelIndex host = tree().model()->index(0, 0);
    QTRY_COMPARE(tree().model()->index(0, 0, host).data().toString(), QStringLiteral("team/a"));
}

void RegistryDialogTest::anotherRepositoryCancels()
{
    add(QStringLiteral("hub.test/slow"));
    QTRY_COMPARE(m_asker->count("tags slow "), 1);
    QVERIFY(listTags(QStringLiteral("hub.test/org/app")));
    QCOMPARE(named<QLabel>("registryTitle").text(), QStringLiteral("hub.test/org/app"));
}

void RegistryDialogTest::everythingHasAName()
{
    for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        const bool takesKeys =
            (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisibleTo(m_dialog.get());
        if (!takesKeys || widget->inherits("QLabel")) { // a label is its text
            continue;
        }
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool hasWords = button != nullptr && !button->text().isEmpty();
        QVERIFY2(
            hasWords || !widget->accessibleName().isEmpty(),
            qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
    }
}

void RegistryDialogTest::signInIsTestedFirst()
{
    SignInDialog dialog(m_asker, QStringLiteral("closed.test"));
    const auto field = [&dialog](const char *name) {
        return dialog.findChild<QLineEdit *>(QLatin1String(name));
    };
    auto *ok = dialog.findChild<QPushButton *>(QStringLiteral("signInOk"));
    auto *problem = dialog.findChild<QLabel *>(QStringLiteral("signInProblem"));
    QCOMPARE(field("signInHost")->text(), QStringLiteral("closed.test"));
    QCOMPARE(field("signInPassword")->echoMode(), QLineEdit::Password);
    QVERIFY(!ok->isEnabled());
    field("signInUser")->setText(QStringLiteral("me"));
    field("signInPassword")->setText(QStringLiteral("wrong"));
    ok->click();
    QVERIFY(!ok->isEnabled()); // once is enough
    QTRY_VERIFY(!problem->isHidden());
    QVERIFY(problem->text().startsWith(QStringLiteral("the registry refuses them")));
    QVERIFY(!problem->text().contains(QStringLiteral("wrong")));
    field("signInPassword")->setText(QStringLiteral("nowhere"));
    ok->click();
    QTRY_VERIFY(problem->text().contains(QStringLiteral("no keyring")));
    QCOMPARE(dialog.result(), int{QDialog::Rejected});
    field("signInPassword")->setText(QStringLiteral("right"));
    ok->click();
    QTRY_COMPARE(dialog.result(), int{QDialog::Accepted});
    QCOMPARE(field("signInPassword")->text(), QString());
}

void RegistryDialogTest::browsesARealRegistry()
{
    const QString skopeo = QStandardPaths::findExecutable(QStringLiteral("skopeo"));
    test::DockerRegistry registry;
    if (skopeo.isEmpty()
        || QStandardPaths::findExecutable(QStringLiteral("docker-registry")).isEmpty()) {
        QSKIP("docker-registry and skopeo are needed");
    }
    QVERIFY(registry.start());
    const QString address = QString::fromStdString(registry.address());
    const QString sample = qEnvironmentVariable("CUTAWAY_SAMPLE");
    for (const char *tag : {"1.0", "latest"}) {
        const QStringList arguments = {
            QStringLiteral("copy"),
            QStringLiteral("--dest-tls-verify=false"),
            QStringLiteral("docker-archive:") + sample,
            QStringLiteral("docker://%1/team/app:%2").arg(address, QLatin1String(tag))};
        QCOMPARE(QProcess::execute(skopeo, arguments), 0);
    }
    m_dialog = std::make_unique<RegistryDialog>(networkAsker());
    m_dialog->show();
    add(address);
    const QModelIndex host = tree().model()->index(0, 0);
    QTRY_COMPARE_WITH_TIMEOUT(
        tree().model()->index(0, 0, host).data().toString(), QStringLiteral("team/app"), 20'000);
    tree().setCurrentIndex(tree().model()->index(0, 0, host));
    QTRY_COMPARE_WITH_TIMEOUT(tags().model()->rowCount(), 2, 20'000);
    chooseTag(0);
    QTRY_COMPARE_WITH_TIMEOUT(details().model()->rowCount(), 1, 20'000);
    QVERIFY(!tags().model()->index(0, 2).data().toString().isEmpty()); // its size
    const QModelIndex root = details().model()->index(0, 0);
    QTRY_VERIFY(details()
                    .model()
                    ->index(0, 0, root)
                    .data()
                    .toString()
                    .startsWith(QStringLiteral("No signatures")));
    registry.stop();
    named<QPushButton>("lookAtTags").click();
    QTRY_VERIFY_WITH_TIMEOUT(named<QWidget>("registryProblem").isVisible(), 60'000);
    QVERIFY(named<QLabel>("registryProblemText").text().contains(QStringLiteral("connection")));
}

QTEST_MAIN(RegistryDialogTest)
#include "tst_registrydialog.moc"
