// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"metadata/missing-author-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-author-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label maintainer=a\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-description-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-description-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label io.k8s.description=a\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-license-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-license-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label org.opencontainers.image.licenses=MIT\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-repository-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-repository-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label name=a/b\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-vendor-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-vendor-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label Vendor=a\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-version-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-version-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label version=1.2.3\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-website-label",
            "no label",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-website-label",
            "one of its names",
            "entrypoint [\"/app\"]\n"
            "label url=https://x\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-author-label",
            "in the configuration",
            "author me\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-version-label",
            "a blank value",
            "entrypoint [\"/app\"]\n"
            "label version= \n"
            "debian",
            "low"},
    RuleRow{"metadata/missing-version-label",
            "an annotation",
            "entrypoint [\"/app\"]\n"
            "annotation org.opencontainers.image.version=1.0.0\n"
            "debian",
            "none"},
    RuleRow{"metadata/missing-provenance-label",
            "neither",
            "entrypoint [\"/app\"]\n"
            "debian",
            "low low"},
    RuleRow{"metadata/missing-provenance-label",
            "attested",
            "entrypoint [\"/app\"]\n"
            "attest https://slsa.dev/provenance/v1\n"
            "debian",
            "info info"},
    RuleRow{"metadata/missing-provenance-label",
            "both",
            "label org.opencontainers.image.source=x\n"
            "label vcs-ref=y\n"
            "debian",
            "none"},
    RuleRow{"metadata/label-key-format",
            "capitals and dots",
            "label Foo..Bar=x\n"
            "debian",
            "low"},
    RuleRow{"metadata/label-key-format",
            "a name space that is taken",
            "label com.docker.x=y\n"
            "debian",
            "medium"},
    RuleRow{"metadata/label-key-format",
            "unknown to OCI",
            "label org.opencontainers.image.colour=y\n"
            "debian",
            "medium"},
    RuleRow{"metadata/label-key-format",
            "no name space",
            "label colour=y\n"
            "debian",
            "info"},
    RuleRow{"metadata/label-key-format",
            "usual ones",
            "label RUN=x\n"
            "label api.ENV.FOO=y\n"
            "label org.example.a-b_c=z\n"
            "label maintainer=m\n"
            "debian",
            "none"},
    RuleRow{"metadata/bad-version",
            "a branch",
            "label version=latest\n"
            "debian",
            "medium"},
    RuleRow{"metadata/bad-version",
            "two numbers",
            "label version=1.2\n"
            "debian",
            "low"},
    RuleRow{"metadata/bad-version",
            "with a v",
            "label version=v1.2.3\n"
            "debian",
            "info"},
    RuleRow{"metadata/bad-version",
            "semantic",
            "label version=1.2.3-rc.1+b5\n"
            "debian",
            "none"},
    RuleRow{"metadata/label-json",
            "cut short",
            "label x.y={\"a\":1\n"
            "debian",
            "medium"},
    RuleRow{"metadata/label-json",
            "a set of characters",
            "label x.y=[a-z]+\n"
            "debian",
            "none"},
    RuleRow{"metadata/label-json",
            "a template",
            "label x.y={{.Name}}\n"
            "debian",
            "none"},
    RuleRow{"metadata/label-json",
            "whole",
            "label x.y=[{\"a\":1}]\n"
            "debian",
            "none"},
    RuleRow{"metadata/inherited-label",
            "from the base",
            "base 1\n"
            "label version=1.0\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "step LABEL version=1.0\n"
            "step CMD [\"bash\"]\n"
            "layer x\n"
            "file a 1 x",
            "low"},
    RuleRow{"metadata/inherited-label",
            "Ubuntu's",
            "label org.opencontainers.image.ref.name=ubuntu\n"
            "entrypoint [\"/app\"]\n"
            "debian",
            "low"},
    RuleRow{"metadata/inherited-label",
            "set anew",
            "base 1\n"
            "label version=2.0\n"
            "entrypoint [\"/app\"]\n"
            "debian\n"
            "step LABEL version=1.0\n"
            "step CMD [\"bash\"]\n"
            "layer x\n"
            "file a 1 x\n"
            "step LABEL version=2.0",
            "none"},
    RuleRow{"metadata/maintainer",
            "the instruction",
            "debian\n"
            "step MAINTAINER me",
            "low"},
    RuleRow{"metadata/maintainer",
            "a label",
            "label maintainer=me\n"
            "debian\n"
            "step LABEL maintainer=me",
            "none"},
    RuleRow{"metadata/unresolved-variable",
            "in a label",
            "label version=${VERSION}\n"
            "debian",
            "medium"},
    RuleRow{"metadata/unresolved-variable",
            "a word in its place",
            "label vendor=TODO\n"
            "debian",
            "medium"},
    RuleRow{"metadata/unresolved-variable",
            "in the environment",
            "env A=$B\n"
            "debian",
            "medium"},
    RuleRow{"metadata/unresolved-variable",
            "for run time",
            "env JAVA_OPTS=-D$HOME\n"
            "debian",
            "info"},
    RuleRow{"metadata/unresolved-variable",
            "money and percent",
            "label description=5$ or 10%\n"
            "env A=b\n"
            "debian",
            "none"},
    RuleRow{"metadata/bad-value",
            "a day is no time",
            "label org.opencontainers.image.created=2024-05-01\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "the future",
            "label org.opencontainers.image.created=2999-05-01T00:00:00Z\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "no address",
            "label org.opencontainers.image.source=acme/app\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "another spelling of a licence",
            "label org.opencontainers.image.licenses=Apache2.0\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "words",
            "label license=see LICENSE file\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "no commit, no digest",
            "label org.opencontainers.image.revision=main\n"
            "label org.opencontainers.image.base.digest=sha256:12\n"
            "debian\n",
            "low low"},
    RuleRow{"metadata/bad-value",
            "a branch where it may be",
            "label vcs-ref=main\n"
            "debian\n",
            "info"},
    RuleRow{"metadata/bad-value",
            "another architecture",
            "arch amd64\n"
            "label architecture=arm64\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "scope",
            "label distribution-scope=world\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/bad-value",
            "as it should be",
            "arch amd64\n"
            "label org.opencontainers.image.created=2024-05-01T10:00:00.5+02:00\n"
            "label org.opencontainers.image.source=https://x/y\n"
            "label org.opencontainers.image.licenses=(MIT OR Apache-2.0) AND LicenseRef-x\n"
            "label org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567\n"
            "label architecture=x86_64\n"
            "label distribution-scope=public\n"
            "debian\n",
            "none"},
    RuleRow{"metadata/bad-value",
            "left to another rule",
            "label org.opencontainers.image.created=$DATE\n"
            "label org.opencontainers.image.url=unknown\n"
            "debian\n",
            "none"},
    RuleRow{"metadata/legacy-label",
            "alone",
            "label org.label-schema.version=1.0.0\n"
            "debian\n",
            "info"},
    RuleRow{"metadata/legacy-label",
            "both, and they differ",
            "label org.label-schema.version=1.0.0\n"
            "label org.opencontainers.image.version=1.1.0\n"
            "debian\n",
            "low"},
    RuleRow{"metadata/legacy-label",
            "both",
            "label org.label-schema.version=1.0.0\n"
            "label org.opencontainers.image.version=1.0.0\n"
            "label org.label-schema.schema-version=1.0\n"
            "debian\n",
            "none"},
    RuleRow{"metadata/name-case",
            "a variable",
            "env logLevel=x\n"
            "debian\n",
            "info"},
    RuleRow{"metadata/name-case",
            "a tag",
            "tag repo:1.0-RC1\n"
            "debian\n",
            "info"},
    RuleRow{"metadata/name-case",
            "usual exceptions",
            "env http_proxy=x\n"
            "env npm_config_cache=y\n"
            "env server.port=1\n"
            "env Logging__Level=z\n"
            "env A_1=b\n"
            "tag repo:1.0-rc1\n"
            "debian\n",
            "none"},
    RuleRow{"metadata/label-key-format",
            "seven short ones",
            "label author=a\n"
            "label description=b\n"
            "label license=MIT\n"
            "label repository=r\n"
            "label vendor=v\n"
            "label version=1.0.0\n"
            "label website=https://x\n"
            "debian\n",
            "none"},
};

} // namespace

std::span<const RuleRow> metadataRows()
{
    return kRows;
}

} // namespace cutaway::test
