// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/config.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/image/jsonkind.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Reads members of one object; what is of the wrong kind is left out and noted under its full
/// name. Keys of structures match in any case, as in the engines (Go's decoder); keys of maps do
/// not.
class FieldReader
{
public:
    FieldReader(const Json &object, std::string prefix, Notes &notes)
        : m_object(object)
        , m_prefix(std::move(prefix))
        , m_notes(notes)
    {}

    const Json &member(std::string_view key) const { return m_object.anyCase(key); }

    std::string text(std::string_view key) const
    {
        const Json &value = member(key);
        if (!value.isNull() && !value.isString()) {
            noteKind(key, value, "a text");
        }
        return value.toString();
    }

    bool flag(std::string_view key) const
    {
        const Json &value = member(key);
        if (!value.isNull() && value.kind() != Json::Kind::Bool) {
            noteKind(key, value, "a boolean");
        }
        return value.toBool();
    }

    std::optional<std::int64_t> integer(std::string_view key) const
    {
        const Json &value = member(key);
        const auto number = value.toInteger();
        if (!value.isNull() && !number) {
            noteKind(key, value, "a whole number");
        }
        return number;
    }

    /// Nothing when null or absent.
    std::optional<std::vector<std::string>> list(std::string_view key) const
    {
        const Json &value = member(key);
        if (value.isNull()) {
            return std::nullopt;
        }
        if (!value.isArray()) {
            noteKind(key, value, "a list");
            return std::nullopt;
        }
        std::vector<std::string> texts;
        texts.reserve(value.elements().size());
        for (std::size_t i = 0; i < value.elements().size(); ++i) {
            const Json &element = value.elements()[i];
            if (element.isString()) {
                texts.push_back(element.toString());
            } else {
                noteKind(std::string(key) + "[" + std::to_string(i) + "]", element, "a text");
            }
        }
        return texts;
    }

    /// A command: docker also takes one text for a list of one.
    std::optional<std::vector<std::string>> command(std::string_view key) const
    {
        const Json &value = member(key);
        if (!value.isString()) {
            return list(key);
        }
        note(key, "is a text, not a list; it is read as a list of one");
        return std::vector{value.toString()};
    }

    /// Keys of a set: an object of empty objects, or (from lesser tools) a list.
    std::vector<std::string> keys(std::string_view key) const
    {
        std::vector<std::string> names;
        const Json &value = member(key);
        if (value.isObject()) {
            for (const auto &[name, ignored] : value.members()) {
                names.push_back(name);
            }
        } else {
            names = list(key).value_or(std::vector<std::string>());
        }
        std::ranges::sort(names);
        const auto repeated = std::ranges::unique(names);
        names.erase(repeated.begin(), repeated.end());
        return names;
    }

    std::map<std::string, std::string> texts(std::string_view key) const
    {
        std::map<std::string, std::string> result;
        const Json &value = member(key);
        if (!value.isNull() && !value.isObject()) {
            noteKind(key, value, "an object");
        }
        for (const auto &[name, text] : value.members()) {
            if (text.isString()) {
                result.insert_or_assign(name, text.toString());
            } else {
                noteKind(std::string(key) + "[\"" + displayText(name) + "\"]", text, "a text");
            }
        }
        return result;
    }

    void noteKind(std::string_view key, const Json &value, std::string_view wanted) const
    {
        note(key,
             "is " + std::string(kindName(value)) + ", not " + std::string(wanted)
                 + "; it is left out");
    }

    void note(std::string_view key, const std::string &what) const
    {
        m_notes.add("config-field", "config: " + m_prefix + std::string(key) + " " + what);
    }

private:
    const Json &m_object;
    std::string m_prefix;
    Notes &m_notes;
};

std::optional<Healthcheck> readHealthcheck(const FieldReader &parent, Notes &notes)
{
    const Json &object = parent.member("Healthcheck");
    if (object.isNull()) {
        return std::nullopt;
    }
    if (!object.isObject()) {
        parent.noteKind("Healthcheck", object, "an object");
        return std::nullopt;
    }
    const FieldReader reader(object, "Healthcheck.", notes);
    Healthcheck healthcheck;
    healthcheck.test = reader.list("Test").value_or(std::vector<std::string>());
    healthcheck.interval = reader.integer("Interval");
    healthcheck.timeout = reader.integer("Timeout");
    healthcheck.startPeriod = reader.integer("StartPeriod");
    healthcheck.startInterval = reader.integer("StartInterval");
    healthcheck.retries = reader.integer("Retries");
    return healthcheck;
}

