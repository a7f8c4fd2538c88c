// SPDX-License-Identifier: Apache-2.0
#include "simulator/side_sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <list>
#include <optional>

#include "dsp/interpolation.h"
#include "simulator/equaliser.h"
#include "simulator/handling_noise.h"
#include "simulator/level.h"
#include "simulator/noise_tape.h"
#include "simulator/random.h"

namespace spindle::simulator {
namespace {

constexpr int kBlocksPerSecond = 10;
constexpr int kTurnsPerPiece = 10; // whole turns: the tick of a scratch goes on across the seam
constexpr double kMostTrackOffsetDb = 6;
constexpr double kQuietestTrack = 1e-4; // RMS: what is quieter is not made louder

std::size_t samples_in(Seconds time, SampleRate rate) {
    return static_cast<std::size_t>(std::llround(time.count() * rate.hz));
}

/// A track as it is on this record: one vector a channel.
struct CutMusic {
    std::size_t side = 0;
    std::size_t index = 0;
    std::vector<std::vector<float>> channels;
};

/// Something short that begins at a sample of the stream.
struct Knock {
    std::int64_t at = 0;
    double level = 0;
    std::vector<float> samples;
};

NoiseTape surface_tape(const Pressing& pressing, SampleRate rate, std::span<const RealBed> beds,
                       std::string_view channel) {
    const auto make = [pressing, rate, beds](std::size_t count, Random& random) {
        std::vector<float> bed(count);
        const auto add = [&](std::vector<float> part, double share) {
            scale_to_rms(part, std::sqrt(share));
            mix(bed, part, 1);
        };
        add(make_hiss(count, rate, random), pressing.surface.hiss);
        add(make_crackle(count, rate, pressing.crackles_per_second, random),
            pressing.surface.crackle);
        add(make_pops(count, rate, pressing.pops_per_second, random), pressing.surface.pops);
        Random same_scratch(derive_seed(pressing.seed, "scratch")); // at the same angle each turn
        add(make_ticks(count, rate, 1, same_scratch), pressing.surface.ticks);
        scale_to_rms(bed, 1);
        if (pressing.real_bed && *pressing.real_bed < beds.size()) {
            auto real = loop_bed(beds[*pressing.real_bed], count, rate, random);
            scale_to_rms(real, 1);
            mix(bed, real, 1);
            scale_to_rms(bed, 1);
        }
        return bed;
    };
    return NoiseTape(derive_seed(pressing.seed, channel), samples_in(kTurnsPerPiece * kTurn, rate),
                     static_cast<std::size_t>(rate.hz / 50), make);
}

} // namespace

struct SideSound::State {
    State(const Performance& what, SampleRate at_rate, int channel_count, Supply music,
          std::span<const RealBed> beds)
        : performance(what), pressing(what.pressing), rate(at_rate),
          channels(static_cast<std::size_t>(channel_count)), supply(std::move(music)),
          interpolation(what.pressing.transport.fastest()),
          rumble(derive_seed(pressing.seed, "rumble"), std::size_t{20} * hertz(), hertz(),
                 [this](std::size_t count, Random& random) {
                     return make_rumble(count, rate, random);
                 }) {
        constexpr std::array names{"left", "right"};
        for (std::size_t channel = 0; channel < channels; ++channel) {
            surface.push_back(surface_tape(pressing, rate, beds, names[channel]));
            line.emplace_back(derive_seed(pressing.seed + channel, "line"),
                              std::size_t{10} * hertz(), hertz() / 50,
                              [this](std::size_t count, Random& random) {
                                  auto hiss = make_hiss(count, rate, random);
                                  scale_to_rms(hiss, 1);
                                  return hiss;
                              });
        }
        add_knocks();
    }

    std::size_t hertz() const { return static_cast<std::size_t>(rate.hz); }
    std::int64_t sample_at(Seconds time) const { return std::llround(time.count() * rate.hz); }

    void add_knocks() {
        Random random(derive_seed(pressing.seed, "knocks"));
        const double height = std::min(0.9, pressing.programme_rms() * gain_of(pressing.thump_db));
        bool was_down = false;
        for (const Stretch& stretch : performance.path) {
            const bool is_down = stretch.source == Source::Groove;
            if (is_down && stretch.arrival <= Arrival::Resumed) {
                knocks.push_back({sample_at(stretch.start), height, make_thump(rate, random)});
            } else if (is_down != was_down || (is_down && stretch.arrival != Arrival::Onward)) {
                knocks.push_back(
                    {sample_at(stretch.start), 0.5 * height, make_jump_click(rate, random)});
            }
            was_down = is_down;
        }
    }

