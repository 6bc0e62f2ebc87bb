// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/json.h"
#include "core/image/engineimage.h"
#include "core/registry/enginesocket.h"
#include "core/registry/http.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// An engine that is asked for its images, in the language of the Docker Engine API (Podman speaks
/// it, too). What it answers is believed no more than what a registry does. Used by several threads
/// at once.
class Engine
{
public:
    /// Greets it, and settles on a version of the API.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(EnginePlace place,
                                                              std::chrono::seconds silentTime,
                                                              const Monitor &monitor);

    const EnginePlace &place() const { return m_place; }

    /// All that have a name or hold something, as the engine sorts them (the newest first). What is
    /// no image is left out.
    [[nodiscard]] Result<std::vector<EngineImage>> images(const Monitor &monitor);
    /// The image that a name, a digest or an ID stands for. NotFound names what is near.
    [[nodiscard]] Result<EngineImage> image(std::string_view name, const Monitor &monitor);
    /// The image with that ID as an archive, as `docker save` writes it: as it comes. `monitor` has
    /// to outlive the stream.
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> save(const std::string &id,
                                                           const Monitor &monitor);

private:
    Engine(EnginePlace place, std::chrono::seconds silentTime)
        : m_place(std::move(place))
        , m_client(silentTime)
    {}
    [[nodiscard]] HttpRequest requestFor(std::string_view path) const;
    [[nodiscard]] Result<HttpAnswer> ask(std::string_view path,
                                         std::size_t mostBytes,
                                         const Monitor &monitor);
    [[nodiscard]] Result<Json> askJson(std::string_view path,
                                       std::size_t mostBytes,
                                       const Monitor &monitor);
    [[nodiscard]] Result<> check(const HttpAnswer &answer) const;
    [[nodiscard]] std::unexpected<Error> failNoImage(std::string_view name, const Monitor &monitor);

    EnginePlace m_place;
    HttpClient m_client;
    std::string m_version; ///< "/v1.41" before each path, or nothing
};

/// What an engine holds, for lists: an engine that cannot be asked is an answer too.
[[nodiscard]] EngineListing listImages(EngineKind kind,
                                       const EngineSearch &search,
                                       const Monitor &monitor);

} // namespace cutaway
