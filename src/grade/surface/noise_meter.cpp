// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/noise_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "grade/surface/percentile.h"
#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

constexpr double kNothing = -190; // dB; what is below was not measured, or is silence
constexpr double kMonoDb = 40;    // side so far below mid is no second wall
constexpr Seconds kLeastMusic{2};
constexpr Seconds kLeastGroove{1};
constexpr double kFloorShare = 0.05;
constexpr double kLogDeviationDb = 5.57; // of the power of a bin of noise
// Neighbouring bins of a Hann window hold the same noise in part: n of them are worth n / 1.94.
constexpr double kBinsPerFreedom = 1.94;
constexpr double kNormalQuantile = 1.645; // of 5 %

double decibels(double power) {
    return 10 * std::log10(std::max(power, 1e-20));
}

/// Calls `action(frame)` for each frame of the spans.
template <typename Action>
void for_frames(const SurfaceTrack& track, std::span<const SideSpan> spans, Action action) {
    for (const SideSpan& span : spans) {
        const std::size_t last =
            std::min(span.last_cell * track.frames_per_cell, track.frames.size());
        for (std::size_t i = span.first_cell * track.frames_per_cell; i < last; ++i) {
            action(track.frames[i]);
        }
    }
}

template <typename Value>
double percentile_of(const SurfaceTrack& track, std::span<const SideSpan> spans, double share,
                     Value value) {
    std::vector<float> values;
    for_frames(track, spans, [&](const FrameLevels& frame) {
        values.push_back(static_cast<float>(value(frame)));
    });
    return percentile(values, share);
}

double a_of(const FrameLevels& frame) {
    return decibels(frame.a_mid.power() + frame.a_side.power());
}

Seconds time_of(std::span<const SideSpan> spans) {
    Seconds time{0};
    for (const SideSpan& span : spans) {
        time += span.length();
    }
    return time;
}

double bins_in(const SurfaceTrack& track, double from, double to) {
    return (to - from) * 2 * static_cast<double>(track.hop) / track.rate.hz;
}

/// What the median of a band's power is below its mean, for noise.
double median_below_mean_db(double bins) {
    const double shape = std::max(1.0, bins / kBinsPerFreedom);
    return -30 * std::log10(1 - 1 / (9 * shape));
}

std::vector<BandNoise> thirds_of(const SurfaceTrack& track, std::span<const SideSpan> spans) {
    std::vector<BandNoise> thirds;
    for (std::size_t third = 0; third < kThirds; ++third) {
        std::vector<float> mid;
        std::vector<float> side;
        for (const SideSpan& span : spans) {
            for (std::size_t i = span.first_cell; i < span.last_cell; ++i) {
                mid.push_back(static_cast<float>(track.cells[i].mid[third].db()));
                side.push_back(static_cast<float>(track.cells[i].side[third].db()));
            }
        }
        const Band band = third_band(third);
        const double correction = median_below_mean_db(bins_in(track, band.from, band.to));
        const double mid_db = percentile(mid, 0.5);
        const double side_db = percentile(side, 0.5);
        if (band.to > 0.48 * track.rate.hz || std::max(mid_db, side_db) < kNothing) {
            continue;
        }
        thirds.push_back({band.from, band.to, mid_db + correction,
                          side_db < kNothing ? -200 : side_db + correction});
    }
    return thirds;
}

std::optional<SilentNoise> silent_noise(const SurfaceTrack& track, const SideMap& map) {
    const std::vector<SideSpan> grooves = map.silent_grooves();
    SilentNoise noise;
    noise.heard = time_of(grooves);
    if (noise.heard < kLeastGroove) {
        return std::nullopt;
    }
    noise.a_db = percentile_of(track, grooves, 0.5, a_of);
    noise.a_mid_db = percentile_of(track, grooves, 0.5, [](auto& f) { return f.a_mid.db(); });
    noise.a_side_db = percentile_of(track, grooves, 0.5, [](auto& f) { return f.a_side.db(); });
    noise.itu_db = percentile_of(track, grooves, 0.5, [](auto& f) {
        return decibels(f.itu_mid.power() + f.itu_side.power());
    });
    noise.arm_db = noise.itu_db - kArmBelowItuDb - kAverageOfNoiseDb;
    noise.spread_db =
        percentile_of(track, grooves, 0.9, a_of) - percentile_of(track, grooves, 0.1, a_of);
    noise.thirds = thirds_of(track, grooves);
    for (const auto& [kind, level] : {std::pair(SpanKind::LeadIn, &noise.lead_in_db),
                                      std::pair(SpanKind::RunOut, &noise.run_out_db)}) {
        std::vector<SideSpan> part;
        std::ranges::copy_if(grooves, std::back_inserter(part),
                             [kind = kind](const SideSpan& span) { return span.kind == kind; });
        if (time_of(part) >= kLeastGroove) {
            *level = percentile_of(track, part, 0.5, a_of);
        }
    }
    return noise;
}

