// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/structuretest/yamlfields.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::string_view kVersion = "2.0.0";

using Executable = FileExistenceTest::Executable;
constexpr std::array kExecutables = {
    std::pair<std::string_view, Executable>{"owner", Executable::Owner},
    std::pair<std::string_view, Executable>{"group", Executable::Group},
    std::pair<std::string_view, Executable>{"other", Executable::Other},
    std::pair<std::string_view, Executable>{"any", Executable::Any},
};

/// What a reader of one element of a list gives, collected.
template<typename Test, typename Read>
void readList(const std::vector<Yaml> &elements,
              std::vector<Test> &tests,
              YamlFields &all,
              Read read)
{
    for (const Yaml &element : elements) {
        Result<Test> test = read(element);
        if (!test) {
            all.keep(test.error());
            return;
        }
        tests.push_back(std::move(*test));
    }
}

template<typename Test>
Result<Test> ended(YamlFields &fields, Test test)
{
    if (const Result<> read = fields.result(); !read) {
        return std::unexpected(read.error());
    }
    return test;
}

/// Command tests need a container: their names are all that is kept, their keys are checked.
Result<std::string> readCommandTest(const Yaml &yaml, std::string_view what)
{
    YamlFields fields(yaml, what);
    std::string name;
    fields.requiredText("name", name);
    for (const std::string_view key : {"setup",
                                       "teardown",
                                       "command",
                                       "args",
                                       "envVars",
                                       "expectedOutput",
                                       "excludedOutput",
                                       "expectedError",
                                       "excludedError",
                                       "exitCode"}) {
        fields.ignored(key);
    }
    return ended(fields, std::move(name));
}

void readExistenceFields(const Yaml &yaml, FileExistenceTest &test, YamlFields &fields)
{
    std::string executable;
    fields.text("permissions", test.permissions);
    fields.owner("uid", test.uid);
    fields.owner("gid", test.gid);
    fields.text("isExecutableBy", executable);
    if (executable.empty()) {
        return;
    }
    const auto *const found = std::ranges::find(
        kExecutables, executable, &std::pair<std::string_view, Executable>::first);
    if (found == kExecutables.end()) {
        fields.refuse(yaml["isExecutableBy"], "'isExecutableBy' wants owner, group, other or any");
        return;
    }
    test.executable = found->second;
}

Result<FileExistenceTest> readExistenceTest(const Yaml &yaml, std::string_view what)
{
    YamlFields fields(yaml, what);
    FileExistenceTest test;
    fields.requiredText("name", test.name);
    fields.requiredText("path", test.path);
    fields.flag("shouldExist", test.shouldExist);
    readExistenceFields(yaml, test, fields);
    return ended(fields, std::move(test));
}

Result<FileContentTest> readContentTest(const Yaml &yaml, std::string_view what)
{
    YamlFields fields(yaml, what);
    FileContentTest test;
    fields.requiredText("name", test.name);
    fields.requiredText("path", test.path);
    fields.patterns("expectedContents", test.expected);
    fields.patterns("excludedContents", test.excluded);
    return ended(fields, std::move(test));
}

void readMetadataFields(MetadataTest &test, YamlFields &fields)
{
    fields.texts("exposedPorts", test.exposedPorts);
    fields.texts("unexposedPorts", test.unexposedPorts);
    fields.texts("volumes", test.volumes);
    fields.texts("unmountedVolumes", test.unmountedVolumes);
    fields.optionalTexts("entrypoint", test.entrypoint);
    fields.optionalTexts("cmd", test.command);
    fields.text("workdir", test.workingDir);
    fields.text("user", test.user);
}

Result<MetadataTest> readMetadataTest(const Yaml &yaml, std::string_view what)
{
    YamlFields fields(yaml, what);
    MetadataTest test;
    std::vector<KeyValueTest> unbound;
    fields.keyValues("env", test.variables); // its name before 1.9
    fields.keyValues("envVars", test.variables);
    fields.keyValues("unboundEnvVars", unbound);
    fields.keyValues("labels", test.labels);
    readMetadataFields(test, fields);
    for (KeyValueTest &variable : unbound) {
        test.unboundVariables.push_back(std::move(variable.key));
    }
    return ended(fields, std::move(test));
}

