// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"
#include "core/audit/rules/serverconfig.h"
#include "core/audit/rules/startedcommands.h"
#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr int kLastPort = 65535;
constexpr int kFirstFree = 1024;
constexpr std::array kDebugPorts = {5005, 9229, 5678, 2345, 9003};

struct RemotePort
{
    int port = 0;
    const char *name = "";
};
constexpr std::array kRemotePorts = {RemotePort{22, "ssh"},
                                     RemotePort{23, "telnet"},
                                     RemotePort{21, "ftp"},
                                     RemotePort{3389, "rdp"},
                                     RemotePort{5900, "vnc"},
                                     RemotePort{2375, "the engine's API"},
                                     RemotePort{111, "rpc"},
                                     RemotePort{2376, "the engine's API"}};

/// Where servers listen unless told otherwise.
struct ServerPort
{
    std::string_view program;
    int port = 0;
};
constexpr std::array kServerPorts = {ServerPort{"nginx", 80},
                                     ServerPort{"httpd", 80},
                                     ServerPort{"httpd-foreground", 80},
                                     ServerPort{"apache2-foreground", 80},
                                     ServerPort{"redis-server", 6379},
                                     ServerPort{"postgres", 5432},
                                     ServerPort{"mysqld", 3306},
                                     ServerPort{"mariadbd", 3306},
                                     ServerPort{"mongod", 27017},
                                     ServerPort{"memcached", 11211}};

