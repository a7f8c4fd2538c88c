// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace spindle::app {

/// Where the catalog of a data folder lies.
inline std::filesystem::path catalog_folder(const std::filesystem::path& data_folder) {
    return data_folder / "catalog";
}

/// Where dumps are downloaded to, unless the owner says otherwise.
inline std::filesystem::path dumps_folder(const std::filesystem::path& data_folder) {
    return data_folder / "dumps";
}

} // namespace spindle::app
