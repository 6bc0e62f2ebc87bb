// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/tarcursor.h"
#include "core/archive/tarseek.h"
#include "core/source/contentreader.h"
#include "core/source/openedfiles.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cutaway {

/// Entries wanted of one layer, by where their content lies: those that are told its bytes.
using WantedContents = std::map<std::uint64_t, std::vector<EntryId>>;

/// Reads contents out of one layer after the other and gives them on, each held against the size
/// and the hash that the inspection found.
class LayerContents
{
public:
    LayerContents(const PathTree &tree, const ContentReceiver &receiver, const Monitor &monitor)
        : m_tree(tree)
        , m_receiver(receiver)
        , m_monitor(monitor)
    {}

    /// `blob` is what `opened` knows the tar by; small files go there, and come from there, where
    /// the tar can be read from its start alone.
    [[nodiscard]] Result<> readTar(const SeekableTar &tar,
                                   WantedContents wanted,
                                   const std::string &blob,
                                   OpenedFiles &opened);
    [[nodiscard]] Result<> readFile(const ByteSource &file, const std::vector<EntryId> &entries);

private:
    /// Where small files are kept, and by what name; nullptr where a new start is quick.
    struct Keeping
    {
        OpenedFiles *files = nullptr;
        std::string blob;
    };

    Result<bool> giveKept(const WantedContents &wanted);
    bool isWorthKeeping(const TarMember &member) const;
    Result<> passFromPlace(const SeekableTar &tar, WantedContents &wanted);
    Result<> passFromStart(const SeekableTar &tar, WantedContents &wanted);
    Result<bool> giveNext(TarCursor &cursor, WantedContents::iterator next);
    Result<> giveMember(TarCursor &cursor, const TarMember &member, std::vector<EntryId> &entries);
    Result<> giveStored(TarCursor &cursor, const TarMember &member, EntryId entry);
    Result<> giveCopies(const std::vector<EntryId> &entries);
    Result<> begin(EntryId entry);
    Result<> give(EntryId entry, Bytes run);
    Result<> giveZeros(EntryId entry, std::uint64_t count);
    Result<> checkHash(EntryId entry) const;

    const PathTree &m_tree;
    const ContentReceiver &m_receiver;
    const Monitor &m_monitor;
    ContentHasher m_hasher;
    bool m_hashesHoles = true;
    std::uint64_t m_given = 0; ///< bytes of the current entry
    std::string m_copy;        ///< of the current content, when it is wanted again
    bool m_keepCopy = false;
    Keeping m_keeping;
    std::uint64_t m_passedTo = 0; ///< place in the tar behind the last file given
    bool m_hasBegun = false;      ///< in this pass, a receiver was told of something
};

} // namespace cutaway
