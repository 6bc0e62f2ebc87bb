// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/figures.h"
#include "tests/benchmark/heartbeat.h"
#include "tests/benchmark/treemapwindow.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>

#include <cstdio>
#include <functional>
#include <utility>

using namespace cutaway;
using namespace cutaway::benchmark;

namespace {

constexpr double kStallLimit = 50;

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
               && type(QStringLiteral("79*.txt")) && type(QString())
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

    /// In the image, as it was opened.
    std::uint32_t files() { return m_window.document().image()->tree->nodeCount(); }

private:
    bool step(const std::string &name,
              std::function<void()> act,
              std::function<bool()> isDone,
              std::optional<double> stallLimit,
              std::optional<double> timeLimit = std::nullopt)
    {
        return measure({.name = name,
                        .act = std::move(act),
                        .isDone = std::move(isDone),
                        .stallLimit = stallLimit,
                        .timeLimit = timeLimit},
                       m_heart,
                       m_figures);
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
    if (!benchmark.run(QString::fromLocal8Bit(argv[1]))
        || !measureTreemap(benchmark.files(), figures)) {
        return 3;
    }
    return figures.write(argv[2]) ? 0 : 3;
}
