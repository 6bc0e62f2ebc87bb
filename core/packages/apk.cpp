// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

#include <utility>

namespace cutaway {

namespace {

/// One package at a time, as its lines come.
class ApkReader
{
public:
    PackageRecords read(std::string_view text)
    {
        while (!text.empty() && m_found.packages.size() < limits::kPackageRecords) {
            const std::string_view line = takeLine(text);
            if (line.empty()) {
                endPackage();
            } else if (line.size() < 2 || line[1] != ':') {
                ++m_found.damaged;
            } else {
                m_isAny = true;
                add(line.front(), line.substr(2));
            }
        }
        endPackage();
        return std::move(m_found);
    }

private:
    void add(char key, std::string_view value)
    {
        switch (key) {
        case 'P': m_package.name = boundedText(value); break;
        case 'V': m_package.version = boundedText(value); break;
        case 'A': m_package.architecture = boundedText(value); break;
        case 'I': m_package.declaredBytes = numberOf(value); break;
        case 'U': m_package.homepage = boundedText(value); break;
        case 'L': m_package.licence = boundedText(value); break;
        case 'o': m_package.source = boundedText(value); break;
        case 'm': m_package.supplier = boundedText(value); break;
        case 'D': addRelations(m_package.needs, value, ' '); break;
        case 'p': addRelations(m_package.provides, value, ' '); break;
        case 'F': m_directory = value; break;
        case 'R':
            m_package.files.push_back(
                {(m_directory.empty() ? m_directory : m_directory + '/') + std::string(value), {}});
            m_isFile = true;
            break;
        case 'Z':
            if (m_isFile) {
                m_package.files.back().digest = digestOf(value);
                m_isFile = false;
            }
            break;
        default: break; // checksums, modes of directories
        }
    }

    /// SHA-1 as "Q1" and base64.
    static std::string digestOf(std::string_view text)
    {
        const auto bytes = text.starts_with("Q1") ? base64Decoded(text.substr(2)) : std::nullopt;
        return hexOf(bytes.value_or(std::string()));
    }

    void endPackage()
    {
        PackageRecord package = std::exchange(m_package, {});
        m_directory.clear();
        m_isFile = false;
        if (!std::exchange(m_isAny, false)) {
            return;
        }
        if (package.name.empty() || package.version.empty()) {
            ++m_found.damaged;
            return;
        }
        package.ecosystem = Ecosystem::Apk;
        if (package.source.empty()) {
            package.source = package.name;
        }
        package.sourceVersion = package.version;
        m_found.packages.push_back(std::move(package));
    }

    PackageRecords m_found;
    PackageRecord m_package;
    std::string m_directory;
    bool m_isAny = false;  ///< lines of a package were there
    bool m_isFile = false; ///< its last file may get a digest
};

} // namespace

PackageRecords readApkInstalled(std::string_view text)
{
    return ApkReader().read(text);
}

} // namespace cutaway
