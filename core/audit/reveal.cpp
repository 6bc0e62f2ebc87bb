// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/reveal.h"

#include "core/base/text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cutaway {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
           || c == '-' || c == '.';
}

/// Whether the fact begins with this name: "DB_PASSWORD, a value of 7 bytes".
bool isAbout(const Evidence &evidence, std::string_view name)
{
    const std::string shown = displayText(name);
    const std::string_view text = evidence.text;
    return !name.empty() && text.starts_with(shown)
           && (text.size() == shown.size() || !isNameCharacter(text[shown.size()]));
}

void addWords(std::string &text, const std::vector<std::string> &words)
{
    for (const std::string &word : words) {
        text += (text.empty() || text.ends_with('\n') ? "" : " ") + word;
    }
    text += words.empty() ? "" : "\n";
}

std::string variables(const ImageConfig &config, const Evidence &evidence)
{
    std::string text;
    for (const std::string &assignment : config.env) {
        if (isAbout(evidence, assignment.substr(0, assignment.find('=')))) {
            text += assignment + '\n';
        }
    }
    return text;
}

std::string labels(const ImageConfig &config, const Evidence &evidence)
{
    std::string text;
    for (const auto &[name, value] : config.labels) {
        if (isAbout(evidence, name)) {
            text += name + '=' + value + '\n';
        }
    }
    return text;
}

std::string commands(const ImageConfig &config)
{
    std::string text;
    for (const auto *command : {&config.entrypoint, &config.cmd}) {
        if (*command) {
            addWords(text, **command);
        }
    }
    return text;
}

std::string wholeText(const Image &image, const Evidence &evidence)
{
    const ImageConfig &config = image.config;
    if (evidence.step) {
        return *evidence.step < config.history.size() ? config.history[*evidence.step].createdBy
                                                      : std::string();
    }
    const std::string_view field = evidence.field;
    if (field.starts_with("config.Env")) {
        return variables(config, evidence);
    }
    if (field.starts_with("config.Labels")) {
        return labels(config, evidence);
    }
    if (field == "config.Entrypoint" || field == "config.Cmd") {
        return commands(config);
    }
    std::string text;
    if (field == "config.Healthcheck" && config.healthcheck) {
        addWords(text, config.healthcheck->test);
    }
    if (field == "config.OnBuild") {
        for (const std::string &trigger : config.onBuild) {
            text += trigger + '\n';
        }
    }
    return text;
}

} // namespace

std::string revealedText(const Image &image, const Evidence &evidence)
{
    if (!evidence.path.empty()) {
        return {};
    }
    std::string text = wholeText(image, evidence);
    if (text.size() > kRevealedBytes) {
        text.resize(kRevealedBytes);
    }
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

EntryId revealedEntry(const Image &image, const Evidence &evidence)
{
    if (evidence.path.empty() || image.tree == nullptr) {
        return kNone;
    }
    const PathTree &tree = *image.tree;
    if (evidence.entry != kNone) {
        return evidence.entry < tree.entries().size() ? evidence.entry : kNone;
    }
    const NodeId node = tree.find(evidence.path);
    if (node == kNone) {
        return kNone;
    }
    const PathTree::Node at = tree.node(node);
    EntryId found = kNone;
    for (EntryId entry = at.firstEntry; entry < at.firstEntry + at.entryCount; ++entry) {
        if (!evidence.layer || tree.entry(entry).layer == *evidence.layer) {
            found = entry;
        }
    }
    return found;
}

bool holdsSecret(const Inspection &inspection, EntryId entry)
{
    const Image &image = *inspection.image;
    return std::ranges::any_of(inspection.findings, [&](const Finding &finding) {
        return finding.ruleId.starts_with("secret/")
               && std::ranges::any_of(finding.evidence, [&](const Evidence &evidence) {
                      const EntryId secret = revealedEntry(image, evidence);
                      return secret != kNone
                             && (secret == entry || image.tree->sameContent(secret, entry));
                  });
    });
}

} // namespace cutaway
