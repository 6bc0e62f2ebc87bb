// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/apply.h"
#include "core/base/glob.h"
#include "core/base/text.h"
#include "core/image/imagename.h"

#include <algorithm>

namespace cutaway {
namespace {

constexpr const char *kLabel = "io.cutaway.audit.ignore";

/// A file that a finding is about, or the finding itself where it is about none.
struct Item
{
    const std::string *path = nullptr;
    std::optional<LayerIndex> layer;
    bool isCovered = false;
};

std::vector<Item> itemsOf(const Finding &finding)
{
    std::vector<Item> items;
    for (const Evidence &evidence : finding.evidence) {
        if (!evidence.path.empty()) {
            items.push_back({&evidence.path, evidence.layer});
        }
    }
    if (items.empty()) {
        items.push_back({nullptr, finding.layer});
    }
    return items;
}

/// What an image's own label wants to have ignored: ids between blanks and commas. Never secrets.
std::vector<Ignore> ignoresOfLabel(const Image &image)
{
    const auto label = image.config.labels.find(kLabel);
    std::vector<Ignore> ignores;
    if (label == image.config.labels.end()) {
        return ignores;
    }
    std::string word;
    for (const char c : label->second + ' ') {
        if (c != ' ' && c != ',' && c != '\n' && c != '\t') {
            word += c;
            continue;
        }
        Ignore ignore;
        ignore.rules = word.empty() ? std::vector<std::string>() : ruleIdsNamed(word);
        std::erase_if(ignore.rules,
                      [](const std::string &id) { return id.starts_with("secret/"); });
        ignore.named = displayText(word);
        ignore.reason = "the image's own label says so";
        ignore.source = std::string("label ") + kLabel;
        ignore.isImported = true;
        if (!ignore.rules.empty()) {
            ignores.push_back(std::move(ignore));
        }
        word.clear();
    }
    return ignores;
}

class Suppressor
{
public:
    Suppressor(const Policy &policy, const Image &image)
        : m_policy(policy)
        , m_image(image)
        , m_ignores(policy.ignores)
    {
        if (policy.allowImageSuppressions) {
            std::ranges::move(ignoresOfLabel(image), std::back_inserter(m_ignores));
        }
        m_used.resize(m_ignores.size());
        for (const Ignore &ignore : m_ignores) {
            m_fits.push_back(fitsImage(ignore));
        }
    }

    void apply(Finding &finding)
    {
        std::vector<Item> items = itemsOf(finding);
        const Ignore *first = nullptr;
        for (std::size_t i = 0; i < m_ignores.size(); ++i) {
            const Ignore &ignore = m_ignores[i];
            if (!m_fits[i] || hasExpired(ignore) || !fitsDetector(ignore, finding)
                || std::ranges::find(ignore.rules, finding.ruleId) == ignore.rules.end()) {
                continue;
            }
            for (Item &item : items) {
                if (fitsItem(ignore, item, finding)) {
                    item.isCovered = true;
                    m_used[i] = true;
                    first = first == nullptr ? &ignore : first;
                }
            }
        }
        if (first != nullptr && std::ranges::all_of(items, &Item::isCovered)) {
            finding.suppressed =
                Suppression{first->reason, first->untilText, first->owner, first->source};
        }
    }

    /// What is to be said on the entries themselves.
    std::vector<Finding> remarks() const
    {
        std::vector<Finding> findings;
        for (std::size_t i = 0; i < m_ignores.size(); ++i) {
            const Ignore &ignore = m_ignores[i];
            if (hasExpired(ignore)) {
                findings.push_back(remark("policy/expired-ignore",
                                          Severity::Low,
                                          ignore,
                                          " was for the time until " + ignore.untilText + "."));
            } else if (m_fits[i] && !m_used[i] && !ignore.isImported) {
                findings.push_back(
                    remark("policy/unused-ignore", Severity::Info, ignore, " fits no finding."));
            }
        }
        return findings;
    }

private:
    /// What is found in files is known again by its detector first (secretfiles.cpp).
    static bool fitsDetector(const Ignore &ignore, const Finding &finding)
    {
        const std::string detector = finding.fingerprint.substr(0, finding.fingerprint.find('\n'));
        return ignore.detectors.empty()
               || std::ranges::find(ignore.detectors, detector) != ignore.detectors.end();
    }
    bool hasExpired(const Ignore &ignore) const
    {
        return ignore.until && *ignore.until < m_policy.today;
    }
    bool fitsImage(const Ignore &ignore) const
    {
        if (ignore.images.empty()) {
            return true;
        }
        std::vector<std::string> names = m_image.tags;
        names.push_back(m_image.reference);
        for (std::size_t i = 0, count = names.size(); i < count; ++i) {
            if (const Result<ImageName> name = ImageName::parse(names[i])) {
                names.push_back(name->text());
                names.push_back(name->domain + '/' + name->path);
            }
        }
        return std::ranges::any_of(ignore.images, [&](const std::string &pattern) {
            return std::ranges::any_of(names, [&](const std::string &name) {
                return globMatches(pattern, name, GlobText::Path);
            });
        });
    }
    bool fitsItem(const Ignore &ignore, const Item &item, const Finding &finding) const
    {
        const bool fitsPath =
            ignore.paths.empty()
            || (item.path != nullptr && std::ranges::any_of(ignore.paths, [&](const auto &pattern) {
                    return globMatches(pattern, *item.path, GlobText::Path);
                }));
        const bool fitsLayer =
            ignore.layers.empty()
            || std::ranges::any_of(ignore.layers, [&](const LayerChoice &choice) {
                   return isIn(choice, item.layer, finding);
               });
        return fitsPath && fitsLayer;
    }
    bool isIn(const LayerChoice &choice,
              std::optional<LayerIndex> layer,
              const Finding &finding) const
    {
        const bool isLayer = layer && *layer < m_image.layers.size();
        if (choice.origin != Origin::Unknown) {
            return choice.origin == (isLayer ? originOf(m_image, *layer) : finding.origin);
        }
        if (choice.index) {
            return isLayer && *layer == *choice.index;
        }
        return isLayer
               && (m_image.layers[*layer].digest.text().starts_with(choice.digest)
                   || m_image.layers[*layer].diffId.text().starts_with(choice.digest));
    }
    static Finding remark(const char *rule,
                          Severity severity,
                          const Ignore &ignore,
                          const std::string &what)
    {
        Finding finding;
        finding.ruleId = rule;
        finding.severity = severity;
        finding.summary = "The ignore of " + ignore.named + what;
        finding.evidence.push_back({.text = ignore.source, .field = "policy"});
        finding.fingerprint = ignore.named + '\n' + ignore.reason;
        for (const std::string &path : ignore.paths) {
            finding.fingerprint += '\n' + path;
        }
        return finding;
    }

    const Policy &m_policy;
    const Image &m_image;
    std::vector<Ignore> m_ignores;
    std::vector<bool> m_used;
    std::vector<bool> m_fits;
};

} // namespace

void suppress(const Policy &policy,
              const RuleChoice &choice,
              const Image &image,
              std::vector<Finding> &findings)
{
    Suppressor suppressor(policy, image);
    for (Finding &finding : findings) {
        suppressor.apply(finding);
    }
    if (image.tree == nullptr) {
        return; // what else is found may still be what an entry is there for
    }
    for (Finding &finding : suppressor.remarks()) {
        if (const Rule *rule = findRule(finding.ruleId);
            rule != nullptr && choice.whyOff(*rule).empty()) {
            findings.push_back(std::move(finding));
        }
    }
}

} // namespace cutaway
