// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include "core/base/hash.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <algorithm>
#include <filesystem>

namespace cutaway::test {
namespace {

constexpr int kPatience = 120'000; ///< milliseconds

/// No directory: what a run answers shall not depend on the runs before it, nor on the person who
/// runs the tests.
constexpr const char *kNoCache = "/dev/null";

} // namespace

QJsonValue Ran::at(std::string_view path) const
{
    QJsonValue value = QJsonDocument::fromJson(out).object();
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const QLatin1String key(QByteArrayView(path.substr(0, slash)));
        value = value.isArray() ? value.toArray().at(key.toInt()) : value.toObject().value(key);
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return value;
}

Ran runProgram(const std::string &program, const Words &arguments, const RunOptions &options)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CUTAWAY_CACHE_DIR"), QLatin1String(kNoCache));
    for (const std::string &variable : options.environment) {
        const QString text = QString::fromStdString(variable);
        environment.insert(text.section(u'=', 0, 0), text.section(u'=', 1));
    }
    process.setProcessEnvironment(environment);
    if (!options.directory.empty()) {
        process.setWorkingDirectory(QString::fromStdString(options.directory));
    }
    QStringList words;
    for (const std::string &argument : arguments) {
        words << QFile::decodeName(argument.c_str());
    }
    process.start(QString::fromStdString(program), words);
    if (!process.waitForStarted()) {
        return {-1, {}, process.errorString().toUtf8()};
    }
    if (!options.input.isEmpty()) {
        process.write(options.input);
    }
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(kPatience);
    Ran ran;
    ran.code = ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

std::string cutawayPath()
{
    qputenv("CUTAWAY_CACHE_DIR", kNoCache); // for those who start it themselves
    return CUTAWAY_CLI_PATH;
}

Ran runCli(const Words &arguments, const RunOptions &options)
{
    return runProgram(cutawayPath(), arguments, options);
}

std::string quotedJson(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            quoted += QString::asprintf("\\u%04x", static_cast<unsigned int>(c)).toStdString();
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

DockerArchive &DockerArchive::layer(const TarWriter &tar, const std::string &createdBy)
{
    return layerBytes(tar.finish(), createdBy);
}

DockerArchive &DockerArchive::layerBytes(std::string bytes, const std::string &createdBy)
{
    m_layers.push_back(std::move(bytes));
    m_history.push_back(R"({"created": "2024-05-01T10:00:00Z", "created_by": )"
                        + quotedJson(createdBy) + '}');
    return *this;
}

DockerArchive &DockerArchive::emptyStep(const std::string &createdBy)
{
    m_history.push_back(R"({"empty_layer": true, "created_by": )" + quotedJson(createdBy) + '}');
    return *this;
}

DockerArchive &DockerArchive::config(std::string members)
{
    m_config = std::move(members);
    return *this;
}

DockerArchive &DockerArchive::tag(std::string tag)
{
    m_tag = std::move(tag);
    return *this;
}

std::string DockerArchive::configJson() const
{
    std::string diffIds;
    for (const std::string &layer : m_layers) {
        diffIds += (diffIds.empty() ? "" : ", ") + quotedJson("sha256:" + sha256Hex(layer));
    }
    std::string history;
    for (const std::string &entry : m_history) {
        history += (history.empty() ? "" : ", ") + entry;
    }
    return R"({"architecture": "amd64", "os": "linux", "created": "2024-05-01T10:00:00Z", "config": {)"
           + m_config + R"(}, "rootfs": {"type": "layers", "diff_ids": [)" + diffIds
           + R"(]}, "history": [)" + history + "]}";
}

void DockerArchive::addTo(TarWriter &archive, std::string &manifest) const
{
    const std::string json = configJson();
    const std::string name = sha256Hex(json) + ".json";
    std::string layers;
    for (const std::string &layer : m_layers) {
        const std::string member = sha256Hex(layer) + "/layer.tar";
        archive.file(member, layer);
        layers += (layers.empty() ? "" : ", ") + quotedJson(member);
    }
    archive.file(name, json);
    manifest += (manifest.empty() ? "" : ", ") + (R"({"Config": )" + quotedJson(name))
                + R"(, "RepoTags": [)" + (m_tag.empty() ? "" : quotedJson(m_tag))
                + R"(], "Layers": [)" + layers + "]}";
}

std::string DockerArchive::bytes() const
{
    TarWriter archive;
    std::string manifest;
    addTo(archive, manifest);
    archive.file("manifest.json", '[' + manifest + ']');
    return archive.finish();
}

void writeFile(const std::string &path, std::string_view bytes)
{
    QFile file(QFile::decodeName(path.c_str()));
    if (!file.open(QIODevice::WriteOnly)
        || file.write(bytes.data(), static_cast<qint64>(bytes.size()))
               != static_cast<qint64>(bytes.size())) {
        qFatal("%s cannot be written", path.c_str());
    }
}

QByteArray readFile(const std::string &path)
{
    QFile file(QFile::decodeName(path.c_str()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string in(const QTemporaryDir &directory, const std::string &name)
{
    return directory.path().toStdString() + '/' + name;
}

Words namesIn(const std::string &directory)
{
    Words names;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(directory, error)) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

DockerArchive sampleImage()
{
    TarWriter base;
    base.directory("etc/").file("etc/os-release", "ID=sample\n").file("etc/motd", "hello\n");
    base.directory("usr/").directory("usr/bin/");
    base.file(
        "usr/bin/tool", std::string(1000, 't'), {.mode = 0755, .uid = 0, .gid = 0, .mtime = 5});
    base.symlink("bin", "usr/bin").hardlink("usr/bin/tool2", "usr/bin/tool");
    base.directory("cache/").file("cache/a", std::string(300, 'a')).file("cache/b", "bb");
    TarWriter change;
    change.file(
        "usr/bin/tool", std::string(1000, 't'), {.mode = 0700, .uid = 0, .gid = 0, .mtime = 5});
    change.file("etc/motd", "welcome\n").whiteout("cache").directory("srv/").file("srv/app", "app");
    DockerArchive image;
    image.layer(base, "/bin/sh -c #(nop) ADD file:0123 in / ")
        .emptyStep("ENV API_TOKEN=tok-12345 MODE=fast")
        .layer(change, "RUN /bin/sh -c chmod 700 /usr/bin/tool && rm -rf /cache # buildkit")
        .emptyStep("/bin/sh -c #(nop)  CMD [\"/usr/bin/tool\"]");
    image.config(R"("Env": ["PATH=/usr/bin", "API_TOKEN=tok-12345"], "Cmd": ["/usr/bin/tool"],
        "User": "app", "WorkingDir": "/srv", "ExposedPorts": {"8080/tcp": {}, "53/udp": {}},
        "Volumes": {"/data": {}}, "Labels": {"org.opencontainers.image.title": "Sample"},
        "StopSignal": "SIGQUIT")");
    return image;
}

} // namespace cutaway::test
