// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"
#include "core/cache/analysiscache.h"

namespace cutaway::cli {

AnalysisCachePtr openCache(const Arguments &arguments, const Limits &limits)
{
    const std::string path = defaultCachePath();
    if (arguments.has("--no-cache") || path.empty()) {
        return nullptr;
    }
    auto cache = AnalysisCache::open(path, limits.cacheBytes);
    return cache ? std::move(*cache) : nullptr; // goes without, only slower
}

BlobCachePtr openBlobs(const Arguments &arguments)
{
    const std::string path = defaultBlobPath();
    if (arguments.has("--no-cache") || path.empty()) {
        return nullptr;
    }
    auto blobs = BlobCache::open(path);
    return blobs ? std::move(*blobs) : nullptr;
}

namespace {

std::string usageText(const std::string &path, CacheDirectory::Usage usage, std::uint64_t limit)
{
    return displayText(path) + "\n" + formatCount(usage.files, "file", "files") + ", "
           + formatBytes(usage.bytes) + " of at most " + formatBytes(limit) + "\n";
}

} // namespace

int runCache(Context &context)
{
    const std::vector<std::string> &words = context.arguments.words;
    if (!words.empty() && words.front() != "clear") {
        complain("'" + displayText(words.front())
                 + "' is nothing that the cache can do; see "
                   "cutaway-cli help cache");
        return ExitUsage;
    }
    const Result<Limits> limits = limitsOf(context.arguments);
    if (!limits) {
        return failOption(context, limits.error());
    }
    const std::string path = defaultCachePath();
    if (path.empty()) {
        return failWith(context, {ErrorCode::NotFound, "there is no place for a cache; set HOME"});
    }
    const auto cache = AnalysisCache::open(path, limits->cacheBytes);
    const auto blobs = cache ? BlobCache::open(defaultBlobPath())
                             : Result<BlobCachePtr>(std::unexpected(cache.error()));
    if (!blobs) {
        return failWith(context, blobs.error());
    }
    if (!words.empty()) {
        const Result<> cleared = (*cache)->clear();
        const Result<> gone = cleared ? (*blobs)->clear() : cleared;
        if (!gone) {
            return failWith(context, gone.error());
        }
    }
    context.output.write(usageText(path, (*cache)->usage(), (*cache)->limit())
                         + usageText(defaultBlobPath(), (*blobs)->usage(), (*blobs)->limit()));
    return finish(context);
}

} // namespace cutaway::cli
