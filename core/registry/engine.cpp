// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/engine.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/image/digest.h"
#include "core/image/imagename.h"
#include "core/registry/refusal.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kShownNames = 5;
constexpr int kMajor = 1;        // the only one there has been
constexpr int kNewestMinor = 51; // what is asked here has not changed up to then

/// "/v1.41" of "1.41"; nothing where the engine names no version: then it takes its own.
std::string versionPath(std::string_view version)
{
    int major = 0;
    int minor = 0;
    const char *const begin = version.data();
    const char *const end = begin + version.size();
    const auto [dot, noMajor] = std::from_chars(begin, end, major);
    if (noMajor != std::errc() || dot == end || *dot != '.' || major != kMajor) {
        return {};
    }
    const auto [stop, noMinor] = std::from_chars(dot + 1, end, minor);
    return noMinor == std::errc() && stop == end && minor >= 0
               ? "/v1." + std::to_string(std::min(minor, kNewestMinor))
               : std::string();
}

/// An ID in its one form; empty for what is none.
std::string idOf(const Json &value)
{
    const std::string &text = value.toString();
    const auto digest = Digest::parse(text.contains(':') ? text : "sha256:" + text);
    return digest && digest->algorithm() == HashAlgorithm::Sha256 ? digest->text() : std::string();
}

/// Tags that are names: an engine writes "<none>:<none>" where it has none.
std::vector<std::string> tagsOf(const Json &list)
{
    std::vector<std::string> tags;
    for (const Json &entry : list.elements()) {
        if (tags.size() < limits::kEngineTags && ImageName::parse(entry.toString())) {
            tags.push_back(entry.toString());
        }
    }
    return tags;
}

EngineImage imageOf(const Json &value)
{
    EngineImage image;
    image.id = idOf(value["Id"]);
    image.tags = tagsOf(value["RepoTags"]);
    image.created = std::max<std::int64_t>(value["Created"].toInteger().value_or(0), 0);
    const std::int64_t size = value["Size"].toInteger().value_or(0);
    image.size = size > 0 ? static_cast<std::uint64_t>(size) : 0;
    return image;
}

/// What the engine says of an error.
std::string messageOf(const HttpAnswer &answer)
{
    constexpr std::size_t kMost = 300;
    const auto parsed = parseJson(answer.body, "the error", BadUtf8::Replace);
    const std::string text = parsed ? parsed->value["message"].toString() : std::string();
    return text.empty() ? "status " + std::to_string(answer.status)
                        : displayText(std::string_view(text).substr(0, kMost));
}

/// An archive as the engine sends it.
class SavedStream : public ByteStream
{
public:
    SavedStream(std::unique_ptr<HttpExchange> exchange, std::string where, const Monitor &monitor)
        : m_exchange(std::move(exchange))
        , m_where(std::move(where))
        , m_monitor(monitor)
    {}

    Result<Bytes> next() override
    {
        Result<Bytes> run = m_exchange->next(m_monitor);
        if (!run && run.error().code != ErrorCode::Cancelled) {
            return failIn(m_where, run.error());
        }
        return run;
    }

private:
    std::unique_ptr<HttpExchange> m_exchange;
    std::string m_where;
    const Monitor &m_monitor;
};

/// Of the same name with another tag first, then what is written nearly so.
std::vector<std::string> namesNear(std::string_view name, const std::vector<EngineImage> &images)
{
    const auto wanted = ImageName::parse(name);
    std::vector<std::string> near;
    std::vector<std::string> all;
    for (const EngineImage &image : images) {
        for (const std::string &tag : image.tags) {
            const auto parsed = ImageName::parse(tag);
            const std::size_t slash = parsed->path.rfind('/') + 1;
            const bool isNear =
                wanted
                && parsed->path.substr(slash) == wanted->path.substr(wanted->path.rfind('/') + 1);
            (isNear ? near : all).push_back(tag);
        }
    }
    if (near.empty()) {
        if (std::string nearest = nearestWord(name, all); !nearest.empty()) {
            near.push_back(std::move(nearest));
        }
    }
    near.resize(std::min(near.size(), kShownNames));
    return near;
}

} // namespace

HttpRequest Engine::requestFor(std::string_view path) const
{
    HttpRequest request;
    request.url = "http://localhost" + m_version + std::string(path);
    request.socket = m_place.socket;
    return request;
}

/// What no engine does, whatever it is asked.
Result<> Engine::check(const HttpAnswer &answer) const
{
    if (isRedirect(answer.status)) {
        return fail(ErrorCode::Network, "it sends us elsewhere, which was refused");
    }
    if (answer.status == 401 || answer.status == 403) {
        return fail(ErrorCode::Unauthorized, "it does not let you: " + messageOf(answer));
    }
    return answer.isSuccess() || answer.status == 404
               ? Result<>()
               : fail(ErrorCode::Network, "it answers: " + messageOf(answer));
}

Result<HttpAnswer> Engine::ask(std::string_view path, std::size_t mostBytes, const Monitor &monitor)
{
    HttpRequest request = requestFor(path);
    request.mostBytes = mostBytes;
    Result<HttpAnswer> answer = m_client.ask(std::move(request), monitor);
    if (!answer) {
        return answer.error().code == ErrorCode::Cancelled
                   ? std::move(answer)
                   : failIn(shownPlace(m_place), answer.error());
    }
    if (const Result<> right = check(*answer); !right) {
        return failIn(shownPlace(m_place), right.error());
    }
    return answer;
}

