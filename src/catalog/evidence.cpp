// SPDX-License-Identifier: Apache-2.0
#include "catalog/evidence.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string_view>
#include <utility>

#include "catalog/normal_form.h"
#include "catalog/reading_errors.h"

namespace spindle::catalog {
namespace {

// What it costs when something that is usually on a spine was not seen (-ln of how often that
// happens, given that the release is the right one). Set by hand.
constexpr double kMissingArtistWord = 1.2;
constexpr double kMissingTitleWord = 1.6;
constexpr double kMissingAside = 0.4;  ///< words in brackets: "(Remastered)" is seldom on a spine
constexpr double kMissingRepeat = 0.2; ///< of a title word the artist has too: printed once
constexpr double kMissingVolume = 3;   ///< "Volume Two" without its "two" is another record
constexpr double kOtherVolume = 3;     ///< and with another volume's number in its place
constexpr double kWholeArtist = 3;     ///< at least, when not one of its words was seen
constexpr double kWholeTitle = 4;
constexpr double kNothingHidden = 2.5; ///< all that is missing, when nothing unexplained was seen
constexpr double kMissingPerToken = 2.5;
constexpr double kMostMissingArtist = 4.5; ///< artists are left out, or hidden, as a whole
constexpr double kMostMissingTitle = 10;
constexpr double kMissingNumber = 0.9; ///< nothing like a number was seen
constexpr double kOtherNumber = 2.2;   ///< something like a number was, and it is not this one
constexpr double kLeastGain = 0.4;     ///< weaker likenesses are chance
constexpr std::size_t kMostWords = 60; ///< of a release that are compared (bits of a mask)

enum Field : int { kArtist, kTitle, kOther, kFields };

double most_cost(std::size_t signs) {
    // Beyond two errors in a short word, four in a long one, nothing is left to recognise.
    return signs <= 3 ? 4.6 : signs <= 6 ? 11 : signs <= 10 ? 15 : 20;
}

/// A title in pieces: what stands in brackets, and what does not.
std::vector<std::pair<std::string, bool>> parts_of(const std::string& title) {
    std::vector<std::pair<std::string, bool>> parts;
    std::string part;
    int depth = 0;
    const auto end = [&] {
        if (!part.empty()) {
            parts.emplace_back(std::exchange(part, {}), depth > 0 && !parts.empty());
        }
    };
    for (const char c : title) {
        if (c == '(' || c == '[') {
            end();
            ++depth;
        } else if (c == ')' || c == ']') {
            end();
            depth = std::max(0, depth - 1);
        } else {
            part.push_back(c);
        }
    }
    end();
    return parts;
}

} // namespace

/// Title words that are special: numerals, and words of the artist's name.
void EvidenceWeigher::mark_repeats(std::span<const PrintedWord> artist,
                                   std::span<PrintedWord> title) {
    const auto is_repeated = [&](const PrintedWord& word) {
        return std::any_of(artist.begin(), artist.end(),
                           [&](const PrintedWord& other) { return other.text == word.text; });
    };
    // "Ella Fitzgerald Sings ..." repeats what any record of hers may say. A title that is nothing
    // but the name is a title.
    const bool is_self_titled = std::all_of(title.begin(), title.end(), is_repeated);
    for (PrintedWord& word : title) {
        if (word.missing > kMissingAside && &word != &title.front() && is_numeral(word.text)) {
            word.missing = kMissingVolume;
            word.is_volume = true;
        }
        if (is_repeated(word)) {
            word.missing = std::min(word.missing, kMissingRepeat);
            word.repeats = !is_self_titled;
        }
    }
}

const EvidenceWeigher::Fits& EvidenceWeigher::fits_of_word(const std::string& word) {
    const auto [entry, is_new] = words_.try_emplace(word);
    if (is_new) {
        const double most = most_cost(word.size());
        const int pairs = melting_pairs(word);
        for (const SeenWord& seen : query_.words) {
            if (least_reading_cost(seen.pattern.distance(word), pairs + seen.pairs) > most) {
                continue;
            }
            const double cost = reading_cost(seen.text, word, Alphabet::Words, most);
            if (cost <= most) {
                entry->second.all.push_back({seen.tokens, cost * seen.leniency + seen.cost, 0});
            }
        }
        if (!entry->second.all.empty()) {
            entry->second.share = counts_(term_hash(TermKind::Word, word)) / query_.printed;
            for (Fit& fit : entry->second.all) {
                fit.log_elsewhere = std::log(std::max(entry->second.share, 1e-12)) - fit.cost;
            }
        }
    }
    return entry->second;
}

const EvidenceWeigher::Fits& EvidenceWeigher::fits_of_number(const std::string& key,
                                                             bool is_barcode) {
    const auto [entry, is_new] = numbers_.try_emplace((is_barcode ? "b" : "n") + key);
    if (is_new) {
        const double most = most_cost(key.size());
        for (const SeenNumber& seen : query_.numbers) {
            if (seen.is_barcode != is_barcode ||
                least_reading_cost(seen.pattern.distance(key), 0) > most) {
                continue;
            }
            const double cost = reading_cost(seen.key, key, Alphabet::Numbers, most);
            if (cost <= most) {
                entry->second.all.push_back(
                    {seen.tokens, cost * seen.leniency + seen.cost, seen.log_elsewhere});
            }
        }
    }
    return entry->second;
}

double EvidenceWeigher::best_number(const Release& release, Evidence& evidence) {
    bool has_number = false;
    double best = 0;
    const auto consider = [&](const Fits& fits, bool is_barcode) {
        for (const Fit& fit : fits.all) {
            const double gain =
                query_.gain(fit.tokens, fit.cost, kWordsOfRelease, fit.log_elsewhere);
            if (gain > best) {
                best = gain;
                evidence.tokens = fit.tokens;
                evidence.number_exact = fit.cost < 0.5;
                (is_barcode ? evidence.barcode : evidence.number) = gain;
            }
        }
    };
    for (const LabelNumber& label : release.labels) {
        if (const std::string key = number_key(label.number); key.size() >= 2) {
            has_number = true;
            consider(fits_of_number(key, false), false);
        }
    }
    for (const std::string& barcode : release.barcodes) {
        if (const std::string key = barcode_key(barcode); !key.empty()) {
            consider(fits_of_number(key, true), true);
        }
    }
    if (best < 1) {
        evidence.tokens = 0;
        evidence.number = evidence.barcode = 0;
        evidence.number_exact = false;
        return has_number ? -(query_.number_like != 0 ? kOtherNumber : kMissingNumber) : 0;
    }
    return best;
}

void EvidenceWeigher::explain_words(const std::vector<PrintedWord>& words, double printed,
                                    Evidence& evidence) {
    std::vector<Explanation> explanations;
    const auto offer = [&](const Fits& fits, std::uint64_t explained, double extra_cost) {
        for (const Fit& fit : fits.all) {
            if ((fit.tokens & evidence.tokens) == 0) {
                const double gain = query_.gain(fit.tokens, fit.cost + extra_cost, printed,
                                                fit.log_elsewhere - extra_cost);
                if (gain >= kLeastGain) {
                    explanations.push_back({gain, fit.tokens, explained});
                }
            }
        }
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        offer(fits_of_word(words[i].text), std::uint64_t{1} << i, 0);
        if (i + 1 < words.size() && words[i].field == words[i + 1].field &&
            words[i].text.size() + words[i + 1].text.size() >= 5) {
            offer(fits_of_word(words[i].text + words[i + 1].text), std::uint64_t{3} << i,
                  kJoinCost);
        }
    }
    std::sort(explanations.begin(), explanations.end(),
              [](const Explanation& a, const Explanation& b) { return a.gain > b.gain; });
    std::uint64_t seen = 0;
    for (const Explanation& one : explanations) {
        if ((one.tokens & evidence.tokens) == 0 && (one.words & seen) == 0) {
            evidence.tokens |= one.tokens;
            evidence.text += one.gain;
            seen |= one.words;
            const PrintedWord& word = words[static_cast<std::size_t>(std::countr_zero(one.words))];
            if (word.field == kOther) {
                evidence.artist += one.gain; // its label: an artist's next record is there too
            } else if (word.field == kArtist || word.repeats) {
                evidence.artist += one.gain;
                evidence.artist_share =
                    std::min(evidence.artist_share, fits_of_word(word.text).share);
            }
        }
    }
    std::array<double, kFields> missing{};
    std::array<bool, kFields> any_seen{};
    double volume_cost = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto field = static_cast<std::size_t>(words[i].field);
        if ((seen >> i & 1U) == 0) {
            missing[field] += words[i].missing;
            volume_cost += words[i].is_volume ? words[i].missing : 0;
        } else {
            any_seen[field] = true;
        }
    }
    const auto whole = [&](std::size_t field, double cost) {
        // Words that need not be there ("Various", a title the artist's name has) make no field.
        if (!any_seen[field] && missing[field] >= 1) {
            missing[field] = std::max(missing[field], cost);
        }
    };
    whole(kArtist, kWholeArtist);
    whole(kTitle, kWholeTitle);
    // What is hidden, or was not typed, leaves no unexplained tokens behind.
    const double unexplained =
        static_cast<double>(query_.junk.size()) - std::popcount(evidence.tokens);
    evidence.text -= std::min(std::min(missing[kArtist], kMostMissingArtist) +
                                  std::min(missing[kTitle], kMostMissingTitle),
                              kNothingHidden + kMissingPerToken * unexplained);
    // A number on the spine that is not this volume's: it is more than one word not seen.
    if (volume_cost > 0 && (query_.numerals & ~evidence.tokens) != 0) {
        evidence.text -= kOtherVolume;
        volume_cost += kOtherVolume;
    }
    evidence.other_volume = volume_cost > 0 ? evidence.text + volume_cost : 0;
}

