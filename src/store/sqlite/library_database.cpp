// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/library_database.h"

namespace spindle::store {

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
    SPINDLE_TRY_VOID(access == Access::Write ? migrate(*database, path)
                                             : check_schema(*database, path));
    return database;
}

} // namespace spindle::store
