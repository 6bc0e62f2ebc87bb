// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/cli/program.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <string>

/// Registries as programs of their own.
namespace cutaway::test {

/// Debian's docker-registry, on a port of this machine. What it holds outlives restarts.
class DockerRegistry
{
public:
    DockerRegistry();
    ~DockerRegistry() { stop(); }
    DockerRegistry(const DockerRegistry &) = delete;
    DockerRegistry &operator=(const DockerRegistry &) = delete;

    /// Files for TLS and passwords; empty = none.
    struct Options
    {
        std::string certificate;
        std::string key;
        std::string passwords;
    };
    /// False when it does not answer within some seconds.
    [[nodiscard]] bool start(const Options &options);
    [[nodiscard]] bool start() { return start(Options()); }
    void stop();

    /// "localhost:PORT"
    std::string address() const { return "localhost:" + std::to_string(m_port); }
    /// Requests since it was started: "GET /v2/".
    std::vector<std::string> requests();
    /// How many of them it answered with a part of what it has (206).
    int partialAnswers();

private:
    QByteArray log() const;
    std::string logPath() const { return in(m_directory, "log"); }

    QTemporaryDir m_directory;
    std::uint16_t m_port = 0;
    QProcess m_process;
};

/// tools/mini_registry.py, beside the cases.
class MiniRegistry
{
public:
    MiniRegistry() = default;
    ~MiniRegistry();
    MiniRegistry(const MiniRegistry &) = delete;
    MiniRegistry &operator=(const MiniRegistry &) = delete;

    /// Empty where there is none, or no python3.
    [[nodiscard]] static std::string path();
    /// `authorization`: none, basic, bearer.
    [[nodiscard]] bool start(const std::string &authorization);
    std::string port() const { return m_port; }

private:
    std::string m_port;
    QProcess m_process;
};

} // namespace cutaway::test
