// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/yaml.h"

#include "core/base/ascii.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <new>
#include <set>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace cutaway {
namespace {

const Yaml kNullValue;

std::optional<std::int64_t> integerOf(std::string_view text, int base)
{
    std::int64_t number = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, number, base);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<double> doubleOf(std::string_view text)
{
    double number = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::string placed(std::string_view what, std::size_t line, std::size_t column)
{
    return displayText(what) + ':' + std::to_string(line) + ':' + std::to_string(column) + ": ";
}

/// Thrown through the parser and caught at the door.
struct Refusal
{
    Error error;
};

/// What a value weighs once it stands in another place.
struct Weight
{
    std::size_t nodes = 0;
    std::size_t text = 0;
    std::size_t depth = 0;
};

} // namespace

std::optional<bool> Yaml::toBool() const
{
    if (!m_isPlain) {
        return std::nullopt;
    }
    if (m_text == "true" || m_text == "True" || m_text == "TRUE") {
        return true;
    }
    if (m_text == "false" || m_text == "False" || m_text == "FALSE") {
        return false;
    }
    return std::nullopt;
}

std::optional<std::int64_t> Yaml::toInteger() const
{
    if (!m_isPlain) {
        return std::nullopt;
    }
    std::string_view text = m_text;
    if (text.starts_with("0o") || text.starts_with("0x")) {
        const int base = text[1] == 'o' ? 8 : 16;
        text.remove_prefix(2);
        return text.starts_with('-') ? std::nullopt : integerOf(text, base);
    }
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        return text.starts_with('-') ? std::nullopt : integerOf(text, 10);
    }
    return integerOf(text, 10);
}

