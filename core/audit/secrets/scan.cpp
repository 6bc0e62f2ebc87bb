// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/scan.h"

#include "core/audit/secrets/credentials.h"
#include "core/audit/secrets/secretlimits.h"
#include "core/audit/secrets/values.h"
#include "core/base/hash.h"
#include "core/base/hashsums.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

/// Behind the detectors' own.
constexpr std::array kMoreKinds = {
    SecretKind{"D30", "a value that its name gives away"},
    SecretKind{"F01", "a credential of a registry"},
    SecretKind{"F02", "a credential of a cloud"},
};

/// SHA-256 of values that documentation shows: the example of jwt.io, Stripe's test key, the key of
/// Azure's storage emulator.
constexpr std::array<std::string_view, 3> kDocumented = {
    "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606",
    "2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326",
    "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
};

constexpr std::size_t kMostFound = 10 * limits::kSecretHits; ///< before overlaps are sorted out

/// What gives detectors away, and whom.
struct Triggers
{
    std::vector<Literal> literals;
    std::vector<std::uint16_t> detectors;
};

Triggers triggersOf(bool inSettings)
{
    Triggers triggers;
    const auto rows = secretDetectors();
    for (std::uint16_t i = 0; i < rows.size(); ++i) {
        if (rows[i].has(SecretDetector::SettingsOnly) != inSettings) {
            continue;
        }
        for (const auto &&part : std::views::split(rows[i].triggers, '|')) {
            triggers.literals.push_back(
                {std::string(part.begin(), part.end()), rows[i].has(SecretDetector::AnyCase)});
            triggers.detectors.push_back(i);
        }
    }
    return triggers;
}

const Triggers &triggers(bool inSettings)
{
    static const Triggers kEverywhere = triggersOf(false);
    static const Triggers kSettings = triggersOf(true);
    return inSettings ? kSettings : kEverywhere;
}

