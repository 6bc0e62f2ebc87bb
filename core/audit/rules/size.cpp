// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/sizechecks.h"

namespace cutaway {

namespace {

constexpr std::array kRules = {
    Rule{.id = "size/tmp-files",
         .title = "Files left in temporary folders",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "What a build step leaves in /tmp is shipped with the image, and no container asks "
                "for it.",
         .fix = "rm -rf /tmp/* /var/tmp/* in the RUN that fills them, or RUN "
                "--mount=type=tmpfs,target=/tmp.",
         .references = references::kCaches,
         .check = &temporaryFiles,
         .detects = "Files in /tmp, /var/tmp, /usr/tmp, /dev/shm and /run: 16 KiB or more in one "
                    "layer. Medium when the working directory or the program is there.",
         .guards = "Empty directories, links, sockets, what engines leave in /run; tools' caches "
                   "are told by the rules about caches.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/log-files",
         .title = "Logs of the build",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Logs of package managers and build tools are of no use to a container, and differ "
                "from build to build.",
         .fix = "Remove them in the RUN that writes them.",
         .references = references::kCaches,
         .check = &logFiles,
         .detects = "Files below /var/log, *.log of the application, crash logs of tools: 16 KiB "
                    "or more in one layer.",
         .guards = "Links to /dev/stdout, empty files; lastlog and faillog have a rule of their "
                   "own.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/build-tools",
         .title = "Compilers and build tools",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "What only a build needs makes the image larger and gives an intruder tools.",
         .fix = "Build in an earlier stage and copy the result: COPY --from=build. Or remove them "
                "in the RUN that installs them: apk add --virtual .build … && apk del .build.",
         .references = references::kSize,
         .check = &buildTools,
         .detects = "gcc, clang, make, cmake, cargo, javac, mvn and their like in the program "
                    "folders; packages such as build-essential, build-base and kernel headers.",
         .guards = "Images for building, by name, label or entrypoint; links to busybox.",
         .aliases = "CIS-4.3",
         .traits = LessInBase | NamesOwners},
    Rule{.id = "size/leftover-archives",
         .title = "Archives that were unpacked or never needed",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "An archive beside what came out of it is shipped twice.",
         .fix = "Download, unpack and delete in one RUN; or ADD the archive, which unpacks it; or "
                "RUN --mount=type=bind.",
         .references = references::kSize,
         .check = &leftoverArchives,
         .detects = "Archives and packages of 256 KiB and more outside the base image. Certain "
                    "when a directory of the same name stands beside.",
         .guards = "Java archives; what the command or a variable names; zip files of Python "
                   "packages and the wheels of its installer; caches, which have rules of their "
                   "own.",
         .aliases = "DL3010",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/docs-locales",
         .title = "Manuals and languages",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Nobody reads a manual page in a container, and a service speaks one language.",
         .fix = "Do not install them: path-exclude in /etc/dpkg/dpkg.cfg.d, dnf "
                "--setopt=tsflags=nodocs, gem install --no-document, or a slim base.",
         .references = references::kDocs,
         .check = &docsAndLocales,
         .detects = "Files below /usr/share/{doc,man,info,gtk-doc,help,locale,i18n}, their like "
                    "below /usr/local, Ruby's ri: 1 MiB or more in one layer.",
         .guards = "Licences and copyright files, which have to be there; the languages that LANG "
                   "and LC_ALL name; base distributions are info.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/dev-residue",
         .title = "What tests and compilers leave",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Tests, their reports, source maps and packages for development are not run in "
                "production.",
         .fix = "npm ci --omit=dev; pip install without tests, or delete them in the same RUN; "
                "copy the result of an earlier stage.",
         .references = references::kSize,
         .check = &developmentResidue,
         .detects =
             "Tests of installed Python packages and gems, .pytest_cache, .mypy_cache, .tox, "
             "htmlcov, node_modules/.cache, packages for development in node_modules, "
             "source maps, stale __pycache__: 1 MiB or more in one layer.",
         .guards = "Images for building; what package.json names as a dependency; compiled Python "
                   "of installed packages; npm's own packages.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/dev-files",
         .title = "Headers and static libraries",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Only a compiler reads them.",
         .fix = "Install the -dev packages in an earlier stage and the libraries alone in the last "
                "one.",
         .references = references::kSize,
         .check = &developmentFiles,
         .detects = "/usr/include, /usr/local/include, *.a, *.la, *.pc, *.cmake: 1 MiB or more in "
                    "one layer.",
         .guards = "Images for building; Go's and Rust's own libraries; static libraries up to "
                   "100 KiB; Python's headers alone are info.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/debug-symbols",
         .title = "Symbols for debuggers",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsContent | NeedsPosix,
         .why = "Only a debugger reads them, and they often weigh more than the program.",
         .fix = "strip --strip-unneeded in the RUN that brings them; -ldflags \"-s -w\" for Go, "
                "strip = true for Cargo. Keep the symbols apart, outside the image.",
         .references = references::kSize,
         .check = &debugSymbols,
         .detects =
             "Debug sections and symbol tables of 256 KiB and more in programs and "
             "libraries; /usr/lib/debug, *.debug, *.dwo, *.pdb, *.dSYM: 1 MiB or more in one "
             "layer.",
         .guards = "Kernel modules and objects; of Go's programs the debug sections alone count.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/duplicate-files",
         .title = "The same file several times",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Each copy is downloaded and stored again.",
         .fix = "Copy once and link, or mount the one from where it is.",
         .references = references::kSize,
         .check = &duplicateFiles,
         .detects = "Files of 64 KiB and more with the same content at several paths: 1 MiB or "
                    "more of spare copies.",
         .guards = "Hard and symbolic links; compiled Python, licences, folders for several "
                   "processors, the interpreter of a virtual environment; what other rules about "
                   "bytes name.",
         .traits = CountsBytes | LessInBase | NamesOwners},
    Rule{.id = "size/baked-data",
         .title = "Data in the image",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "Data lives longer than a release. In the image each update of one brings the "
                "other along.",
         .fix = "Mount it as a volume or fetch it when the container starts; keep small defaults "
                "alone. A label that ends in data.bundled=true says that it is meant so.",
         .references = references::kData,
         .check = &bakedData,
         .detects = "Databases, tables, models, media of 10 MiB and more above the base; folders "
                    "named data, datasets, dumps, backup, models of 50 MiB and more.",
         .guards = "The base image; installed packages; time zones, GeoIP and ICU data; package "
                   "databases."},
    Rule{.id = "size/core-dumps",
         .title = "The memory of a process that died",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsContent | NeedsPosix,
         .why = "A dump is large, and holds what the process had in its memory: passwords, keys, "
                "other people's data.",
         .fix = "Remove it in the RUN that makes it; ulimit -c 0 keeps a build from writing one.",
         .references = references::kSecrets,
         .check = &coreDumps,
         .detects =
             "core, core.123, *.core, vgcore.*, *.hprof, *.dmp whose content is an ELF core, "
             "a Java heap or a minidump.",
         .guards = "Files that only have such a name.",
         .traits = LessInBase | NamesOwners},
    Rule{.id = "size/sparse-user-logs",
         .title = "Login logs grown by large user numbers",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsPosix,
         .why = "useradd with a high number makes lastlog and faillog as long as that number says. "
                "Archives often store the hole as zeros.",
         .fix = "useradd --no-log-init (-l).",
         .references = references::kUser,
         .check = &sparseUserLogs,
         .detects = "/var/log/{lastlog,faillog,tallylog} of more than 1 MiB in any layer.",
         .guards = "Smaller ones.",
         .aliases = "DL3046",
         .traits = LessInBase},
    Rule{.id = "size/large-image",
         .title = "A large image",
         .severity = Severity::Medium,
         .needs = NeedsTree,
         .why = "Every byte is downloaded, stored and scanned wherever the image runs.",
         .fix = "Start with the largest folders in the evidence; a slimmer base and a build in "
                "several stages bring most.",
         .references = references::kSize,
         .check = &largeImage,
         .detects = "File bytes of all layers: low from 500 MiB, medium from 1.5 GiB; four times "
                    "as much with CUDA libraries.",
         .guards = "Smaller ones.",
         .traits = 0},
};

} // namespace

std::span<const Rule> sizeRules()
{
    return kRules;
}

} // namespace cutaway
