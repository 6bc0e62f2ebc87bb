// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inspect/inspect.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace cutaway {

/// What a job says of itself while it runs.
struct Progress
{
    QString step;      ///< short phrase, "Reading layers"
    quint64 done = 0;  ///< in the step's unit (bytes, mostly)
    quint64 total = 0; ///< 0 = not known

    bool operator==(const Progress &) const = default;
};

/// The image that the window shows, in whatever state it is: nothing open, being read, read,
/// stopped, refused. Panels read it and follow its signals; only ui/jobs writes to it. Lives in the
/// main thread.
///
/// While an image is read, and when that was stopped: `image()` has its config and layer list but
/// no tree (`image()->tree` is null), `layerTree(n)` has those layers that are in, and
/// `earlyInspection()` what config and manifest alone tell. Once it is read `inspection()` has
/// everything, and `image()` is its image.
class Document : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Empty,   ///< nothing is open
        Loading, ///< being read
        Ready,   ///< `inspection()` is there
        Failed,  ///< `error()` says why
        Stopped, ///< half read, on somebody's wish; what was in by then is there
    };
    Q_ENUM(State)

    explicit Document(QObject *parent = nullptr);
    ~Document() override;

    State state() const { return m_state; }
    /// The reference as it was typed; empty when nothing is open.
    const QString &reference() const { return m_reference; }
    const ImagePtr &image() const { return m_image; }
    const InspectionPtr &inspection() const { return m_inspected.inspection; }
    /// Findings of manifest and config; null before they are there, and once `inspection()` is.
    const InspectionPtr &earlyInspection() const { return m_early; }
    /// Whether layers are not in yet: being read, or stopped.
    bool isUnfinished() const { return m_state == State::Loading || m_state == State::Stopped; }
    /// How many layers are in, while it is unfinished.
    int layersRead() const;
    /// Where contents can be read from; null unless Ready.
    const std::shared_ptr<ImageSource> &source() const { return m_inspected.source; }
    /// Both together; empty unless Ready.
    const Inspected &inspected() const { return m_inspected; }
    /// A layer read so far, while loading; null where it is not in yet, and once the image is read.
    std::shared_ptr<const LayerTree> layerTree(std::size_t layer) const;
    const Progress &progress() const { return m_progress; }
    const InspectError &error() const { return m_error; }
    /// Why the inspection is one without the policy that there is; empty when nothing is wrong.
    const QString &policyProblem() const { return m_policyProblem; }
    /// The layer that was built last; nothing where there is none.
    std::optional<LayerIndex> uppermostLayer() const;
    /// Index of the finding with this fingerprint in `inspection()->findings`, or -1.
    int findingIndex(const QString &fingerprint) const;

    // For ui/jobs.
    void beginLoading(const QString &reference);
    void setEarlyImage(ImagePtr image);
    void setEarlyInspection(InspectionPtr inspection);
    void addLayerTree(std::size_t layer, std::shared_ptr<const LayerTree> tree);
    void setProgress(const Progress &progress);
    void finish(Inspected inspected, const QString &policyProblem = {});
    void fail(InspectError error);
    /// Keeps what is in; where that is nothing, it fails as cancelled.
    void stop();
    void clear();

signals:
    void stateChanged(); ///< any change of `state()`; sent after the more telling signals below
    void imageChanged(); ///< `image()` is another: none, the early one, or the full one
    void layerRead(int layer); ///< `layerTree(layer)` is there
    void earlyInspectionChanged();
    void progressChanged();
    void inspectionChanged(); ///< `inspection()` is another, or none
    void failed();

private:
    void drop();
    void setState(State state);

    State m_state = State::Empty;
    QString m_reference;
    ImagePtr m_image;
    Inspected m_inspected;
    InspectionPtr m_early;
    std::vector<std::shared_ptr<const LayerTree>> m_layerTrees;
    Progress m_progress;
    InspectError m_error;
    QString m_policyProblem;
};

} // namespace cutaway
