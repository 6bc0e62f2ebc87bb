// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/treemapwindow.h"

#include "core/tree/builder.h"
#include "tests/benchmark/heartbeat.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/panels/treemap/treemappanel.h"
#include "ui/treemap/treemapview.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cutaway::benchmark {

namespace {

constexpr double kStallLimit = 50;
constexpr double kFrame = 1000.0 / 60;
constexpr int kFrames = 600;

/// A thousand files a directory and a thousand directories at the most, of sizes from a byte to a
/// megabyte.
PathTreePtr manyFiles(std::uint32_t files)
{
    LayerTree layer;
    for (std::uint32_t file = 0; file < files; ++file) {
        const std::string path = std::to_string(file / 100'000) + "/"
                                 + std::to_string(file / 1000 % 100) + "/file"
                                 + std::to_string(file) + ".txt";
        Entry entry;
        entry.size = 1 + (std::uint64_t{file} * 2'654'435'761U >> (file % 21)) % (1U << 20);
        if (!layer.append(path, entry)) {
            return nullptr;
        }
    }
    layer.freeze();
    PathTreeBuilder builder;
    builder.add(std::move(layer));
    auto tree = builder.finish(Monitor());
    return tree ? *tree : nullptr;
}

class TreemapBenchmark
{
public:
    explicit TreemapBenchmark(Figures &figures)
        : m_figures(figures)
    {
        m_panel.resize(1280, 800);
        m_panel.show();
        for (int i = 0; i < 20; ++i) { // an empty panel is no part of what is measured
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
    }

    bool run(PathTreePtr tree)
    {
        auto image = std::make_shared<Image>();
        image->layers.resize(1);
        image->tree = std::move(tree);
        auto inspection = std::make_shared<Inspection>();
        inspection->image = image;
        const bool isDrawn = step("treemap, all files", "/", [&] {
            m_document.beginLoading(QStringLiteral("many files"));
            m_document.finish({inspection, nullptr});
        });
        return isDrawn && frames() && step("treemap, zoomed", "/0/0", [this] {
                   m_selection.selectPath("/0/0");
                   QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
                   QCoreApplication::sendEvent(&m_view, &enter);
               });
    }

private:
    std::string root() const
    {
        const TreemapView::MapPtr &map = m_view.map();
        return map && map->layout.count() > 0 ? map->scene->subject->tree->path(map->layout.root())
                                              : std::string();
    }

    /// Until the map shows the directory.
    bool step(const std::string &name, std::string_view directory, std::function<void()> act)
    {
        return measure(
            {.name = name,
             .act = std::move(act),
             .isDone = [this, directory] { return root() == directory; },
             .stallLimit = kStallLimit,
             .remark = [this] { return std::to_string(m_view.map()->layout.count()) + " cells"; }},
            m_heart,
            m_figures);
    }

    /// With each the mouse is over another cell, and all of the map is painted.
    bool frames()
    {
        QElapsedTimer clock;
        clock.start();
        for (int frame = 0; frame < kFrames; ++frame) {
            const QPoint at(frame * 7919 % m_view.width(), frame * 104'729 % m_view.height());
            QMouseEvent move(QEvent::MouseMove,
                             at,
                             m_view.mapToGlobal(at),
                             Qt::NoButton,
                             Qt::NoButton,
                             Qt::NoModifier);
            QCoreApplication::sendEvent(&m_view, &move);
            m_view.repaint();
        }
        const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6 / kFrames;
        m_figures.add({"treemap, frame", took, "ms", kFrame, {}});
        return m_view.isVisible();
    }

    Figures &m_figures;
    Document m_document;
    Selection m_selection;
    TreemapPanel m_panel{m_document, m_selection};
    TreemapView &m_view = *m_panel.findChild<TreemapView *>();
    Heartbeat m_heart;
};

} // namespace

bool measureTreemap(std::uint32_t files, Figures &figures)
{
    const PathTreePtr tree = manyFiles(files);
    return tree && TreemapBenchmark(figures).run(tree);
}

} // namespace cutaway::benchmark
