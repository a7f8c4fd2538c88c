// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/impulse_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace spindle::grade {
namespace {

// Milliseconds from the peak between which energy is summed: fine near it, where a click ends and a
// drum rings; coarse far away, where isolation shows.
constexpr std::array kFar{60.0, 40.0, 25.0, 15.0, 10.0, 6.0, 4.0, 3.0, 2.0};
constexpr std::array kNear{-2.0, -1.0, -0.5, -0.25, -0.1, 0.1, 0.25, 0.5, 1.0, 2.0};
constexpr std::array kLow{-60.0, -20.0, -5.0, -1.0, 1.0, 5.0, 20.0, 60.0};
constexpr std::array<int, 10> kBlocksNear{1, 2, 3, 4, 5, 6, 8, 10, 14, 20}; // of 10 ms
constexpr std::array<int, 4> kBlocksFar{1, 2, 4, 8};
constexpr std::int64_t kSecondBefore = 100, kHalfAfter = 50; // blocks
constexpr std::int64_t kForm = 9; // samples of the matched filter's answer to either side
constexpr float kLeast = 0.01F;   // of a deviation squared: what is less is nothing

class Description {
public:
    Description(const Impulse& impulse, const ImpulseTracks& tracks, int hertz)
        : impulse_(impulse), tracks_(tracks), samples_per_ms_(hertz / 1000.0),
          loud_(impulse.matched[1] > impulse.matched[0] ? 1 : 0), quiet_(1 - loud_) {}

    ImpulseFeatures write() {
        for (const std::size_t signal : {loud_, quiet_, std::size_t{2}}) {
            energies(signal);
        }
        levels();
        heights();
        form();
        likeness();
        filters();
        low_end();
        matched_form();
        return features_;
    }

private:
    void put(float value) { features_[count_++] = std::clamp(value, -30.0F, 30.0F); }

    std::int64_t place(double ms) const { return impulse_.at + std::llround(ms * samples_per_ms_); }

    float deviation(std::size_t signal) const {
        return tracks_.residual_deviation(signal, impulse_.at);
    }

    // Sum of squares and count of [from, to), cut where the sound ends.
    float mean_square(const Track<float>& track, std::int64_t from, std::int64_t to) const {
        from = std::max({from, track.begin(), std::int64_t{0}});
        to = std::min(std::max(to, from + 1), track.end());
        if (to <= from) {
            return 0;
        }
        float sum = 0;
        for (const float value : track.span(from, to)) {
            sum += value * value;
        }
        return sum / static_cast<float>(to - from);
    }

    float mean_of_cells(const Track<float>& cells, std::int64_t from, std::int64_t to) const {
        from = std::max({from / ImpulseTracks::kCell, cells.begin(), std::int64_t{0}});
        to = std::min(std::max(to / ImpulseTracks::kCell, from + 1), cells.end());
        if (to <= from) {
            return 0;
        }
        float sum = 0;
        for (const float value : cells.span(from, to)) {
            sum += value;
        }
        return sum / static_cast<float>((to - from) * ImpulseTracks::kCell);
    }

    void energies(std::size_t signal) {
        const SignalTracks& track = tracks_[signal];
        const float unit = 1 / (deviation(signal) * deviation(signal));
        const auto put_energy = [&](float mean) { put(std::log10(mean * unit + kLeast)); };
        for (std::size_t i = 0; i + 1 < kFar.size(); ++i) {
            put_energy(mean_of_cells(track.cells, place(-kFar[i]), place(-kFar[i + 1])));
        }
        for (std::size_t i = 0; i + 1 < kNear.size(); ++i) {
            put_energy(mean_square(track.residual, place(kNear[i]), place(kNear[i + 1])));
        }
        for (std::size_t i = kFar.size() - 1; i > 0; --i) {
            put_energy(mean_of_cells(track.cells, place(kFar[i]), place(kFar[i - 1])));
        }
    }

    // Medians of 10 ms hardly see a click; an attack lifts them.
    void levels() {
        const std::int64_t block = impulse_.at / tracks_.block();
        const auto step = [&](const Track<float>& track, std::int64_t to) {
            put(std::log10(track.nearest(std::max(block + to, std::int64_t{0})) /
                           track.nearest(block)));
        };
        for (const int away : kBlocksNear) {
            step(tracks_[loud_].residual_medians, -away);
            step(tracks_[loud_].residual_medians, away);
        }
        for (const int away : kBlocksFar) {
            step(tracks_[2].residual_medians, -away);
            step(tracks_[2].residual_medians, away);
        }
        const Track<float>& track = tracks_[loud_].residual_medians;
        const std::int64_t from = std::max({block - kSecondBefore, track.begin(), std::int64_t{0}});
        const std::int64_t to = std::min(block + kHalfAfter, track.end());
        std::array<float, static_cast<std::size_t>(kSecondBefore + kHalfAfter)> logarithms{};
        const auto count = static_cast<std::size_t>(std::max<std::int64_t>(to - from, 0));
        float rises = 0;
        float steepest = 0;
        for (std::size_t n = 0; n < count; ++n) {
            logarithms[n] = std::log10(track[from + static_cast<std::int64_t>(n)]);
            if (n > 0) {
                const float rise = std::max(logarithms[n] - logarithms[n - 1], 0.0F);
                rises += rise;
                steepest = std::max(steepest, rise);
            }
        }
        const float here = std::log10(track.nearest(block));
        const auto used = std::span(logarithms).first(count);
        std::sort(used.begin(), used.end());
        put(count == 0 ? 0 : used[count / 2] - here);
        put(count == 0 ? 0 : used[count * 95 / 100] - used[count / 2]);
        put(rises / static_cast<float>(std::max<std::size_t>(count, 1)) * 10);
        put(steepest);
    }