void readContainer(const Json &object, ImageConfig &config, Notes &notes)
{
    const FieldReader reader(object, "", notes);
    config.user = reader.text("User");
    config.workingDir = reader.text("WorkingDir");
    config.stopSignal = reader.text("StopSignal");
    config.entrypoint = reader.command("Entrypoint");
    config.cmd = reader.command("Cmd");
    config.env = reader.list("Env").value_or(std::vector<std::string>());
    config.exposedPorts = reader.keys("ExposedPorts");
    config.volumes = reader.keys("Volumes");
    config.labels = reader.texts("Labels");
    config.healthcheck = readHealthcheck(reader, notes);
    config.onBuild = reader.list("OnBuild").value_or(std::vector<std::string>());
    config.shell = reader.command("Shell").value_or(std::vector<std::string>());
    config.argsEscaped = reader.flag("ArgsEscaped");
    for (const std::string &variable : config.env) {
        if (!variable.contains('=')) {
            reader.note("Env", "has “" + displayText(variable) + "”, which has no “=”");
        }
    }
}

/// Images of docker before 1.10 may have no `config`; what the build container ran with then stands
/// in, but for its command, which is a build step.
void readContainerConfig(const FieldReader &top, ImageConfig &config, Notes &notes)
{
    const Json &own = top.member("config");
    const Json &legacy = top.member("container_config");
    if (own.isObject()) {
        readContainer(own, config, notes);
    } else if (!own.isNull()) {
        top.noteKind("config", own, "an object");
    } else if (legacy.isObject()) {
        readContainer(legacy, config, notes);
        config.cmd.reset();
        notes.add("container-config", "config: there is none; container_config is shown for it");
    }
}

void readDiffIds(const FieldReader &top, ImageConfig &config, Notes &notes)
{
    const Json &rootfs = top.member("rootfs");
    if (rootfs.isNull()) {
        return;
    }
    if (!rootfs.isObject()) {
        top.noteKind("rootfs", rootfs, "an object");
        return;
    }
    const FieldReader reader(rootfs, "rootfs.", notes);
    const Json &list = reader.member("diff_ids");
    if (!list.isNull() && !list.isArray()) {
        reader.noteKind("diff_ids", list, "a list");
    }
    const std::size_t count = std::min<std::size_t>(list.elements().size(), limits::kMostLayers);
    if (count < list.elements().size()) {
        reader.note("diff_ids",
                    "has " + formatNumber(list.elements().size()) + " entries; only the first "
                        + formatNumber(count) + " are read");
    }
    config.diffIds.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Json &element = list.elements()[i];
        const std::string name = "diff_ids[" + std::to_string(i) + "]";
        Digest diffId;
        if (!element.isString()) {
            reader.noteKind(name, element, "a text");
        } else if (auto parsed = Digest::parse(element.toString())) {
            diffId = std::move(*parsed);
        } else {
            reader.note(name, "cannot be used: " + parsed.error().message);
        }
        config.diffIds.push_back(std::move(diffId));
    }
}

void readHistory(const FieldReader &top, ImageConfig &config, Notes &notes)
{
    const Json &list = top.member("history");
    if (!list.isNull() && !list.isArray()) {
        top.noteKind("history", list, "a list");
    }
    config.history.reserve(list.elements().size());
    for (std::size_t i = 0; i < list.elements().size(); ++i) {
        const Json &element = list.elements()[i];
        const std::string name = "history[" + std::to_string(i) + "]";
        if (!element.isObject()) {
            // It keeps its place, so that the entries after it stay beside their layers.
            top.note(name,
                     "is " + std::string(kindName(element)) + ", not an object; it says nothing");
            config.history.emplace_back();
            continue;
        }
        const FieldReader reader(element, name + ".", notes);
        config.history.push_back(HistoryEntry{.created = reader.text("created"),
                                              .createdBy = reader.text("created_by"),
                                              .author = reader.text("author"),
                                              .comment = reader.text("comment"),
                                              .emptyLayer = reader.flag("empty_layer")});
    }
}

} // namespace

Result<ImageConfig> parseConfig(std::string_view text, Notes &notes)
{
    auto parsed = parseJson(text, "the config", BadUtf8::Replace);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const Json &object = parsed->value;
    if (!object.isObject()) {
        return fail(ErrorCode::InvalidInput,
                    "the config is " + std::string(kindName(object)) + ", not an object");
    }
    if (parsed->repairedUtf8) {
        notes.add("invalid-utf8", "config: bytes that are no UTF-8 are shown as U+FFFD");
    }
    ImageConfig config;
    const FieldReader top(object, "", notes);
    config.platform.os = top.text("os");
    config.platform.architecture = top.text("architecture");
    config.platform.variant = top.text("variant");
    config.platform.osVersion = top.text("os.version");
    config.created = top.text("created");
    config.author = top.text("author");
    config.dockerVersion = top.text("docker_version");
    readContainerConfig(top, config, notes);
    readDiffIds(top, config, notes);
    readHistory(top, config, notes);
    return config;
}

} // namespace cutaway
