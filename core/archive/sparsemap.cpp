// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/sparsemap.h"

#include "core/archive/pax.h"
#include "core/base/limits.h"

#include <limits>

namespace cutaway {

namespace {

constexpr std::size_t kFieldBytes = 12;
constexpr std::size_t kPairBytes = 2 * kFieldBytes;
constexpr std::size_t kPairsPerBlock = 21;
constexpr std::size_t kContinuesAt = kPairsPerBlock * kPairBytes;

std::unexpected<Error> bad(std::string_view reason)
{
    return fail(ErrorCode::Corrupt, "bad sparse map: " + std::string(reason));
}

std::unexpected<Error> tooMany()
{
    return fail(ErrorCode::LimitExceeded,
                "a sparse file has more than " + std::to_string(limits::kSparseRuns) + " runs");
}

bool isBlank(std::string_view field)
{
    using namespace std::string_view_literals;
    return field.find_first_not_of("\0 "sv) == std::string_view::npos;
}

/// Appends pairs up to the first blank one.
Result<> takePairs(std::string_view pairs, SparseRuns &runs)
{
    for (; pairs.size() >= kPairBytes; pairs.remove_prefix(kPairBytes)) {
        const std::string_view offsetField = pairs.substr(0, kFieldBytes);
        const std::string_view sizeField = pairs.substr(kFieldBytes, kFieldBytes);
        if (isBlank(offsetField) && isBlank(sizeField)) {
            break;
        }
        const std::optional<TarNumber> offset = tarNumber(offsetField);
        const std::optional<TarNumber> size = tarNumber(sizeField);
        if (!offset || !size || offset->value < 0 || size->value < 0) {
            return bad("a run is not a pair of numbers");
        }
        if (runs.size() == limits::kSparseRuns) {
            return tooMany();
        }
        runs.push_back(
            {static_cast<std::uint64_t>(offset->value), static_cast<std::uint64_t>(size->value)});
    }
    return {};
}

/// Collects the numbers of a 1.0 map: their count, then offsets and sizes by turns.
class MapLines
{
public:
    bool isComplete() const { return m_count && m_runs.size() == *m_count; }
    SparseRuns take() { return std::move(m_runs); }

    Result<> takeByte(char c)
    {
        if (c >= '0' && c <= '9') {
            const auto digit = static_cast<std::uint64_t>(c - '0');
            if (m_number > (kMost - digit) / 10) {
                return bad("a number is too big");
            }
            m_number = m_number * 10 + digit;
            m_hasDigit = true;
            return {};
        }
        if (c != '\n' || !m_hasDigit) {
            return bad("a line is not a number");
        }
        m_hasDigit = false;
        return takeNumber(std::exchange(m_number, 0));
    }

private:
    static constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();

    Result<> takeNumber(std::uint64_t number)
    {
        if (!m_count) {
            if (number > limits::kSparseRuns) {
                return tooMany();
            }
            m_count = number;
        } else if (!m_hasOffset) {
            m_offset = number;
            m_hasOffset = true;
        } else {
            m_runs.push_back({m_offset, number});
            m_hasOffset = false;
        }
        return {};
    }

    SparseRuns m_runs;
    std::optional<std::uint64_t> m_count;
    std::uint64_t m_offset = 0;
    bool m_hasOffset = false;
    std::uint64_t m_number = 0;
    bool m_hasDigit = false;
};

} // namespace

Result<SparseRuns> readOldGnuMap(const TarHeader &header, TarInput &input)
{
    SparseRuns runs;
    bool continues = header.sparseContinues();
    if (const Result<> taken = takePairs(header.sparsePairs(), runs); !taken) {
        return std::unexpected(taken.error());
    }
    // Blocks may hold no pair at all, so it is they that are counted.
    for (std::uint32_t blocks = 0; continues; ++blocks) {
        if (blocks > limits::kSparseRuns / kPairsPerBlock) {
            return tooMany();
        }
        const Result<Bytes> block = input.block();
        if (!block) {
            return std::unexpected(block.error());
        }
        if (block->size() < kTarBlock) {
            return fail(ErrorCode::Corrupt, "truncated: the archive ends in a sparse map");
        }
        const std::string_view bytes(reinterpret_cast<const char *>(block->data()), block->size());
        if (const Result<> taken = takePairs(bytes.substr(0, kContinuesAt), runs); !taken) {
            return std::unexpected(taken.error());
        }
        continues = bytes[kContinuesAt] != '\0';
    }
    return runs;
}

Result<SparseRuns> parseSparseList(std::string_view list)
{
    SparseRuns runs;
    std::uint64_t offset = 0;
    bool hasOffset = false;
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        const std::optional<std::uint64_t> number = paxDigits(list.substr(0, comma));
        if (!number) {
            return bad("it holds something else than numbers");
        }
        if (!hasOffset) {
            offset = *number;
        } else if (runs.size() == limits::kSparseRuns) {
            return tooMany();
        } else {
            runs.push_back({offset, *number});
        }
        hasOffset = !hasOffset;
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    if (hasOffset) {
        return bad("an offset has no size");
    }
    return runs;
}

Result<SparseRuns> readInlineMap(TarInput &input, std::uint64_t &left)
{
    MapLines lines;
    while (!lines.isComplete()) {
        if (left < kTarBlock) {
            return bad("it is longer than the data");
        }
        const Result<Bytes> block = input.block();
        if (!block) {
            return std::unexpected(block.error());
        }
        if (block->size() < kTarBlock) {
            return fail(ErrorCode::Corrupt, "truncated: the archive ends in a sparse map");
        }
        left -= kTarBlock;
        for (std::size_t i = 0; i < block->size() && !lines.isComplete(); ++i) {
            if (const Result<> taken = lines.takeByte(static_cast<char>((*block)[i])); !taken) {
                return std::unexpected(taken.error());
            }
        }
    }
    return lines.take();
}

Result<> checkSparseRuns(const SparseRuns &runs, std::uint64_t size, std::uint64_t stored)
{
    std::uint64_t end = 0;
    for (const SparseRun &run : runs) {
        if (run.offset < end || run.offset > size || run.size > size - run.offset) {
            return bad("its runs overlap or lie outside the file");
        }
        end = run.offset + run.size;
        if (run.size > stored) {
            return bad("its runs are longer than the data");
        }
        stored -= run.size;
    }
    return {};
}

std::uint64_t sparseBytes(const SparseRuns &runs)
{
    std::uint64_t bytes = 0;
    for (const SparseRun &run : runs) {
        bytes += run.size; // checked: not more than the file
    }
    return bytes;
}

} // namespace cutaway
