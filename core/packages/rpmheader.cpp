// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/rpmheader.h"

#include "core/packages/packagelimits.h"
#include "core/packages/stanzas.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cutaway {

namespace {

enum Tag : std::uint32_t {
    Name = 1000,
    Version = 1001,
    Release = 1002,
    Epoch = 1003,
    Size = 1009,
    Vendor = 1011,
    License = 1014,
    Url = 1020,
    Arch = 1022,
    FileDigests = 1035,
    FileFlags = 1037,
    SourceRpm = 1044,
    Provides = 1047,
    Requires = 1049,
    DirIndexes = 1116,
    BaseNames = 1117,
    DirNames = 1118,
    LongSize = 5009,
    Recommends = 5046,
};

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes) {
        number = (number << 8) | static_cast<unsigned char>(c);
    }
    return number;
}

class Header
{
public:
    explicit Header(std::string_view blob)
    {
        if (blob.size() < kPreamble) {
            return;
        }
        const std::uint64_t entries = bigEndian(blob.substr(0, 4));
        const std::uint64_t bytes = bigEndian(blob.substr(4, 4));
        const std::uint64_t start = kPreamble + entries * kEntry;
        if (start + bytes > blob.size()) {
            return;
        }
        m_entries = blob.substr(kPreamble, entries * kEntry);
        m_data = blob.substr(start, bytes);
    }

    std::string text(Tag tag) const
    {
        const std::vector<std::string_view> texts = this->texts(tag, 1);
        return texts.empty() ? std::string() : boundedText(texts.front());
    }

    std::vector<std::string_view> texts(Tag tag, std::size_t most = limits::kPackagedFiles) const
    {
        constexpr std::uint32_t kString = 6;
        constexpr std::uint32_t kStrings = 8;
        constexpr std::uint32_t kTranslated = 9;
        std::vector<std::string_view> list;
        auto [type, count, rest] = find(tag);
        if (type != kString && type != kStrings && type != kTranslated) {
            return list;
        }
        while (list.size() < std::min<std::size_t>(count, most)) {
            const std::size_t end = rest.find('\0');
            if (end == std::string_view::npos) {
                break;
            }
            list.push_back(rest.substr(0, end));
            rest.remove_prefix(end + 1);
        }
        return list;
    }

    std::vector<std::uint64_t> numbers(Tag tag) const
    {
        constexpr std::uint32_t kInt32 = 4;
        constexpr std::uint32_t kInt64 = 5;
        std::vector<std::uint64_t> list;
        const auto [type, count, rest] = find(tag);
        const std::size_t width = type == kInt32 ? 4 : type == kInt64 ? 8 : 0;
        for (std::size_t i = 0; width > 0 && i < count && (i + 1) * width <= rest.size(); ++i) {
            list.push_back(bigEndian(rest.substr(i * width, width)));
        }
        return list;
    }

private:
    static constexpr std::size_t kPreamble = 8;
    static constexpr std::size_t kEntry = 16;

    struct Found
    {
        std::uint32_t type = 0;
        std::uint32_t count = 0;
        std::string_view rest; ///< of the data, from its first value on
    };

    Found find(Tag tag) const
    {
        for (std::size_t at = 0; at < m_entries.size(); at += kEntry) {
            const auto word = [&](std::size_t index) {
                return static_cast<std::uint32_t>(bigEndian(m_entries.substr(at + 4 * index, 4)));
            };
            if (word(0) == tag && word(2) < m_data.size()) {
                return {word(1), word(3), m_data.substr(word(2))};
            }
        }
        return {};
    }

    std::string_view m_entries;
    std::string_view m_data;
};

/// "bash-5.1.8-6.el9.src.rpm": name, version and release.
void setSource(PackageRecord &package, std::string_view file)
{
    file = file.substr(0, file.rfind(".src.rpm"));
    const std::size_t release = file.rfind('-');
    const std::size_t version = release == std::string_view::npos || release == 0
                                    ? std::string_view::npos
                                    : file.rfind('-', release - 1);
    if (version != std::string_view::npos) {
        package.source = std::string(file.substr(0, version));
        package.sourceVersion = std::string(file.substr(version + 1));
    }
}

std::vector<PackagedFile> filesOf(const Header &header)
{
    constexpr std::size_t kDigestLetters =
        64; // of SHA-256; there is nothing to hold longer ones against
    constexpr std::uint64_t kSetting = 1 << 0; // RPMFILE_CONFIG
    constexpr std::uint64_t kGhost = 1 << 6;   // RPMFILE_GHOST: not in the package

    const std::vector<std::string_view> folders = header.texts(DirNames);
    const std::vector<std::string_view> names = header.texts(BaseNames);
    const std::vector<std::uint64_t> indexes = header.numbers(DirIndexes);
    const std::vector<std::string_view> digests = header.texts(FileDigests);
    const std::vector<std::uint64_t> flags = header.numbers(FileFlags);
    const auto isFixed = [&](std::size_t i) {
        return i < digests.size() && digests[i].size() <= kDigestLetters
               && (i >= flags.size() || (flags[i] & (kSetting | kGhost)) == 0);
    };
    std::vector<PackagedFile> files;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < std::min(names.size(), indexes.size()); ++i) {
        if (indexes[i] < folders.size() && bytes < limits::kPackageFileBytes) {
            files.push_back({std::string(folders[indexes[i]]) + std::string(names[i]),
                             isFixed(i) ? std::string(digests[i]) : std::string()});
            bytes += files.back().path.size() + files.back().digest.size();
        }
    }
    return files;
}

/// Each once, though it may be asked for in several versions; without what rpm itself must know.
std::vector<std::string> relationsOf(const Header &header, Tag tag)
{
    std::vector<std::string_view> names = header.texts(tag);
    std::ranges::sort(names);
    const auto again = std::ranges::unique(names);
    names.erase(again.begin(), again.end());
    std::vector<std::string> relations;
    for (const std::string_view name : names) {
        if (!name.starts_with("rpmlib(")) {
            addRelations(relations, name, '\n');
        }
    }
    return relations;
}

} // namespace

std::optional<PackageRecord> readRpmHeader(std::string_view blob)
{
    const Header header(blob);
    PackageRecord package;
    package.ecosystem = Ecosystem::Rpm;
    package.name = header.text(Name);
    const std::string version = header.text(Version);
    const std::string release = header.text(Release);
    if (package.name.empty() || version.empty()) {
        return std::nullopt;
    }
    const std::vector<std::uint64_t> epoch = header.numbers(Epoch);
    package.version = (epoch.empty() ? "" : std::to_string(epoch.front()) + ':') + version
                      + (release.empty() ? "" : '-' + release);
    package.architecture = header.text(Arch);
    package.licence = header.text(License);
    package.supplier = header.text(Vendor);
    package.homepage = header.text(Url);
    setSource(package, header.text(SourceRpm));
    const std::vector<std::uint64_t> longSize = header.numbers(LongSize);
    const std::vector<std::uint64_t> size = longSize.empty() ? header.numbers(Size) : longSize;
    if (!size.empty()) {
        package.declaredBytes = size.front();
    }
    package.files = filesOf(header);
    package.needs = relationsOf(header, Requires);
    package.recommends = relationsOf(header, Recommends);
    package.provides = relationsOf(header, Provides);
    return package;
}

} // namespace cutaway