Evidence EvidenceWeigher::weigh(const Release& release) {
    std::vector<PrintedWord> words;
    double printed = 1; // the number
    const auto add = [&](const std::string& text, int field, double missing) {
        for (std::string& word : words_of(text)) {
            if (words.size() < kMostWords) {
                words.push_back({std::move(word), missing, field, false, false});
                printed += missing > 0 ? 1 : 0;
            }
        }
    };
    for (const ArtistCredit& artist : release.artists) {
        const std::string name = without_namesake_number(artist.name);
        const bool is_various = name == "Various" || name == "Unknown Artist";
        if (artist.variation.empty()) {
            add(name, kArtist, is_various ? 0 : kMissingArtistWord);
        } else {
            add(artist.variation, kArtist, kMissingArtistWord);
            add(name, kOther, 0);
        }
    }
    const std::size_t artist_words = words.size();
    for (const auto& [part, is_aside] : parts_of(release.title)) {
        add(part, kTitle, is_aside ? kMissingAside : kMissingTitleWord);
    }
    mark_repeats(std::span(words).first(artist_words), std::span(words).subspan(artist_words));
    for (const LabelNumber& label : release.labels) {
        add(label.label, kOther, 0);
    }
    Evidence evidence;
    const double number = best_number(release, evidence);
    explain_words(words, printed, evidence);
    evidence.score = evidence.text + number;
    return evidence;
}

} // namespace spindle::catalog
