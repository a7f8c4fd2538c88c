// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/off_centre_meter.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace spindle::grade {
namespace {

constexpr std::size_t kSize = 2048; // 128 to 256 ms
constexpr std::size_t kHop = 512;
constexpr double kFrom = 300, kTo = 3000; // Hz
constexpr float kBelowLoudest = 1e-4F;    // 40 dB: peaks further down are noise
constexpr float kQuietest = 1e-11F;
constexpr std::size_t kMostPeaks = 24;
constexpr double kSteady = 0.004, kSteadyHz = 0.5; // from moment to moment
constexpr double kShortest = 0.4;                  // seconds
constexpr double kLongest = 3;                     // a longer one is cut: see fit()
constexpr double kMostScatter = 0.01;              // of a track's log pitch: more is a glide
constexpr double kOwnScatter = 3e-4;               // no track is better measured
constexpr double kSpeedError = 0.007;
constexpr double kMostSteps = 1500; // ... of an hour and more, coarser
constexpr double kScoreSeconds = 2;
constexpr double kByChance = 1e-3;
// Sequenced music repeats its partials' own small errors in time with the beat, which may be the
// platter's: of 175 pieces three had 0.007 to 0.02 %.
constexpr double kSystematic = 1e-4;
constexpr double kSmallest = 4e-4;
constexpr std::size_t kMostContributions = 100000;
constexpr double kFewestTracks = 30;

} // namespace

namespace {

/// Tracks that scatter count less. The scatter is that of what is left: weighed by all of it, those
/// in which the wow happens to be hidden would count most.
double weight_of(double scatter) {
    return 1 / (std::max(scatter, 0.0) + kOwnScatter * kOwnScatter);
}

} // namespace

struct OffCentreMeter::Fit {
    double sine = 0, cosine = 0;
    double variance = 0; ///< of sine and cosine, mean

    double wow() const {
        // Of a vector with errors the length is too long by their variance.
        return std::sqrt(std::max(0.0, sine * sine + cosine * cosine - 2 * variance));
    }
};

Result<OffCentreMeter> OffCentreMeter::create(double rate_hz) {
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(kSize)));
    return OffCentreMeter(rate_hz, std::move(fft));
}

OffCentreMeter::OffCentreMeter(double rate_hz, dsp::RealFft fft)
    : rate_hz_(rate_hz), fft_(std::move(fft)), window_(kSize), power_(kSize / 2 + 1) {
    for (std::size_t i = 0; i < kSize; ++i) {
        window_[i] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kSize));
    }
}

void OffCentreMeter::feed(std::span<const float> mid) {
    waiting_.insert(waiting_.end(), mid.begin(), mid.end());
    std::size_t at = 0;
    for (; at + kSize <= waiting_.size(); at += kHop) {
        look(std::span(waiting_).subspan(at, kSize));
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(at));
}

void OffCentreMeter::look(std::span<const float> sound) {
    if (contributions_.size() >= kMostContributions) {
        return;
    }
    const std::span<float> in = fft_.input();
    for (std::size_t i = 0; i < kSize; ++i) {
        in[i] = window_[i] * sound[i];
    }
    const std::span<const std::complex<float>> out = fft_.transform();
    for (std::size_t k = 0; k < out.size(); ++k) {
        power_[k] = out[k].real() * out[k].real() + out[k].imag() * out[k].imag();
    }
    find_peaks();
    follow();
    ++moment_;
}

