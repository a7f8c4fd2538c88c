// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/comparison.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "grade/reference/alignment.h"
#include "grade/reference/impulse_lists.h"
#include "grade/reference/residual_meter.h"
#include "grade/reference/sketch.h"
#include "grade/reference/subtraction.h"

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 192000;
constexpr double kOverlap = 5;      // seconds that two copies may share and be heard together
constexpr double kCurveStep = 0.02; // seconds
constexpr double kChance = 8;       // coherence is this over the number of frames by chance, well
constexpr double kLeastCoherence = 0.01;

/// Counts seconds of sound heard, out of all that have to be.
class Hearing {
public:
    Hearing(const ProgressSink& sink, double total) : sink_(sink), total_(total) {}
    void step(std::string name) { name_ = std::move(name); }
    void heard(double seconds) {
        if (sink_) {
            const double now = std::min(done_ + seconds, total_);
            sink_({name_, "", static_cast<std::uint64_t>(now),
                   static_cast<std::uint64_t>(std::ceil(total_)), std::nullopt});
        }
    }
    void is_over(double seconds) { done_ = std::min(total_, done_ + seconds); }

private:
    const ProgressSink& sink_;
    double total_;
    double done_ = 0;
    std::string name_;
};

Result<void> check(const SoundSource& sound, std::string_view what) {
    if (sound.rate.hz < kLowestRate || sound.rate.hz > kHighestRate) {
        return fail(Code::BadInput, "{} has {} samples a second; comparing takes {} to {}", what,
                    sound.rate.hz, kLowestRate, kHighestRate);
    }
    return {};
}

/// The map with the waveforms' own deviations in it.
TimeMap refined_map(const TimeMap& coarse, const RefinedTime& time) {
    std::vector<TimeMap::Piece> pieces;
    const auto stride = static_cast<std::size_t>(std::lround(kCurveStep / time.step.count()));
    for (const TimeMap::Piece& old : coarse.pieces()) {
        const double first = (old.from - time.start) / time.step;
        const double last = (old.to - time.start) / time.step;
        TimeMap::Piece piece;
        piece.step = time.step * static_cast<double>(stride);
        const auto begin = static_cast<std::size_t>(std::max(0.0, std::ceil(first - 1e-6)));
        for (std::size_t i = begin; i < time.copy.size() && static_cast<double>(i) <= last;
             i += stride) {
            piece.knots.push_back(time.copy[i]);
        }
        piece.from = time.start + time.step * static_cast<double>(begin);
        piece.to =
            std::min(old.to, piece.from + piece.step * static_cast<double>(piece.knots.size()));
        if (piece.knots.size() >= 2) {
            pieces.push_back(std::move(piece));
        }
    }
    return TimeMap(std::move(pieces));
}

/// Speed between the knots of the map; across jumps the last one goes on.
WowCurve curve_of(const TimeMap& map) {
    WowCurve curve;
    curve.hertz = 1 / kCurveStep;
    curve.start = map.start() + Seconds(kCurveStep / 2);
    for (const TimeMap::Piece& piece : map.pieces()) {
        const double due = (piece.from - map.start()).count() / kCurveStep;
        while (!curve.speed.empty() && static_cast<double>(curve.speed.size()) + 0.5 < due) {
            curve.speed.push_back(curve.speed.back());
        }
        for (std::size_t i = 1; i < piece.knots.size(); ++i) {
            curve.speed.push_back(
                static_cast<float>((piece.knots[i] - piece.knots[i - 1]) / piece.step.count()));
        }
    }
    return curve;
}

/// Highest frequency at which the copy explains the recording.
double band_of(const Transfer& transfer, double rate, double seconds) {
    const auto coherence = transfer.coherence();
    const double bin = transfer.bin_hertz(rate);
    const double frames = std::max(1.0, seconds * bin * 2);
    const double least = std::min(0.3, std::max(kLeastCoherence, kChance / frames));
    const auto width = static_cast<std::size_t>(400 / bin);
    double sum = 0;
    for (std::size_t k = coherence.size(); k-- > 0;) {
        sum += coherence[k];
        if (k + width < coherence.size()) {
            sum -= coherence[k + width];
        }
        if (sum > least * static_cast<double>(width)) {
            return std::min(rate / 2, static_cast<double>(k + width / 2) * bin);
        }
    }
    return 0;
}

/// One copy on its second hearing.
struct Running {
    std::size_t copy = 0;
    Subtraction subtraction;
    ResidualMeter meter;
    ImpulseLists impulses;
    double heard = 0; ///< seconds

