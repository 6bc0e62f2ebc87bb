// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/console.h"

#include <algorithm>
#include <deque>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway::cli {

struct Command;

/// Our name for a format that other tools call by that one: "spdx" for "spdx-json".
[[nodiscard]] std::string formatMeant(const std::string &name);

/// What the values of --output ask for: the answer's own file, and further ones in other formats.
struct OutputRequest
{
    std::optional<std::string> file;
    std::vector<std::pair<std::string, std::string>> more; ///< format, file
};

/// Reads `FILE`, and where the command writes several at once `FORMAT=FILE` too. InvalidInput for
/// what is nearly a format, for a format without a file, and for one file named twice.
[[nodiscard]] Result<OutputRequest> outputRequest(const Command &command,
                                                  const Arguments &arguments);

/// Files in further formats, opened before the work begins and written all or nothing each.
class MoreOutputs
{
public:
    [[nodiscard]] Result<> open(const OutputRequest &request);
    /// Whether any of the formats is one of those.
    template<typename IsOne>
    [[nodiscard]] bool wants(IsOne isOne) const
    {
        return std::ranges::any_of(m_outputs, isOne, &Entry::format);
    }
    /// `write` gives the report in a format by its name.
    template<typename Write>
    [[nodiscard]] Result<> write(Write write)
    {
        for (auto &[format, output] : m_outputs) {
            output.write(write(format));
            if (const Result<> done = output.finish(); !done) {
                return done;
            }
        }
        return {};
    }

private:
    struct Entry
    {
        std::string format;
        Output output;
    };
    std::deque<Entry> m_outputs; ///< an output stays where it is
};

} // namespace cutaway::cli
