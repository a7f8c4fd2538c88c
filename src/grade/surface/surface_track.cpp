// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/surface_track.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "grade/surface/fast_log.h"
#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

constexpr double kCellSeconds = 0.25;
constexpr float kLeastPower = 1e-20F; // -200 dB
constexpr float kOneStep = 1.01F / 32768;
constexpr float kDbPerOctave = 3.0103F;   // of power, per doubling
constexpr float kLogOfNoiseDb = 2.50682F; // mean of the logarithm of noise power, below its mean
constexpr double kLowFrom = 20, kLowTo = 100;
// Above the hum, below what MP3 at low rates leaves out in holes.
constexpr std::array<Band, 2> kEvenBands{{{700, 1500}, {1500, 3000}}};
constexpr double kNeighbours = 215; // Hz to either side that a bin is compared with

float to_db(float power) {
    return kDbPerOctave * fast_log2(std::max(power, kLeastPower));
}

double sum_of(std::span<const float> power, std::size_t from, std::size_t to) {
    float sum = 0;
    for (std::size_t k = from; k < to; ++k) {
        sum += power[k];
    }
    return sum;
}

double weighted(std::span<const float> power, std::span<const float> weights) {
    // Eight sums, so that the compiler may use vectors and the order of adding is still fixed.
    std::array<float, 8> sums{};
    std::size_t k = 0;
    for (; k + sums.size() <= power.size(); k += sums.size()) {
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += power[k + i] * weights[k + i];
        }
    }
    float sum = 0;
    for (; k < power.size(); ++k) {
        sum += power[k] * weights[k];
    }
    for (const float part : sums) {
        sum += part;
    }
    return sum;
}

