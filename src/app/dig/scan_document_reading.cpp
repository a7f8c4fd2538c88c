// SPDX-License-Identifier: Apache-2.0
// The way back: scan.json as a hostile file.
#include <algorithm>
#include <cmath>
#include <exception>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "app/dig/scan_document.h"
#include "base/text.h"

namespace spindle::app {
namespace {

using Parsed = nlohmann::json;

// Far above what a scan writes; below what hurts.
constexpr std::size_t kLargestScan = 128U << 20U;
constexpr std::size_t kMostPhotos = 1'000;
constexpr std::size_t kMostDiscs = 100'000;
constexpr std::size_t kMostOfAnything = 1'000; // words of a line, candidates, pressings, ...
constexpr std::size_t kLongestText = 4'000;    // bytes

/// Thrown and caught in this file only: what is wrong, as "discs: is missing".
struct Wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const Parsed& field(const Parsed& json, const char* name) {
    if (!json.is_object()) {
        throw Wrong(fmt::format("{}: not in an object", name));
    }
    const auto found = json.find(name);
    if (found == json.end()) {
        throw Wrong(fmt::format("{}: is missing", name));
    }
    return *found;
}

const Parsed& list(const Parsed& json, const char* name, std::size_t most = kMostOfAnything) {
    const Parsed& found = field(json, name);
    if (!found.is_array() || found.size() > most) {
        throw Wrong(fmt::format("{}: no list of at most {}", name, most));
    }
    return found;
}

double number(const Parsed& json, const char* name, double lowest, double highest) {
    const Parsed& found = field(json, name);
    const double value = found.is_number() ? found.get<double>() : std::nan("");
    if (!(value >= lowest && value <= highest)) {
        throw Wrong(fmt::format("{}: no number from {} to {}", name, lowest, highest));
    }
    return value;
}
double chance(const Parsed& json, const char* name) {
    return number(json, name, 0, 1);
}
template <typename Whole>
Whole whole(const Parsed& json, const char* name, double highest) {
    return static_cast<Whole>(number(json, name, 0, highest));
}
/// null counts as 0.
template <typename Whole>
Whole whole_or_none(const Parsed& json, const char* name, double highest) {
    return field(json, name).is_null() ? Whole{} : whole<Whole>(json, name, highest);
}

std::string as_text(const Parsed& json, const char* name) {
    if (!json.is_string() || json.get_ref<const std::string&>().size() > kLongestText) {
        throw Wrong(fmt::format("{}: no text of at most {} bytes", name, kLongestText));
    }
    return text::printable(json.get_ref<const std::string&>());
}
std::string text_in(const Parsed& json, const char* name) {
    return as_text(field(json, name), name);
}
std::string text_or_none(const Parsed& json, const char* name) {
    return field(json, name).is_null() ? "" : text_in(json, name);
}
bool truth(const Parsed& json, const char* name) {
    const Parsed& found = field(json, name);
    if (!found.is_boolean()) {
        throw Wrong(fmt::format("{}: neither true nor false", name));
    }
    return found.get<bool>();
}
std::vector<std::string> texts(const Parsed& json, const char* name) {
    std::vector<std::string> values;
    for (const Parsed& value : list(json, name)) {
        values.push_back(as_text(value, name));
    }
    return values;
}

/// The value of an enumeration whose name_of() stands there.
template <typename Enum, typename Values>
Enum named(const Parsed& json, const char* name, const Values& values) {
    const std::string word = text_in(json, name);
    for (const Enum value : values) {
        if (word == name_of(value)) {
            return value;
        }
    }
    throw Wrong(fmt::format("{}: {} is not known", name, word));
}

image::Quad quad_of(const Parsed& json) {
    constexpr double kFar = 1e6; // pixels; corners may lie outside the photo
    const Parsed& corners = list(json, "quad", 4);
    image::Quad quad;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto coordinate = [&](std::size_t which) {
            const bool there = i < corners.size() && corners[i].is_array() &&
                               corners[i].size() == 2 && corners[i][which].is_number();
            const double value = there ? corners[i][which].get<double>() : std::nan("");
            if (!(std::abs(value) <= kFar)) {
                throw Wrong("quad: not four places");
            }
            return value;
        };
        quad.corners[i] = {coordinate(0), coordinate(1)};
    }
    return quad;
}

shelf::SpineReading reading_of(const Parsed& json) {
    shelf::SpineReading reading;
    reading.confidence = chance(json, "confidence");
    for (const Parsed& row : list(json, "lines")) {
        if (!row.is_array() || row.size() > kMostOfAnything) {
            throw Wrong("lines: a line is no list of words");
        }
        shelf::Line& line = reading.lines.emplace_back();
        for (const Parsed& one : row) {
            shelf::Word& word = line.words.emplace_back();
            word.text = text_in(one, "text");
            word.confidence = chance(one, "confidence");
            word.quad = quad_of(one);
            for (const Parsed& other : list(one, "alternatives")) {
                word.alternatives.push_back({text_in(other, "text"), chance(other, "confidence")});
            }
        }
    }
    return reading;
}

Sighting sighting_of(const Parsed& json, std::size_t photos) {
    Sighting sighting;
    sighting.photo = whole<std::size_t>(json, "photo", kMostPhotos);
    if (sighting.photo >= photos) {
        throw Wrong("photo: there are not so many");
    }
    shelf::Spine& spine = sighting.spine.spine;
    spine.quad = quad_of(json);
    spine.confidence = chance(json, "confidence");
    spine.printed = chance(json, "printed");
    spine.direction = chance(json, "direction");
    for (const Parsed& reading : list(json, "readings")) {
        sighting.spine.readings.push_back(reading_of(reading));
    }
    return sighting;
}

Pressing pressing_of(const Parsed& json) {
    Pressing pressing;
    pressing.id.value = whole<std::uint32_t>(json, "release_id", UINT32_MAX);
    pressing.probability = chance(json, "probability");
    pressing.number_exact = truth(json, "number_exact");
    pressing.label = text_in(json, "label");
    pressing.numbers = texts(json, "numbers");
    pressing.format = text_in(json, "format");
    pressing.country = text_in(json, "country");
    pressing.year = whole_or_none<int>(json, "year", 9999);
    pressing.barcodes = texts(json, "barcodes");
    pressing.found_online = json.contains("found_online") && truth(json, "found_online");
    return pressing;
}

Candidate candidate_of(const Parsed& json) {
    Candidate candidate;
    candidate.probability = chance(json, "probability");
    candidate.alone = chance(json, "alone");
    candidate.artist = text_in(json, "artist");
    candidate.title = text_in(json, "title");
    candidate.master.value = whole_or_none<std::uint32_t>(json, "master_id", UINT32_MAX);
    candidate.all_pressings = whole<std::size_t>(json, "all_pressings", 1e9);
    candidate.tied = whole<std::size_t>(json, "tied", 1e9);
    candidate.look_at = texts(json, "look_at");
    for (const Parsed& word : list(json, "evidence")) {
        candidate.evidence.push_back(
            {named<Field>(word, "field",
                          std::array{Field::Artist, Field::Title, Field::CatalogNumber}),
             text_in(word, "printed"), text_or_none(word, "read"),
             named<Agreement>(word, "agreement",
                              std::array{Agreement::Exact, Agreement::OtherRead, Agreement::Misread,
                                         Agreement::NotSeen})});
    }
    for (const Parsed& pressing : list(json, "pressings")) {
        candidate.pressings.push_back(pressing_of(pressing));
    }
    if (candidate.pressings.empty()) {
        throw Wrong("pressings: a candidate has none");
    }
    return candidate;
}

std::optional<double> number_or_none(const Parsed& json, const char* name) {
    return field(json, name).is_null() ? std::nullopt : std::optional(number(json, name, 0, 1e12));
}

constexpr double kMostMoney = 1e9;

std::vector<WorthTerm> terms_of(const Parsed& json) {
    std::vector<WorthTerm> terms;
    for (const Parsed& term : list(json, "terms")) {
        terms.push_back(
            {text_in(term, "reason"), number(term, "dollars", -kMostMoney, kMostMoney)});
    }
    return terms;
}

DiscWorth worth_of(const Parsed& json) {
    DiscWorth worth;
    worth.release.value = whole<std::uint32_t>(json, "release_id", UINT32_MAX);
    worth.buy = named<Buy>(json, "advice", std::array{Buy::Yes, Buy::Maybe, Buy::No});
    worth.why = text_in(json, "why");
    worth.price = number(json, "price", 0, kMostMoney);
    worth.low = number(json, "low", 0, kMostMoney);
    worth.high = number(json, "high", 0, kMostMoney);
    worth.margin = number(json, "margin", -kMostMoney, kMostMoney);
    worth.chance = chance(json, "chance");
    worth.lowest = number_or_none(json, "lowest");
    worth.for_sale = number_or_none(json, "for_sale");
    worth.have = number_or_none(json, "have");
    worth.want = number_or_none(json, "want");
    worth.seen_at = static_cast<std::int64_t>(number(json, "seen_at", 0, 1e12));
    if (json.contains("blocked")) { // younger than the rest
        worth.blocked = truth(json, "blocked");
        if (const auto seen = number_or_none(json, "sold_seen_at")) {
            worth.sold_seen_at = static_cast<std::int64_t>(*seen);
        }
    }
    worth.terms = terms_of(json);
    if (json.contains("rules") && !json["rules"].is_null()) {
        const Parsed& rules = json["rules"];
        worth.rules = RulesWorth{number(rules, "score", -kMostMoney, kMostMoney),
                                 truth(rules, "good"), terms_of(rules)};
    }
    return worth;
}

Disc disc_of(const Parsed& json, std::size_t photos) {
    Disc disc;
    disc.number = whole<std::size_t>(json, "number", kMostDiscs);
    disc.verdict = named<DiscVerdict>(json, "verdict", kDiscVerdicts);
    for (const Parsed& sighting : list(json, "seen")) {
        disc.seen.push_back(sighting_of(sighting, photos));
    }
    if (disc.seen.empty()) {
        throw Wrong("seen: a disc is in no photo");
    }
    disc.reading = whole<std::size_t>(json, "reading", 1e6);
    disc.probability_of_none = chance(json, "probability_of_none");
    for (const Parsed& candidate : list(json, "candidates")) {
        disc.candidates.push_back(candidate_of(candidate));
    }
    if (json.contains("worth")) { // scans from before there were prices have none
        disc.owned = whole<int>(json, "owned", 1e6);
        disc.wanted = truth(json, "wanted");
        if (!json["worth"].is_null()) {
            disc.worth = worth_of(json["worth"]);
        }
    }
    return disc;
}

std::vector<StepTime> times_of(const Parsed& json) {
    std::vector<StepTime> times;
    const Parsed& seconds = field(json, "seconds");
    if (!seconds.is_object() || seconds.size() > kMostOfAnything) {
        throw Wrong("seconds: not an object");
    }
    for (const auto& [step, unused] : seconds.items()) {
        times.push_back({text::printable(step), Seconds(number(seconds, step.c_str(), 0, 1e9))});
    }
    return times;
}

PhotoFacts photo_of(const Parsed& json) {
    PhotoFacts photo;
    photo.path = text_in(json, "path");
    photo.width = whole<int>(json, "width", 1e6);
    photo.height = whole<int>(json, "height", 1e6);
    photo.look = {field(json, "blur").is_null() ? std::nan("") : number(json, "blur", 0, 1e6),
                  chance(json, "dark"), chance(json, "middle"), chance(json, "bright"),
                  chance(json, "burnt")};
    photo.spines = whole<std::size_t>(json, "spines", kMostDiscs);
    photo.backs = whole<std::size_t>(json, "backs", kMostDiscs);
    photo.thickness = number(json, "thickness", 0, 1e6);
    for (const Parsed& advice : list(json, "advice")) {
        photo.advice.push_back(
            {named<PhotoTrouble>(advice, "trouble",
                                 std::array{PhotoTrouble::TooDark, PhotoTrouble::TooPlain,
                                            PhotoTrouble::Blurred, PhotoTrouble::Glare,
                                            PhotoTrouble::NoSpines, PhotoTrouble::OnlyBacks,
                                            PhotoTrouble::TooThin, PhotoTrouble::NothingRead}),
             text_in(advice, "message")});
    }
    photo.times = times_of(json);
    if (const Parsed& error = field(json, "error"); !error.is_null()) {
        photo.error = Error{Code::Failed, text_in(error, "message")};
    }
    return photo;
}

ScanReport report_of(const Parsed& json) {
    ScanReport report;
    report.made = text_in(json, "made");
    report.interrupted = !truth(json, "complete");
    report.format = named<ShelfFormat>(
        json, "format",
        std::array{ShelfFormat::Any, ShelfFormat::Cd, ShelfFormat::Lp, ShelfFormat::Dvd});
    report.certainty = chance(json, "certainty");
    if (!field(json, "catalog_releases").is_null()) {
        report.releases = whole<std::uint64_t>(json, "catalog_releases", 1e12);
    }
    report.without_catalog = text_or_none(json, "without_catalog");
    report.folder = text_in(json, "folder");
    report.times = times_of(json);
    for (const Parsed& photo : list(json, "photos", kMostPhotos)) {
        report.photos.push_back(photo_of(photo));
    }
    for (const Parsed& disc : list(json, "discs", kMostDiscs)) {
        report.discs.push_back(disc_of(disc, report.photos.size()));
    }
    return report;
}

} // namespace

Result<ScanReport> read_scan_document(std::string_view text) {
    if (text.size() > kLargestScan) {
        return fail(Code::BadInput, "larger than {} MB: not a scan", kLargestScan >> 20U);
    }
    try {
        const Parsed json = Parsed::parse(text, nullptr, false);
        if (json.is_discarded() || !json.is_object() || !json.contains("spindle_scan")) {
            return fail(Code::BadInput, "not a scan, or damaged: scan the photo again");
        }
        const double version = number(json, "spindle_scan", 1, 1e6);
        if (version > kScanDocumentVersion) {
            return fail(
                Code::Unsupported,
                "a scan of version {}, from a later Spindle than this: scan the photo again",
                version);
        }
        return report_of(json);
    } catch (const Wrong& wrong) {
        return fail(Code::BadInput, "damaged scan ({}): scan the photo again", wrong.what());
    } catch (const std::exception& exception) { // of the JSON library
        return fail(Code::BadInput, "damaged scan ({}): scan the photo again", exception.what());
    }
}

} // namespace spindle::app
