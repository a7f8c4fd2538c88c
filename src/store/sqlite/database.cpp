// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.h"

#include <cerrno>

#include <sqlite3.h>
#include <unistd.h>

#include "store/sqlite/migrations.h"

namespace spindle::store {
namespace {

constexpr int kBusyMilliseconds = 5000; // longer than any of our transactions; short for a person

bool file_has_content(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return !error && size > 0;
}

std::string percent_encoded(const std::string& path) {
    std::string text;
    for (const char c : path) {
        const bool special = c == '%' || c == '?' || c == '#';
        text += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
    }
    return text;
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    ::sqlite3_finalize(statement);
}

Statement& Statement::bind(std::int64_t value) {
    bind_error_ |= ::sqlite3_bind_int64(statement_.get(), next_parameter_++, value);
    return *this;
}

Statement& Statement::bind(double value) {
    bind_error_ |= ::sqlite3_bind_double(statement_.get(), next_parameter_++, value);
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    bind_error_ |=
        ::sqlite3_bind_text64(statement_.get(), next_parameter_++, text.empty() ? "" : text.data(),
                              text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(std::span<const std::uint8_t> blob) {
    bind_error_ |= ::sqlite3_bind_blob64(statement_.get(), next_parameter_++, blob.data(),
                                         blob.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(std::optional<std::int64_t> value) {
    if (value) {
        return bind(*value);
    }
    bind_error_ |= ::sqlite3_bind_null(statement_.get(), next_parameter_++);
    return *this;
}

Result<bool> Statement::step() {
    if (bind_error_ != SQLITE_OK) {
        return tl::unexpected(database_->error(bind_error_));
    }
    const int code = ::sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    auto error = database_->error(code);
    ::sqlite3_reset(statement_.get());
    return tl::unexpected(std::move(error));
}

Result<void> Statement::run() {
    for (;;) {
        SPINDLE_TRY(const bool row, step());
        if (!row) {
            reset();
            return {};
        }
    }
}

void Statement::reset() {
    ::sqlite3_reset(statement_.get());
    next_parameter_ = 1;
    bind_error_ = SQLITE_OK;
}

bool Statement::is_null(int column) const {
    return ::sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return ::sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
    return ::sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(::sqlite3_column_blob(statement_.get(), column));
    const int size = ::sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

std::span<const std::uint8_t> Statement::blob(int column) const {
    const auto* bytes =
        static_cast<const std::uint8_t*>(::sqlite3_column_blob(statement_.get(), column));
    const int size = ::sqlite3_column_bytes(statement_.get(), column);
    return {bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(size)};
}

void Database::Close::operator()(sqlite3* handle) const {
    ::sqlite3_close_v2(handle);
}

Result<void> Database::open_handle(const std::string& name, int flags) {
    sqlite3* handle = nullptr;
    const int code =
        ::sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) {
        return tl::unexpected(error(code));
    }
    ::sqlite3_busy_timeout(handle, kBusyMilliseconds);
    // Hostile files: no functions or triggers of theirs may do more than read and write tables.
    ::sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    ::sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return {};
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, Access access) {
    std::unique_ptr<Database> database(new Database(path));
    if (access == Access::Write) {
        std::error_code ignored;
        const bool there = std::filesystem::exists(path, ignored);
        if (there && ::access(path.c_str(), W_OK) != 0) {
            return tl::unexpected(system_error(path.string(), errno));
        }
        SPINDLE_TRY_VOID(
            database->open_handle(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
        // WAL: readers go on while one process writes. NORMAL: a kill loses nothing, a power cut at
        // most the last commits, and the fingerprint index is compared with the store at each
        // start.
        SPINDLE_TRY_VOID(database->execute("PRAGMA journal_mode = WAL"));
        SPINDLE_TRY_VOID(
            database->execute("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON"));
        return database;
    }
    SPINDLE_TRY_VOID(database->open_handle(path.string(), SQLITE_OPEN_READONLY));
    const auto probe = database->execute("SELECT count(*) FROM sqlite_schema");
    const auto folder = path.parent_path().empty() ? "." : path.parent_path();
    if (!probe && ::access(folder.c_str(), W_OK) != 0 &&
        !file_has_content(path.string() + "-wal")) {
        // Read-only media: SQLite cannot make the shared-memory file WAL needs. Nobody else can
        // write either, so reading without locks is safe.
        SPINDLE_TRY_VOID(database->open_handle(
            "file:" + percent_encoded(std::filesystem::absolute(path).string()) + "?immutable=1",
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
        SPINDLE_TRY_VOID(database->execute("SELECT count(*) FROM sqlite_schema"));
    } else if (!probe) {
        return tl::unexpected(probe.error());
    }
    return database;
}

Database::~Database() = default;

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = ::sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                          &statement, nullptr);
    if (code != SQLITE_OK) {
        return tl::unexpected(error(code));
    }
    return Statement(statement, *this);
}

Result<void> Database::execute(std::string_view sql) {
    const int code =
        ::sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return tl::unexpected(error(code));
    }
    return {};
}

std::int64_t Database::changes() const {
    return ::sqlite3_changes64(handle_.get());
}

std::int64_t Database::last_id() const {
    return ::sqlite3_last_insert_rowid(handle_.get());
}

Error Database::error(int code) const {
    // What SQLite remembers is lost when a failed COMMIT is rolled back; errno is not, as what
    // works leaves it alone.
    const auto is_no_room = [](int number) {
        return number == ENOSPC || number == EDQUOT || number == EFBIG;
    };
    const bool errno_says_no_room = is_no_room(errno);
    const std::string name = path_.string();
    const int system = handle_ ? ::sqlite3_system_errno(handle_.get()) : 0;
    const bool no_room = is_no_room(system) || (code == SQLITE_IOERR_WRITE && errno_says_no_room);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {Code::NoSpace, name + ": the disk is full; make room and run the command again"};
    case SQLITE_IOERR:
        if (no_room) {
            return {Code::NoSpace,
                    name + ": the disk is full; make room and run the command again"};
        }
        break;
    case SQLITE_CANTOPEN:
        if (system != 0) {
            return system_error(name, system);
        }
        return {Code::NotFound, name + ": cannot be opened"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {Code::NoAccess, name + ": may not be written; check its permissions"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {Code::Busy, name + ": another process is writing; try again when it has finished"};
    case SQLITE_CORRUPT:
        return {Code::BadInput,
                name + ": damaged; move it away and run spindle library add to build a new one"};
    case SQLITE_NOTADB:
        return {Code::BadInput, name + ": not a Spindle library"};
    default:
        break;
    }
    return {Code::Failed,
            fmt::format("{}: {}", name,
                        handle_ ? ::sqlite3_errmsg(handle_.get()) : ::sqlite3_errstr(code))};
}

Result<Transaction> Transaction::begin(Database& database) {
    SPINDLE_TRY_VOID(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ != nullptr) {
        // A failed statement may have rolled back already; nothing more can be done about either.
        [[maybe_unused]] const auto ignored = database_->execute("ROLLBACK");
    }
}

Result<void> Transaction::commit() {
    SPINDLE_TRY_VOID(database_->execute("COMMIT"));
    database_ = nullptr;
    return {};
}

namespace {

Result<std::int64_t> schema_version(Database& database) {
    SPINDLE_TRY(auto statement, database.prepare("PRAGMA user_version"));
    SPINDLE_TRY_VOID(statement.step());
    return statement.integer(0);
}

Result<void> refuse_newer(std::int64_t version, const std::filesystem::path& path) {
    const auto known = static_cast<std::int64_t>(migrations().size());
    if (version > known || version < 0) {
        return fail(Code::BadInput,
                    "{}: written by a newer Spindle (schema {}, this one knows {}); update Spindle",
                    path.string(), version, known);
    }
    return {};
}

} // namespace

Result<void> migrate(Database& database, const std::filesystem::path& path) {
    SPINDLE_TRY(auto version, schema_version(database));
    SPINDLE_TRY_VOID(refuse_newer(version, path));
    if (version == static_cast<std::int64_t>(migrations().size())) {
        return {};
    }
    SPINDLE_TRY(auto transaction, Transaction::begin(database));
    SPINDLE_TRY(version, schema_version(database)); // somebody else may have been faster
    SPINDLE_TRY_VOID(refuse_newer(version, path));
    if (version == 0) {
        SPINDLE_TRY(auto foreign, database.prepare("SELECT count(*) FROM sqlite_schema"));
        SPINDLE_TRY_VOID(foreign.step());
        if (foreign.integer(0) != 0) {
            return fail(Code::BadInput, "{}: a database, but not a Spindle library", path.string());
        }
    }
    for (const Migration& migration : migrations().subspan(static_cast<std::size_t>(version))) {
        SPINDLE_TRY_VOID(database.execute(migration.sql));
    }
    SPINDLE_TRY_VOID(
        database.execute(fmt::format("PRAGMA user_version = {}", migrations().size())));
    return transaction.commit();
}

Result<Schema> check_schema(Database& database, const std::filesystem::path& path) {
    SPINDLE_TRY(const auto version, schema_version(database));
    SPINDLE_TRY_VOID(refuse_newer(version, path));
    if (version == 0) {
        return fail(Code::BadInput,
                    "{}: empty, or not a Spindle library; spindle library add begins one",
                    path.string());
    }
    return version == static_cast<std::int64_t>(migrations().size()) ? Schema::Current
                                                                     : Schema::Older;
}

} // namespace spindle::store
