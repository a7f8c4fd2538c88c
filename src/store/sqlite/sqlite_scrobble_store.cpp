// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_scrobble_store.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/clock.h"
#include "store/sqlite/damaged_database.h"
#include "store/sqlite/library_database.h"
#include "store/sqlite/listen_rows.h"

namespace spindle::store {
namespace {

using scrobble::Delivery;
using scrobble::Listen;
using scrobble::OwedListen;
using scrobble::ServiceState;
using scrobble::Settlement;

constexpr std::array<std::string_view, 3> kTables{"scrobble_listen", "scrobble_delivery",
                                                  "scrobble_service"};
constexpr std::int64_t kMostMoved = 3600; // seconds a listen may be moved to be alone in its second

class SqliteScrobbleStore final : public ScrobbleStore {
public:
    SqliteScrobbleStore(std::unique_ptr<Database> database,
                        std::optional<std::filesystem::path> aside)
        : database_(std::move(database)), set_aside_(std::move(aside)) {}

    const std::optional<std::filesystem::path>& set_aside() const override { return set_aside_; }

    Result<std::int64_t> queue(const NewListen& listen, std::span<const std::string> services,
                               Timestamp now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(std::optional<std::int64_t> id, already_queued(listen));
        if (!id) {
            SPINDLE_TRY(id, insert(listen, now));
        }
        SPINDLE_TRY(auto owe,
                    database_->prepare("INSERT OR IGNORE INTO scrobble_delivery"
                                       " (listen_id, service, state) VALUES (?, ?, 'owed')"));
        for (const std::string& service : services) {
            SPINDLE_TRY_VOID(owe.bind(*id).bind(std::string_view(service)).run());
        }
        SPINDLE_TRY_VOID(transaction.commit());
        return *id;
    }

    Result<std::optional<Listen>> last_listen() override {
        SPINDLE_TRY(auto select,
                    database_->prepare(select_listens("WHERE l.started_at > 0"
                                                      " ORDER BY l.started_at DESC LIMIT 1")));
        SPINDLE_TRY(const bool found, select.step());
        return found ? std::optional(read_listen(select)) : std::nullopt;
    }

