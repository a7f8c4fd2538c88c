// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_collection_store.h"

#include <string_view>
#include <utility>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

constexpr std::string_view kCopyColumns =
    "release_id, instance, attempted, folder, artist, title, label, number, format, year, rating,"
    " added, media, sleeve, notes";

std::string_view name_of(WantState state) {
    switch (state) {
    case WantState::ToAdd:
        return "to_add";
    case WantState::ToRemove:
        return "to_remove";
    case WantState::Synced:
        break;
    }
    return "synced";
}

WantState state_named(std::string_view name) {
    return name == "to_add"      ? WantState::ToAdd
           : name == "to_remove" ? WantState::ToRemove
                                 : WantState::Synced;
}

void bind_copy(Statement& statement, const Copy& copy) {
    statement.bind(std::int64_t{copy.release.value})
        .bind(copy.instance ? std::optional(static_cast<std::int64_t>(*copy.instance))
                            : std::nullopt)
        .bind(std::int64_t{copy.attempted ? 1 : 0})
        .bind(copy.folder)
        .bind(copy.artist)
        .bind(copy.title)
        .bind(copy.label)
        .bind(copy.number)
        .bind(copy.format)
        .bind(std::int64_t{copy.year})
        .bind(std::int64_t{copy.rating})
        .bind(copy.added)
        .bind(copy.media)
        .bind(copy.sleeve)
        .bind(copy.notes);
}

Copy read_copy(const Statement& row) {
    Copy copy;
    copy.id = CopyId{static_cast<std::uint32_t>(row.integer(0))};
    copy.release = ReleaseId{static_cast<std::uint32_t>(row.integer(1))};
    if (!row.is_null(2)) {
        copy.instance = static_cast<std::uint64_t>(row.integer(2));
    }
    copy.attempted = row.integer(3) != 0;
    copy.folder = row.text(4);
    copy.artist = row.text(5);
    copy.title = row.text(6);
    copy.label = row.text(7);
    copy.number = row.text(8);
    copy.format = row.text(9);
    copy.year = static_cast<int>(row.integer(10));
    copy.rating = static_cast<int>(row.integer(11));
    copy.added = row.text(12);
    copy.media = row.text(13);
    copy.sleeve = row.text(14);
    copy.notes = row.text(15);
    return copy;
}

Wish read_wish(const Statement& row) {
    return {ReleaseId{static_cast<std::uint32_t>(row.integer(0))},
            state_named(row.text(1)),
            row.text(2),
            row.text(3),
            row.text(4),
            static_cast<int>(row.integer(5)),
            static_cast<int>(row.integer(6)),
            row.text(7)};
}

template <typename Value, typename Read>
Result<std::vector<Value>> rows_of(Statement& statement, const Read& read) {
    std::vector<Value> values;
    for (;;) {
        SPINDLE_TRY(const bool row, statement.step());
        if (!row) {
            return values;
        }
        values.push_back(read(statement));
    }
}

class SqliteCollectionStore final : public CollectionStore {
public:
    explicit SqliteCollectionStore(std::unique_ptr<Database> database)
        : database_(std::move(database)) {}

    Result<std::vector<Copy>> copies() override {
        SPINDLE_TRY(auto select, database_->prepare(fmt::format("SELECT id, {} FROM copy ORDER BY"
                                                                " lower(artist), lower(title), id",
                                                                kCopyColumns)));
        return rows_of<Copy>(select, read_copy);
    }

    Result<std::vector<CopyId>> add(std::span<const Copy> copies) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto insert,
                    database_->prepare(fmt::format(
                        "INSERT INTO copy ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        " RETURNING id",
                        kCopyColumns)));
        std::vector<CopyId> ids;
        for (const Copy& copy : copies) {
            bind_copy(insert, copy);
            SPINDLE_TRY(const bool row, insert.step());
            if (!row) {
                return fail(Code::Failed, "the collection kept no copy");
            }
            ids.push_back(CopyId{static_cast<std::uint32_t>(insert.integer(0))});
            insert.reset();
        }
        SPINDLE_TRY_VOID(transaction.commit());
        return ids;
    }

    Result<void> update(std::span<const Copy> copies) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto change,
                    database_->prepare(fmt::format("UPDATE copy SET ({}) = (?, ?, ?, ?, ?, ?, ?, ?,"
                                                   " ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
                                                   kCopyColumns)));
        for (const Copy& copy : copies) {
            bind_copy(change, copy);
            SPINDLE_TRY_VOID(change.bind(std::int64_t{copy.id.value}).run());
        }
        return transaction.commit();
    }

    Result<void> remove(std::span<const CopyId> copies) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto remove_one, database_->prepare("DELETE FROM copy WHERE id = ?"));
        for (const CopyId copy : copies) {
            SPINDLE_TRY_VOID(remove_one.bind(std::int64_t{copy.value}).run());
        }
        return transaction.commit();
    }

    Result<std::vector<Wish>> wishes() override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT release_id, state, artist, title, format, year,"
                                       " rating, notes FROM want"
                                       " ORDER BY lower(artist), lower(title), release_id"));
        return rows_of<Wish>(select, read_wish);
    }

    Result<void> put(std::span<const Wish> wishes) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT OR REPLACE INTO want (release_id, state, artist,"
                                       " title, format, year, rating, notes)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const Wish& wish : wishes) {
            insert.bind(std::int64_t{wish.release.value})
                .bind(name_of(wish.state))
                .bind(wish.artist)
                .bind(wish.title)
                .bind(wish.format)
                .bind(std::int64_t{wish.year})
                .bind(std::int64_t{wish.rating})
                .bind(wish.notes);
            SPINDLE_TRY_VOID(insert.run());
        }
        return transaction.commit();
    }

    Result<void> drop(std::span<const ReleaseId> releases) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto remove_one, database_->prepare("DELETE FROM want WHERE release_id = ?"));
        for (const ReleaseId release : releases) {
            SPINDLE_TRY_VOID(remove_one.bind(std::int64_t{release.value}).run());
        }
        return transaction.commit();
    }

    Result<Holding> holding(ReleaseId release) override {
        SPINDLE_TRY(auto select,
                    database_->prepare("SELECT (SELECT count(*) FROM copy WHERE release_id = ?1),"
                                       " (SELECT count(*) FROM want WHERE release_id = ?1"
                                       " AND state <> 'to_remove')"));
        SPINDLE_TRY(const bool row, select.bind(std::int64_t{release.value}).step());
        return row ? Holding{static_cast<int>(select.integer(0)), select.integer(1) > 0}
                   : Holding{};
    }

private:
    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<CollectionStore>>
open_sqlite_collection(const std::filesystem::path& data_folder, Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "no collection yet; begin with: spindle collection sync"));
    return std::make_unique<SqliteCollectionStore>(std::move(database));
}

} // namespace spindle::store
