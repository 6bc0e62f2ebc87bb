// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"

#include "core/audit/capture.h"
#include "core/audit/osrelease.h"
#include "core/base/confine.h"
#include "core/base/hash.h"
#include "core/inspect/attestedbills.h"
#include "core/inspect/imagecontents.h"
#include "core/inspect/wholecontents.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <iterator>
#include <new>
#include <optional>
#include <thread>
#include <utility>

namespace cutaway {

namespace {

using Outcome = std::expected<Inspected, InspectError>;

std::unexpected<InspectError> giveUp(Error error, std::vector<ImageCandidate> candidates = {})
{
    return std::unexpected(InspectError{std::move(error), std::move(candidates)});
}

/// Loads what was chosen, as `options` say otherwise.
Result<ImagePtr> loadChosen(ImageSource &source,
                            const LoadOptions &chosen,
                            const InspectOptions &options,
                            Monitor &monitor)
{
    LoadOptions load = chosen;
    load.limits = options.open.limits;
    const bool isBaseOfPolicy = options.base.empty() && options.policy != nullptr;
    load.base = isBaseOfPolicy ? options.policy->baseReference : options.base;
    load.cache = options.cache;
    load.wantContents = options.wantContents;
    load.watch = options.open.watch;
    load.observer = options.observer;
    load.priority = options.priority;
    return loadImage(source, load, monitor);
}

Packages packagesOf(const Image &image, const FileContents &contents)
{
    const OsRelease release = osReleaseOf(*image.tree, &contents).value_or(OsRelease());
    return findPackages(image, contents, {release.id, release.version, release.name});
}

/// Bills that lie beside the image are held against the packages as those inside it were.
void addAttestedBills(ImageSource &source, const Image &image, Packages &packages)
{
    std::vector<FoundBill> attested = attestedBills(source, image);
    if (!attested.empty()) {
        std::ranges::move(attested, std::back_inserter(packages.bills.list));
        compareBills(packages.list, packages.bills);
    }
}

/// What is installed, and whether it is as it came.
Packages examinePackages(const std::shared_ptr<ImageSource> &source,
                         const ImagePtr &image,
                         const ImageContents &contents,
                         Monitor &monitor)
{
    monitor.beginStep("Finding packages");
    Packages packages = packagesOf(*image, contents);
    addAttestedBills(*source, *image, packages);
    checkFiles(*image, contents, wholeContents(source, image, contents, monitor), packages);
    return packages;
}

Outcome judge(const std::shared_ptr<ImageSource> &source,
              const ImagePtr &image,
              std::shared_ptr<ImageContents> contents,
              const Policy *policy,
              Monitor &monitor)
{
    monitor.beginStep("Analysing");
    auto analysis = analyze(*image, monitor);
    if (!analysis) {
        return giveUp(analysis.error());
    }
    AuditOptions options;
    options.contents = contents.get();
    options.policy = policy;
    std::optional<Packages> packages;
    if (contents != nullptr) {
        packages = examinePackages(source, image, *contents, monitor);
        options.packages = &*packages;
    }
    auto inspection = audit(image, std::move(*analysis), options, monitor);
    if (!inspection) {
        return giveUp(inspection.error());
    }
    inspection->packages = std::move(packages);
    if (contents != nullptr) {
        contents->outliveMonitor();
    }
    return Inspected{
        std::make_shared<const Inspection>(std::move(*inspection)), source, std::move(contents)};
}

/// However it ends, the source may be kept and asked when the monitor is gone.
class Outliving
{
public:
    explicit Outliving(ImageSource &source)
        : m_source(source)
    {}
    ~Outliving() { m_source.outliveMonitor(); }
    Outliving(const Outliving &) = delete;
    Outliving &operator=(const Outliving &) = delete;

private:
    ImageSource &m_source;
};

Outcome followLine(const Reference &reference, const InspectOptions &options, Monitor &monitor)
{
    auto opened = openSource(reference, options.open, monitor);
    if (!opened) {
        return giveUp(opened.error());
    }
    const std::shared_ptr<ImageSource> source = std::move(*opened);
    auto candidates = source->images();
    if (!candidates) {
        return giveUp(candidates.error());
    }
    const std::string &wanted = options.image.empty() ? reference.image : options.image;
    const auto index = chooseImage(*candidates, wanted, options.platform);
    if (!index) {
        const bool isChoiceLeft = index.error().code == ErrorCode::InvalidInput;
        return giveUp(index.error(),
                      isChoiceLeft ? std::move(*candidates) : std::vector<ImageCandidate>());
    }
    const Outliving outliving(*source);
    LoadOptions load;
    load.index = *index;
    load.reference = reference.text;
    ImageFacts facts;
    load.facts = &facts;
    const auto image = loadChosen(*source, load, options, monitor);
    if (!image) {
        return giveUp(image.error());
    }
    std::shared_ptr<ImageContents> contents;
    if (options.open.watch) {
        contents = std::make_shared<ImageContents>(source, *image, std::move(facts), monitor);
    }
    if (options.depth == InspectDepth::Tree || options.depth == InspectDepth::Packages) {
        Inspection inspection;
        inspection.image = *image;
        if (contents != nullptr) {
            inspection.packages = examinePackages(source, *image, *contents, monitor);
        }
        return Inspected{std::make_shared<const Inspection>(std::move(inspection)), source};
    }
    return judge(source, *image, std::move(contents), options.policy.get(), monitor);
}

/// Lets writing beyond the limit on file sizes be an error, as on a full disk, and not the
/// program's end. For this thread and those that it starts.
void holdBackFileSizeSignal()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGXFSZ);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

/// In the loader's own thread: as soon as the source is open, the thread gives up whatever else it
/// might do, and with it all readers, which it starts later.
Outcome loadConfined(const Reference &reference, InspectOptions options, Monitor &monitor)
{
    holdBackFileSizeSignal();
    // What libraries open at first use they shall have opened before: OpenSSL its settings.
    const Hasher hasher(HashAlgorithm::Sha256);
    const ContentHasher contentHasher;
    if (options.depth != InspectDepth::Tree && options.depth != InspectDepth::Numbers) {
        options.open.watch =
            options.depth == InspectDepth::Packages ? packageWatch() : auditWatch();
    }
    const auto tellCaller = std::move(options.open.onOpened);
    options.open.onOpened = [&tellCaller, cache = options.cache](const Confinement &needed) {
        Confinement allowed = needed;
        if (cache != nullptr) {
            allowed.writable.push_back(cache->path());
        }
        confineThread(allowed);
        if (tellCaller) {
            tellCaller(needed);
        }
    };
    return followLine(reference, options, monitor);
}

/// In a thread of its own, which ends with it. Throws what that threw.
Outcome inspectApart(const Reference &reference, const InspectOptions &options, Monitor &monitor)
{
    InspectOptions own = options;
    own.open.analyses = options.cache;
    if (reference.transport == Reference::Transport::Registry && own.open.blobs == nullptr) {
        // Held here: the loader's thread, once confined, could not remove the directory.
        auto temporary = BlobCache::openTemporary();
        if (!temporary) {
            return giveUp(temporary.error());
        }
        own.open.blobs = std::move(*temporary);
    }
    std::optional<Outcome> outcome;
    std::exception_ptr thrown;
    std::jthread([&] {
        try {
            outcome.emplace(loadConfined(reference, own, monitor));
        } catch (...) {
            thrown = std::current_exception();
        }
    }).join();
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    return std::move(*outcome);
}

} // namespace

Outcome inspect(const Reference &reference, const InspectOptions &options, Monitor &monitor)
{
    try {
        return inspectApart(reference, options, monitor);
    } catch (const std::bad_alloc &) {
        return giveUp({ErrorCode::LimitExceeded, "there is not enough memory for this image"});
    } catch (const std::exception &exception) { // no thread to be had, mostly
        return giveUp({ErrorCode::Io, exception.what()});
    }
}

} // namespace cutaway
