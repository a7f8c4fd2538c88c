// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/repeat_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <span>
#include <utility>

#include "dsp/complex_product.h"
#include "dsp/real_fft.h"
#include "grade/motion/turns.h"

namespace spindle::grade {
namespace {

constexpr double kBlock = 1.2; // seconds compared at once
constexpr double kHop = 0.6;
constexpr double kSpeedError = 0.007; // belts stay within 0.5 %
constexpr double kWorthALook = 0.85;  // of the lowest sound alone
constexpr double kLikeness = 0.93;    // of a repeated groove: 0.97 and more
constexpr double kDistinct = 0.05;    // more than at distances that are no turn
constexpr double kQuietest = 1e-10;   // mean square: -100 dB
constexpr double kSameTurn = 0.002;   // seconds that a turn may differ from the one before
constexpr double kFewestTurns = 1.9;  // two, to the grid of the hops
constexpr std::size_t kFrame = 1024;  // of the low band: 0.1 s
constexpr std::size_t kGroup = 6;     // bins
constexpr double kBandFrom = 891, kBandTo = 2818; // the thirds at 1 to 2.5 kHz
constexpr std::size_t kMostMoments = 30000;       // of 0.6 s: five hours

/// The newest samples of a signal, by their number.
class Recent {
public:
    explicit Recent(std::size_t length) : length_(length) {}
    void add(std::span<const float> samples) {
        samples_.insert(samples_.end(), samples.begin(), samples.end());
        if (samples_.size() > 2 * length_) {
            const std::size_t old = samples_.size() - length_;
            samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(old));
            first_ += old;
        }
    }
    std::size_t first() const { return first_; }
    std::size_t end() const { return first_ + samples_.size(); }
    std::span<const float> from(std::size_t at, std::size_t count) const {
        return std::span(samples_).subspan(at - first_, count);
    }

private:
    std::size_t length_;
    std::size_t first_ = 0;
    std::vector<float> samples_;
};

float product(std::span<const float> a, std::span<const float> b) {
    std::array<float, 8> sums{};
    std::size_t i = 0;
    for (; i + sums.size() <= a.size(); i += sums.size()) {
        for (std::size_t lane = 0; lane < sums.size(); ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    float sum = 0;
    for (; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    for (const float part : sums) {
        sum += part;
    }
    return sum;
}

struct Peak {
    double likeness = -1;
    double lag = 0;     ///< samples
    bool inside = true; ///< not at an end of what was searched
};

constexpr long kReach = 6; // of the interpolation, samples to either side
constexpr long kSteps = 8; // places looked at per sample
using Kernel = std::array<std::array<double, 2 * kReach>, kSteps>;

/// Lanczos' kernel: what the values around count at each step between two samples.
Kernel interpolation() {
    Kernel kernel{};
    for (long step = 0; step < kSteps; ++step) {
        for (long i = 0; i < 2 * kReach; ++i) {
            const double x =
                static_cast<double>(step) / kSteps - static_cast<double>(i - kReach + 1);
            const double angle = std::numbers::pi * x;
            kernel[static_cast<std::size_t>(step)][static_cast<std::size_t>(i)] =
                x == 0 ? 1 : std::sin(angle) * std::sin(angle / kReach) * kReach / (angle * angle);
        }
    }
    return kernel;
}

/// Where the block at `at` is most like what was `from` to `to` samples before; between samples as
/// well, since correlation as a function of the lag holds no higher tones than the sound does.
Peak most_alike(const Recent& signal, const Kernel& kernel, std::size_t at, std::size_t count,
                long from, long to) {
    const std::span<const float> block = signal.from(at, count);
    const auto energy = static_cast<double>(product(block, block));
    std::vector<double> values; // from lag from - kReach on
    double other = 0;
    for (long lag = from - kReach; lag <= to + kReach; ++lag) {
        const auto start = at - static_cast<std::size_t>(lag);
        const std::span<const float> before = signal.from(start, count);
        if (values.empty()) {
            other = static_cast<double>(product(before, before));
        } else { // one came in front, one left at the end
            const auto left = static_cast<double>(signal.from(start + count, 1)[0]);
            const auto came = static_cast<double>(before[0]);
            other += came * came - left * left;
        }
        const double both = std::sqrt(energy * std::max(other, 0.0));
        values.push_back(both > 0 ? static_cast<double>(product(block, before)) / both : 0);
    }
    Peak peak;
    for (long step = 0; step <= (to - from) * kSteps; ++step) {
        const auto& weights = kernel[static_cast<std::size_t>(step % kSteps)];
        const auto first = static_cast<std::size_t>(step / kSteps + 1);
        double value = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            value += values[first + i] * weights[i];
        }
        if (value > peak.likeness) {
            peak = {value, static_cast<double>(from) + static_cast<double>(step) / kSteps,
                    step != 0 && step != (to - from) * kSteps};
        }
    }
    return peak;
}

/// What was found at one place.
struct Moment {
    double end = 0; ///< of the block, seconds
    std::size_t speed = 0;
    double turn = 0; ///< seconds
    double likeness = 0;
    double power = 0, difference = 0; ///< in the band
    std::vector<float> coherences;    ///< of its frames and groups
};

double percentile(std::vector<float> values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = values.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
}

double decibels(double power) {
    return 10 * std::log10(std::max(power, 1e-20));
}

/// Noise of the silent grooves in the band, mid alone; 0 when it is not known.
double noise_in_band(const NoiseFigures& noise) {
    double power = 0;
    if (noise.silent) {
        for (const BandNoise& third : noise.silent->thirds) {
            const double centre = std::sqrt(third.from_hz * third.to_hz);
            power += centre > kBandFrom && centre < kBandTo ? std::pow(10, third.mid_db / 10) : 0;
        }
    }
    return power;
}

} // namespace

struct RepeatFinder::State {
    double low_rate;
    double deep_rate; ///< of `deep`, half of what comes in
    dsp::RealFft fft;
    Kernel kernel = interpolation();
    Recent low, deep;
    float odd = 0; ///< a deep sample that waits for its partner
    bool has_odd = false;
    float previous_pair = 0; ///< its mean
    float previous = 0;      ///< mean of the four before
    std::size_t next = 0;    ///< end of the next block, in samples of `deep`
    std::vector<float> pairs;
    std::vector<Moment> moments;
    std::vector<float> window;

    State(double low_hz, double deep_hz, dsp::RealFft transform)
        : low_rate(low_hz), deep_rate(deep_hz / 2), fft(std::move(transform)),
          low(static_cast<std::size_t>(4.0 * low_hz)),
          deep(static_cast<std::size_t>(4.0 * deep_hz / 2)), window(kFrame) {
        next = samples(kBlock + 1.85);
        for (std::size_t i = 0; i < kFrame; ++i) {
            window[i] = static_cast<float>(
                std::sqrt(16.0 / 3) / kFrame *
                (0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kFrame)));
        }
    }

    std::size_t samples(double seconds) const {
        return static_cast<std::size_t>(seconds * deep_rate);
    }

    void add(const LowBlock& block) {
        low.add(block.mid);
        pairs.clear();
        for (const float sample : block.deep_mid) {
            if (!has_odd) {
                odd = sample;
                has_odd = true;
                continue;
            }
            has_odd = false;
            // The mean of four, to 0.35 kHz, is smooth enough to be compared at whole samples; its
            // difference, else the bass would decide alone.
            const float pair = (odd + sample) / 2;
            const float mean = (pair + previous_pair) / 2;
            previous_pair = pair;
            pairs.push_back(mean - previous);
            previous = mean;
        }
        deep.add(pairs);
        while (next <= deep.end()) {
            look(next);
            next += samples(kHop);
        }
    }

    void look(std::size_t end) {
        const std::size_t count = samples(kBlock);
        const std::size_t at = end - count;
        if (at < deep.first() + samples(1.83) || moments.size() >= kMostMoments) {
            return;
        }
        const auto block = deep.from(at, count);
        if (static_cast<double>(product(block, block)) < kQuietest * static_cast<double>(count)) {
            return;
        }
        for (std::size_t speed = 0; speed < kRecordSpeeds.size(); ++speed) {
            const double turn = turn_of(kRecordSpeeds[speed]).count() * deep_rate;
            const Peak peak =
                most_alike(deep, kernel, at, count, std::lround(turn * (1 - kSpeedError)) - 1,
                           std::lround(turn * (1 + kSpeedError)) + 1);
            if (peak.likeness < kWorthALook || !peak.inside ||
                !is_distinct(at, count, turn, peak)) {
                continue;
            }
            Moment moment;
            moment.end = static_cast<double>(end) / deep_rate;
            moment.speed = speed;
            moment.turn = peak.lag / deep_rate;
            if (compare(moment)) {
                moments.push_back(std::move(moment));
            }
        }
    }

    /// Tones, and beats, are alike at other distances as well.
    bool is_distinct(std::size_t at, std::size_t count, double turn, const Peak& peak) const {
        for (const double part : {0.93, 0.875, 0.813, 0.75, 2.0 / 3, 0.5, 1.0 / 3, 0.25}) {
            const auto reach = std::lround(0.012 * deep_rate);
            const auto middle = std::lround(turn * part);
            if (most_alike(deep, kernel, at, count, middle - reach, middle + reach).likeness >
                peak.likeness - kDistinct) {
                return false;
            }
        }
        return true;
    }

    /// How much of the band is what it was one turn before; false: too little of all.
    bool compare(Moment& moment) {
        const auto end = static_cast<std::size_t>(moment.end * low_rate);
        const auto count = static_cast<std::size_t>(kBlock * low_rate);
        const auto lag = moment.turn * low_rate;
        if (end > low.end() || end < low.first() + count + 32 + static_cast<std::size_t>(lag)) {
            return false;
        }
        const Peak exact = most_alike(low, kernel, end - count, count, std::lround(lag) - 14,
                                      std::lround(lag) + 14);
        if (exact.likeness < kLikeness) {
            return false;
        }
        moment.likeness = exact.likeness;
        moment.turn = exact.lag / low_rate;
        const auto back = static_cast<std::size_t>(std::lround(exact.lag));
        std::vector<std::complex<float>> now(kFrame / 2 + 1);
        for (std::size_t at = end - count; at + kFrame <= end; at += kFrame / 2) {
            transform(at);
            std::ranges::copy(fft.transform(), now.begin());
            transform(at - back);
            add_coherence(moment, now, fft.transform());
        }
        return true;
    }

    void transform(std::size_t at) {
        const auto sound = low.from(at, kFrame);
        const auto in = fft.input();
        for (std::size_t i = 0; i < kFrame; ++i) {
            in[i] = window[i] * sound[i];
        }
    }

    void add_coherence(Moment& moment, std::span<const std::complex<float>> now,
                       std::span<const std::complex<float>> before) const {
        const double bin_hz = low_rate / kFrame;
        const auto from = static_cast<std::size_t>(std::ceil(kBandFrom / bin_hz));
        const auto to = static_cast<std::size_t>(kBandTo / bin_hz);
        for (std::size_t k = from; k + kGroup <= to; k += kGroup) {
            std::complex<float> cross = 0;
            float own = 0;
            float other = 0;
            for (std::size_t i = k; i < k + kGroup; ++i) {
                cross += dsp::conjugate_product(now[i], before[i]);
                own += std::norm(now[i]);
                other += std::norm(before[i]);
            }
            const float both = own * other;
            const float coherence = both > 0 ? std::norm(cross) / both : 0;
            moment.coherences.push_back(coherence);
            moment.power += static_cast<double>(own);
            // One of the group's bins is spent on the gain.
            moment.difference +=
                static_cast<double>((1 - std::min(coherence, 1.0F)) * own) * kGroup / (kGroup - 1);
        }
    }
};

RepeatFinder::RepeatFinder(std::unique_ptr<State> state) : state_(std::move(state)) {}
RepeatFinder::~RepeatFinder() = default;
RepeatFinder::RepeatFinder(RepeatFinder&&) noexcept = default;
RepeatFinder& RepeatFinder::operator=(RepeatFinder&&) noexcept = default;

Result<RepeatFinder> RepeatFinder::create(double low_rate_hz, double deep_rate_hz) {
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(kFrame)));
    return RepeatFinder(std::make_unique<State>(low_rate_hz, deep_rate_hz, std::move(fft)));
}

