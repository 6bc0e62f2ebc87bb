// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is installed. Readers take the databases that package managers leave in an image apart,
/// each a function from bytes to records; inventory.h puts these together over the layers, and
/// knows which file belongs to which package. Nothing is run, and what cannot be read is a note.
namespace cutaway {

enum class Ecosystem : std::uint8_t {
    Deb,    ///< dpkg
    Apk,    ///< Alpine and its kin
    Alpm,   ///< pacman
    Opkg,   ///< OpenWrt and others
    Rpm,    ///< Fedora, SUSE and their kin
    Python, ///< dist-info and egg-info
    Node,   ///< modules with a package.json
    Gem,    ///< RubyGems
    Go,     ///< modules in a program
    Cargo,  ///< Rust's crates in a program
    Maven,  ///< Java archives; names are "group:artifact" where the group is known
    Composer,
    Nuget,
    Cpan,
    Cran,
};
inline constexpr int kEcosystemCount = 15;

/// As a package URL's type has it: "deb", "pypi", "npm".
[[nodiscard]] std::string_view ecosystemName(Ecosystem ecosystem);

/// Whether somebody asked for a package, or it came with another one.
enum class InstalledAs : std::uint8_t { Unknown, Asked, Needed };

/// A file that a package manager says it wrote.
struct PackagedFile
{
    std::string path;   ///< raw bytes, from the root or from where the reader says
    std::string digest; ///< MD5, SHA-1 or SHA-256 in hexadecimal; empty where none is told
};

/// What a database says of one package; text as it stands there, each value
/// limits::kPackageTextBytes at the most.
struct PackageRecord
{
    Ecosystem ecosystem = Ecosystem::Deb;
    std::string name;
    std::string version;
    std::string architecture;
    std::string source; ///< the source package; empty where the database knows none
    std::string sourceVersion;
    std::string licence;
    std::string supplier;
    std::string homepage;
    std::string state = "installed";            ///< dpkg knows others: "config-files", "unpacked"
    std::optional<std::uint64_t> declaredBytes; ///< of its files, once installed
    std::vector<PackagedFile> files;            ///< those that the same text tells
    /// What it says of other packages, each as it stands there: "libc6 (>= 2.36) | musl",
    /// "so:libc.musl-x86_64.so.1", "!conflicting"; limits::kPackageRelations of a kind.
    std::vector<std::string> needs;
    std::vector<std::string> recommends;
    std::vector<std::string> provides; ///< names that it answers to as well
    std::string licenceExpression;     ///< SPDX; empty where the licence cannot be told for sure
    InstalledAs installedAs = InstalledAs::Unknown;
    bool isEssential = false; ///< the system does not work without, dpkg says

    /// Its files are there and in order.
    bool isInstalled() const { return state == "installed" || state.starts_with("triggers-"); }
};

/// What a reader found.
struct PackageRecords
{
    std::vector<PackageRecord> packages;
    std::uint32_t damaged = 0; ///< entries and lines that could not be understood
};

/// The distribution whose packages they are, for package URLs: "debian", "12".
struct Distribution
{
    std::string id;
    std::string version;
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string name = {}; ///< for people: "Debian GNU/Linux"
};

} // namespace cutaway
