// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"policy/required-label",
            "two of three are missing",
            "policy labels: {required: [team, version, org.example.cost]}\n"
            "label org.opencontainers.image.version=1.2.3\n"
            "debian",
            "high high"},
    RuleRow{"policy/required-label",
            "blank",
            "policy labels: {required: team}\n"
            "label team= \n"
            "debian",
            "high"},
    RuleRow{"policy/required-label",
            "all are there",
            "policy labels: {required: [team]}\n"
            "label team=a\n"
            "debian",
            "none"},
    RuleRow{"policy/required-label",
            "a name that only ends alike",
            "policy labels: {required: [org.example.team]}\n"
            "label org.opencontainers.image.team=a\n"
            "debian",
            "high"},
    RuleRow{"policy/label-type",
            "no version",
            "policy labels: {types: {version: semver}}\n"
            "label org.opencontainers.image.version=latest\n"
            "debian",
            "medium"},
    RuleRow{"policy/label-type",
            "a version, and a label that is not there",
            "policy labels: {types: {version: semver, url: url}}\n"
            "label version=1.2.3-rc.1\n"
            "debian",
            "none"},
    RuleRow{"policy/label-schema",
            "another type, and no JSON",
            "policy schemas: {api.ENV: '{\"type\": \"array\"}', org.example.more: '{}'}\n"
            "label api.ENV={}\n"
            "label org.example.more=[\n"
            "debian",
            "medium medium"},
    RuleRow{"policy/label-schema",
            "as the schema has it, and a label that is not there",
            "policy schemas: {api.ENV: '{\"type\": \"array\"}', other: '{\"type\": \"array\"}'}\n"
            "label api.ENV=[]\n"
            "label org.example.other={}\n"
            "debian",
            "none"},
    RuleRow{"policy/expired-ignore",
            "yesterday's",
            "policy ignore: [{rule: layer/empty, reason: x, until: 2020-01-01}]\n"
            "debian",
            "low"},
    RuleRow{"policy/expired-ignore",
            "far ahead",
            "policy ignore: [{rule: security/root-user, reason: x, until: 9000-01-01}]\n"
            "debian",
            "none"},
    RuleRow{"policy/unused-ignore",
            "nothing of it here",
            "policy ignore: [{rule: security/sudo, reason: x}]\n"
            "debian",
            "info"},
    RuleRow{"policy/unused-ignore",
            "for another image",
            "policy ignore: [{rule: security/sudo, reason: x, images: [other/*]}]\n"
            "debian",
            "none"},
};

} // namespace

std::span<const RuleRow> policyRows()
{
    return kRows;
}

} // namespace cutaway::test
