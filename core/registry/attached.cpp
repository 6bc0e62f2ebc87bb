// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/attached.h"

#include "core/base/ascii.h"
#include "core/base/base64.h"
#include "core/base/json.h"
#include "core/image/manifest.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

using Kind = Referrer::Kind;

constexpr const char *kIndexType = "application/vnd.oci.image.index.v1+json";

/// What cosign appends to the tag that stands for an image.
struct CosignTag
{
    const char *suffix;
    Kind kind;
};
constexpr std::array kCosignTags = {CosignTag{".sig", Kind::Signature},
                                    CosignTag{".att", Kind::Attestation},
                                    CosignTag{".sbom", Kind::Sbom}};

std::string tagFor(const Digest &digest)
{
    return std::string(digest.algorithmName()) + '-' + std::string(digest.hex());
}

bool containsAny(const std::string &text, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words,
                               [&text](std::string_view word) { return text.contains(word); });
}

/// 404, or whatever else a registry says that has never heard of such a list.
bool isWithoutApi(const HttpAnswer &answer)
{
    const bool isRefusal = answer.status == 401 || answer.status == 403 || answer.status == 429;
    const bool isUnknown = answer.status >= 400 && answer.status < 500 && !isRefusal;
    return isUnknown
           || (answer.isSuccess() && !answer.header("content-type").starts_with(kIndexType));
}

Result<std::vector<Referrer>> referrersIn(const HttpAnswer &answer)
{
    Result<ImageIndex> index = parseIndex(answer.body);
    if (!index) {
        return failIn("the list of referrers", index.error());
    }
    std::vector<Referrer> referrers;
    for (Descriptor &descriptor : index->manifests) {
        const Kind kind = referrerKind(descriptor);
        referrers.push_back({kind, std::move(descriptor), {}});
    }
    return referrers;
}

/// Of the tag that stands for the list.
Result<std::vector<Referrer>> referrersByTag(Repository &repository,
                                             const Digest &subject,
                                             const Monitor &monitor)
{
    const std::string tag = tagFor(subject);
    const Result<HttpAnswer> answer =
        repository.list(repository.pathOf("manifests", tag), kIndexType, monitor);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->status == 404) {
        return std::vector<Referrer>();
    }
    if (!answer->isSuccess()) {
        return std::unexpected(repository.errorOf(*answer, "list of referrers"));
    }
    auto referrers = referrersIn(*answer);
    if (referrers) {
        for (Referrer &referrer : *referrers) {
            referrer.tag = tag;
        }
    }
    return referrers;
}

void addCosigns(Repository &repository,
                const Digest &subject,
                std::vector<Referrer> &referrers,
                const Monitor &monitor)
{
    for (const CosignTag &known : kCosignTags) {
        const std::string tag = tagFor(subject) + known.suffix;
        if (const std::optional<Digest> digest = repository.digestOf(tag, monitor)) {
            Descriptor descriptor;
            descriptor.digest = *digest;
            referrers.push_back({known.kind, std::move(descriptor), tag});
        }
    }
}

const Json &envelopeIn(const Json &object)
{
    const Json &inBundle = object["dsseEnvelope"];
    return inBundle.isObject() ? inBundle : object;
}

} // namespace

Kind referrerKind(const Descriptor &descriptor)
{
    std::string words = descriptor.artifactType;
    for (const char *name : {"in-toto.io/predicate-type", "dev.sigstore.bundle.predicateType"}) {
        const auto found = descriptor.annotations.find(name);
        words += found == descriptor.annotations.end() ? std::string() : ' ' + found->second;
    }
    words = lowered(words);
    if (containsAny(words, {"spdx", "cyclonedx", "syft"})) {
        return Kind::Sbom;
    }
    if (containsAny(words, {"slsa.dev/provenance", "slsaprovenance"})) {
        return Kind::Provenance;
    }
    if (containsAny(words, {"in-toto", "predicate"})) {
        return Kind::Attestation;
    }
    const bool isSignature = containsAny(
        words, {"signature", "cosign.artifact.sig", "simplesigning", "sigstore.bundle"});
    return isSignature ? Kind::Signature : Kind::Other;
}

Result<ReferrerPage> referrersOf(Repository &repository,
                                 const Digest &subject,
                                 const std::string &next,
                                 const Monitor &monitor)
{
    const bool isFirst = next.empty();
    const std::string path = isFirst ? repository.pathOf("referrers", subject.text()) : next;
    const Result<HttpAnswer> answer = repository.list(path, kIndexType, monitor);
    if (!answer) {
        return failIn("the list of referrers", answer.error());
    }
    ReferrerPage page;
    page.hasApi = !(isFirst && isWithoutApi(*answer));
    if (page.hasApi && !answer->isSuccess()) {
        return std::unexpected(repository.errorOf(*answer, "list of referrers"));
    }
    auto referrers =
        page.hasApi ? referrersIn(*answer) : referrersByTag(repository, subject, monitor);
    if (!referrers) {
        return std::unexpected(referrers.error());
    }
    page.referrers = std::move(*referrers);
    if (isFirst) {
        addCosigns(repository, subject, page.referrers, monitor);
    }
    if (page.hasApi) {
        Result<std::string> behind = repository.client().nextPage(*answer, path);
        if (!behind) {
            return std::unexpected(behind.error());
        }
        page.next = std::move(*behind);
    }
    return page;
}

Result<std::vector<Descriptor>> partsOf(Repository &repository,
                                        const Digest &referrer,
                                        const Monitor &monitor)
{
    const Result<RawManifest> raw = repository.manifest(referrer.text(), monitor);
    if (!raw) {
        return std::unexpected(raw.error());
    }
    Result<Manifest> manifest = parseManifest(raw->bytes);
    if (!manifest) {
        return std::unexpected(manifest.error());
    }
    return std::move(manifest->layers);
}

AttachedText readableText(std::string part)
{
    AttachedText readable;
    const Result<ParsedJson> outer = parseJson(part, "the part", BadUtf8::Replace);
    if (!outer) {
        readable.text = std::move(part);
        return readable;
    }
    const Json &envelope = envelopeIn(outer->value);
    const std::optional<std::string> payload = envelope["payloadType"].isString()
                                                   ? base64Decoded(envelope["payload"].toString())
                                                   : std::nullopt;
    if (!payload) {
        readable.predicateType = outer->value["predicateType"].toString();
        readable.text = std::move(part);
        return readable;
    }
    readable.payloadType = envelope["payloadType"].toString();
    const Result<ParsedJson> inner = parseJson(*payload, "the statement", BadUtf8::Replace);
    readable.predicateType = inner ? inner->value["predicateType"].toString() : std::string();
    readable.text = *payload;
    return readable;
}

Result<AttachedText> attachedText(Repository &repository,
                                  const Descriptor &part,
                                  const Monitor &monitor)
{
    if (part.size && *part.size > static_cast<std::int64_t>(limits::kAttachedBytes)) {
        return fail(ErrorCode::LimitExceeded, "it is too long to be shown");
    }
    Result<std::string> bytes = repository.smallBlob(part.digest, limits::kAttachedBytes, monitor);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return readableText(std::move(*bytes));
}

} // namespace cutaway
