// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/literals.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <hs.h>
#include <utility>

namespace cutaway {

namespace {

struct DatabaseFree
{
    void operator()(hs_database_t *database) const { hs_free_database(database); }
};
struct ScratchFree
{
    void operator()(hs_scratch_t *scratch) const { hs_free_scratch(scratch); }
};

int onMatch(unsigned int id,
            unsigned long long /*from*/,
            unsigned long long to,
            unsigned int /*flags*/,
            void *visit)
{
    const auto &told = *static_cast<const LiteralFinder::Visit *>(visit);
    return told(id, static_cast<std::size_t>(to)) ? 0 : 1;
}

} // namespace

struct LiteralFinder::State
{
    std::vector<Literal> literals;
    std::unique_ptr<hs_database_t, DatabaseFree> database; ///< null: the processor is not known
};

struct LiteralFinder::Memory::State
{
    std::unique_ptr<hs_scratch_t, ScratchFree> scratch;
};

LiteralFinder::Memory::Memory(const LiteralFinder &finder)
    : m_state(std::make_unique<State>())
{
    hs_scratch_t *scratch = nullptr;
    if (finder.m_state->database != nullptr
        && hs_alloc_scratch(finder.m_state->database.get(), &scratch) == HS_SUCCESS) {
        m_state->scratch.reset(scratch);
    }
}

LiteralFinder::Memory::~Memory() = default;
LiteralFinder::Memory::Memory(Memory &&) noexcept = default;
LiteralFinder::Memory &LiteralFinder::Memory::operator=(Memory &&) noexcept = default;

LiteralFinder::LiteralFinder(std::vector<Literal> literals)
    : m_state(std::make_unique<State>())
{
    m_state->literals = std::move(literals);
    std::vector<const char *> texts;
    std::vector<unsigned int> flags;
    std::vector<unsigned int> ids;
    std::vector<std::size_t> lengths;
    for (const Literal &literal : m_state->literals) {
        texts.push_back(literal.text.data());
        lengths.push_back(literal.text.size());
        flags.push_back(literal.anyCase ? HS_FLAG_CASELESS : 0);
        ids.push_back(static_cast<unsigned int>(ids.size()));
    }
    hs_database_t *database = nullptr;
    hs_compile_error_t *error = nullptr;
    hs_compile_lit_multi(texts.data(),
                         flags.data(),
                         ids.data(),
                         lengths.data(),
                         static_cast<unsigned int>(texts.size()),
                         HS_MODE_BLOCK,
                         nullptr,
                         &database,
                         &error);
    hs_free_compile_error(error);
    m_state->database.reset(database);
}

LiteralFinder::~LiteralFinder() = default;

void LiteralFinder::find(std::string_view text, const Memory &memory, const Visit &visit) const
{
    if (memory.m_state->scratch == nullptr) {
        findPlainly(m_state->literals, text, visit);
        return;
    }
    Visit told = visit;
    hs_scan(m_state->database.get(),
            text.data(),
            static_cast<unsigned int>(text.size()),
            0,
            memory.m_state->scratch.get(),
            &onMatch,
            &told);
}

void findPlainly(const std::vector<Literal> &literals,
                 std::string_view text,
                 const LiteralFinder::Visit &visit)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), asciiLower);
    std::vector<std::pair<std::size_t, std::uint32_t>> places;
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
        std::string wanted = literals[i].text;
        if (literals[i].anyCase) {
            std::ranges::transform(wanted, wanted.begin(), asciiLower);
        }
        const std::string_view where = literals[i].anyCase ? std::string_view(lower) : text;
        for (std::size_t at = where.find(wanted); at != std::string_view::npos;
             at = where.find(wanted, at + 1)) {
            places.emplace_back(at + wanted.size(), i);
        }
    }
    std::ranges::sort(places);
    for (const auto &[end, literal] : places) {
        if (!visit(literal, end)) {
            return;
        }
    }
}

} // namespace cutaway
