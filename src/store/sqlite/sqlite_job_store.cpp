// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_job_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

constexpr const char* kSelect =
    "SELECT number, id, kind, name, state, created_ms, started_ms, ended_ms, options, summary,"
    " error_code, error_message, begun, events, bytes FROM job";

Code code_named(std::string_view name) {
    constexpr std::array kCodes{Code::BadInput, Code::NotFound,  Code::NoAccess,    Code::NoSpace,
                                Code::Busy,     Code::Cancelled, Code::Unsupported, Code::Failed};
    const auto* const found = std::find_if(kCodes.begin(), kCodes.end(),
                                           [name](Code code) { return name_of(code) == name; });
    return found == kCodes.end() ? Code::Failed : *found;
}

Result<StoredJob> read_job(const Statement& row) {
    int column = 0;
    StoredJob job;
    job.number = row.integer(column++);
    job.id = row.text(column++);
    const auto kind = job_kind_named(row.text(column++));
    job.name = row.text(column++);
    const auto state = job_state_named(row.text(column++));
    if (!kind || !state) {
        return fail(Code::BadInput, "job {} in the library is of no kind or state that is known",
                    job.id);
    }
    job.kind = *kind;
    job.state = *state;
    job.created = row.integer(column++);
    job.started = row.integer(column++);
    job.ended = row.integer(column++);
    job.options = row.text(column++);
    job.summary = row.text(column++);
    const std::string code = row.text(column++);
    if (!code.empty()) {
        job.error = Error{code_named(code), row.text(column)};
    }
    ++column;
    job.begun = static_cast<int>(row.integer(column++));
    job.events = row.integer(column++);
    job.bytes = static_cast<std::uint64_t>(row.integer(column));
    return job;
}

Result<std::vector<StoredJob>> read_jobs(Statement& select) {
    std::vector<StoredJob> all;
    for (;;) {
        SPINDLE_TRY(const bool row, select.step());
        if (!row) {
            return all;
        }
        SPINDLE_TRY(auto job, read_job(select));
        all.push_back(std::move(job));
    }
}

class SqliteJobStore final : public JobStore {
public:
    explicit SqliteJobStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Result<std::int64_t> add(const StoredJob& job) override {
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT INTO job (id, kind, name, state, created_ms,"
                                       " options) VALUES (?, ?, ?, ?, ?, ?)"));
        insert.bind(job.id)
            .bind(name_of(job.kind))
            .bind(job.name)
            .bind(name_of(job.state))
            .bind(job.created)
            .bind(job.options);
        SPINDLE_TRY_VOID(insert.run());
        return database_->last_id();
    }

    Result<std::optional<StoredJob>> find(const std::string& id) override {
        SPINDLE_TRY(auto select, database_->prepare(std::string(kSelect) + " WHERE id = ?"));
        select.bind(id);
        SPINDLE_TRY(auto found, read_jobs(select));
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    }

    Result<std::vector<StoredJob>> jobs(std::optional<JobKind> kind, std::size_t most) override {
        SPINDLE_TRY(auto select,
                    database_->prepare(std::string(kSelect) + " WHERE ?1 = '' OR kind = ?1"
                                                              " ORDER BY number DESC LIMIT ?2"));
        select.bind(kind ? name_of(*kind) : std::string_view())
            .bind(static_cast<std::int64_t>(most));
        return read_jobs(select);
    }

    Result<std::vector<StoredJob>> open_jobs() override {
        SPINDLE_TRY(auto select,
                    database_->prepare(std::string(kSelect) +
                                       " WHERE state IN ('queued', 'running') ORDER BY number"));
        return read_jobs(select);
    }

    Result<std::vector<std::size_t>> counts() override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT state, COUNT(*) FROM job GROUP BY state"));
        std::vector<std::size_t> counts(5);
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return counts;
            }
            if (const auto state = job_state_named(select.text(0))) {
                counts[static_cast<std::size_t>(*state)] =
                    static_cast<std::size_t>(select.integer(1));
            }
        }
    }

    Result<void> change(const StoredJob& job, std::span<const JobEvent> events) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto update,
                    database_->prepare(
                        "UPDATE job SET state = ?, started_ms = ?, ended_ms = ?,"
                        " summary = ?, error_code = ?, error_message = ?, begun = ?, bytes = ?"
                        " WHERE number = ?"));
        update.bind(name_of(job.state))
            .bind(job.started)
            .bind(job.ended)
            .bind(job.summary)
            .bind(job.error ? name_of(job.error->code) : std::string_view())
            .bind(job.error ? std::string_view(job.error->message) : std::string_view())
            .bind(std::int64_t{job.begun})
            .bind(static_cast<std::int64_t>(job.bytes))
            .bind(job.number);
        SPINDLE_TRY_VOID(update.run());
        SPINDLE_TRY_VOID(insert_events(job.number, events));
        return transaction.commit();
    }

    Result<std::int64_t> add_events(std::int64_t job, std::span<const JobEvent> events) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(const auto last, insert_events(job, events));
        SPINDLE_TRY_VOID(transaction.commit());
        return last;
    }

    Result<std::vector<JobEvent>> events_after(std::int64_t job, std::int64_t last,
                                               std::size_t most) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT event, name, data, subject FROM job_event"
                                       " WHERE job = ? AND event > ? ORDER BY event LIMIT ?"));
        select.bind(job).bind(last).bind(static_cast<std::int64_t>(most));
        std::vector<JobEvent> events;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return events;
            }
            events.push_back({select.integer(0), select.text(1), select.text(2), select.text(3)});
        }
    }

    Result<void> remove_superseded(std::int64_t job) override {
        SPINDLE_TRY(auto remove,
                    database_->prepare("DELETE FROM job_event WHERE job = ?1 AND subject <> ''"
                                       " AND event NOT IN (SELECT MAX(event) FROM job_event"
                                       " WHERE job = ?1 AND subject <> '' GROUP BY subject)"));
        remove.bind(job);
        return remove.run();
    }

    Result<void> remove(const std::string& id) override {
        SPINDLE_TRY(auto remove, database_->prepare("DELETE FROM job WHERE id = ?"));
        remove.bind(id);
        return remove.run();
    }

private:
    /// Within a transaction. @return the number of the last
    Result<std::int64_t> insert_events(std::int64_t job, std::span<const JobEvent> events) {
        SPINDLE_TRY(auto count, database_->prepare("SELECT events FROM job WHERE number = ?"));
        count.bind(job);
        SPINDLE_TRY(const bool there, count.step());
        if (!there) {
            return fail(Code::NotFound, "there is no job {} any more", job);
        }
        std::int64_t number = count.integer(0);
        count.reset();
        if (events.empty()) {
            return number;
        }
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT INTO job_event (job, event, name, data, subject)"
                                       " VALUES (?, ?, ?, ?, ?)"));
        for (const JobEvent& event : events) {
            insert.bind(job).bind(++number).bind(event.name).bind(event.data).bind(event.subject);
            SPINDLE_TRY_VOID(insert.run());
        }
        SPINDLE_TRY(auto update, database_->prepare("UPDATE job SET events = ? WHERE number = ?"));
        update.bind(number).bind(job);
        SPINDLE_TRY_VOID(update.run());
        return number;
    }

    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<JobStore>> open_sqlite_jobs(const std::filesystem::path& data_folder,
                                                   Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "nothing was scanned by a server yet; begin with: "
                                      "spindle serve"));
    return std::make_unique<SqliteJobStore>(std::move(database));
}

} // namespace spindle::store
