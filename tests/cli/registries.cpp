// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/registries.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QStandardPaths>

#include <arpa/inet.h>
#include <chrono>
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace cutaway::test {

namespace {

constexpr int kPatience = 20'000; ///< milliseconds

sockaddr_in addressOf(std::uint16_t port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

/// One that nobody uses at the moment.
std::uint16_t freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = addressOf(0);
    socklen_t size = sizeof(address);
    auto *const place = reinterpret_cast<sockaddr *>(&address);
    const bool isBound =
        ::bind(socket, place, size) == 0 && ::getsockname(socket, place, &size) == 0;
    ::close(socket);
    return isBound ? ntohs(address.sin_port) : 0;
}

bool answersAt(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = addressOf(port);
    const bool isThere =
        ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    ::close(socket);
    return isThere;
}

} // namespace

DockerRegistry::DockerRegistry()
    : m_port(freePort())
{}

bool DockerRegistry::start(const Options &options)
{
    std::string text = "version: 0.1\nlog:\n  accesslog:\n    disabled: false\nstorage:\n"
                       "  filesystem:\n    rootdirectory: "
                       + in(m_directory, "storage")
                       + "\nhttp:\n  addr: 127.0.0.1:" + std::to_string(m_port) + "\n";
    if (!options.certificate.empty()) {
        text +=
            "  tls:\n    certificate: " + options.certificate + "\n    key: " + options.key + "\n";
    }
    if (!options.passwords.empty()) {
        text += "auth:\n  htpasswd:\n    realm: test\n    path: " + options.passwords + "\n";
    }
    text += "compatibility:\n  schema1:\n    enabled: true\n";
    const std::string config = in(m_directory, "config.yml");
    writeFile(config, text);
    // Into a file: a pipe that nobody reads from while other programs run would stop it.
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(QString::fromStdString(logPath()));
    m_process.start(QStringLiteral("docker-registry"),
                    {QStringLiteral("serve"), QString::fromStdString(config)});
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < kPatience && m_process.state() != QProcess::NotRunning) {
        if (answersAt(m_port)) {
            return true;
        }
        m_process.waitForFinished(50);
    }
    return false;
}

void DockerRegistry::stop()
{
    m_process.kill();
    m_process.waitForFinished(kPatience);
}

/// Once it has nothing more to say.
QByteArray DockerRegistry::log() const
{
    QByteArray before;
    QByteArray now = readFile(logPath());
    do {
        before = std::exchange(now, {});
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        now = readFile(logPath());
    } while (now != before);
    return now;
}

int DockerRegistry::partialAnswers()
{
    static const QRegularExpression kPartial(QStringLiteral("\"GET \\S+ HTTP/1.1\" 206 "));
    int answers = 0;
    for (auto matches = kPartial.globalMatch(QString::fromUtf8(log())); matches.hasNext();) {
        matches.next();
        ++answers;
    }
    return answers;
}

std::vector<std::string> DockerRegistry::requests()
{
    static const QRegularExpression kRequest(
        QStringLiteral("\"((?:GET|HEAD) \\S+) HTTP/1.1\" \\d"));
    std::vector<std::string> requests;
    auto matches = kRequest.globalMatch(QString::fromUtf8(log()));
    while (matches.hasNext()) {
        requests.push_back(matches.next().captured(1).toStdString());
    }
    return requests;
}

MiniRegistry::~MiniRegistry()
{
    m_process.kill();
    m_process.waitForFinished(kPatience);
}

std::string MiniRegistry::path()
{
    const std::string cases = qEnvironmentVariable("CUTAWAY_CASES_DIR").toStdString();
    const std::string script = cases + "/../tools/mini_registry.py";
    const bool isThere = !cases.empty() && std::filesystem::exists(script)
                         && !QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty();
    return isThere ? script : std::string();
}

bool MiniRegistry::start(const std::string &authorization)
{
    m_process.start(QStringLiteral("python3"),
                    {QString::fromStdString(path()),
                     QStringLiteral("--auth"),
                     QString::fromStdString(authorization)});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kPatience)) {
            return false;
        }
    }
    m_port = m_process.readLine().trimmed().split(' ').last().toStdString();
    return !m_port.empty();
}

} // namespace cutaway::test
