// SPDX-License-Identifier: Apache-2.0
#include "audio/player.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "audio/detail/alsa_pcm.h"
#include "audio/detail/raw_encode.h"

namespace spindle::audio {
namespace {

constexpr Seconds kStep{0.02};
constexpr Seconds kTryAgain{2};

} // namespace

struct Player::State {
    std::string device;
    detail::PcmWish wish;
    std::shared_ptr<const BootClock> clock;
    std::size_t room = 0;  // samples that may wait
    std::size_t ahead = 0; // frames to hold before the device begins

    std::mutex mutex; // for waiting only
    std::deque<float> waiting;
    std::atomic<std::uint64_t> dropped = 0;
    std::atomic<std::uint64_t> played = 0;

    std::optional<detail::AlsaPcm> pcm; // of the thread
    BootTime next_try{};
    bool begun = false; // enough has been written for it to play
    std::vector<float> taken;
    std::vector<std::byte> raw;

    Result<void> open();
    void run(const std::stop_token& stop);
    void play();
    bool write(std::span<const float> samples);
    void give_up();
};

Result<void> Player::State::open() {
    SPINDLE_TRY(pcm, detail::AlsaPcm::open(device, SND_PCM_STREAM_PLAYBACK, wish));
    if (pcm->format().layout.channels != wish.channels) {
        pcm.reset();
        return fail(Code::BadInput, "{}: cannot play {} channels; name it with plug: in front",
                    device, wish.channels);
    }
    if (const int error = pcm->start(); error < 0) {
        pcm.reset();
        return tl::unexpected(detail::device_error(device, error));
    }
    begun = false;
    return {};
}

void Player::State::give_up() {
    pcm.reset();
    next_try = clock->now() + kTryAgain;
}

bool Player::State::write(std::span<const float> samples) {
    raw.clear();
    detail::append_raw(samples, pcm->format().layout.encoding, raw);
    const long put = pcm->write(raw);
    if (put < 0) {
        // An underrun is mended by starting anew, all else by opening anew.
        if (put != -EPIPE || pcm->start() < 0) {
            give_up();
        }
        begun = false;
        return false;
    }
    const auto frames = static_cast<std::uint64_t>(put);
    played += frames;
    dropped += samples.size() / static_cast<std::size_t>(wish.channels) - frames;
    return true;
}

void Player::State::play() {
    const auto channels = static_cast<std::size_t>(wish.channels);
    {
        const std::scoped_lock lock(mutex);
        if (!begun && waiting.size() < ahead * channels) {
            return;
        }
        taken.assign(waiting.begin(), waiting.end());
        waiting.clear();
    }
    if (!taken.empty()) {
        begun = write(taken);
    } else if (const long left = pcm->unplayed();
               left < 0 || left < std::lround(kStep.count() * wish.rate.hz)) {
        begun = false; // it will run dry: gather sound before it goes on
    }
}

void Player::State::run(const std::stop_token& stop) {
    const detail::QuietAlsa quiet;
    while (!stop.stop_requested()) {
        if (pcm) {
            play();
        } else if (clock->now() >= next_try && !open()) {
            give_up();
        }
        clock->wait(kStep, stop);
    }
}

Player::Player(std::unique_ptr<State> state)
    : state_(std::move(state)),
      thread_([state = state_.get()](const std::stop_token& stop) { state->run(stop); }) {}

Player::~Player() = default;

Result<std::unique_ptr<Player>> Player::open(const std::string& device, SampleRate rate,
                                             int channels, const PlayerOptions& options) {
    auto state = std::make_unique<State>();
    state->device = device;
    state->clock = options.clock ? options.clock : std::make_shared<SystemBootClock>();
    state->wish = {rate, channels, 0, kStep, 2 * options.delay};
    const double frames = options.delay.count() * rate.hz;
    state->ahead = static_cast<std::size_t>(frames);
    state->room = static_cast<std::size_t>(2 * frames) * static_cast<std::size_t>(channels);
    if (auto opened = state->open(); !opened) {
        if (options.when_absent == WhenAbsent::Fail) {
            return tl::unexpected(std::move(opened.error()));
        }
        state->give_up();
    }
    return std::unique_ptr<Player>(new Player(std::move(state)));
}

void Player::offer(std::span<const float> interleaved) {
    const std::scoped_lock lock(state_->mutex);
    if (state_->waiting.size() + interleaved.size() > state_->room) {
        state_->dropped += interleaved.size() / static_cast<std::size_t>(state_->wish.channels);
        return;
    }
    state_->waiting.insert(state_->waiting.end(), interleaved.begin(), interleaved.end());
}

std::uint64_t Player::dropped_frames() const {
    return state_->dropped;
}

std::uint64_t Player::played_frames() const {
    return state_->played;
}

} // namespace spindle::audio
