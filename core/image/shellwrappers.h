// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/shellscript.h"

#include <string>

namespace cutaway::shell {

/// Takes `sudo -E`, `env A=b`, `exec`, `nice -n 5`, `xargs -r` … off the front of a command and
/// notes them in `wrappers`.
void unwrapCommand(ShellCommand &command);

/// The text that the command hands to a shell: of `sh -c`, `su -c`, `eval`; else empty.
[[nodiscard]] std::string textRunBy(const ShellCommand &command);

} // namespace cutaway::shell
