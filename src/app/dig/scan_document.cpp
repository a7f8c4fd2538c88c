// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan_document.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "market/quote.h"

namespace spindle::app {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double per_unit) {
    return std::round(value * per_unit) / per_unit;
}
/// Chances to four places, except that what is all but certain or impossible stays so to be seen.
double chance(double value) {
    return rounded(value, 1e4);
}

Json json_of(const image::Quad& quad) {
    Json corners = Json::array();
    for (const image::Point& corner : quad.corners) {
        corners.push_back(Json::array({rounded(corner.x, 10), rounded(corner.y, 10)}));
    }
    return corners;
}

Json json_of(const shelf::SpineReading& reading) {
    Json lines = Json::array();
    for (const shelf::Line& line : reading.lines) {
        Json words = Json::array();
        for (const shelf::Word& word : line.words) {
            Json others = Json::array();
            for (const shelf::OtherReading& other : word.alternatives) {
                others.push_back(
                    Json{{"text", other.text}, {"confidence", chance(other.confidence)}});
            }
            words.push_back(Json{{"text", word.text},
                                 {"confidence", chance(word.confidence)},
                                 {"alternatives", std::move(others)},
                                 {"quad", json_of(word.quad)}});
        }
        lines.push_back(std::move(words));
    }
    return Json{{"confidence", chance(reading.confidence)}, {"lines", std::move(lines)}};
}

Json json_of(const Sighting& sighting) {
    const shelf::Spine& spine = sighting.spine.spine;
    Json json{{"photo", sighting.photo},
              {"quad", json_of(spine.quad)},
              {"confidence", chance(spine.confidence)},
              {"printed", chance(spine.printed)},
              {"direction", chance(spine.direction)}};
    json["readings"] = Json::array();
    for (const shelf::SpineReading& reading : sighting.spine.readings) {
        json["readings"].push_back(json_of(reading));
    }
    return json;
}

Json json_of(const Pressing& pressing) {
    return Json{{"release_id", pressing.id.value},
                {"probability", chance(pressing.probability)},
                {"number_exact", pressing.number_exact},
                {"label", pressing.label},
                {"numbers", pressing.numbers},
                {"format", pressing.format},
                {"country", pressing.country},
                {"year", pressing.year == 0 ? Json() : Json(pressing.year)},
                {"barcodes", pressing.barcodes},
                {"found_online", pressing.found_online}};
}

Json json_of(const Candidate& candidate) {
    Json json{{"probability", chance(candidate.probability)},
              {"alone", chance(candidate.alone)},
              {"artist", candidate.artist},
              {"title", candidate.title},
              {"master_id", candidate.master.value == 0 ? Json() : Json(candidate.master.value)},
              {"all_pressings", candidate.all_pressings},
              {"tied", candidate.tied},
              {"look_at", candidate.look_at}};
    json["evidence"] = Json::array();
    for (const WordEvidence& word : candidate.evidence) {
        json["evidence"].push_back(
            Json{{"field", name_of(word.field)},
                 {"printed", word.printed},
                 {"read", word.agreement == Agreement::NotSeen ? Json() : Json(word.read)},
                 {"agreement", name_of(word.agreement)}});
    }
    json["pressings"] = Json::array();
    for (const Pressing& pressing : candidate.pressings) {
        json["pressings"].push_back(json_of(pressing));
    }
    return json;
}

Json or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Json json_of(const std::vector<WorthTerm>& terms) {
    Json json = Json::array();
    for (const WorthTerm& term : terms) {
        json.push_back(Json{{"reason", term.reason}, {"dollars", rounded(term.dollars, 100)}});
    }
    return json;
}

