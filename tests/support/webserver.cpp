// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/webserver.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cutaway::test {

namespace {

/// Up to the empty line behind the headers; empty when the other end has gone.
std::string readHead(int socket)
{
    std::string head;
    std::array<char, 4096> buffer = {};
    while (!head.contains("\r\n\r\n")) {
        const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (count <= 0) {
            return {};
        }
        head.append(buffer.data(), static_cast<std::size_t>(count));
        if (head.front() < 'A' || head.front() > 'Z') {
            return {}; // TLS, which is tried first
        }
    }
    return head;
}

WebRequest requestOf(const std::string &head)
{
    WebRequest request;
    const std::size_t first = head.find(' ');
    const std::size_t second = head.find(' ', first + 1);
    request.method = head.substr(0, first);
    request.path = head.substr(first + 1, second - first - 1);
    for (std::size_t line = head.find("\r\n") + 2; line < head.size();) {
        const std::size_t end = head.find("\r\n", line);
        const std::size_t colon = head.find(": ", line);
        if (end == line || colon > end) {
            break;
        }
        request.headers[lowered(head.substr(line, colon - line))] =
            head.substr(colon + 2, end - colon - 2);
        line = end + 2;
    }
    return request;
}

} // namespace

void WebConnection::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void WebConnection::answer(int status,
                           std::string_view body,
                           const std::vector<std::string> &headers) const
{
    std::string head =
        "HTTP/1.1 " + std::to_string(status)
        + " Words\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    for (const std::string &header : headers) {
        head += header + "\r\n";
    }
    send(head + "\r\n");
    send(body);
}

void WebConnection::waitForEnd() const
{
    char byte = 0;
    while (::recv(m_socket, &byte, 1, 0) > 0) {
    }
}

WebServer::WebServer(Handler handler)
    : m_handler(std::move(handler))
    , m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *const place = reinterpret_cast<sockaddr *>(&address);
    start(place, size);
    if (::getsockname(m_socket, place, &size) != 0) {
        throw std::runtime_error("no server can be had");
    }
    m_port = ntohs(address.sin_port);
}

WebServer::WebServer(Handler handler, const std::string &path)
    : m_handler(std::move(handler))
    , m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        throw std::runtime_error("the path is too long for a socket");
    }
    std::ranges::copy(path, std::begin(address.sun_path));
    start(reinterpret_cast<const sockaddr *>(&address), sizeof(address));
}

void WebServer::start(const sockaddr *address, socklen_t size)
{
    if (::bind(m_socket, address, size) != 0 || ::listen(m_socket, 64) != 0) {
        throw std::runtime_error("no server can be had");
    }
    m_listener = std::jthread([this] { listen(); });
}

WebServer::~WebServer()
{
    m_isEnding = true;
    ::shutdown(m_socket, SHUT_RDWR);
    m_listener.join();
    ::close(m_socket);
    {
        const std::scoped_lock lock(m_mutex);
        for (const int socket : m_sockets) {
            ::shutdown(socket, SHUT_RDWR);
        }
    }
    m_threads.clear();
    for (const int socket : m_sockets) {
        ::close(socket);
    }
}

std::vector<WebRequest> WebServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void WebServer::listen()
{
    while (!m_isEnding) {
        const int socket = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            continue;
        }
        const std::scoped_lock lock(m_mutex);
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void WebServer::serve(int socket)
{
    const std::string head = readHead(socket);
    if (!head.empty()) {
        const WebRequest request = requestOf(head);
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.push_back(request);
        }
        m_handler(request, WebConnection(socket));
    }
    ::shutdown(socket, SHUT_RDWR);
}

} // namespace cutaway::test
