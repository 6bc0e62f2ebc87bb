// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/policy/policy.h"
#include "core/base/yaml.h"

namespace cutaway {

/// Puts what the document says over what the policy says already. `file` names it in errors.
/// `extends` is left to the caller.
[[nodiscard]] Result<> readPolicy(const Yaml &root, const std::string &file, Policy &policy);

/// The entries of `ignore`, put behind those that are there.
[[nodiscard]] Result<> readIgnores(const Yaml &list, const std::string &file, Policy &policy);
/// The entries of `secrets.allow`: ignores of what is found in files, by detector.
[[nodiscard]] Result<> readAllowedSecrets(const Yaml &list,
                                          const std::string &file,
                                          Policy &policy);

/// What the labels of `schemas` are held against.
[[nodiscard]] Result<> readSchemas(const Yaml &value, const std::string &file, Policy &policy);

/// "2027-03-31"; nothing for what is no day.
[[nodiscard]] std::optional<std::chrono::sys_days> dayNamed(std::string_view text);

/// A regular file's text, at most limits::kYamlBytes. NotFound where there is none.
[[nodiscard]] Result<std::string> readSmallFile(const std::string &path);

} // namespace cutaway
