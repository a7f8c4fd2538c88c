// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::market {

/// What is known of a release when its price is asked for. Everything may be missing. Amounts are
/// in US dollars, in which the model learned.
struct AppraisalInputs {
    std::optional<double> lowest;      ///< cheapest copy for sale now; nothing: none, or not known
    std::optional<double> for_sale;    ///< copies for sale now
    std::optional<double> have, want;  ///< people
    std::optional<double> rating;      ///< 0 to 5
    std::optional<double> year;        ///< of the release
    std::string country;               ///< as Discogs writes it; empty: not known
    std::string format;                ///< "2xCD, Album, Reissue"; empty: not known
    std::optional<double> sold_median; ///< of past sales, where a page told it: then that is the
                                       ///< price, and the model says only how sure it is
    std::optional<double> suggested; ///< what Discogs suggests for Very Good Plus (price_ladder.h)
};

/// One reason why a price is what it is.
struct Contribution {
    std::string label; ///< "people who want it"
    std::string value; ///< what was known: "120"; "not known"
    double factor = 1; ///< the price is multiplied by this; 1 says nothing
};

/// What a release is expected to sell for: the median of its past sales, had we seen them.
struct Appraisal {
    double start = 0;    ///< dollars: what a middling disc sells for; start x factors = expected
    double expected = 0; ///< dollars
    double low = 0, high = 0;                ///< four of five discs sell for a price between these
    std::vector<Contribution> contributions; ///< the strongest first

    /// The price below which a share `level` (0 to 1) of such discs sells.
    double quantile(double level) const;
    /// The chance (0 to 1) that it sells for `price` or more. Never rises with the price; never
    /// falls when more people want it.
    double chance_of(double price) const;

    struct Point {
        double level; ///< rising, 0 to 1
        double price; ///< not falling, dollars
    };
    std::vector<Point> distribution;
};

struct AppraisalOptions {
    /// How much of Discogs' own suggestion goes in, in the logarithm. There are no suggestions in
    /// the data the model learned from, so this is a choice and no measurement: half each.
    double suggestion_weight = 0.5;
};

/// The model of models/appraisal.json: two additive models of the logarithm of the price, one for
/// discs of which a copy is for sale and one for the others, and how wrong each was on discs it had
/// not seen (split conformal prediction: Lei et al., JASA 113 (2018) 1094). Trained and measured
/// by training/market. Immutable; any number of threads may ask at once; an answer takes
/// microseconds.
class AppraisalModel {
public:
    /// Reads a model file. BadInput names the file and what is wrong with it; nothing in a file can
    /// make an answer that is not a finite, positive price.
    static Result<AppraisalModel> open(const std::filesystem::path& file);
    static Result<AppraisalModel> parse(std::string_view json);

    /// Never fails: numbers that are none, infinite or negative count as not known.
    Appraisal appraise(const AppraisalInputs& inputs, const AppraisalOptions& options = {}) const;

    AppraisalModel(AppraisalModel&&) noexcept;
    AppraisalModel& operator=(AppraisalModel&&) noexcept;
    ~AppraisalModel();

private:
    struct Halves;
    explicit AppraisalModel(std::unique_ptr<const Halves> halves);
    std::unique_ptr<const Halves> halves_;
};

} // namespace spindle::market
