// SPDX-License-Identifier: Apache-2.0
#include "app/grade/learn_grades.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "app/grade/fetched_audio.h"
#include "app/grade/stereo_file.h"
#include "grade/model/ordinal_fit.h"

namespace spindle::app {
namespace {

constexpr Seconds kShortestPiece{10}; // grade/remarks.cpp: less cannot be graded

/// Measures a recording piece by piece.
class PieceMeter {
public:
    PieceMeter(SampleRate rate, Seconds segment, std::size_t listing,
               std::vector<MeasuredPiece>& pieces)
        : rate_(rate), listing_(listing), pieces_(pieces),
          length_(segment > Seconds{0} ? static_cast<std::size_t>(segment.count() * rate.hz)
                                       : static_cast<std::size_t>(-1)) {}

    Result<void> feed(grade::StereoSpan block) {
        for (std::size_t from = 0; from < block.size();) {
            if (!meter_) {
                SPINDLE_TRY(auto made, grade::SideMeter::create(rate_));
                meter_.emplace(std::move(made));
                heard_ = 0;
            }
            const std::size_t count = std::min(block.size() - from, length_ - heard_);
            meter_->feed(block.subspan(from, count));
            heard_ += count;
            from += count;
            if (heard_ == length_) {
                end_piece();
            }
        }
        return {};
    }

    void end_piece() {
        if (!meter_) {
            return;
        }
        const grade::SideMeasures measures = meter_->finish();
        meter_.reset();
        if (measures.length() < kShortestPiece) {
            return; // what is left over at the end of a recording
        }
        const grade::SideEvidence side{measures};
        MeasuredPiece piece{
            .listing = listing_, .evidence = grade::evidence_of(side), .figures = {}};
        piece.figures[piece.evidence] = grade::figures_in(side, piece.evidence);
        piece.figures[grade::Evidence::Music] = grade::figures_in(side, grade::Evidence::Music);
        pieces_.push_back(std::move(piece));
    }

private:
    SampleRate rate_;
    std::size_t listing_;
    std::vector<MeasuredPiece>& pieces_;
    std::size_t length_;
    std::optional<grade::SideMeter> meter_;
    std::size_t heard_ = 0;
};

Result<void> measure_one(const Listing& listing, std::size_t number, const LearningOptions& options,
                         const std::stop_token& stop, std::vector<MeasuredPiece>& pieces) {
    SPINDLE_TRY(const auto audio, FetchedAudio::of(listing.audio, options.user_agent, stop));
    SPINDLE_TRY(auto file, StereoFile::open(audio.path(), {}, stop));
    PieceMeter meter(file.rate(), options.segment, number, pieces);
    const std::size_t before = pieces.size();
    for (;;) {
        SPINDLE_TRY(const auto block, file.next());
        if (block.size() == 0) {
            break;
        }
        SPINDLE_TRY_VOID(meter.feed(block));
    }
    meter.end_piece();
    if (pieces.size() == before) {
        return fail(Code::BadInput, "{}: shorter than {:.0f} s", listing.audio,
                    kShortestPiece.count());
    }
    return {};
}

/// Numbers for sellers where any are told, else for records.
std::vector<std::size_t> groups_of(const std::vector<Listing>& listings) {
    const bool by_seller = std::ranges::any_of(
        listings, [](const Listing& listing) { return !listing.seller.empty(); });
    std::map<std::string, std::size_t> numbers;
    std::vector<std::size_t> groups;
    for (const Listing& listing : listings) {
        const std::string& key =
            by_seller && !listing.seller.empty() ? listing.seller : listing.record;
        groups.push_back(numbers.emplace(key, numbers.size()).first->second);
    }
    return groups;
}

} // namespace

Result<MeasuredListings> measure_listings(const std::vector<Listing>& listings,
                                          const LearningOptions& options,
                                          const ProgressSink& progress,
                                          const std::stop_token& stop) {
    MeasuredListings measured;
    RemainingTime remaining;
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < listings.size(); ++i) {
        if (progress) {
            const Seconds elapsed = std::chrono::steady_clock::now() - begun;
            progress({"measuring", listings[i].audio, i, listings.size(),
                      i == 0 ? std::nullopt
                             : remaining.estimate(elapsed, static_cast<double>(i),
                                                  static_cast<double>(listings.size()))});
        }
        const auto heard = measure_one(listings[i], i, options, stop, measured.pieces);
        if (!heard && heard.error().code == Code::Cancelled) {
            return tl::unexpected(heard.error());
        }
        if (!heard) {
            measured.left_out.push_back({i + 1, heard.error().message});
        }
    }
    return measured;
}

