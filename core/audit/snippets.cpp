// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/snippets.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// Sorted by rule.
constexpr std::array kSnippets = {
    Snippet{"cache/apk", "RUN apk add --no-cache PACKAGE"},
    Snippet{"cache/apt-archives",
            "RUN apt-get update \\\n"
            " && apt-get install -y --no-install-recommends PACKAGE \\\n"
            " && apt-get clean \\\n"
            " && rm -rf /var/lib/apt/lists/*"},
    Snippet{"cache/apt-lists",
            "RUN apt-get update \\\n"
            " && apt-get install -y --no-install-recommends PACKAGE \\\n"
            " && rm -rf /var/lib/apt/lists/*"},
    Snippet{"cache/cargo",
            "RUN --mount=type=cache,target=/usr/local/cargo/registry \\\n"
            "    cargo build --release"},
    Snippet{"cache/compiler", "RUN --mount=type=cache,target=/root/.cache/ccache make"},
    Snippet{"cache/composer",
            "RUN --mount=type=cache,target=/root/.composer/cache \\\n"
            "    composer install --no-dev"},
    Snippet{"cache/conda", "RUN conda install -y PACKAGE && conda clean -afy"},
    Snippet{"cache/dnf-yum",
            "RUN dnf install -y PACKAGE \\\n && dnf clean all \\\n && rm -rf /var/cache/dnf"},
    Snippet{"cache/gem-bundler",
            "RUN --mount=type=cache,target=/root/.bundle/cache bundle install"},
    Snippet{"cache/go",
            "RUN --mount=type=cache,target=/root/.cache/go-build \\\n"
            "    --mount=type=cache,target=/go/pkg/mod \\\n"
            "    go build -o /out/app ."},
    Snippet{"cache/gradle", "RUN --mount=type=cache,target=/root/.gradle gradle --no-daemon build"},
    Snippet{"cache/maven", "RUN --mount=type=cache,target=/root/.m2 mvn -B package"},
    Snippet{"cache/npm", "RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev"},
    Snippet{"cache/nuget",
            "RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -c Release"},
    Snippet{"cache/pacman", "RUN pacman -Sy --noconfirm PACKAGE && pacman -Scc --noconfirm"},
    Snippet{"cache/pip", "RUN pip install --no-cache-dir -r requirements.txt"},
    Snippet{"cache/pnpm",
            "RUN --mount=type=cache,target=/root/.local/share/pnpm/store \\\n"
            "    pnpm install --frozen-lockfile --prod"},
    Snippet{"cache/poetry", "RUN poetry install --no-cache --only main"},
    Snippet{"cache/yarn",
            "RUN --mount=type=cache,target=/usr/local/share/.cache/yarn \\\n"
            "    yarn install --frozen-lockfile --production"},
    Snippet{"cache/zypper", "RUN zypper -n install PACKAGE && zypper clean -a"},
    Snippet{"context/copy-everything", "COPY src/ /app/src/\nCOPY package.json /app/"},
    Snippet{"contract/api-label-schema",
            "LABEL api.ENV.NAME=\"\" \\\n"
            "      api.ENV.NAME.description=\"What it is for\" \\\n"
            "      api.ENV.NAME.mandatory=\"false\""},
    Snippet{"contract/no-usage-doc",
            "LABEL org.opencontainers.image.documentation=\"https://example.org/usage\""},
    Snippet{"contract/privileged-port", "EXPOSE 8080"},
    Snippet{"contract/undeclared-port", "EXPOSE 8080"},
    Snippet{"contract/undeclared-state", "VOLUME /var/lib/app"},
    Snippet{"contract/workdir", "WORKDIR /app"},
    Snippet{"layer/deleted-later", "RUN fetch-and-use /tmp/archive \\\n && rm /tmp/archive"},
    Snippet{"layer/metadata-copy", "COPY --chown=10001:10001 --chmod=0755 app /app"},
    Snippet{"layer/volatile-first",
            "COPY requirements.txt .\n"
            "RUN pip install --no-cache-dir -r requirements.txt\n"
            "COPY . ."},
    Snippet{"metadata/maintainer", "LABEL org.opencontainers.image.authors=\"name <address>\""},
    Snippet{"metadata/missing-author-label",
            "LABEL org.opencontainers.image.authors=\"name <address>\""},
    Snippet{"metadata/missing-description-label",
            "LABEL org.opencontainers.image.description=\"What it is for\""},
    Snippet{"metadata/missing-license-label",
            "LABEL org.opencontainers.image.licenses=\"Apache-2.0\""},
    Snippet{"metadata/missing-provenance-label",
            "ARG REVISION\nLABEL org.opencontainers.image.revision=\"$REVISION\""},
    Snippet{"metadata/missing-repository-label",
            "LABEL org.opencontainers.image.ref.name=\"team/app\""},
    Snippet{"metadata/missing-vendor-label",
            "LABEL org.opencontainers.image.vendor=\"Who distributes it\""},
    Snippet{"metadata/missing-version-label", "LABEL org.opencontainers.image.version=\"1.2.3\""},
    Snippet{"metadata/missing-website-label",
            "LABEL org.opencontainers.image.url=\"https://example.org\""},
    Snippet{"process/entrypoint-not-absolute", "ENTRYPOINT [\"/usr/local/bin/app\"]"},
    Snippet{"process/logs-to-file",
            "RUN ln -sf /dev/stdout /var/log/app/access.log \\\n"
            " && ln -sf /dev/stderr /var/log/app/error.log"},
    Snippet{"process/no-default-command", "ENTRYPOINT [\"/usr/local/bin/app\"]\nCMD [\"--help\"]"},
    Snippet{"process/no-healthcheck",
            "HEALTHCHECK --interval=30s --timeout=3s \\\n"
            "    CMD [\"/usr/local/bin/app\", \"--check\"]"},
    Snippet{"process/shell-form", "CMD [\"/usr/local/bin/app\", \"--port\", \"8080\"]"},
    Snippet{"process/shell-swallows-args", "ENTRYPOINT [\"/usr/local/bin/app\"]"},
    Snippet{"secret/build-arg",
            "RUN --mount=type=secret,id=token \\\n"
            "    TOKEN=\"$(cat /run/secrets/token)\" ./build.sh"},
    Snippet{"secret/run-inline",
            "RUN --mount=type=secret,id=token \\\n"
            "    TOKEN=\"$(cat /run/secrets/token)\" ./build.sh"},
    Snippet{"security/root-user",
            "RUN useradd --no-log-init --system --uid 10001 app\nUSER 10001:10001"},
    Snippet{"security/setuid-setgid", "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +"},
    Snippet{"security/world-writable", "COPY --chmod=0755 app /app"},
    Snippet{"size/build-tools",
            "FROM IMAGE AS build\n"
            "RUN apt-get update && apt-get install -y build-essential && make\n"
            "\n"
            "FROM IMAGE\n"
            "COPY --from=build /src/app /usr/local/bin/app"},
    Snippet{"size/leftover-archives", "ADD app.tar.gz /opt/app/"},
    Snippet{"size/sparse-user-logs", "RUN useradd --no-log-init --uid 10001 app"},
    Snippet{"supply/add-instead-of-copy", "COPY app /usr/local/bin/app"},
    Snippet{"supply/base-unpinned", "FROM debian:12.8-slim@sha256:DIGEST"},
    Snippet{"supply/install-recommends",
            "RUN apt-get update \\\n"
            " && apt-get install -y --no-install-recommends PACKAGE \\\n"
            " && rm -rf /var/lib/apt/lists/*"},
    Snippet{"supply/pipe-to-shell",
            "ADD --checksum=sha256:DIGEST https://example.org/install.sh /tmp/install.sh\n"
            "RUN sh /tmp/install.sh"},
    Snippet{"supply/unverified-download",
            "ADD --checksum=sha256:DIGEST https://example.org/app.tar.gz /tmp/app.tar.gz"},
    Snippet{"supply/update-alone",
            "RUN apt-get update \\\n"
            " && apt-get install -y --no-install-recommends PACKAGE \\\n"
            " && rm -rf /var/lib/apt/lists/*"},
};
static_assert(std::ranges::is_sorted(kSnippets, {}, &Snippet::rule));

} // namespace

std::span<const Snippet> fixSnippets()
{
    return kSnippets;
}

std::string_view fixSnippet(std::string_view ruleId)
{
    const auto *const found = std::ranges::lower_bound(kSnippets, ruleId, {}, &Snippet::rule);
    return found == kSnippets.end() || found->rule != ruleId ? std::string_view() : found->lines;
}

} // namespace cutaway
