// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/files/treeloader.h"

#include "core/tree/builder.h"

#include <utility>

namespace cutaway {

namespace {

TreeLoader::Loaded makeView(const PathTreePtr &tree,
                            ViewSpec spec,
                            const FileFilter &filter,
                            FileTreeModel::ViewPtr view,
                            const Monitor &monitor)
{
    if (!view || view->treePtr() != tree || !(view->spec() == spec)) {
        view = std::make_shared<const TreeView>(tree, spec);
    }
    FileTreeModel::FilterPtr found;
    if (!filter.isEmpty() && !monitor.isCancelled()) {
        if (auto result = applyFilter(*view, filter, monitor)) {
            found = std::make_shared<const FilterResult>(*std::move(result));
        }
    }
    return {std::move(view), std::move(found)};
}

} // namespace

TreeLoader::TreeLoader(QObject *parent)
    : QObject(parent)
    , m_monitor(std::make_shared<Monitor>())
{}

TreeLoader::~TreeLoader()
{
    m_monitor->cancel();
}

void TreeLoader::cancel()
{
    m_monitor->cancel();
    m_monitor = std::make_shared<Monitor>();
    m_background.drop();
}

void TreeLoader::load(const PathTreePtr &tree,
                      ViewSpec spec,
                      const FileFilter &filter,
                      const FileTreeModel::ViewPtr &known)
{
    cancel();
    m_background.run(
        [tree, spec, filter, known, monitor = m_monitor] {
            return makeView(tree, spec, filter, known, *monitor);
        },
        [this](const Loaded &result) { emit loaded(result); });
}

void TreeLoader::loadEarly(std::vector<std::shared_ptr<const LayerTree>> layers, ViewSpec spec)
{
    cancel();
    m_background.run(
        [layers = std::move(layers), spec, monitor = m_monitor]() -> Loaded {
            PathTreeBuilder builder;
            for (const auto &layer : layers) {
                if (monitor->isCancelled()) {
                    return {};
                }
                if (layer) {
                    builder.add(*layer);
                } else {
                    builder.add(LayerTree());
                }
            }
            auto tree = builder.finish(*monitor);
            return tree ? makeView(*tree, spec, {}, nullptr, *monitor) : Loaded();
        },
        [this](const Loaded &result) {
            if (result.view) {
                emit loaded(result);
            }
        });
}

} // namespace cutaway
