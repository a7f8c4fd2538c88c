// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_market_store.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

using market::Quote;
using market::ReleaseDescription;

std::int64_t number(ReleaseId id) {
    return id.value;
}

/// Nothing for a figure or source that a newer Spindle knows and this one does not.
std::optional<Quote> read_quote(const Statement& row) {
    const auto figure = market::figure_named(row.text(1));
    const auto source = market::source_named(row.text(2));
    if (!figure || !source) {
        return std::nullopt;
    }
    Quote quote{ReleaseId{static_cast<std::uint32_t>(row.integer(0))},
                *figure,
                {},
                row.text(3),
                *source,
                row.integer(4)};
    if (!row.is_null(5)) {
        quote.value = row.real(5);
    }
    return quote;
}

Result<std::vector<Quote>> read_quotes(Statement& statement) {
    std::vector<Quote> quotes;
    for (;;) {
        SPINDLE_TRY(const bool row, statement.step());
        if (!row) {
            return quotes;
        }
        if (auto quote = read_quote(statement)) {
            quotes.push_back(std::move(*quote));
        }
    }
}

auto kind_of(const Quote& quote) {
    return std::tuple(quote.figure, quote.source, std::string_view(quote.currency));
}

/// "[5,17]", for json_each(): one query, however many there are.
std::string json_of(std::span<const ReleaseId> releases) {
    std::string list = "[";
    for (const ReleaseId release : releases) {
        list += (list.size() > 1 ? "," : "") + std::to_string(release.value);
    }
    return list + "]";
}

class SqliteMarketStore final : public MarketStore {
public:
    explicit SqliteMarketStore(std::unique_ptr<Database> database)
        : database_(std::move(database)) {}

    Result<void> record(const ReleaseDescription& release, std::span<const Quote> quotes) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto describe,
                    database_->prepare("INSERT OR REPLACE INTO quoted_release (release_id,"
                                       " master_id, artist, title, country, format, year)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?)"));
        describe.bind(number(release.release))
            .bind(std::int64_t{release.master.value})
            .bind(release.artist)
            .bind(release.title)
            .bind(release.country)
            .bind(release.format)
            .bind(std::int64_t{release.year});
        SPINDLE_TRY_VOID(describe.run());
        SPINDLE_TRY_VOID(insert(quotes));
        SPINDLE_TRY_VOID(unqueue(std::span(&release.release, 1)));
        return transaction.commit();
    }

    Result<void> add_quotes(std::span<const Quote> quotes) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY_VOID(insert(quotes));
        return transaction.commit();
    }

    Result<std::optional<ReleaseDescription>> description(ReleaseId release) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT master_id, artist, title, country, format, year"
                                       " FROM quoted_release WHERE release_id = ?"));
        SPINDLE_TRY(const bool found, select.bind(number(release)).step());
        if (!found) {
            return std::nullopt;
        }
        return ReleaseDescription{release,
                                  MasterId{static_cast<std::uint32_t>(select.integer(0))},
                                  select.text(1),
                                  select.text(2),
                                  select.text(3),
                                  select.text(4),
                                  static_cast<int>(select.integer(5))};
    }

    Result<std::vector<Quote>> latest(ReleaseId release, Timestamp now) override {
        // max() makes SQLite take the other columns from the row that has it.
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT release_id, figure, source, currency, max(seen_at),"
                                       " value FROM quote WHERE release_id = ? AND"
                                       " (seen_at <= ?) = ? GROUP BY figure, source, currency"));
        select.bind(number(release)).bind(now).bind(std::int64_t{1});
        SPINDLE_TRY(auto quotes, read_quotes(select));
        select.reset();
        select.bind(number(release)).bind(now).bind(std::int64_t{0});
        SPINDLE_TRY(const auto later, read_quotes(select));
        for (const Quote& quote : later) {
            if (std::none_of(quotes.begin(), quotes.end(), [&](const Quote& other) {
                    return kind_of(other) == kind_of(quote);
                })) {
                quotes.push_back(quote);
            }
        }
        std::sort(quotes.begin(), quotes.end(),
                  [](const Quote& a, const Quote& b) { return kind_of(a) < kind_of(b); });
        return quotes;
    }

    Result<std::vector<LatestQuotes>> latest_of(std::span<const ReleaseId> releases,
                                                Timestamp now) override {
        const std::string list = json_of(releases);
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT release_id, figure, source, currency, max(seen_at),"
                                       " value FROM quote WHERE release_id IN"
                                       " (SELECT value FROM json_each(?)) AND (seen_at <= ?) = ?"
                                       " GROUP BY release_id, figure, source, currency"));
        std::map<ReleaseId, std::vector<Quote>> known;
        for (const std::int64_t seen : {1, 0}) { // what is from after `now` counts after all others
            select.bind(std::string_view(list)).bind(now).bind(seen);
            SPINDLE_TRY(const auto quotes, read_quotes(select));
            select.reset();
            for (const Quote& quote : quotes) {
                auto& of_one = known[quote.release];
                if (std::none_of(of_one.begin(), of_one.end(), [&](const Quote& other) {
                        return kind_of(other) == kind_of(quote);
                    })) {
                    of_one.push_back(quote);
                }
            }
        }
        std::vector<LatestQuotes> all;
        for (auto& [release, quotes] : known) {
            std::sort(quotes.begin(), quotes.end(),
                      [](const Quote& a, const Quote& b) { return kind_of(a) < kind_of(b); });
            LatestQuotes& one = all.emplace_back();
            one.about.release = release;
            one.quotes = std::move(quotes);
        }
        SPINDLE_TRY_VOID(describe(all, list));
        return all;
    }

    Result<std::vector<Quote>> history(ReleaseId release) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT release_id, figure, source, currency, seen_at,"
                                       " value FROM quote WHERE release_id = ?"));
        select.bind(number(release));
        SPINDLE_TRY(auto quotes, read_quotes(select));
        std::stable_sort(quotes.begin(), quotes.end(), [](const Quote& a, const Quote& b) {
            return std::tuple(a.seen_at, kind_of(a)) < std::tuple(b.seen_at, kind_of(b));
        });
        return quotes;
    }

    Result<std::vector<ReleaseId>> queue() override {
        SPINDLE_TRY(auto select, database_->prepare("SELECT release_id FROM quote_queue"
                                                    " ORDER BY queued_at, release_id"));
        std::vector<ReleaseId> releases;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return releases;
            }
            releases.push_back(ReleaseId{static_cast<std::uint32_t>(select.integer(0))});
        }
    }

    Result<void> enqueue(std::span<const ReleaseId> releases, Timestamp now) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto insert_one,
                    database_->prepare("INSERT OR IGNORE INTO quote_queue VALUES (?, ?)"));
        for (const ReleaseId release : releases) {
            SPINDLE_TRY_VOID(insert_one.bind(number(release)).bind(now).run());
        }
        return transaction.commit();
    }

    Result<void> dequeue(std::span<const ReleaseId> releases) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY_VOID(unqueue(releases));
        return transaction.commit();
    }