    /// A track of a side as it is cut, made when it is needed; those that do not sound at `first`
    /// are let go then.
    Result<const CutMusic*> music(std::size_t side, std::size_t index, std::int64_t first) {
        const auto found = std::ranges::find_if(tracks, [&](const CutMusic& music) {
            return music.side == side && music.index == index;
        });
        if (found != tracks.end()) {
            return &*found;
        }
        tracks.remove_if([&](const CutMusic& other_music) {
            const Cut& cut = performance.sides[other_music.side].cuts[other_music.index];
            return other_music.side != side || sample_at(cut.end()) <= first ||
                   sample_at(cut.start) > first;
        });
        const Cut& cut = performance.sides[side].cuts[index];
        CutMusic made{side, index, {}};
        {
            SPINDLE_TRY(const auto samples, supply.track(cut.info.track));
            made.channels.resize(channels);
            for (std::size_t channel = 0; channel < channels; ++channel) {
                auto& own = made.channels[channel];
                own.resize(samples->size() / channels);
                for (std::size_t n = 0; n < own.size(); ++n) {
                    own[n] = (*samples)[n * channels + channel];
                }
            }
        }
        if (channels == 2 && pressing.is_swapped) {
            std::swap(made.channels[0], made.channels[1]);
        }
        SPINDLE_TRY_VOID(bring_to_level(made, cut.info.track));
        tracks.push_back(std::move(made));
        return &tracks.back();
    }

    Result<void> bring_to_level(CutMusic& music, std::size_t track) {
        double power = 0;
        for (auto& samples : music.channels) {
            Random same_for_all(derive_seed(pressing.seed, "equaliser"));
            if (pressing.equaliser_db > 0) {
                SPINDLE_TRY(samples, equalise(samples, rate, pressing.equaliser_db, same_for_all));
            }
            power += rms(samples) * rms(samples) / static_cast<double>(channels);
        }
        Random random(derive_seed(pressing.seed + track, "track level"));
        const double level =
            pressing.programme_rms() * gain_of(-random.between(0, kMostTrackOffsetDb));
        const double gain = level / std::max(std::sqrt(power), kQuietestTrack);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            const double balance = channels == 1  ? 0
                                   : channel == 0 ? pressing.left_db
                                                  : pressing.right_db;
            scale(music.channels[channel], gain * gain_of(balance));
        }
        return {};
    }

