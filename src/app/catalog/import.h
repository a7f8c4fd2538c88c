// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/catalog/import_report.h"
#include "base/progress.h"
#include "base/result.h"

namespace spindle::app {

/// What is imported and how.
struct ImportOptions {
    std::string source;               ///< a file, an http(s) URL, or "-" for standard input
    std::string masters;              ///< the masters dump, for first years; may be empty
    std::vector<std::string> formats; ///< keep only releases with one of these ("CD", "Vinyl");
                                      ///< empty = all. "CD" keeps "CDr" out, case does not matter.
                                      ///< With a list, these two are refused
    bool with_tracks = true;
    bool accept_incomplete = false; ///< take a dump that ends before its end tag
    std::string user_agent;         ///< for a URL: io::user_agent()
    unsigned threads = 0;           ///< 0 = one per core
};

/// Makes the catalog of a data folder from a Discogs releases dump (which replaces the one before),
/// or adds a list to it: a Discogs collection or inventory export, or a table with named columns
/// (which overrides the same releases of earlier lists). What kind it is, is seen from the content;
/// gzip is unpacked.
///
/// The new file is made beside the old one, which serves until the new one is complete and is then
/// replaced by rename. Whatever happens before leaves the old one as it was. One import at a time:
/// a second one is refused with Code::Busy.
/// @return Code::Cancelled when `stop` was requested; nothing is changed then.
Result<ImportReport> import_catalog(const std::filesystem::path& data_folder,
                                    const ImportOptions& options, const ProgressSink& progress,
                                    const std::stop_token& stop);

} // namespace spindle::app
