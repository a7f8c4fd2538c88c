// SPDX-License-Identifier: Apache-2.0
#include "cli/owner_settings.h"

#include "io/xdg.h"

namespace spindle::cli {

Result<app::Settings> owner_settings() {
    const auto folder = io::config_folder();
    return folder ? app::load_settings(*folder) : app::Settings{}; // no home: nothing is set
}

} // namespace spindle::cli
