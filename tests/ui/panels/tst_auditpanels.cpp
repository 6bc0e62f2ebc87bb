// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/delegates/copying.h"
#include "ui/delegates/emptystate.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/roles.h"
#include "ui/panels/contract/contractpanel.h"
#include "ui/panels/findings/findingspanel.h"
#include "ui/panels/properties/propertiespanel.h"
#include "ui/panels/score/scorepanel.h"
#include "ui/panels/skipped/skippedpanel.h"
#include "ui/panels/steps/stepspanel.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;

namespace {

Finding findingOf(const char *rule, Severity severity, const char *summary, const char *fingerprint)
{
    Finding finding;
    finding.ruleId = rule;
    finding.severity = severity;
    finding.summary = summary;
    finding.fingerprint = fingerprint;
    return finding;
}

Inspected sample()
{
    Image image = test::imageOf({"file usr/a 1000 x\nfile usr/gone 500 y", "file usr/.wh.gone 0 -"},
                                {"ADD rootfs.tar /", "RUN rm /usr/gone"});
    image.config.user = "0";
    image.config.env = {"PATH=/bin", "DB_PASSWORD=hunter2"};
    auto inspection = std::make_shared<Inspection>();
    Finding gone =
        findingOf("layer/deleted-later", Severity::Medium, "500 B are deleted later.", "f1");
    gone.evidence = {{.layer = 0, .path = "/usr/gone", .bytes = 500},
                     {.text = "RUN rm", .layer = 1, .step = 1}};
    gone.bytes = 500;
    gone.points = 3;
    Finding root = findingOf("security/root-user", Severity::High, "It runs as root.", "f2");
    root.evidence = {{.text = "0", .field = "config.User"}};
    root.points = 15;
    Finding secret = findingOf("secret/env-var", Severity::Info, "A variable.", "f4");
    secret.evidence = {{.text = "DB_PASSWORD, a value of 7 bytes", .field = "config.Env"}};
    Finding known = findingOf("security/sudo", Severity::Low, "sudo is there.", "f3");
    known.suppressed = Suppression{"needed", {}, {}, "policy.yaml"};
    inspection->findings = {root, gone, secret, known};
    inspection->skipped = {{.ruleId = "supply/no-attestation", .reason = "there is no index"}};
    inspection->score.isKnown = true;
    inspection->score.value = 82;
    inspection->score.grade = 'B';
    inspection->score.penalties = {
        {.what = "security/root-user", .points = 15, .reason = "high, certain"},
        {.what = "bytes", .points = 3, .reason = "bytes"}};
    inspection->score.ceilings = {{.grade = 'B', .ruleId = "security/root-user"}};
    inspection->image = std::make_shared<const Image>(std::move(image));
    inspection->analysis = analyze(*inspection->image, Monitor()).value();
    return {inspection, nullptr};
}

struct Stage
{
    Document document;
    Selection selection;

    void open()
    {
        document.beginLoading(QStringLiteral("test"));
        document.finish(sample());
    }
};

template<typename Widget>
Widget &named(const QWidget &panel, const char *name)
{
    auto *widget = panel.findChild<Widget *>(QLatin1String(name));
    if (widget == nullptr) {
        qFatal("no %s", name);
    }
    return *widget;
}

QString emptyText(const QWidget &panel)
{
    const auto *state = panel.findChild<EmptyState *>();
    return state->isEmpty() ? panel.findChild<QLabel *>(QStringLiteral("emptyState"))->text()
                            : QString();
}

/// Opens a button's menu as a click would and chooses an entry by its words.
void chooseIn(QToolButton &button, const QString &words)
{
    emit button.menu()->aboutToShow();
    for (QAction *action : button.menu()->findChildren<QAction *>()) {
        if (action->text().remove(QLatin1Char('&')).startsWith(words)
            && action->menu() == nullptr) {
            action->trigger();
            return;
        }
    }
    qFatal("no such entry");
}

QString currentFinding(const QTreeView &view)
{
    return view.currentIndex().data(role::Finding).toString();
}

} // namespace

