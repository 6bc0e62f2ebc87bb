// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/runoptions.h"

#include "core/image/shellscript.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// Whether the value may stand in the next word.
enum class Value : bool { None, Follows };

struct OptionRow
{
    std::string_view name;
    std::string_view touchPoint;
    Value value = Value::Follows;
};

constexpr std::array kOptions = {
    OptionRow{"--net", "network"},
    OptionRow{"--network", "network"},
    OptionRow{"--network-alias", "network"},
    OptionRow{"--hostname", "network"},
    OptionRow{"-h", "network"},
    OptionRow{"--dns", "network"},
    OptionRow{"--add-host", "network"},
    OptionRow{"--link", "network"},
    OptionRow{"--volume", "volumes"},
    OptionRow{"-v", "volumes"},
    OptionRow{"--mount", "volumes"},
    OptionRow{"--volumes-from", "volumes"},
    OptionRow{"--tmpfs", "volumes"},
    OptionRow{"--read-only", "volumes", Value::None},
    OptionRow{"--publish", "ports"},
    OptionRow{"-p", "ports"},
    OptionRow{"--publish-all", "ports", Value::None},
    OptionRow{"-P", "ports", Value::None},
    OptionRow{"--env", "environment"},
    OptionRow{"-e", "environment"},
    OptionRow{"--env-file", "environment"},
    OptionRow{"--user", "permissions"},
    OptionRow{"-u", "permissions"},
    OptionRow{"--group-add", "permissions"},
    OptionRow{"--privileged", "permissions", Value::None},
    OptionRow{"--cap-add", "permissions"},
    OptionRow{"--cap-drop", "permissions"},
    OptionRow{"--security-opt", "permissions"},
    OptionRow{"--userns", "permissions"},
    OptionRow{"--pid", "permissions"},
    OptionRow{"--memory", "memory-cpu"},
    OptionRow{"-m", "memory-cpu"},
    OptionRow{"--memory-reservation", "memory-cpu"},
    OptionRow{"--memory-swap", "memory-cpu"},
    OptionRow{"--cpus", "memory-cpu"},
    OptionRow{"--cpu-shares", "memory-cpu"},
    OptionRow{"-c", "memory-cpu"},
    OptionRow{"--cpu-quota", "memory-cpu"},
    OptionRow{"--cpuset-cpus", "memory-cpu"},
    OptionRow{"--device", "devices"},
    OptionRow{"--gpus", "devices"},
    OptionRow{"--device-cgroup-rule", "devices"},
    OptionRow{"--ulimit", "os-tuning"},
    OptionRow{"--sysctl", "os-tuning"},
    OptionRow{"--pids-limit", "os-tuning"},
    OptionRow{"--oom-score-adj", "os-tuning"},
    OptionRow{"--ipc", "ipc"},
    OptionRow{"--shm-size", "ipc"},
    OptionRow{"--stop-signal", "signals"},
    OptionRow{"--stop-timeout", "signals"},
    OptionRow{"--init", "signals", Value::None},
    OptionRow{"--entrypoint", "command"},
    OptionRow{"--interactive", "streams", Value::None},
    OptionRow{"-i", "streams", Value::None},
    OptionRow{"--tty", "streams", Value::None},
    OptionRow{"-t", "streams", Value::None},
    OptionRow{"-it", "streams", Value::None},
    OptionRow{"-ti", "streams", Value::None},
    OptionRow{"--log-driver", "streams"},
    OptionRow{"--log-opt", "streams"},
};

bool isEngine(std::string_view program)
{
    return program == "docker" || program == "podman" || program == "nerdctl"
           || program == "atomic";
}

/// Behind these comes what the container itself is given.
bool isImageWord(std::string_view word)
{
    return word == "IMAGE" || word == "$IMAGE" || word == "${IMAGE}";
}

void readOptions(const std::vector<std::string> &words, std::vector<RunOption> &options)
{
    for (std::size_t i = 1; i < words.size() && !isImageWord(words[i]); ++i) {
        const std::string_view word = words[i];
        const std::size_t equals = std::min(word.find('='), word.size());
        const auto *const row =
            std::ranges::find(kOptions, word.substr(0, equals), &OptionRow::name);
        if (row == kOptions.end()) {
            continue;
        }
        std::string text(word);
        if (row->value == Value::Follows && equals == word.size() && i + 1 < words.size()) {
            text += ' ' + words[++i];
        }
        options.push_back({row->touchPoint, std::move(text)});
    }
}

} // namespace

std::vector<RunOption> runOptions(std::string_view text)
{
    std::vector<RunOption> options;
    for (const ShellCommand &command : parseShell(text).commands) {
        if (isEngine(command.program())) {
            readOptions(command.words, options);
        }
    }
    return options;
}

} // namespace cutaway
