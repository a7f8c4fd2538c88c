// SPDX-License-Identifier: Apache-2.0
// A page from a web server, saved by somebody's browser. A table of a collection, where it begins
// like one.
#include "market/saved_page.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "market/collection_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("release_id")) { // tables of a collection share the corpus
        (void)market::read_inventory_csv(bytes);
        const auto file = market::read_collection_csv(bytes);
        market::CsvLimits wider; // what is written has every column of Discogs besides
        wider.columns = 200;
        if (file) {
            const auto again =
                market::read_collection_csv(market::collection_csv(file->entries), wider);
            if (!again || again->entries.size() != file->entries.size()) {
                std::abort();
            }
        }
        return 0;
    }
    (void)market::is_bot_wall(bytes);
    const auto page = market::read_saved_page(bytes);
    if (!page) {
        return 0;
    }
    if (!text::is_utf8(page->title) ||
        (page->rating && !(*page->rating > 0 && *page->rating <= 5))) {
        std::abort();
    }
    for (const auto& money : {page->sold_low, page->sold_median, page->sold_high, page->lowest}) {
        if (money &&
            (!std::isfinite(money->amount) || money->amount < 0 || money->currency.size() != 3)) {
            std::abort();
        }
    }
    return 0;
}
