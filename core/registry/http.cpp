// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/http.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/registry/addresses.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <curl/curl.h>
#include <mutex>
#include <new>
#include <optional>

namespace cutaway {

namespace {

using Clock = std::chrono::steady_clock;

const std::string kUntrusted = "its certificate is not trusted";
constexpr int kPollMilliseconds = 50; // a cancel is answered within 100

struct EasyDeleter
{
    void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter
{
    void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
};
struct ListDeleter
{
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

/// A connection of ours, kept between requests.
struct Line
{
    std::unique_ptr<CURLM, MultiDeleter> multi{curl_multi_init()};
    std::unique_ptr<CURL, EasyDeleter> easy{curl_easy_init()};
};

void startLibrary()
{
    static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    (void)kStarted;
}

Error errorOf(CURLcode code, std::string_view message)
{
    const std::string detail =
        " (" + displayText(message.empty() ? std::string_view(curl_easy_strerror(code)) : message)
        + ")";
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::Network, "there is no host of that name" + detail};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorCode::Network, "the proxy that the environment names is not found" + detail};
    case CURLE_COULDNT_CONNECT: return {ErrorCode::Network, "nobody answers there" + detail};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR: return {ErrorCode::Network, kUntrusted + detail};
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::Io, "the file of trusted certificates cannot be read" + detail};
    case CURLE_SSL_CERTPROBLEM:
        return {ErrorCode::Io, "our own certificate cannot be used" + detail};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::Network, "the answer takes too long" + detail};
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING: return {ErrorCode::Network, "the answer ended early" + detail};
    case CURLE_OUT_OF_MEMORY: // what it says of a header line beyond its own bounds, too
        return {ErrorCode::LimitExceeded,
                "the headers of the answer are too long, or there is no memory left"};
    default: break;
    }
    const bool isProxy = code == CURLE_PROXY || message.contains("CONNECT");
    return {ErrorCode::Network,
            (isProxy ? "the proxy that the environment names does not let us through"
                     : "the answer cannot be read")
                + detail};
}

} // namespace

std::string_view HttpAnswer::header(std::string_view name) const
{
    const auto found =
        std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> HttpAnswer::headersOf(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto &[key, value] : headers) {
        if (key == name) {
            values.push_back(value);
        }
    }
    return values;
}

bool isTrustProblem(const Error &error)
{
    return error.message.starts_with(kUntrusted);
}

/// Connections that nobody uses at the moment.
struct HttpClient::Lines
{
    std::chrono::seconds silentTime{};
    std::mutex mutex;
    std::vector<std::unique_ptr<Line>> idle;

    std::unique_ptr<Line> take()
    {
        const std::scoped_lock lock(mutex);
        if (idle.empty()) {
            return std::make_unique<Line>();
        }
        std::unique_ptr<Line> line = std::move(idle.back());
        idle.pop_back();
        return line;
    }
    void giveBack(std::unique_ptr<Line> line)
    {
        const std::scoped_lock lock(mutex);
        idle.push_back(std::move(line));
    }
};

struct HttpExchange::State
{
    State(HttpRequest asked, std::shared_ptr<HttpClient::Lines> from)
        : request(std::move(asked))
        , lines(std::move(from))
        , line(lines->take())
    {}
    ~State();
    State(const State &) = delete;
    State &operator=(const State &) = delete;

    std::chrono::seconds silentTime() const
    {
        return std::max(request.patience, lines->silentTime);
    }
    void prepare();
    void prepareTrust(CURL *easy) const;
    template<typename Until>
    Result<> run(const Monitor &monitor, Until until);
    void collect();
    std::size_t takeHeader(std::string_view text);
    std::size_t takeBody(std::string_view text);
    std::size_t refuse(ErrorCode why, std::string what);
    Result<> outcome() const;

    static std::size_t onHeader(char *text, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *text, std::size_t size, std::size_t count, void *self);

