// SPDX-License-Identifier: Apache-2.0
#include "app/dig/disc.h"

#include <cmath>

#include <fmt/format.h>

#include "market/quote.h"

namespace spindle::app {

std::string_view name_of(DiscVerdict verdict) {
    switch (verdict) {
    case DiscVerdict::Known:
        return "known";
    case DiscVerdict::Maybe:
        return "maybe";
    case DiscVerdict::Read:
        return "read";
    case DiscVerdict::Unread:
        return "unread";
    case DiscVerdict::BackOfCase:
        return "back";
    }
    return "unread";
}

std::string_view name_of(Field field) {
    switch (field) {
    case Field::Artist:
        return "artist";
    case Field::Title:
        return "title";
    case Field::CatalogNumber:
        return "catalog_number";
    }
    return "title";
}

std::string_view name_of(Agreement agreement) {
    switch (agreement) {
    case Agreement::Exact:
        return "exact";
    case Agreement::OtherRead:
        return "other_reading";
    case Agreement::Misread:
        return "misread";
    case Agreement::NotSeen:
        return "not_seen";
    }
    return "not_seen";
}

std::string name_line(const Candidate& candidate) {
    return candidate.artist.empty() ? candidate.title : candidate.artist + " - " + candidate.title;
}

std::string_view origin_note(const Pressing& pressing) {
    return pressing.found_online ? "; found on Discogs, not in your catalog" : "";
}

std::string text_of(const shelf::SpineReading& reading) {
    std::string text;
    for (const shelf::Line& line : reading.lines) {
        if (line.words.empty()) {
            continue;
        }
        text += text.empty() ? "" : " / ";
        for (std::size_t i = 0; i < line.words.size(); ++i) {
            text += (i == 0 ? "" : " ") + line.words[i].text;
        }
    }
    return text;
}

const shelf::SpineReading* reading_of(const Disc& disc) {
    const shelf::SpineReading* first = nullptr;
    std::size_t number = 0;
    for (const Sighting& sighting : disc.seen) {
        for (const shelf::SpineReading& reading : sighting.spine.readings) {
            if (number++ == disc.reading) {
                return &reading;
            }
            first = first == nullptr ? &reading : first;
        }
    }
    return first;
}

double words_read(const shelf::SpineReading& reading) {
    double sum = 0;
    for (const shelf::Line& line : reading.lines) {
        for (const shelf::Word& word : line.words) {
            sum += word.confidence;
        }
    }
    return sum;
}

bool is_upside_down(const shelf::SpineReading& reading, const image::Quad& quad) {
    double together = 0; // of all words: one may have a quad that is no shape
    const auto along = [](const image::Quad& of) {
        return image::Point{of.corners[1].x - of.corners[0].x, of.corners[1].y - of.corners[0].y};
    };
    for (const shelf::Line& line : reading.lines) {
        for (const shelf::Word& word : line.words) {
            together += along(word.quad).x * along(quad).x + along(word.quad).y * along(quad).y;
        }
    }
    return together < 0;
}

std::string text_of(const Disc& disc) {
    const shelf::SpineReading* const reading = reading_of(disc);
    return reading == nullptr ? "" : text_of(*reading);
}

std::string dollars(double amount) {
    return amount < 99.5 ? fmt::format("${:.2f}", amount) : fmt::format("${:.0f}", amount);
}

bool is_outdated(const Disc& disc, std::int64_t now) {
    return disc.worth && !market::is_fresh(disc.worth->seen_at, now);
}

std::string worth_line(const Disc& disc, std::int64_t now) {
    std::string line;
    if (disc.worth && disc.worth->blocked) {
        line = fmt::format("{}: {}", name_of(disc.worth->buy), disc.worth->why);
    } else if (disc.worth) {
        const DiscWorth& worth = *disc.worth;
        line = fmt::format("{}: {} ({:.2f} to {:.2f}), {} {}", name_of(worth.buy),
                           dollars(worth.price), worth.low, worth.high,
                           dollars(std::abs(worth.margin)), worth.margin < 0 ? "lost" : "left");
        if (worth.lowest) {
            line += "; lowest " + dollars(*worth.lowest);
        }
        if (worth.have && worth.want) {
            line += fmt::format("; {:.0f} have, {:.0f} want", *worth.have, *worth.want);
        }
        if (worth.sold_seen_at) {
            line += "; sales from a page read " + market::age_text(*worth.sold_seen_at, now);
        }
    }
    if (is_outdated(disc, now)) {
        line += "; seen " + market::age_text(disc.worth->seen_at, now);
    }
    if (disc.owned > 0) {
        line += fmt::format("{}you have {}", line.empty() ? "" : "; ", disc.owned);
    }
    if (disc.wanted) {
        line += fmt::format("{}you want it", line.empty() ? "" : "; ");
    }
    return line;
}

} // namespace spindle::app
