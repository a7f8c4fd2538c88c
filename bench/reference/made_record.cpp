// SPDX-License-Identifier: Apache-2.0
#include "reference/made_record.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

#include "dsp/interpolation.h"
#include "dsp/real_fft.h"
#include "simulator/biquad.h"
#include "simulator/equaliser.h"
#include "simulator/random.h"

namespace spindle::made {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kFlutterHertz = 6.3;
constexpr double kDriftSeconds = 120;

/// Seconds of the copy at a moment after the lead-in, without jumps.
double steady_time(double t, const RecordOptions& options) {
    const double wow = kTwoPi * options.turns_per_minute / 60 * options.speed;
    const double flutter = kTwoPi * kFlutterHertz;
    const double drift = kTwoPi / kDriftSeconds;
    const double phase = static_cast<double>(options.seed % 7);
    return options.speed * (t - options.wow / wow * (std::cos(wow * t + phase) - std::cos(phase)) -
                            options.flutter / flutter * (std::cos(flutter * t) - 1) -
                            options.drift / drift * (std::cos(drift * t + 1) - std::cos(1.0)));
}

void add_noise(MadeRecord& record, double dba, simulator::Random& random) {
    Sound noise{std::vector<float>(record.sound.size()), std::vector<float>(record.sound.size()),
                record.sound.rate};
    for (auto* channel : {&noise.left, &noise.right}) {
        auto dull =
            simulator::Biquad::low_pass(noise.rate, std::min(9000.0, 0.4 * noise.rate.hz), 0.5);
        auto low = simulator::Biquad::low_pass(noise.rate, 300, 0.5);
        std::vector<float> rumble(channel->size());
        for (std::size_t n = 0; n < channel->size(); ++n) {
            (*channel)[n] = random.white();
            rumble[n] = 6 * random.white();
        }
        dull.filter(*channel);
        low.filter(rumble);
        for (std::size_t n = 0; n < channel->size(); ++n) {
            (*channel)[n] += rumble[n];
        }
    }
    const auto gain = static_cast<float>(std::pow(10, (dba - level_dba(noise)) / 20));
    for (std::size_t n = 0; n < noise.size(); ++n) {
        record.sound.left[n] += gain * noise.left[n];
        record.sound.right[n] += gain * noise.right[n];
    }
    record.noise_dba = dba;
}

void add_clicks(MadeRecord& record, double per_minute, simulator::Random& random) {
    const double hertz = record.sound.rate.hz;
    const double length = static_cast<double>(record.sound.size()) / hertz;
    for (double at = 1; per_minute > 0 && at < length - 1;
         at += 0.05 + random.waiting_time(per_minute / 60)) {
        const auto middle = static_cast<std::size_t>(at * hertz);
        const auto half = static_cast<std::size_t>(0.05 * hertz);
        double energy = 0;
        for (std::size_t n = middle - half; n < middle + half; ++n) {
            energy += 0.5 * (std::pow(static_cast<double>(record.music.left[n]), 2) +
                             std::pow(static_cast<double>(record.music.right[n]), 2));
        }
        const double level = random.between(-24, 6);
        const double rms = std::sqrt(energy / static_cast<double>(2 * half));
        if (rms < 1e-4) {
            continue;
        }
        // A doublet of 30 to 100 us on one wall, or on both against each other.
        const double width = random.between(30e-6, 100e-6) * hertz;
        const double sign = random.sign();
        const double wall = random.unit();
        std::vector<double> shape(64);
        double peak = 0;
        for (std::size_t n = 0; n < shape.size(); ++n) {
            const double x = (static_cast<double>(n) - 20) / width;
            shape[n] = -x * std::exp(0.5 - 0.5 * x * x) +
                       0.15 * std::exp(-std::max(0.0, x) / 8) * (x > 0 ? 1 : 0);
            peak = std::max(peak, std::abs(shape[n]));
        }
        const double scale = sign * rms * std::pow(10, level / 20) / peak;
        for (std::size_t n = 0; n < shape.size(); ++n) {
            const auto value = static_cast<float>(scale * shape[n]);
            record.sound.left[middle + n] += wall < 0.4 || wall > 0.8 ? value : 0.1F * value;
            record.sound.right[middle + n] += wall < 0.4   ? 0.1F * value
                                              : wall > 0.8 ? -value
                                                           : value;
        }
        record.clicks.push_back({at + 20 / hertz, level});
    }
}

} // namespace

