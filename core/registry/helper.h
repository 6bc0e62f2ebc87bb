// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/base/result.h"

#include <string>

namespace cutaway {

/// Runs `docker-credential-NAME get`, with the server on its standard input, and gives what it
/// writes. `name` is a plain word. NotFound when it knows no credentials for that server; Io when
/// there is no such program, or it fails or takes longer than limits::kHelperTime.
[[nodiscard]] Result<std::string> askCredentialHelper(const std::string &name,
                                                      const std::string &server,
                                                      const Monitor &monitor);

} // namespace cutaway
