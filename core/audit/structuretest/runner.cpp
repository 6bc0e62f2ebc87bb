// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/structuretest/runner.h"

#include "core/audit/evidence.h"
#include "core/audit/redaction.h"
#include "core/audit/rule.h"
#include "core/audit/structuretest/testsubject.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace cutaway {

namespace {

using Verdict = TestOutcome::State;

constexpr std::string_view kDocFolder = "/usr/share/doc";
/// Licenses that a license test refuses, and the package that container-structure-test lets pass.
constexpr std::array<std::string_view, 2> kRefusedLicenses = {"AGPL", "WTFPL"};
constexpr std::string_view kAllowedPackage = "libgnutls30";

std::string capitals(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

std::string listText(const std::vector<std::string> &words)
{
    std::string text = "[";
    for (const std::string &word : redactWords(words, Secrets::Redacted).words) {
        text += (text.size() == 1 ? "" : ", ") + quoted(word);
    }
    return text + ']';
}

/// The package folders below /usr/share/doc, by the paths of their copyright files.
std::vector<std::string> copyrightPaths(const TestSubject &subject)
{
    std::vector<std::string> paths;
    for (const std::string &name : subject.foldersIn(kDocFolder)) {
        if (name != kAllowedPackage) {
            paths.push_back(std::string(kDocFolder) + '/' + name + "/copyright");
        }
    }
    return paths;
}

/// Asks one test after the other and keeps what came of it.
class Runner
{
public:
    explicit Runner(const TestSubject &subject)
        : m_subject(subject)
    {}

    template<typename Test>
    void run(std::string_view kind, std::string name, const Test &test)
    {
        const auto begin = std::chrono::steady_clock::now();
        m_errors.clear();
        ask(test);
        const auto spent = std::chrono::steady_clock::now() - begin;
        m_outcomes.push_back(
            {m_errors.empty() ? Verdict::Passed : Verdict::Failed,
             kind,
             std::move(name),
             std::move(m_errors),
             {},
             static_cast<std::uint64_t>(
                 std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count())});
    }
    void skip(std::string_view kind, std::string name, std::string reason)
    {
        m_outcomes.push_back({Verdict::Skipped, kind, std::move(name), {}, std::move(reason), 0});
    }
    std::vector<TestOutcome> take() { return std::move(m_outcomes); }

private:
    void ask(const FileExistenceTest &test);
    void ask(const FileContentTest &test);
    void ask(const LicenseTest &test);
    void ask(const MetadataTest &test);
    void askMode(const FileExistenceTest &test, const FoundFile &file);
    void askOwner(const FileExistenceTest &test, const FoundFile &file);
    void askLicense(const std::string &path);
    void askValues(std::string_view what,
                   const std::vector<KeyValueTest> &tests,
                   const std::map<std::string, std::string, std::less<>> &values);
    void askMembers(const MetadataTest &test);
    void askWords(std::string_view what,
                  const std::optional<std::vector<std::string>> &expected,
                  const std::optional<std::vector<std::string>> &actual);

    void say(const std::string &error) { m_errors.push_back(error); }

    const TestSubject &m_subject;
    std::vector<std::string> m_errors;
    std::vector<TestOutcome> m_outcomes;
};

void Runner::ask(const FileExistenceTest &test)
{
    const std::optional<FoundFile> file = m_subject.fileAt(test.path);
    const std::string path = displayText(m_subject.expanded(test.path));
    if (file && !test.shouldExist) {
        say(path + " is there, and should not be");
    }
    if (!file && test.shouldExist) {
        say(path + " is not there");
    }
    if (file) {
        askMode(test, *file);
        askOwner(test, *file);
    }
}

void Runner::askMode(const FileExistenceTest &test, const FoundFile &file)
{
    using Executable = FileExistenceTest::Executable;
    constexpr std::array<std::uint16_t, 5> kBits = {0777, 0100, 0010, 0001, 0111};
    constexpr std::array<std::string_view, 5> kNames = {
        "", "its owner", "its group", "others", "anybody"};
    const std::string mode = goFileMode(file.type, file.mode);
    const std::string path = displayText(test.path);
    if (!test.permissions.empty() && test.permissions != mode) {
        say(path + " has the permissions " + mode + ", not " + displayText(test.permissions));
    }
    const auto who = static_cast<std::size_t>(test.executable);
    if (test.executable != Executable::Unasked && (file.mode & kBits[who]) == 0) {
        say(path + " cannot be executed by " + std::string(kNames[who]) + ": " + mode);
    }
}

void Runner::askOwner(const FileExistenceTest &test, const FoundFile &file)
{
    const std::string path = displayText(test.path);
    if (test.uid && *test.uid != file.uid) {
        say(path + " belongs to user " + std::to_string(file.uid) + ", not "
            + std::to_string(*test.uid));
    }
    if (test.gid && *test.gid != file.gid) {
        say(path + " belongs to group " + std::to_string(file.gid) + ", not "
            + std::to_string(*test.gid));
    }
}

void Runner::ask(const FileContentTest &test)
{
    const Result<TestContent> content = m_subject.contentAt(test.path);
    if (!content) {
        say(content.error().message);
        return;
    }
    const std::string path = displayText(test.path);
    const std::string limit =
        content->isWhole ? "" : ", of which only the beginning could be searched,";
    for (const TestPattern &pattern : test.expected) {
        if (!pattern.pattern->isFoundIn(content->text)) {
            say("nothing in " + path + limit + " matches " + quoted(pattern.text));
        }
    }
    for (const TestPattern &pattern : test.excluded) {
        if (pattern.pattern->isFoundIn(content->text)) {
            say(path + " has a match of " + quoted(pattern.text));
        } else if (!content->isWhole) {
            say("whether " + path + limit + " matches " + quoted(pattern.text) + " is not known");
        }
    }
}

void Runner::askLicense(const std::string &path)
{
    const Result<TestContent> content = m_subject.contentAt(path);
    if (!content) {
        say(content.error().message);
        return;
    }
    const std::string text = capitals(content->text);
    for (const std::string_view license : kRefusedLicenses) {
        if (text.contains(license)) {
            say(displayText(path) + " names the license " + std::string(license));
            return;
        }
    }
}

void Runner::ask(const LicenseTest &test)
{
    if (test.debian) {
        if (!m_subject.fileAt(std::string(kDocFolder))) {
            say(std::string(kDocFolder) + " is not there");
        }
        for (const std::string &path : copyrightPaths(m_subject)) {
            askLicense(path);
        }
    }
    for (const std::string &path : test.files) {
        askLicense(path);
    }
}

void Runner::askValues(std::string_view what,
                       const std::vector<KeyValueTest> &tests,
                       const std::map<std::string, std::string, std::less<>> &values)
{
    for (const KeyValueTest &test : tests) {
        const std::string name = std::string(what) + ' ' + displayText(test.key);
        const auto found = values.find(test.key);
        if (found == values.end()) {
            say(name + " is not set");
            continue;
        }
        const bool fits = test.pattern != nullptr ? test.pattern->isFoundIn(found->second)
                                                  : test.value == found->second;
        if (!fits) {
            const auto shown = [&](const std::string &value) {
                return quoted(redactValue(test.key, value, Secrets::Redacted).text);
            };
            say(name + " is " + shown(found->second)
                + (test.pattern != nullptr ? ", which does not match " : ", not ")
                + shown(test.value));
        }
    }
}

void Runner::askMembers(const MetadataTest &test)
{
    for (const std::string &port : test.exposedPorts) {
        if (!m_subject.exposes(port)) {
            say("port " + displayText(port) + " is not exposed");
        }
    }
    for (const std::string &port : test.unexposedPorts) {
        if (m_subject.exposes(port)) {
            say("port " + displayText(port) + " is exposed, and should not be");
        }
    }
    const std::vector<std::string> &volumes = m_subject.config().volumes;
    for (const std::string &volume : test.volumes) {
        if (std::ranges::find(volumes, volume) == volumes.end()) {
            say(displayText(volume) + " is no volume");
        }
    }
    for (const std::string &volume : test.unmountedVolumes) {
        if (std::ranges::find(volumes, volume) != volumes.end()) {
            say(displayText(volume) + " is a volume, and should not be");
        }
    }
}

void Runner::askWords(std::string_view what,
                      const std::optional<std::vector<std::string>> &expected,
                      const std::optional<std::vector<std::string>> &actual)
{
    const std::vector<std::string> words = actual.value_or(std::vector<std::string>());
    if (expected && *expected != words) {
        say("the " + std::string(what) + " is " + listText(words) + ", not " + listText(*expected));
    }
}

void Runner::ask(const MetadataTest &test)
{
    const ImageConfig &config = m_subject.config();
    askValues("the variable", test.variables, m_subject.imageVariables());
    for (const std::string &name : test.unboundVariables) {
        if (m_subject.imageVariables().contains(name)) {
            say("the variable " + displayText(name) + " is set, and should not be");
        }
    }
    const std::map<std::string, std::string, std::less<>> labels(config.labels.begin(),
                                                                 config.labels.end());
    askValues("the label", test.labels, labels);
    askWords("command", test.command, config.cmd);
    askWords("entrypoint", test.entrypoint, config.entrypoint);
    if (!test.workingDir.empty() && test.workingDir != config.workingDir) {
        say("the working directory is " + quoted(config.workingDir) + ", not "
            + quoted(test.workingDir));
    }
    if (!test.user.empty() && test.user != config.user) {
        say("the user is " + quoted(config.user) + ", not " + quoted(test.user));
    }
    askMembers(test);
}

std::vector<TestOutcome> runAll(const StructureTests &tests, const TestSubject &subject)
{
    Runner runner(subject);
    for (const std::string &name : tests.commandTests) {
        runner.skip("command",
                    "Command Test: " + displayText(name),
                    "nothing is run here: an image is only looked at");
    }
    for (const FileContentTest &test : tests.contentTests) {
        runner.run("content", "File Content Test: " + displayText(test.name), test);
    }
    for (const FileExistenceTest &test : tests.existenceTests) {
        runner.run("file", "File Existence Test: " + displayText(test.name), test);
    }
    for (const LicenseTest &test : tests.licenseTests) {
        runner.run("license", "License Test", test);
    }
    for (const MetadataTest &test : tests.metadataTests) {
        runner.run("metadata", "Metadata Test", test);
    }
    return runner.take();
}

} // namespace

std::vector<EntryId> contentsOfTests(const StructureTests &tests, const Image &image)
{
    const TestSubject subject(image, tests.globalVariables, nullptr);
    std::vector<EntryId> entries;
    const auto add = [&](const std::string &path) {
        if (const EntryId entry = subject.contentEntry(path); entry != kNone) {
            entries.push_back(entry);
        }
    };
    for (const FileContentTest &test : tests.contentTests) {
        add(test.path);
    }
    for (const LicenseTest &test : tests.licenseTests) {
        std::ranges::for_each(test.files, add);
        if (test.debian) {
            std::ranges::for_each(copyrightPaths(subject), add);
        }
    }
    std::ranges::sort(entries);
    const auto rest = std::ranges::unique(entries);
    entries.erase(rest.begin(), rest.end());
    return entries;
}

std::vector<TestOutcome> runStructureTests(const StructureTests &tests,
                                           const Image &image,
                                           const FileContents *contents)
{
    return runAll(tests, TestSubject(image, tests.globalVariables, contents));
}

std::vector<Finding> runAsserts(const StructureTests &tests, const AuditContext &context)
{
    const TestSubject subject(context.image, tests.globalVariables, context.contents);
    std::vector<Finding> findings;
    for (TestOutcome &outcome : runAll(tests, subject)) {
        if (outcome.state != Verdict::Failed) {
            continue;
        }
        Finding finding;
        finding.ruleId = "assert/" + std::string(outcome.kind);
        finding.severity = Severity::High;
        finding.origin = Origin::App;
        finding.summary = outcome.name + ": " + outcome.errors.front() + ".";
        finding.fingerprint = outcome.name;
        for (std::string &error : outcome.errors) {
            finding.evidence.push_back({.text = std::move(error)});
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