/// Null for 404.
Result<Json> Engine::askJson(std::string_view path, std::size_t mostBytes, const Monitor &monitor)
{
    const Result<HttpAnswer> answer = ask(path, mostBytes, monitor);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (!answer->isSuccess()) {
        return Json();
    }
    const std::string_view type = answer->header("content-type");
    if (!lowered(type).starts_with("application/json")) {
        return failIn(shownPlace(m_place),
                      Error{ErrorCode::Network,
                            "it answers with " + displayText(type.empty() ? "nothing named" : type)
                                + " and not with JSON; is it an engine?"});
    }
    auto parsed = parseJson(answer->body, "its answer", BadUtf8::Replace);
    if (!parsed) {
        return failIn(shownPlace(m_place), parsed.error());
    }
    return std::move(parsed->value);
}

Result<std::unique_ptr<Engine>> Engine::open(EnginePlace place,
                                             std::chrono::seconds silentTime,
                                             const Monitor &monitor)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(place), silentTime));
    const Result<HttpAnswer> greeting = engine->ask("/_ping", limits::kEngineWordBytes, monitor);
    if (!greeting) {
        return std::unexpected(greeting.error());
    }
    if (!greeting->isSuccess()) {
        return failIn(shownPlace(engine->m_place),
                      Error{ErrorCode::Network, "it does not speak the Docker Engine API"});
    }
    engine->m_version = versionPath(greeting->header("api-version"));
    return engine;
}

Result<std::vector<EngineImage>> Engine::images(const Monitor &monitor)
{
    const Result<Json> list = askJson("/images/json", limits::kEngineListBytes, monitor);
    if (!list) {
        return std::unexpected(list.error());
    }
    if (!list->isArray()) {
        return failIn(shownPlace(m_place),
                      Error{ErrorCode::Corrupt, "it answers with something else than a list"});
    }
    std::vector<EngineImage> images;
    std::size_t names = 0;
    for (const Json &entry : list->elements()) {
        EngineImage image = imageOf(entry);
        names += std::max<std::size_t>(image.tags.size(), 1);
        if (names > limits::kEngineImages) {
            break;
        }
        if (!image.id.empty()) {
            images.push_back(std::move(image));
        }
    }
    return images;
}

Result<EngineImage> Engine::image(std::string_view name, const Monitor &monitor)
{
    const Result<Json> answer =
        askJson("/images/" + std::string(name) + "/json", limits::kEngineImageBytes, monitor);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->isNull()) {
        return failNoImage(name, monitor);
    }
    EngineImage image = imageOf(*answer);
    if (image.id.empty()) {
        return failIn(shownPlace(m_place),
                      Error{ErrorCode::Corrupt, "it knows the image, but gives it no valid ID"});
    }
    return image;
}

std::unexpected<Error> Engine::failNoImage(std::string_view name, const Monitor &monitor)
{
    const std::string what = shownPlace(m_place) + " has no image “" + displayText(name) + "”";
    const auto all = images(monitor);
    const std::vector<std::string> near = all ? namesNear(name, *all) : std::vector<std::string>();
    const std::string word(engineWord(m_place.kind));
    if (!near.empty()) {
        return fail(ErrorCode::NotFound, what + "; it has " + joined(near, ", "));
    }
    return fail(ErrorCode::NotFound,
                what + "; `cutaway-cli images " + word + "` lists those that it has");
}

Result<std::unique_ptr<ByteStream>> Engine::save(const std::string &id, const Monitor &monitor)
{
    HttpRequest request = requestFor("/images/" + id + "/get");
    request.patience = limits::kExportPatience;
    auto exchange = m_client.begin(std::move(request), monitor);
    if (!exchange) {
        return exchange.error().code == ErrorCode::Cancelled
                   ? Result<std::unique_ptr<ByteStream>>(failCancelled())
                   : failIn(shownPlace(m_place), exchange.error());
    }
    if (!(*exchange)->head().isSuccess()) {
        const Result<HttpAnswer> refusal = (*exchange)->finish(monitor);
        if (!refusal) {
            return failIn(shownPlace(m_place), refusal.error());
        }
        const Result<> right = check(*refusal);
        return failIn(shownPlace(m_place),
                      right
                          ? Error{ErrorCode::NotFound, "the image is gone: " + messageOf(*refusal)}
                          : right.error());
    }
    return std::make_unique<SavedStream>(std::move(*exchange), shownPlace(m_place), monitor);
}

EngineListing listImages(EngineKind kind, const EngineSearch &search, const Monitor &monitor)
{
    EngineListing listing;
    listing.kind = kind;
    const auto place = findEngine(kind, search);
    if (!place) {
        listing.error = place.error();
        return listing;
    }
    listing.socket = place->socket;
    const auto engine = Engine::open(*place, search.silentTime, monitor);
    auto images = engine ? (*engine)->images(monitor)
                         : Result<std::vector<EngineImage>>(std::unexpected(engine.error()));
    if (images) {
        listing.images = std::move(*images);
    } else {
        listing.error = images.error();
    }
    return listing;
}

} // namespace cutaway
