// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/wholecontents.h"

#include "core/audit/capture.h"
#include "core/source/contentreader.h"

#include <string>
#include <utility>

namespace cutaway {

namespace {

/// Puts the runs of one file after the other together.
class Files
{
public:
    Files(const PathTree &tree, const WholeContents::Visit &visit)
        : m_tree(tree)
        , m_visit(visit)
    {}

    Result<> begin(EntryId entry)
    {
        end();
        m_entry = entry;
        m_bytes.clear();
        return {};
    }
    Result<> add(Bytes run)
    {
        m_bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
        return {};
    }
    /// One that broke off is left out.
    void end()
    {
        if (m_entry != kNone && m_tree.entry(m_entry).size == m_bytes.size()) {
            m_visit(m_entry, m_bytes);
        }
        m_entry = kNone;
    }

private:
    const PathTree &m_tree;
    const WholeContents::Visit &m_visit;
    EntryId m_entry = kNone;
    std::string m_bytes;
};

} // namespace

WholeContents wholeContents(const std::shared_ptr<ImageSource> &source,
                            const ImagePtr &image,
                            const ImageContents &contents,
                            const Monitor &monitor)
{
    return {
        .kept =
            [image, &contents](EntryId entry) {
                const std::string_view bytes = contents.fact(entry, kContentFact);
                return bytes.size() == image->tree->entry(entry).size ? bytes : std::string_view();
            },
        .way = [source, image](EntryId entry) { return bytesBefore(*source, *image, entry); },
        .read =
            [source, image, &monitor](const std::vector<EntryId> &entries,
                                      const WholeContents::Visit &visit) {
                Files files(*image->tree, visit);
                const ContentReceiver receiver{[&](EntryId entry) { return files.begin(entry); },
                                               [&](EntryId, Bytes run) { return files.add(run); }};
                // What cannot be read was not visited, and is counted by who asked.
                [[maybe_unused]] const Result<> read =
                    readContents(*source, *image, entries, receiver, monitor);
                files.end();
            }};
}

} // namespace cutaway
