// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/base/result.h"

#include <memory>
#include <string>

namespace cutaway {

/// Where secrets are kept by others, and given back to this user alone. May be used from several
/// threads.
class Keyring
{
public:
    Keyring() = default;
    virtual ~Keyring() = default;
    Keyring(const Keyring &) = delete;
    Keyring &operator=(const Keyring &) = delete;

    /// NotFound when nothing lies under that name; Unsupported when there is no keyring here;
    /// Unauthorized when the user does not open it.
    [[nodiscard]] virtual Result<std::string> read(const std::string &name,
                                                   const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<> write(const std::string &name,
                                         const std::string &secret,
                                         const Monitor &monitor) = 0;
    [[nodiscard]] virtual Result<> remove(const std::string &name, const Monitor &monitor) = 0;
};
using KeyringPtr = std::shared_ptr<Keyring>;

/// The desktop's (freedesktop.org's Secret Service: GNOME's keyring, KWallet, KeePassXC). Nothing
/// is asked before it is used.
[[nodiscard]] KeyringPtr desktopKeyring();

} // namespace cutaway