std::optional<MusicFloor> music_floor(const SurfaceTrack& track, std::span<const SideSpan> music) {
    MusicFloor floor;
    floor.heard = time_of(music);
    if (floor.heard < kLeastMusic) {
        return std::nullopt;
    }
    double weighted = 0;
    double over = 0;
    int bands_over = 0;
    for (std::size_t i = 0; i < kFloorBands.size(); ++i) {
        const auto [from, to] = kFloorBands[i];
        const double mid =
            percentile_of(track, music, kFloorShare, [i](auto& f) { return f.floor_mid[i].db(); });
        const double side =
            percentile_of(track, music, kFloorShare, [i](auto& f) { return f.floor_side[i].db(); });
        if (to > 0.48 * track.rate.hz) {
            continue;
        }
        const double correction =
            kNormalQuantile * kLogDeviationDb *
            std::sqrt(kBinsPerFreedom / std::max(bins_in(track, from, to), kBinsPerFreedom));
        BandNoise band{from, to, mid < kNothing ? -200 : mid + correction,
                       side < kNothing ? -200 : side + correction};
        const bool mono = band.side_db < band.mid_db - kMonoDb;
        const double both_db =
            mono ? band.mid_db : std::min(band.mid_db, band.side_db) + decibels(2);
        const double weight = a_weighting(std::sqrt(from * to));
        weighted += weight * weight * std::pow(10, both_db / 10);
        if (!mono && from >= 1000 && to <= 7000) {
            over += band.mid_db - band.side_db;
            ++bands_over;
        }
        floor.bands.push_back(band);
    }
    floor.a_db = decibels(weighted);
    if (bands_over > 0) {
        floor.mid_over_side_db = over / bands_over;
    }
    return floor;
}

std::optional<NoiseAboveProgramme> above_programme(const SurfaceTrack& track,
                                                   std::span<const SideSpan> music) {
    // From the top down, as long as the loud cells are no louder than the quiet ones.
    constexpr double kMoves = 3;       // dB; noise in a cell moves by less than one
    constexpr double kQuietest = -115; // an encoder, or 16 bits, left nothing there
    constexpr double kLowest = 7000;   // 78s and old tapes end there
    std::optional<NoiseAboveProgramme> above;
    for (std::size_t third = kThirds; third-- > 0;) {
        const Band band = third_band(third);
        if (band.to > 0.48 * track.rate.hz) {
            continue;
        }
        std::vector<float> mid;
        std::vector<float> side;
        for (const SideSpan& span : music) {
            for (std::size_t i = span.first_cell; i < span.last_cell; ++i) {
                mid.push_back(static_cast<float>(track.cells[i].mid[third].db()));
                side.push_back(static_cast<float>(track.cells[i].side[third].db()));
            }
        }
        const double typical = percentile(mid, 0.5);
        if (band.from < kLowest || typical < kQuietest ||
            percentile(mid, 0.95) - percentile(mid, 0.1) > kMoves) {
            break;
        }
        const double side_power = std::pow(10, percentile(side, 0.5) / 10);
        if (!above) {
            above = NoiseAboveProgramme{band.from, band.to, typical, decibels(side_power)};
        } else {
            above->from_hz = band.from;
            above->mid_db = decibels(std::pow(10, above->mid_db / 10) + std::pow(10, typical / 10));
            above->side_db = decibels(std::pow(10, above->side_db / 10) + side_power);
        }
    }
    return above;
}

} // namespace

NoiseFigures measure_noise(const SurfaceTrack& track, const SideMap& map) {
    std::vector<SideSpan> music;
    std::ranges::copy_if(map.spans, std::back_inserter(music), [](const SideSpan& span) {
        return (span.kind == SpanKind::Music || span.kind == SpanKind::Pause) &&
               span.last_cell > span.first_cell;
    });
    NoiseFigures figures;
    figures.silent = silent_noise(track, map);
    figures.music = music_floor(track, music);
    if (figures.music) {
        figures.above = above_programme(track, music);
    }
    return figures;
}

} // namespace spindle::grade
