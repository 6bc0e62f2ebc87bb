// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A text to be looked for.
struct Literal
{
    std::string text;
    bool anyCase = false; ///< of ASCII letters
};

/// Finds places of many texts in one pass over the bytes: the only door to Vectorscan. Compiled
/// when it is made, which takes milliseconds; several threads may search with one, each with a
/// working memory of its own.
class LiteralFinder
{
public:
    /// What one thread needs to search. Usable with one finder.
    class Memory
    {
    public:
        explicit Memory(const LiteralFinder &finder);
        ~Memory();
        Memory(Memory &&) noexcept;
        Memory &operator=(Memory &&) noexcept;

    private:
        friend class LiteralFinder;
        struct State;
        std::unique_ptr<State> m_state;
    };

    /// Called with the number of a literal and the place behind it, in order of places. False ends
    /// the search.
    using Visit = std::function<bool(std::uint32_t literal, std::size_t end)>;

    explicit LiteralFinder(std::vector<Literal> literals);
    ~LiteralFinder();
    LiteralFinder(const LiteralFinder &) = delete;
    LiteralFinder &operator=(const LiteralFinder &) = delete;

    void find(std::string_view text, const Memory &memory, const Visit &visit) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The same without Vectorscan: for texts so short that compiling would take longer, and for
/// processors that it does not know.
void findPlainly(const std::vector<Literal> &literals,
                 std::string_view text,
                 const LiteralFinder::Visit &visit);

} // namespace cutaway
