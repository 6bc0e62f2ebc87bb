// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/tarwriter.h"

#include <QByteArray>
#include <QJsonValue>
#include <QTemporaryDir>

#include <string>
#include <string_view>
#include <vector>

/// Runs the built program from outside, on images made here.
namespace cutaway::test {

using Words = std::vector<std::string>; ///< bytes, as a shell hands them over

struct Ran
{
    int code = -1; ///< negative: it crashed
    QByteArray out;
    QByteArray err;

    /// The value at "sizes/files" or "layers/1/index" of the JSON in `out`; undefined where there
    /// is none.
    QJsonValue at(std::string_view path) const;
};

struct RunOptions
{
    QByteArray input = {};
    std::string directory = {};
    Words environment = {}; ///< "NAME=value"
};

[[nodiscard]] Ran runProgram(const std::string &program,
                             const Words &arguments,
                             const RunOptions &options = {});
/// cutaway-cli
[[nodiscard]] Ran runCli(const Words &arguments, const RunOptions &options = {});
[[nodiscard]] std::string cutawayPath();

/// A docker archive, put together layer by layer.
class DockerArchive
{
public:
    DockerArchive &layer(const TarWriter &tar, const std::string &createdBy);
    DockerArchive &layerBytes(std::string bytes, const std::string &createdBy);
    DockerArchive &emptyStep(const std::string &createdBy);
    /// Members of the config's "config" object, as JSON: `"User": "app"`.
    DockerArchive &config(std::string members);
    DockerArchive &tag(std::string tag);
    [[nodiscard]] std::string bytes() const;
    /// Config, layers and manifest entry in a tar that may hold other images too.
    void addTo(TarWriter &archive, std::string &manifest) const;

private:
    std::string configJson() const;

    std::vector<std::string> m_layers;
    std::vector<std::string> m_history;
    std::string m_config;
    std::string m_tag = "app:1";
};

void writeFile(const std::string &path, std::string_view bytes);
[[nodiscard]] QByteArray readFile(const std::string &path);
/// Path of a file in the directory.
[[nodiscard]] std::string in(const QTemporaryDir &directory, const std::string &name);
/// Names of what is in a directory, sorted.
[[nodiscard]] Words namesIn(const std::string &directory);
/// A layer below, one that changes, deletes and adds: something of everything.
[[nodiscard]] DockerArchive sampleImage();
[[nodiscard]] std::string quotedJson(std::string_view text);

} // namespace cutaway::test
