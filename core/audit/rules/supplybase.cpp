// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/glob.h"
#include "core/base/text.h"
#include "core/image/imagename.h"

#include <algorithm>

namespace cutaway {

std::vector<Finding> baseUnapproved(const AuditContext &context)
{
    const std::string &reference = context.image.base.reference;
    if (reference == "scratch") {
        return {};
    }
    const Result<ImageName> name = ImageName::parse(reference);
    const std::string whole = name ? name->text() : reference;
    const bool isApproved =
        std::ranges::any_of(context.settings.approvedBases, [&](const std::string &pattern) {
            return globMatches(pattern, whole, GlobText::Path)
                   || globMatches(pattern, reference, GlobText::Path);
        });
    if (isApproved) {
        return {};
    }
    Finding finding =
        configFinding(Severity::High,
                      "The base image " + quoted(reference) + " is none that the policy approves.",
                      {.text = displayText(reference), .field = "base"});
    finding.fingerprint = reference;
    return {std::move(finding)};
}

} // namespace cutaway
