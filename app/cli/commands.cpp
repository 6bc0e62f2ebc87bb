// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "app/cli/auditpolicy.h"
#include "core/base/text.h"
#include "core/report/formats.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <new>

namespace cutaway::cli {
namespace {

constexpr std::size_t kManyWords = 100'000;

std::vector<std::string_view> auditFormatNames()
{
    std::vector<std::string_view> names;
    for (const AuditFormat &format : auditFormats()) {
        names.push_back(format.name);
    }
    return names;
}

std::vector<Option> auditOptions()
{
    std::vector<Option> options = policyOptions();
    options.push_back(
        {"--all", "", "", "sarif: also the rules that found nothing or could not be asked"});
    options.push_back({"--timestamp", "", "", "reports say when they were made"});
    return options;
}

/// Those of the audit that say what counts, not what is written.
std::vector<Option> compareOptions()
{
    std::vector<Option> options = policyOptions();
    std::erase_if(options, [](const Option &option) {
        return option.name.contains("baseline") || option.name == "--fail-on-grade";
    });
    options.push_back({"--gate", "", "", "exit code 1 when the second image is a step back"});
    return options;
}

const std::vector<Command> kCommands = {
    {"inspect",
     "REF",
     "the one-page summary: what it is, what it weighs and why",
     "",
     {"text", "json"},
     {},
     1,
     1,
     runInspect},
    {"layers",
     "REF",
     "sizes, waste and build step of each layer",
     "",
     {"text", "json"},
     {},
     1,
     1,
     runLayers},
    {"files",
     "REF [GLOB…]",
     "the files, as a container sees them or layer by layer",
     "A GLOB is matched against the whole path; without a leading slash at any depth. A name\n"
     "without * ? [ stands for that path and all below it.",
     {"text", "json", "ndjson"},
     {{"--view",
       "",
       "VIEW",
       "final (what a container sees), at (after --layer), layer (what --layer changes), all",
       "final at layer all"},
      {"--layer", "-l", "N", "the layer, counted from 0; alone it means --view layer"},
      {"--sort", "", "BY", "path or size", "path size"},
      {"--where",
       "",
       "FILTER",
       "only what the filter leaves: 'size>10MB type:setuid', '!*.py', 'content:\"BEGIN RSA\"'"},
      {"--hash", "", "", "give the SHA-256 of each file's content (reads the contents once more)"}},
     1,
     kManyWords,
     runFiles,
     InspectDepth::Tree},
    {"waste",
     "REF",
     "bytes that are shipped and never seen, by cause",
     "",
     {"text", "json"},
     {},
     1,
     1,
     runWaste},
    {"what-if",
     "REF",
     "what the image would weigh, built otherwise",
     "Without --merge and --drop: what would save most. What layers hide of each other is saved "
     "when "
     "one\nstep builds them; the bytes to pull are estimated.",
     {"text", "json"},
     {{"--merge", "", "N-M", "layers N to M as one; may be given more than once"},
      {"--drop", "", "PATH", "this path, and all below it, left out; may be given more than once"}},
     1,
     1,
     runWhatIf},
    {"history",
     "REF PATH",
     "one path's timeline over the layers",
     "",
     {"text", "json"},
     {},
     2,
     2,
     runHistory},
    {"cat",
     "REF PATH",
     "the bytes of one file",
     "Symbolic links are followed inside the image.",
     {"raw"},
     {{"--layer", "-l", "N", "the file as this layer holds it, though it may be hidden later"}},
     2,
     2,
     runCat,
     InspectDepth::Tree},
    {"extract",
     "REF PATH…",
     "files, subtrees or the whole root file system (/) to a directory",
     "Files keep their whole path below DIR, their modes and times, and their hard links. Nothing "
     "is\n"
     "ever written outside DIR, and no link of the image is followed. setuid and setgid are "
     "dropped.",
     {"text"},
     {{"--directory", "-C", "DIR", "where to; made when it is not there (default: .)"},
      {"--layer", "-l", "N", "the file system as it is after this layer"},
      {"--force", "", "", "write into a directory that is not empty, replacing files"},
      {"--owner", "", "", "keep owners (as root: setuid and setgid too)"}},
     2,
     kManyWords,
     runExtract,
     InspectDepth::Tree},
    {"dockerfile",
     "REF",
     "the build steps, rebuilt as a Dockerfile",
     "",
     {"text", "json"},
     {},
     1,
     1,
     runDockerfile},
    {"gate",
     "REF",
     "dive's CI rules, from .dive-ci or options; exit code 1 when one fails",
     "A rule is disabled with \"disabled\", \"off\", \"false\" or an empty value. When the file is "
     "there its\n"
     "rules count instead of those given as options.",
     {"text", "json"},
     {{"--ci-config", "", "FILE", "the rules (default: .dive-ci)"},
      {"--lowestEfficiency", "", "0…1", "fail below this efficiency (default: 0.9)"},
      {"--highestWastedBytes", "", "SIZE", "fail above this waste, as 20MB (default: disabled)"},
      {"--highestUserWastedPercent",
       "",
       "0…1",
       "fail above this share of the user's bytes (default: 0.1)"}},
     1,
     1,
     runGate},
    {"images",
     "[ENGINE]",
     "the images that Docker and Podman hold, with the reference that opens each",
     "ENGINE is docker or podman. Sizes are the engine's own. Sockets are looked for where "
     "DOCKER_HOST,\n"
     "Docker's context and CONTAINER_HOST say, else in the usual places.",
     {"text", "json"},
     {},
     0,
     1,
     runImages},
    {"cache",
     "[clear]",
     "where analyses and images of registries are kept, how much that is; clear: forget them",
     "An image that was read before, and whose file nobody has written to since, opens at once. "
     "The\n"
     "cache may be removed at any time.",
     {"text"},
     {},
     0,
     1,
     runCache},
    {"audit",
     "REF",
     "findings of the rules, with evidence and a grade; exit code 1 from high on",
     "The policy is --policy, else .cutaway.yaml in the working directory, else "
     "cutaway/policy.yaml\nbelow $XDG_CONFIG_HOME; what options say goes over it. Exit code 2: an "
     "error in the policy.\n--output may be given more than once: --output FORMAT=FILE writes a "
     "further report.",
     auditFormatNames(),
     auditOptions(),
     1,
     1,
     runAudit,
     InspectDepth::Contents,
     true},
    {"rules",
     "[ID]",
     "the rules of the audit, or one of them explained",
     "ID is a rule's own or another tool's for the same check: CIS-DI-0001, DL3002.",
     {"text", "json", "markdown"},
     {},
     0,
     1,
     runRules},
    {"contract",
     "REF",
     "what the image expects and offers: variables, ports, volumes, links, signals",
     "What labels document (api.ENV.NAME and its older forms), what the configuration declares and "
     "what\n"
     "can be inferred from the files; the rest is only known when it runs.",
     {"text", "json", "markdown"},
     {{"--skeleton",
       "",
       "KIND",
       "a start for running it: run (docker run), compose (a service) or pod (Kubernetes)",
       "run compose pod"}},
     1,
     1,
     runContract,
     InspectDepth::Contents},
    {"packages",
     "REF",
     "what is installed, heaviest first, and what no package owns",
     "Out of the databases that lie in the layers: dpkg's, apk's, rpm's, pacman's and opkg's, the "
     "metadata\n"
     "of Python distributions, Node.js modules, Ruby gems and others, and what programs of Go, "
     "Rust,\n"
     "Java and .NET say of themselves. Nothing is run.",
     {"text", "json", "csv", "spdx", "cyclonedx"},
     {{"--owner", "", "PATH", "whose this path is; may be given more than once"},
      {"--files", "", "", "spdx, cyclonedx: list the packages' files with SHA-1 and SHA-256"},
      {"--scope",
       "",
       "SCOPE",
       "spdx, cyclonedx: squashed (what a container has), all-layers (removed packages too)",
       "squashed all-layers"}},
     1,
     1,
     runPackages,
     InspectDepth::Packages,
     true},
    {"compare",
     "BEFORE AFTER",
     "what differs between two images, and whether the second is better or worse",
     "Layers, files, configuration and contract, build steps, findings, packages and sizes. "
     "--platform,\n"
     "--image and --base may be given twice, once for each: compare index.tar index.tar "
     "--platform\n"
     "linux/amd64 --platform linux/arm64. --gate fails for new findings from --fail-on on, for a "
     "worse\n"
     "grade, and where a limit of the policy is broken by more than before: size.max, "
     "layer.minEfficiency,\n"
     "layer.maxWasted, layer.maxWastedPct and the budgets of paths.",
     {"text", "json", "markdown"},
     compareOptions(),
     2,
     2,
     runCompare,
     InspectDepth::Contents,
     true},
    {"test",
     "REF FILE…",
     "container-structure-test files, without a container; exit code 1 when a test fails",
     "Each FILE is YAML or JSON of the schema 2.0.0. Tests of files, their contents, metadata and\n"
     "licenses are answered; those that run a command are skipped.",
     {"text", "json", "junit"},
     {},
     2,
     kManyWords,
     runTest,
     InspectDepth::Tree},
    {"tags",
     "NAME[:TAG|@DIGEST]",
     "what a registry has: tags of a repository, or what one stands for; of a host its "
     "repositories",
     "NAME is HOST/REPOSITORY or HOST. With a tag or a digest: its platforms, and what the "
     "registry\n"
     "keeps beside it (signatures, bills of materials, provenance). No layer is fetched.",
     {"text", "json"},
     {{"--most", "", "N", "names at the most (default: 1000)"},
      {"--no-referrers", "", "", "do not ask what is kept beside an image"}},
     1,
     1,
     runTags},
    {"login",
     "[HOST]",
     "sign in to a registry; the password goes into the desktop's keyring. Without HOST: where one "
     "is",
     "User and password are tried first. They are used before those of docker and podman, which "
     "are\n"
     "read too.",
     {"text"},
     {{"--username", "-u", "NAME", "who one is; asked for without it"},
      {"--password-stdin", "", "", "the password is the first line of standard input"}},
     0,
     1,
     runLogin},
    {"logout",
     "HOST",
     "forget what login has kept for a registry",
     "",
     {"text"},
     {},
     1,
     1,
     runLogout},
    {"completion",
     "SHELL",
     "what lets bash, fish or zsh complete command lines",
     "For this session: source <(cutaway-cli completion bash), or cutaway-cli completion fish | "
     "source.\n"
     "For zsh, write it to a file _cutaway-cli in a directory of $fpath.",
     {"text"},
     {},
     1,
     1,
     runCompletion},
    {"help",
     "[COMMAND]",
     "this list, or one command explained; limits: what can be raised",
     "",
     {"text"},
     {},
     0,
     1,
     runHelp},
};

const std::vector<Option> kSharedOptions = {
    {"--format", "-f", "FORMAT", "how the answer is written"},
    {"--output", "-o", "FILE", "write the answer to a file"},
    {"--platform", "", "OS/ARCH", "which platform, of an image for several"},
    {"--image", "", "WHICH", "which image of several: NAME:TAG, @INDEX or a digest"},
    {"--base", "", "BASE", "where the base image ends: the number of its layers, or its digest"},
    {"--no-cache", "", "", "read everything anew, and keep nothing"},
    {"--offline", "", "", "of registries, take what came from them before, and ask nobody"},
    {"--plain-http", "", "HOST", "speak to this registry (HOST:PORT) without TLS, if it has none"},
    {"--limit", "", "NAME=VALUE", "raise a limit; see help limits"},
    {"--quiet", "-q", "", "no progress"},
    {"--strict", "", "", "exit code 3 when there are notes on the image"},
    {"--no-trunc", "", "", "do not cut lines to the terminal's width"},
    {"--reveal", "", "", "show values that look like secrets"},
    {"--help", "-h", "", "explain the command"},
};

} // namespace

std::span<const Command> allCommands()
{
    return kCommands;
}

const Command *findCommand(std::string_view name)
{
    const auto found = std::ranges::find(kCommands, name, &Command::name);
    return found == kCommands.end() ? nullptr : &*found;
}

const std::vector<Option> &sharedOptions()
{
    return kSharedOptions;
}

} // namespace cutaway::cli
