// SPDX-License-Identifier: Apache-2.0
// Answers of Discogs' API, or of whoever stands in its place.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "market/detail/discogs_json.h"

namespace {

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

template <typename T>
void expect_words(const spindle::Result<T>& result) {
    expect(result || (spindle::text::is_utf8(result.error().message) &&
                      result.error().message.size() < 1000));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    using namespace spindle::market;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto release = detail::read_release(body, ReleaseId{52152}, "EUR");
    expect_words(release);
    if (release) {
        expect(release->release == ReleaseId{52152});
        expect(text::is_utf8(release->artist) && text::is_utf8(release->title) &&
               text::is_utf8(release->format) && text::is_utf8(release->country));
        expect(!release->lowest ||
               (std::isfinite(release->lowest->amount) && release->lowest->amount >= 0));
        expect(!release->rating || (*release->rating >= 0 && *release->rating <= 5));
        expect(release->have.value_or(0) >= 0 && release->want.value_or(0) >= 0);
        expect(quotes_of(*release, "EUR", 0).size() <= 7);
    }
    const auto suggestions = detail::read_suggestions(body);
    expect_words(suggestions);
    if (suggestions) {
        expect(quotes_of(ReleaseId{1}, *suggestions, 0).size() <= 8);
    }
    expect_words(detail::read_identity(body));
    expect_words(detail::read_total(body));
    expect_words(detail::read_search(body));
    expect_words(detail::read_folders(body));
    expect_words(detail::read_fields(body));
    expect_words(detail::read_collection(body));
    expect_words(detail::read_wants(body));
    expect_words(detail::read_instance(body));
    expect(text::is_utf8(detail::read_message(body)));
    return 0;
}
