// SPDX-License-Identifier: Apache-2.0
#include "cli/collection_sync.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "app/collection/collection_sync.h"
#include "cli/discogs_access.h"
#include "document/collection_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

using Sync = decltype(&app::sync_collection);

struct SyncOptions {
    double stall_timeout = 30;
};

Result<Exit> run_sync(Sync sync, const SyncOptions& options, const Context& context) {
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const auto login, file.load());
    if (!login) {
        return fail(Code::NoAccess,
                    "Discogs does not know who asks; begin with: spindle login discogs");
    }
    SPINDLE_TRY(const auto discogs, open_discogs(login->token, options.stall_timeout));
    SPINDLE_TRY(const auto store,
                context.backends.open_collection(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto report,
                sync(*discogs, login->username, *store, context.terminal.progress(), context.stop));
    context.terminal.clear();
    if (!report.trouble.empty()) {
        context.terminal.warn(report.trouble);
    }
    if (context.format == Format::Json) {
        context.out.line(document::to_text(document::to_json(report)));
    } else {
        context.out.line(fmt::format("{} on Discogs: {} new here, {} changed, {} gone, {} sent",
                                     report.there, report.added, report.changed, report.removed,
                                     report.sent));
    }
    if (report.waiting > 0) {
        context.terminal.say(fmt::format("{} not sent yet; the next sync goes on", report.waiting));
    }
    return report.trouble.empty() ? Exit::Done : Exit::Incomplete;
}

Run declare(Sync sync, Arguments& arguments) {
    auto options = std::make_shared<SyncOptions>();
    arguments.number("--stall-timeout", "SECONDS", &options->stall_timeout,
                     "silence after which the line counts as cut (default: 30)", 0.1, 3600);
    return [options, sync](const Context& context) { return run_sync(sync, *options, context); };
}

} // namespace

const Command kCollectionSyncCommand{
    "collection sync", "bring the collection here and on Discogs to the same state",
    "spindle collection sync\n\n"
    "Needs a token (spindle login discogs). 100 discs are one request. What changed on Discogs\n"
    "is taken over, what was added here is sent, with its conditions; nothing is sent twice.",
    [](Arguments& arguments) -> Run { return declare(&app::sync_collection, arguments); }};

const Command kWantsSyncCommand{
    "wants sync", "bring the wants here and on Discogs to the same state", "spindle wants sync",
    [](Arguments& arguments) -> Run { return declare(&app::sync_wants, arguments); }};

} // namespace spindle::cli
