// SPDX-License-Identifier: Apache-2.0
#include "catalog/media_shares.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <sstream>
#include <string_view>

#include "catalog/medium.h"

namespace spindle::bench {
namespace {

std::string_view group_of(Medium medium) {
    return is_vinyl(medium)             ? "vinyl"
           : is_cd(medium)              ? "cd"
           : medium == Medium::Cassette ? "cassette"
           : medium == Medium::File     ? "file"
                                        : "other";
}

} // namespace

Result<MediumShares> parse_media(const std::string& text) {
    MediumShares shares{};
    std::uint32_t sum = 0;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t equals = part.find('=');
        const std::string_view name = std::string_view(part).substr(0, equals);
        std::uint32_t percent = 0;
        if (equals != std::string::npos) {
            std::from_chars(part.data() + equals + 1, part.data() + part.size(), percent);
        }
        std::uint32_t real = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            real += group_of(static_cast<Medium>(i)) == name ? kRealMedia[i] : 0;
        }
        if (real == 0 || percent == 0 || percent > 100) {
            return fail(Code::BadInput,
                        "\"{}\" is not like vinyl=40; there are vinyl, cd, cassette, file, other",
                        part);
        }
        sum += percent;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (group_of(static_cast<Medium>(i)) == name) {
                shares[i] = percent * 10 * kRealMedia[i] / real;
            }
        }
    }
    if (sum != 100) {
        return fail(Code::BadInput, "the shares of \"{}\" make {} per cent, not 100", text, sum);
    }
    // What rounding has left over goes to the largest.
    *std::ranges::max_element(shares) += 1000 - std::accumulate(shares.begin(), shares.end(), 0U);
    return shares;
}

} // namespace spindle::bench
