// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/tree/layertree.h"
#include "ui/jobs/background.h"
#include "ui/models/filetreemodel.h"

#include <QObject>

#include <memory>
#include <vector>

namespace cutaway {

/// Makes views and filters them in the background, so that the window never waits for a million
/// nodes. The newest wish wins; an older one is cancelled.
class TreeLoader : public QObject
{
    Q_OBJECT

public:
    explicit TreeLoader(QObject *parent = nullptr);
    ~TreeLoader() override;

    struct Loaded
    {
        FileTreeModel::ViewPtr view;
        FileTreeModel::FilterPtr filter; ///< null where nothing is filtered
    };

    /// `known` may be the view that is shown now: it is used again where tree and spec are the
    /// same.
    void load(const PathTreePtr &tree,
              ViewSpec spec,
              const FileFilter &filter,
              const FileTreeModel::ViewPtr &known);
    /// While an image is read: the tree of the layers that are in, those missing taken as empty.
    void loadEarly(std::vector<std::shared_ptr<const LayerTree>> layers, ViewSpec spec);
    void cancel();

signals:
    void loaded(const cutaway::TreeLoader::Loaded &result);

private:
    Background m_background;
    std::shared_ptr<Monitor> m_monitor;
};

} // namespace cutaway
