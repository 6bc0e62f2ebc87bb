// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/imagesource.h"

#include <string>
#include <utility>
#include <vector>

namespace cutaway {

/// What all root file systems have in common: one image of one layer, and nothing said about it.
class RootfsSource : public ImageSource
{
public:
    explicit RootfsSource(std::string reference)
        : m_reference(std::move(reference))
    {}

    std::string_view name() const override { return "rootfs"; }

    Result<std::vector<ImageCandidate>> images() override
    {
        ImageCandidate candidate;
        candidate.reference = m_reference;
        return std::vector{candidate};
    }

    Result<ImageStatement> statement(std::uint32_t index) override
    {
        if (index != 0) {
            return fail(ErrorCode::NotFound, "there is no image @" + std::to_string(index));
        }
        ImageStatement statement;
        Descriptor layer;
        layer.member = "rootfs";
        statement.manifest.layers.push_back(std::move(layer));
        return statement;
    }

private:
    std::string m_reference;
};

} // namespace cutaway
