// SPDX-License-Identifier: Apache-2.0
#include "cli/market_open.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "cli/page_text.h"
#include "cli/release_word.h"
#include "document/json.h"
#include "document/page_document.h"
#include "market/browser.h"
#include "market/page_quotes.h"

namespace spindle::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct OpenOptions {
    std::vector<std::string> ids;
    bool allowed = false;
    bool hidden = false;
    double pause = 10;    ///< seconds between pages: no faster than somebody who reads them
    double patience = 60; ///< seconds a page may take until it shows its statistics
};

/// Where the pages are: $SPINDLE_DISCOGS_SITE for tests, on this machine only.
std::string site() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets variables
    const char* const value = std::getenv("SPINDLE_DISCOGS_SITE");
    const std::string other = value == nullptr ? "" : value;
    return other.starts_with("http://127.0.0.1") ? other : "https://www.discogs.com";
}

/// Waits; true when it was stopped.
bool pause(double seconds, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
    return stop.stop_requested();
}

/// The statistics of the page that is open, as soon as it shows them. A check whether somebody is
/// human is left to the person before the window.
Result<market::PageStatistics> statistics(market::Browser& browser, double patience,
                                          const Context& context) {
    const auto deadline = Clock::now() + std::chrono::duration<double>(patience);
    bool told = false;
    for (;;) {
        SPINDLE_TRY(const auto html, browser.source(context.stop));
        auto page = market::read_saved_page(html);
        if (page || Clock::now() >= deadline) {
            return page;
        }
        if (!told && page.error().code == Code::NoAccess) {
            context.terminal.warn("the page asks whether you are human: answer it in the window");
            told = true;
        }
        if (pause(0.5, context.stop)) {
            return fail(Code::Cancelled, "stopped");
        }
    }
}

Result<Exit> open_pages(const OpenOptions& options, const Context& context) {
    const auto named = releases_named(options.ids);
    if (!named) {
        return misuse(context, named.error().message);
    }
    const std::vector<ReleaseId>& releases = *named;
    if (!options.allowed) {
        return misuse(context, "Discogs' terms let nobody read its pages by machine without being "
                               "allowed to. If you are, say --i-am-allowed; if not, save the page "
                               "yourself and use: spindle market read-page");
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_market(context.data_folder, store::Access::Write));
    market::BrowserOptions how;
    how.visible = !options.hidden;
    how.patience = Seconds{options.patience};
    SPINDLE_TRY(auto browser, market::Browser::start(how, context.stop));
    Exit exit = Exit::Done;
    for (std::size_t i = 0; i < releases.size(); ++i) {
        if (i > 0 && pause(options.pause, context.stop)) {
            return Exit::Incomplete;
        }
        context.terminal.progress()({"opening pages", {}, i, releases.size(), {}});
        const std::string address = fmt::format("{}/release/{}", site(), releases[i].value);
        auto page = [&]() -> Result<market::PageStatistics> {
            SPINDLE_TRY_VOID(browser.open(address, context.stop));
            return statistics(browser, options.patience, context);
        }();
        context.terminal.clear();
        if (!page) {
            if (page.error().code == Code::Cancelled) {
                return Exit::Incomplete;
            }
            context.terminal.warn(page.error().within(address).message);
            exit = Exit::Incomplete;
            if (page.error().code == Code::NoAccess) {
                break; // a wall is no invitation to knock again
            }
            continue;
        }
        if (page->release.value == 0) {
            page->release = releases[i];
        }
        SPINDLE_TRY_VOID(store->add_quotes(market::quotes_of(*page, system_seconds())));
        context.out.line(context.format == Format::Json
                             ? document::to_text(document::page_json(address, *page))
                             : page_text(address, *page));
        context.out.flush();
    }
    return exit;
}

} // namespace

const Command kMarketOpenCommand{
    "market open", "read release pages in your own browser, for those who may",
    "spindle market open 249504 1234567 --i-am-allowed\n\n"
    "Opens a Chromium you can watch, one page at a time and slowly, and reads the sales\n"
    "statistics. A page that asks whether you are human waits for you; nothing gets round it.\n"
    "Needs the packages chromium and chromium-driver.",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<OpenOptions>();
        arguments.positional("ID", &options->ids, "release numbers, or addresses of their pages",
                             Need::Required);
        arguments.flag("--i-am-allowed", options->allowed,
                       "you have Discogs' leave to read its pages by machine");
        arguments.flag("--hidden", options->hidden, "without a window (no display, tests)");
        arguments.number("--pause", "SECONDS", &options->pause, "between two pages (default: 10)",
                         0, 3600);
        arguments.number("--patience", "SECONDS", &options->patience,
                         "until a page shows its statistics (default: 60)", 1, 3600);
        return [options](const Context& context) { return open_pages(*options, context); };
    }};

} // namespace spindle::cli