private:
    /// @param all by release @param list json_of() them, or of more
    Result<void> describe(std::vector<LatestQuotes>& all, const std::string& list) {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT release_id, master_id, artist, title, country,"
                                       " format, year FROM quoted_release WHERE release_id IN"
                                       " (SELECT value FROM json_each(?))"));
        select.bind(std::string_view(list));
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return {};
            }
            const ReleaseId release{static_cast<std::uint32_t>(select.integer(0))};
            const auto one = std::lower_bound(
                all.begin(), all.end(), release,
                [](const LatestQuotes& a, ReleaseId b) { return a.about.release < b; });
            if (one != all.end() && one->about.release == release) {
                one->about = {release,
                              MasterId{static_cast<std::uint32_t>(select.integer(1))},
                              select.text(2),
                              select.text(3),
                              select.text(4),
                              select.text(5),
                              static_cast<int>(select.integer(6))};
            }
        }
    }

    Result<void> insert(std::span<const Quote> quotes) {
        // The same second twice: the later word counts.
        SPINDLE_TRY(auto insert_one,
                    database_->prepare("INSERT OR REPLACE INTO quote (release_id, figure, source,"
                                       " currency, seen_at, value) VALUES (?, ?, ?, ?, ?, ?)"));
        for (const Quote& quote : quotes) {
            insert_one.bind(number(quote.release))
                .bind(market::name_of(quote.figure))
                .bind(market::name_of(quote.source))
                .bind(quote.currency)
                .bind(quote.seen_at);
            if (quote.value) {
                insert_one.bind(*quote.value);
            } else {
                insert_one.bind(std::optional<std::int64_t>{});
            }
            SPINDLE_TRY_VOID(insert_one.run());
        }
        return {};
    }

    Result<void> unqueue(std::span<const ReleaseId> releases) {
        SPINDLE_TRY(auto remove,
                    database_->prepare("DELETE FROM quote_queue WHERE release_id = ?"));
        for (const ReleaseId release : releases) {
            SPINDLE_TRY_VOID(remove.bind(number(release)).run());
        }
        return {};
    }

    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<MarketStore>> open_sqlite_market(const std::filesystem::path& data_folder,
                                                        Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "no prices yet; begin with: spindle market price ID"));
    return std::make_unique<SqliteMarketStore>(std::move(database));
}

} // namespace spindle::store
