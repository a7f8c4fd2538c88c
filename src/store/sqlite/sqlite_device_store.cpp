// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_device_store.h"

#include <string>
#include <utility>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

class SqliteDeviceStore final : public DeviceStore {
public:
    explicit SqliteDeviceStore(std::unique_ptr<Database> database)
        : database_(std::move(database)) {}

    Result<std::vector<Device>> devices() override {
        SPINDLE_TRY(
            auto select,
            database_->prepare("SELECT id, name, token_hash, created_ms, last_seen_ms"
                               " FROM device WHERE revoked_ms IS NULL ORDER BY created_ms, id"));
        std::vector<Device> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return all;
            }
            all.push_back({select.text(0), select.text(1), select.text(2), select.integer(3),
                           select.integer(4)});
        }
    }

    Result<void> add_pairing(std::string_view token_hash, Milliseconds now,
                             Milliseconds expires) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto forget, database_->prepare("DELETE FROM pairing WHERE expires_ms <= ?"));
        forget.bind(now);
        SPINDLE_TRY_VOID(forget.run());
        SPINDLE_TRY(auto insert, database_->prepare(
                                     "INSERT INTO pairing (token_hash, expires_ms) VALUES (?, ?)"));
        insert.bind(token_hash).bind(expires);
        SPINDLE_TRY_VOID(insert.run());
        return transaction.commit();
    }

    Result<bool> pair(std::string_view pairing_hash, const Device& device) override {
        SPINDLE_TRY(auto transaction, Transaction::begin(*database_));
        SPINDLE_TRY(auto take, database_->prepare(
                                   "DELETE FROM pairing WHERE token_hash = ? AND expires_ms > ?"));
        take.bind(pairing_hash).bind(device.created);
        SPINDLE_TRY_VOID(take.run());
        if (database_->changes() == 0) {
            return false;
        }
        SPINDLE_TRY(auto insert,
                    database_->prepare("INSERT INTO device (id, name, token_hash, created_ms,"
                                       " last_seen_ms) VALUES (?, ?, ?, ?, ?)"));
        insert.bind(std::string_view(device.id))
            .bind(std::string_view(device.name))
            .bind(std::string_view(device.token_hash))
            .bind(device.created)
            .bind(device.last_seen);
        SPINDLE_TRY_VOID(insert.run());
        SPINDLE_TRY_VOID(transaction.commit());
        return true;
    }

    Result<void> touch(std::string_view id, Milliseconds now) override {
        SPINDLE_TRY(auto update,
                    database_->prepare("UPDATE device SET last_seen_ms = ? WHERE id = ?"));
        update.bind(now).bind(id);
        return update.run();
    }

    Result<void> revoke(std::string_view id, Milliseconds now) override {
        SPINDLE_TRY(auto update, database_->prepare("UPDATE device SET revoked_ms = ? WHERE id = ?"
                                                    " AND revoked_ms IS NULL"));
        update.bind(now).bind(id);
        SPINDLE_TRY_VOID(update.run());
        if (database_->changes() == 0) {
            return fail(Code::NotFound, "no such device; see: spindle devices list");
        }
        return {};
    }

private:
    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<DeviceStore>> open_sqlite_devices(const std::filesystem::path& data_folder,
                                                         Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "no device was paired yet; begin with: spindle serve --lan"));
    return std::make_unique<SqliteDeviceStore>(std::move(database));
}

} // namespace spindle::store
