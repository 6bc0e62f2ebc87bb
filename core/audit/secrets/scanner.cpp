// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/scanner.h"

#include "core/audit/secrets/packagefiles.h"
#include "core/audit/secrets/scan.h"
#include "core/audit/secrets/secretfacts.h"
#include "core/audit/secrets/secretlimits.h"
#include "core/base/hashsums.h"
#include "core/base/limits.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cutaway {

namespace {

class SecretScanner : public FileObserver
{
public:
    bool begin(std::string_view name, const Entry &entry) override
    {
        if (entry.size == 0 || hasBinaryEnding(name)) {
            return false;
        }
        m_name = name;
        m_offset = entry.headerOffset;
        m_size = entry.size;
        m_buffer.clear();
        m_found.clear();
        m_state = State::Reading;
        return true;
    }

    void data(Bytes run) override
    {
        if (m_state != State::Reading) {
            return;
        }
        const std::string_view text(reinterpret_cast<const char *>(run.data()), run.size());
        const std::size_t before = m_buffer.size();
        const std::size_t front =
            limits::kSecretTextFront - std::min(before, limits::kSecretTextFront);
        if (text.substr(0, front).contains('\0')) {
            m_state = State::Done;
        } else if (m_size > limits::kSecretFileBytes) {
            // Only its front is looked at: a text, or not?
            m_buffer.append(text.substr(0, front));
        } else if (before == 0 && text.size() == m_size) {
            search(text);
            m_state = State::Done;
        } else {
            m_buffer.append(text);
        }
    }

    void end(std::vector<FileFact> &facts) override
    {
        if (m_state == State::Reading) {
            if (m_size > limits::kSecretFileBytes) {
                m_found.push_back({m_offset, kUnsearchedFact, {}});
            } else {
                search(m_buffer);
            }
        }
        std::ranges::move(m_found, std::back_inserter(facts));
        m_found.clear();
        if (m_buffer.capacity() > limits::kBlockSize) {
            std::string().swap(m_buffer);
        }
    }

private:
    enum class State : std::uint8_t { Reading, Done };

    void search(std::string_view text)
    {
        switch (packageFile(m_name)) {
        case PackageFile::DpkgSums:
            m_found.push_back({m_offset, kOwnedFilesFact, encodeOwned(dpkgSums(m_name, text))});
            return;
        case PackageFile::ApkInstalled:
            m_found.push_back({m_offset, kOwnedFilesFact, encodeOwned(apkFiles(text))});
            return;
        case PackageFile::DpkgStatus:
            m_found.push_back({m_offset, kVendorFact, publicPackages(text)});
            return;
        case PackageFile::None: break;
        }
        SecretSearch found = searchForSecrets(text, secretPlace(m_name), &m_memory);
        if (found.searched < text.size()) {
            m_found.push_back({m_offset, kUnsearchedFact, {}});
        }
        SecretsOfFile file;
        file.hits = std::move(found.hits);
        if (!file.hits.empty()) {
            file.md5 = sumKey(md5Hex(text));
            file.sha1 = sumKey(sha1Hex(text));
            m_found.push_back({m_offset, kSecretsFact, encodeSecrets(file)});
        }
    }

    SecretMemory m_memory;
    std::string m_name;
    std::uint64_t m_offset = 0;
    std::uint64_t m_size = 0;
    std::string m_buffer;          ///< of a text that comes in several runs
    std::vector<FileFact> m_found; ///< of this file
    State m_state = State::Done;
};

} // namespace

std::unique_ptr<FileObserver> secretScanner()
{
    return std::make_unique<SecretScanner>();
}

} // namespace cutaway
