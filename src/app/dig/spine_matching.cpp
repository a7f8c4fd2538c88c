// SPDX-License-Identifier: Apache-2.0
#include "app/dig/spine_matching.h"

#include <algorithm>

#include "app/dig/word_evidence.h"

namespace spindle::app {
namespace {

/// Less probable candidates are of no use to anybody; the first is kept whatever it is.
constexpr double kWorthKeeping = 0.001;

bool has_words(const Disc& disc) {
    return std::any_of(disc.seen.begin(), disc.seen.end(), [](const Sighting& sighting) {
        return std::any_of(sighting.spine.readings.begin(), sighting.spine.readings.end(),
                           [](const auto& reading) { return !text_of(reading).empty(); });
    });
}

Pressing pressing_of(const catalog::PressingMatch& match) {
    const catalog::Release& release = match.release;
    Pressing pressing;
    pressing.id = release.id;
    pressing.probability = match.probability;
    pressing.number_exact = match.number_exact;
    if (!release.labels.empty()) {
        pressing.label = release.labels.front().label;
    }
    for (const catalog::LabelNumber& label : release.labels) {
        if (!label.number.empty() && std::find(pressing.numbers.begin(), pressing.numbers.end(),
                                               label.number) == pressing.numbers.end()) {
            pressing.numbers.push_back(label.number);
        }
    }
    pressing.format = catalog::format_line(release.formats);
    pressing.country = release.country;
    pressing.year = release.year;
    pressing.barcodes = release.barcodes;
    pressing.found_online = match.origin == catalog::Origin::Fetched;
    return pressing;
}

Candidate candidate_of(const catalog::GroupMatch& group) {
    const catalog::Release& first = group.pressings.front().release;
    Candidate candidate;
    candidate.probability = candidate.alone = group.probability;
    candidate.artist = catalog::credit_line(first.artists);
    candidate.title = first.title;
    candidate.master = first.master;
    candidate.all_pressings = group.all_pressings;
    candidate.tied = group.tied;
    for (const catalog::Mark mark : group.look_at) {
        candidate.look_at.emplace_back(catalog::name_of(mark));
    }
    for (const catalog::PressingMatch& pressing : group.pressings) {
        candidate.pressings.push_back(pressing_of(pressing));
    }
    return candidate;
}

} // namespace

catalog::Reading catalog_reading(const shelf::SpineReading& reading) {
    catalog::Reading converted;
    for (const shelf::Line& line : reading.lines) {
        catalog::ReadLine& row = converted.lines.emplace_back();
        for (const shelf::Word& word : line.words) {
            catalog::ReadWord& read = row.words.emplace_back();
            read.text = word.text;
            read.confidence = word.confidence;
            for (const shelf::OtherReading& other : word.alternatives) {
                read.alternatives.push_back({other.text, other.confidence});
            }
        }
    }
    return converted;
}

catalog::SpineText spine_text_of(const Disc& disc) {
    catalog::SpineText text;
    for (const Sighting& sighting : disc.seen) {
        for (const shelf::SpineReading& reading : sighting.spine.readings) {
            text.readings.push_back(catalog_reading(reading));
        }
    }
    return text;
}

DiscVerdict verdict_without_catalog(const Disc& disc) {
    if (std::all_of(disc.seen.begin(), disc.seen.end(), [](const Sighting& sighting) {
            return sighting.spine.spine.printed < kShowsItsPrint;
        })) {
        return DiscVerdict::BackOfCase;
    }
    return has_words(disc) ? DiscVerdict::Read : DiscVerdict::Unread;
}

Result<void> match_disc(const catalog::Matcher& matcher, Disc& disc,
                        std::span<const catalog::Release> fetched) {
    disc.candidates.clear();
    disc.probability_of_none = 1;
    disc.verdict = verdict_without_catalog(disc);
    if (disc.verdict != DiscVerdict::Read) {
        return {};
    }
    SPINDLE_TRY(const auto found, matcher.match(spine_text_of(disc), fetched));
    disc.reading = found.reading;
    disc.probability_of_none = found.probability_of_none;
    for (const catalog::GroupMatch& group : found.groups) {
        if (disc.candidates.empty() || group.probability >= kWorthKeeping) {
            disc.candidates.push_back(candidate_of(group));
            disc.candidates.back().evidence =
                evidence_of(*reading_of(disc), group.pressings.front().release);
        }
    }
    switch (found.verdict) {
    case catalog::Verdict::Found:
        disc.verdict = DiscVerdict::Known;
        break;
    case catalog::Verdict::Uncertain:
        disc.verdict = DiscVerdict::Maybe;
        break;
    case catalog::Verdict::Nothing:
        // What fits none makes sense in no direction: the reader knows better which way round.
        disc.reading = 0;
        break;
    }
    return {};
}

} // namespace spindle::app
