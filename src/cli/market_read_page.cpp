// SPDX-License-Identifier: Apache-2.0
#include "cli/market_read_page.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "cli/page_text.h"
#include "document/json.h"
#include "document/page_document.h"
#include "market/page_quotes.h"

namespace spindle::cli {
namespace {

struct ReadPageOptions {
    std::vector<std::string> files;
};

document::Json error_of(const std::string& file, const Error& error) {
    return document::Json{{"file", file},
                          {"error", {{"code", name_of(error.code)}, {"message", error.message}}}};
}

/// What the page says becomes part of the owner's history of prices.
Result<void> keep(const market::PageStatistics& page, const Context& context) {
    const auto quotes = market::quotes_of(page, system_seconds());
    if (quotes.empty() || page.release.value == 0) {
        return {};
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_market(context.data_folder, store::Access::Write));
    return store->add_quotes(quotes);
}

Result<Exit> read_pages(const ReadPageOptions& options, const Context& context) {
    Exit exit = Exit::Done;
    for (const std::string& file : options.files) {
        if (context.stop.stop_requested()) {
            return fail(Code::Cancelled, "stopped");
        }
        const auto page = market::read_saved_page_file(file);
        if (!page) {
            context.terminal.warn(page.error().message);
            exit = Exit::Incomplete;
        }
        if (context.format == Format::Json) {
            context.out.line(document::to_text(page ? document::page_json(file, *page)
                                                    : error_of(file, page.error())));
        } else if (page) {
            context.out.line(page_text(file, *page));
        }
        if (page) {
            SPINDLE_TRY_VOID(keep(*page, context));
        }
    }
    return exit;
}

} // namespace

const Command kMarketReadPageCommand{
    "market read-page", "read the sales statistics of release pages you saved",
    "spindle market read-page ~/Downloads/*.html\n\n"
    "Open a release on Discogs in your browser, save the page as HTML, and give the file.\n"
    "Prices stay in the currency the page shows, and are kept (spindle market history).",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<ReadPageOptions>();
        arguments.positional("FILE", &options->files, "saved page (HTML)", Need::Required,
                             Takes::File);
        return [options](const Context& context) { return read_pages(*options, context); };
    }};

} // namespace spindle::cli
