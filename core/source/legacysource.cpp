// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/dockermanifest.h"
#include "core/source/sources.h"

namespace cutaway {

namespace {

class LegacySource : public ImageSource
{
public:
    LegacySource(SourceOrigin origin, std::vector<LegacyImage> images)
        : m_origin(std::move(origin))
        , m_images(std::move(images))
    {}

    std::string_view name() const override { return m_origin.name; }

    Result<std::vector<ImageCandidate>> images() override
    {
        std::vector<ImageCandidate> candidates;
        for (const LegacyImage &image : m_images) {
            ImageCandidate candidate;
            candidate.index = static_cast<std::uint32_t>(candidates.size());
            candidate.reference = m_origin.reference + ":@" + std::to_string(candidate.index);
            candidate.tags = image.tags;
            candidate.platform = image.platform;
            candidate.digest = digestOf(image);
            candidates.push_back(std::move(candidate));
        }
        return candidates;
    }

    Result<ImageStatement> statement(std::uint32_t index) override
    {
        if (index >= m_images.size()) {
            return fail(ErrorCode::NotFound, "there is no image @" + std::to_string(index));
        }
        const LegacyImage &image = m_images[index];
        ImageStatement statement;
        statement.digest = digestOf(image);
        statement.configText = image.configText;
        statement.tags = image.tags;
        for (const std::string &member : image.layers) {
            Descriptor layer;
            layer.member = member;
            statement.manifest.layers.push_back(std::move(layer));
        }
        m_origin.files->addNotes(statement.notes);
        statement.notes.add("legacy-archive",
                            "Saved by a Docker before 1.10: the archive has no digests to verify "
                            "the layers with.");
        return statement;
    }

    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override
    {
        return m_origin.files->open(descriptor.member);
    }

    std::optional<Result<LayerReading>> takeReading(const Descriptor &descriptor) override
    {
        return m_origin.files->takeReading(descriptor.member);
    }

private:
    /// The v1 id is random, no hash, but it has a digest's form and is what docker showed.
    static Digest digestOf(const LegacyImage &image)
    {
        return Digest::parse("sha256:" + image.id).value_or(Digest());
    }

    SourceOrigin m_origin;
    std::vector<LegacyImage> m_images;
};

} // namespace

SourceResult openLegacyArchive(SourceOrigin origin)
{
    auto images = readLegacyImages(*origin.files);
    if (!images) {
        return std::unexpected(images.error());
    }
    return std::make_unique<LegacySource>(std::move(origin), std::move(*images));
}

} // namespace cutaway