float median(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

Level Level::of_power(double power) {
    return of_db(power > 1e-20 ? 10 * std::log10(power) : -200);
}

Level Level::of_db(double db) {
    Level level;
    level.centibels_ = static_cast<std::int16_t>(std::lround(std::clamp(db, -200.0, 200.0) * 100));
    return level;
}

double Level::power() const {
    return std::pow(10, db() / 10);
}

double third_centre(std::size_t third) {
    return 1000 * std::pow(10, (static_cast<double>(third) - 10) / 10);
}

Band third_band(std::size_t third) {
    const double half = std::pow(10, 0.05);
    return {third_centre(third) / half, third_centre(third) * half};
}

Seconds SurfaceTrack::cell_time() const {
    return Seconds(static_cast<double>(hop * frames_per_cell) / rate.hz);
}

Seconds SurfaceTrack::cell_start(std::size_t index) const {
    if (index >= cells.size()) {
        return length;
    }
    // A frame is of what is in its middle half; the first cell takes what is before as well.
    return index == 0 ? Seconds(0)
                      : cell_time() * static_cast<double>(index) +
                            Seconds(static_cast<double>(hop) / 2 / rate.hz);
}

SurfaceTracker::SurfaceTracker(const SpectralFrames& source)
    : bin_hz_(source.bin_hz()), bin_count_(source.bins()) {
    track_.rate = source.rate();
    track_.hop = source.hop();
    track_.frames_per_cell = static_cast<std::size_t>(
        std::max(1L, std::lround(kCellSeconds / source.hop_time().count())));
    for (std::size_t k = 0; k < bin_count_; ++k) {
        const double hz = static_cast<double>(k) * bin_hz_;
        a_weights_.push_back(static_cast<float>(std::pow(a_weighting(hz), 2)));
        itu_weights_.push_back(static_cast<float>(std::pow(itu_weighting(hz), 2)));
    }
    for (std::size_t i = 0; i < kThirds; ++i) {
        thirds_[i] = bins_of(third_band(i));
    }
    for (std::size_t i = 0; i < kFloorBands.size(); ++i) {
        floors_[i] = bins_of(kFloorBands[i]);
    }
    low_ = bins_of({kLowFrom, kLowTo});
    for (std::size_t i = 0; i < even_.size(); ++i) {
        even_[i] = bins_of(kEvenBands[i]);
    }
    logs_ = bins_of({kEvenBands.front().from - kNeighbours, kEvenBands.back().to + kNeighbours});
    log_sums_.assign(logs_.to - logs_.from, 0);
}

SurfaceTracker::Bins SurfaceTracker::bins_of(Band band) const {
    const auto bin = [this](double hz) {
        return std::min(static_cast<std::size_t>(std::ceil(hz / bin_hz_)), bin_count_);
    };
    // A band that reaches the top of the spectrum is not measured: half of it may be missing.
    return band.to > 0.48 * track_.rate.hz ? Bins{} : Bins{bin(band.from), bin(band.to)};
}

void SurfaceTracker::add_floors(FrameLevels& levels, const SpectralFrame& frame) {
    const auto floor_of = [](std::span<const float> power, Bins bins) {
        float sum = 0;
        for (std::size_t k = bins.from; k < bins.to; ++k) {
            sum += fast_log2(std::max(power[k], kLeastPower));
        }
        const auto count = static_cast<float>(bins.to - bins.from);
        return Level::of_db(kDbPerOctave * (sum / count + fast_log2(count)) + kLogOfNoiseDb);
    };
    for (std::size_t i = 0; i < floors_.size(); ++i) {
        if (floors_[i].to > floors_[i].from) {
            levels.floor_mid[i] = floor_of(frame.mid, floors_[i]);
            levels.floor_side[i] = floor_of(frame.side, floors_[i]);
        }
    }
}

void SurfaceTracker::feed(const SpectralFrame& frame) {
    const auto most = static_cast<std::size_t>(kLongestTrack.count() * track_.rate.hz /
                                               static_cast<double>(track_.hop));
    if (track_.frames.size() >= most) {
        return;
    }
    FrameLevels levels;
    const double a_mid = weighted(frame.mid, a_weights_);
    const double a_side = weighted(frame.side, a_weights_);
    levels.a_mid = Level::of_power(a_mid);
    levels.a_side = Level::of_power(a_side);
    levels.itu_mid = Level::of_power(weighted(frame.mid, itu_weights_));
    levels.itu_side = Level::of_power(weighted(frame.side, itu_weights_));
    add_floors(levels, frame);
    track_.frames.push_back(levels);

    for (std::size_t i = 0; i < kThirds; ++i) {
        const auto [from, to] = thirds_[i];
        values_[i].push_back(to_db(static_cast<float>(sum_of(frame.mid, from, to))));
        values_[kThirds + i].push_back(to_db(static_cast<float>(sum_of(frame.side, from, to))));
    }
    values_[2 * kThirds].push_back(to_db(static_cast<float>(a_mid + a_side)));
    values_[2 * kThirds + 1].push_back(to_db(static_cast<float>(
        sum_of(frame.mid, low_.from, low_.to) + sum_of(frame.side, low_.from, low_.to))));
    for (std::size_t k = logs_.from; k < logs_.to; ++k) {
        log_sums_[k - logs_.from] += fast_log2(std::max(frame.mid[k] + frame.side[k], kLeastPower));
    }
    mid_power_ += sum_of(frame.mid, logs_.from, logs_.to);
    side_power_ += sum_of(frame.side, logs_.from, logs_.to);
    digital_ += frame.peak < kOneStep ? 1 : 0;
    if (++in_cell_ == track_.frames_per_cell) {
        end_cell();
    }
}

float SurfaceTracker::unevenness() const {
    const auto radius = static_cast<std::size_t>(std::lround(kNeighbours / bin_hz_));
    const auto frames = static_cast<double>(in_cell_);
    double worst = 0;
    for (const Bins& band : even_) {
        double squares = 0;
        std::size_t count = 0;
        for (std::size_t k = band.from; k < band.to; ++k) {
            const std::size_t middle = k - logs_.from;
            if (middle < radius || middle + radius >= log_sums_.size()) {
                continue;
            }
            float sum = 0;
            for (std::size_t i = middle - radius; i <= middle + radius; ++i) {
                sum += log_sums_[i];
            }
            const float off = log_sums_[middle] - sum / static_cast<float>(2 * radius + 1);
            squares += static_cast<double>(off * off);
            ++count;
        }
        if (count > 0) {
            worst = std::max(worst, std::sqrt(squares / static_cast<double>(count)) / frames);
        }
    }
    // What noise has: mid + side is the sum of two exponential variables of these powers, in shape
    // a gamma variable, the variance of whose logarithm is the trigamma function of its shape.
    const double sum = mid_power_ + side_power_;
    const double shape =
        sum > 0 ? sum * sum / (mid_power_ * mid_power_ + side_power_ * side_power_) : 1;
    const double trigamma = 1 / shape + 1 / (2 * shape * shape) + 1 / (6 * shape * shape * shape);
    const double of_noise = std::sqrt(trigamma / frames) / std::numbers::ln2;
    return static_cast<float>(worst / of_noise);
}

void SurfaceTracker::end_cell() {
    Cell cell;
    const auto loudest = [](const std::vector<float>& values) {
        return Level::of_db(*std::ranges::max_element(values));
    };
    cell.a_loudest = loudest(values_[2 * kThirds]);
    cell.low_loudest = loudest(values_[2 * kThirds + 1]);
    cell.a = Level::of_db(median(values_[2 * kThirds]));
    cell.low = Level::of_db(median(values_[2 * kThirds + 1]));
    for (std::size_t i = 0; i < kThirds; ++i) {
        cell.mid[i] = Level::of_db(median(values_[i]));
        cell.side[i] = Level::of_db(median(values_[kThirds + i]));
    }
    cell.unevenness = unevenness();
    cell.digital_share = static_cast<float>(digital_) / static_cast<float>(in_cell_);
    track_.cells.push_back(cell);
    for (auto& values : values_) {
        values.clear();
    }
    std::ranges::fill(log_sums_, 0.0F);
    mid_power_ = side_power_ = 0;
    in_cell_ = digital_ = 0;
}

SurfaceTrack SurfaceTracker::finish(Seconds length) {
    if (in_cell_ > 0 && (2 * in_cell_ >= track_.frames_per_cell || track_.cells.empty())) {
        end_cell();
    }
    track_.length = std::min(length, kLongestTrack);
    return std::move(track_);
}

} // namespace spindle::grade
