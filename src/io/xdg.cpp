// SPDX-License-Identifier: Apache-2.0
#include "io/xdg.h"

#include <cstdlib>

namespace spindle::io {
namespace {

Result<std::filesystem::path> xdg_folder(const char* variable, const char* below_home) {
    // The specification says to ignore relative paths in XDG variables.
    if (const char* value = std::getenv(variable); value != nullptr && value[0] == '/') {
        return std::filesystem::path(value) / "spindle";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') {
        return std::filesystem::path(home) / below_home / "spindle";
    }
    return fail(Code::NotFound, "neither {} nor HOME is set; set one to an absolute path",
                variable);
}

} // namespace

Result<std::filesystem::path> data_folder() {
    if (const char* own = std::getenv("SPINDLE_DATA"); own != nullptr && own[0] != '\0') {
        return std::filesystem::absolute(own);
    }
    return xdg_folder("XDG_DATA_HOME", ".local/share");
}

Result<std::filesystem::path> config_folder() {
    return xdg_folder("XDG_CONFIG_HOME", ".config");
}

Result<std::filesystem::path> cache_folder() {
    return xdg_folder("XDG_CACHE_HOME", ".cache");
}

} // namespace spindle::io
