// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/catalog/dump_download.h"
#include "cli/command.h"

namespace spindle::cli {

struct CatalogDownloadOptions {
    std::string month; ///< "2026-07"; empty = the newest
    std::string from;  ///< empty = as set, or Discogs'
    std::string to;    ///< folder; empty = as set, or <data folder>/dumps
    bool masters = false;
    double stall_timeout = 60; ///< seconds
    int retries = 8;
};

Result<Exit> catalog_download(const CatalogDownloadOptions& options, const Context& context);

extern const Command kCatalogDownloadCommand;

} // namespace spindle::cli
