// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/rootfssource.h"

#include "core/source/sources.h"

namespace cutaway {

namespace {

class RootfsTar : public RootfsSource
{
public:
    RootfsTar(ByteSourcePtr tar, std::string reference)
        : RootfsSource(std::move(reference))
        , m_tar(std::move(tar))
    {}
    Result<ByteSourcePtr> blob(const Descriptor & /*layer*/) override { return m_tar; }

private:
    ByteSourcePtr m_tar;
};

class RootfsReading : public RootfsSource
{
public:
    RootfsReading(LayerReading reading, std::string reference)
        : RootfsSource(std::move(reference))
        , m_reading(std::move(reading))
    {}
    Result<ByteSourcePtr> blob(const Descriptor &) override
    {
        return fail(ErrorCode::Unsupported,
                    "a stream can be read only once; save it to a file to look into its contents");
    }
    std::optional<Result<LayerReading>> takeReading(const Descriptor &) override
    {
        return std::exchange(m_reading, std::nullopt);
    }

private:
    std::optional<LayerReading> m_reading;
};

} // namespace

std::unique_ptr<ImageSource> rootfsTar(ByteSourcePtr tar, std::string reference)
{
    return std::make_unique<RootfsTar>(std::move(tar), std::move(reference));
}

std::unique_ptr<ImageSource> rootfsReading(LayerReading reading, std::string reference)
{
    return std::make_unique<RootfsReading>(std::move(reading), std::move(reference));
}

} // namespace cutaway