    void heights() {
        for (const auto& values : {impulse_.z, impulse_.matched}) {
            for (const std::size_t signal : {loud_, quiet_, std::size_t{2}}) {
                put(std::log10(values[signal] + 0.1F));
            }
        }
        put(std::log10(deviation(quiet_) / deviation(loud_)));
        put(std::log10(deviation(2) / deviation(loud_)));
        put(std::log10(static_cast<float>(impulse_.length / samples_per_ms_) + 0.01F));
    }

    // Width and swing of the residual itself, in 1 ms to either side.
    void form() {
        const auto e = around(tracks_[loud_].residual, 1);
        float top = 0;
        float bottom = 0;
        for (const float value : e) {
            top = std::max(top, value);
            bottom = std::max(bottom, -value);
        }
        const float peak = std::max({top, bottom, 1e-12F});
        int high = 0;
        int turns = 0;
        float last = 0;
        for (const float value : e) {
            if (std::abs(value) > peak / 4) {
                ++high;
                turns += last != 0 && (value > 0) != (last > 0) ? 1 : 0;
                last = value;
            }
        }
        put(std::log10(static_cast<float>(high / samples_per_ms_) + 0.01F));
        put(std::min(top, bottom) / peak);
        put(static_cast<float>(turns) / 4);
        const auto core = around(tracks_[loud_].residual, 0.25);
        const float power = product(core, core, 0) + 1e-20F;
        for (const std::size_t lag : {1U, 2U, 3U}) {
            put(product(core, core, lag) / power);
        }
        const float background =
            std::sqrt(mean_square(tracks_[loud_].sound, place(-50), place(50))) + 1e-9F;
        put(std::log10(peak / background + 1e-4F));
    }

    static float product(std::span<const float> a, std::span<const float> b, std::size_t lag) {
        float sum = 0;
        for (std::size_t n = 0; n + lag < a.size(); ++n) {
            sum += a[n] * b[n + lag];
        }
        return sum;
    }

    std::span<const float> around(const Track<float>& track, double ms) const {
        return between(track, -ms, ms);
    }
    std::span<const float> between(const Track<float>& track, double from, double to) const {
        const std::int64_t first = std::clamp(place(from), track.begin(), track.end());
        return track.span(first, std::clamp(place(to) + 1, first, track.end()));
    }

    // Correlation of both channels: a drum is in both, a scratch in one wall.
    void likeness() {
        constexpr std::array<std::array<double, 2>, 3> kStretches{
            {{-0.25, 0.25}, {-20, -2}, {2, 20}}};
        for (const auto& [from, to] : kStretches) {
            const auto left = between(tracks_[Signal::Left].residual, from, to);
            const auto right = between(tracks_[Signal::Right].residual, from, to);
            const float both = std::sqrt(product(left, left, 0) * product(right, right, 0));
            put(product(left, right, 0) / (both + 1e-20F));
        }
    }

    void filters() {
        const LinearModel& loud =
            tracks_.model_at(loud_ == 0 ? Signal::Left : Signal::Right, impulse_.at);
        put(std::log10(loud.gain));
        put(std::log10(tracks_.model_at(Signal::Side, impulse_.at).gain));
        put(loud.reflection[0]);
        put(loud.reflection[1]);
    }

    void low_end() {
        const Track<float>& means = tracks_[loud_].means;
        std::array<float, kLow.size() - 1> powers{};
        float sum = 1e-20F;
        for (std::size_t i = 0; i < powers.size(); ++i) {
            powers[i] = mean_square(means, place(kLow[i]) / ImpulseTracks::kCell,
                                    place(kLow[i + 1]) / ImpulseTracks::kCell);
            sum += powers[i];
        }
        for (const float power : powers) {
            put(std::log10(power / sum + 1e-4F));
        }
    }

    void matched_form() {
        const Track<float>& track = tracks_[loud_].matched;
        const auto value = [&](std::int64_t place) {
            return place < track.begin() || place >= track.end() ? 0.0F : track[place];
        };
        float peak = 1e-20F;
        for (std::int64_t n = -kForm; n <= kForm; ++n) {
            const float here = value(impulse_.at + n);
            peak = std::abs(here) > std::abs(peak) ? here : peak;
        }
        for (std::int64_t n = -kForm; n <= kForm; ++n) {
            put(value(impulse_.at + n) / peak);
        }
    }

    const Impulse& impulse_;
    const ImpulseTracks& tracks_;
    double samples_per_ms_;
    std::size_t loud_, quiet_;
    std::size_t count_ = 0;
    ImpulseFeatures features_{};

    // 3 x 25 energies, 28 + 4 levels, 9 heights, 7 of form, 3 of likeness, 4 of filters, 7 of the
    // low end, 19 of the matched filter
    static_assert(3 * (2 * (kFar.size() - 1) + kNear.size() - 1) + 32 + 9 + 7 + 3 + 4 + 7 +
                      (2 * kForm + 1) ==
                  kImpulseFeatures);
};

} // namespace

ImpulseFeatures features_of(const Impulse& impulse, const ImpulseTracks& tracks, int hertz) {
    return Description(impulse, tracks, hertz).write();
}

} // namespace spindle::grade