const LiteralFinder &finder(bool inSettings)
{
    static const LiteralFinder kEverywhere(triggers(false).literals);
    static const LiteralFinder kSettings(triggers(true).literals);
    return inSettings ? kSettings : kEverywhere;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether nothing before `at` belongs to the same word; the letter of an escape (`\n`) does not.
bool beginsWord(std::string_view text, std::size_t at)
{
    if (at == 0 || !isWordCharacter(text[at - 1])) {
        return true;
    }
    constexpr std::string_view kEscapes = "nrtbfv";
    return at >= 2 && text[at - 2] == '\\' && kEscapes.contains(text[at - 1]);
}

bool overlap(const SecretHit &a, const SecretHit &b)
{
    return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

class Search
{
public:
    Search(std::string_view text, const SecretPlace &place)
        : m_text(text)
        , m_place(place)
        , m_progress(secretDetectors().size())
        , m_searched(text.size())
    {}

    void lookAt(std::uint16_t detector, std::size_t begin, std::size_t end);
    void addCredentials();
    SecretSearch finish();

private:
    /// Of one detector.
    struct Progress
    {
        std::uint64_t spent = 0; ///< bytes looked at
        std::size_t passed = 0;  ///< place behind its last hit
    };

    void add(std::uint16_t kind, const SecretVerdict &verdict, std::string name = {});
    void giveUpAt(std::size_t place) { m_searched = std::min(m_searched, place); }

    std::string_view m_text;
    const SecretPlace &m_place;
    std::vector<Progress> m_progress;
    std::size_t m_searched; ///< bytes at the front
    std::vector<SecretHit> m_hits;
};

/// Whether a match is possible by what stands behind the trigger; counts the bytes looked at.
bool hasSign(const SecretDetector &row, std::string_view behind, std::uint64_t &spent)
{
    if (row.sign.empty()) {
        return true;
    }
    const std::size_t at = std::min(behind.find_first_of(row.sign), behind.size());
    spent += at + 1;
    return at < behind.size() && behind[at] == row.sign.front();
}

void Search::lookAt(std::uint16_t detector, std::size_t begin, std::size_t end)
{
    const SecretDetector &row = secretDetectors()[detector];
    Progress &progress = m_progress[detector];
    const bool isSkipped =
        begin < progress.passed || (row.has(SecretDetector::NotInLockFiles) && m_place.isLockFile);
    const bool isPossible = hasSign(row, m_text.substr(end, row.reach), progress.spent);
    if (isPossible) {
        progress.spent +=
            row.has(SecretDetector::LooksFar) ? limits::kSecretKeyBytes : std::uint64_t{row.reach};
    }
    if (isSkipped) {
        return;
    }
    if (progress.spent > limits::kSecretWork || m_hits.size() >= kMostFound) {
        giveUpAt(begin - std::min<std::size_t>(begin, row.lead));
        return;
    }
    if (!isPossible) {
        return;
    }
    const std::string_view window = m_text.substr(0, end + row.reach);
    const Pattern &pattern = patternOf(detector);
    const auto groups = row.has(SecretDetector::Around)
                            ? pattern.find(window, begin - std::min<std::size_t>(begin, row.lead))
                            : pattern.matchAt(window, begin);
    if (!groups) {
        return;
    }
    const std::string_view whole = groups->front();
    const auto from = static_cast<std::size_t>(whole.data() - m_text.data());
    const std::size_t to = from + whole.size();
    const bool isBounded = from <= begin && to >= end
                           && (row.has(SecretDetector::OpenLeft) || beginsWord(m_text, from))
                           && (row.has(SecretDetector::OpenRight) || to == m_text.size()
                               || !isWordCharacter(m_text[to]));
    const std::string_view value =
        groups->size() > 1 && groups->back().data() != nullptr ? groups->back() : whole;
    if (!isBounded || (row.entropy > 0 && entropyOf(value) < row.entropy)
        || (!row.has(SecretDetector::LooksFar) && isPlaceholder(value))) {
        return;
    }
    SecretVerdict plain{.severity = row.severity, .value = value};
    const auto verdict = row.check == nullptr ? std::optional(plain)
                                              : row.check({m_text, m_place, whole, value}, plain);
    if (verdict) {
        add(detector, *verdict);
        progress.passed = std::max(to, std::size_t{m_hits.back().offset} + m_hits.back().length);
    }
}

void Search::add(std::uint16_t kind, const SecretVerdict &verdict, std::string name)
{
    const std::size_t shown =
        kind < secretDetectors().size() ? secretDetectors()[kind].shown : std::size_t{0};
    SecretHit hit;
    hit.detector = kind;
    hit.severity = verdict.severity;
    hit.confidence = verdict.confidence;
    hit.note = verdict.note;
    hit.offset = static_cast<std::uint32_t>(verdict.value.data() - m_text.data());
    hit.length = static_cast<std::uint32_t>(verdict.value.size());
    hit.prefix = shownPrefix(verdict.value, shown);
    hit.name = std::move(name);
    hit.hash = keyedHash(verdict.identity.empty() ? verdict.value : verdict.identity);
    if (std::ranges::find(kDocumented, sha256Hex(verdict.value)) != kDocumented.end()) {
        hit.severity = Severity::Info;
        hit.note = SecretNote::Documented;
    } else if (m_place.isTest) {
        hit.severity = Severity::Info;
        hit.note = SecretNote::TestMaterial;
    }
    m_hits.push_back(std::move(hit));
}

void Search::addCredentials()
{
    using Use = SecretPlace::Use;
    const auto first = static_cast<std::uint16_t>(secretDetectors().size());
    const std::uint16_t kind = m_place.use == Use::Registry ? 1 : m_place.use == Use::Cloud ? 2 : 0;
    for (Credential &credential : credentialsIn(m_text, m_place)) {
        add(static_cast<std::uint16_t>(first + kind),
            {.severity = credential.severity,
             .confidence = kind == 0 ? Confidence::Likely : Confidence::Certain,
             .value = credential.value},
            std::move(credential.name));
    }
}

SecretSearch Search::finish()
{
    std::ranges::stable_sort(m_hits, {}, &SecretHit::detector);
    std::vector<SecretHit> hits;
    for (SecretHit &hit : m_hits) {
        if (std::ranges::any_of(hits,
                                [&](const SecretHit &other) { return overlap(hit, other); })) {
            continue;
        }
        if (hits.size() < limits::kSecretHits) {
            hits.push_back(std::move(hit));
        } else {
            giveUpAt(hit.offset);
        }
    }
    std::ranges::sort(hits, {}, &SecretHit::offset);
    std::uint32_t line = 1;
    std::size_t at = 0;
    for (SecretHit &hit : hits) {
        line += static_cast<std::uint32_t>(
            std::ranges::count(m_text.substr(at, hit.offset - at), '\n'));
        at = hit.offset;
        hit.line = line;
    }
    // An AWS key id is of use to others together with its secret.
    constexpr std::uint32_t kLinesApart = 5;
    for (SecretHit &hit : hits) {
        const bool isPair = std::ranges::any_of(hits, [&](const SecretHit &other) {
            const std::uint32_t apart =
                std::max(hit.line, other.line) - std::min(hit.line, other.line);
            return secretKind(other.detector).id == "D06" && apart <= kLinesApart;
        });
        if (isPair && secretKind(hit.detector).id == "D05" && hit.severity != Severity::Info) {
            hit.severity = Severity::Critical;
        }
    }
    return {std::move(hits), m_searched};
}

} // namespace

SecretKind secretKind(std::uint16_t detector)
{
    const auto rows = secretDetectors();
    if (detector < rows.size()) {
        return {rows[detector].id, rows[detector].name};
    }
    return kMoreKinds.at(std::min(detector - rows.size(), kMoreKinds.size() - 1));
}

std::vector<SecretKind> secretKinds()
{
    std::vector<SecretKind> kinds;
    for (const SecretDetector &detector : secretDetectors()) {
        kinds.push_back({detector.id, detector.name});
    }
    kinds.insert(kinds.end(), kMoreKinds.begin(), kMoreKinds.end());
    return kinds;
}

std::string_view shownPrefix(std::string_view secret, std::size_t shown)
{
    constexpr std::size_t kMost = 4;
    constexpr std::size_t kTimes = 4; // so short a secret has no part to be shown
    return secret.size() < kTimes * shown ? std::string_view()
                                          : secret.substr(0, std::min(shown, kMost));
}

SecretMemory::SecretMemory()
    : m_everywhere(finder(false))
    , m_settings(finder(true))
{}

SecretSearch searchForSecrets(std::string_view text,
                              const SecretPlace &place,
                              const SecretMemory *memory)
{
    Search search(text, place);
    for (const bool inSettings : {false, true}) {
        if (inSettings && !place.isSettings) {
            continue;
        }
        const Triggers &known = triggers(inSettings);
        const auto visit = [&](std::uint32_t literal, std::size_t end) {
            search.lookAt(known.detectors[literal], end - known.literals[literal].text.size(), end);
            return true;
        };
        if (memory != nullptr) {
            finder(inSettings)
                .find(text, inSettings ? memory->m_settings : memory->m_everywhere, visit);
        } else {
            findPlainly(known.literals, text, visit);
        }
    }
    search.addCredentials();
    return search.finish();
}

std::vector<SecretHit> secretsIn(std::string_view text,
                                 const SecretPlace &place,
                                 const SecretMemory *memory)
{
    return searchForSecrets(text, place, memory).hits;
}

} // namespace cutaway
