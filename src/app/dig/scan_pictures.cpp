// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "image/contact_sheet.h"
#include "image/rectify.h"
#include "market/quote.h"

namespace spindle::app {
namespace {

constexpr std::size_t kMostOutlines = 2000; // that can be drawn
constexpr int kLongestSide = 19'000;        // on which can be drawn
constexpr double kStripLength = 1000;       // pixels, as wide as a phone shows
constexpr double kStripThickness = 130;

/// "$14.20", and when it is outdated how old it is.
std::string price_on_photo(const Disc& disc, std::int64_t now) {
    const std::string price = dollars(disc.worth->price);
    return is_outdated(disc, now)
               ? fmt::format("{} ({})", price, market::age_text(disc.worth->seen_at, now))
               : price;
}

/// "$14.20 " for what is worth buying, "have " for what the owner has already.
std::string tag_of(const Disc& disc, std::int64_t now) {
    if (disc.wanted) {
        return disc.worth && !disc.worth->blocked ? price_on_photo(disc, now) + " wanted: "
                                                  : "wanted: ";
    }
    if (disc.owned > 0) {
        return "have: ";
    }
    return disc.worth && disc.worth->buy != Buy::No ? price_on_photo(disc, now) + "  " : "";
}

std::string name_on_photo(const Disc& disc) {
    switch (disc.verdict) {
    case DiscVerdict::Known:
        return name_line(disc.candidates.front());
    case DiscVerdict::Maybe:
        return name_line(disc.candidates.front()) + "?";
    case DiscVerdict::Read:
    case DiscVerdict::Unread:
    case DiscVerdict::BackOfCase:
        break;
    }
    return "";
}

std::string label_of(const Disc& disc, std::int64_t now) {
    const std::string name = name_on_photo(disc);
    return name.empty() ? name : tag_of(disc, now) + name;
}

/// What a colour stands for, most useful first.
enum class Standing { Buy, Consider, Known, OneOfSeveral, Read, Unread, BackOfCase };
constexpr std::array kStandings{Standing::Buy,          Standing::Consider, Standing::Known,
                                Standing::OneOfSeveral, Standing::Read,     Standing::Unread,
                                Standing::BackOfCase};

Standing standing_of(const Disc& disc) {
    if (disc.worth && disc.worth->buy == Buy::Yes && disc.verdict == DiscVerdict::Known) {
        return Standing::Buy;
    }
    if (disc.worth && disc.worth->buy != Buy::No) {
        return Standing::Consider;
    }
    switch (disc.verdict) {
    case DiscVerdict::Known:
        return Standing::Known;
    case DiscVerdict::Maybe:
        return Standing::OneOfSeveral;
    case DiscVerdict::Read:
        return Standing::Read;
    case DiscVerdict::Unread:
        return Standing::Unread;
    case DiscVerdict::BackOfCase:
        break;
    }
    return Standing::BackOfCase;
}

std::string meaning_of(Standing standing, const ScanReport& report) {
    switch (standing) {
    case Standing::Buy:
        return "buy";
    case Standing::Consider:
        return "maybe worth buying";
    case Standing::Known:
        return "known";
    case Standing::OneOfSeveral:
        return "not certain which";
    case Standing::Read:
        return report.releases ? "read, not in the catalog" : "read";
    case Standing::Unread:
        return "not legible";
    case Standing::BackOfCase:
        break;
    }
    return "back of a case: turn it round";
}

/// Told apart also by those who do not tell red from green (Okabe and Ito's palette, 2008).
image::Colour colour_of(Standing standing) {
    switch (standing) {
    case Standing::Buy:
        return {0, 158, 115};
    case Standing::Consider:
        return {240, 228, 66};
    case Standing::Known:
        return {0, 114, 178};
    case Standing::OneOfSeveral:
        return {204, 121, 167};
    case Standing::Read:
        return {86, 180, 233};
    case Standing::Unread:
        return {213, 94, 0};
    case Standing::BackOfCase:
        break;
    }
    return {150, 150, 150};
}

std::string percent(double probability) {
    return probability >= 0.9995 ? ">99.9 %" : fmt::format("{:.1f} %", probability * 100);
}

/// The disc's quad, the way round that made sense.
image::Quad upright_quad(const Disc& disc, const Sighting& sighting) {
    const image::Quad& quad = sighting.spine.spine.quad;
    const shelf::SpineReading* const reading = reading_of(disc);
    const bool turned = &sighting == &disc.seen.front() && reading != nullptr &&
                        disc.reading < sighting.spine.readings.size() &&
                        is_upside_down(*reading, quad);
    return turned ? image::turned_around(quad) : quad;
}

std::string pressing_line(const Candidate& candidate) {
    const Pressing& pressing = candidate.pressings.front();
    std::string line = pressing.label;
    const auto add = [&line](const std::string& part) {
        if (!part.empty()) {
            line += (line.empty() ? "" : "  ") + part;
        }
    };
    add(pressing.numbers.empty() ? "" : pressing.numbers.front());
    add(pressing.format);
    add(pressing.country);
    add(pressing.year == 0 ? "" : std::to_string(pressing.year));
    if (candidate.tied > 1) {
        add(fmt::format("or {} more like it", candidate.tied - 1));
    }
    return fmt::format("{}{}", line, origin_note(pressing));
}

std::vector<image::SheetLine> lines_of(const Disc& disc, const ScanReport& report,
                                       std::int64_t now) {
    using image::Weight;
    std::vector<image::SheetLine> lines;
    if (disc.verdict == DiscVerdict::Known || disc.verdict == DiscVerdict::Maybe) {
        const std::size_t shown = disc.verdict == DiscVerdict::Known ? 1 : 3;
        for (std::size_t i = 0; i < std::min(shown, disc.candidates.size()); ++i) {
            const Candidate& candidate = disc.candidates[i];
            lines.push_back(
                {fmt::format("{}  {}", name_line(candidate), percent(candidate.probability)),
                 i == 0 ? Weight::Strong : Weight::Plain});
        }
        lines.push_back({pressing_line(disc.candidates.front()), Weight::Plain});
        if (const std::string worth = worth_line(disc, now); !worth.empty()) {
            lines.push_back({worth, Weight::Strong});
        }
    } else {
        lines.push_back({meaning_of(standing_of(disc), report), Weight::Plain});
    }
    if (const std::string text = text_of(disc); !text.empty()) {
        lines.push_back({text, Weight::Quiet});
    }
    return lines;
}

std::string counts_line(const ScanReport& report) {
    std::string line = fmt::format("{} discs", report.discs.size());
    const char* between = ": ";
    for (const DiscVerdict verdict : kDiscVerdicts) {
        if (const std::size_t count = report.count(verdict); count > 0) {
            line += fmt::format("{}{} {}", between, count, name_of(verdict));
            between = ", ";
        }
    }
    return line;
}

} // namespace

image::Colour colour_of(const Disc& disc) {
    return colour_of(standing_of(disc));
}

Result<image::Picture> marked_photo(const ScanReport& report, std::size_t photo,
                                    const image::Picture& picture, std::int64_t now) {
    const int longest = std::max(picture.width, picture.height);
    const double scale = longest > kLongestSide ? static_cast<double>(kLongestSide) / longest : 1;
    std::vector<image::Outline> outlines;
    std::vector<Standing> seen;
    for (const Disc& disc : report.discs) {
        for (const Sighting& sighting : disc.seen) {
            if (sighting.photo != photo || outlines.size() >= kMostOutlines) {
                continue;
            }
            image::Quad quad = upright_quad(disc, sighting);
            for (image::Point& corner : quad.corners) {
                corner = {corner.x * scale, corner.y * scale};
            }
            outlines.push_back(
                {quad, colour_of(disc), std::to_string(disc.number), label_of(disc, now)});
            seen.push_back(standing_of(disc));
        }
    }
    image::MarkingStyle style;
    for (const Standing standing : kStandings) {
        if (std::find(seen.begin(), seen.end(), standing) != seen.end()) {
            style.legend.push_back({colour_of(standing), meaning_of(standing, report)});
        }
    }
    if (report.has_data_of_discogs()) {
        style.notes.emplace_back(market::kDataNotice);
    }
    if (scale < 1) {
        const auto side = [&](int length) {
            return std::max(1, static_cast<int>(std::lround(length * scale)));
        };
        return image::with_outlines(
            image::scaled(picture, side(picture.width), side(picture.height)), outlines, style);
    }
    return image::with_outlines(picture, outlines, style);
}

void SheetDrawer::add(std::size_t photo, const image::Picture& picture) {
    for (std::size_t i = 0; i < report_.discs.size(); ++i) {
        const Disc& disc = report_.discs[i];
        const Sighting& best = disc.seen.front();
        if (best.photo != photo) {
            continue;
        }
        const image::Quad quad = upright_quad(disc, best);
        const double length = std::max(1.0, image::length_of(quad));
        const double thickness = std::max(1.0, image::thickness_of(quad));
        const double scale = std::min(kStripLength / length, kStripThickness / thickness);
        const auto side = [&](double size) {
            return std::max(1, static_cast<int>(std::lround(size * scale)));
        };
        strips_[i] = image::rectify(picture, quad, side(length), side(thickness));
    }
}

Result<std::vector<image::Picture>> SheetDrawer::draw() const {
    image::ContactSheet sheet;
    sheet.title = counts_line(report_);
    for (const PhotoFacts& photo : report_.photos) {
        sheet.subtitle += photo.path.filename().string() + "  ";
    }
    sheet.subtitle += report_.made;
    if (report_.has_data_of_discogs()) {
        sheet.subtitle += fmt::format("  {}", market::kDataNotice);
    }
    for (std::size_t i = 0; i < report_.discs.size(); ++i) {
        const Disc& disc = report_.discs[i];
        image::SheetRow& row = sheet.rows.emplace_back();
        if (const auto strip = strips_.find(i); strip != strips_.end()) {
            row.strip = strip->second;
        }
        row.tag = std::to_string(disc.number);
        row.colour = colour_of(disc);
        row.lines = lines_of(disc, report_, now_);
    }
    return image::draw_sheet(sheet);
}

} // namespace spindle::app