    Running(std::size_t index, const SoundSource& sound, const TimeMap& map, SampleRate rate)
        : copy(index), subtraction(sound, map, rate), meter(rate), impulses(rate) {}
};

void conclude(Running& running, SampleRate rate, const ComparisonOptions& options,
              CopyComparison& comparison) {
    const RefinedTime& time = running.subtraction.time();
    if (time.copy.size() >= 4) {
        comparison.map = refined_map(comparison.map, time);
    }
    comparison.curve = curve_of(comparison.map);
    comparison.wow = wow_figures(comparison.curve);
    std::vector<float> errors = time.error;
    if (!errors.empty()) {
        const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
        std::nth_element(errors.begin(), middle, errors.end());
        comparison.alignment_error = Seconds(static_cast<double>(*middle));
    }
    comparison.band_hertz = band_of(running.subtraction.transfer(), rate.hz, running.heard);
    const auto findings = running.meter.finish(comparison.band_hertz);
    comparison.residual = findings.figures;
    comparison.suppression_db = findings.suppression_db;
    comparison.body_suppression_db = findings.body_suppression_db;
    comparison.level_db = running.subtraction.transfer().gain_db();
    running.impulses.finish(comparison);
    const bool is_same = comparison.suppression_db >= options.same_master_db ||
                         comparison.body_suppression_db >= options.same_body_db;
    comparison.relation = is_same ? Relation::SameMaster : Relation::OtherMaster;
}

class Comparer {
public:
    Comparer(SoundSource recording, std::span<Copy> copies, const ComparisonOptions& options,
             const ComparedSoundSink& sink, const ProgressSink& progress, std::stop_token stop)
        : recording_(std::move(recording)), copies_(copies), options_(options), sink_(sink),
          stop_(std::move(stop)), hearing_(progress, total()), found_(copies.size()) {}

    Result<std::vector<CopyComparison>> run() {
        SPINDLE_TRY_VOID(align_all());
        for (const auto& round : rounds()) {
            SPINDLE_TRY_VOID(subtract(round));
        }
        return std::move(found_);
    }

private:
    double total() const {
        double copies = 0;
        for (const Copy& copy : copies_) {
            copies += copy.sound.length.count();
        }
        return 2 * (recording_.length.count() + copies) + 1;
    }

    Result<void> align_all() {
        hearing_.step("listening to the recording");
        const auto heard = [this](Seconds at) { hearing_.heard(at.count()); };
        SPINDLE_TRY(const Sketch recording,
                    Sketch::of(recording_, options_.longest_recording, heard, stop_));
        hearing_.is_over(recording_.length.count());
        hearing_.step("finding the copy in it");
        std::optional<double> speed;
        for (std::size_t i = 0; i < copies_.size(); ++i) {
            SPINDLE_TRY(const Sketch copy,
                        Sketch::of(copies_[i].sound, options_.longest_copy, heard, stop_));
            hearing_.is_over(copies_[i].sound.length.count());
            CopyComparison& comparison = found_[i];
            if (copy.is_silent()) {
                comparison.relation = Relation::Unusable;
                continue;
            }
            const auto alignment =
                align(recording, copy, copies_[i].hint, speed, options_.speed_range);
            if (!alignment) {
                continue;
            }
            speed = alignment->speed;
            comparison.relation = Relation::OtherMaster;
            comparison.map = alignment->fitted.map;
            comparison.start = comparison.map.start();
            comparison.end = comparison.map.end();
            comparison.copy_start = Seconds(alignment->copy_start);
            comparison.copy_end = Seconds(alignment->copy_end);
            comparison.speed = alignment->speed;
            comparison.jumps = alignment->jumps;
        }
        return {};
    }

