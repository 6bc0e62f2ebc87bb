// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "resources/samples/content.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <array>
#include <cstdint>

namespace cutaway::sample {

namespace {

/// xorshift64*, seeded by a name: small, and the same on every machine.
class Dice
{
public:
    explicit Dice(std::string_view seed)
    {
        for (const char c : seed) {
            m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001B3;
        }
    }

    std::uint64_t next()
    {
        m_state ^= m_state >> 12;
        m_state ^= m_state << 25;
        m_state ^= m_state >> 27;
        return (m_state * 0x2545F4914F6CDD1D) >> 16;
    }
    std::size_t below(std::size_t bound) { return next() % bound; }

private:
    std::uint64_t m_state = 0xCBF29CE484222325;
};

constexpr std::array<std::string_view, 16> kWords = {"basalt",
                                                     "chalk",
                                                     "clay",
                                                     "flint",
                                                     "gneiss",
                                                     "granite",
                                                     "gravel",
                                                     "gypsum",
                                                     "loam",
                                                     "marble",
                                                     "marl",
                                                     "mica",
                                                     "quartz",
                                                     "sand",
                                                     "shale",
                                                     "slate"};

} // namespace

std::string program(std::string_view seed, std::size_t size)
{
    Dice dice(seed);
    std::string bytes("\x7f"
                      "ELF\x02\x01\x01",
                      7);
    while (bytes.size() < size) {
        bytes.append(dice.below(24), '\0');
        for (std::size_t i = 8 + dice.below(56); i > 0; --i) {
            bytes += static_cast<char>(dice.next());
        }
    }
    bytes.resize(size);
    return bytes;
}

std::string noise(std::string_view seed, std::size_t size)
{
    Dice dice(seed);
    std::string bytes;
    bytes.reserve(size);
    while (bytes.size() < size) {
        bytes += static_cast<char>(dice.next());
    }
    return bytes;
}

std::string packageIndex(std::string_view seed, std::size_t size)
{
    Dice dice(seed);
    std::string text;
    while (text.size() < size) {
        const std::string name = std::string(kWords[dice.below(kWords.size())]) + '-'
                                 + std::string(kWords[dice.below(kWords.size())]);
        const std::string version =
            std::to_string(dice.below(9)) + '.' + std::to_string(dice.below(40));
        text += "Package: " + name + "\nVersion: " + version
                + "\nArchitecture: amd64\nFilename: pool/main/" + name + '_' + version
                + "_amd64.deb\nSize: " + std::to_string(dice.below(900'000))
                + "\nSHA256: " + sha256Hex(name + version + std::to_string(dice.next())) + "\n\n";
    }
    return text;
}

std::string databaseDump(std::size_t size)
{
    Dice dice("dump");
    std::string text = "-- Test data, not for production\n";
    while (text.size() < size) {
        text += "INSERT INTO stones VALUES (" + std::to_string(dice.below(100'000)) + ", '"
                + std::string(kWords[dice.below(kWords.size())]) + "', "
                + std::to_string(dice.below(999)) + ");\n";
    }
    return text;
}

std::string pretendedKey()
{
    std::string body;
    for (int i = 1; i <= 20; ++i) {
        body += "This is not a key. Cutaway's sample image shows that deleting is not enough.\n";
    }
    const std::string encoded = base64(body);
    std::string text = "-----BEGIN RSA PRIVATE KEY-----\n";
    for (std::size_t i = 0; i < encoded.size(); i += 64) {
        text += encoded.substr(i, 64) + '\n';
    }
    return text + "-----END RSA PRIVATE KEY-----\n";
}

} // namespace cutaway::sample
