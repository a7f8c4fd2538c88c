// SPDX-License-Identifier: Apache-2.0
#include "cli/market_price.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/market/price.h"
#include "base/clock.h"
#include "cli/discogs_access.h"
#include "cli/market_text.h"
#include "cli/owner_settings.h"
#include "cli/release_word.h"
#include "document/json.h"
#include "document/market_document.h"

namespace spindle::cli {
namespace {

/// Summary on stderr: what could not be done, and how to go on.
/// @param trouble why it ended early, unless that was told already
void say_what_is_left(const app::PriceReport& report, const std::string& trouble,
                      const Context& context) {
    if (!trouble.empty()) {
        context.terminal.warn(trouble);
    }
    if (report.interrupted) {
        context.terminal.say("Stopped. What was learned is kept.");
    }
    if (report.queued > 0) {
        context.terminal.say(
            fmt::format("{} queued; go on with: spindle market price --queued", report.queued));
    }
}

std::vector<std::string> currency_names() {
    const auto known = market::known_currencies();
    return {known.begin(), known.end()};
}

} // namespace

Result<Exit> market_price(const MarketPriceOptions& options, const Context& context) {
    auto named = releases_named(options.ids);
    if (!named) {
        return misuse(context, named.error().message);
    }
    std::vector<ReleaseId> releases = std::move(*named);
    if (releases.empty() && !options.queued) {
        return misuse(context, "which releases? Name their numbers, or say --queued for those "
                               "left over from before");
    }
    SPINDLE_TRY(const auto settings, owner_settings());
    std::string currency = options.currency;
    if (currency.empty()) {
        currency = market::is_known_currency(settings.currency) ? settings.currency : "USD";
    }
    SPINDLE_TRY(const auto file, discogs_login_file());
    SPINDLE_TRY(const auto login, file.load());
    SPINDLE_TRY(const auto discogs,
                open_discogs(login ? login->token : std::string(), options.stall_timeout));
    SPINDLE_TRY(const auto store,
                context.backends.open_market(context.data_folder, store::Access::Write));
    if (options.queued) {
        SPINDLE_TRY(const auto queue, store->queue());
        releases.insert(releases.end(), queue.begin(), queue.end());
    }
    if (releases.empty()) {
        context.terminal.say("Nothing is queued.");
    }
    if (!login && options.suggestions) {
        context.terminal.warn("suggested prices need a token: spindle login discogs");
    }
    app::PriceOptions price;
    price.currency = currency;
    price.suggestions = options.suggestions && login ? app::Ask::Yes : app::Ask::No;
    price.catalog = app::CatalogVersions::open(context.data_folder);
    price.versions = options.versions ? app::Ask::Yes : app::Ask::No;
    std::vector<std::string> told; // the same trouble once, not a hundred times
    const auto show = [&](const app::PricedRelease& release) {
        context.terminal.clear();
        if (release.error &&
            std::find(told.begin(), told.end(), release.error->message) == told.end()) {
            context.terminal.warn(release.error->message);
            told.push_back(release.error->message);
        }
        context.out.line(context.format == Format::Json
                             ? document::to_text(document::to_json(release))
                             : priced_text(release, currency, system_seconds()));
        context.out.flush();
    };
    SPINDLE_TRY(const auto report, app::price_releases(*store, *discogs, releases, price, show,
                                                       context.terminal.progress(), context.stop));
    if (context.format == Format::Text && !releases.empty()) {
        context.out.line(market::kDataNotice);
    }
    std::string trouble;
    if (report.stopped_by) {
        trouble = report.stopped_by->message;
    }
    const bool is_told = std::find(told.begin(), told.end(), trouble) != told.end();
    say_what_is_left(report, is_told ? std::string() : trouble, context);
    const bool all = report.outdated + report.missing == 0;
    return all && !report.interrupted ? Exit::Done : Exit::Incomplete;
}

const Command kMarketPriceCommand{
    "market price", "what releases cost now, and how many people have and want them",
    "spindle market price 249504 1234567\n"
    "  spindle market price --currency EUR https://www.discogs.com/release/249504\n"
    "  spindle market price --json --queued | jq -r .title\n\n"
    "What was seen less than six hours ago is shown at once; for the rest Discogs is asked, 55\n"
    "releases a minute with a token (spindle login discogs), 22 without. After Ctrl-C or a cut "
    "line\n"
    "--queued goes on. Data provided by Discogs.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<MarketPriceOptions>();
        arguments.positional("ID", &options->ids, "release numbers, or addresses of their pages",
                             Need::Optional);
        arguments.choice("--currency", "CODE", options->currency,
                         "of the prices (default: yours in ~/.config/spindle/spindle.toml, or USD)",
                         currency_names());
        arguments.flag("--queued", options->queued, "those that could not be asked for before");
        arguments.flag("--suggestions", options->suggestions,
                       "suggested prices for each grade, too; for sellers, twice the requests");
        arguments.flag(
            "--versions", options->versions,
            "how many versions there are, too, where the catalog does not know: twice the "
            "requests");
        arguments.number("--stall-timeout", "SECONDS", &options->stall_timeout,
                         "silence after which the line counts as cut (default: 30)", 0.1, 3600);
        return [options](const Context& context) { return market_price(*options, context); };
    }};

} // namespace spindle::cli
