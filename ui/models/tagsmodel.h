// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/browsing.h"
#include "ui/models/celltable.h"

#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// The tags of a repository, as far as they were listed; dates, sizes and platforms of those that
/// were looked at.
class TagsModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { TagColumn, CreatedColumn, SizeColumn, PlatformsColumn, DigestColumn };

    using CellTable::CellTable;

    void clear();
    /// Tags that are there already are left out: some registries repeat themselves. Answers how
    /// many were new.
    int add(const std::vector<std::string> &tags);
    const std::string &tag(int row) const { return m_rows[static_cast<std::size_t>(row)].tag; }
    /// Nothing where it was not looked at.
    const std::optional<TagOutline> &facts(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)].facts;
    }
    /// Whether somebody has looked, and with what success.
    bool isLookedAt(int row) const
    {
        const Row &one = m_rows[static_cast<std::size_t>(row)];
        return one.facts || !one.problem.isEmpty();
    }
    int find(const std::string &tag) const; ///< -1: not there

    void setLooking(int row);
    void setFacts(int row, TagOutline facts, std::optional<ImageOutline> image);
    void setProblem(int row, const QString &problem);

protected:
    int rows() const override { return static_cast<int>(m_rows.size()); }
    const std::vector<cutaway::Column> &columns() const override;
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    struct Row
    {
        std::string tag;
        bool isLooking = false;
        std::optional<TagOutline> facts;
        std::optional<ImageOutline> image;
        QString problem;
    };
    void change(int row);
    Cell createdCell(const Row &row) const;
    Cell platformsCell(const Row &row) const;

    std::vector<Row> m_rows;
    quint64 m_largest = 0;
};

/// Whether a tag is none that people gave, but holds what is attached to an image by convention
/// (distribution-spec, referrers tag schema; cosign): "sha256-…", "sha256-….sig".
[[nodiscard]] bool isAttachedTag(const QString &tag);
/// "signature", "bill of materials (SBOM)" …
[[nodiscard]] QString referrerWord(Referrer::Kind kind);
/// Twelve digits of it; the tooltip says the rest.
[[nodiscard]] QString shownDigest(const Digest &digest);
/// "2024-05-01 10:00" of a time in RFC 3339; the text itself where it is none.
[[nodiscard]] QString createdText(const std::string &created);

} // namespace cutaway