void OffCentreMeter::find_peaks() {
    const double bin_hz = rate_hz_ / kSize;
    const auto from = static_cast<std::size_t>(kFrom / bin_hz);
    const auto to = std::min(static_cast<std::size_t>(kTo / bin_hz), power_.size() - 3);
    float loudest = 0;
    for (std::size_t k = from; k < to; ++k) {
        loudest = std::max(loudest, power_[k]);
    }
    peaks_.clear();
    const float least = std::max(loudest * kBelowLoudest, kQuietest * kSize * kSize);
    for (std::size_t k = from; k < to; ++k) {
        const float own = power_[k];
        // A partial on its own falls by 6 dB or more within two bins, to both sides.
        if (own < least || own <= power_[k - 1] || own < power_[k + 1] || power_[k - 2] > own / 4 ||
            power_[k + 2] > own / 4) {
            continue;
        }
        const double left = std::log(static_cast<double>(power_[k - 1]) + 1e-30);
        const double middle = std::log(static_cast<double>(own));
        const double right = std::log(static_cast<double>(power_[k + 1]) + 1e-30);
        const double bend = left - 2 * middle + right;
        const double off = bend < 0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0;
        peaks_.push_back({(static_cast<double>(k) + off) * bin_hz, own});
    }
    if (peaks_.size() > kMostPeaks) {
        std::nth_element(peaks_.begin(), peaks_.begin() + kMostPeaks, peaks_.end(),
                         [](const Peak& a, const Peak& b) { return a.power > b.power; });
        peaks_.resize(kMostPeaks);
        std::ranges::sort(peaks_, {}, &Peak::hz);
    }
}

void OffCentreMeter::follow() {
    std::vector<bool> taken(peaks_.size());
    const auto longest = static_cast<std::size_t>(kLongest * rate_hz_ / static_cast<double>(kHop));
    for (Track& track : tracks_) {
        std::size_t nearest = peaks_.size();
        double least = kSteady * track.last_hz + kSteadyHz;
        for (std::size_t i = 0; i < peaks_.size(); ++i) {
            const double off = std::abs(peaks_[i].hz - track.last_hz);
            if (off < least && !taken[i]) {
                least = off;
                nearest = i;
            }
        }
        track.alive = nearest < peaks_.size();
        if (track.alive) {
            taken[nearest] = true;
            track.last_hz = peaks_[nearest].hz;
            track.pitches.emplace_back(static_cast<float>(moment_ - track.first),
                                       static_cast<float>(std::log(track.last_hz)));
        }
        if (!track.alive || track.pitches.size() >= longest) {
            close(track);
            track.alive = false;
        }
    }
    std::erase_if(tracks_, [](const Track& track) { return !track.alive; });
    for (std::size_t i = 0; i < peaks_.size(); ++i) {
        if (!taken[i]) {
            Track track;
            track.first = moment_;
            track.last_hz = peaks_[i].hz;
            track.pitches.emplace_back(0.0F, static_cast<float>(std::log(peaks_[i].hz)));
            tracks_.push_back(std::move(track));
        }
    }
}

void OffCentreMeter::close(const Track& track) {
    const double step = static_cast<double>(kHop) / rate_hz_;
    // The first and the last moments hold the note's beginning and its end.
    constexpr std::size_t kEdge = 1;
    if (static_cast<double>(track.pitches.size()) < kShortest / step + 2 * kEdge) {
        return;
    }
    const std::span pitches =
        std::span(track.pitches).subspan(kEdge, track.pitches.size() - 2 * kEdge);
    const auto count = static_cast<double>(pitches.size());
    double mean = 0;
    for (const auto& [when, pitch] : pitches) {
        mean += static_cast<double>(pitch) / count;
    }
    double scatter = 0;
    for (const auto& [when, pitch] : pitches) {
        scatter += std::pow(static_cast<double>(pitch) - mean, 2) / count;
    }
    if (scatter > kMostScatter * kMostScatter) {
        return;
    }
    Contribution own;
    own.count = static_cast<float>(count);
    own.scatter = static_cast<float>(scatter);
    const auto time = [&](float moment) {
        return (static_cast<double>(track.first) + static_cast<double>(moment)) * step;
    };
    own.middle = static_cast<float>((time(pitches.front().first) + time(pitches.back().first)) / 2);
    for (std::size_t speed = 0; speed < kRecordSpeeds.size(); ++speed) {
        const double turns = 2 * std::numbers::pi / turn_of(kRecordSpeeds[speed]).count();
        double sines = 0;
        double cosines = 0;
        for (const auto& [when, pitch] : pitches) {
            sines += std::sin(turns * time(when)) / count;
            cosines += std::cos(turns * time(when)) / count;
        }
        double ss = 0;
        double sc = 0;
        double cc = 0;
        double sy = 0;
        double cy = 0;
        for (const auto& [when, pitch] : pitches) {
            const double s = std::sin(turns * time(when)) - sines;
            const double c = std::cos(turns * time(when)) - cosines;
            const double y = static_cast<double>(pitch) - mean;
            ss += s * s;
            sc += s * c;
            cc += c * c;
            sy += s * y;
            cy += c * y;
        }
        own.sums[speed] = {static_cast<float>(ss), static_cast<float>(sc), static_cast<float>(cc),
                           static_cast<float>(sy), static_cast<float>(cy)};
    }
    heard_ += count * step;
    contributions_.push_back(own);
}

