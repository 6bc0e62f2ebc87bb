// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/audit/structuretest/runner.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/source/contentreader.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace cutaway::cli {
namespace {

constexpr std::uint64_t kFileBytes = 64U << 20U;     ///< searched of one file
constexpr std::uint64_t kContentBytes = 512U << 20U; ///< of all that one test file asks for

/// The whole contents of the files that tests ask for.
class LoadedContents : public FileContents
{
public:
    std::optional<FileContent> content(EntryId entry) const override
    {
        const auto found = m_files.find(entry);
        if (found == m_files.end()) {
            return std::nullopt;
        }
        return FileContent{found->second.bytes, !found->second.isCut};
    }

    Result<> load(ImageSource &source,
                  const Image &image,
                  const std::vector<EntryId> &entries,
                  const Monitor &monitor)
    {
        return readContents(source,
                            image,
                            entries,
                            {[this](EntryId entry) -> Result<> {
                                 m_files[entry] = {};
                                 return {};
                             },
                             [this, &monitor](EntryId entry, Bytes run) -> Result<> {
                                 add(m_files[entry], run);
                                 return monitor.isCancelled() ? Result<>(failCancelled())
                                                              : Result<>();
                             }},
                            monitor);
    }

private:
    struct File
    {
        std::string bytes;
        bool isCut = false;
    };
    void add(File &file, Bytes run)
    {
        const std::uint64_t room =
            std::min(kFileBytes - file.bytes.size(), kContentBytes - m_bytes);
        const std::size_t taken = std::min<std::uint64_t>(room, run.size());
        file.bytes.append(reinterpret_cast<const char *>(run.data()), taken);
        file.isCut = file.isCut || taken < run.size();
        m_bytes += taken;
    }

    std::map<EntryId, File> m_files;
    std::uint64_t m_bytes = 0;
};

Result<StructureTests> readTests(const std::string &path)
{
    const std::string shown = displayText(path);
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    const Result<std::string> text = readAll(**file, limits::kYamlBytes, shown);
    return text ? parseStructureTests(*text, path) : std::unexpected(text.error());
}

Result<std::vector<StructureTests>> readAllTests(std::span<const std::string> paths)
{
    std::vector<StructureTests> files;
    for (const std::string &path : paths) {
        Result<StructureTests> tests = readTests(path);
        if (!tests) {
            return std::unexpected(tests.error());
        }
        files.push_back(std::move(*tests));
    }
    return files;
}

std::string answer(const Context &context, const std::vector<TestOutcome> &outcomes)
{
    if (context.format == "json") {
        return structureTestsJson(outcomes);
    }
    return context.format == "junit" ? structureTestsJunit(outcomes)
                                     : structureTestsText(outcomes, context.style);
}

} // namespace

int runTest(Context &context)
{
    const Result<std::vector<StructureTests>> files =
        readAllTests(std::span(context.arguments.words).subspan(1));
    if (!files) {
        (void)failWith(context, files.error());
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Image &image = *opened->inspection->image;
    std::vector<TestOutcome> outcomes;
    for (const StructureTests &tests : *files) {
        LoadedContents contents;
        const Result<> loaded =
            contents.load(*opened->source, image, contentsOfTests(tests, image), context.monitor);
        if (!loaded && loaded.error().code == ErrorCode::Cancelled) {
            return failWith(context, loaded.error());
        }
        if (!loaded) { // the tests that lack a content fail, and say so
            context.monitor.clear();
            complain(loaded.error().message);
        }
        std::ranges::move(runStructureTests(tests, image, &contents), std::back_inserter(outcomes));
    }
    context.output.write(answer(context, outcomes));
    const int code = finish(context, image);
    const bool failed = std::ranges::any_of(outcomes, [](const TestOutcome &outcome) {
        return outcome.state == TestOutcome::State::Failed;
    });
    return code == ExitOk && failed ? static_cast<int>(ExitGateFailed) : code;
}

} // namespace cutaway::cli
