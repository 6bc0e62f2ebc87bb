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
    const auto cache =
        path.empty() ? Result<AnalysisCachePtr>(
                           fail(ErrorCode::NotFound, "there is no place for a cache; set HOME"))
                     : AnalysisCache::open(path, limits->cacheBytes);
    if (!cache) {
        return failWith(context, cache.error());
    }
    if (!words.empty()) {
        if (const Result<> cleared = (*cache)->clear(); !cleared) {
            return failWith(context, cleared.error());
        }
    }
    const CacheDirectory::Usage usage = (*cache)->usage();
    context.output.write(displayText(path) + "\n" + formatCount(usage.files, "file", "files") + ", "
                         + formatBytes(usage.bytes) + " of at most "
                         + formatBytes((*cache)->limit()) + "\n");
    if (const Result<> done = context.output.finish(); !done) {
        return failWith(context, done.error());
    }
    return ExitOk;
}

} // namespace cutaway::cli
