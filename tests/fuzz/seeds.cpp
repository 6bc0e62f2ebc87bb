// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"
#include "core/base/hash.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/elfwriter.h"
#include "tests/support/tarwriter.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace cutaway;
using namespace cutaway::test;

namespace {

namespace fs = std::filesystem;

/// Writes the seeds of one target, numbered.
class Corpus
{
public:
    Corpus(const fs::path &root, const char *target)
        : m_directory(root / target)
    {
        fs::create_directories(m_directory);
    }

    /// `tail`: bytes that the target takes its choices from, behind the input.
    void add(std::string_view seed, std::string_view tail = {})
    {
        std::ofstream file(m_directory / ("seed" + std::to_string(++m_count)), std::ios::binary);
        file << seed << tail;
    }

private:
    fs::path m_directory;
    int m_count = 0;
};

using Options = TarWriter::Options;
using Pax = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> archives()
{
    const std::string longName = std::string(90, 'd') + "/" + std::string(120, 'n');
    const auto pax = [](const Pax &records) { return Options{.pax = records}; };
    return {
        TarWriter().directory("etc").file("etc/a", "abc").file("usr/bin/b", "12345").finish(),
        TarWriter().whiteout("etc/a").opaque("usr").file("usr/c", "new").finish(),
        TarWriter()
            .file("a", "1")
            .symlink("l", "a")
            .hardlink("h", "a")
            .hardlink("x", "gone")
            .finish(),
        TarWriter().raw("null", '3', 0, {}, {}, {}).raw("p", '6', 0, {}, {}, {}).finish(),
        TarWriter().file("a", "1").file("a", "22").file("a/b", "under a file").finish(),
        TarWriter().file("../x", "1").file("/y/", "2").file("a//b/../c", "3").finish(),
        TarWriter()
            .file("x", "1", pax({{"path", longName}, {"mtime", "12.5"}, {"uid", "7"}}))
            .finish(),
        TarWriter().file("x", "1", pax({{"SCHILY.xattr.user.a", "v"}, {"size", "1"}})).finish(),
        TarWriter()
            .raw("././@LongLink", 'L', longName.size(), longName, {}, {})
            .file("s", "1")
            .finish(),
        TarWriter().raw("g", 'g', 16, "16 comment=abcd\n", {}, {}).file("s", "1").finish(),
        TarWriter()
            .file("s",
                  std::string(512, 'x'),
                  pax({{"GNU.sparse.major", "0"},
                       {"GNU.sparse.minor", "1"},
                       {"GNU.sparse.name", "sparse"},
                       {"GNU.sparse.size", "4096"},
                       {"GNU.sparse.map", "1024,512"}}))
            .finish(),
        TarWriter()
            .file("s",
                  "1\n0\n4\n" + std::string(506, '\0') + "data",
                  pax({{"GNU.sparse.major", "1"},
                       {"GNU.sparse.minor", "0"},
                       {"GNU.sparse.realsize", "100"}}))
            .finish(),
        TarWriter().file("cut", "short").unfinished(),
        TarWriter()
            .file(".wh..wh.plnk/1", "x")
            .file(".wh.", "y")
            .file("stargz.index.json", "{}")
            .finish(),
        std::string(1024, '\0'),
    };
}

void writeLayers(const fs::path &root)
{
    Corpus corpus(root, "layers");
    std::string together;
    for (const std::string &archive : archives()) {
        corpus.add(archive);
        corpus.add(archive, std::string("\0\2\1\1\0\2", 6));
        corpus.add(gzip(archive), "\1\0");
        corpus.add(zstd(archive), "\1\0");
        together += archive;
    }
    corpus.add(together, std::string("\1\3\0\7\0\1\0\5", 8));
}

void writeCompressed(const fs::path &root)
{
    Corpus members(root, "gzip");
    Corpus frames(root, "zstd");
    const std::string text(3000, 'a');
    const std::string skippable("\x50\x2a\x4d\x18\4\0\0\0abcd", 12);
    for (const std::string &plain : {std::string(), std::string("hello"), text, archives()[0]}) {
        members.add(gzip(plain), "\1\2\3\4");
        members.add(gzip(plain) + gzip("more"), "\5\2\3\4");
        members.add(gzip(plain) + std::string(10, '\0'), "\1\0\0\0");
        members.add(gzip(plain) + "tail", "\1\0\0\0");
        frames.add(zstd(plain), "\1\2\3\4");
        frames.add(zstd(plain) + skippable + zstd("more"), "\5\2\3\4");
        frames.add(skippable + zstd(plain), "\1\0\0\0");
    }
    // "hello" as the programs pack it.
    Corpus filters(root, "filters");
    filters.add(
        std::string(
            "\xfd\x37\x7a\x58\x5a\x00\x00\x01\x69\x22\xde\x36\x02\x00\x21\x01\x16\x00\x00\x00"
            "\x74\x2f\xe5\xa3\x01\x00\x05\x68\x65\x6c\x6c\x6f\x0a\x00\x00\x00\x20\x30\x3a\x36"
            "\x00\x01\x1a\x06\xc5\xea\xc8\x79\x90\x42\x99\x0d\x01\x00\x00\x00\x00\x01\x59\x5a",
            60),
        "\1\2\3\4");
    filters.add(
        std::string("BZh91AY&SY\xc1\xc0\x80\xe2\0\0\1\x41\0\0\x10\2\x44\xa0\0\x30\xcd\0\xc3\x46"
                    "\x29\x97\x17\x72\x45\x38\x50\x90\xc1\xc0\x80\xe2",
                    42),
        "\1\2\3\4");
    filters.add(std::string("\x1f\x9d\x90\x68\xca\xb0\x61\xf3\x46\1", 10), "\1\2\3\4");
}

std::vector<std::string> documents()
{
    const TestImage image = smallImage();
    std::vector<std::string> texts = {configOf(image), manifestOf(image)};
    for (const auto &files : {ociFiles(image),
                              dockerFiles(image),
                              hybridFiles(image),
                              kanikoFiles(image),
                              skopeoFiles(image),
                              legacyFiles(image)}) {
        for (const auto &[name, content] : files) {
            if (content.starts_with('{') || content.starts_with('[')) {
                texts.push_back(content);
            }
        }
    }
    const std::string digest = "sha256:" + sha256Hex("x");
    texts.push_back(
        R"({"architecture":"arm64","variant":"v8","os":"linux","os.version":"1",)"
        R"("created":"2024-01-02T03:04:05Z","author":"a","config":{"User":"0:0",)"
        R"("ExposedPorts":{"80/tcp":{}},"Env":["PATH=/bin","X"],"Entrypoint":null,)"
        R"("Cmd":["/bin/sh","-c","x"],"Volumes":{"/v":{}},"WorkingDir":"/",)"
        R"("Labels":{"a":"b"},"StopSignal":"SIGTERM","ArgsEscaped":true,"OnBuild":[],)"
        R"("Shell":["/bin/bash"],"Healthcheck":{"Test":["CMD","x"],"Interval":1}},)"
        R"("rootfs":{"type":"layers","diff_ids":[")"
        + digest
        + R"("]},"history":)"
          R"([{"created_by":"/bin/sh -c #(nop)  CMD [\"sh\"]","empty_layer":true},)"
          R"({"created":"x","created_by":"RUN a # buildkit","comment":"c","author":"b"}]})");
    texts.push_back(R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
                    R"("manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
                    R"("size":7,"digest":")"
                    + digest
                    + R"(","platform":{"architecture":"amd64",)"
                      R"("os":"linux"},"annotations":{"vnd.docker.reference.type":"x"},)"
                      R"("urls":["http://x"],"artifactType":"a"}],"subject":null})");
    texts.push_back(
        "[1,-2,3.5e7,\"\\ud83d\\ude00\",true,null,{\"a\":[[[]]]},18446744073709551615]");
    texts.push_back("\xef\xbb\xbf{\"a\":\"\xff\"}");
    return texts;
}

