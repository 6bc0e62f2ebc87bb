// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "core/audit/accounts.h"
#include "core/audit/entryscripts.h"
#include "core/audit/finding.h"
#include "core/audit/treematches.h"
#include "core/image/filecontents.h"
#include "core/image/image.h"
#include "core/image/shellscript.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What an image is for; rules have other measures for each.
enum class ImageKind : std::uint8_t {
    Application,
    Runtime,    ///< a language's interpreter, for others to build on
    OsBase,     ///< a distribution, for others to build on
    Builder,    ///< compilers and tools
    Distroless, ///< libraries of a distribution, no shell
    Scratch,    ///< hardly more than the program
    Windows,
    Artifact, ///< no image to be run
};
[[nodiscard]] std::string_view imageKindName(ImageKind kind); ///< "application", "os-base" …

/// One line of history, taken apart.
struct BuildFact
{
    std::uint32_t index = 0;
    const HistoryEntry *entry = nullptr;
    BuildStep step;
    ShellScript script; ///< of RUN; empty for others
    Origin origin = Origin::Unknown;
};

/// What several rules ask, found out once. Refers to the image, which must outlive it.
struct AuditFacts
{
    ImageKind kind = ImageKind::Application;
    std::string builder; ///< the tool that made the image without a Dockerfile, or empty
    std::vector<BuildFact> steps;
    std::vector<std::string> argv; ///< entrypoint and cmd, as they are run
    std::size_t application = 0;   ///< which word of argv is the program, behind inits and wrappers
    std::map<std::string, std::string, std::less<>> env;
    bool hasShell = false;          ///< /bin/sh or the like is there
    bool hasSbom = false;           ///< a bill of materials lies in the image
    Accounts accounts;              ///< where contents were asked for
    std::vector<std::string> homes; ///< that users have beside /root and those below /home
    TreeMatches matches;
    EntryScripts scripts; ///< without contents the text of a shell form at the most

    /// The value of an environment variable; nothing where it is not set.
    const std::string *variable(std::string_view name) const;
    /// The program to be run, without its directory; empty where there is none.
    std::string_view program() const;
    /// Steps that are RUN, and not by the base image's hand where that is known.
    template<typename Visit>
    void forEachAppRun(Visit visit) const
    {
        for (const BuildFact &step : steps) {
            if (step.step.keyword == "RUN" && step.origin != Origin::Base) {
                visit(step);
            }
        }
    }
};

/// `contents` may be nullptr; then what only they tell stays unknown.
[[nodiscard]] AuditFacts gatherFacts(const Image &image,
                                     const FileContents *contents,
                                     const Monitor &monitor);

[[nodiscard]] bool knowsBase(const BaseImage &base);
/// Whose layer it is, where that is known.
[[nodiscard]] Origin originOf(const Image &image, LayerIndex layer);

} // namespace cutaway
