// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/randomstack.h"

#include <string>

namespace cutaway::test {

/// Lays the stack out with the real tree and with a naive extractor, and compares every path after
/// every layer, every byte, and what hid it. The first disagreement, with the stack as text; empty
/// when there is none.
[[nodiscard]] std::string disagreement(const MemberLists &layers);

} // namespace cutaway::test