void writeDocuments(const fs::path &root)
{
    Corpus json(root, "json");
    Corpus manifest(root, "manifest");
    for (const std::string &text : documents()) {
        json.add(text);
        manifest.add(text);
    }
}

void writeYaml(const fs::path &root)
{
    Corpus corpus(root, "yaml");
    for (const std::string &text : documents()) {
        corpus.add(text);
    }
    for (const std::string_view text :
         {"version: 1\nignore:\n  - rule: [a/b, \"c\"]\n    until: 2027-03-31\n",
          "a: &x [1, 0x2, 0o3, +4.5e3, ~, null, .inf]\nb: *x\nc: {d: *x}\n",
          "%YAML 1.2\n---\ntext: |\n  one\n   two\nfolded: >-\n  a\n  b\n...\n",
          "? a\n: b\n? [c]\n: d\n",
          "- - - !!str 1\n- 'it''s'\n- \"\\u00e9\\x41\\\n  b\" # c\n",
          "a: &a [*a]\n",
          "---\na\n---\nb\n"}) {
        corpus.add(text);
    }
}

void writePackages(const fs::path &root)
{
    Corpus corpus(root, "packages");
    for (const std::string_view text :
         {("Package: a\nStatus: install ok installed\nVersion: 1:2-3\nInstalled-Size: 4\n"
           "Source: b (2-3)\nDescription: c\n d\n\nPackage: e\nVersion: 1\n"),
          "P:a\nV:1-r0\nL:MIT\nF:etc\nR:b\nZ:Q1SLkS9hBidUbPwwrw+XR0Whv3ww8=\n\nP:c\nV:2\n",
          "%NAME%\na\n\n%VERSION%\n1-1\n\n%LICENSE%\nMIT\nX\n\n%FILES%\nusr/\nusr/a\n",
          "Name: A_b\nVersion: 1\nClassifier: License :: OSI Approved :: MIT License\n\nName: c\n",
          R"({"name": "@a/b", "version": "1", "licenses": [{"type": "MIT"}], "author": "c"})",
          "s.name = \"a\".freeze\ns.version = \"1\"\ns.licenses = [\"MIT\".freeze]\n",
          R"([{"name": "a/b", "version": "1", "license": ["MIT"], "require": {"c/d": "1"}}])",
          R"({"targets": {"t": {"A/1": {"runtime": {"l/A.dll": {}}}}},
              "libraries": {"A/1": {"type": "package"}}})",
          R"({"dist": "A-B-1.2", "pathname": "C/CD/CDE/A-B-1.2.tar.gz"})",
          "Package: a\nVersion: 1\nLicense: GPL (>= 2)\nBuilt: R 4\n",
          "(GPL-2+ or perl_5) and Expat WITH LLVM-exception",
          "Format: copyright-format/1.0\n\nFiles: *\nLicense: GPL-1+ or Artistic, and Expat\n",
          ("\xff Go buildinf:\x08\x02                \x04go1.\x32"
           "0123456789abcdefmod\ta\tv1\ndep\tb\tv2\n0123456789abcdef"),
          "25de5fcdc3c8ebd9c9f599fb7a899b40  usr/bin/a\n/usr/a\t0644\n\"a\"\"b\",sha256=x,1\n"}) {
        corpus.add(text);
    }
    // An archive with another one in it, and what `cargo auditable` writes.
    for (const std::string_view packed :
         {std::string_view("UEsDBBQAAAAAAAAAIQD9Y4CDGgAAABoAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuT"
                           "UZJbXBsZW1lbnRhdGlvbi1WZXJzaW9uOiAxClBLAwQUAAAAAAAAACEAm6IKgcUAAA"
                           "DFAAAABwAAAGwvYS5qYXJQSwMEFAAAAAAAAAAhANcc7jghAAAAIQAAACEAAABNRVR"
                           "BLUlORi9tYXZlbi9nL2EvcG9tLnByb3BlcnRpZXNncm91cElkPWcKYXJ0aWZhY3RJ"
                           "ZD1hCnZlcnNpb249MgpQSwECFAMUAAAAAAAAACEA1xzuOCEAAAAhAAAAIQAAAAAAA"
                           "AAAAAAAgAEAAAAATUVUQS1JTkYvbWF2ZW4vZy9hL3BvbS5wcm9wZXJ0aWVzUEsFBg"
                           "AAAAABAAEATwAAAGAAAAAAAFBLAQIUAxQAAAAAAAAAIQD9Y4CDGgAAABoAAAAUAAA"
                           "AAAAAAAAAAACAAQAAAABNRVRBLUlORi9NQU5JRkVTVC5NRlBLAQIUAxQAAAAAAAAA"
                           "IQCbogqBxQAAAMUAAAAHAAAAAAAAAAAAAACAAUwAAABsL2EuamFyUEsFBgAAAAACA"
                           "AIAdwAAADYBAAAAAA=="),
          std::string_view("eJyrVipITM5OTE8tVrJSiK5WykvMTQWylBKVdBSUylKLijPz80B8QxC/KD+/BMgpK"
                           "SpNBfJSUgtS81JS85IzIZoNY2t1FBAmJKGZYKRUG1sLAGhoIYY=")}) {
        corpus.add(*base64Decoded(packed));
    }
}

