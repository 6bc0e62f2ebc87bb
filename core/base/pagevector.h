// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace cutaway {

/// Memory for one growing array, taken from the system page by page: growing moves pages instead of
/// copying them, what was never written costs nothing, and what was read for the last time can be
/// given back from the front. Small ones come from the heap.
class Pages
{
public:
    Pages() = default;
    ~Pages();
    Pages(const Pages &) = delete;
    Pages &operator=(const Pages &) = delete;
    Pages(Pages &&other) noexcept
        : m_bytes(std::exchange(other.m_bytes, nullptr))
        , m_size(std::exchange(other.m_size, 0))
    {}
    Pages &operator=(Pages &&other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        std::swap(m_size, other.m_size);
        return *this;
    }

    std::byte *data() const { return m_bytes; }
    std::size_t size() const { return m_size; }
    /// Keeps what is there, as far as it fits; what is new is not initialised, but zero in an
    /// object that was empty. Throws std::bad_alloc.
    void resize(std::size_t size);
    /// Gives the whole pages before `size` back; they read as zeros from then on, or as they were.
    void forgetFront(std::size_t size);

private:
    std::byte *m_bytes = nullptr;
    std::size_t m_size = 0;
};

/// A vector of plain records for the big arrays of a tree. std::vector holds up to three times what
/// it needs while it grows or shrinks, and hands it to a heap that keeps it.
template<typename T>
class PageVector
{
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    PageVector() = default;
    explicit PageVector(std::size_t size, const T &value = T()) { resize(size, value); }
    PageVector(PageVector &&other) noexcept
        : m_pages(std::move(other.m_pages))
        , m_size(std::exchange(other.m_size, 0))
    {}
    PageVector &operator=(PageVector &&other) noexcept
    {
        PageVector taken(std::move(other));
        std::swap(m_pages, taken.m_pages);
        std::swap(m_size, taken.m_size);
        return *this;
    }
    PageVector(const PageVector &) = delete;
    PageVector &operator=(const PageVector &) = delete;
    ~PageVector() = default;

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    T *data() { return reinterpret_cast<T *>(m_pages.data()); }
    const T *data() const { return reinterpret_cast<const T *>(m_pages.data()); }
    T &operator[](std::size_t i) { return data()[i]; }
    const T &operator[](std::size_t i) const { return data()[i]; }
    T *begin() { return data(); }
    T *end() { return data() + m_size; }
    const T *begin() const { return data(); }
    const T *end() const { return data() + m_size; }
    T &back() { return data()[m_size - 1]; }
    const T &back() const { return data()[m_size - 1]; }
    operator std::span<const T>() const { return {data(), m_size}; } // NOLINT(google-explicit-*)
    std::size_t memoryBytes() const { return m_size * sizeof(T); }

    void push_back(const T &value) // NOLINT(readability-identifier-naming)
    {
        if ((m_size + 1) * sizeof(T) > m_pages.size()) {
            const T kept = value; // it may lie in here
            makeRoom(m_size + 1);
            std::construct_at(data() + m_size++, kept);
            return;
        }
        std::construct_at(data() + m_size++, value);
    }
    void append(std::span<const T> values)
    {
        makeRoom(m_size + values.size());
        std::ranges::copy(values, data() + m_size);
        m_size += values.size();
    }
    void resize(std::size_t size, const T &value = T())
    {
        makeRoom(size);
        if (size > m_size) {
            std::uninitialized_fill(data() + m_size, data() + size, value);
        }
        m_size = size;
    }
    /// Zero bytes in all records, whatever was there; costs nothing before they are written.
    void assignZeros(std::size_t size)
    {
        release();
        m_pages.resize(size * sizeof(T));
        m_size = size;
    }
    void pop_back() { --m_size; } // NOLINT(readability-identifier-naming)
    void clear() { m_size = 0; }
    /// Empty, and nothing held.
    void release() { *this = PageVector(); }
    /// The records before `count` will not be looked at any more.
    void forgetFront(std::size_t count) { m_pages.forgetFront(count * sizeof(T)); }

private:
    void makeRoom(std::size_t count)
    {
        const std::size_t needed = count * sizeof(T);
        if (needed > m_pages.size()) {
            m_pages.resize(std::max(needed, m_pages.size() + m_pages.size() / 2));
        }
    }

    Pages m_pages;
    std::size_t m_size = 0;
};

} // namespace cutaway
