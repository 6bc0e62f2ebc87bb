// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/figures.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/treemap/treemapview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QTreeView>

#include <cstdio>
#include <functional>

using namespace cutaway;
using namespace cutaway::benchmark;

namespace {

constexpr int kPatience = 120'000; ///< ms for one step
constexpr double kStallLimit = 50;

/// Beats in the thread of the window: what keeps it from beating keeps it from answering a person.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_timer.start(1);
        m_clock.start();
    }
    void begin()
    {
        m_longest = 0;
        m_clock.start();
    }
    /// Milliseconds between the two beats that lay furthest apart.
    double longest()
    {
        beat();
        return m_longest;
    }

private:
    void beat()
    {
        m_longest = std::max(m_longest, static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.start();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_longest = 0;
};

class WindowBenchmark
{
public:
    explicit WindowBenchmark(Figures &figures)
        : m_figures(figures)
        , m_tree(*m_window.findChild<QTreeView *>(QStringLiteral("fileTree")))
        , m_filter(*m_window.findChild<QWidget *>(QStringLiteral("filesPanel"))
                        ->findChild<QLineEdit *>(QStringLiteral("filter")))
    {
        QObject::connect(m_tree.model(), &QAbstractItemModel::modelReset, [this] { ++m_resets; });
        m_window.resize(1280, 800);
        m_window.show();
    }

    bool run(const QString &image)
    {
        const bool opened = step(
            "window, open",
            [&] { m_window.open(image); },
            [this] {
                return m_window.document().state() == Document::State::Ready
                       && m_tree.model()->rowCount() > 0;
            },
            kStallLimit);
        if (!opened) {
            return false;
        }
        const auto layers = m_window.document().image()->layers.size();
        return switchTo("window, after the middle layer", ViewSpec::Kind::At, layers / 2)
               && switchTo("window, the last layer's change", ViewSpec::Kind::Layer, layers - 1)
               && switchTo("window, the whole image", ViewSpec::Kind::Final, layers - 1)
               && type(QStringLiteral("7")) && type(QStringLiteral("79"))
               && type(QStringLiteral("79*.txt")) && type(QString()) && treemap()
               && step(
                   "window, sort by size",
                   [this] { m_tree.sortByColumn(1, Qt::DescendingOrder); },
                   [] { return true; },
                   kStallLimit)
               && step(
                   "window, expand all (Qt's own)",
                   [this] { m_tree.expandAll(); },
                   [] { return true; },
                   std::nullopt);
    }

private:
    bool step(const std::string &name,
              const std::function<void()> &act,
              const std::function<bool()> &isDone,
              std::optional<double> stallLimit,
              std::optional<double> timeLimit = std::nullopt)
    {
        m_heart.begin();
        QElapsedTimer clock;
        clock.start();
        act();
        do {
            QCoreApplication::processEvents(QEventLoop::AllEvents);
            if (clock.elapsed() > kPatience) {
                std::fprintf(stderr, "%s: it does not end\n", name.c_str());
                return false;
            }
        } while (!isDone());
        const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        for (int i = 0; i < 20; ++i) { // what is painted afterwards belongs to it
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
        m_figures.add({name + ", longest stall", m_heart.longest(), "ms", stallLimit, {}});
        m_figures.add({name, took, "ms", timeLimit, {}});
        return true;
    }

    bool afterReset(const std::string &name,
                    const std::function<void()> &act,
                    std::optional<double> timeLimit = std::nullopt)
    {
        const int before = m_resets;
        return step(
            name, act, [this, before] { return m_resets > before; }, kStallLimit, timeLimit);
    }

    bool switchTo(const std::string &name, ViewSpec::Kind kind, std::size_t layer)
    {
        return afterReset(name, [&] {
            Place place = m_window.selection().place();
            place.view = kind;
            place.layer = static_cast<LayerIndex>(layer);
            m_window.selection().setPlace(place);
        });
    }

    bool type(const QString &text)
    {
        constexpr double kKeystroke = 200;
        return afterReset(
            "window, filter “" + text.toStdString() + "”",
            [&] { m_filter.setText(text); },
            kKeystroke);
    }

    /// Drawing it may take its time, in the background; then the mouse goes all over it.
    bool treemap()
    {
        constexpr int kFrames = 600;
        constexpr double kFrame = 1000.0 / 60;
        auto &tabs = *m_window.findChild<QTabWidget *>(QStringLiteral("tabs"));
        auto &view = *m_window.findChild<TreemapView *>();
        const bool drawn = step(
            "window, treemap of all files",
            [&] {
                tabs.setCurrentWidget(
                    m_window.findChild<QWidget *>(QStringLiteral("treemapPanel")));
            },
            [&view] {
                return view.map()
                       && view.map()->picture.deviceIndependentSize().toSize() == view.size();
            },
            kStallLimit);
        QElapsedTimer clock;
        clock.start();
        for (int frame = 0; drawn && frame < kFrames; ++frame) {
            const QPoint at(frame * 7919 % view.width(), frame * 104'729 % view.height());
            QMouseEvent move(QEvent::MouseMove,
                             at,
                             view.mapToGlobal(at),
                             Qt::NoButton,
                             Qt::NoButton,
                             Qt::NoModifier);
            QCoreApplication::sendEvent(&view, &move);
            view.repaint(); // all of it, not the outlines alone
        }
        const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6 / kFrames;
        m_figures.add({"window, treemap frame", took, "ms", kFrame, {}});
        const bool isBack = step(
            "window, files again",
            [&] {
                tabs.setCurrentWidget(m_window.findChild<QWidget *>(QStringLiteral("filesPanel")));
            },
            [] { return true; },
            kStallLimit);
        return drawn && isBack;
    }

    Figures &m_figures;
    MainWindow m_window;
    QTreeView &m_tree;
    QLineEdit &m_filter;
    Heartbeat m_heart;
    int m_resets = 0;
};

} // namespace

/// cutaway-benchmark-window IMAGE FILE: what the window's own thread has to wait for.
int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QTemporaryDir home; // a person's own settings stay as they are
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    qputenv("XDG_CACHE_HOME", home.path().toLocal8Bit());
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Cutaway"));
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    if (argc != 3) {
        std::fputs("usage: cutaway-benchmark-window IMAGE FILE\n", stderr);
        return 2;
    }
    Figures figures;
    WindowBenchmark benchmark(figures);
    if (!benchmark.run(QString::fromLocal8Bit(argv[1]))) {
        return 3;
    }
    return figures.write(argv[2]) ? 0 : 3;
}
