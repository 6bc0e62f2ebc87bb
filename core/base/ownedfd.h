// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>
#include <utility>

namespace cutaway {

/// A file descriptor that closes itself.
class OwnedFd
{
public:
    OwnedFd() = default;
    explicit OwnedFd(int descriptor)
        : m_descriptor(descriptor)
    {}
    ~OwnedFd() { reset(); }
    OwnedFd(const OwnedFd &) = delete;
    OwnedFd &operator=(const OwnedFd &) = delete;
    OwnedFd(OwnedFd &&other) noexcept
        : m_descriptor(other.release())
    {}
    OwnedFd &operator=(OwnedFd &&other) noexcept
    {
        reset(other.release());
        return *this;
    }

    int get() const { return m_descriptor; }
    bool isOpen() const { return m_descriptor >= 0; }
    int release() { return std::exchange(m_descriptor, -1); }
    void reset(int descriptor = -1)
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        m_descriptor = descriptor;
    }

private:
    int m_descriptor = -1;
};

} // namespace cutaway
