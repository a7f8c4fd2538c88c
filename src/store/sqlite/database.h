// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/library_store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace spindle::store {

/// One prepared statement. Bind in the order of its parameters, then step() through the rows or
/// run() it; reset() makes it ready for other values. Must not outlive its Database.
class Statement {
public:
    Statement& bind(std::int64_t value);
    Statement& bind(double value);
    Statement& bind(std::string_view text);              ///< copied
    Statement& bind(std::span<const std::uint8_t> blob); ///< copied
    Statement& bind(std::optional<std::int64_t> value);  ///< NULL when empty
    Statement& bind(const char*) = delete;               // would become a bool or a number

    /// True when a row is there to be read, false at the end.
    Result<bool> step();
    /// Steps to the end and resets.
    Result<void> run();
    void reset();

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::span<const std::uint8_t> blob(int column) const; ///< valid until the next step

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3_stmt* statement, const class Database& database)
        : statement_(statement), database_(&database) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    const class Database* database_;
    int next_parameter_ = 1;
    int bind_error_ = 0;
};

/// A SQLite database: WAL, foreign keys on, statements wait up to 5 s for another writer.
/// Errors carry the file's name and a sentence for the owner. Not thread-safe.
class Database {
public:
    /// Access::Write creates the file when missing. Access::Read also works on read-only media.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<Statement> prepare(std::string_view sql);
    /// Runs any number of statements without parameters.
    Result<void> execute(std::string_view sql);
    /// Rows changed by the last statement.
    std::int64_t changes() const;
    std::int64_t last_id() const;

    /// The Error for a SQLite result code, now.
    Error error(int code) const;

private:
    explicit Database(std::filesystem::path path) : path_(std::move(path)) {}
    Result<void> open_handle(const std::string& name, int flags);

    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::filesystem::path path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Everything until commit() or nothing. Takes the write lock at once, so that it cannot fail half
/// way because somebody else writes.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    ~Transaction();
    Transaction(Transaction&& other) noexcept
        : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&& other) noexcept {
        std::swap(database_, other.database_);
        return *this;
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

/// Brings the schema to the newest migration. BadInput when the file was written by a newer
/// Spindle.
Result<void> migrate(Database& database, const std::filesystem::path& path);

/// Is the schema the one this build knows, or does it need migrate()?
enum class Schema { Current, Older };

/// As migrate(), but only looks. BadInput for a newer one, and for what is no library.
Result<Schema> check_schema(Database& database, const std::filesystem::path& path);

} // namespace spindle::store
