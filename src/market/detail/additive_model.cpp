// SPDX-License-Identifier: Apache-2.0
#include "market/detail/additive_model.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace spindle::market {
namespace {

using nlohmann::json;

constexpr std::size_t kMostTerms = 64;  // the model has 17
constexpr std::size_t kMostPoints = 64; // its longest line 8
constexpr double kLargestTerm = 1000;   // logarithms of prices; those of the model are below 10
constexpr double kLargestInput = 1e9;

double transformed(double x, BrokenLine::Transform transform) {
    switch (transform) {
    case BrokenLine::Transform::Log:
        return std::log(x);
    case BrokenLine::Transform::Log1p:
        return std::log1p(x);
    case BrokenLine::Transform::Plain:
        break;
    }
    return x;
}

Result<std::string> short_text(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string() ||
        found->get_ref<const std::string&>().size() > 100) {
        return fail(Code::BadInput, "\"{}\" should be a short text", name);
    }
    return found->get<std::string>();
}

Result<BrokenLine> line_of(const json& object) {
    BrokenLine line;
    SPINDLE_TRY(line.input, short_text(object, "input"));
    SPINDLE_TRY(const std::string transform, short_text(object, "transform"));
    if (transform == "log") {
        line.transform = BrokenLine::Transform::Log;
    } else if (transform == "log1p") {
        line.transform = BrokenLine::Transform::Log1p;
    } else if (transform != "plain") {
        return fail(Code::BadInput, "\"transform\" should be plain, log or log1p");
    }
    SPINDLE_TRY(line.at, bounded_list(object, "at", kLargestInput));
    SPINDLE_TRY(line.value, bounded_list(object, "value", kLargestTerm));
    line.lowest = line.at.front();
    line.highest = line.at.back();
    const double least = line.transform == BrokenLine::Transform::Log ? 1e-9 : -0.999;
    if (line.at.size() != line.value.size() || line.at.size() < 2 ||
        (line.transform != BrokenLine::Transform::Plain && line.lowest < least)) {
        return fail(Code::BadInput, "\"at\" and \"value\" do not make a line");
    }
    for (double& x : line.at) {
        x = transformed(x, line.transform);
    }
    // Strictly: two points at one place would divide by nothing.
    if (std::adjacent_find(line.at.begin(), line.at.end(), std::greater_equal<>()) !=
        line.at.end()) {
        return fail(Code::BadInput, "\"at\" should rise");
    }
    return line;
}

Result<AdditiveModel::Term> term_of(const json& object) {
    if (!object.is_object()) {
        return fail(Code::BadInput, "a term should be an object");
    }
    AdditiveModel::Term term;
    SPINDLE_TRY(term.label, short_text(object, "label"));
    SPINDLE_TRY(term.input, short_text(object, "input"));
    SPINDLE_TRY(term.missing, bounded_number(object, "missing", kLargestTerm));
    SPINDLE_TRY(const std::string kind, short_text(object, "kind"));
    if (kind == "curve") {
        SPINDLE_TRY(term.line, line_of(object));
        SPINDLE_TRY(term.offset, bounded_number(object, "offset", kLargestTerm));
        if (const auto times = object.find("times"); times != object.end()) {
            if (!times->is_object()) {
                return fail(Code::BadInput, "\"times\" should be an object");
            }
            SPINDLE_TRY(term.times, line_of(*times));
            SPINDLE_TRY(term.times_missing, bounded_number(*times, "missing", kLargestTerm));
        }
        return term;
    }
    const auto words = object.find("words");
    if (kind != "choice" || words == object.end() || !words->is_object() ||
        words->size() > kMostPoints) {
        return fail(Code::BadInput, "a term should be a curve, or a choice with \"words\"");
    }
    SPINDLE_TRY(term.other, bounded_number(object, "other", kLargestTerm));
    for (const auto& [word, ignored] : words->items()) {
        SPINDLE_TRY(const double value, bounded_number(*words, word.c_str(), kLargestTerm));
        term.words.emplace(word, value);
    }
    return term;
}

} // namespace

Result<double> bounded_number(const json& object, const char* name, double limit) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) {
        return fail(Code::BadInput, "\"{}\" should be a number", name);
    }
    const auto value = found->get<double>();
    if (!std::isfinite(value) || std::abs(value) > limit) {
        return fail(Code::BadInput, "\"{}\" is out of range", name);
    }
    return value;
}

Result<std::vector<double>> bounded_list(const json& object, const char* name, double limit) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array() || found->empty() ||
        found->size() > kMostPoints) {
        return fail(Code::BadInput, "\"{}\" should be a list of 1 to {} numbers", name,
                    kMostPoints);
    }
    std::vector<double> values;
    for (const json& one : *found) {
        const double value = one.is_number() ? one.get<double>() : std::nan("");
        if (!std::isfinite(value) || std::abs(value) > limit) {
            return fail(Code::BadInput, "\"{}\" holds what is no number in range", name);
        }
        values.push_back(value);
    }
    return values;
}

double BrokenLine::operator()(double x) const {
    const double place = transformed(std::clamp(x, lowest, highest), transform);
    const auto above = std::upper_bound(at.begin(), at.end(), place);
    if (above == at.begin()) {
        return value.front();
    }
    if (above == at.end()) {
        return value.back();
    }
    const auto right = static_cast<std::size_t>(above - at.begin());
    const double share = (place - at[right - 1]) / (at[right] - at[right - 1]);
    return value[right - 1] + share * (value[right] - value[right - 1]);
}

bool AdditiveModel::Term::is_known(const NamedInputs& inputs) const {
    if (line) {
        const auto found = inputs.numbers.find(input);
        return found != inputs.numbers.end() && found->second.has_value();
    }
    const auto found = inputs.words.find(input);
    return found != inputs.words.end() && found->second.has_value();
}

double AdditiveModel::Term::operator()(const NamedInputs& inputs) const {
    if (!is_known(inputs)) {
        return missing;
    }
    if (!line) {
        const auto found = words.find(*inputs.words.find(input)->second);
        return found == words.end() ? other : found->second;
    }
    double factor = 1;
    if (times) {
        const auto second = inputs.numbers.find(times->input);
        factor = second == inputs.numbers.end() || !second->second ? times_missing
                                                                   : (*times)(*second->second);
    }
    return (*line)(*inputs.numbers.find(input)->second) * factor + offset;
}

double AdditiveModel::operator()(const NamedInputs& inputs) const {
    double sum = start;
    for (const Term& term : terms) {
        sum += term(inputs);
    }
    return sum;
}

Result<AdditiveModel> AdditiveModel::parse(const json& json) {
    if (!json.is_object()) {
        return fail(Code::BadInput, "should be an object");
    }
    AdditiveModel model;
    SPINDLE_TRY(model.start, bounded_number(json, "start", kLargestTerm));
    const auto terms = json.find("terms");
    if (terms == json.end() || !terms->is_array() || terms->size() > kMostTerms) {
        return fail(Code::BadInput, "\"terms\" should be a list of at most {}", kMostTerms);
    }
    for (const auto& one : *terms) {
        auto term = term_of(one);
        if (!term) {
            return tl::unexpected(
                term.error().within(fmt::format("term {}", model.terms.size() + 1)));
        }
        model.terms.push_back(std::move(*term));
    }
    return model;
}

} // namespace spindle::market
