// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/damaged_database.h"

#include <ctime>

#include <sqlite3.h>

#include "io/file.h"
#include "store/sqlite/database.h"

namespace spindle::store {
namespace {

bool is_damage(int code) {
    return (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
}

struct Close {
    void operator()(sqlite3* handle) const { ::sqlite3_close_v2(handle); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { ::sqlite3_finalize(statement); }
};

/// The first row of a query's first column, or the damage met on the way.
struct Looked {
    int code = SQLITE_OK;
    std::string text;
};
Looked look(sqlite3* handle, const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    Looked looked;
    looked.code = ::sqlite3_prepare_v2(handle, sql.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalize> statement(raw);
    if (looked.code == SQLITE_OK) {
        looked.code = ::sqlite3_step(raw);
        if (looked.code == SQLITE_ROW) {
            const auto* const text = ::sqlite3_column_text(raw, 0);
            looked.text = text == nullptr ? "" : reinterpret_cast<const char*>(text);
        }
    }
    return looked;
}

std::string date_of(std::int64_t now) {
    const auto seconds = static_cast<std::time_t>(now);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts)};
}

} // namespace

Result<std::optional<std::string>> damage_of(const std::filesystem::path& database,
                                             std::span<const std::string_view> tables) {
    std::error_code error;
    if (!std::filesystem::exists(database, error) || error ||
        std::filesystem::file_size(database, error) == 0) {
        return std::nullopt;
    }
    sqlite3* raw = nullptr;
    const int opened = ::sqlite3_open_v2(database.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, Close> handle(raw);
    if (opened != SQLITE_OK) {
        return std::nullopt; // whoever opens it next says why
    }
    ::sqlite3_busy_timeout(raw, 5000);
    const Looked schema = look(raw, "SELECT count(*) FROM sqlite_schema");
    if (is_damage(schema.code)) {
        return ::sqlite3_errstr(schema.code);
    }
    for (const std::string_view table : tables) {
        const Looked there =
            look(raw, fmt::format("SELECT name FROM sqlite_schema WHERE name = '{}'"
                                  " AND type = 'table'",
                                  table));
        if (there.text.empty() && !is_damage(there.code)) {
            continue; // of an older Spindle
        }
        const Looked checked = look(raw, fmt::format("PRAGMA quick_check('{}')", table));
        if (is_damage(there.code) || is_damage(checked.code)) {
            return ::sqlite3_errstr(SQLITE_CORRUPT);
        }
        if (checked.code == SQLITE_ROW && checked.text != "ok") {
            return checked.text;
        }
    }
    return std::nullopt;
}

Result<std::optional<std::filesystem::path>> set_aside(const std::filesystem::path& database,
                                                       std::span<const std::string_view> tables,
                                                       std::int64_t now) {
    SPINDLE_TRY(const auto lock, io::FileLock::acquire(database.string() + ".repair"));
    SPINDLE_TRY(const auto damage, damage_of(database, tables)); // somebody may have been faster
    if (!damage) {
        return std::nullopt;
    }
    std::error_code error;
    std::filesystem::path aside = database.string() + ".damaged-" + date_of(now);
    for (int i = 2; std::filesystem::exists(aside, error); ++i) {
        aside = fmt::format("{}.damaged-{}-{}", database.string(), date_of(now), i);
    }
    for (const char* companion : {"-wal", "-shm", ""}) { // the file itself last
        const std::filesystem::path from = database.string() + companion;
        if (std::filesystem::exists(from, error)) {
            std::filesystem::rename(from, aside.string() + companion, error);
            if (error) {
                return tl::unexpected(system_error(from.string(), error.value()));
            }
        }
    }
    SPINDLE_TRY_VOID(io::sync_folder(database.parent_path()));
    return aside;
}

} // namespace spindle::store