Result<MadeRecord> make_record(const Sound& copy, const RecordOptions& options) {
    MadeRecord record;
    const double hertz = copy.rate.hz;
    Sound cut = copy;
    for (auto* channel : {&cut.left, &cut.right}) {
        simulator::Random same(simulator::derive_seed(options.seed, "equaliser"));
        SPINDLE_TRY(*channel,
                    simulator::equalise(*channel, copy.rate, options.equalisation_db, same));
        simulator::Biquad::high_pass(copy.rate, 22).filter(*channel);
    }
    const auto across = static_cast<float>(std::pow(10, options.crosstalk_db / 20));
    const auto gain = static_cast<float>(std::pow(10, options.gain_db / 20));
    for (std::size_t n = 0; n < cut.size(); ++n) {
        const float left = cut.left[n];
        const float right = cut.right[n];
        cut.left[n] = gain * (left + across * right);
        cut.right[n] = gain * 0.93F * (right + across * left);
    }

    const double turn = 60 / options.turns_per_minute;
    const double length = static_cast<double>(copy.size()) / hertz;
    double jumped = 0;
    std::size_t next = 0;
    std::vector<double> positions;
    for (std::size_t n = 0;; ++n) {
        const double t = static_cast<double>(n) / hertz - options.lead_in;
        double place = t < 0 ? -1 : steady_time(t, options) + jumped;
        if (next < options.jumps.size() && place >= options.jumps[next].first) {
            jumped += options.jumps[next].second * turn;
            place += options.jumps[next].second * turn;
            ++next;
        }
        if (n % static_cast<std::size_t>(hertz / 100) == 0) {
            record.copy_time.push_back(place);
        }
        if (place > length + options.tail) {
            break;
        }
        positions.push_back(t < 0 ? -100 : place * hertz);
    }
    record.music = {std::vector<float>(positions.size()), std::vector<float>(positions.size()),
                    copy.rate};
    const dsp::Interpolation at(options.speed * 1.01);
    at.at(cut.left, cut.right, positions, record.music.left, record.music.right);
    record.sound = record.music;
    simulator::Random random(simulator::derive_seed(options.seed, "surface"));
    add_noise(record, options.noise_dba, random);
    add_clicks(record, options.clicks_per_minute, random);
    return record;
}

Sound remastered(const Sound& music, double gain_db) {
    Sound out = music;
    for (auto* channel : {&out.left, &out.right}) {
        std::vector<float> treble = *channel;
        simulator::Biquad::high_pass(music.rate, 4000).filter(treble);
        for (std::size_t n = 0; n < channel->size(); ++n) {
            (*channel)[n] += 0.4F * treble[n];
        }
    }
    double peak = 1e-9;
    for (std::size_t n = 0; n < out.size(); ++n) {
        peak = std::max({peak, std::abs(static_cast<double>(out.left[n])),
                         std::abs(static_cast<double>(out.right[n]))});
    }
    const double ceiling = peak * std::pow(10, -gain_db / 20);
    const double attack = std::exp(-1 / (0.0015 * music.rate.hz));
    const double release = std::exp(-1 / (0.08 * music.rate.hz));
    const auto ahead = static_cast<std::size_t>(0.005 * music.rate.hz);
    double envelope = 0;
    const auto lift = static_cast<float>(0.9 / ceiling);
    for (std::size_t n = 0; n < out.size(); ++n) {
        const std::size_t k = std::min(n + ahead, out.size() - 1);
        const double level = std::max(std::abs(static_cast<double>(out.left[k])),
                                      std::abs(static_cast<double>(out.right[k])));
        const double decay = level > envelope ? attack : release;
        envelope = decay * envelope + (1 - decay) * level;
        const auto gain = static_cast<float>(envelope > ceiling ? ceiling / envelope : 1) * lift;
        out.left[n] = std::clamp(gain * out.left[n], -1.0F, 1.0F);
        out.right[n] = std::clamp(gain * out.right[n], -1.0F, 1.0F);
    }
    return out;
}

double level_dba(const Sound& sound) {
    constexpr int kSize = 4096;
    auto fft = dsp::RealFft::create(kSize);
    double sum = 0;
    std::size_t frames = 0;
    for (std::size_t from = 0; fft && from + kSize <= sound.size(); from += kSize, ++frames) {
        for (const auto* channel : {&sound.left, &sound.right}) {
            std::copy_n(channel->begin() + static_cast<std::ptrdiff_t>(from), kSize,
                        fft->input().begin());
            const auto bins = fft->transform();
            for (std::size_t k = 1; k < bins.size(); ++k) {
                const double f = std::pow(static_cast<double>(k) * sound.rate.hz / kSize, 2);
                const double a = 12194.0 * 12194.0 * f * f * std::pow(10, 0.1) /
                                 ((f + 20.6 * 20.6) * (f + 12194.0 * 12194.0) *
                                  std::sqrt((f + 107.7 * 107.7) * (f + 737.9 * 737.9)));
                sum += a * a * static_cast<double>(std::norm(bins[k]));
            }
        }
    }
    return 10 * std::log10(sum / (static_cast<double>(frames) * kSize * kSize) + 1e-20);
}

} // namespace spindle::made