/// Least squares of all tracks for a turn that differs from nominal by `offset` (radians a second).
/// Within a track that is a shift of the phase, the same from its beginning to its end.
OffCentreMeter::Fit OffCentreMeter::fit(std::size_t speed, double offset, const Fit& before) const {
    struct Turned {
        double ss, sc, cc, sy, cy;
    };
    const auto turned = [&](const Contribution& one) {
        const Sums& sums = one.sums[speed];
        const double c = std::cos(offset * static_cast<double>(one.middle));
        const double s = std::sin(offset * static_cast<double>(one.middle));
        // sin' = c sin + s cos, cos' = c cos - s sin
        const auto ss = static_cast<double>(sums.ss);
        const auto sc = static_cast<double>(sums.sc);
        const auto cc = static_cast<double>(sums.cc);
        const auto sy = static_cast<double>(sums.sy);
        const auto cy = static_cast<double>(sums.cy);
        return Turned{c * c * ss + 2 * c * s * sc + s * s * cc,
                      c * s * (cc - ss) + (c * c - s * s) * sc,
                      c * c * cc - 2 * c * s * sc + s * s * ss, c * sy + s * cy, c * cy - s * sy};
    };
    const auto weigh = [&before](const Contribution& one, const Turned& t) {
        const double explained =
            2 * (before.sine * t.sy + before.cosine * t.cy) - before.sine * before.sine * t.ss -
            2 * before.sine * before.cosine * t.sc - before.cosine * before.cosine * t.cc;
        return weight_of(static_cast<double>(one.scatter) -
                         explained / static_cast<double>(one.count));
    };
    double ss = 0;
    double sc = 0;
    double cc = 0;
    double sy = 0;
    double cy = 0;
    for (const Contribution& one : contributions_) {
        const Turned t = turned(one);
        const double weight = weigh(one, t);
        ss += weight * t.ss;
        sc += weight * t.sc;
        cc += weight * t.cc;
        sy += weight * t.sy;
        cy += weight * t.cy;
    }
    const double determinant = ss * cc - sc * sc;
    Fit fit;
    if (determinant <= 1e-9 * ss * cc || ss <= 0) {
        return fit;
    }
    fit.sine = (cc * sy - sc * cy) / determinant;
    fit.cosine = (ss * cy - sc * sy) / determinant;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (const Contribution& one : contributions_) {
        const Turned t = turned(one);
        const double weight = weigh(one, t);
        const double a = weight * (t.sy - t.ss * fit.sine - t.sc * fit.cosine);
        const double b = weight * (t.cy - t.sc * fit.sine - t.cc * fit.cosine);
        aa += a * a;
        ab += a * b;
        bb += b * b;
    }
    // The sandwich S^-1 G S^-1.
    const double trace = (cc * cc * aa - 2 * cc * sc * ab + sc * sc * bb + ss * ss * bb -
                          2 * ss * sc * ab + sc * sc * aa) /
                         (determinant * determinant);
    fit.variance = trace / 2;
    return fit;
}

