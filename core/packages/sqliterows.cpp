// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/sqliterows.h"

#include "core/packages/packagelimits.h"

#include <memory>
#include <sqlite3.h>

namespace cutaway {

namespace {

struct Close
{
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

constexpr int kStepsAtOnce = 10'000;

/// Called every so many steps; not 0 stops.
int spend(void *left)
{
    auto &rounds = *static_cast<std::uint64_t *>(left);
    if (rounds == 0) {
        return 1;
    }
    --rounds;
    return 0;
}

/// The schema is a stranger's: no views, triggers or functions of it.
void distrust(sqlite3 *database)
{
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(limits::kPackageFileBytes));
}

/// A database with a write-ahead log asks for its other files, which are not here.
void forgetLog(std::string &bytes)
{
    constexpr std::size_t kWriteVersion = 18;
    constexpr std::size_t kReadVersion = 19;
    if (bytes.size() > kReadVersion) {
        bytes[kWriteVersion] = 1;
        bytes[kReadVersion] = 1;
    }
}

std::unexpected<Error> failWith(sqlite3 *database)
{
    return fail(ErrorCode::Corrupt, sqlite3_errmsg(database));
}

} // namespace

Result<> forEachSqliteBlob(std::string bytes,
                           const char *query,
                           const std::function<void(std::string_view blob)> &visit)
{
    forgetLog(bytes);
    sqlite3 *opened = nullptr;
    const int status =
        sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    const Database database(opened);
    if (status != SQLITE_OK) {
        return fail(ErrorCode::Io, "sqlite cannot be started");
    }
    distrust(database.get());
    std::uint64_t rounds = limits::kSqliteSteps / kStepsAtOnce;
    sqlite3_progress_handler(database.get(), kStepsAtOnce, &spend, &rounds);
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    if (sqlite3_deserialize(database.get(),
                            "main",
                            reinterpret_cast<unsigned char *>(bytes.data()),
                            size,
                            size,
                            SQLITE_DESERIALIZE_READONLY)
        != SQLITE_OK) {
        return failWith(database.get());
    }
    sqlite3_stmt *prepared = nullptr;
    if (sqlite3_prepare_v2(database.get(), query, -1, &prepared, nullptr) != SQLITE_OK) {
        return failWith(database.get());
    }
    const Statement statement(prepared);
    int step = sqlite3_step(statement.get());
    for (; step == SQLITE_ROW; step = sqlite3_step(statement.get())) {
        const void *blob = sqlite3_column_blob(statement.get(), 0);
        const int length = sqlite3_column_bytes(statement.get(), 0);
        visit({static_cast<const char *>(blob), static_cast<std::size_t>(length)});
    }
    return step == SQLITE_DONE ? Result<>() : Result<>(failWith(database.get()));
}

} // namespace cutaway
