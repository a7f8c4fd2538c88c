// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog/dump_download.h"
#include "app/catalog/import.h"
#include "app/jobs/job_queue.h"
#include "app/settings/settings.h"
#include "base/result.h"

namespace spindle::app {

/// Where a catalog is to be imported from. Never a path that somebody sent.
enum class CatalogFrom {
    Server, ///< a month of Discogs' data, which is downloaded first
    Dump,   ///< a month that lies in the folder of dumps
    List,   ///< a list that was sent: the only file in kListFolder of the job's folder
};

/// What becomes of a dump once its releases are in the catalog.
enum class Afterwards { Keep, Remove };

/// An import that is to be done in the background.
struct CatalogJob {
    CatalogFrom from = CatalogFrom::Server;
    std::optional<Month> month{};       ///< of Server; nothing: the newest
    std::string file{};                 ///< of Dump: its name, see dump_files.h
    std::vector<std::string> formats{}; ///< as ImportOptions::formats; of a list none
    Masters masters = Masters::Leave;   ///< of Dump: if its file is there
    Afterwards afterwards = Afterwards::Keep;
};

/// As StoredJob::options, and back. Errors: Code::BadInput.
std::string text_of(const CatalogJob& job);
Result<CatalogJob> read_catalog_job(std::string_view text);

inline constexpr const char* kListFolder = "list";
/// What the import did, as `spindle catalog import --json` says it.
inline constexpr const char* kImportFile = "import.json";

struct CatalogJobTools {
    std::filesystem::path data_folder;
    std::function<Result<Settings>()> settings; ///< asked at the beginning of each
    std::string user_agent;                     ///< io::user_agent()
    /// How an import looks as JSON: rooms above know (document/catalog_document.h).
    std::function<std::string(const ImportReport&)> render;
};

/// Downloads and imports. One that is taken up again goes on with what was downloaded, and imports
/// anew; until it is done the catalog is as it was. What was sent is deleted once it is in.
/// Summary: {"counts":{"releases","added"},"month"}.
JobWork catalog_work(CatalogJobTools tools);

} // namespace spindle::app
