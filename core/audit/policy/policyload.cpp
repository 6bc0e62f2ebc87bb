// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/policyreader.h"
#include "core/audit/policy/policywords.h"
#include "core/base/bytesource.h"
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace cutaway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostDepth = 8;  ///< policies that extend each other
constexpr std::size_t kMostFiles = 64; ///< in all
constexpr std::array kNames = {".cutaway.yaml", ".cutaway.yml", ".cutaway.json"};

bool isThere(const std::string &path)
{
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

/// The variable's value where it is an absolute path.
std::string folderNamed(const char *variable)
{
    const char *value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody changes it
    return value != nullptr && value[0] == '/' ? value : "";
}

/// The policy that is read when none is named; empty where there is none.
std::string foundFile(const PolicySearch &search)
{
    std::string file = policyFileIn(search.directory);
    if (file.empty() && search.lookHome) {
        file = homePolicyFile();
        file = isThere(file) ? file : std::string();
    }
    return file;
}

/// Reads a file and first what it extends.
class Loader
{
public:
    Result<> load(const std::string &file, Policy &policy)
    {
        const Result<std::string> text = readSmallFile(file);
        if (!text) {
            return std::unexpected(text.error());
        }
        policy.files.push_back(file);
        m_read += std::to_string(text->size()) + '\n' + *text;
        const Result<Yaml> root = parseYaml(*text, file);
        if (!root) {
            return std::unexpected(root.error());
        }
        if (const Result<> extended = loadExtended(*root, file, policy); !extended) {
            return extended;
        }
        return readPolicy(*root, file, policy);
    }
    /// Over all that was read, schemas included.
    std::string digest(const Policy &policy) const
    {
        std::string all = m_read;
        for (const LabelWishes::Schema &schema : policy.labels.schemas) {
            all += std::to_string(schema.text.size()) + '\n' + schema.text;
        }
        return sha256Hex(all);
    }

private:
    Result<> loadExtended(const Yaml &root, const std::string &file, Policy &policy)
    {
        const Yaml &value = root["extends"];
        if (value.isNull()) {
            return {};
        }
        const Result<std::vector<std::string>> names = textsOf(value, file);
        if (!names) {
            return std::unexpected(names.error());
        }
        std::error_code ignored;
        m_open.push_back(fs::weakly_canonical(file, ignored).string());
        for (std::size_t i = 0; i < names->size(); ++i) {
            const Yaml &place = value.isList() ? value.elements()[i] : value;
            const std::string next = (fs::path(file).parent_path() / (*names)[i]).string();
            const std::string canonical = fs::weakly_canonical(next, ignored).string();
            if (std::ranges::find(m_open, canonical) != m_open.end()) {
                return failAt(file, place, "this extends itself");
            }
            if (m_open.size() >= kMostDepth || policy.files.size() >= kMostFiles) {
                return failAt(file, place, "too many policies extend each other");
            }
            if (const Result<> loaded = load(next, policy); !loaded) {
                return loaded.error().code == ErrorCode::NotFound
                           ? failAt(file, place, loaded.error().message)
                           : loaded;
            }
        }
        m_open.pop_back();
        return {};
    }

    std::vector<std::string> m_open; ///< files that are being read, as absolute paths
    std::string m_read;
};

} // namespace

Result<std::string> readSmallFile(const std::string &path)
{
    const std::string shown = displayText(path);
    if (!isThere(path)) {
        return fail(ErrorCode::NotFound, shown + ": there is no such file");
    }
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    return readAll(**file, limits::kYamlBytes, shown);
}

std::string policyFileIn(const std::string &directory)
{
    for (const char *name : kNames) {
        const std::string path = directory == "." ? name : directory + '/' + name;
        if (isThere(path)) {
            return path;
        }
    }
    return {};
}

std::string homePolicyFile()
{
    const std::string config = folderNamed("XDG_CONFIG_HOME");
    const std::string home = folderNamed("HOME");
    if (config.empty() && home.empty()) {
        return {};
    }
    return (config.empty() ? home + "/.config" : config) + "/cutaway/policy.yaml";
}

std::string policyFileToWrite(const PolicySearch &search)
{
    if (const std::string file = search.file.empty() ? foundFile(search) : search.file;
        !file.empty()) {
        return file;
    }
    std::error_code ignored;
    const bool isHome = fs::equivalent(search.directory, folderNamed("HOME"), ignored);
    const bool isWritable = ::access(search.directory.c_str(), W_OK) == 0;
    const std::string home = search.lookHome ? homePolicyFile() : std::string();
    return home.empty() || (isWritable && !isHome) ? search.directory + '/' + kNames.front() : home;
}

Result<Policy> loadPolicy(const PolicySearch &search)
{
    const std::string file = search.file.empty() ? foundFile(search) : search.file;
    Policy policy;
    if (file.empty()) {
        return policy;
    }
    Loader loader;
    if (const Result<> loaded = loader.load(file, policy); !loaded) {
        return std::unexpected(loaded.error());
    }
    policy.digest = loader.digest(policy);
    return policy;
}

} // namespace cutaway