/// The panels of the audit.
class TestAuditPanels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void emptyPanelsSayWhatWouldBeHere();
    void findingsLeadToTheirPlace();
    void evidenceLeadsToItsBytes();
    void stepsAndFieldsFollow();
    void severitiesAndWordsFilter();
    void menusFilterAndGroup();
    void suppressedOnDemand();
    void findingsAreSuppressedOnDemand();
    void hiddenFindingsAreShownWhenChosen();
    void stepsThroughFindings();
    void copiesFixAndRows();
    void scoreCardLeadsToFindings();
    void propertiesLeadToFindings();
    void skippedRulesAreExplained();
    void valuesAreShownOnDemand();
    void contractNeverCopiesSecrets();
    void controlsHaveNames();
};

void TestAuditPanels::emptyPanelsSayWhatWouldBeHere()
{
    Stage stage;
    const FindingsPanel findings(stage.document, stage.selection);
    const ScorePanel score(stage.document, stage.selection);
    const PropertiesPanel properties(stage.document, stage.selection);
    const SkippedPanel skipped(stage.document, stage.selection);
    const QWidget *const panels[] = {&findings, &score, &properties, &skipped};
    for (const QWidget *panel : panels) {
        QVERIFY2(!emptyText(*panel).isEmpty(), qPrintable(panel->objectName()));
    }
    stage.open();
    for (const QWidget *panel : panels) {
        QVERIFY2(emptyText(*panel).isEmpty(), qPrintable(panel->objectName()));
    }
    stage.document.beginLoading(QStringLiteral("other"));
    for (const QWidget *panel : panels) {
        QVERIFY2(emptyText(*panel).contains(QLatin1String("once all layers are read")),
                 qPrintable(panel->objectName()));
    }
}

void TestAuditPanels::findingsLeadToTheirPlace()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    const auto &details = named<QTextBrowser>(panel, "findingDetails");
    QVERIFY(details.parentWidget()->isHidden());
    view.setCurrentIndex(view.model()->index(1, 0));
    QCOMPARE(stage.selection.place(),
             (Place{.path = "/usr/gone",
                    .layer = LayerIndex{0},
                    .view = ViewSpec::Kind::Layer,
                    .finding = QStringLiteral("f1")}));
    QVERIFY(!details.parentWidget()->isHidden());
    QVERIFY(details.toPlainText().contains(QLatin1String("500 B are deleted later.")));
    QVERIFY(details.toPlainText().contains(QLatin1String("+3 points when mended")));
    stage.selection.back();
    QVERIFY(!view.currentIndex().isValid());
    QVERIFY(details.parentWidget()->isHidden());
}

void TestAuditPanels::evidenceLeadsToItsBytes()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    const QModelIndex gone = view.model()->index(1, 0);
    view.setCurrentIndex(view.model()->index(1, 0, gone));
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f1"));
    QCOMPARE(stage.selection.place().step, std::optional<std::uint32_t>(1));
    QCOMPARE(stage.selection.place().layer, std::optional<LayerIndex>(1));
    auto &details = named<QTextBrowser>(panel, "findingDetails");
    emit details.anchorClicked(QUrl(QStringLiteral("evidence:0")));
    QCOMPARE(stage.selection.place().path, QByteArray("/usr/gone"));
    QCOMPARE(view.currentIndex().parent(), gone);
    const Place before = stage.selection.place();
    emit details.anchorClicked(QUrl(QStringLiteral("evidence:77")));
    QCOMPARE(stage.selection.place(), before);
}

void TestAuditPanels::stepsAndFieldsFollow()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    const StepsPanel steps(stage.document, stage.selection);
    const ContractPanel contract(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    view.setCurrentIndex(view.model()->index(0, 0));
    QCOMPARE(stage.selection.place().field, QStringLiteral("config.User"));
    QCOMPARE(named<QTreeView>(contract, "contractView").currentIndex().data().toString(),
             QStringLiteral("User"));
    const QModelIndex gone = view.model()->index(1, 0);
    view.setCurrentIndex(view.model()->index(1, 0, gone));
    QCOMPARE(named<QTreeView>(steps, "stepsView").currentIndex().row(), 1);
    QVERIFY(!named<QTreeView>(contract, "contractView").selectionModel()->hasSelection());
}

