// SPDX-License-Identifier: Apache-2.0
#include "cli/release_word.h"

#include <charconv>

namespace spindle::cli {

Result<ReleaseId> release_named(const std::string& word) {
    ReleaseId id;
    const auto slash = word.find_last_of('/'); // a page's address does as well
    const std::string digits = word.substr(slash == std::string::npos ? 0 : slash + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
    const bool whole = end == digits.data() + digits.size() || *end == '-';
    if (error != std::errc{} || !whole || id.value == 0) {
        return fail(Code::BadInput,
                    "{}: a release is named by its number, as in "
                    "https://www.discogs.com/release/249504",
                    word);
    }
    return id;
}

Result<std::vector<ReleaseId>> releases_named(const std::vector<std::string>& words) {
    std::vector<ReleaseId> ids;
    for (const std::string& word : words) {
        SPINDLE_TRY(const auto id, release_named(word));
        ids.push_back(id);
    }
    return ids;
}

} // namespace spindle::cli
