// SPDX-License-Identifier: Apache-2.0
#include "shelf/shelf_score.h"

#include <algorithm>

#include "app/dig/spine_matching.h"
#include "catalog/normal_form.h"

namespace spindle::bench {
namespace {

constexpr double kSame = 0.5;        // overlap from which a box is the spine
constexpr double kSameBack = 0.3;    // backs are marked less exactly
constexpr double kTitleWords = 0.7;  // of a title, for it to be the same
constexpr double kArtistWords = 0.5; // artists are printed in many ways

image::Point place_in(const image::Quad& quad, double u, double v) {
    const auto mixed = [](const image::Point& a, const image::Point& b, double t) {
        return image::Point{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
    };
    return mixed(mixed(quad.corners[0], quad.corners[1], u),
                 mixed(quad.corners[3], quad.corners[2], u), v);
}

bool is_inside(const std::vector<image::Point>& polygon, const image::Point& point) {
    bool inside = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const image::Point& a = polygon[i];
        const image::Point& b = polygon[j];
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

bool is_ignored(const ShelfTruth& truth, const image::Quad& quad) {
    constexpr int kAcross = 5;
    constexpr int kAlong = 21;
    int inside = 0;
    const auto ignored = [&](const image::Point& point) {
        return std::any_of(truth.ignored.begin(), truth.ignored.end(),
                           [&](const auto& polygon) { return is_inside(polygon, point); });
    };
    for (int i = 0; i < kAlong; ++i) {
        for (int k = 0; k < kAcross; ++k) {
            inside += ignored(place_in(quad, (i + 0.5) / kAlong, (k + 0.5) / kAcross)) ? 1 : 0;
        }
    }
    return ignored(place_in(quad, 0.5, 0.5)) || 2 * inside > kAlong * kAcross;
}

const app::Sighting& sighting_of(const app::Disc& disc) {
    return disc.seen.front();
}

bool is_read_rightly_round(const image::Quad& truth, const image::Quad& found) {
    const auto along = [](const image::Quad& quad) {
        return image::Point{quad.corners[1].x - quad.corners[0].x,
                            quad.corners[1].y - quad.corners[0].y};
    };
    const image::Point a = along(truth);
    const image::Point b = along(found);
    return a.x * b.x + a.y * b.y > 0;
}

bool is_it(const app::Candidate& candidate, const TrueSpine& truth) {
    for (const app::Pressing& pressing : candidate.pressings) {
        if (truth.release != 0 && pressing.id.value == truth.release) {
            return true;
        }
        for (const std::string& number : pressing.numbers) {
            if (truth.release == 0 && !truth.number.empty() &&
                catalog::number_key(number) == catalog::number_key(truth.number)) {
                return true;
            }
        }
    }
    const std::string all = candidate.artist + " " + candidate.title;
    return words_shared(truth.title, all) >= kTitleWords &&
           (truth.artist.empty() || words_shared(truth.artist, all) >= kArtistWords);
}

void score_release(const app::Disc& disc, SpineScore& score) {
    const bool answerable =
        score.truth->release != 0 || !score.truth->title.empty() || !score.truth->number.empty();
    if (!answerable) {
        return;
    }
    score.first_right = !disc.candidates.empty() && is_it(disc.candidates.front(), *score.truth);
    if (disc.verdict == app::DiscVerdict::Known) {
        score.release = score.first_right ? ReleaseScore::Right : ReleaseScore::Wrong;
    } else {
        score.release = ReleaseScore::Abstained;
    }
    if (!disc.candidates.empty()) {
        score.found = app::name_line(disc.candidates.front());
    }
}

} // namespace

PhotoScore score_photo(const ShelfTruth& truth, std::span<const app::Disc> discs,
                       CatalogGiven catalog) {
    struct Pair {
        std::size_t spine, disc;
        double overlap;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < truth.spines.size(); ++i) {
        for (std::size_t k = 0; k < discs.size(); ++k) {
            const double overlap =
                image::overlap_of(truth.spines[i].quad, sighting_of(discs[k]).spine.spine.quad);
            if (overlap >= kSame) {
                pairs.push_back({i, k, overlap});
            }
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.overlap > b.overlap; });
    PhotoScore score;
    score.spines.resize(truth.spines.size());
    std::vector<bool> taken(discs.size());
    for (const Pair& pair : pairs) {
        if (!score.spines[pair.spine].disc && !taken[pair.disc]) {
            score.spines[pair.spine].disc = pair.disc;
            score.spines[pair.spine].overlap = pair.overlap;
            taken[pair.disc] = true;
        }
    }
    for (std::size_t i = 0; i < truth.spines.size(); ++i) {
        SpineScore& one = score.spines[i];
        one.truth = &truth.spines[i];
        const shelf::SpineReading* reading = nullptr;
        if (one.disc) {
            const app::Disc& disc = discs[*one.disc];
            reading = reading_of(disc);
            one.read = text_of(disc);
            one.has_reading = reading != nullptr;
            if (reading != nullptr) {
                const image::Quad& quad = sighting_of(disc).spine.spine.quad;
                one.direction_right = is_read_rightly_round(
                    one.truth->quad,
                    app::is_upside_down(*reading, quad) ? image::turned_around(quad) : quad);
            }
        }
        static const shelf::SpineReading kNothing;
        one.text = score_text(one.truth->text, reading == nullptr ? kNothing : *reading);
        if (!one.truth->number.empty() && reading != nullptr) {
            one.number = score_number(one.truth->number, *reading);
        }
        if (catalog == CatalogGiven::Yes) {
            score_release(one.disc ? discs[*one.disc] : app::Disc{}, one);
        }
    }
    for (std::size_t k = 0; k < discs.size(); ++k) {
        const shelf::Spine& spine = sighting_of(discs[k]).spine.spine;
        if (spine.printed < app::kShowsItsPrint) {
            continue;
        }
        ++score.boxes;
        if (taken[k] || is_ignored(truth, spine.quad)) {
            continue;
        }
        if (std::any_of(truth.unprinted.begin(), truth.unprinted.end(), [&](const auto& quad) {
                return image::overlap_of(quad, spine.quad) >= kSameBack;
            })) {
            ++score.backs_taken_for_spines;
        } else {
            ++score.false_boxes;
        }
    }
    return score;
}

namespace {

/// That one of three which counts spines as thick as this.
Share& by_thickness(const image::Quad& quad, Share& thick, Share& middling, Share& thin) {
    const double thickness = image::thickness_of(quad);
    return thickness >= kThick ? thick : thickness >= kThin ? middling : thin;
}

} // namespace

void ShelfTally::add(const PhotoScore& score) {
    for (const SpineScore& one : score.spines) {
        found.count(one.disc.has_value());
        if (!one.truth->legible) {
            continue;
        }
        found_legible.count(one.disc.has_value());
        if (one.has_reading) {
            direction.count(one.direction_right);
        }
        const std::size_t wrong_letters = std::min(one.text.wrong, one.text.letters);
        letters_all.hits += wrong_letters;
        letters_all.total += one.text.letters;
        if (one.disc) {
            letters.hits += wrong_letters;
            letters.total += one.text.letters;
            auto& alike =
                by_thickness(one.truth->quad, letters_thick, letters_middling, letters_thin);
            alike.hits += wrong_letters;
            alike.total += one.text.letters;
        }
        words.hits += one.text.words_right;
        words.total += one.text.words;
        if (!one.truth->number.empty()) {
            number_exact.count(one.number == NumberScore::Exact);
            by_thickness(one.truth->quad, number_thick, number_middling, number_thin)
                .count(one.number == NumberScore::Exact);
            number_folded.count(one.number >= NumberScore::Folded);
            number_near.count(one.number >= NumberScore::OneEdit);
        }
        if (one.release != ReleaseScore::NotAsked) {
            right.count(one.release == ReleaseScore::Right);
            wrong.count(one.release == ReleaseScore::Wrong);
            abstained.count(one.release == ReleaseScore::Abstained);
            first.count(one.first_right);
        }
    }
    false_boxes.hits += score.false_boxes;
    false_boxes.total += score.boxes;
    backs_taken_for_spines += score.backs_taken_for_spines;
}

} // namespace spindle::bench
