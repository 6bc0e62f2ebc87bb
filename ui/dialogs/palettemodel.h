// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "ui/dialogs/commands.h"
#include "ui/models/celltable.h"

#include <vector>

namespace cutaway {

/// Commands, then paths of an image (role::Path).
class PaletteModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { WhatColumn, WhereColumn, KeysColumn };

    explicit PaletteModel(ImagePtr image, QObject *parent = nullptr);

    void setCommands(QList<Command> commands);
    /// Nodes of the image. Those that are there already stay where they are.
    void setPaths(const std::vector<NodeId> &paths);

    /// What the row does; nullptr where it is a path.
    QAction *action(int row) const;

protected:
    int rows() const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    Cell commandCell(const Command &command, int column) const;
    Cell pathCell(NodeId node, int column) const;
    bool isCommand(int row) const { return row < m_commands.size(); }
    NodeId node(int row) const;

    std::vector<cutaway::Column> m_columns;
    ImagePtr m_image;
    QIcon m_blank;
    QList<Command> m_commands;
    std::vector<NodeId> m_paths;
};

} // namespace cutaway
