// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/preview.h"
#include "ui/models/cellgroups.h"

#include <optional>
#include <vector>

namespace cutaway {

/// What a file says of itself beyond its bytes: of a program how it was linked and its sections, of
/// certificates whose they are and until when, of an archive what it holds.
class PreviewFactsModel : public CellGroups
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, SizeColumn };

    explicit PreviewFactsModel(QObject *parent = nullptr);

    /// Certificates are held against `now` (seconds since 1970).
    void setPreview(const Preview &preview, qint64 now);
    void clear();
    /// Groups that are of interest at once; the others are long.
    int openGroups() const { return m_openGroups; }

protected:
    int groups() const override { return static_cast<int>(m_groups.size()); }
    int items(int at) const override { return static_cast<int>(m_groups[at].facts.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    struct Fact
    {
        QString name;
        QString value;
        std::optional<quint64> bytes = std::nullopt;
        bool isFixed = false;
        bool isMuted = false;
    };
    struct Group
    {
        QString title;
        QString value = {};
        std::vector<Fact> facts = {};
    };

    void addProgram(const Preview &preview);
    void addSections(const std::vector<ElfSection> &sections);
    void addCertificate(const Certificate &certificate, qint64 now);
    void addArchive(const ArchiveListing &archive);

    std::vector<cutaway::Column> m_columns;
    std::vector<Group> m_groups;
    int m_openGroups = 0;
};

/// "ELF, x86-64, shared library": a program in a few words.
[[nodiscard]] QString programWords(const ElfFacts &facts);
/// Whether symbols and what debuggers read were taken out.
[[nodiscard]] QString strippedWords(const ElfFacts &facts);

} // namespace cutaway
