// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/contract/contract.h"
#include "core/image/image.h"
#include "ui/models/cellgroups.h"

#include <vector>

namespace cutaway {

/// What an image states about itself to whoever runs it: one row a field, and below "Environment"
/// and "Labels" one row each. Values that their name calls a secret are masked until they are
/// revealed.
class ContractModel : public CellGroups
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn };

    explicit ContractModel(QObject *parent = nullptr);

    void setImage(const ImagePtr &image);
    /// The row of a field as findings name it: "config.User", "config.Env.PATH"; invalid where
    /// there is none.
    QModelIndex find(const QString &field) const;
    /// Adds what is expected of whoever runs the image: one row a touch point, its facts below.
    void addContract(const Contract &contract);
    bool isMasked(const QModelIndex &index) const;
    /// Shows the value until hideAll(); copying leaves it out all the same.
    void reveal(const QModelIndex &index);
    void hideAll();

protected:
    int groups() const override { return static_cast<int>(m_fields.size()); }
    int items(int group) const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    struct Item
    {
        QString name;
        QString value;
        bool masked = false;
        bool revealed = false; ///< of a masked one
    };
    struct Field
    {
        QString name;
        QString value = {};   ///< empty and no items: not declared
        QString toolTip = {}; ///< the value where empty
        std::vector<Item> items = {};
        bool fixed = false;
        const char *key = ""; ///< as findings name it
    };
    void addCommands(const ImageConfig &config);
    void addInterface(const ImageConfig &config);
    void addEnvironment(const ImageConfig &config);
    void addLabels(const ImageConfig &config);
    void addOrigin(const Image &image);
    void addBeside(const Image &image);
    const Item *item(Row row) const;

    std::vector<cutaway::Column> m_columns;
    std::vector<Field> m_fields;
};

} // namespace cutaway
