// SPDX-License-Identifier: Apache-2.0
#include "app/dig/dig.h"

#include "app/dig/disc_naming.h"
#include "app/dig/disc_pricing.h"
#include "inference/places.h"

namespace spindle::app {
namespace {

void tell(const std::function<void(const std::string&)>& listener, const std::string& text) {
    if (listener && !text.empty()) {
        listener(text);
    }
}

/// Asks Discogs' search for what the catalog does not have.
Result<void> search(const DigOptions& options, const DigTools& tools,
                    const market::DiscogsClient& discogs, const ScanObserver& observer,
                    const DigWords& words, ScanReport& report, const ProgressSink& progress,
                    const std::stop_token& stop) {
    const auto catalog = ScanCatalog::open(tools.data_folder, report.format, report.certainty);
    if (catalog.matcher() == nullptr || options.searching.most == 0) {
        return {};
    }
    DiscSearchOptions searching = options.searching;
    searching.tell = observer.disc;
    SPINDLE_TRY(const auto done,
                search_discs(report, *catalog.matcher(), discogs, searching, progress, stop));
    if (!done.trouble.empty()) {
        tell(words.warn, done.trouble);
    } else if (done.left > 0 && !stop.stop_requested()) {
        tell(words.say, fmt::format("{} discs were not searched for on Discogs after {} searches; "
                                    "--searches N allows more",
                                    done.left, done.searches));
    }
    return {};
}

/// What the discs are worth.
Result<void> price(const DigOptions& options, const DigTools& tools,
                   const market::DiscogsClient& discogs, const ScanObserver& observer,
                   const DigWords& words, ScanReport& report, const ProgressSink& progress,
                   const std::stop_token& stop) {
    SPINDLE_TRY(const auto model_file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(model_file));
    SPINDLE_TRY(const auto prices,
                tools.backends.open_market(tools.data_folder, store::Access::Write));
    DiscPricingOptions pricing;
    pricing.offer = options.settings.offer;
    pricing.costs = options.settings.costs;
    pricing.rules = options.settings.rules;
    pricing.catalog = CatalogVersions::open(tools.data_folder);
    pricing.rates = options.settings.rates;
    pricing.tell = observer.disc;
    SPINDLE_TRY(const auto trouble,
                price_discs(report, *prices, discogs, model, pricing, progress, stop));
    tell(words.warn, trouble.message);
    if (trouble.left > 0) {
        tell(words.say, fmt::format("{} without a price; go on with: spindle market price --queued",
                                    trouble.left));
    }
    return {};
}

/// With a token, what only Discogs knows and what the discs are worth; and what the owner has and
/// wants.
Result<void> appraise(const DigOptions& options, const DigTools& tools,
                      const ScanObserver& observer, const DigWords& words, ScanReport& report,
                      const ProgressSink& progress, const std::stop_token& stop) {
    std::unique_ptr<market::DiscogsClient> discogs;
    if (tools.open_discogs) {
        SPINDLE_TRY(discogs, tools.open_discogs());
    }
    if (discogs) {
        SPINDLE_TRY_VOID(search(options, tools, *discogs, observer, words, report, progress, stop));
    }
    const auto collection = tools.backends.open_collection(tools.data_folder, store::Access::Read);
    if (collection) {
        SPINDLE_TRY_VOID(mark_holdings(report, **collection));
        for (const Disc& disc : report.discs) {
            if (observer.disc && (disc.owned > 0 || disc.wanted)) {
                observer.disc(disc);
            }
        }
    } else if (collection.error().code != Code::NotFound) {
        tell(words.warn, collection.error().message);
    }
    return discogs ? price(options, tools, *discogs, observer, words, report, progress, stop)
                   : Result<void>();
}

} // namespace

Result<ScanReport> dig(const DigOptions& options, const DigTools& tools,
                       const ScanObserver& observer, const DigWords& words,
                       const ProgressSink& progress, const std::stop_token& stop) {
    SPINDLE_TRY(auto report,
                scan_photos(tools.data_folder, options.scan, progress, stop, observer));
    report.folder = options.folder;
    const auto left = [&] { return stop.stop_requested() && !options.write_interrupted; };
    if (!left()) {
        if (const auto done = appraise(options, tools, observer, words, report, progress, stop);
            !done) {
            tell(words.warn, done.error().message);
        }
    }
    if (left()) {
        return fail(Code::Cancelled, "stopped");
    }
    SPINDLE_TRY_VOID(write_scan(report, progress, options.strips));
    return report;
}

void tell_troubles(const ScanReport& report, const DigWords& words) {
    for (const PhotoFacts& photo : report.photos) {
        if (photo.error) {
            tell(words.warn, photo.error->message);
        }
        for (const Advice& advice : photo.advice) {
            tell(words.warn, fmt::format("{}: {}", photo.path.string(), advice.message));
        }
    }
    if (!report.releases) {
        tell(words.say, report.without_catalog);
    }
    if (report.interrupted) {
        tell(words.say, "Stopped: what was read until then is kept");
    }
}

} // namespace spindle::app
