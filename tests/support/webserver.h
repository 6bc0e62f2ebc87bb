// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct sockaddr;

namespace cutaway::test {

struct WebRequest
{
    std::string method;
    std::string path;                           ///< with the query
    std::map<std::string, std::string> headers; ///< names in lower case
};

/// One connection, which serves one request. What is said after the other end has gone is lost.
class WebConnection
{
public:
    explicit WebConnection(int socket)
        : m_socket(socket)
    {}
    void send(std::string_view bytes) const;
    /// Status, headers with Content-Length, body.
    void answer(int status,
                std::string_view body,
                const std::vector<std::string> &headers = {}) const;
    /// Until the other end goes, or the server.
    void waitForEnd() const;

private:
    int m_socket;
};

/// An HTTP server on 127.0.0.1, or on a Unix socket, that answers as a test has it; many
/// connections at once.
class WebServer
{
public:
    using Handler = std::function<void(const WebRequest &, const WebConnection &)>;
    explicit WebServer(Handler handler);
    /// On a socket of that path, which nobody has yet.
    WebServer(Handler handler, const std::string &path);
    ~WebServer();
    WebServer(const WebServer &) = delete;
    WebServer &operator=(const WebServer &) = delete;

    /// "127.0.0.1:PORT"
    std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }
    std::string port() const { return std::to_string(m_port); }
    std::vector<WebRequest> requests() const;

private:
    void start(const sockaddr *address, unsigned int size);
    void listen();
    void serve(int socket);

    Handler m_handler;
    int m_socket = -1;
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<WebRequest> m_requests;
    std::vector<int> m_sockets;
    std::vector<std::jthread> m_threads;
    std::atomic<bool> m_isEnding = false;
    std::jthread m_listener;
};

} // namespace cutaway::test
