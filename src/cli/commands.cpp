// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <array>

#include "cli/catalog_download.h"
#include "cli/catalog_import.h"
#include "cli/catalog_search.h"
#include "cli/catalog_show.h"
#include "cli/catalog_stats.h"
#include "cli/collection_change.h"
#include "cli/collection_files.h"
#include "cli/collection_list.h"
#include "cli/collection_sync.h"
#include "cli/completion.h"
#include "cli/devices.h"
#include "cli/doctor.h"
#include "cli/fingerprint.h"
#include "cli/identify.h"
#include "cli/library_add.h"
#include "cli/library_list.h"
#include "cli/library_remove.h"
#include "cli/library_show.h"
#include "cli/library_side.h"
#include "cli/library_verify.h"
#include "cli/library_watch.h"
#include "cli/listen.h"
#include "cli/login_discogs.h"
#include "cli/market_appraise.h"
#include "cli/market_history.h"
#include "cli/market_open.h"
#include "cli/market_price.h"
#include "cli/market_read_page.h"
#include "cli/plays.h"
#include "cli/scan.h"

namespace spindle::cli {
namespace {

constexpr std::array kAll = {
<<<<<<< HEAD
    &kLibraryAddCommand,
    &kLibraryListCommand,
    &kLibraryShowCommand,
    &kLibraryRemoveCommand,
    &kLibraryVerifyCommand,
    &kLibrarySideCommand,
    &kLibraryWatchCommand,
    &kIdentifyCommand,
    &kFingerprintCommand,
    &kListenCommand,
    &kPlaysCommand,
    &kScanCommand,
    &kCatalogDownloadCommand,
    &kCatalogImportCommand,
    &kCatalogSearchCommand,
    &kCatalogShowCommand,
    &kCatalogStatsCommand,
    &kMarketPriceCommand,
    &kMarketAppraiseCommand,
    &kMarketHistoryCommand,
    &kMarketReadPageCommand,
    &kMarketOpenCommand,
    &kCollectionSyncCommand,
    &kCollectionListCommand,
    &kCollectionAddCommand,
    &kCollectionImportCommand,
    &kCollectionExportCommand,
    &kWantsSyncCommand,
    &kWantsListCommand,
    &kWantsAddCommand,
    &kWantsRemoveCommand,
    &kWantsImportCommand,
    &kWantsExportCommand,
    &kLoginDiscogsCommand,
    &kLogoutDiscogsCommand,
    &kCompletionCommand,
=======
    &kLibraryAddCommand,       &kLibraryListCommand,
    &kLibraryShowCommand,      &kLibraryRemoveCommand,
    &kLibraryVerifyCommand,    &kLibrarySideCommand,
    &kLibraryWatchCommand,     &kIdentifyCommand,
    &kFingerprintCommand,      &kScanCommand,
    &kCatalogDownloadCommand,  &kCatalogImportCommand,
    &kCatalogSearchCommand,    &kCatalogShowCommand,
    &kCatalogStatsCommand,     &kMarketPriceCommand,
    &kMarketAppraiseCommand,   &kMarketHistoryCommand,
    &kMarketReadPageCommand,   &kMarketOpenCommand,
    &kCollectionSyncCommand,   &kCollectionListCommand,
    &kCollectionAddCommand,    &kCollectionImportCommand,
    &kCollectionExportCommand, &kWantsSyncCommand,
    &kWantsListCommand,        &kWantsAddCommand,
    &kWantsRemoveCommand,      &kWantsImportCommand,
    &kWantsExportCommand,      &kLoginDiscogsCommand,
    &kLogoutDiscogsCommand,    &kDevicesCommand,
    &kDoctorCommand,           &kCompletionCommand,
>>>>>>> 0027c0869a1e91f0ebf5d4ddb8467b01bb1f53ee
};

} // namespace

std::span<const Command* const> all_commands() {
    return kAll;
}

std::string_view group_summary(std::string_view group) {
    if (group == "library") {
        return "the music Spindle knows: add, list, check and watch it";
    }
    if (group == "catalog") {
        return "all of Discogs on your own disk: import, search, look up";
    }
    if (group == "market") {
        return "what records cost, now and before, and what they are worth";
    }
    if (group == "collection") {
        return "the discs you own, here and on Discogs";
    }
    if (group == "wants") {
        return "the discs you look for, here and on Discogs";
    }
    if (group == "login") {
        return "let Spindle use a service in your name";
    }
    if (group == "logout") {
        return "forget how to use a service in your name";
    }
    return {};
}

} // namespace spindle::cli
