// SPDX-License-Identifier: Apache-2.0
#include "grade/detail/term_json.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace spindle::grade {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostTerms = 200;
constexpr std::size_t kMostKnots = 100;

std::string_view word_for(Direction direction) {
    switch (direction) {
    case Direction::Worse:
        return "worse";
    case Direction::Better:
        return "better";
    case Direction::Either:
        return "either";
    }
    return "";
}

std::optional<Direction> direction_named(std::string_view name) {
    for (const Direction direction : {Direction::Worse, Direction::Better, Direction::Either}) {
        if (word_for(direction) == name) {
            return direction;
        }
    }
    return std::nullopt;
}

bool rises(const std::vector<double>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

Result<Term> read_term(const Json& json) {
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string() ||
        !json.contains("direction") || !json["direction"].is_string()) {
        return fail(Code::BadInput, "a term should have a name and a direction");
    }
    Term term;
    term.feature.name = json["name"].get<std::string>();
    const auto direction = direction_named(json["direction"].get<std::string>());
    if (!direction) {
        return fail(Code::BadInput, "{}: a direction is worse, better or either",
                    term.feature.name);
    }
    term.feature.direction = *direction;
    SPINDLE_TRY(term.stretches.knots, numbers_in(json, "knots", kMostKnots));
    SPINDLE_TRY(term.weights, numbers_in(json, "weights", kMostKnots));
    if (!rises(term.stretches.knots) || term.weights.size() != term.stretches.count() ||
        !std::all_of(term.weights.begin(), term.weights.end(),
                     [&](double weight) { return allowed(*direction, weight) == weight; })) {
        return fail(Code::BadInput,
                    "{}: knots should rise, with a weight of the right sign between each two",
                    term.feature.name);
    }
    const auto missing = json.find("missing");
    if (missing == json.end() || !missing->is_number()) {
        return fail(Code::BadInput, "{}: missing should be a number", term.feature.name);
    }
    term.missing = missing->get<double>();
    return term;
}

} // namespace

Result<std::vector<double>> numbers_in(const Json& json, const char* member, std::size_t most) {
    const auto found = json.find(member);
    if (found == json.end() || !found->is_array() || found->size() > most) {
        return fail(Code::BadInput, "{} should be a list of at most {} numbers", member, most);
    }
    std::vector<double> values;
    for (const Json& value : *found) {
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            return fail(Code::BadInput, "{} holds something that is no number", member);
        }
        values.push_back(value.get<double>());
    }
    return values;
}

Json json_of(const std::vector<Term>& terms) {
    Json list = Json::array();
    for (const Term& term : terms) {
        list.push_back({{"name", term.feature.name},
                        {"direction", word_for(term.feature.direction)},
                        {"knots", term.stretches.knots},
                        {"weights", term.weights},
                        {"missing", term.missing}});
    }
    return list;
}

Result<std::vector<Term>> terms_in(const Json& json) {
    const auto members = json.find("terms");
    if (members == json.end() || !members->is_array() || members->size() > kMostTerms) {
        return fail(Code::BadInput, "terms should be a list of at most {}", kMostTerms);
    }
    std::vector<Term> terms;
    for (const Json& member : *members) {
        SPINDLE_TRY(auto term, read_term(member));
        terms.push_back(std::move(term));
    }
    return terms;
}

} // namespace spindle::grade