    Result<int> set_clock(const BootMoment& moment, Timestamp now) override {
        SPINDLE_TRY(auto waiting, database_->prepare("SELECT 1 FROM scrobble_listen"
                                                     " WHERE boot <> '' LIMIT 1"));
        SPINDLE_TRY(const bool any, waiting.step());
        if (!any) {
            return 0; // nearly always: no need to keep others from writing
        }
        waiting.reset();
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto select, database_->prepare("SELECT id, boot_s FROM scrobble_listen"
                                                    " WHERE boot = ? ORDER BY boot_s"));
        select.bind(std::string_view(moment.boot));
        std::vector<std::pair<std::int64_t, std::int64_t>> times;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                break;
            }
            const double ago = moment.since.count() - select.real(1);
            times.emplace_back(select.integer(0), now - std::llround(ago));
        }
        SPINDLE_TRY(auto update, database_->prepare("UPDATE scrobble_listen SET started_at = ?,"
                                                    " boot = '', boot_s = NULL WHERE id = ?"));
        for (const auto& [id, wanted] : times) {
            SPINDLE_TRY(const std::int64_t second, free_second(wanted, id));
            SPINDLE_TRY_VOID(update.bind(second).bind(id).run());
        }
        SPINDLE_TRY_VOID(database_->execute(
            "UPDATE scrobble_delivery SET state = 'dead', reason = 'the clock was not set when it "
            "was played, and the machine was switched off before it was; give it a time'"
            " WHERE state = 'owed' AND listen_id IN"
            " (SELECT id FROM scrobble_listen WHERE boot <> '')"));
        SPINDLE_TRY_VOID(transaction.commit());
        return static_cast<int>(times.size());
    }

    Result<std::vector<OwedListen>> owed(const std::string& service, Delivery delivery,
                                         std::size_t most) override {
        SPINDLE_TRY(auto select,
                    database_->prepare(select_listens(
                        "JOIN scrobble_delivery d ON d.listen_id = l.id WHERE d.service = ? AND"
                        " d.state = ? AND l.boot = '' ORDER BY l.started_at LIMIT ?",
                        "d.attempted_at")));
        select.bind(std::string_view(service))
            .bind(word_of(delivery))
            .bind(static_cast<std::int64_t>(most));
        std::vector<OwedListen> listens;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return listens;
            }
            listens.push_back(
                {select.integer(0), read_listen(select), select.integer(kListenColumns)});
        }
    }

    Result<void> begin(const std::string& service, std::span<const std::int64_t> listens,
                       std::int64_t now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto update,
                    database_->prepare("UPDATE scrobble_delivery SET state = 'attempted',"
                                       " attempted_at = ?, attempts = attempts + 1"
                                       " WHERE listen_id = ? AND service = ?"));
        for (const std::int64_t listen : listens) {
            SPINDLE_TRY_VOID(update.bind(now).bind(listen).bind(std::string_view(service)).run());
        }
        return transaction.commit();
    }

    Result<void> settle(const std::string& service, std::span<const Settlement> settlements,
                        const ServiceState& state, std::int64_t now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto update, database_->prepare("UPDATE scrobble_delivery SET state = ?,"
                                                    " reason = ?, settled_at = ?"
                                                    " WHERE listen_id = ? AND service = ?"));
        for (const Settlement& one : settlements) {
            SPINDLE_TRY_VOID(update.bind(word_of(one.delivery))
                                 .bind(std::string_view(one.reason))
                                 .bind(now)
                                 .bind(one.id)
                                 .bind(std::string_view(service))
                                 .run());
        }
        SPINDLE_TRY(auto keep, database_->prepare("INSERT OR REPLACE INTO scrobble_service (name,"
                                                  " halt, reason, paused_until, failures, day,"
                                                  " sent_today) VALUES (?, ?, ?, ?, ?, ?, ?)"));
        SPINDLE_TRY_VOID(keep.bind(std::string_view(service))
                             .bind(word_of(state.halt))
                             .bind(std::string_view(state.reason))
                             .bind(state.paused_until)
                             .bind(std::int64_t{state.failures})
                             .bind(state.day)
                             .bind(std::int64_t{state.sent_today})
                             .run());
        return transaction.commit();
    }

    Result<ServiceState> state(const std::string& service) override {
        SPINDLE_TRY(auto select, database_->prepare(
                                     "SELECT halt, reason, paused_until, failures, day, sent_today"
                                     " FROM scrobble_service WHERE name = ?"));
        SPINDLE_TRY(const bool found, select.bind(std::string_view(service)).step());
        return found ? read_state(select, 0) : ServiceState{};
    }

    Result<std::vector<ServiceSummary>> summaries() override {
        SPINDLE_TRY(
            auto select,
            database_->prepare(
                "SELECT d.service, d.state, count(*), min(CASE WHEN l.started_at > 0 THEN "
                "l.started_at"
                " END) FROM scrobble_delivery d JOIN scrobble_listen l ON l.id = d.listen_id"
                " GROUP BY d.service, d.state ORDER BY d.service"));
        std::vector<ServiceSummary> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                break;
            }
            if (all.empty() || all.back().service != select.text(0)) {
                all.emplace_back();
                all.back().service = select.text(0);
            }
            count(all.back(), select);
        }
        for (ServiceSummary& one : all) {
            SPINDLE_TRY(one.state, state(one.service));
        }
        return all;
    }

    Result<std::vector<QueuedListen>> open_listens(std::size_t most) override {
        SPINDLE_TRY(auto select, database_->prepare(select_listens(
                                     "WHERE l.id IN (SELECT listen_id FROM scrobble_delivery WHERE"
                                     " state <> 'done') ORDER BY l.started_at LIMIT ?",
                                     "l.boot <> ''")));
        select.bind(static_cast<std::int64_t>(most));
        return read_queued(select);
    }

    Result<std::optional<QueuedListen>> listen(std::int64_t id) override {
        SPINDLE_TRY(auto select,
                    database_->prepare(select_listens("WHERE l.id = ?", "l.boot <> ''")));
        SPINDLE_TRY(auto found, read_queued(select.bind(id)));
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    }

    Result<void> edit(std::int64_t id, const Listen& changed) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(const auto before, listen(id));
        if (!before) {
            return fail(Code::NotFound, "no listen has the number {}", id);
        }
        const auto waits = [](const DeliveryState& one) {
            return one.delivery == Delivery::Attempted;
        };
        const auto has = [](const DeliveryState& one) { return one.delivery == Delivery::Done; };
        if (std::any_of(before->deliveries.begin(), before->deliveries.end(), waits)) {
            return fail(Code::Busy,
                        "listen {}: was sent, and whether it arrived is not known yet; edit it "
                        "after the next spindle scrobble send",
                        id);
        }
        if (std::all_of(before->deliveries.begin(), before->deliveries.end(), has)) {
            return fail(Code::BadInput, "listen {}: the services have it already; change it there",
                        id);
        }
        SPINDLE_TRY(const std::int64_t second, free_second(changed.started_at, id));
        SPINDLE_TRY(auto update, database_->prepare(kUpdateListen));
        Listen kept = changed;
        kept.started_at = second;
        bind_listen(update, kept);
        SPINDLE_TRY_VOID(update.bind(id).run());
        return transaction.commit();
    }

    Result<int> retry(std::span<const std::int64_t> listens) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        const std::string owe = "UPDATE scrobble_delivery SET state = 'owed', reason = ''"
                                " WHERE state IN ('dead', 'expired')";
        std::int64_t changed = 0;
        if (listens.empty()) {
            SPINDLE_TRY_VOID(database_->execute(owe));
            changed = database_->changes();
        }
        SPINDLE_TRY(auto update, database_->prepare(owe + " AND listen_id = ?"));
        for (const std::int64_t one : listens) {
            SPINDLE_TRY_VOID(update.bind(one).run());
            changed += database_->changes();
        }
        SPINDLE_TRY_VOID(database_->execute("UPDATE scrobble_service SET halt = '', reason = '',"
                                            " paused_until = 0, failures = 0"));
        SPINDLE_TRY_VOID(transaction.commit());
        return static_cast<int>(changed);
    }

    Result<void> resume(const std::string& service) override {
        SPINDLE_TRY(auto update, database_->prepare("UPDATE scrobble_service SET halt = '', reason"
                                                    " = '', paused_until = 0, failures = 0"
                                                    " WHERE name = ?"));
        return update.bind(std::string_view(service)).run();
    }

    Result<int> drop(std::span<const std::int64_t> listens,
                     const std::optional<std::string>& service) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto remove,
                    database_->prepare("DELETE FROM scrobble_delivery WHERE state <> 'done' AND"
                                       " listen_id = ? AND (? OR service = ?)"));
        SPINDLE_TRY(auto forget,
                    database_->prepare("DELETE FROM scrobble_listen WHERE id = ? AND id NOT IN"
                                       " (SELECT listen_id FROM scrobble_delivery)"));
        std::int64_t changed = 0;
        for (const std::int64_t one : listens) {
            remove.bind(one).bind(std::int64_t{service ? 0 : 1});
            SPINDLE_TRY_VOID(remove.bind(std::string_view(service ? *service : "")).run());
            changed += database_->changes();
            SPINDLE_TRY_VOID(forget.bind(one).run());
        }
        SPINDLE_TRY_VOID(transaction.commit());
        return static_cast<int>(changed);
    }