namespace {

/// Sums of the scores of some seconds, and of their products.
struct Scores {
    double middle = 0; ///< seconds
    double s = 0, c = 0, ss = 0, sc = 0, cc = 0;
};

/// How much a turn that differs by `offset` stands out: the score test, which asks whether there is
/// anything and needs no fit.
double score(std::span<const Scores> all, double offset) {
    double u = 0;
    double v = 0;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (const Scores& one : all) {
        const double c = std::cos(offset * one.middle);
        const double s = std::sin(offset * one.middle);
        u += c * one.s + s * one.c;
        v += c * one.c - s * one.s;
        aa += c * c * one.ss + 2 * c * s * one.sc + s * s * one.cc;
        ab += c * s * (one.cc - one.ss) + (c * c - s * s) * one.sc;
        bb += c * c * one.cc - 2 * c * s * one.sc + s * s * one.ss;
    }
    const double determinant = aa * bb - ab * ab;
    return determinant > 0 ? (bb * u * u - 2 * ab * u * v + aa * v * v) / determinant : 0;
}

} // namespace

OffCentreFigures OffCentreMeter::finish(std::optional<double> rpm) const {
    OffCentreFigures figures;
    figures.rpm = rpm.value_or(kRecordSpeeds[0]);
    figures.turn = turn_of(figures.rpm);
    figures.heard = Seconds(heard_);
    figures.uncertainty = 1;
    if (static_cast<double>(contributions_.size()) < kFewestTracks) {
        return figures;
    }
    const double length = static_cast<double>(moment_) * static_cast<double>(kHop) / rate_hz_;
    double tried = 0;
    double most = 0;
    double best_offset = 0;
    std::size_t best_speed = 0;
    for (std::size_t speed = 0; speed < kRecordSpeeds.size(); ++speed) {
        if (rpm && std::abs(*rpm / kRecordSpeeds[speed] - 1) > 0.02) {
            continue;
        }
        std::vector<Scores> scores(static_cast<std::size_t>(length / kScoreSeconds) + 1);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            scores[i].middle = (static_cast<double>(i) + 0.5) * kScoreSeconds;
        }
        for (const Contribution& one : contributions_) {
            const auto at =
                static_cast<std::size_t>(static_cast<double>(one.middle) / kScoreSeconds);
            Scores& sum = scores[std::min(at, scores.size() - 1)];
            const double weight = weight_of(static_cast<double>(one.scatter));
            const double s = weight * static_cast<double>(one.sums[speed].sy);
            const double c = weight * static_cast<double>(one.sums[speed].cy);
            sum.s += s;
            sum.c += c;
            sum.ss += s * s;
            sum.sc += s * c;
            sum.cc += c * c;
        }
        const double turns = 2 * std::numbers::pi / turn_of(kRecordSpeeds[speed]).count();
        const double range = kSpeedError * turns;
        // Steps in which the phase at the end moves by half a radian.
        const double step = std::max(0.5 / std::max(length, 10.0), 2 * range / kMostSteps);
        for (double offset = -range; offset <= range; offset += step) {
            ++tried;
            if (const double stands_out = score(scores, offset); stands_out > most) {
                most = stands_out;
                best_offset = offset;
                best_speed = speed;
            }
        }
    }
    if (most <= 0) {
        return figures;
    }
    Fit best;
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds; ++round) {
        best = fit(best_speed, best_offset, best);
    }
    figures.rpm = kRecordSpeeds[best_speed];
    figures.turn = Seconds(2 * std::numbers::pi /
                           (2 * std::numbers::pi / turn_of(figures.rpm).count() + best_offset));
    figures.chi_squared = most;
    if (best.variance > 0) {
        figures.uncertainty = std::sqrt(best.variance + kSystematic * kSystematic);
    }
    if (most > 2 * std::log(std::max(tried, 1.0) / kByChance) && best.wow() > kSmallest) {
        figures.wow = best.wow();
    }
    return figures;
}

} // namespace spindle::grade