std::optional<int> number(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

bool isRoot(const ImageConfig &config)
{
    const std::string_view user = std::string_view(config.user).substr(0, config.user.find(':'));
    return user.empty() || user == "root" || user == "0";
}

/// The program has a capability of its own (an extended attribute), for ports as a rule.
bool mayBindBelow(const AuditContext &context)
{
    const ShellCommand application = applicationOf(context);
    if (context.image.tree == nullptr || application.words.empty()) {
        return false;
    }
    const PathTree &tree = *context.image.tree;
    const NodeId node = findProgram(tree, context.image.config, application.words.front());
    const EntryExtra *extra = node == kNone ? nullptr : tree.extra(tree.finalEntry(node));
    return extra != nullptr && std::ranges::any_of(extra->xattrs, [](const auto &attribute) {
               return attribute.first == "security.capability";
           });
}

/// Names of servers for source code, which people reach over ssh.
bool isGitServer(const Image &image)
{
    return std::ranges::any_of(image.tags, [](const std::string &tag) {
        return std::ranges::any_of(std::array{"gitea", "gitlab", "gogs", "forgejo", "git-server"},
                                   [&](const char *name) { return tag.contains(name); });
    });
}

bool isExposed(const ImageConfig &config, int port)
{
    return std::ranges::any_of(config.exposedPorts, [&](const std::string &text) {
        const std::optional<ExposedPorts> ports = parsePorts(text);
        return ports && ports->first <= port && port <= ports->last;
    });
}

/// What is unusual about a port's notation; an empty text where nothing is.
struct PortFault
{
    std::string text;
    Severity severity = Severity::Low;
};

PortFault faultOf(const std::string &text, const Thresholds &thresholds)
{
    const std::optional<ExposedPorts> ports = parsePorts(text);
    if (!ports) {
        return {"is no port", Severity::Medium};
    }
    std::string lower = ports->protocol;
    std::ranges::transform(lower, lower.begin(), asciiLower);
    if (lower != "tcp" && lower != "udp" && lower != "sctp") {
        return {"has an unknown protocol", Severity::Medium};
    }
    if (lower != ports->protocol) {
        return {"has its protocol in capitals"};
    }
    if (static_cast<std::uint64_t>(ports->last - ports->first) + 1
        > thresholds.contractMaxPortRange) {
        return {"is a wide range"};
    }
    const bool isDebug = std::ranges::any_of(kDebugPorts, [&](int port) {
        return ports->first <= port && port <= ports->last && lower == "tcp";
    });
    return isDebug ? PortFault{"is a debugger's port", Severity::Medium} : PortFault();
}

/// A variable of that name is about another service: DB_PORT beside DB_HOST.
bool isRemote(const AuditContext &context, std::string_view name)
{
    if (!name.ends_with("_PORT")) {
        return false;
    }
    const std::string prefix(name.substr(0, name.size() - 4));
    static constexpr std::array<std::string_view, 14> kServices = {"DB_",
                                                                   "DATABASE_",
                                                                   "REDIS_",
                                                                   "POSTGRES_",
                                                                   "MYSQL_",
                                                                   "MONGO_",
                                                                   "SMTP_",
                                                                   "MAIL_",
                                                                   "PROXY_",
                                                                   "KAFKA_",
                                                                   "RABBITMQ_",
                                                                   "LDAP_",
                                                                   "AMQP_",
                                                                   "MEMCACHED_"};
    const bool isService = std::ranges::any_of(
        kServices, [&](std::string_view service) { return prefix.ends_with(service); });
    return isService || context.facts.variable(prefix + "HOST") != nullptr
           || context.facts.variable(prefix + "HOSTNAME") != nullptr;
}

/// The port behind "0.0.0.0:8000", ":8000", "*:8000", "http://+:8000"; other hosts are not ours.
std::string_view ownPort(std::string_view address)
{
    const std::size_t scheme = address.find("://");
    const bool isWeb = address.starts_with("http");
    if (scheme != std::string_view::npos && isWeb) {
        address.remove_prefix(scheme + 3);
    }
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    const std::string_view host = address.substr(0, colon);
    const bool isOwn = host.empty() || host == "0.0.0.0" || host == "*" || host == "+"
                       || host == "[::]" || host == "::";
    return isOwn ? address.substr(colon + 1) : std::string_view();
}

/// What the words of the application say: `--port N`, `-p N`, `--bind h:N`, `0.0.0.0:N`.
template<typename Add>
void addArguments(const ShellCommand &command, const Add &add)
{
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        const std::string next = i + 1 < command.words.size() ? command.words[i + 1] : "";
        if (word.starts_with("--port=")) {
            add(std::string_view(word).substr(7), word);
        } else if (word == "--port" || word == "-p") {
            add(next, word + " " + next);
        } else if (word == "--bind" || word == "-b") {
            add(ownPort(next), word + " " + next);
        } else if (const std::size_t equals = word.find('='); word.starts_with("--bind=")) {
            add(ownPort(std::string_view(word).substr(equals + 1)), word);
        } else {
            add(ownPort(word), word);
        }
    }
}

/// Ports that variables and arguments tell of, and who does.
std::map<int, std::string> configuredPorts(const AuditContext &context)
{
    std::map<int, std::string> ports;
    const auto add = [&](std::string_view text, const std::string &where) {
        const std::optional<int> port = number(text);
        if (port && *port > 0 && *port <= kLastPort) {
            ports.try_emplace(*port, where);
        }
    };
    for (const auto &[name, value] : context.facts.env) {
        const bool isPort = name == "PORT" || name.ends_with("_PORT") || name == "server.port";
        if (isPort && !isRemote(context, name)) {
            add(value, name + "=" + value);
        }
        if (name == "ASPNETCORE_URLS" || name == "ASPNETCORE_HTTP_PORTS") {
            add(name.ends_with("URLS") ? ownPort(value) : value, name + "=" + value);
        }
    }
    const ShellCommand application = applicationOf(context);
    addArguments(application, add);
    for (const auto &[port, path] : configuredListeners(context, application)) {
        ports.try_emplace(port, path);
    }
    if (ports.empty() && context.image.config.exposedPorts.empty()) {
        const auto *const row = std::ranges::find_if(kServerPorts, [&](const ServerPort &server) {
            return server.program == application.program();
        });
        if (row != kServerPorts.end()) {
            ports.try_emplace(row->port, std::string(row->program));
        }
    }
    return ports;
}

} // namespace