void TestAuditPanels::severitiesAndWordsFilter()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    const auto &view = named<QTreeView>(panel, "findingsView");
    auto &high = named<QToolButton>(panel, "severity3");
    QCOMPARE(high.text(), QStringLiteral("1"));
    QCOMPARE(view.model()->rowCount(), 3);
    high.click();
    QCOMPARE(view.model()->rowCount(), 2);
    auto &line = named<QLineEdit>(panel, "filter");
    line.setText(QStringLiteral("usr/gone"));
    QCOMPARE(view.model()->rowCount(), 1);
    line.setText(QStringLiteral("zzz"));
    QVERIFY(emptyText(panel).contains(QLatin1String("filtered out")));
    emit panel.findChild<EmptyState *>()->actionActivated();
    QCOMPARE(view.model()->rowCount(), 3);
    QVERIFY(line.text().isEmpty());
    QVERIFY(high.isChecked());
}

void TestAuditPanels::menusFilterAndGroup()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    auto &filter = named<QToolButton>(panel, "findingsFilter");
    chooseIn(filter, QStringLiteral("Layers (1)"));
    QCOMPARE(view.model()->rowCount(), 1);
    QVERIFY(filter.text().endsWith(QLatin1Char('1')));
    chooseIn(filter, QStringLiteral("Show all"));
    QCOMPARE(view.model()->rowCount(), 3);
    view.setCurrentIndex(view.model()->index(1, 0));
    chooseIn(named<QToolButton>(panel, "findingsGroup"), QStringLiteral("By family"));
    QCOMPARE(view.model()->rowCount(), 3);
    QVERIFY(view.isExpanded(view.model()->index(0, 0)));
    QCOMPARE(currentFinding(view), QStringLiteral("f1")); // kept through it all
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f1"));
}

void TestAuditPanels::suppressedOnDemand()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    const auto &view = named<QTreeView>(panel, "findingsView");
    QCOMPARE(view.model()->rowCount(), 3);
    chooseIn(named<QToolButton>(panel, "findingsFilter"), QStringLiteral("Show suppressed (1)"));
    QCOMPARE(view.model()->rowCount(), 4);
    QCOMPARE(named<QToolButton>(panel, "severity1").text(), QStringLiteral("1"));
}

void TestAuditPanels::findingsAreSuppressedOnDemand()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &button = named<QToolButton>(panel, "suppressFinding");
    QVERIFY(panel.suppressible() == nullptr);
    stage.selection.setPlace({.finding = QStringLiteral("f2")});
    QCOMPARE(panel.suppressible()->ruleId, std::string("security/root-user"));
    QVERIFY(!button.isHidden());
    const QSignalSpy wanted(&panel, &FindingsPanel::suppressWanted);
    button.click();
    QCOMPARE(wanted.count(), 1);
    stage.selection.setPlace({.finding = QStringLiteral("f3")}); // is suppressed already
    QVERIFY(panel.suppressible() == nullptr);
    QVERIFY(button.isHidden());
    const auto &problem = named<QLabel>(panel, "policyProblem");
    QVERIFY(problem.isHidden());
    stage.document.finish(sample(), QStringLiteral("p.yaml:1:1: <b>wrong</b>"));
    QVERIFY(!problem.isHidden());
    QVERIFY(problem.text().endsWith(QLatin1String("p.yaml:1:1: <b>wrong</b>")));
    QCOMPARE(problem.textFormat(), Qt::PlainText);
    stage.document.clear();
    QVERIFY(problem.isHidden());
}

void TestAuditPanels::hiddenFindingsAreShownWhenChosen()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    const auto &view = named<QTreeView>(panel, "findingsView");
    named<QToolButton>(panel, "severity3").click();
    stage.selection.setPlace({.finding = QStringLiteral("f2")}); // as the score card does
    QCOMPARE(currentFinding(view), QStringLiteral("f2"));
    stage.selection.setPlace({.finding = QStringLiteral("f3")}); // a suppressed one
    QCOMPARE(currentFinding(view), QStringLiteral("f3"));
    stage.selection.setPlace({.finding = QStringLiteral("none such")});
    QVERIFY(!view.currentIndex().isValid());
}

