// SPDX-License-Identifier: Apache-2.0
#include "audio/signal_check.h"

#include <cmath>
#include <utility>

#include "audio/detail/hum.h"

namespace spindle::audio {
namespace {

const char* channel_name(std::size_t channel, std::size_t channels) {
    if (channels == 1) {
        return "the only channel";
    }
    return channel == 0 ? "the left channel" : "the right channel";
}

} // namespace

std::string_view name_of(SignalFault fault) {
    switch (fault) {
    case SignalFault::Silence:
        return "silence";
    case SignalFault::Stuck:
        return "stuck";
    case SignalFault::DeadChannel:
        return "dead_channel";
    case SignalFault::Clipping:
        return "clipping";
    case SignalFault::Offset:
        return "offset";
    case SignalFault::Hum:
        return "hum";
    }
    return "silence";
}

struct SignalCheck::State {
    State(int channels, SampleRate its_rate, const SignalCheckOptions& its_options)
        : rate(its_rate), options(its_options), meter(channels),
          first(static_cast<std::size_t>(channels)), changes(first.size()) {}

    SampleRate rate;
    SignalCheckOptions options;
    LevelMeter meter;
    std::vector<float> first;  // sample of each channel
    std::vector<bool> changes; // since then
    std::vector<detail::HumFinder> hum;

    bool moves(std::size_t channel) const { return changes[channel]; }
    void find_dead(const std::vector<ChannelLevel>& levels,
                   std::vector<SignalFinding>& found) const;
    void find_in(std::size_t channel, const ChannelLevel& level,
                 std::vector<SignalFinding>& found) const;
};

SignalCheck::SignalCheck(std::unique_ptr<State> state) : state_(std::move(state)) {}
SignalCheck::~SignalCheck() = default;
SignalCheck::SignalCheck(SignalCheck&&) noexcept = default;
SignalCheck& SignalCheck::operator=(SignalCheck&&) noexcept = default;

Result<SignalCheck> SignalCheck::create(int channels, SampleRate rate,
                                        const SignalCheckOptions& options) {
    constexpr int kLeastRate = 8000;
    if (channels < 1 || channels > 2 || rate.hz < kLeastRate) {
        return fail(Code::BadInput, "a signal of {} channels at {} Hz cannot be checked", channels,
                    rate.hz);
    }
    auto state = std::make_unique<State>(channels, rate, options);
    for (int channel = 0; channel < channels; ++channel) {
        SPINDLE_TRY(auto hum, detail::HumFinder::create(rate));
        state->hum.push_back(std::move(hum));
    }
    return SignalCheck(std::move(state));
}

void SignalCheck::add(std::span<const float> interleaved) {
    State& state = *state_;
    const std::size_t channels = state.first.size();
    for (std::size_t channel = 0; channel < channels && channel < interleaved.size(); ++channel) {
        if (state.meter.frames() == 0) {
            state.first[channel] = interleaved[channel];
        }
        bool changed = state.changes[channel];
        for (std::size_t i = channel; i < interleaved.size(); i += channels) {
            changed = changed || interleaved[i] != state.first[channel];
            state.hum[channel].add(interleaved[i]);
        }
        state.changes[channel] = changed;
    }
    state.meter.add(interleaved);
}

Seconds SignalCheck::heard() const {
    return Seconds{static_cast<double>(state_->meter.frames()) / state_->rate.hz};
}

std::vector<ChannelLevel> SignalCheck::levels() const {
    return state_->meter.levels();
}

void SignalCheck::State::find_dead(const std::vector<ChannelLevel>& levels,
                                   std::vector<SignalFinding>& found) const {
    const std::size_t quiet = levels[0].rms_dbfs < levels[1].rms_dbfs ? 0 : 1;
    const ChannelLevel& other = levels[1 - quiet];
    const bool one_is_still = moves(0) != moves(1);
    if (one_is_still || (other.rms_dbfs > options.playing_dbfs &&
                         other.rms_dbfs - levels[quiet].rms_dbfs > options.apart_db)) {
        found.push_back({SignalFault::DeadChannel, static_cast<int>(quiet), levels[quiet].rms_dbfs,
                         fmt::format("{} is silent while the other is not; look at its plug, its "
                                     "cable and the cartridge's leads",
                                     channel_name(quiet, 2))});
    }
}

void SignalCheck::State::find_in(std::size_t channel, const ChannelLevel& level,
                                 std::vector<SignalFinding>& found) const {
    const char* name = channel_name(channel, first.size());
    const int number = static_cast<int>(channel);
    if (level.clipped >= options.clipped_samples) {
        found.push_back({SignalFault::Clipping, number, static_cast<double>(level.clipped),
                         fmt::format("{} is cut off at full scale ({} samples); turn the input's "
                                     "level down",
                                     name, level.clipped)});
    }
    if (std::fabs(level.dc) >= options.offset && moves(channel)) {
        found.push_back({SignalFault::Offset, number, level.dc,
                         fmt::format("{} is off zero by {:.1f} % of full scale; the converter or "
                                     "the preamplifier is faulty",
                                     name, level.dc * 100)});
    }
    if (const auto tone = hum[channel].find(options.hum_dbfs)) {
        found.push_back({SignalFault::Hum, number, tone->dbfs,
                         fmt::format("{} hums: {} Hz and its multiples at {:.0f} dBFS; connect the "
                                     "turntable's earth wire, and keep cables off power supplies",
                                     name, tone->mains_hz, tone->dbfs)});
    }
}

std::vector<SignalFinding> SignalCheck::findings() const {
    const State& state = *state_;
    std::vector<SignalFinding> found;
    if (heard() < state.options.least) {
        return found;
    }
    const auto levels = state.meter.levels();
    const std::size_t channels = levels.size();
    bool any = false;
    bool zero = true;
    for (std::size_t channel = 0; channel < channels; ++channel) {
        any = any || state.moves(channel);
        zero = zero && state.first[channel] == 0;
    }
    if (!any && zero) {
        found.push_back({SignalFault::Silence, -1, kSilenceDbfs,
                         "nothing but zeros comes in: the input is muted, or it is not the one the "
                         "turntable is plugged into (alsamixer, F4: capture)"});
        return found;
    }
    if (!any) {
        found.push_back({SignalFault::Stuck, -1, kSilenceDbfs,
                         "the same value comes in again and again: the converter does not run; "
                         "unplug the sound card and plug it in again"});
        return found;
    }
    if (channels == 2) {
        state.find_dead(levels, found);
    }
    for (std::size_t channel = 0; channel < channels; ++channel) {
        state.find_in(channel, levels[channel], found);
    }
    return found;
}

} // namespace spindle::audio
