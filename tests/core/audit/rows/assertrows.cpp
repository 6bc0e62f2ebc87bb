// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"assert/file",
            "one is missing, one may be written by all",
            "policy assert: [{kind: file, path: /app/server}, {kind: file, path: /app/run, "
            "permissions: -rwxr-xr-x}]\n"
            "debian\n"
            "layer COPY x\n"
            "mode app/run 0777 10 x",
            "high high"},
    RuleRow{"assert/file",
            "one that must not be there",
            "policy assert: [{kind: file, path: /usr/bin/dash, exists: false}]\n"
            "debian",
            "high"},
    RuleRow{"assert/file",
            "all as asserted",
            "policy assert: [{kind: file, path: /app/run, isExecutableBy: any}, "
            "{kind: file, path: /app/no, exists: false}]\n"
            "debian\n"
            "layer COPY x\n"
            "mode app/run 0755 10 x",
            "none"},
    RuleRow{"assert/file",
            "deleted by a later layer",
            "policy assert: [{kind: file, path: /app/run}]\n"
            "debian\n"
            "layer COPY x\n"
            "mode app/run 0755 10 x\n"
            "layer RUN rm /app/run\n"
            "file app/.wh.run 0 x",
            "high"},
    RuleRow{"assert/file", "nothing asserted", "debian", "none"},
    RuleRow{"assert/file",
            "no layer",
            "policy assert: [{kind: file, path: /app/server}]\n"
            "user 1000",
            "skipped"},
    RuleRow{"assert/content",
            "a word too many, another is missing",
            "policy assert: [{kind: content, path: /etc/app.conf, mustNotMatch: [autoindex on]}, "
            "{kind: content, path: /etc/app.conf, mustMatch: [daemon off]}]\n"
            "debian\n"
            "layer COPY x\n"
            "text etc/app.conf autoindex on;\\n",
            "high high"},
    RuleRow{"assert/content",
            "no such file",
            "policy assert: [{kind: content, path: /etc/app.conf, mustNotMatch: [x]}]\n"
            "debian",
            "high"},
    RuleRow{"assert/content",
            "as asserted, behind a line that looks alike",
            "policy assert: [{kind: content, path: /etc/app.conf, mustMatch: [daemon off], "
            "mustNotMatch: [autoindex on]}]\n"
            "debian\n"
            "layer COPY x\n"
            "text etc/app.conf autoindex off;\\ndaemon off;\\n",
            "none"},
    RuleRow{
        "assert/metadata",
        "another user, and a port that is not exposed",
        "policy assert: [{kind: metadata, user: 10001}, {kind: metadata, exposedPorts: [443]}]\n"
        "user app\n"
        "port 8080/tcp\n"
        "debian",
        "high high"},
    RuleRow{"assert/metadata",
            "all as asserted",
            "policy assert: [{kind: metadata, user: 10001, exposedPorts: ['8080'], "
            "unmountedVolumes: [/etc], env: {LANG: C.UTF-8}}]\n"
            "user 10001\n"
            "port 8080/tcp\n"
            "volume /data\n"
            "env LANG=C.UTF-8\n"
            "debian",
            "none"},
};

} // namespace

std::span<const RuleRow> assertRows()
{
    return kRows;
}

} // namespace cutaway::test
