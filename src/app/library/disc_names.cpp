// SPDX-License-Identifier: Apache-2.0
#include "app/library/disc_names.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/text.h"

namespace spindle::app {
namespace {

/// Where the "(Disc 2)" at the end of an album's name begins; npos if there is none.
std::size_t disc_suffix(std::string_view album) {
    if (!album.ends_with(')') && !album.ends_with(']')) {
        return std::string_view::npos;
    }
    const auto open = album.find_last_of("([");
    const bool disc = open != std::string_view::npos && open > 0 &&
                      disc_number_in(album.substr(open + 1, album.size() - open - 2)) > 0;
    return disc ? open : std::string_view::npos;
}

} // namespace

int disc_number_in(std::string_view name) {
    const std::string text = text::ascii_lower(text::trimmed(name));
    constexpr std::array<std::string_view, 7> kWords = {"cd",   "disc",  "disk", "lp",
                                                        "side", "vinyl", "dvd"};
    for (const std::string_view word : kWords) {
        if (!text.starts_with(word)) {
            continue;
        }
        auto rest = std::string_view(text).substr(word.size());
        rest = rest.substr(std::min(rest.find_first_not_of(" _.-#"), rest.size()));
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        const bool lettered = word == "side" && !rest.empty() && rest[0] >= 'a' && rest[0] <= 'z';
        const std::size_t mark = digits > 0 && digits <= 2 ? digits : (lettered ? 1 : 0);
        const bool ends = rest.size() == mark ||
                          std::string_view(" -:_").find(rest[mark]) != std::string_view::npos;
        if (mark == 0 || !ends) {
            continue;
        }
        if (digits == 0) {
            return rest[0] - 'a' + 1;
        }
        return digits == 1 ? rest[0] - '0' : (rest[0] - '0') * 10 + (rest[1] - '0');
    }
    return 0;
}

std::string album_without_disc(std::string_view album) {
    const std::string_view text = text::trimmed(album);
    return std::string(text::trimmed(text.substr(0, disc_suffix(text))));
}

int disc_number_of(const std::string& path, std::string_view album) {
    const std::string_view text = text::trimmed(album);
    const auto open = disc_suffix(text);
    if (open != std::string_view::npos) {
        return disc_number_in(text.substr(open + 1, text.size() - open - 2));
    }
    return disc_number_in(std::filesystem::path(path).parent_path().filename().string());
}

} // namespace spindle::app
