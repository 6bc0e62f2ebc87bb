// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/refusal.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <charconv>
#include <thread>

namespace cutaway {

Refusal refusalOf(const HttpAnswer &answer)
{
    const Result<ParsedJson> parsed = parseJson(answer.body, "the error", BadUtf8::Replace);
    if (!parsed || parsed->value["errors"].elements().empty()) {
        return {};
    }
    const Json &first = parsed->value["errors"].elements().front();
    const std::string &code = first["code"].toString();
    const std::string &message = first["message"].toString();
    const std::string text =
        code.empty() || message.empty() ? code + message : code + ": " + message;
    constexpr std::size_t kMost = 200;
    return {code, displayText(std::string_view(text).substr(0, kMost))};
}

bool isBusy(int status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isWebPage(const HttpAnswer &answer)
{
    return answer.header("content-type").starts_with("text/html");
}

std::optional<std::chrono::seconds> retryAfter(const HttpAnswer &answer)
{
    const std::string_view text = answer.header("retry-after");
    int seconds = 0;
    const char *const begin = text.data();
    const char *const end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, seconds);
    return error == std::errc() && stop == end && seconds >= 0
               ? std::optional(std::chrono::seconds(seconds))
               : std::nullopt;
}

Result<> waitBefore(int tried, std::optional<std::chrono::seconds> asked, const Monitor &monitor)
{
    using std::chrono::milliseconds;
    using Clock = std::chrono::steady_clock;
    constexpr milliseconds kFirst(250);
    constexpr milliseconds kStep(20); // a cancel is answered within 100
    const milliseconds time =
        asked ? milliseconds(*asked) : kFirst * (1U << static_cast<unsigned>(tried));
    for (const auto end = Clock::now() + time; Clock::now() < end;) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        std::this_thread::sleep_for(kStep);
    }
    return {};
}

} // namespace cutaway