std::optional<ExposedPorts> parsePorts(std::string_view text)
{
    ExposedPorts ports;
    const std::size_t slash = text.find('/');
    ports.protocol = slash == std::string_view::npos ? "tcp" : text.substr(slash + 1);
    const std::string_view range = text.substr(0, slash);
    const std::size_t dash = range.find('-');
    const std::optional<int> first = number(range.substr(0, dash));
    const std::optional<int> last =
        dash == std::string_view::npos ? first : number(range.substr(dash + 1));
    if (!first || !last || *first < 1 || *last > kLastPort || *first > *last) {
        return std::nullopt;
    }
    ports.first = *first;
    ports.last = *last;
    return ports;
}

std::vector<Finding> privilegedPort(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    std::vector<Finding> findings;
    for (const std::string &text : config.exposedPorts) {
        const std::optional<ExposedPorts> ports = parsePorts(text);
        if (!ports || ports->first >= kFirstFree) {
            continue;
        }
        const bool isWeb = ports->first == 80 || ports->first == 443;
        const Severity severity = isRoot(config)          ? (isWeb ? Severity::Info : Severity::Low)
                                  : mayBindBelow(context) ? Severity::Info
                                                          : Severity::Medium;
        findings.push_back(
            configFinding(severity,
                          "Port " + quoted(text) + " is below 1024"
                              + (isRoot(config) ? "." : ", and the user is not root."),
                          configEvidence("config.ExposedPorts", text)));
    }
    return findings;
}

std::vector<Finding> sshPort(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const std::string &text : context.image.config.exposedPorts) {
        const std::optional<ExposedPorts> ports = parsePorts(text);
        for (const RemotePort &row : kRemotePorts) {
            if (ports && ports->protocol != "udp" && ports->first <= row.port
                && row.port <= ports->last) {
                findings.push_back(configFinding(
                    row.port == 22 && isGitServer(context.image) ? Severity::Low : Severity::Medium,
                    "Port " + quoted(text) + " is that of " + row.name + ".",
                    configEvidence("config.ExposedPorts", text)));
            }
        }
        const bool isOtherSsh = ports && ports->first == 2222 && ports->protocol != "udp"
                                && context.image.tree != nullptr
                                && installedProgram(*context.image.tree, "sshd") != kNone;
        if (isOtherSsh) {
            findings.push_back(
                configFinding(Severity::Low,
                              "Port " + quoted(text) + " is often ssh, and sshd is installed.",
                              configEvidence("config.ExposedPorts", text)));
        }
    }
    return findings;
}

std::vector<Finding> oddPort(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const std::string &text : context.image.config.exposedPorts) {
        const PortFault fault = faultOf(text, context.settings.thresholds);
        if (!fault.text.empty()) {
            findings.push_back(configFinding(fault.severity,
                                             "The port " + quoted(text) + " " + fault.text + ".",
                                             configEvidence("config.ExposedPorts", text)));
        }
        const std::optional<ExposedPorts> ports = parsePorts(text);
        const bool isUsual = ports && (ports->first == 53 || ports->first == 443);
        const std::string other = ports ? std::to_string(ports->first) + "/tcp" : std::string();
        if (ports && ports->protocol == "udp" && !isUsual
            && std::ranges::find(context.image.config.exposedPorts, other)
                   != context.image.config.exposedPorts.end()) {
            findings.push_back(
                configFinding(Severity::Info,
                              "The port " + quoted(text) + " is exposed over TCP as well.",
                              configEvidence("config.ExposedPorts", text)));
        }
    }
    return findings;
}

std::vector<Finding> undeclaredPort(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const auto &[port, where] : configuredPorts(context)) {
        if (isExposed(context.image.config, port)) {
            continue;
        }
        Finding finding = configFinding(Severity::Low,
                                        "The application is told of port " + std::to_string(port)
                                            + ", which is not exposed.",
                                        configEvidence("config.ExposedPorts", where));
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
