// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "core/compare/gate.h"
#include "core/report/report.h"

#include <string>
#include <vector>

/// What came of holding two images against one another. `gate` is empty where none was asked for.
namespace cutaway {

[[nodiscard]] std::string compareText(const Comparison &comparison,
                                      const std::vector<GateCheck> &gate,
                                      const TextStyle &style);
/// Every difference; written as it goes, for there may be as many as the images have files.
void compareJson(const Comparison &comparison,
                 const std::vector<GateCheck> &gate,
                 Secrets secrets,
                 const Sink &sink);
/// For the comment on a change: at most limits::kMarkdownBytes, never with a secret.
[[nodiscard]] std::string compareMarkdown(const Comparison &comparison,
                                          const std::vector<GateCheck> &gate);

} // namespace cutaway
