// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/entryscripts.h"
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// Numbers of e_machine (ELF specification), and the architecture that they are.
struct MachineRow
{
    unsigned machine = 0;
    std::string_view architecture; ///< as images have it
    std::string_view runsOn;       ///< another that runs it as well
};
constexpr std::array kMachines = {
    MachineRow{3, "386", "amd64"},
    MachineRow{8, "mips", {}},
    MachineRow{21, "ppc64", {}},
    MachineRow{22, "s390x", {}},
    MachineRow{40, "arm", "arm64"},
    MachineRow{62, "amd64", {}},
    MachineRow{183, "arm64", {}},
    MachineRow{243, "riscv64", {}},
    MachineRow{258, "loong64", {}},
};

std::string machineFault(const AuditContext &context, std::string_view bytes)
{
    constexpr std::size_t kDataAt = 5;
    constexpr std::size_t kMachineAt = 18;
    const std::string &declared = context.image.config.platform.architecture;
    if (bytes.size() < kMachineAt + 2 || declared.empty()) {
        return {};
    }
    const bool isLittle = bytes[kDataAt] == 1;
    const auto byte = [&](std::size_t at) {
        return static_cast<unsigned>(static_cast<unsigned char>(bytes[at]));
    };
    const unsigned machine = isLittle ? byte(kMachineAt) | byte(kMachineAt + 1) << 8
                                      : byte(kMachineAt) << 8 | byte(kMachineAt + 1);
    const auto *const row = std::ranges::find(kMachines, machine, &MachineRow::machine);
    const bool fits = row == kMachines.end() || declared.starts_with(row->architecture)
                      || declared == row->runsOn; // ppc64le, mips64el …
    return fits ? std::string()
                : " is for " + std::string(row->architecture) + ", the image says "
                      + quoted(declared) + ".";
}

bool isText(std::string_view bytes)
{
    return !bytes.empty() && std::ranges::all_of(bytes, [](char c) {
        return static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\r' || c == '\t';
    });
}

std::string scriptFault(const AuditContext &context, const Shebang &shebang, std::string_view text)
{
    if (shebang.hasCarriageReturn) {
        return " has lines that end as in Windows: its interpreter is not found by that name.";
    }
    if (shebang.words.empty()) {
        return " names no interpreter behind #!.";
    }
    const PathTree &tree = *context.image.tree;
    const bool isThere = findProgram(tree, context.image.config, shebang.words.front()) != kNone
                         && (shebang.program.empty()
                             || findProgram(tree, context.image.config, shebang.program) != kNone);
    if (!isThere) {
        return " needs " + quoted(shebang.program.empty() ? shebang.words.front() : shebang.program)
               + ", which is not in the image.";
    }
    const auto lines = std::ranges::count(text, '\n');
    std::ptrdiff_t windows = 0;
    for (std::size_t at = text.find("\r\n"); at != std::string_view::npos;
         at = text.find("\r\n", at + 2)) {
        ++windows;
    }
    return shebang.isShell() && windows > 0 && windows * 2 >= lines
               ? " has lines that end as in Windows, which the shell takes for parts of commands."
               : std::string();
}

} // namespace

std::string startFault(const AuditContext &context, EntryId entry)
{
    const PathTree &tree = *context.image.tree;
    if (context.contents == nullptr || tree.effectiveType(entry) != EntryType::File) {
        return {};
    }
    const std::optional<FileContent> content = context.contents->content(entry);
    if (!content) {
        return {};
    }
    if (content->bytes.starts_with("\x7f"
                                   "ELF")) {
        return machineFault(context, content->bytes);
    }
    if (const auto shebang = parseShebang(content->bytes)) {
        return scriptFault(context, *shebang, content->bytes);
    }
    constexpr std::size_t kLookedAt = 512;
    return isText(content->bytes.substr(0, kLookedAt))
               ? " is text without a #! line, which the kernel does not start."
               : std::string();
}

} // namespace cutaway
