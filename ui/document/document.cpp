// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/document/document.h"

#include <algorithm>
#include <utility>

namespace cutaway {

Document::Document(QObject *parent)
    : QObject(parent)
{}

Document::~Document() = default;

std::shared_ptr<const LayerTree> Document::layerTree(std::size_t layer) const
{
    return layer < m_layerTrees.size() ? m_layerTrees[layer] : nullptr;
}

std::optional<LayerIndex> Document::uppermostLayer() const
{
    const std::size_t layers = m_image ? m_image->layers.size() : 0;
    return layers == 0 ? std::nullopt : std::optional(static_cast<LayerIndex>(layers - 1));
}

int Document::findingIndex(const QString &fingerprint) const
{
    if (!m_inspected.inspection || fingerprint.isEmpty()) {
        return -1;
    }
    const std::vector<Finding> &findings = m_inspected.inspection->findings;
    const auto found =
        std::ranges::find(findings, fingerprint.toStdString(), &Finding::fingerprint);
    return found == findings.end() ? -1 : static_cast<int>(found - findings.begin());
}

void Document::beginLoading(const QString &reference)
{
    drop();
    m_reference = reference;
    setState(State::Loading);
}

void Document::setEarlyImage(ImagePtr image)
{
    if (m_state != State::Loading) {
        return;
    }
    m_layerTrees.assign(image ? image->layers.size() : 0, nullptr);
    m_image = std::move(image);
    emit imageChanged();
}

void Document::setEarlyInspection(InspectionPtr inspection)
{
    if (!isUnfinished() || !m_image) {
        return;
    }
    m_early = std::move(inspection);
    emit earlyInspectionChanged();
}

int Document::layersRead() const
{
    return static_cast<int>(
        std::ranges::count_if(m_layerTrees, [](const auto &tree) { return tree != nullptr; }));
}

void Document::addLayerTree(std::size_t layer, std::shared_ptr<const LayerTree> tree)
{
    if (m_state != State::Loading || layer >= m_layerTrees.size()) {
        return;
    }
    m_layerTrees[layer] = std::move(tree);
    emit layerRead(static_cast<int>(layer));
}

void Document::setProgress(const Progress &progress)
{
    if (progress == m_progress) {
        return;
    }
    m_progress = progress;
    emit progressChanged();
}

void Document::finish(Inspected inspected, const QString &policyProblem)
{
    m_layerTrees.clear();
    m_early = nullptr;
    m_policyProblem = policyProblem;
    m_inspected = std::move(inspected);
    m_inspected.contents = nullptr; // the audit has seen them; they take memory
    m_image = m_inspected.inspection->image;
    m_state = State::Ready;
    setProgress({});
    emit imageChanged();
    emit inspectionChanged();
    emit stateChanged();
}

void Document::fail(InspectError error)
{
    const QString reference = m_reference;
    drop();
    m_reference = reference;
    m_error = std::move(error);
    m_state = State::Failed;
    emit failed();
    emit stateChanged();
}

void Document::stop()
{
    if (m_state != State::Loading) {
        return;
    }
    if (!m_image) {
        fail(InspectError{Error{ErrorCode::Cancelled, "reading was stopped"}});
        return;
    }
    setProgress({});
    setState(State::Stopped);
}

void Document::clear()
{
    drop();
    setState(State::Empty);
}

void Document::drop()
{
    const bool hadImage = std::exchange(m_image, nullptr) != nullptr;
    m_early = nullptr;
    const bool hadInspection = std::exchange(m_inspected, {}).inspection != nullptr;
    m_layerTrees.clear();
    m_reference.clear();
    m_error = {};
    m_policyProblem.clear();
    m_state = State::Empty;
    setProgress({});
    if (hadImage) {
        emit imageChanged();
    }
    if (hadInspection) {
        emit inspectionChanged();
    }
}

void Document::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace cutaway