Result<LearnedGrades> learn_grades(const std::vector<Listing>& listings,
                                   const std::vector<MeasuredPiece>& pieces,
                                   const grade::GradeModels& known, const LearningOptions& options,
                                   const ProgressSink& progress, const std::stop_token& stop) {
    const std::vector<std::size_t> groups = groups_of(listings);
    LearnedGrades learned;
    learned.models.name = options.name;
    for (const grade::Evidence evidence : {grade::Evidence::Groove, grade::Evidence::Music}) {
        const grade::GradeModel* const model = known.of(evidence);
        if (model == nullptr) {
            continue;
        }
        std::vector<grade::Observation> observations;
        for (const MeasuredPiece& piece : pieces) {
            const auto figures = piece.figures.find(evidence);
            if (figures != piece.figures.end()) {
                observations.push_back(
                    {grade::features_of(model->faults.severities(figures->second)),
                     grade::class_of(listings[piece.listing].grade), groups[piece.listing]});
            }
        }
        auto fit = grade::fit_ordinal(
            grade::grade_features(), observations, grade::kHeardGrades, {}, [&](double done) {
                if (progress) {
                    progress({"learning", std::string(name_of(evidence)),
                              static_cast<std::uint64_t>(100 * done), 100, std::nullopt});
                }
                return !stop.stop_requested();
            });
        if (!fit) {
            if (fit.error().code == Code::Cancelled) {
                return tl::unexpected(fit.error());
            }
            learned.not_learned[evidence] = fit.error().message;
            continue;
        }
        grade::Agreement agreement(grade::kHeardGrades);
        for (std::size_t i = 0; i < observations.size(); ++i) {
            agreement.add(observations[i].klass, fit->out_of_fold[i]);
        }
        learned.agreement.emplace(evidence, agreement);
        learned.models.models[static_cast<std::size_t>(evidence)] = {model->faults,
                                                                     std::move(fit->model)};
    }
    if (learned.agreement.empty()) {
        return fail(Code::BadInput, "nothing could be learned: {}",
                    learned.not_learned.empty() ? "there is no model to start from"
                                                : learned.not_learned.begin()->second);
    }
    return learned;
}

grade::Agreement agreement_on(const std::vector<Listing>& listings,
                              const std::vector<MeasuredPiece>& pieces,
                              const grade::GradeModels& models) {
    std::map<std::size_t, std::pair<std::vector<double>, double>> sums; // by listing
    for (const MeasuredPiece& piece : pieces) {
        const grade::GradeModel* model = models.of(piece.evidence);
        const grade::Evidence used = model != nullptr ? piece.evidence : grade::Evidence::Music;
        model = models.of(used);
        if (model == nullptr) {
            continue;
        }
        const auto probabilities = model->probabilities(piece.figures.at(used));
        auto& [sum, count] = sums[piece.listing];
        sum.resize(probabilities.size());
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            sum[i] += probabilities[i];
        }
        count += 1;
    }
    grade::Agreement agreement(grade::kHeardGrades);
    for (auto& [listing, total] : sums) {
        for (double& probability : total.first) {
            probability /= total.second;
        }
        agreement.add(grade::class_of(listings[listing].grade), total.first);
    }
    return agreement;
}

} // namespace spindle::app