std::optional<double> Yaml::toDouble() const
{
    if (const std::optional<std::int64_t> integer = toInteger()) {
        return static_cast<double>(*integer);
    }
    std::string_view text = m_text;
    const bool hasSign = text.starts_with('+') || text.starts_with('-');
    const std::string_view unsignedText = hasSign ? text.substr(1) : text;
    const bool isNumber =
        !unsignedText.empty()
        && (isDigit(unsignedText[0])
            || (unsignedText[0] == '.' && unsignedText.size() > 1 && isDigit(unsignedText[1])));
    if (!m_isPlain || !isNumber) {
        return std::nullopt;
    }
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const std::optional<double> number = doubleOf(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

const Yaml &Yaml::operator[](std::string_view key) const
{
    const auto found =
        std::ranges::find(m_members, key, [](const Member &member) -> const std::string & {
            return member.first.text();
        });
    return found == m_members.end() ? kNullValue : found->second;
}

bool Yaml::contains(std::string_view key) const
{
    return &(*this)[key] != &kNullValue;
}

/// Takes the parser's events and builds values, counting and bounding as it goes.
class YamlBuilder : public YAML::EventHandler
{
public:
    explicit YamlBuilder(std::string_view what)
        : m_what(what)
    {}

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (std::exchange(m_hasDocument, true)) {
            refuse(ErrorCode::InvalidInput, mark, "a second document is not expected");
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        put(made(Yaml::Kind::Null, mark), anchor, mark);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto known = m_anchors.find(anchor);
        if (known == m_anchors.end()) {
            refuse(ErrorCode::InvalidInput, mark, "an alias must not be a part of what it names");
        }
        count(weightOf(known->second), mark);
        Yaml copy = known->second;
        copy.m_line = lineOf(mark);
        copy.m_column = columnOf(mark);
        place(std::move(copy), mark);
    }
    void OnScalar(const YAML::Mark &mark,
                  const std::string &tag,
                  YAML::anchor_t anchor,
                  const std::string &value) override
    {
        // "?" stands for no tag and no quotes, "!" for quotes.
        checkTag(tag, "tag:yaml.org,2002:str", mark);
        Yaml yaml = made(Yaml::Kind::Scalar, mark);
        yaml.m_isPlain = tag == "?" || tag.empty();
        yaml.m_text = value;
        put(std::move(yaml), anchor, mark);
    }
    void OnSequenceStart(const YAML::Mark &mark,
                         const std::string &tag,
                         YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        checkTag(tag, "tag:yaml.org,2002:seq", mark);
        open(Yaml::Kind::List, anchor, mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark,
                    const std::string &tag,
                    YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        checkTag(tag, "tag:yaml.org,2002:map", mark);
        open(Yaml::Kind::Map, anchor, mark);
    }
    void OnMapEnd() override { close(); }

    Yaml root;

private:
    /// A list or map that is not complete yet.
    struct Open
    {
        Yaml yaml;
        YAML::anchor_t anchor = 0;
        std::optional<Yaml> key;
        std::set<std::string, std::less<>> keys;
    };

    static std::uint32_t lineOf(const YAML::Mark &mark)
    {
        return static_cast<std::uint32_t>(mark.line + 1);
    }
    static std::uint32_t columnOf(const YAML::Mark &mark)
    {
        return static_cast<std::uint32_t>(mark.column + 1);
    }
    static Yaml made(Yaml::Kind kind, const YAML::Mark &mark)
    {
        Yaml yaml;
        yaml.m_kind = kind;
        yaml.m_line = lineOf(mark);
        yaml.m_column = columnOf(mark);
        return yaml;
    }
    /// Goes as deep as kYamlDepth, no deeper: what it is asked about was bounded before.
    static Weight weightOf(const Yaml &yaml)
    {
        Weight weight{1, yaml.m_text.size(), 0};
        const auto add = [&weight](const Yaml &part) {
            const Weight more = weightOf(part);
            weight.nodes += more.nodes;
            weight.text += more.text;
            weight.depth = std::max(weight.depth, more.depth + 1);
        };
        std::ranges::for_each(yaml.m_elements, add);
        for (const auto &[key, value] : yaml.m_members) {
            add(key);
            add(value);
        }
        if (yaml.isList() || yaml.isMap()) {
            weight.depth = std::max<std::size_t>(weight.depth, 1);
        }
        return weight;
    }

    [[noreturn]] void refuse(ErrorCode code, const YAML::Mark &mark, std::string_view message) const
    {
        throw Refusal{{code, placed(m_what, lineOf(mark), columnOf(mark)) + std::string(message)}};
    }
    void checkTag(const std::string &tag, std::string_view allowed, const YAML::Mark &mark) const
    {
        if (!tag.empty() && tag != "?" && tag != "!" && tag != allowed) {
            refuse(ErrorCode::InvalidInput, mark, "the tag " + displayText(tag) + " is not known");
        }
    }
    void count(const Weight &weight, const YAML::Mark &mark)
    {
        m_nodes += weight.nodes;
        m_text += weight.text;
        if (m_nodes > limits::kYamlNodes || m_text > limits::kYamlText) {
            refuse(ErrorCode::LimitExceeded,
                   mark,
                   "this holds more than " + std::to_string(limits::kYamlNodes) + " values or "
                       + formatBytes(limits::kYamlText) + " of text");
        }
        if (m_stack.size() + weight.depth > limits::kYamlDepth) {
            refuse(ErrorCode::LimitExceeded,
                   mark,
                   "this is nested deeper than " + std::to_string(limits::kYamlDepth) + " levels");
        }
    }

    void open(Yaml::Kind kind, YAML::anchor_t anchor, const YAML::Mark &mark)
    {
        count({1, 0, 1}, mark);
        m_stack.push_back({made(kind, mark), anchor, std::nullopt, {}});
    }
    void close()
    {
        Open done = std::move(m_stack.back());
        m_stack.pop_back();
        YAML::Mark mark;
        mark.line = static_cast<int>(done.yaml.m_line) - 1;
        mark.column = static_cast<int>(done.yaml.m_column) - 1;
        keep(done.yaml, done.anchor);
        place(std::move(done.yaml), mark);
    }
    void put(Yaml yaml, YAML::anchor_t anchor, const YAML::Mark &mark)
    {
        count({1, yaml.m_text.size(), 0}, mark);
        keep(yaml, anchor);
        place(std::move(yaml), mark);
    }
    void keep(const Yaml &yaml, YAML::anchor_t anchor)
    {
        if (anchor != 0) {
            m_anchors[anchor] = yaml;
        }
    }
    void place(Yaml yaml, const YAML::Mark &mark)
    {
        if (m_stack.empty()) {
            root = std::move(yaml);
            return;
        }
        Open &parent = m_stack.back();
        if (parent.yaml.isList()) {
            parent.yaml.m_elements.push_back(std::move(yaml));
            return;
        }
        if (parent.key) {
            parent.yaml.m_members.emplace_back(std::move(*parent.key), std::move(yaml));
            parent.key.reset();
            return;
        }
        if (!yaml.isScalar()) {
            refuse(ErrorCode::InvalidInput, mark, "a key must be a text");
        }
        if (!parent.keys.insert(yaml.m_text).second) {
            refuse(ErrorCode::InvalidInput,
                   mark,
                   "the key '" + displayText(yaml.m_text) + "' is there already");
        }
        parent.key = std::move(yaml);
    }

    std::string_view m_what;
    std::vector<Open> m_stack;
    std::map<YAML::anchor_t, Yaml> m_anchors;
    std::size_t m_nodes = 0;
    std::size_t m_text = 0;
    bool m_hasDocument = false;
};

namespace {

/// What no YAML text may hold, and what the parser would take for the text's end.
Result<> checkBytes(std::string_view text, std::string_view what)
{
    if (text.size() > limits::kYamlBytes) {
        return fail(ErrorCode::LimitExceeded,
                    displayText(what) + ": this is larger than " + formatBytes(limits::kYamlBytes));
    }
    if (!isUtf8(text)) {
        return fail(ErrorCode::InvalidInput, displayText(what) + ": this is not UTF-8 text");
    }
    const auto bad = std::ranges::find_if(text, [](char c) {
        return (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    });
    if (bad == text.end()) {
        return {};
    }
    const std::string_view before(text.begin(), bad);
    const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
    const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
    return fail(ErrorCode::InvalidInput,
                placed(what, line, column) + "a control character cannot stand here");
}

} // namespace

Result<Yaml> parseYaml(std::string_view text, std::string_view what)
{
    if (const Result<> checked = checkBytes(text, what); !checked) {
        return std::unexpected(checked.error());
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        YamlBuilder builder(what);
        while (parser.HandleNextDocument(builder)) {
        }
        return std::move(builder.root);
    } catch (const Refusal &refusal) {
        return std::unexpected(refusal.error);
    } catch (const std::bad_alloc &) {
        return failOutOfMemory();
    } catch (const YAML::Exception &error) {
        return fail(ErrorCode::InvalidInput,
                    placed(what,
                           static_cast<std::size_t>(std::max(error.mark.line, 0)) + 1,
                           static_cast<std::size_t>(std::max(error.mark.column, 0)) + 1)
                        + displayText(error.msg));
    } catch (const std::exception &error) {
        return fail(ErrorCode::InvalidInput, displayText(what) + ": " + displayText(error.what()));
    }
}

std::unexpected<Error> failAt(std::string_view what, const Yaml &where, std::string_view message)
{
    return fail(ErrorCode::InvalidInput,
                placed(what, where.line(), where.column()) + std::string(message));
}

} // namespace cutaway