void TestAuditPanels::stepsThroughFindings()
{
    Stage stage;
    FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    panel.step(1);
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f2"));
    panel.step(1);
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f1"));
    panel.step(1);
    panel.step(1); // the last one: stays
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f4"));
    panel.step(-1);
    panel.step(-1);
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f2"));
    stage.document.clear();
    panel.step(1); // nothing there
    QVERIFY(!panel.canCopyFix());
}

void TestAuditPanels::copiesFixAndRows()
{
    Stage stage;
    const FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    view.setCurrentIndex(view.model()->index(0, 0));
    QVERIFY(panel.canCopyFix());
    named<QToolButton>(panel, "copyFix").click();
    QVERIFY(QApplication::clipboard()->text().endsWith(QLatin1String("USER 10001:10001\n")));
    QVERIFY(copySelection(&view));
    QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("It runs as root.")));
    const QJsonObject row =
        QJsonDocument::fromJson(selectedAsJson(view).toUtf8()).array()[0].toObject();
    QCOMPARE(row[QStringLiteral("rule")].toString(), QStringLiteral("security/root-user"));
    QCOMPARE(row[QStringLiteral("severity")].toString(), QStringLiteral("high"));
    QCOMPARE(row[QStringLiteral("points")].toDouble(), 15.0);
}

void TestAuditPanels::scoreCardLeadsToFindings()
{
    Stage stage;
    const ScorePanel panel(stage.document, stage.selection);
    stage.open();
    QCOMPARE(named<QLabel>(panel, "scoreHeadline").text(),
             QStringLiteral("B — capped by security/root-user (score 82)"));
    QCOMPARE(named<QLabel>(panel, "scoreFacts").text(),
             QStringLiteral("3 findings · 1 suppressed · 1 rule not asked"));
    QCOMPARE(named<QWidget>(panel, "gradeBadge").accessibleName(), QStringLiteral("Grade B"));
    auto &view = named<QTreeView>(panel, "scoreView");
    const QModelIndex gains = view.model()->index(0, 0);
    QVERIFY(view.isExpanded(gains));
    view.setCurrentIndex(view.model()->index(1, 0, gains));
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f1"));
    stage.selection.setPlace({.finding = QStringLiteral("f2")});
    QCOMPARE(currentFinding(view), QStringLiteral("f2"));
    stage.selection.setPlace({});
    QVERIFY(!view.selectionModel()->hasSelection());
}

void TestAuditPanels::propertiesLeadToFindings()
{
    Stage stage;
    const PropertiesPanel panel(stage.document, stage.selection);
    stage.open();
    QVERIFY(named<QLabel>(panel, "propertiesSummary").text().startsWith(QLatin1String("6 of 7")));
    auto &view = named<QTreeView>(panel, "propertiesView");
    auto &details = named<QTextBrowser>(panel, "propertyDetails");
    QVERIFY(details.isHidden());
    const QModelIndex small = view.model()->index(6, 0);
    QVERIFY(view.isExpanded(small));
    QVERIFY(!view.isExpanded(view.model()->index(0, 0)));
    view.setCurrentIndex(view.model()->index(0, 0, small));
    QCOMPARE(stage.selection.place().finding, QStringLiteral("f1"));
    QVERIFY(!details.isHidden());
    QVERIFY(details.toPlainText().contains(QLatin1String("layer/deleted-later")));
    stage.selection.setPlace({});
    QVERIFY(!view.selectionModel()->hasSelection());
    view.setCurrentIndex(small); // a property is explained, and leads nowhere
    QVERIFY(stage.selection.place() == Place{});
    QVERIFY(!details.toPlainText().isEmpty());
}

