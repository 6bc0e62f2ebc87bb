// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/zipmembers.h"
#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cutaway {

namespace {

constexpr std::string_view kManifest = "META-INF/MANIFEST.MF";

using Attributes = std::map<std::string, std::string, std::less<>>;

std::string valueOf(const Attributes &attributes, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto found = attributes.find(name);
        if (found != attributes.end() && !found->second.empty()) {
            return boundedText(found->second);
        }
    }
    return {};
}

/// The main section: up to the first empty line, a line that begins with a blank goes on with the
/// one before (JAR file specification).
Attributes manifestOf(std::string_view text)
{
    Attributes attributes;
    std::string *last = nullptr;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.empty()) {
            break;
        }
        const std::size_t colon = line.find(": ");
        if (line.front() == ' ') {
            if (last != nullptr) {
                *last += line.substr(1);
            }
        } else if (colon != std::string_view::npos) {
            last = &attributes[std::string(line.substr(0, colon))];
            *last = line.substr(colon + 2);
        }
    }
    return attributes;
}

/// Maven's pom.properties.
Attributes propertiesOf(std::string_view text)
{
    Attributes attributes;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::size_t equals = line.find('=');
        if (!line.starts_with('#') && equals != std::string_view::npos) {
            attributes[std::string(withoutBlanks(line.substr(0, equals)))] =
                withoutBlanks(line.substr(equals + 1));
        }
    }
    return attributes;
}

/// "commons-lang3-3.12.0.jar": what is before the first dash with a digit behind it, and after.
std::pair<std::string_view, std::string_view> partsOf(std::string_view fileName)
{
    const std::string_view stem = fileName.substr(0, fileName.rfind('.'));
    for (std::size_t dash = stem.find('-'); dash != std::string_view::npos;
         dash = stem.find('-', dash + 1)) {
        const char next = dash + 1 < stem.size() ? stem[dash + 1] : ' ';
        if (next >= '0' && next <= '9') {
            return {stem.substr(0, dash), stem.substr(dash + 1)};
        }
    }
    return {stem, {}};
}

/// Groups are names of domains, the other way round.
bool isGroup(std::string_view text)
{
    return text.contains('.')
           && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_")
                  == std::string_view::npos;
}

std::string nameOf(const std::string &group, std::string_view artifact)
{
    return boundedText((group.empty() ? "" : group + ':') + std::string(artifact));
}

class ArchiveReader
{
public:
    PackageRecords read(std::string_view bytes, std::string_view fileName, bool isInside = false)
    {
        Attributes manifest;
        std::vector<Attributes> poms;
        const ZipVisitor visitor{[&](std::string_view name, std::uint64_t size) {
                                     return (isMetadata(name) || (!isInside && isArchive(name)))
                                            && size <= limits::kJavaInnerBytes;
                                 },
                                 [&](std::string_view name, std::string_view content) {
                                     if (name == kManifest) {
                                         manifest = manifestOf(content);
                                     } else if (isMetadata(name)) {
                                         poms.push_back(propertiesOf(content));
                                     } else {
                                         addInner(read(content, baseName(name), true));
                                     }
                                 },
                                 limits::kJavaMembers};
        const Result<> status = forEachZipMember(bytes, visitor, m_budget);
        PackageRecords found = recordsOf(manifest, poms, fileName);
        found.damaged = status || bytes.empty() ? 0 : 1;
        if (!isInside) {
            found.packages.insert(found.packages.end(), m_inner.begin(), m_inner.end());
        }
        return found;
    }

private:
    static bool isArchive(std::string_view name)
    {
        return databaseFile(name) == DatabaseFile::JavaArchive;
    }

    static bool isMetadata(std::string_view name)
    {
        return name == kManifest
               || (name.starts_with("META-INF/maven/") && name.ends_with("/pom.properties"));
    }

    void addInner(PackageRecords inner)
    {
        for (PackageRecord &package : inner.packages) {
            package.files.clear(); // it lies in the outer one
            if (m_inner.size() < limits::kPackageRelations) {
                m_inner.push_back(std::move(package));
            }
        }
    }

    /// The archive's own, then those that were packed into it without being archives any more.
    static PackageRecords recordsOf(const Attributes &manifest,
                                    std::vector<Attributes> &poms,
                                    std::string_view fileName)
    {
        const auto [artifact, version] = partsOf(fileName);
        auto own = std::ranges::find_if(poms, [&artifact](const Attributes &pom) {
            return valueOf(pom, {"artifactId"}) == artifact;
        });
        if (own == poms.end() && poms.size() == 1) {
            own = poms.begin();
        }
        if (own != poms.begin() && own != poms.end()) {
            std::swap(*own, poms.front());
            own = poms.begin();
        }
        PackageRecords found;
        if (own == poms.end()) {
            found.packages.push_back(ownRecord(manifest, artifact, version));
        }
        for (const Attributes &pom : poms) {
            const std::string id = valueOf(pom, {"artifactId"});
            if (!id.empty()) {
                PackageRecord package;
                package.name = nameOf(valueOf(pom, {"groupId"}), id);
                package.version = valueOf(pom, {"version"});
                found.packages.push_back(std::move(package));
            }
        }
        for (PackageRecord &package : found.packages) {
            package.ecosystem = Ecosystem::Maven;
        }
        std::erase_if(found.packages, [](const PackageRecord &each) { return each.name.empty(); });
        if (!found.packages.empty()) {
            PackageRecord &first = found.packages.front();
            first.licence = valueOf(manifest, {"Bundle-License"});
            first.supplier = valueOf(manifest, {"Implementation-Vendor", "Bundle-Vendor"});
            first.homepage = valueOf(manifest, {"Bundle-DocURL", "Implementation-URL"});
            first.files.push_back({".", {}});
        }
        return found;
    }

    static PackageRecord ownRecord(const Attributes &manifest,
                                   std::string_view artifact,
                                   std::string_view version)
    {
        PackageRecord package;
        std::string group = valueOf(manifest, {"Group-Id", "Implementation-Vendor-Id"});
        group = isGroup(group) ? group : std::string();
        package.name = nameOf(group, artifact);
        package.version =
            valueOf(manifest, {"Implementation-Version", "Plugin-Version", "Bundle-Version"});
        if (package.version.empty()) {
            package.version = boundedText(version);
        }
        return package;
    }

    std::uint64_t m_budget = limits::kJavaArchiveBytes; ///< what may still be unpacked
    std::vector<PackageRecord> m_inner;
};

} // namespace

PackageRecords readJavaArchive(std::string_view bytes, std::string_view fileName)
{
    return ArchiveReader().read(bytes, fileName);
}

} // namespace cutaway