    /// Copies in the order of their places, those that overlap much in different rounds.
    std::vector<std::vector<std::size_t>> rounds() const {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < found_.size(); ++i) {
            if (!found_[i].map.empty()) {
                order.push_back(i);
            }
        }
        std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return found_[a].start < found_[b].start;
        });
        std::vector<std::vector<std::size_t>> rounds;
        for (const std::size_t i : order) {
            const auto fits = std::find_if(rounds.begin(), rounds.end(), [&](const auto& round) {
                return found_[round.back()].end - Seconds(kOverlap) <= found_[i].start;
            });
            if (fits == rounds.end()) {
                rounds.push_back({i});
            } else {
                fits->push_back(i);
            }
        }
        return rounds;
    }

    /// Hears the recording once for copies that follow each other.
    Result<void> subtract(const std::vector<std::size_t>& round) {
        hearing_.step("taking the copy away");
        SPINDLE_TRY_VOID(recording_.start());
        std::size_t next = 0; // of the round
        std::vector<std::unique_ptr<Running>> running;
        std::unique_ptr<Running> waiting;
        std::ptrdiff_t at = 0;
        const auto most =
            static_cast<std::ptrdiff_t>(options_.longest_recording.count() * recording_.rate.hz);
        while (next < round.size() || waiting || !running.empty()) {
            if (stop_.stop_requested()) {
                return fail(Code::Cancelled, "comparing was stopped");
            }
            SPINDLE_TRY(const StereoSpan whole, recording_.next());
            const auto allowed = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, most - at));
            const StereoSpan block = whole.subspan(0, std::min(allowed, whole.size()));
            const bool is_over = block.size() == 0;
            const std::ptrdiff_t end = at + static_cast<std::ptrdiff_t>(block.size());
            while (next < round.size() || waiting) {
                if (!waiting) { // made once, and kept until its turn: it has tables and filters
                    const std::size_t copy = round[next++];
                    waiting = std::make_unique<Running>(copy, copies_[copy].sound, found_[copy].map,
                                                        recording_.rate);
                }
                if (waiting->subtraction.first() >= end && !is_over) {
                    break;
                }
                running.push_back(std::move(waiting));
            }
            for (auto& one : running) {
                SPINDLE_TRY_VOID(advance(*one, block, at, is_over));
            }
            std::erase_if(running, [&](const std::unique_ptr<Running>& one) {
                if (!is_over && !one->subtraction.is_done()) {
                    return false;
                }
                conclude(*one, recording_.rate, options_, found_[one->copy]);
                return true;
            });
            at = end;
            if (is_over) {
                break;
            }
            hearing_.heard(2 * static_cast<double>(at) / recording_.rate.hz);
        }
        return {};
    }

    Result<void> advance(Running& one, StereoSpan block, std::ptrdiff_t at, bool is_over) {
        const std::ptrdiff_t first = one.subtraction.first();
        const auto skip = static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(first - at, 0, static_cast<std::ptrdiff_t>(block.size())));
        one.subtraction.feed(block.subspan(skip, block.size() - skip));
        if (is_over) {
            one.subtraction.finish();
        }
        while (one.subtraction.is_ready()) {
            SPINDLE_TRY(const Subtracted section, one.subtraction.take());
            one.meter.feed(section);
            one.impulses.feed(section);
            one.heard += static_cast<double>(section.recording.size()) / recording_.rate.hz;
            if (sink_) {
                sink_({one.copy, Seconds(static_cast<double>(section.at) / recording_.rate.hz),
                       section.recording, section.music, section.residual});
            }
        }
        return {};
    }

    SoundSource recording_;
    std::span<Copy> copies_;
    const ComparisonOptions& options_;
    const ComparedSoundSink& sink_;
    std::stop_token stop_;
    Hearing hearing_;
    std::vector<CopyComparison> found_;
};

} // namespace

Result<std::vector<CopyComparison>> compare(SoundSource recording, std::span<Copy> copies,
                                            const ComparisonOptions& options,
                                            const ComparedSoundSink& sink,
                                            const ProgressSink& progress, std::stop_token stop) {
    if (copies.empty() || copies.size() > options.most_copies) {
        return fail(Code::BadInput, "{} digital copies given: comparing takes 1 to {}",
                    copies.size(), options.most_copies);
    }
    SPINDLE_TRY_VOID(check(recording, "the recording"));
    for (const Copy& copy : copies) {
        SPINDLE_TRY_VOID(check(copy.sound, "a digital copy"));
    }
    return Comparer(std::move(recording), copies, options, sink, progress, std::move(stop)).run();
}

std::string_view name_of(Relation relation) {
    switch (relation) {
    case Relation::SameMaster:
        return "same master";
    case Relation::OtherMaster:
        return "other master";
    case Relation::NotHeard:
        return "not heard";
    case Relation::Unusable:
        return "unusable";
    }
    return "";
}

float strongest_near(std::span<const CopyImpulse> impulses, Seconds at, Seconds reach) {
    float strongest = 0;
    const auto first = std::lower_bound(
        impulses.begin(), impulses.end(), at - reach,
        [](const CopyImpulse& impulse, Seconds time) { return impulse.at < time; });
    for (auto impulse = first; impulse != impulses.end() && impulse->at <= at + reach; ++impulse) {
        strongest = std::max(strongest, impulse->strength);
    }
    return strongest;
}

} // namespace spindle::grade
