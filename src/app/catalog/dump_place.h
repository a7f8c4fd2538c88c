// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "app/catalog/catalog_folder.h"
#include "app/catalog/dump_download.h"
#include "app/settings/settings.h"

namespace spindle::app {

/// Where months of Discogs' data come from and go to, as the owner set it.
struct DumpPlace {
    std::string server = kDumpServer;
    std::filesystem::path folder;
};

inline DumpPlace dump_place(const Settings& settings, const std::filesystem::path& data_folder) {
    return {settings.dump_server.empty() ? kDumpServer : settings.dump_server,
            settings.dumps.empty() ? dumps_folder(data_folder) : settings.dumps};
}

} // namespace spindle::app
