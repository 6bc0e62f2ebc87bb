// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/secretfacts.h"

#include "core/audit/secrets/secretlimits.h"
#include "core/base/binary.h"

#include <charconv>

namespace cutaway {

namespace {

constexpr std::size_t kPackageNameBytes = 256;

SecretHit readHit(BinaryReader &reader)
{
    SecretHit hit;
    hit.detector = reader.number<std::uint16_t>();
    const auto severity = reader.number<std::uint8_t>();
    const auto confidence = reader.number<std::uint8_t>();
    const auto note = reader.number<std::uint8_t>();
    if (severity > static_cast<std::uint8_t>(Severity::Critical)
        || confidence > static_cast<std::uint8_t>(Confidence::Certain)
        || note > static_cast<std::uint8_t>(SecretNote::Snakeoil)) {
        reader.fail("no secret is like that");
        return hit;
    }
    hit.severity = static_cast<Severity>(severity);
    hit.confidence = static_cast<Confidence>(confidence);
    hit.note = static_cast<SecretNote>(note);
    hit.line = reader.number<std::uint32_t>();
    hit.offset = reader.number<std::uint32_t>();
    hit.length = reader.number<std::uint32_t>();
    hit.prefix = reader.text(limits::kSecretNameBytes);
    hit.name = reader.text(limits::kSecretNameBytes);
    hit.hash = reader.number<std::uint64_t>();
    return hit;
}

} // namespace

std::string encodeSecrets(const SecretsOfFile &file)
{
    std::string bytes;
    BinaryWriter writer = binaryWriterInto(bytes);
    writer.number(file.md5);
    writer.number(file.sha1);
    for (const SecretHit &hit : file.hits) {
        writer.number(hit.detector);
        writer.number(static_cast<std::uint8_t>(hit.severity));
        writer.number(static_cast<std::uint8_t>(hit.confidence));
        writer.number(static_cast<std::uint8_t>(hit.note));
        writer.number(hit.line);
        writer.number(hit.offset);
        writer.number(hit.length);
        writer.text(hit.prefix);
        writer.text(hit.name);
        writer.number(hit.hash);
    }
    return bytes;
}

std::optional<SecretsOfFile> decodeSecrets(std::string_view bytes)
{
    TextStream stream(bytes);
    BinaryReader reader(stream);
    SecretsOfFile file;
    file.md5 = reader.number<std::uint64_t>();
    file.sha1 = reader.number<std::uint64_t>();
    while (reader.isGood() && !reader.isAtEnd() && file.hits.size() < limits::kSecretHits) {
        file.hits.push_back(readHit(reader));
    }
    return reader.isGood() ? std::optional(std::move(file)) : std::nullopt;
}

std::string encodeOwned(const OwnedFiles &owned)
{
    std::string bytes;
    BinaryWriter writer = binaryWriterInto(bytes);
    writer.text(owned.package);
    writer.number(static_cast<std::uint8_t>(owned.sum));
    for (const OwnedFiles::File &file : owned.files) {
        writer.number(file.path);
        writer.number(file.sum);
    }
    return bytes;
}

std::optional<OwnedFiles> decodeOwned(std::string_view bytes)
{
    TextStream stream(bytes);
    BinaryReader reader(stream);
    OwnedFiles owned;
    owned.package = reader.text(kPackageNameBytes);
    owned.sum = reader.number<std::uint8_t>() == 0 ? OwnedFiles::Sum::Md5 : OwnedFiles::Sum::Sha1;
    while (reader.isGood() && !reader.isAtEnd()) {
        const auto path = reader.number<std::uint64_t>();
        owned.files.push_back({path, reader.number<std::uint64_t>()});
    }
    return reader.isGood() ? std::optional(std::move(owned)) : std::nullopt;
}

std::uint64_t pathKey(std::string_view path)
{
    constexpr std::uint64_t kBasis = 0xcbf29ce484222325; // FNV-1a: who wants them equal needs the
    constexpr std::uint64_t kPrime = 0x100000001b3;      // same digest too
    while (path.starts_with('/') || path.starts_with("./")) {
        path.remove_prefix(path.front() == '/' ? 1 : 2);
    }
    std::uint64_t key = kBasis;
    for (const char c : path) {
        key = (key ^ static_cast<unsigned char>(c)) * kPrime;
    }
    return key;
}

std::uint64_t sumKey(std::string_view hex)
{
    constexpr std::size_t kDigits = 16;
    std::uint64_t key = 0;
    const std::string_view digits = hex.substr(0, kDigits);
    std::from_chars(digits.data(), digits.data() + digits.size(), key, 16);
    return key;
}

} // namespace cutaway