    /// The groove of a side at its own speed from sample `first`: music and surface.
    Result<void> read_groove(std::size_t side, std::int64_t first,
                             std::span<std::vector<float>> into) {
        const auto count = static_cast<std::int64_t>(into.front().size());
        for (std::size_t channel = 0; channel < channels; ++channel) {
            std::ranges::fill(into[channel], 0.0F);
            surface[channel].add(
                first, into[channel],
                static_cast<float>(pressing.programme_rms() * gain_of(-pressing.surface_db)));
        }
        const auto& cuts = performance.sides[side].cuts;
        for (std::size_t index = 0; index < cuts.size(); ++index) {
            const Cut& cut = cuts[index];
            const std::int64_t start = sample_at(cut.start);
            const std::int64_t begin = std::max(start, first);
            const std::int64_t end = std::min(sample_at(cut.end()), first + count);
            if (begin >= end) {
                continue;
            }
            SPINDLE_TRY(const CutMusic* const track, music(side, index, first));
            const auto length = static_cast<std::int64_t>(track->channels.front().size());
            for (std::int64_t at = begin; at < std::min(end, start + length); ++at) {
                const float gain = fade(cut, at - start);
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    into[channel][static_cast<std::size_t>(at - first)] +=
                        gain * track->channels[channel][static_cast<std::size_t>(at - start)];
                }
            }
        }
        return {};
    }

    float fade(const Cut& cut, std::int64_t sample) const {
        const double in = static_cast<double>(sample) / rate.hz;
        const double left = cut.info.length.count() - in;
        double gain = 1;
        if (in < cut.fade_in.count()) {
            gain = std::sqrt(in / cut.fade_in.count());
        }
        if (left < cut.fade_out.count()) {
            gain *= std::sqrt(std::max(0.0, left) / cut.fade_out.count());
        }
        return static_cast<float>(gain);
    }

    Result<void> play_groove(const Stretch& stretch, std::size_t count) {
        positions.resize(count);
        for (std::size_t n = 0; n < count; ++n) {
            const Seconds time(static_cast<double>(now + static_cast<std::int64_t>(n)) / rate.hz);
            positions[n] = place_at(stretch, pressing.transport, time).count() * rate.hz;
        }
        const auto [low, high] = std::ranges::minmax(positions);
        const auto first = static_cast<std::int64_t>(std::floor(low)) - dsp::Interpolation::kReach;
        const auto last = static_cast<std::int64_t>(std::ceil(high)) + dsp::Interpolation::kReach;
        groove.resize(channels);
        for (auto& channel : groove) {
            channel.resize(static_cast<std::size_t>(last - first + 1));
        }
        SPINDLE_TRY_VOID(read_groove(stretch.number, first, groove));
        mono.assign(count, 0.0F);
        rumble.add(now, mono,
                   static_cast<float>(pressing.programme_rms() *
                                      gain_of(-pressing.surface_db - pressing.rumble_db)));
        for (std::size_t n = 0; n < count; ++n) {
            const double position = positions[n] - static_cast<double>(first);
            for (std::size_t channel = 0; channel < channels; ++channel) {
                block[n * channels + channel] =
                    mono[n] + interpolation.at(groove[channel], position);
            }
        }
        return {};
    }

    Result<void> play_other(const Stretch& stretch, std::size_t count) {
        if (!other || other_number != stretch.number) {
            SPINDLE_TRY(other, supply.other(stretch.number));
            other_number = stretch.number;
            const double level = rms(*other);
            other_gain =
                static_cast<float>(pressing.programme_rms() / std::max(level, kQuietestTrack));
        }
        const std::int64_t first = sample_at(Seconds(stretch.base)) + now;
        const std::size_t total = other->size() / channels;
        for (std::size_t n = 0; n < count; ++n) {
            const std::int64_t at = first + static_cast<std::int64_t>(n);
            if (at >= 0 && static_cast<std::size_t>(at) < total) {
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    block[n * channels + channel] =
                        other_gain * (*other)[static_cast<std::size_t>(at) * channels + channel];
                }
            }
        }
        return {};
    }

    void add_line_noise(std::size_t count) {
        if (!pressing.line_noise_dbfs) {
            return;
        }
        for (std::size_t channel = 0; channel < channels; ++channel) {
            mono.assign(count, 0.0F);
            line[channel].add(now, mono, static_cast<float>(gain_of(*pressing.line_noise_dbfs)));
            for (std::size_t n = 0; n < count; ++n) {
                block[n * channels + channel] += mono[n];
            }
        }
    }

    void add_knocks_to_block(std::size_t count) {
        for (const Knock& knock : knocks) {
            const auto length = static_cast<std::int64_t>(knock.samples.size());
            const std::int64_t begin = std::max(knock.at, now);
            const std::int64_t end =
                std::min(knock.at + length, now + static_cast<std::int64_t>(count));
            for (std::int64_t at = begin; at < end; ++at) {
                const float sample = static_cast<float>(knock.level) *
                                     knock.samples[static_cast<std::size_t>(at - knock.at)];
                for (std::size_t channel = 0; channel < channels; ++channel) {
                    block[static_cast<std::size_t>(at - now) * channels + channel] += sample;
                }
            }
        }
    }

    Result<std::span<const float>> next() {
        while (at_stretch < performance.path.size() &&
               sample_at(performance.path[at_stretch].end) <= now) {
            ++at_stretch;
        }
        if (at_stretch == performance.path.size()) {
            return std::span<const float>{};
        }
        const Stretch& here = performance.path[at_stretch];
        const std::int64_t most = rate.hz / kBlocksPerSecond;
        const auto count = static_cast<std::size_t>(std::min(most, sample_at(here.end) - now));
        block.assign(count * channels, 0.0F);
        if (here.source == Source::Groove) {
            SPINDLE_TRY_VOID(play_groove(here, count));
        } else if (here.source == Source::Other) {
            SPINDLE_TRY_VOID(play_other(here, count));
        }
        add_line_noise(count);
        add_knocks_to_block(count);
        for (float& sample : block) {
            sample = std::clamp(sample, -1.0F, 1.0F);
        }
        now += static_cast<std::int64_t>(count);
        return std::span<const float>(block);
    }

    const Performance& performance;
    const Pressing& pressing;
    SampleRate rate;
    std::size_t channels;
    Supply supply;
    dsp::Interpolation interpolation;
    NoiseTape rumble;
    std::vector<NoiseTape> surface;
    std::vector<NoiseTape> line;
    std::vector<Knock> knocks;

    std::size_t at_stretch = 0;
    std::int64_t now = 0; ///< samples of the stream made
    std::list<CutMusic> tracks;
    SharedSamples other;
    std::size_t other_number = 0;
    float other_gain = 1;

    std::vector<double> positions;
    std::vector<std::vector<float>> groove;
    std::vector<float> mono;
    std::vector<float> block;
};

SideSound::SideSound(const Performance& performance, SampleRate rate, int channels, Supply supply,
                     std::span<const RealBed> beds)
    : state_(std::make_unique<State>(performance, rate, channels, std::move(supply), beds)) {}
SideSound::~SideSound() = default;
SideSound::SideSound(SideSound&&) noexcept = default;
SideSound& SideSound::operator=(SideSound&&) noexcept = default;

Result<std::span<const float>> SideSound::next() {
    return state_->next();
}

} // namespace spindle::simulator
