// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

/// For who only wants to read: they cannot know that a new Spindle needs to write once.
Result<void> bring_up_to_date(const std::filesystem::path& path) {
    auto database = Database::open(path, Access::Write);
    if (database) {
        auto migrated = migrate(**database, path);
        if (migrated || migrated.error().code != Code::NoAccess) {
            return migrated;
        }
    } else if (database.error().code != Code::NoAccess) {
        return tl::unexpected(database.error());
    }
    return fail(Code::NoAccess,
                "{}: written by an older Spindle, and may not be changed here, which this Spindle "
                "has to do once; run spindle library list as somebody who may write it, or copy "
                "the data folder to where you may and name it with --data",
                path.string());
}

} // namespace

Result<std::unique_ptr<Database>> open_library_database(const std::filesystem::path& data_folder,
                                                        Access access, std::string_view beginning) {
    const auto path = data_folder / "library.db";
    std::error_code error;
    if (access == Access::Write) {
        std::filesystem::create_directories(data_folder, error);
        if (error) {
            return tl::unexpected(system_error(data_folder.string(), error.value()));
        }
    } else if (!std::filesystem::exists(path, error)) {
        if (error) {
            return tl::unexpected(system_error(path.string(), error.value()));
        }
        return fail(Code::NotFound, "{}: {}", data_folder.string(), beginning);
    }
    SPINDLE_TRY(auto database, Database::open(path, access));
    if (access == Access::Write) {
        SPINDLE_TRY_VOID(migrate(*database, path));
        return database;
    }
    SPINDLE_TRY(const Schema schema, check_schema(*database, path));
    if (schema == Schema::Older) {
        database.reset(); // its view of the old schema
        SPINDLE_TRY_VOID(bring_up_to_date(path));
        SPINDLE_TRY(database, Database::open(path, access));
    }
    return database;
}

} // namespace spindle::store
