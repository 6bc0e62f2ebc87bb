// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/tarcursor.h"

#include "core/archive/tarstate.h"
#include "core/base/limits.h"

#include <algorithm>
#include <limits>

namespace cutaway {

namespace {

bool isMetaHeader(char typeFlag)
{
    return typeFlag == 'x' || typeFlag == 'X' || typeFlag == 'g' || typeFlag == 'L'
           || typeFlag == 'K';
}

bool isZero(Bytes bytes)
{
    return std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
}

} // namespace

std::uint64_t tarPadding(std::uint64_t size)
{
    return (kTarBlock - size % kTarBlock) % kTarBlock;
}

std::unexpected<Error> corruptAt(std::uint64_t offset, std::string_view what)
{
    return atHeader(offset, {ErrorCode::Corrupt, std::string(what)});
}

std::unexpected<Error> atHeader(std::uint64_t offset, const Error &error)
{
    return fail(error.code, error.message + " (tar header at byte " + std::to_string(offset) + ")");
}

Result<TarCursor::State::Step> TarCursor::State::step()
{
    const std::uint64_t at = input.offset();
    headerOffset = at;
    const Result<Bytes> block = input.block();
    if (!block) {
        return std::unexpected(block.error());
    }
    if (block->empty()) { // no end mark: some builders write none, and runtimes do not mind
        return Step::End;
    }
    if (block->size() < kTarBlock) {
        return corruptAt(at, "truncated: the archive ends inside a header");
    }
    const TarHeader header(*block);
    if (header.isZero()) {
        return endMark();
    }
    if (!header.hasRightChecksum()) {
        return corruptAt(
            at, at == 0 ? "not a tar archive: bad header checksum" : "bad header checksum");
    }
    return isMetaHeader(header.typeFlag()) ? takeMeta(header, at) : takeMember(header, at);
}

Result<TarCursor::State::Step> TarCursor::State::endMark()
{
    const Result<Bytes> second = input.block();
    if (!second) {
        return std::unexpected(second.error());
    }
    if (!second->empty() && (second->size() < kTarBlock || !isZero(*second))) {
        return corruptAt(headerOffset, "a lone block of zeros stands before more data");
    }
    if (pendingAt) {
        remarks.add("the last extended header belongs to no member");
    }
    return Step::End;
}

Result<TarCursor::State::Step> TarCursor::State::takeMeta(const TarHeader &header, std::uint64_t at)
{
    const char typeFlag = header.typeFlag();
    const std::optional<TarNumber> size = tarNumber(header.sizeField());
    if (!size || size->value < 0) {
        return corruptAt(at, "an extended header has a bad size");
    }
    const auto bytes = static_cast<std::uint64_t>(size->value);
    if (bytes > limits.headerBytes) {
        return failLimit("an extended tar header at byte " + std::to_string(at) + " claims "
                             + std::to_string(bytes) + " bytes, more than the "
                             + std::to_string(limits.headerBytes) + " that are read",
                         &Limits::headerBytes);
    }
    std::string body;
    if (const Result<> read = input.readInto(body, static_cast<std::size_t>(bytes)); !read) {
        return std::unexpected(read.error());
    }
    const Result<std::uint64_t> padded = input.skip(tarPadding(bytes));
    if (!padded) {
        return std::unexpected(padded.error());
    }
    if (body.size() < bytes || *padded < tarPadding(bytes)) {
        return corruptAt(at, "truncated: the archive ends inside an extended header");
    }
    Result<> taken;
    if (typeFlag == 'g') {
        taken = pax.readGlobal(body);
    } else {
        pendingAt = pendingAt.value_or(at);
        if (typeFlag == 'L' || typeFlag == 'K') {
            body.resize(std::min(body.find('\0'), body.size()));
            (typeFlag == 'L' ? longName : longTarget) = std::move(body);
        } else {
            taken = pax.readLocal(std::move(body));
        }
    }
    if (!taken) {
        return atHeader(at, taken.error());
    }
    return Step::Other;
}

void TarCursor::State::clearPending()
{
    pax.clearLocal();
    longName.reset();
    longTarget.reset();
    pendingAt.reset();
}

Result<> TarCursor::State::passOverRest()
{
    const std::uint64_t left = dataLeft + restLeft; // each below 2^63 + a block
    dataLeft = 0;
    restLeft = 0;
    if (left == 0) {
        return {};
    }
    const Result<std::uint64_t> skipped = input.skip(left);
    if (!skipped) {
        return std::unexpected(skipped.error());
    }
    if (*skipped < left - std::min(padding, left)) {
        return corruptAt(headerOffset,
                         "truncated: the archive ends inside the data of "
                             + shownName(member.name));
    }
    return {};
}

Result<> TarCursor::State::drainToEnd()
{
    bool isAllZero = true;
    while (true) {
        const Result<Bytes> run = input.run(std::numeric_limits<std::uint64_t>::max());
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            break;
        }
        isAllZero = isAllZero && isZero(*run);
    }
    if (!isAllZero) {
        remarks.add("data follows the end-of-archive mark; it was not read as members");
    }
    return {};
}

TarCursor::TarCursor(ByteStream &from, std::uint64_t firstHeaderOffset, const Limits &limits)
    : m_state(std::make_unique<State>(from, firstHeaderOffset, limits))
{}

TarCursor::~TarCursor() = default;

const TarMember *TarCursor::next()
{
    State &state = *m_state;
    while (state.status && !state.isAtEnd) {
        state.status = state.passOverRest();
        if (!state.status) {
            break;
        }
        const Result<State::Step> step = state.step();
        if (!step) {
            state.status = std::unexpected(step.error());
        } else if (*step == State::Step::Member) {
            return &state.member;
        } else if (*step == State::Step::End) {
            state.isAtEnd = true;
            state.status = state.drainToEnd();
        }
    }
    return nullptr;
}

Result<Bytes> TarCursor::readData()
{
    State &state = *m_state;
    if (!state.status) {
        return std::unexpected(state.status.error());
    }
    if (state.dataLeft == 0) {
        return Bytes();
    }
    const Result<Bytes> run = state.input.run(state.dataLeft);
    if (!run) {
        state.status = std::unexpected(run.error());
        return run;
    }
    if (run->empty()) {
        state.status = corruptAt(state.headerOffset,
                                 "truncated: the archive ends inside the data of "
                                     + shownName(state.member.name));
        return std::unexpected(state.status.error());
    }
    state.dataLeft -= run->size();
    return run;
}

const Result<> &TarCursor::status() const
{
    return m_state->status;
}

const std::vector<std::string> &TarCursor::remarks() const
{
    return m_state->remarks.list();
}

Result<> TarCursor::drain()
{
    State &state = *m_state;
    if (state.status && !state.isAtEnd) {
        state.isAtEnd = true;
        const Result<std::uint64_t> skipped =
            state.input.skip(std::numeric_limits<std::uint64_t>::max());
        if (!skipped) {
            state.status = std::unexpected(skipped.error());
        }
    }
    return state.status;
}

} // namespace cutaway