private:
    static std::int64_t reported_time(const NewListen& listen) {
        return listen.unset_clock ? std::llround(listen.unset_clock->since.count())
                                  : listen.listen.started_at;
    }

    Result<std::optional<std::int64_t>> already_queued(const NewListen& listen) {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT id FROM scrobble_listen WHERE requested_at = ? AND"
                                       " artist = ? AND title = ? AND (boot = ? OR boot = '')"));
        select.bind(reported_time(listen))
            .bind(std::string_view(listen.listen.artist))
            .bind(std::string_view(listen.listen.title))
            .bind(std::string_view(listen.unset_clock ? listen.unset_clock->boot : std::string()));
        SPINDLE_TRY(const bool found, select.step());
        return found ? std::optional(select.integer(0)) : std::nullopt;
    }

    Result<std::int64_t> insert(const NewListen& listen, Timestamp now) {
        Listen kept = listen.listen;
        if (listen.unset_clock) {
            SPINDLE_TRY(auto least, database_->prepare("SELECT min(0, min(started_at)) - 1"
                                                       " FROM scrobble_listen"));
            SPINDLE_TRY_VOID(least.step());
            kept.started_at = least.is_null(0) ? -1 : least.integer(0);
        } else {
            SPINDLE_TRY(kept.started_at, free_second(kept.started_at, 0));
        }
        SPINDLE_TRY(auto statement, database_->prepare(kInsertListen));
        bind_listen(statement, kept);
        statement.bind(reported_time(listen)).bind(now);
        if (listen.unset_clock) {
            statement.bind(std::string_view(listen.unset_clock->boot))
                .bind(listen.unset_clock->since.count());
        } else {
            statement.bind(std::string_view()).bind(std::optional<std::int64_t>{});
        }
        SPINDLE_TRY_VOID(statement.run());
        return database_->last_id();
    }

    /// The first second from `wanted` on that no other listen has.
    Result<std::int64_t> free_second(std::int64_t wanted, std::int64_t self) {
        SPINDLE_TRY(auto select, database_->prepare("SELECT 1 FROM scrobble_listen WHERE"
                                                    " started_at = ? AND id <> ?"));
        for (std::int64_t second = wanted; second < wanted + kMostMoved; ++second) {
            SPINDLE_TRY(const bool taken, select.bind(second).bind(self).step());
            if (!taken) {
                return second;
            }
            select.reset();
        }
        return fail(Code::BadInput, "there is a listen in every second of an hour from {} on",
                    wanted);
    }

    Result<std::vector<QueuedListen>> read_queued(Statement& select) {
        std::vector<QueuedListen> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                break;
            }
            all.push_back(
                {select.integer(0), read_listen(select), select.integer(kListenColumns) != 0, {}});
        }
        SPINDLE_TRY(auto deliveries,
                    database_->prepare("SELECT service, state, attempts, attempted_at, reason FROM"
                                       " scrobble_delivery WHERE listen_id = ? ORDER BY service"));
        for (QueuedListen& one : all) {
            deliveries.bind(one.id);
            for (;;) {
                SPINDLE_TRY(const bool row, deliveries.step());
                if (!row) {
                    break;
                }
                one.deliveries.push_back(read_delivery(deliveries));
            }
            deliveries.reset();
        }
        return all;
    }

    std::unique_ptr<Database> database_;
    std::optional<std::filesystem::path> set_aside_;
};

} // namespace

Result<std::unique_ptr<ScrobbleStore>>
open_sqlite_scrobbles(const std::filesystem::path& data_folder, Access access) {
    std::optional<std::filesystem::path> aside;
    if (access == Access::Write) {
        const auto path = data_folder / "library.db";
        SPINDLE_TRY(const auto damage, damage_of(path, kTables));
        if (damage) {
            SPINDLE_TRY(aside, set_aside(path, kTables, system_seconds()));
        }
    }
    SPINDLE_TRY(auto database, open_library_database(
                                   data_folder, access,
                                   "nothing was scrobbled yet; begin with: spindle login lastfm"));
    if (access == Access::Write) {
        // A listen exists nowhere else: it must survive a power cut, too.
        SPINDLE_TRY_VOID(database->execute("PRAGMA synchronous = FULL"));
    }
    return std::make_unique<SqliteScrobbleStore>(std::move(database), std::move(aside));
}

} // namespace spindle::store
