// SPDX-License-Identifier: Apache-2.0
#include "app/market/online_search.h"

#include <algorithm>
#include <cctype>

namespace spindle::app {
namespace {

constexpr double kSure = 0.8; // a word read with less is wrong too often to insist on it
// Words: four tell nearly every record from the rest, and each one more may be a misread one.
constexpr std::size_t kMostWords = 4;
constexpr std::size_t kShortestWord = 3; // bytes; shorter ones are everywhere
constexpr std::size_t kLeastDigits = 3;  // of a catalog number that tells anything
constexpr std::size_t kLongestNumber = 24;
constexpr std::size_t kLongestPrefix = 5; // "CDP", "TOCP": letters before a number's digits

std::size_t digits_of(const std::string& word) {
    return static_cast<std::size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_prefix(const std::string& word) {
    return word.size() <= kLongestPrefix &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The neighbouring words with the most digits that look like one number: "CDP 7 46153 2".
std::string number_in(const catalog::Reading& reading) {
    std::string best;
    for (const catalog::ReadLine& line : reading.lines) {
        for (std::size_t first = 0; first < line.words.size(); ++first) {
            std::string number;
            for (std::size_t last = first; last < line.words.size(); ++last) {
                const catalog::ReadWord& word = line.words[last];
                const bool fits =
                    word.confidence >= kSure &&
                    (digits_of(word.text) > 0 || (last == first && is_prefix(word.text)));
                if (!fits || number.size() + word.text.size() > kLongestNumber) {
                    break;
                }
                number += (number.empty() ? "" : " ") + word.text;
            }
            // Of the same digits the longer: it has its prefix.
            const auto rank = [](const std::string& text) {
                return std::pair(digits_of(text), text.size());
            };
            best = rank(number) > rank(best) ? number : best;
        }
    }
    return digits_of(best) >= kLeastDigits ? best : "";
}

/// The surest words, in the order they were read.
std::string words_in(const catalog::Reading& reading) {
    std::vector<const catalog::ReadWord*> words;
    for (const catalog::ReadLine& line : reading.lines) {
        for (const catalog::ReadWord& word : line.words) {
            const bool telling = word.text.size() >= kShortestWord && digits_of(word.text) == 0 &&
                                 word.confidence >= kSure;
            if (telling && std::none_of(words.begin(), words.end(), [&](const auto* other) {
                    return other->text == word.text;
                })) {
                words.push_back(&word);
            }
        }
    }
    std::vector<const catalog::ReadWord*> surest = words;
    std::stable_sort(surest.begin(), surest.end(),
                     [](const auto* a, const auto* b) { return a->confidence > b->confidence; });
    surest.resize(std::min(surest.size(), kMostWords));
    std::string text;
    for (const catalog::ReadWord* const word : words) {
        if (std::find(surest.begin(), surest.end(), word) != surest.end()) {
            text += (text.empty() ? "" : " ") + word->text;
        }
    }
    return surest.size() >= 2 ? text : "";
}

bool is_barcode(const std::string& number) {
    std::string digits = number;
    std::erase(digits, ' ');
    return digits.size() >= 8 && digits.size() <= 14 && digits_of(digits) == digits.size();
}

} // namespace

std::vector<market::SearchQuery> search_queries(const catalog::Reading& reading,
                                                const std::string& format) {
    std::vector<market::SearchQuery> queries;
    market::SearchQuery query;
    query.format = format;
    if (std::string number = number_in(reading); is_barcode(number)) {
        std::erase(number, ' ');
        query.words = number; // as a word it is found more reliably than as a barcode
        queries.push_back(query);
        query.words.clear();
    } else if (!number.empty()) {
        query.number = number;
        queries.push_back(query);
        query.number.clear();
    }
    if (const std::string words = words_in(reading); !words.empty()) {
        query.words = words;
        queries.push_back(query);
    }
    return queries;
}

catalog::Release release_of(const market::SearchHit& hit) {
    constexpr std::string_view kBetween = " - ";
    constexpr std::size_t kMostLabels = 3; // companies follow, which no spine names
    catalog::Release release;
    release.id = hit.release;
    release.master = hit.master;
    release.year = static_cast<std::uint16_t>(std::clamp(hit.year, 0, 9999));
    release.country = hit.country;
    const auto between = hit.title.find(kBetween);
    release.title =
        between == std::string::npos ? hit.title : hit.title.substr(between + kBetween.size());
    if (between != std::string::npos) {
        std::string artist = hit.title.substr(0, between);
        while (artist.ends_with('*')) { // a name as printed, where Discogs knows another
            artist.pop_back();
        }
        release.artists.push_back({0, std::move(artist), "", ""});
    }
    for (const std::string& label : hit.labels) {
        const bool known =
            std::any_of(release.labels.begin(), release.labels.end(),
                        [&](const catalog::LabelNumber& other) { return other.label == label; });
        if (!known && release.labels.size() < kMostLabels) {
            release.labels.push_back({label, release.labels.empty() ? hit.number : ""});
        }
    }
    if (release.labels.empty() && !hit.number.empty()) {
        release.labels.push_back({"", hit.number});
    }
    if (!hit.formats.empty()) {
        release.formats.push_back(
            {hit.formats.front(), 1, "", {hit.formats.begin() + 1, hit.formats.end()}});
    }
    release.barcodes = hit.barcodes;
    return release;
}

market::DiscogsResult<std::vector<catalog::Release>>
search_releases(const market::DiscogsClient& discogs, const market::SearchQuery& query,
                const std::stop_token& stop) {
    SPINDLE_TRY(const auto page, discogs.search(query, stop));
    std::vector<catalog::Release> releases;
    for (const market::SearchHit& hit : page.items) {
        releases.push_back(release_of(hit));
    }
    return releases;
}

} // namespace spindle::app
