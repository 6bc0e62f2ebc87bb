// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/pax.h"

#include "core/base/ascii.h"
#include "core/base/limits.h"

#include <algorithm>
#include <limits>
#include <map>

namespace cutaway {

namespace {

constexpr std::string_view kSchilyXattr = "SCHILY.xattr.";
constexpr std::string_view kLibarchiveXattr = "LIBARCHIVE.xattr.";
constexpr std::string_view kSelinux = "RHT.security.selinux";
constexpr std::uint64_t kMostDigits = std::numeric_limits<std::int64_t>::max();

constexpr std::array<std::string_view, kPaxKeys> kKeys = {
    "path",
    "linkpath",
    "size",
    "uid",
    "gid",
    "mtime",
    "GNU.sparse.major",
    "GNU.sparse.realsize",
    "GNU.sparse.size",
    "GNU.sparse.name",
    "GNU.sparse.map",
};

std::optional<std::size_t> slotOf(std::string_view key)
{
    const auto found = std::ranges::find(kKeys, key);
    if (found == kKeys.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - kKeys.begin());
}

bool mayNotHoldNul(std::string_view key)
{
    return key == "path" || key == "linkpath" || key == "uname" || key == "gname"
           || key == "GNU.sparse.name";
}

struct Record
{
    std::string_view key;
    std::string_view value;
};

std::unexpected<Error> bad(std::string_view reason)
{
    return fail(ErrorCode::Corrupt, "bad pax header: " + std::string(reason));
}

/// Cuts the next "LENGTH key=value\n" off `rest`, which must not be empty.
Result<Record> takeRecord(std::string_view &rest)
{
    std::size_t length = 0;
    std::size_t at = 0;
    for (; at < rest.size() && isDigit(rest[at]); ++at) {
        length = length * 10 + static_cast<std::size_t>(rest[at] - '0');
        if (length > rest.size()) {
            return bad("a record is longer than the header");
        }
    }
    if (at == 0 || at == rest.size() || rest[at] != ' ') {
        return bad("a record does not begin with its length");
    }
    if (length < at + 2 || rest[length - 1] != '\n') {
        return bad("a record does not end in a line feed");
    }
    const std::string_view text = rest.substr(at + 1, length - at - 2);
    rest.remove_prefix(length);
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
        return bad("a record has no key");
    }
    const Record record{text.substr(0, equals), text.substr(equals + 1)};
    if (record.key.find('\0') != std::string_view::npos) {
        return bad("a key holds a NUL");
    }
    if (mayNotHoldNul(record.key) && record.value.find('\0') != std::string_view::npos) {
        return bad("the " + std::string(record.key) + " holds a NUL");
    }
    return record;
}

std::optional<unsigned> hexDigit(char c)
{
    if (isDigit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a' + 10);
    }
    return std::nullopt;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const std::optional<unsigned> high = hexDigit(text[i + 1]);
            const std::optional<unsigned> low = hexDigit(text[i + 2]);
            if (high && low) {
                decoded += static_cast<char>(*high * 16 + *low);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

/// libarchive leaves the padding out.
std::optional<std::string> base64Decoded(std::string_view text)
{
    static constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    std::string decoded;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = ((bits << 6) | static_cast<std::uint32_t>(value)) & 0xffffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            decoded += static_cast<char>((bits >> held) & 0xff);
        }
    }
    return decoded;
}

} // namespace

Result<> PaxRecords::readLocal(std::string body)
{
    clearLocal();
    m_body = std::move(body);
    m_hasLocal = true;
    std::string_view rest = m_body;
    while (!rest.empty()) {
        const Result<Record> record = takeRecord(rest);
        if (!record) {
            return std::unexpected(record.error());
        }
        takeLocal(record->key, record->value);
    }
    if (!m_sparseList.empty()) {
        m_local[static_cast<std::size_t>(PaxKey::SparseMap)] = m_sparseList;
    }
    return {};
}

Result<> PaxRecords::readGlobal(std::string_view body)
{
    while (!body.empty()) {
        const Result<Record> record = takeRecord(body);
        if (!record) {
            return std::unexpected(record.error());
        }
        const std::optional<std::size_t> slot = slotOf(record->key);
        if (!slot) {
            continue;
        }
        if (record->value.size() > limits::kTarGlobalBytes) {
            return fail(ErrorCode::LimitExceeded,
                        "a global pax header gives every member a " + std::string(record->key)
                            + " of " + std::to_string(record->value.size()) + " bytes");
        }
        m_global[*slot] = record->value;
    }
    return {};
}

void PaxRecords::clearLocal()
{
    if (m_hasLocal) {
        m_local.fill(std::nullopt);
        m_sparseList.clear();
        m_xattrs.clear();
        m_hasLocal = false;
        m_hasBadXattr = false;
    }
}

std::string_view PaxRecords::operator[](PaxKey key) const
{
    const auto slot = static_cast<std::size_t>(key);
    if (m_local[slot]) {
        return *m_local[slot];
    }
    return m_global[slot];
}

std::vector<std::pair<std::string, std::string>> PaxRecords::xattrs() const
{
    std::map<std::string_view, std::string_view> once; // the last of each name counts
    for (const auto &[name, value] : m_xattrs) {
        once.insert_or_assign(name, value);
    }
    return {once.begin(), once.end()};
}

void PaxRecords::takeLocal(std::string_view key, std::string_view value)
{
    if (key == "GNU.sparse.offset" || key == "GNU.sparse.numbytes") {
        m_sparseList.append(m_sparseList.empty() ? "" : ",").append(value);
    } else if (const std::optional<std::size_t> slot = slotOf(key)) {
        m_local[*slot] = value;
    } else if (!value.empty()) {
        takeXattr(key, value);
    }
}

void PaxRecords::takeXattr(std::string_view key, std::string_view value)
{
    if (key.starts_with(kSchilyXattr)) {
        m_xattrs.emplace_back(key.substr(kSchilyXattr.size()), value);
    } else if (key.starts_with(kLibarchiveXattr)) {
        if (std::optional<std::string> decoded = base64Decoded(value)) {
            m_xattrs.emplace_back(percentDecoded(key.substr(kLibarchiveXattr.size())),
                                  std::move(*decoded));
        } else {
            m_hasBadXattr = true;
        }
    } else if (key == kSelinux) {
        m_xattrs.emplace_back("security.selinux", value);
    }
}

std::optional<std::uint64_t> paxDigits(std::string_view text)
{
    if (text.empty() || !std::ranges::all_of(text, isDigit)) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (kMostDigits - digit) / 10) {
            return kMostDigits;
        }
        value = value * 10 + digit;
    }
    return value;
}

std::optional<PaxTime> paxTime(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    const std::optional<std::uint64_t> whole = paxDigits(text.substr(0, point));
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (!whole || !std::ranges::all_of(fraction, isDigit)) {
        return std::nullopt;
    }
    std::uint32_t nanoseconds = 0;
    for (std::size_t i = 0; i < 9; ++i) {
        const char digit = i < fraction.size() ? fraction[i] : '0';
        nanoseconds = nanoseconds * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    const auto seconds = static_cast<std::int64_t>(*whole);
    if (!isNegative) {
        return PaxTime{seconds, nanoseconds};
    }
    if (nanoseconds == 0) {
        return PaxTime{-seconds, 0};
    }
    return PaxTime{-seconds - 1, 1'000'000'000 - nanoseconds};
}

} // namespace cutaway
