// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/policy/policy.h"

#include <memory>
#include <string_view>

namespace cutaway::test {

/// An image from text, one thing a line:
///   tag x:1 · source oci · user U · workdir /w · entrypoint ["a"] or words · cmd … · env A=b ·
///   port 80/tcp · volume /v · label k=v · annotation k=v · health CMD … (JSON) · onbuild … ·
///   shell … · author A · created T · os windows · base N · basename REF · note CODE ·
///   attest TYPE · signature KIND (or `other`: of another image) · registry HOST [http]
///   [unverified] [anonymous] [legacy] · stopsignal S · arch A · platform OS/ARCH
///   (another one of the index) · step RAW (a line of history
///   without a layer) · layer RAW (one with; entries follow, as tests/support/stack.h has them) ·
///   debian (a layer with dash and os-release) · alpine (the same with busybox) · text PATH
///   CONTENT, script PATH CONTENT (files of a layer with a content, 0644 and 0755; in it \n, \t,
///   \r, \\ and \xNN are understood) · elf PATH KEY=VALUE… (0755; interpreter, needed, soname,
///   rpath, runpath, machine, type, debug, symbols: their bytes, go=yes; needed may be there
///   several times) · files N DIR (so many) · policy YAML (a line of what auditOf() holds it
///   against)
[[nodiscard]] Image auditImage(std::string_view text);

/// What its files hold: what `text` and `script` lines gave, nothing in the rest. For the image
/// that the same text makes.
[[nodiscard]] std::unique_ptr<FileContents> auditContents(std::string_view text);

/// Asks the rules; contents of files are those that `text` and `script` lines gave, empty for the
/// rest.
[[nodiscard]] Inspection auditOf(std::string_view text);
/// The same without contents.
[[nodiscard]] Inspection auditOf(Image image);

/// A policy from text that is right.
[[nodiscard]] Policy policyOf(std::string_view yaml);

/// Of a rule: "skipped", "none", or the severities of its findings, "high medium".
[[nodiscard]] std::string verdictOf(const Inspection &inspection, std::string_view rule);

} // namespace cutaway::test