    HttpRequest request;
    std::shared_ptr<HttpClient::Lines> lines;
    std::unique_ptr<Line> line;
    std::unique_ptr<curl_slist, ListDeleter> headers;
    std::optional<Clock::time_point> end;
    HttpAnswer answer;
    std::string pending; ///< came, and was not asked for yet
    std::string given;
    std::size_t headerBytes = 0;
    bool hasHead = false;
    std::optional<CURLcode> code; ///< once it is over
    std::optional<Error> refusal;
    std::array<char, CURL_ERROR_SIZE> message = {};
};

HttpExchange::State::~State()
{
    if (line->multi != nullptr && line->easy != nullptr) {
        curl_multi_remove_handle(line->multi.get(), line->easy.get());
        curl_easy_reset(line->easy.get()); // it knows us no more
        lines->giveBack(std::move(line));
    }
}

std::size_t HttpExchange::State::refuse(ErrorCode why, std::string what)
{
    refusal = Error{why, std::move(what)};
    return 0; // ends the transfer
}

std::size_t HttpExchange::State::onHeader(char *text,
                                          std::size_t size,
                                          std::size_t count,
                                          void *self)
{
    try {
        return static_cast<State *>(self)->takeHeader({text, size * count});
    } catch (const std::bad_alloc &) {
        return 0;
    }
}

std::size_t HttpExchange::State::onBody(char *text, std::size_t size, std::size_t count, void *self)
{
    try {
        return static_cast<State *>(self)->takeBody({text, size * count});
    } catch (const std::bad_alloc &) {
        return 0;
    }
}

std::size_t HttpExchange::State::takeHeader(std::string_view text)
{
    headerBytes += text.size();
    if (headerBytes > limits::kHttpHeaderBytes) {
        return refuse(ErrorCode::LimitExceeded,
                      "the headers of the answer are longer than "
                          + formatBytes(limits::kHttpHeaderBytes));
    }
    if (text.starts_with("HTTP/")) { // also behind "100 Continue"
        answer.headers.clear();
        answer.status = 0;
        const std::size_t blank = std::min(text.find(' '), text.size() - 1);
        std::from_chars(text.data() + blank + 1, text.data() + text.size(), answer.status);
        return text.size();
    }
    if (trimmed(text).empty()) {
        hasHead = answer.status >= 200;
        return text.size();
    }
    const std::size_t colon = text.find(':');
    if (!hasHead && colon != std::string_view::npos) { // what comes behind the body is not read
        answer.headers.emplace_back(lowered(text.substr(0, colon)),
                                    std::string(trimmed(text.substr(colon + 1))));
    }
    return text.size();
}

std::size_t HttpExchange::State::takeBody(std::string_view text)
{
    const std::string_view encoding = answer.header("content-encoding");
    if (!encoding.empty() && encoding != "identity") {
        return refuse(ErrorCode::Unsupported,
                      "the answer is encoded as " + displayText(encoding)
                          + ", which was not asked for");
    }
    pending += text;
    return text.size();
}

void HttpExchange::State::prepareTrust(CURL *easy) const
{
    if (!request.tls.authorities.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, request.tls.authorities.c_str());
    }
    if (!request.tls.certificate.empty()) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, request.tls.certificate.c_str());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, request.tls.key.c_str());
    }
    if (request.tls.isUnverified) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    const Result<HttpOrigin> origin = originOf(request.url);
    if (!request.socket.empty() || (origin && isThisMachine(origin->host))) {
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); // none leads there
    }
}

void HttpExchange::State::prepare()
{
    CURL *easy = line->easy.get();
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a resolver that hangs holds nobody up
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits::kConnectTime.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits::kLeastSpeed);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(silentTime().count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "cutaway");
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, message.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &State::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &State::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    if (request.method == HttpRequest::Method::Head) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (request.method == HttpRequest::Method::Post) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (!request.socket.empty()) {
        curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, request.socket.c_str());
    }
    prepareTrust(easy);
    for (const auto &[name, value] : request.headers) {
        curl_slist *longer = curl_slist_append(headers.get(), (name + ": " + value).c_str());
        if (headers == nullptr) {
            headers.reset(longer); // what comes later is hung on to it
        }
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
}

