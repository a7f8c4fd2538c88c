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
#include "cli/devices_paired.h"
#include "cli/doctor.h"
#include "cli/fingerprint.h"
#include "cli/grade.h"
#include "cli/grade_compare.h"
#include "cli/grade_train.h"
#include "cli/identify.h"
#include "cli/library_add.h"
#include "cli/library_enrol.h"
#include "cli/library_list.h"
#include "cli/library_remove.h"
#include "cli/library_show.h"
#include "cli/library_side.h"
#include "cli/library_verify.h"
#include "cli/library_watch.h"
#include "cli/listen.h"
#include "cli/login_discogs.h"
#include "cli/login_lastfm.h"
#include "cli/login_listenbrainz.h"
#include "cli/market_appraise.h"
#include "cli/market_history.h"
#include "cli/market_open.h"
#include "cli/market_price.h"
#include "cli/market_read_page.h"
#include "cli/plays.h"
#include "cli/scan.h"
#include "cli/scrobble_add.h"
#include "cli/scrobble_change.h"
#include "cli/scrobble_send.h"
#include "cli/scrobble_status.h"
#include "cli/serve.h"
#include "cli/watch.h"

namespace spindle::cli {
namespace {

constexpr std::array kAll = {
    &kLibraryAddCommand,
    &kLibraryEnrolCommand,
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
    &kScrobbleStatusCommand,
    &kScrobbleSendCommand,
    &kScrobbleAddCommand,
    &kScrobbleEditCommand,
    &kScrobbleRetryCommand,
    &kScrobbleDropCommand,
    &kGradeCommand,
    &kGradeCompareCommand,
    &kGradeListCommand,
    &kGradeRemoveCommand,
    &kGradeTrainCommand,
    &kGradeEvalCommand,
    &kServeCommand,
    &kDevicesCommand,
    &kDevicesPairCommand,
    &kDevicesListCommand,
    &kDevicesRevokeCommand,
    &kDoctorCommand,
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
    &kLoginLastfmCommand,
    &kLoginListenBrainzCommand,
    &kLogoutDiscogsCommand,
    &kLogoutLastfmCommand,
    &kLogoutListenBrainzCommand,
    &kWatchCommand,
    &kCompletionCommand,
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
    if (group == "scrobble") {
        return "what you heard, on its way to Last.fm, ListenBrainz and others";
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