void RepeatFinder::feed(const LowBlock& block) {
    state_->add(block);
}

namespace {

bool in_silence(const SideMap& map, double seconds) {
    return std::ranges::any_of(map.spans, [seconds](const SideSpan& span) {
        return span.kind != SpanKind::Music && span.kind != SpanKind::Pause &&
               span.from.count() <= seconds && seconds < span.to.count();
    });
}

double judge(const Repetition& repetition, double record) {
    constexpr double kTooExactDb = -55; // no two turns are so alike: flutter
    if (repetition.difference_db < kTooExactDb || record < 0.3) {
        return 0.05;
    }
    double evidence = -1.5; // loops are more frequent than locked grooves
    if (repetition.difference_over_noise_db) {
        // 0 dB is in the middle between what is expected of the two.
        evidence += std::clamp(-1.2 * *repetition.difference_over_noise_db, -4.0, 4.0);
    }
    evidence += std::clamp(12 * (repetition.weakest_coherence - 0.65), -3.0, 3.0);
    evidence += std::min(0.3 * repetition.turns, 1.5);
    return 1 / (1 + std::exp(-evidence));
}

} // namespace

std::vector<Repetition> RepeatFinder::finish(const SideMap& map, const NoiseFigures& noise,
                                             double record) const {
    std::vector<Repetition> found;
    const double noise_power = noise_in_band(noise);
    for (std::size_t speed = 0; speed < kRecordSpeeds.size(); ++speed) {
        std::vector<const Moment*> row;
        const auto end_row = [&] {
            if (row.empty()) {
                return;
            }
            const Moment& last = *row.back();
            Repetition one;
            one.from = Seconds(row.front()->end - kBlock);
            one.to = Seconds(last.end);
            one.rpm = kRecordSpeeds[speed];
            std::vector<float> likeness;
            std::vector<float> turns;
            std::vector<float> coherences;
            double power = 0;
            double difference = 0;
            for (const Moment* moment : row) {
                likeness.push_back(static_cast<float>(moment->likeness));
                turns.push_back(static_cast<float>(moment->turn));
                coherences.insert(coherences.end(), moment->coherences.begin(),
                                  moment->coherences.end());
                power += moment->power;
                difference += moment->difference;
            }
            one.turn = Seconds(percentile(turns, 0.5));
            one.turns = (one.to - one.from) / one.turn;
            one.likeness = percentile(likeness, 0.5);
            one.weakest_coherence = percentile(coherences, 0.1);
            one.difference_db = power > 0 ? decibels(difference / power) : 0;
            const auto frames = static_cast<double>(row.size()) *
                                std::floor(kBlock * state_->low_rate / (kFrame / 2.0) - 1);
            if (noise_power > 0 && power > 0) {
                one.difference_over_noise_db = decibels(difference / frames / noise_power);
            }
            if (one.turns >= kFewestTurns) {
                one.probability = judge(one, record);
                found.push_back(one);
            }
            row.clear();
        };
        for (const Moment& moment : state_->moments) {
            if (moment.speed != speed || in_silence(map, moment.end - kBlock / 2)) {
                continue;
            }
            if (!row.empty() && (moment.end - row.back()->end > 2.5 * kHop ||
                                 std::abs(moment.turn - row.back()->turn) > kSameTurn)) {
                end_row();
            }
            row.push_back(&moment);
        }
        end_row();
    }
    std::ranges::sort(found, {}, &Repetition::from);
    return found;
}

} // namespace spindle::grade