void TestAuditPanels::skippedRulesAreExplained()
{
    Stage stage;
    const SkippedPanel panel(stage.document, stage.selection);
    stage.open();
    QCOMPARE(named<QLabel>(panel, "skippedSummary").text(), QStringLiteral("1 rule not asked"));
    auto &view = named<QTreeView>(panel, "skippedView");
    view.setCurrentIndex(view.model()->index(0, 0));
    QVERIFY(named<QTextBrowser>(panel, "skippedDetails")
                .toPlainText()
                .contains(QLatin1String("Not asked: there is no index.")));
    named<QLineEdit>(panel, "filter").setText(QStringLiteral("zzz"));
    QCOMPARE(view.model()->rowCount(), 0);
}

void TestAuditPanels::valuesAreShownOnDemand()
{
    Stage stage;
    FindingsPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "findingsView");
    auto &button = named<QToolButton>(panel, "revealValue");
    const auto &value = named<QLabel>(panel, "revealed");
    view.setCurrentIndex(view.model()->index(0, 0)); // no secret
    QVERIFY(!panel.canReveal());
    QVERIFY(button.isHidden());
    view.setCurrentIndex(view.model()->index(2, 0));
    QVERIFY(panel.canReveal());
    QVERIFY(!button.isHidden());
    QVERIFY(value.text().isEmpty());
    button.click();
    QCOMPARE(value.text(), QStringLiteral("DB_PASSWORD=hunter2"));
    QCOMPARE(value.textFormat(), Qt::PlainText);
    QCOMPARE(value.textInteractionFlags(), Qt::NoTextInteraction);
    QVERIFY(copySelection(&view));
    QVERIFY(!QApplication::clipboard()->text().contains(QLatin1String("hunter2")));
    QVERIFY(!selectedAsJson(view).contains(QLatin1String("hunter2")));
    button.click(); // and away again
    QVERIFY(value.text().isEmpty());
    panel.toggleReveal();
    QVERIFY(!value.text().isEmpty());
    QVERIFY(button.isChecked());
    view.setCurrentIndex(view.model()->index(1, 0));
    QVERIFY(value.text().isEmpty());
    QVERIFY(!button.isChecked());
    view.setCurrentIndex(view.model()->index(2, 0));
    QVERIFY(value.text().isEmpty()); // not shown again by itself
}

void TestAuditPanels::contractNeverCopiesSecrets()
{
    Stage stage;
    const ContractPanel panel(stage.document, stage.selection);
    stage.open();
    auto &view = named<QTreeView>(panel, "contractView");
    view.expandAll();
    QModelIndex row;
    for (const QModelIndex &group : view.model()->match(
             view.model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Environment"))) {
        row = view.model()->index(1, 0, group);
    }
    view.setCurrentIndex(row);
    emit view.activated(row.siblingAtColumn(1));
    QCOMPARE(row.siblingAtColumn(1).data().toString(), QStringLiteral("hunter2"));
    QVERIFY(copySelection(&view));
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("DB_PASSWORD\t[redacted]"));
    view.setCurrentIndex(row.siblingAtRow(0));
    QVERIFY(row.siblingAtColumn(1).data().toString() != QLatin1String("hunter2"));
}

void TestAuditPanels::controlsHaveNames()
{
    Stage stage;
    const FindingsPanel findings(stage.document, stage.selection);
    const SkippedPanel skipped(stage.document, stage.selection);
    stage.open();
    for (const QWidget *panel : std::initializer_list<const QWidget *>{&findings, &skipped}) {
        for (const QToolButton *button : panel->findChildren<QToolButton *>()) {
            const bool isOurs = !button->objectName().isEmpty()
                                && !button->objectName().startsWith(QLatin1String("qt_"));
            QVERIFY2(!isOurs || !button->toolTip().isEmpty(), qPrintable(button->objectName()));
            QVERIFY2(!isOurs || !button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(button->objectName()));
        }
        for (const QTreeView *view : panel->findChildren<QTreeView *>()) {
            QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(view->objectName()));
        }
        for (const QLineEdit *line : panel->findChildren<QLineEdit *>()) {
            QVERIFY2(!line->accessibleName().isEmpty(), qPrintable(line->objectName()));
        }
    }
}

QTEST_MAIN(TestAuditPanels)
#include "tst_auditpanels.moc"
