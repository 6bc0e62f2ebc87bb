// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/blobdownload.h"

#include "core/registry/refusal.h"

#include <algorithm>
#include <charconv>

namespace cutaway {

namespace {

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// Where the bytes of a partial answer begin: "bytes 5-9/10" (RFC 9110, section 14.4).
std::optional<std::uint64_t> rangeBegin(const HttpAnswer &head)
{
    constexpr std::string_view kUnit = "bytes ";
    const std::string_view range = head.header("content-range");
    return range.starts_with(kUnit) ? numberIn(range.substr(kUnit.size())) : std::nullopt;
}

} // namespace

BlobDownload::BlobDownload(Repository &repository, const Descriptor &descriptor, std::uint64_t had)
    : m_repository(repository)
    , m_digest(descriptor.digest)
    , m_size(static_cast<std::uint64_t>(descriptor.size.value_or(0)))
    , m_had(had)
{}

Result<> BlobDownload::checkHead(const HttpAnswer &head)
{
    m_passOver = 0;
    if (head.status == 206 && rangeBegin(head) != m_had) {
        return fail(ErrorCode::Network, "another range came than the one asked for");
    }
    if (head.status != 206) {
        m_passOver = m_had;
    }
    const auto length = numberIn(head.header("content-length"));
    const std::uint64_t left = m_size - m_had + m_passOver;
    return length && *length != left
               ? fail(ErrorCode::Corrupt,
                      std::string("it is ") + (*length > left ? "longer" : "shorter")
                          + " than the manifest says; it was refused")
               : Result<>();
}

Result<> BlobDownload::begin(const Monitor &monitor)
{
    auto exchange = m_repository.beginBlob(m_digest, m_had, monitor);
    if (!exchange) {
        return std::unexpected(exchange.error());
    }
    if (!(*exchange)->head().isSuccess()) {
        m_isRefused = true;
        const Result<HttpAnswer> answer = (*exchange)->finish(monitor);
        return std::unexpected(answer ? m_repository.errorOf(*answer, "such blob")
                                      : answer.error());
    }
    const Result<> right = checkHead((*exchange)->head());
    if (right) {
        m_exchange = std::move(*exchange);
    }
    return right;
}

Result<Bytes> BlobDownload::nextRun(const Monitor &monitor)
{
    if (m_exchange == nullptr) {
        if (const Result<> begun = begin(monitor); !begun) {
            return std::unexpected(begun.error());
        }
    }
    Result<Bytes> run = m_exchange->next(monitor);
    while (run && !run->empty() && m_passOver >= run->size()) {
        m_passOver -= run->size();
        run = m_exchange->next(monitor);
    }
    if (!run) {
        return run;
    }
    const Bytes fresh = run->subspan(std::min<std::uint64_t>(m_passOver, run->size()));
    m_passOver = 0;
    if (fresh.empty()) {
        return fail(ErrorCode::Corrupt, "it is shorter than the manifest says; it was refused");
    }
    if (fresh.size() > m_size - m_had) {
        return fail(ErrorCode::Corrupt, "it is longer than the manifest says; it was refused");
    }
    return fresh;
}

Result<Bytes> BlobDownload::next(const Monitor &monitor)
{
    while (m_had < m_size) {
        Result<Bytes> run = nextRun(monitor);
        if (run) {
            m_had += run->size();
            m_tried = 0;
            return run;
        }
        m_exchange.reset();
        if (run.error().code != ErrorCode::Network || m_isRefused
            || m_tried + 1 >= limits::kTries) {
            return failIn("blob " + m_digest.shortText(), run.error());
        }
        if (const Result<> waited = waitBefore(m_tried, std::nullopt, monitor); !waited) {
            return std::unexpected(waited.error());
        }
        ++m_tried;
    }
    return Bytes();
}

} // namespace cutaway
