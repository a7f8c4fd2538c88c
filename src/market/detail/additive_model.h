// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace spindle::market {

/// A broken line through points: the value at an input, after a transform of the input. Outside its
/// points it stays at its ends, so an absurd input has a bounded effect.
struct BrokenLine {
    enum class Transform { Plain, Log, Log1p };
    std::string input;
    Transform transform = Transform::Plain;
    std::vector<double> at;         ///< rising, already transformed
    std::vector<double> value;      ///< as many
    double lowest = 0, highest = 0; ///< the ends before the transform

    double operator()(double x) const;
};

/// The inputs of an additive model by name.
struct NamedInputs {
    std::map<std::string, std::optional<double>, std::less<>> numbers;
    std::map<std::string, std::optional<std::string>, std::less<>> words;
};

/// A sum of terms, each a broken line of one number (perhaps times a broken line of a second one)
/// or a value for each of a few words. Its format is what training/market/additive.py exports.
class AdditiveModel {
public:
    struct Term {
        std::string label;
        std::string input;
        double missing = 0; ///< what it adds when the input is not known
        std::optional<BrokenLine> line;
        double offset = 0; ///< added to the line's value
        std::optional<BrokenLine> times;
        double times_missing = 0;
        std::map<std::string, double, std::less<>> words;
        double other = 0; ///< for words that are not listed

        double operator()(const NamedInputs& inputs) const;
        bool is_known(const NamedInputs& inputs) const;
    };

    double start = 0;
    std::vector<Term> terms;

    double operator()(const NamedInputs& inputs) const;

    /// Bounded in everything: at most 64 terms of 64 points, numbers finite and at most 1000 in
    /// size.
    static Result<AdditiveModel> parse(const nlohmann::json& json);
};

/// A finite number of the object, at most `limit` from 0.
Result<double> bounded_number(const nlohmann::json& object, const char* name, double limit);
/// The same for a list of 1 to 64 of them.
Result<std::vector<double>> bounded_list(const nlohmann::json& object, const char* name,
                                         double limit);

} // namespace spindle::market