void writeStructureTests(const fs::path &root)
{
    Corpus corpus(root, "structuretests");
    for (const std::string_view text :
         {"schemaVersion: 2.0.0\nglobalEnvVars: [{key: X, value: $A/lib}]\nfileExistenceTests:\n"
          "- {name: a, path: '${X}/a', permissions: -rw-r--r--, uid: -1, isExecutableBy: any}\n"
          "- {name: b, path: /bin/su, shouldExist: false}\n",
          "schemaVersion: \"2.0.0\"\nfileContentTests:\n- name: a\n  path: /usr/lib/a\n"
          "  expectedContents: ['^one$', '(?m)t.o']\n  excludedContents: [three]\n",
          R"({"schemaVersion": "2.0.0", "metadataTest": {"labels": [{"key": "a", "value": "^b",
          "isRegex": true}], "cmd": [], "exposedPorts": ["80"], "user": "x"}})",
          "schemaVersion: 2.0.0\nlicenseTests: [{debian: true, files: [/loop, /etc]}]\n"
          "commandTests: [{name: x, command: ls, exitCode: 1}]\n",
          "schemaVersion: 2.0.0\nfileContentTests: [{name: a, path: /x, expectedContents: ['(']}]",
          "schemaVersion: 1\nfiles: {}\n"}) {
        corpus.add(text);
    }
}

