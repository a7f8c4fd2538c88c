// SPDX-License-Identifier: Apache-2.0
#include "cli/scan_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/catalog_text.h"
#include "market/quote.h"

namespace spindle::cli {
namespace {

constexpr std::size_t kLongest = 100; // characters of a name or of what was read, on one line

std::string percent(double probability) {
    return probability >= 0.9995 ? ">99.9 %" : fmt::format("{:.1f} %", probability * 100);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text;
}

/// "EMI CDP 7 46153 2  CD, Album  Germany 1985"
std::string line_of(const app::Pressing& pressing) {
    std::string line = pressing.label;
    const auto add = [&line](const std::string& part, const char* between) {
        if (!part.empty()) {
            line += (line.empty() ? "" : between) + part;
        }
    };
    add(joined(pressing.numbers), " ");
    add(pressing.format, "  ");
    add(pressing.country, "  ");
    if (pressing.year > 0) {
        add(std::to_string(pressing.year), pressing.country.empty() ? "  " : " ");
    }
    return line;
}

std::string shown(const std::string& text) {
    return text::shortened(text::printable(text), kLongest);
}

std::string line_of(const app::Disc& disc) {
    const std::string head = fmt::format("{:>4}  {:<6}  ", disc.number, app::name_of(disc.verdict));
    const std::string read = shown(text_of(disc));
    switch (disc.verdict) {
    case app::DiscVerdict::Known: {
        const app::Candidate& found = disc.candidates.front();
        std::string line = head + fmt::format("{:>7}  {}", percent(found.probability),
                                              shown(app::name_line(found)));
        line += "  [" + line_of(found.pressings.front());
        if (found.tied > 1) {
            line += fmt::format("; or {} more", found.tied - 1);
            line += found.look_at.empty() ? "" : ": look at " + joined(found.look_at);
        }
        return fmt::format("{}{}]", line, origin_note(found.pressings.front()));
    }
    case app::DiscVerdict::Maybe: {
        const app::Candidate& first = disc.candidates.front();
        std::string line = head + fmt::format("{:>7}  {}?", percent(first.probability),
                                              shown(app::name_line(first)));
        if (disc.candidates.size() > 1) {
            line += fmt::format(" or {}?", shown(app::name_line(disc.candidates[1])));
        }
        return fmt::format("{}{}  read: {}", line, origin_note(first.pressings.front()), read);
    }
    case app::DiscVerdict::Read:
        return head + read;
    case app::DiscVerdict::Unread:
        return head + "no legible word";
    case app::DiscVerdict::BackOfCase:
        return head + "turn it round";
    }
    return head;
}

std::string words_of(const shelf::SpineReading& reading) {
    std::string text;
    for (const shelf::Line& line : reading.lines) {
        text += "\n   ";
        for (const shelf::Word& word : line.words) {
            text += fmt::format(" {} ({:.0f} %", shown(word.text), word.confidence * 100);
            for (const shelf::OtherReading& other : word.alternatives) {
                text += fmt::format("; or {} {:.0f} %", shown(other.text), other.confidence * 100);
            }
            text += ")";
        }
    }
    return text;
}

std::string name_for_people(app::Field field) {
    return field == app::Field::CatalogNumber ? "number" : std::string(app::name_of(field));
}

std::string line_of(const app::WordEvidence& word) {
    const std::string head =
        fmt::format("      {:<7} {}", name_for_people(word.field), shown(word.printed));
    switch (word.agreement) {
    case app::Agreement::Exact:
        return head + "  read";
    case app::Agreement::OtherRead:
        return head + fmt::format("  could also be read: {}", shown(word.read));
    case app::Agreement::Misread:
        return head + fmt::format("  misread: {}", shown(word.read));
    case app::Agreement::NotSeen:
        break;
    }
    return head + "  not seen";
}

std::string as_text(const app::Candidate& candidate) {
    std::string text = fmt::format("\n  {:>7}  {}", percent(candidate.probability),
                                   shown(app::name_line(candidate)));
    if (std::abs(candidate.alone - candidate.probability) >= 0.001) {
        text += fmt::format("  ({} before its neighbours were asked)", percent(candidate.alone));
    }
    for (const app::WordEvidence& word : candidate.evidence) {
        text += "\n" + line_of(word);
    }
    for (std::size_t i = 0; i < candidate.pressings.size(); ++i) {
        const app::Pressing& pressing = candidate.pressings[i];
        if (i >= candidate.tied && pressing.probability < 0.01) {
            break;
        }
        text += fmt::format("\n      {} {}  {}{}", i < candidate.tied ? "*" : " ",
                            shown(line_of(pressing)), page_of(pressing.id), origin_note(pressing));
    }
    if (candidate.tied > 1) {
        text += fmt::format("\n      one of {} that fit alike{}", candidate.tied,
                            candidate.look_at.empty() ? "; the catalog does not say how they differ"
                                                      : "; look at: " + joined(candidate.look_at));
    }
    return text;
}

std::string conclusion(const app::ScanReport& report, const app::Disc& disc) {
    switch (disc.verdict) {
    case app::DiscVerdict::Known:
        return fmt::format("known: {} is at least the {} asked for",
                           percent(disc.candidates.front().probability), percent(report.certainty));
    case app::DiscVerdict::Maybe:
        return fmt::format("maybe: {} is less than the {} asked for",
                           percent(disc.candidates.front().probability), percent(report.certainty));
    case app::DiscVerdict::Read:
        return report.releases ? "read, and most likely none of the catalog's"
                               : "read; " + report.without_catalog;
    case app::DiscVerdict::Unread:
        return "unread: no legible word on it; take a photo from nearer";
    case app::DiscVerdict::BackOfCase:
        break;
    }
    return "back: this is the back of a case; turn it round";
}

} // namespace

std::string counts_line(const app::ScanReport& report) {
    std::string text = fmt::format("{} discs", report.discs.size());
    const char* between = ": ";
    for (const app::DiscVerdict verdict : app::kDiscVerdicts) {
        if (const std::size_t count = report.count(verdict); count > 0) {
            text += fmt::format("{}{} {}", between, count, app::name_of(verdict));
            between = ", ";
        }
    }
    return text;
}

app::DigWords words_for(Terminal& terminal) {
    return {.warn =
                [&terminal](const std::string& text) {
                    terminal.clear();
                    terminal.warn(text);
                },
            .say =
                [&terminal](const std::string& text) {
                    terminal.clear();
                    terminal.say(text);
                }};
}

std::string as_text(const app::ScanReport& report, std::int64_t now) {
    std::string text;
    for (const app::Disc& disc : report.discs) {
        text += line_of(disc) + "\n";
        if (const std::string worth = worth_line(disc, now); !worth.empty()) {
            text += fmt::format("{:14}{}\n", "", worth);
        }
    }
    text += counts_line(report);
    return report.has_data_of_discogs() ? fmt::format("{}\n{}", text, market::kDataNotice) : text;
}

std::string explanation(const app::ScanReport& report, const app::Disc& disc, std::int64_t now) {
    std::string text = fmt::format("disc {}", disc.number);
    for (const app::Sighting& sighting : disc.seen) {
        const shelf::Spine& spine = sighting.spine.spine;
        text += fmt::format(
            "\n  in {} from ({:.0f}, {:.0f}) to ({:.0f}, {:.0f}), {:.0f} px thick; "
            "a spine to {}, with its print to {}",
            text::printable(report.photos[sighting.photo].path.string()), spine.quad.corners[0].x,
            spine.quad.corners[0].y, spine.quad.corners[2].x, spine.quad.corners[2].y,
            image::thickness_of(spine.quad), percent(spine.confidence), percent(spine.printed));
    }
    if (const shelf::SpineReading* const reading = reading_of(disc)) {
        text += fmt::format("\nread, in this direction to {}:", percent(reading->confidence));
        text += words_of(*reading);
    }
    if (!disc.candidates.empty()) {
        text += "\nwhat it may be:";
        for (const app::Candidate& candidate : disc.candidates) {
            text += as_text(candidate);
        }
        text += fmt::format("\n  {:>7}  none in the catalog", percent(disc.probability_of_none));
    }
    if (disc.worth) {
        text += fmt::format("\nwhat it is worth, release {}, seen {}:", disc.worth->release.value,
                            market::age_text(disc.worth->seen_at, now));
        if (disc.worth->sold_seen_at) {
            text += fmt::format("\n  past sales from a page read {}",
                                market::age_text(*disc.worth->sold_seen_at, now));
        }
        for (const app::WorthTerm& term : disc.worth->terms) {
            text += fmt::format("\n  {:>9.2f}  {}", term.dollars, term.reason);
        }
        text += fmt::format("\n  {:>9.2f}  left, with a chance of {} to lose nothing\n  {}",
                            disc.worth->margin, percent(disc.worth->chance), disc.worth->why);
        if (const auto& rules = disc.worth->rules) {
            text += fmt::format("\nby the rules {:.2f}, {}:", rules->score,
                                rules->is_good ? "good" : "not good");
            for (const app::WorthTerm& term : rules->terms) {
                text += fmt::format("\n  {:>9.2f}  {}", term.dollars, term.reason);
            }
        }
        text += fmt::format("\n  {}", market::kDataNotice);
    }
    return text + "\n" + conclusion(report, disc);
}

} // namespace spindle::cli
