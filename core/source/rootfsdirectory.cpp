// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/directorywalker.h"
#include "core/source/rootfssource.h"
#include "core/source/sources.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace cutaway {

namespace {

class RootfsDirectory : public RootfsSource
{
public:
    RootfsDirectory(OwnedFd root, LayerReading reading, std::string reference)
        : RootfsSource(std::move(reference))
        , m_root(std::move(root))
        , m_reading(std::move(reading))
    {}

    Result<ByteSourcePtr> blob(const Descriptor &) override
    {
        return fail(ErrorCode::Unsupported, "a directory has no layer blob");
    }

    std::optional<Result<LayerReading>> takeReading(const Descriptor &) override
    {
        return std::exchange(m_reading, std::nullopt);
    }

    std::optional<Result<ByteSourcePtr>> openEntry(std::string_view path) override
    {
        const auto name = memberName(path);
        if (!name) {
            return fail(ErrorCode::NotFound, displayText(path) + " is no file of the directory");
        }
        struct stat status{};
        OwnedFd file = openFileBeneath(m_root.get(), *name, status);
        if (!file.isOpen()) {
            const int code = errno;
            if (status.st_mode != 0 && !S_ISREG(status.st_mode)) {
                return fail(ErrorCode::NotFound,
                            displayText(path) + " is no regular file any more");
            }
            return fail(code == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                        displayText(path) + ": " + std::strerror(code));
        }
        const auto size = static_cast<std::uint64_t>(status.st_size);
        return adoptFile(file.release(), size, displayText(path));
    }

private:
    OwnedFd m_root;
    std::optional<LayerReading> m_reading;
};

} // namespace

SourceResult rootfsDirectory(const std::string &path,
                             std::string reference,
                             const LayerReadOptions &options,
                             Monitor &monitor)
{
    OwnedFd root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.isOpen()) {
        return fail(ErrorCode::Io, std::strerror(errno));
    }
    monitor.beginStep("Reading the directory");
    auto reading = DirectoryWalker(root.get(), options, monitor).run();
    if (!reading) {
        return std::unexpected(reading.error());
    }
    return std::make_unique<RootfsDirectory>(
        std::move(root), std::move(*reading), std::move(reference));
}

} // namespace cutaway