void writeNames(const fs::path &root)
{
    Corpus corpus(root, "names");
    for (const std::string_view name : {"nginx",
                                        "nginx:1.27",
                                        "docker.io/library/nginx:latest",
                                        "localhost:5000/a/b@INDEX",
                                        "linux/arm64/v8",
                                        "amd64",
                                        "./x.tar:app:1",
                                        "docker-archive:a.tar:b:c@2",
                                        "oci:/dir:ref",
                                        "oci-archive:x@0",
                                        "dir:.",
                                        "-",
                                        "podman:x",
                                        "12.5MB",
                                        "a/../b//c/./d",
                                        "\xff\n\x1b[31m"}) {
        corpus.add(name);
    }
    corpus.add("sha256:" + sha256Hex("x"));
    corpus.add("example.com/a_b/c-d.e:tag@sha256:" + sha256Hex("x"));
    corpus.add("sha512:" + sha256Hex("x") + sha256Hex("y"));
}

void writeChallenges(const fs::path &root)
{
    Corpus corpus(root, "challenge");
    for (const std::string_view text :
         {"Basic realm=\"registry\"",
          "Bearer realm=\"https://auth.example.org/token\",service=\"r\",scope=\"a:b:pull\"",
          "Negotiate, Basic realm=\"a \\\"quoted\\\" one\", charset=UTF-8\nBearer realm=x",
          "Digest dGVzdA==, NTLM",
          "https://user:secret@blobs.example.org:8443/x?sig=y#z",
          "../uploads/1?state=2",
          "//other.example.org/b"}) {
        corpus.add(text);
    }
}

void writeElf(const fs::path &root)
{
    Corpus corpus(root, "elf");
    const ElfSpec program = {.interpreter = "/lib64/ld-linux-x86-64.so.2",
                             .needed = {"libm.so.6", "libc.so.6"},
                             .runpath = "$ORIGIN/../lib",
                             .debugBytes = 300,
                             .symbolBytes = 400};
    ElfSpec small = program;
    small.is64 = false;
    ElfSpec other = program;
    other.isLittleEndian = false;
    ElfSpec patched = program;
    patched.codeBytes = 5000;
    patched.hasStringsLast = true;
    const ElfSpec plain = {.type = 2, .hasTableFirst = true, .debugBytes = 100, .isGo = true};
    for (const ElfSpec &spec : {program, small, other, patched, plain}) {
        corpus.add(elfOf(spec), std::string_view("\0\xff", 2));
        corpus.add(elfOf(spec), std::string_view("\2\0", 2));
    }
}