Json json_of(const DiscWorth& worth) {
    Json json{{"release_id", worth.release.value},   {"currency", "USD"},
              {"advice", name_of(worth.buy)},        {"why", worth.why},
              {"price", rounded(worth.price, 100)},  {"low", rounded(worth.low, 100)},
              {"high", rounded(worth.high, 100)},    {"margin", rounded(worth.margin, 100)},
              {"chance", chance(worth.chance)},      {"lowest", or_null(worth.lowest)},
              {"for_sale", or_null(worth.for_sale)}, {"have", or_null(worth.have)},
              {"want", or_null(worth.want)},         {"seen_at", worth.seen_at}};
    json["sold_seen_at"] = worth.sold_seen_at ? Json(*worth.sold_seen_at) : Json();
    json["blocked"] = worth.blocked;
    json["notice"] = market::kDataNotice;
    json["terms"] = json_of(worth.terms);
    json["rules"] = worth.rules ? Json{{"score", rounded(worth.rules->score, 100)},
                                       {"good", worth.rules->is_good},
                                       {"terms", json_of(worth.rules->terms)}}
                                : Json();
    return json;
}

Json json_of(const Disc& disc) {
    Json json{{"number", disc.number}, {"verdict", name_of(disc.verdict)}, {"text", text_of(disc)}};
    json["seen"] = Json::array();
    for (const Sighting& sighting : disc.seen) {
        json["seen"].push_back(json_of(sighting));
    }
    json["reading"] = disc.reading;
    json["probability_of_none"] = chance(disc.probability_of_none);
    json["candidates"] = Json::array();
    for (const Candidate& candidate : disc.candidates) {
        json["candidates"].push_back(json_of(candidate));
    }
    json["owned"] = disc.owned;
    json["wanted"] = disc.wanted;
    json["worth"] = disc.worth ? json_of(*disc.worth) : Json();
    return json;
}

Json json_of(const std::vector<StepTime>& times) {
    Json json = Json::object();
    for (const StepTime& time : times) {
        json[time.step] = rounded(time.took.count(), 1e3);
    }
    return json;
}

Json json_of(const PhotoFacts& photo) {
    Json json{
        {"path", photo.path.string()},
        {"width", photo.width},
        {"height", photo.height},
        {"blur", std::isfinite(photo.look.blur) ? Json(rounded(photo.look.blur, 100)) : Json()},
        {"dark", chance(photo.look.dark)},
        {"middle", chance(photo.look.middle)},
        {"bright", chance(photo.look.bright)},
        {"burnt", chance(photo.look.burnt)},
        {"spines", photo.spines},
        {"backs", photo.backs},
        {"thickness", rounded(photo.thickness, 10)}};
    json["advice"] = Json::array();
    for (const Advice& advice : photo.advice) {
        json["advice"].push_back(
            Json{{"trouble", name_of(advice.trouble)}, {"message", advice.message}});
    }
    json["seconds"] = json_of(photo.times);
    json["error"] = photo.error ? Json{{"code", spindle::name_of(photo.error->code)},
                                       {"message", photo.error->message}}
                                : Json();
    return json;
}

std::string line_of(const Json& json) {
    // Readers give UTF-8; names of files need not be.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string document_of(const ScanReport& report) {
    Json json{{"spindle_scan", kScanDocumentVersion},
              {"made", report.made},
              {"complete", !report.interrupted},
              {"format", name_of(report.format)},
              {"certainty", report.certainty},
              {"catalog_releases", report.releases ? Json(*report.releases) : Json()}};
    json["without_catalog"] = report.releases ? Json() : Json(report.without_catalog);
    Json counts = Json::object();
    for (const DiscVerdict verdict : kDiscVerdicts) {
        counts[std::string(name_of(verdict))] = report.count(verdict);
    }
    json["counts"] = std::move(counts);
    json["folder"] = report.folder.string();
    json["seconds"] = json_of(report.times);
    json["photos"] = Json::array();
    for (const PhotoFacts& photo : report.photos) {
        json["photos"].push_back(json_of(photo));
    }
    json["discs"] = Json::array();
    for (const Disc& disc : report.discs) {
        json["discs"].push_back(json_of(disc));
    }
    return line_of(json);
}

std::string document_of(const Disc& disc) {
    return line_of(json_of(disc));
}

} // namespace spindle::app
