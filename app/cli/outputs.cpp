// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/outputs.h"

#include "app/cli/commands.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace cutaway::cli {
namespace {

/// Whether the word before the `=` is a format; an error where it is nearly one, for a file of
/// such a name is hardly meant.
Result<bool> namesFormat(const Command &command, const std::string &word)
{
    std::vector<std::string> formats(command.formats.begin(), command.formats.end());
    if (std::ranges::find(formats, formatMeant(word)) != formats.end()) {
        return true;
    }
    if (const std::string nearest = nearestWord(word, formats); !nearest.empty()) {
        return fail(ErrorCode::InvalidInput,
                    "--output: '" + displayText(word) + "' is no format; did you mean '" + nearest
                        + "'? (./" + displayText(word) + "=… is a file)");
    }
    return false;
}

} // namespace

std::string formatMeant(const std::string &name)
{
    return name == "spdx-json" ? "spdx" : name == "cyclonedx-json" ? "cyclonedx" : name;
}

Result<OutputRequest> outputRequest(const Command &command, const Arguments &arguments)
{
    OutputRequest request;
    if (!command.severalOutputs) {
        request.file = arguments.value("--output");
        return request;
    }
    std::set<std::string> files;
    for (const std::string &value : arguments.values("--output")) {
        const std::size_t equals = value.find('=');
        bool isFormat = false;
        if (equals != std::string::npos) {
            const Result<bool> found = namesFormat(command, value.substr(0, equals));
            if (!found) {
                return std::unexpected(found.error());
            }
            isFormat = *found;
        }
        const std::string file = isFormat ? value.substr(equals + 1) : value;
        if (file.empty()) {
            return fail(ErrorCode::InvalidInput,
                        "--output " + displayText(value) + " names no file");
        }
        if (!files.insert(file).second || (!isFormat && request.file)) {
            return fail(ErrorCode::InvalidInput,
                        isFormat || request.file == file
                            ? "--output writes " + displayText(file) + " twice"
                            : "--output names two files for one answer; --output FORMAT=FILE "
                              "writes further ones");
        }
        if (isFormat) {
            request.more.emplace_back(formatMeant(value.substr(0, equals)), file);
        } else {
            request.file = file;
        }
    }
    return request;
}

Result<> MoreOutputs::open(const OutputRequest &request)
{
    for (const auto &[format, file] : request.more) {
        Entry &entry = m_outputs.emplace_back();
        entry.format = format;
        if (const Result<> opened = entry.output.openFile(file); !opened) {
            return opened;
        }
    }
    return {};
}

} // namespace cutaway::cli