void writeHistory(const fs::path &root)
{
    Corpus corpus(root, "history");
    for (const std::string_view line :
         {"/bin/sh -c #(nop)  CMD [\"nginx\" \"-g\" \"daemon off;\"]",
          "/bin/sh -c #(nop) COPY file:0123456789abcdef in /app",
          "/bin/sh -c #(nop) HEALTHCHECK &{[\"CMD-SHELL\" \"x\"] \"30s\" \"3s\" \"0s\" '\\x03'}",
          "HEALTHCHECK {Test:[CMD-SHELL x] Interval:30s Timeout:3s StartPeriod:0s Retries:3}",
          "|2 A=x B=y z /bin/sh -c apt-get update",
          "RUN |1 A=\"q\" /bin/bash -o pipefail -c set -e # buildkit",
          "RUN /bin/sh -c cat <<EOF > x\nline\nEOF\n # buildkit",
          "/bin/sh -c apk add x|unsetLabel=true|inheritLabels=false",
          "cmd /S /C powershell -Command Get-Item",
          "ENV A=b c=\"d e\"",
          "EXPOSE map[80/tcp:{} 443/tcp:{}]",
          "VOLUME [/a /b]",
          "LABEL a=b",
          "ENTRYPOINT [\"/x\"]",
          "COPY /a /b # buildkit",
          "bazel build ...",
          "jib-maven-plugin:3",
          "ko build",
          "Imported from -",
          "\"\\u00e9\\U0001F600\\x41\\101\""}) {
        corpus.add(line);
    }
}

void writeFilters(const fs::path &root)
{
    Corpus corpus(root, "filter");
    for (const std::string_view line : {"apt",
                                        "lib/apt",
                                        "*.so.?",
                                        "/^lib.+[0-9]$/",
                                        "\"two words\"",
                                        "size>10MB",
                                        "size<=1GiB",
                                        "layer:3",
                                        "layer:1,4-6",
                                        "type:setuid",
                                        "change:removed",
                                        "owner:0",
                                        "owner:0:42",
                                        "mode:4755",
                                        "!type:dir !size>1",
                                        "[a-z]*[!b]\\*",
                                        "**/x/*",
                                        "size:1..5 a"}) {
        corpus.add(line);
    }
}

void writeStacks(const fs::path &root)
{
    Corpus corpus(root, "stacks");
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        std::string bytes;
        for (std::uint32_t i = 0; i < 60 + seed * 5; ++i) {
            bytes += static_cast<char>((i * 2654435761U * (seed + 1)) >> 24);
        }
        corpus.add(bytes);
    }
}

void writeImages(const fs::path &root)
{
    Corpus corpus(root, "image");
    for (const TestImage &image :
         {smallImage(), packedImage(gzip, "gzip"), packedImage(zstd, "zstd")}) {
        for (const auto &files : {ociFiles(image),
                                  dockerFiles(image),
                                  hybridFiles(image),
                                  kanikoFiles(image),
                                  legacyFiles(image)}) {
            const std::string archive = tarOf(files);
            corpus.add(archive, "\1");
            corpus.add(archive, std::string("\0", 1));
            corpus.add(gzip(archive), "\1");
        }
    }
    corpus.add(archives()[0], "\1");
    corpus.add(gzip(archives()[0]), std::string("\0", 1));
}

/// Texts that detectors look at; none holds a secret.
void writeSecrets(const fs::path &root)
{
    Corpus corpus(root, "secrets");
    for (const std::string_view text :
         {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\n",
          "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\"}",
          "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.",
          "aws_secret_access_key = x\nAKIA\n",
          "postgres://me:$P@db/x?sv=2020-01-01&sig=x%3D",
          "kind: Secret\ndata:\n  a: b\n---\nclient-key-data: AAAA\n"}) {
        for (char place = 0; place < 8; ++place) {
            corpus.add(text, std::string(1, place));
        }
    }
    corpus.add("DB_PASSWORD='x' # y\n", "\1");
    corpus.add("{\"auths\": {\"r\": {\"auth\": \"bWU6eA==\", \"identitytoken\": \"x\"}}}", "\2");
    corpus.add("//r/:_authToken=${T}\n_password=x\n", "\3");
    corpus.add("<!-- <password>a</password> --><password>{b}</password>", "\5");
}

} // namespace

/// seeds DIRECTORY: writes the inputs that fuzzing begins with, one folder a target.
int main(int count, char **arguments)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: seeds DIRECTORY\n");
        return 2;
    }
    const fs::path root = arguments[1];
    writeLayers(root);
    writeCompressed(root);
    writeDocuments(root);
    writePackages(root);
    writeYaml(root);
    writeStructureTests(root);
    writeNames(root);
    writeChallenges(root);
    writeElf(root);
    writeHistory(root);
    writeSecrets(root);
    writeFilters(root);
    writeStacks(root);
    writeImages(root);
    return 0;
}