Result<LicenseTest> readLicenseTest(const Yaml &yaml, std::string_view what)
{
    YamlFields fields(yaml, what);
    LicenseTest test;
    fields.flag("debian", test.debian);
    fields.texts("files", test.files);
    return ended(fields, std::move(test));
}

void checkVersion(const Yaml &root, YamlFields &fields)
{
    std::string version;
    fields.text("schemaVersion", version);
    if (version.empty()) {
        fields.refuse(root, "'schemaVersion' is missing");
    } else if (version != kVersion) {
        fields.refuse(root["schemaVersion"], "only the schema version 2.0.0 can be read");
    }
}

/// One element of the short form.
Result<> readAssert(const Yaml &yaml, std::string_view what, StructureTests &tests)
{
    YamlFields fields(yaml, what);
    std::string kind;
    std::string name;
    fields.requiredText("kind", kind);
    fields.text("name", name);
    if (kind == "file") {
        FileExistenceTest test;
        fields.requiredText("path", test.path);
        fields.flag("exists", test.shouldExist);
        readExistenceFields(yaml, test, fields);
        test.name = name.empty() ? test.path : name;
        tests.existenceTests.push_back(std::move(test));
    } else if (kind == "content") {
        FileContentTest test;
        fields.requiredText("path", test.path);
        fields.patterns("mustMatch", test.expected);
        fields.patterns("mustNotMatch", test.excluded);
        test.name = name.empty() ? test.path : name;
        tests.contentTests.push_back(std::move(test));
    } else if (kind == "metadata") {
        MetadataTest test;
        fields.mapping("env", test.variables);
        fields.texts("unboundEnv", test.unboundVariables);
        fields.mapping("labels", test.labels);
        readMetadataFields(test, fields);
        tests.metadataTests.push_back(std::move(test));
    } else if (!kind.empty()) {
        fields.refuse(yaml["kind"], "'kind' wants file, content or metadata");
    }
    return fields.result();
}

} // namespace

Result<StructureTests> parseStructureTests(std::string_view text, std::string_view what)
{
    const Result<Yaml> root = parseYaml(text, what);
    if (!root) {
        return std::unexpected(root.error());
    }
    StructureTests tests;
    YamlFields fields(*root, what);
    checkVersion(*root, fields);
    std::vector<KeyValueTest> globals;
    fields.keyValues("globalEnvVars", globals);
    for (KeyValueTest &variable : globals) {
        tests.globalVariables.emplace_back(std::move(variable.key), std::move(variable.value));
    }
    const auto reader = [what](auto read) {
        return [what, read](const Yaml &yaml) { return read(yaml, what); };
    };
    readList(fields.list("commandTests"), tests.commandTests, fields, reader(readCommandTest));
    readList(fields.list("fileContentTests"), tests.contentTests, fields, reader(readContentTest));
    readList(
        fields.list("fileExistenceTests"), tests.existenceTests, fields, reader(readExistenceTest));
    readList(fields.list("licenseTests"), tests.licenseTests, fields, reader(readLicenseTest));
    if (const Yaml &metadata = fields.take("metadataTest"); !metadata.members().empty()) {
        readList(
            std::vector<Yaml>{metadata}, tests.metadataTests, fields, reader(readMetadataTest));
    } else if (!metadata.isNull() && !metadata.isMap()) {
        fields.refuse(metadata, "'metadataTest' wants a list of settings");
    }
    fields.ignored("containerRunOptions");
    return ended(fields, std::move(tests));
}

Result<StructureTests> readAsserts(const Yaml &list, std::string_view what)
{
    StructureTests tests;
    if (!list.isNull() && !list.isList()) {
        return failAt(what, list, "a list of assertions is expected here");
    }
    for (const Yaml &element : list.elements()) {
        if (const Result<> read = readAssert(element, what, tests); !read) {
            return std::unexpected(read.error());
        }
    }
    return tests;
}

} // namespace cutaway