void HttpExchange::State::collect()
{
    int left = 0;
    while (const CURLMsg *told = curl_multi_info_read(line->multi.get(), &left)) {
        if (told->msg == CURLMSG_DONE) {
            code = told->data.result;
        }
    }
}

template<typename Until>
Result<> HttpExchange::State::run(const Monitor &monitor, Until until)
{
    while (!code && !until()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        if (end && Clock::now() > *end) {
            return fail(ErrorCode::Network, "the answer takes too long");
        }
        int running = 0;
        if (curl_multi_perform(line->multi.get(), &running) != CURLM_OK) {
            return failOutOfMemory();
        }
        collect();
        if (!code && !until()) {
            curl_multi_poll(line->multi.get(), nullptr, 0, kPollMilliseconds, nullptr);
        }
    }
    return {};
}

Result<> HttpExchange::State::outcome() const
{
    if (refusal) {
        return std::unexpected(*refusal);
    }
    if (code && *code != CURLE_OK) {
        return std::unexpected(cutaway::errorOf(*code, message.data()));
    }
    return {};
}

HttpExchange::HttpExchange(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

HttpExchange::~HttpExchange() = default;

const HttpAnswer &HttpExchange::head() const
{
    return m_state->answer;
}

Result<Bytes> HttpExchange::next(const Monitor &monitor)
{
    const auto came = [this] { return !m_state->pending.empty(); };
    if (const Result<> ran = m_state->run(monitor, came); !ran) {
        return std::unexpected(ran.error());
    }
    if (!came()) {
        if (const Result<> over = m_state->outcome(); !over) {
            return std::unexpected(over.error());
        }
    }
    m_state->given.clear();
    m_state->given.swap(m_state->pending);
    return std::as_bytes(std::span(m_state->given));
}

Result<HttpAnswer> HttpExchange::finish(const Monitor &monitor)
{
    m_state->end = Clock::now() + limits::kAnswerTime;
    const bool isError = !head().isSuccess();
    const std::size_t most = isError ? limits::kHttpErrorBytes : m_state->request.mostBytes;
    std::string body;
    while (true) {
        const Result<Bytes> run = next(monitor);
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            break;
        }
        body.append(reinterpret_cast<const char *>(run->data()),
                    std::min(run->size(), most + 1 - body.size()));
        if (body.size() > most && !isError) {
            return fail(ErrorCode::LimitExceeded, "the answer is longer than " + formatBytes(most));
        }
        if (body.size() > most) {
            break; // as much as tells what is wrong
        }
    }
    HttpAnswer answer = head();
    answer.body = std::move(body);
    return answer;
}

HttpClient::HttpClient(std::chrono::seconds silentTime)
    : m_lines(std::make_shared<Lines>())
{
    startLibrary();
    m_lines->silentTime = silentTime;
}

HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpExchange>> HttpClient::begin(HttpRequest request, const Monitor &monitor)
{
    auto state = std::make_unique<HttpExchange::State>(std::move(request), m_lines);
    if (state->line->multi == nullptr || state->line->easy == nullptr) {
        return failOutOfMemory();
    }
    state->prepare();
    curl_multi_add_handle(state->line->multi.get(), state->line->easy.get());
    state->end = Clock::now() + std::max(limits::kAnswerTime, state->request.patience);
    const Result<> ran = state->run(monitor, [&state] { return state->hasHead; });
    state->end.reset();
    if (!ran) {
        return std::unexpected(ran.error());
    }
    if (!state->hasHead) {
        const Result<> over = state->outcome();
        return over ? fail(ErrorCode::Network, "the answer ended early")
                    : std::unexpected(over.error());
    }
    return std::unique_ptr<HttpExchange>(new HttpExchange(std::move(state)));
}

Result<HttpAnswer> HttpClient::ask(HttpRequest request, const Monitor &monitor)
{
    auto exchange = begin(std::move(request), monitor);
    if (!exchange) {
        return std::unexpected(exchange.error());
    }
    return (*exchange)->finish(monitor);
}

} // namespace cutaway
