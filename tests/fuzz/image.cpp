// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/inspect/inspect.h"
#include "core/report/report.h"
#include "tests/fuzz/fuzz.h"

#include <array>
#include <sys/mman.h>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

constexpr std::size_t kPipeBytes = 60'000; ///< a pipe takes so much while nobody reads

void writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        require(written > 0, "the input can be handed over");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// A descriptor that reads the bytes: a file, or a pipe.
int descriptorOf(std::string_view bytes, bool isPipe)
{
    if (isPipe && bytes.size() <= kPipeBytes) {
        std::array<int, 2> ends = {};
        require(::pipe(ends.data()) == 0, "there are pipes");
        writeAll(ends[1], bytes);
        ::close(ends[1]);
        return ends[0];
    }
    const int file = ::memfd_create("input", 0);
    require(file >= 0, "there is memory for a file");
    writeAll(file, bytes);
    ::lseek(file, 0, SEEK_SET);
    return file;
}

void checkText(const std::string &text)
{
    requireEqual(displayLines(text), text, "text for people has nothing to escape");
}

void checkJson(const std::string &text)
{
    const Result<ParsedJson> parsed = parseJson(text, "report");
    require(parsed.has_value(), "a report is JSON");
}

void checkReports(const Inspection &inspection)
{
    const TextStyle style{.width = 80};
    checkText(inspectText(inspection, style));
    checkText(layersText(inspection, style));
    checkText(wasteText(inspection, style));
    checkText(dockerfileText(*inspection.image));
    checkJson(inspectJson(inspection));
    checkJson(layersJson(inspection));
    checkJson(wasteJson(inspection));
    checkJson(dockerfileJson(*inspection.image));
    FilesQuery query;
    query.view = FilesQuery::View::All;
    std::string files;
    const Sink sink = [&files](std::string_view part) { files += part; };
    filesText(*inspection.image, query, style, sink);
    checkText(files);
    files.clear();
    filesJson(*inspection.image, query, sink);
    checkJson(files);
    const NodeId last = inspection.image->tree->nodeCount() - 1;
    checkText(historyText(inspection, last, style));
    checkJson(historyJson(inspection, last));
}

} // namespace

/// An archive, from opening to reports.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Choices choices(textOf(data, size));
    const std::uint8_t choice = choices.byte();
    const int descriptor = descriptorOf(choices.rest(), choice % 4 == 0);
    Reference reference;
    reference.transport = Reference::Transport::Stdin;
    reference.text = "-";
    InspectOptions options;
    options.image = choice % 8 < 6 ? "@0" : "";
    options.open.stdinDescriptor = descriptor;
    Monitor monitor;
    const auto inspected = inspect(reference, options, monitor);
    ::close(descriptor);
    if (!inspected) {
        checkText(inspected.error().error.message);
        checkText(candidatesText(inspected.error().candidates));
        checkJson(candidatesJson(inspected.error().candidates));
        return 0;
    }
    const Inspection &inspection = *inspected->inspection;
    std::uint64_t shadowed = 0;
    for (const std::uint64_t bytes : inspection.analysis.shadowedBy) {
        shadowed += bytes;
    }
    requireEqual(inspection.analysis.visibleBytes + shadowed,
                 inspection.analysis.fileBytes,
                 "visible + causes = layer bytes");
    for (const Note &note : inspection.image->notes.list()) {
        requireEqual(displayText(note.message), note.message, "a note can be shown");
    }
    checkReports(inspection);
    return 0;
}
