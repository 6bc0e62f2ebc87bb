// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/catalog.h"
#include "core/source/sources.h"

namespace cutaway {

namespace {

class LayoutSource : public ImageSource
{
public:
    LayoutSource(SourceOrigin origin, Catalog catalog, BlobNaming naming)
        : m_origin(std::move(origin))
        , m_catalog(std::move(catalog))
        , m_naming(naming)
    {}

    std::string_view name() const override { return m_origin.name; }

    Result<std::vector<ImageCandidate>> images() override
    {
        std::vector<ImageCandidate> candidates;
        for (const Catalog::Item &item : m_catalog.images()) {
            ImageCandidate candidate;
            candidate.index = static_cast<std::uint32_t>(candidates.size());
            candidate.reference =
                m_naming == BlobNaming::Directory && m_catalog.images().size() == 1
                    ? m_origin.reference
                    : m_origin.reference + ":@" + std::to_string(candidate.index);
            candidate.tags = item.tags;
            candidate.platform = item.platform;
            candidate.digest = item.descriptor.digest;
            candidate.present = item.present;
            candidates.push_back(std::move(candidate));
        }
        return candidates;
    }

    Result<ImageStatement> statement(std::uint32_t index) override
    {
        auto statement = m_catalog.statement(index);
        if (statement && m_naming == BlobNaming::Layout
            && !m_origin.files->contains("oci-layout")) {
            statement->notes.add(
                "layout-file-missing",
                "The file oci-layout, which marks an OCI image layout, is missing.");
        }
        if (statement && m_naming == BlobNaming::Directory
            && !m_origin.files->contains("version")) {
            statement->notes.add("version-file-missing",
                                 "The file version, which marks skopeo's dir format, is missing.");
        }
        return statement;
    }

    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override
    {
        return m_catalog.blob(descriptor.digest);
    }

    std::optional<Result<LayerReading>> takeReading(const Descriptor &descriptor) override
    {
        const auto file = m_catalog.blobFile(descriptor.digest);
        return file ? m_origin.files->takeReading(*file) : std::nullopt;
    }

    bool mayLackBlobs() const override { return true; }

private:
    SourceOrigin m_origin;
    Catalog m_catalog;
    BlobNaming m_naming;
};

} // namespace

SourceResult openLayout(SourceOrigin origin, BlobNaming naming, const Monitor &monitor)
{
    auto catalog = Catalog::read(origin.files, naming, monitor);
    if (!catalog) {
        return std::unexpected(catalog.error());
    }
    if (catalog->images().empty()) {
        return fail(ErrorCode::NotFound, "its index lists no image");
    }
    return std::make_unique<LayoutSource>(std::move(origin), std::move(*catalog), naming);
}

} // namespace cutaway
