// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/pagevector.h"

#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

namespace cutaway {

namespace {

/// From here on the system's pages; below, one page more or less would be a good part of it.
constexpr std::size_t kPaged = std::size_t{64} * 1024;

std::size_t pageSize()
{
    static const auto kSize = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return kSize;
}

std::size_t wholePages(std::size_t size)
{
    return (size + pageSize() - 1) / pageSize() * pageSize();
}

std::byte *mapPages(std::size_t size)
{
    void *mapped =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return static_cast<std::byte *>(mapped);
}

std::byte *growPages(std::byte *from, std::size_t size, std::size_t wanted)
{
    void *moved = ::mremap(from, size, wanted, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return static_cast<std::byte *>(moved);
}

std::byte *resizeHeap(std::byte *from, std::size_t size, std::size_t wanted)
{
    auto *moved = static_cast<std::byte *>(std::realloc(from, wanted));
    if (moved == nullptr) {
        throw std::bad_alloc();
    }
    if (wanted > size) {
        std::fill(moved + size, moved + wanted, std::byte{0});
    }
    return moved;
}

} // namespace

Pages::~Pages()
{
    if (m_size >= kPaged) {
        ::munmap(m_bytes, m_size);
    } else {
        std::free(m_bytes);
    }
}

void Pages::resize(std::size_t size)
{
    if (size < kPaged) {
        if (m_size < kPaged && size > 0) {
            constexpr std::size_t kFirst = 64;
            size = std::max(size, kFirst);
            m_bytes = resizeHeap(m_bytes, m_size, size);
            m_size = size;
        }
        return;
    }
    size = wholePages(size);
    if (m_size >= kPaged) {
        m_bytes = growPages(m_bytes, m_size, size);
    } else {
        std::byte *mapped = mapPages(size);
        std::copy_n(m_bytes, m_size, mapped);
        std::free(m_bytes);
        m_bytes = mapped;
    }
    m_size = size;
}

void Pages::forgetFront(std::size_t size)
{
    if (m_size >= kPaged) {
        const std::size_t whole = std::min(size, m_size) / pageSize() * pageSize();
        ::madvise(m_bytes, whole, MADV_DONTNEED);
    }
}

} // namespace cutaway
