// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The documents that rules rest on, by topic: a text, then its address, one a line.
namespace cutaway::references {

inline constexpr const char *kCaches =
    "SKA containerisation standards, RUN and packages\n"
    "https://developer.skao.int\n"
    "Docker, building best practices\n"
    "https://docs.docker.com/build/building/best-practices/\n"
    "Container image structuring: caches of package managers\n"
    "https://www.tasdikrahman.com/2019/04/10/"
    "docker-rkt-containerd-container-image-structuring-for-container-runtimes/";
inline constexpr const char *kSize =
    "SKA containerisation standards, multi-stage builds and image size\n"
    "https://developer.skao.int\n"
    "Docker, multi-stage builds\n"
    "https://docs.docker.com/build/building/multi-stage/";
inline constexpr const char *kDocs =
    "Container best practices, removing documentation\n"
    "https://docs.projectatomic.io/container-best-practices/\n"
    "SKA containerisation standards, multi-stage builds and image size\n"
    "https://developer.skao.int";
inline constexpr const char *kData = "SKA containerisation standards, data and code\n"
                                     "https://developer.skao.int\n"
                                     "The twelve-factor app, backing services\n"
                                     "https://12factor.net/backing-services";
inline constexpr const char *kPackageIntegrity =
    "CIS Docker Benchmark, 4.11\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "openshift-preflight, HasModifiedFiles\n"
    "https://github.com/redhat-openshift-ecosystem/openshift-preflight\n"
    "dpkg, --verify\n"
    "https://man7.org/linux/man-pages/man1/dpkg.1.html";
inline constexpr const char *kBadPackages = "Docker Scout, no high-profile vulnerabilities\n"
                                            "https://docs.docker.com/scout/policy/\n"
                                            "SKA containerisation standards, base images\n"
                                            "https://developer.skao.int\n"
                                            "OpenSSF, malicious packages\n"
                                            "https://github.com/ossf/malicious-packages";
inline constexpr const char *kLicences = "SPDX licence list\n"
                                         "https://spdx.org/licenses/\n"
                                         "Docker Scout, no AGPL v3 licences\n"
                                         "https://docs.docker.com/scout/policy/\n"
                                         "SKA containerisation standards, base images\n"
                                         "https://developer.skao.int";
inline constexpr const char *kContext = "SKA containerisation standards, build context\n"
                                        "https://developer.skao.int\n"
                                        "Docker, build context and .dockerignore\n"
                                        "https://docs.docker.com/build/concepts/context/";
inline constexpr const char *kOrder = "SKA containerisation standards, ordering\n"
                                      "https://developer.skao.int\n"
                                      "Docker, build cache\n"
                                      "https://docs.docker.com/build/cache/";
inline constexpr const char *kUser =
    "SKA containerisation standards, USER\n"
    "https://developer.skao.int\n"
    "CIS Docker Benchmark, container images\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "Kubernetes, pod security standards\n"
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
inline constexpr const char *kHardening =
    "CIS Docker Benchmark, container images\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "SKA containerisation standards\n"
    "https://developer.skao.int\n"
    "OpenShift, creating images\n"
    "https://docs.openshift.com/container-platform/latest/openshift_images/create-images.html";
inline constexpr const char *kRunLabels =
    "Container application generic labels\n"
    "https://github.com/projectatomic/ContainerApplicationGenericLabels\n"
    "SKA containerisation standards, network and permissions\n"
    "https://developer.skao.int";
inline constexpr const char *kSecrets =
    "CIS Docker Benchmark, 4.10\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "Docker, build secrets\n"
    "https://docs.docker.com/build/building/secrets/\n"
    "SKA containerisation standards, build context and variables\n"
    "https://developer.skao.int";
inline constexpr const char *kProcess = "Module container: react to signals, return exit codes\n"
                                        "https://github.com/luebken/currentweather\n"
                                        "Dockerfile reference, ENTRYPOINT\n"
                                        "https://docs.docker.com/reference/dockerfile/#entrypoint\n"
                                        "SKA containerisation standards, ENTRYPOINT and CMD\n"
                                        "https://developer.skao.int";
inline constexpr const char *kOneProcess =
    "SKA containerisation standards, structuring\n"
    "https://developer.skao.int\n"
    "OpenShift, creating images\n"
    "https://docs.openshift.com/container-platform/latest/openshift_images/create-images.html";
inline constexpr const char *kHealth = "Dockerfile reference, HEALTHCHECK\n"
                                       "https://docs.docker.com/reference/dockerfile/#healthcheck\n"
                                       "CIS Docker Benchmark, 4.6\n"
                                       "https://www.cisecurity.org/benchmark/docker";
inline constexpr const char *kLogs = "The twelve-factor app, logs\n"
                                     "https://12factor.net/logs\n"
                                     "SKA containerisation standards, logging\n"
                                     "https://developer.skao.int";
inline constexpr const char *kContract =
    "Module container: declare ports, volumes and variables\n"
    "https://github.com/luebken/currentweather\n"
    "SKA containerisation standards, running containers\n"
    "https://developer.skao.int\n"
    "OCI image specification, configuration\n"
    "https://github.com/opencontainers/image-spec/blob/main/config.md";
inline constexpr const char *kOnBuild = "SKA containerisation standards, ONBUILD\n"
                                        "https://developer.skao.int\n"
                                        "Dockerfile reference, ONBUILD\n"
                                        "https://docs.docker.com/reference/dockerfile/#onbuild";
inline constexpr const char *kApiLabels =
    "Container API: labels that describe an image's interface\n"
    "https://github.com/luebken/container-api\n"
    "Module container: its example\n"
    "https://github.com/luebken/currentweather";
inline constexpr const char *kStructureTests =
    "container-structure-test, which asks the same of an image\n"
    "https://github.com/GoogleContainerTools/container-structure-test";
inline constexpr const char *kLabels =
    "SKA containerisation standards, labels\n"
    "https://developer.skao.int\n"
    "OCI image specification, annotations\n"
    "https://github.com/opencontainers/image-spec/blob/main/annotations.md";
inline constexpr const char *kVersions = "Semantic Versioning\n"
                                         "https://semver.org/\n"
                                         "SKA containerisation standards, naming and tagging\n"
                                         "https://developer.skao.int";
inline constexpr const char *kMaintainer =
    "Dockerfile reference, MAINTAINER (deprecated)\n"
    "https://docs.docker.com/reference/dockerfile/#maintainer-deprecated\n"
    "OCI image specification, annotations\n"
    "https://github.com/opencontainers/image-spec/blob/main/annotations.md";
inline constexpr const char *kTags =
    "SKA containerisation standards, naming and tagging\n"
    "https://developer.skao.int\n"
    "OpenShift, creating images\n"
    "https://docs.openshift.com/container-platform/latest/openshift_images/create-images.html";
inline constexpr const char *kDownloads =
    "CIS Docker Benchmark, 4.11\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "SKA containerisation standards, RUN and curl\n"
    "https://developer.skao.int\n"
    "Dockerfile reference, ADD --checksum\n"
    "https://docs.docker.com/reference/dockerfile/#add---checksum";
inline constexpr const char *kAdd =
    "CIS Docker Benchmark, 4.9\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "Docker, ADD or COPY\n"
    "https://docs.docker.com/build/building/best-practices/#add-or-copy";
inline constexpr const char *kPackages =
    "CIS Docker Benchmark, 4.7\n"
    "https://www.cisecurity.org/benchmark/docker\n"
    "Docker, apt-get\n"
    "https://docs.docker.com/build/building/best-practices/#apt-get";
inline constexpr const char *kAttestations =
    "Docker, build attestations\n"
    "https://docs.docker.com/build/metadata/attestations/\n"
    "SKA containerisation standards, provenance\n"
    "https://developer.skao.int";
inline constexpr const char *kEndOfLife = "When distributions end: endoflife.date\n"
                                          "https://endoflife.date\n"
                                          "CIS Docker Benchmark, 4.4\n"
                                          "https://www.cisecurity.org/benchmark/docker";
inline constexpr const char *kSigning =
    "SKA containerisation standards, image signing\n"
    "https://developer.skao.int\n"
    "Sigstore, signing containers\n"
    "https://docs.sigstore.dev/cosign/signing/signing_with_containers/\n"
    "Notary Project\n"
    "https://notaryproject.dev/docs/";
inline constexpr const char *kRegistries =
    "SKA containerisation standards, image storage\n"
    "https://developer.skao.int\n"
    "OCI distribution specification\n"
    "https://github.com/opencontainers/distribution-spec/blob/main/spec.md";
inline constexpr const char *kIntegrity =
    "OCI image specification, layers and descriptors\n"
    "https://github.com/opencontainers/image-spec/blob/main/spec.md";
inline constexpr const char *kImmutable = "Immutable servers and snowflakes\n"
                                          "https://martinfowler.com/bliki/SnowflakeServer.html\n"
                                          "Module container: immutable\n"
                                          "https://github.com/luebken/currentweather";

} // namespace cutaway::references
