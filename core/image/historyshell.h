// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How builders prefix and suffix the command of a history line. Each function takes its part off
/// `line` and leaves it as it is when the part is not there.
namespace cutaway::history {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// `/bin/sh -c `, `/bin/bash -o pipefail -c `, `cmd /S /C `, `powershell -Command …`: the shell
/// with its flags, without the space that follows; empty when the line does not begin with one.
[[nodiscard]] std::string_view takeShell(std::string_view &line);

/// `|2 A=x B=y z command`: the build arguments. Values may hold blanks, so the count and the shell
/// that follows decide where they end.
[[nodiscard]] Pairs takeBuildArgs(std::string_view &line);

/// buildah's `… |unsetLabel=true|force-mtime=1`.
[[nodiscard]] Pairs takeMetadata(std::string_view &line);

/// BuildKit's ` # buildkit`.
bool takeBuildKitMark(std::string_view &line);

[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Whether `name=` begins the text, where name is an identifier (as ENV, ARG and build arguments
/// have them) or, `asLabel`, a label's key.
[[nodiscard]] bool beginsPair(std::string_view text, bool asLabel = false);

} // namespace cutaway::history
