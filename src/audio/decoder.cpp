// SPDX-License-Identifier: Apache-2.0
#include "audio/decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/detail/downmix.h"
#include "audio/detail/interleave.h"
#include "audio/detail/media_stream.h"
#include "audio/detail/packet_decoder.h"
#include "audio/detail/resampler.h"

namespace spindle::audio {
namespace {

// Blocks this long make soxr 5 % faster than the codec's own of about 1000, and are still short
// (0.1 s) for someone who listens along.
constexpr std::size_t kBlock = 4096;

// Up to here, decoding everything before `start` costs some 20 ms and cannot be wrong.
constexpr Seconds kJumpFrom{30};

// Codecs that overlap their blocks need sound before the first right sample: Opus wants 80 ms
// (RFC 7845, section 4.6), AAC with SBR about 100 ms, MP3's bit reservoir up to 240 ms.
constexpr Seconds kPreRoll{1};

// Shorter than declared by more than this is worth a warning; tags and padding move it by less.
constexpr Seconds kMissing{2};

/// Containers whose packets carry exact times after a jump (the tests compare each with decoding
/// from the beginning). In the others (MP3 foremost) a jump lands about where it should.
constexpr std::array<std::string_view, 6> kExactAfterJump{
    "wav", "w64", "flac", "mov,mp4,m4a,3gp,3g2,mj2", "aiff", "caf"};

std::uint64_t samples_in(Seconds time, SampleRate rate) {
    const double samples = std::round(time.count() * rate.hz);
    return samples <= 0 ? 0 : static_cast<std::uint64_t>(std::min(samples, 1e18));
}

enum class Approach { Jump, Run };

} // namespace

struct Decoder::State {
    State(detail::PacketDecoder decoder, DecodeOptions wanted)
        : packets(std::move(decoder)), options(std::move(wanted)),
          channels(options.channels == Channels::Stereo ? 2 : 1) {}

    detail::PacketDecoder packets;
    DecodeOptions options;
    std::size_t channels;                       // delivered; all counts are frames of so many
    SampleRate from;                            // of the frames now coming
    SampleRate to;                              // of what is delivered
    std::optional<detail::Resampler> resampler; // none when both are the same
    std::uint64_t skip = 0;   // frames at `from` still to be dropped before `start`
    std::uint64_t passed = 0; // frames at `from` decoded since the last change of rate
    Seconds passed_before{0}; // and the time before that
    std::uint64_t left = 0;   // frames at `to` still to be delivered
    bool limited_by_maximum = false;
    bool ended = false;
    std::vector<float> decoded; // not yet resampled
    std::vector<float> out;     // the block delivered next
    bool out_is_new = false;    // `out` was filled by open()

    static Result<std::unique_ptr<State>> open(const std::filesystem::path& path,
                                               const DecodeOptions& options, Approach approach);
    Result<bool> jump();
    Result<void> follow_rate(SampleRate rate);
    Result<void> take_frame(const AVFrame& frame);
    void resample();
    bool append(const AVFrame& frame);
    Result<void> make_resampler();
    void end_resampling();
    void limit_out();
    Result<void> fill();
    Result<void> check_first_block() const;
    Seconds time_decoded() const {
        return passed_before +
               (from.hz > 0 ? Seconds{static_cast<double>(passed) / from.hz} : Seconds{0});
    }
    const std::string& name() const { return packets.media().name(); }
};

Result<std::unique_ptr<Decoder::State>> Decoder::State::open(const std::filesystem::path& path,
                                                             const DecodeOptions& options,
                                                             Approach approach) {
    SPINDLE_TRY(auto media, detail::MediaStream::open(path, options.stop));
    SPINDLE_TRY(auto decoder, detail::PacketDecoder::create(std::move(media), options.hashing));
    auto state = std::make_unique<State>(std::move(decoder), options);
    const AudioInfo& info = state->packets.media().info();
    state->from = info.rate;
    state->to = options.rate.hz == 0 ? info.rate : options.rate;
    const bool has_length = options.length.count() > 0;
    state->limited_by_maximum = !has_length || options.length > options.max_duration;
    state->left =
        samples_in(state->limited_by_maximum ? options.max_duration : options.length, state->to);
    state->skip = samples_in(options.start, state->from);
    SPINDLE_TRY_VOID(state->make_resampler());
    if (approach == Approach::Jump) {
        SPINDLE_TRY(const bool landed, state->jump());
        if (!landed) {
            return std::unique_ptr<State>();
        }
    }
    SPINDLE_TRY_VOID(state->fill());
    state->out_is_new = true;
    SPINDLE_TRY_VOID(state->check_first_block());
    return state;
}

/// Continues decoding shortly before `start`. false where that cannot be done exactly.
Result<bool> Decoder::State::jump() {
    detail::PacketDecoder& decoder = packets;
    if (!decoder.media().seekable() ||
        std::ranges::find(kExactAfterJump, decoder.media().info().container) ==
            kExactAfterJump.end()) {
        return false;
    }
    SPINDLE_TRY(const AVFrame* first, decoder.next());
    if (first == nullptr || first->pts == AV_NOPTS_VALUE || first->sample_rate != from.hz) {
        return false;
    }
    const std::int64_t zero = first->pts;
    const AVRational tick = decoder.media().stream().time_base;
    const AVRational sample{1, from.hz};
    const auto target = static_cast<std::int64_t>(samples_in(options.start - kPreRoll, from));
    if (!decoder.jump(zero + av_rescale_q(target, sample, tick))) {
        return false;
    }
    SPINDLE_TRY(const AVFrame* landed, decoder.next());
    if (landed == nullptr || landed->pts == AV_NOPTS_VALUE || landed->sample_rate != from.hz) {
        return false;
    }
    const std::int64_t position = av_rescale_q(landed->pts - zero, tick, sample);
    if (position < 0 || static_cast<std::uint64_t>(position) > skip) {
        return false;
    }
    skip -= static_cast<std::uint64_t>(position);
    passed = static_cast<std::uint64_t>(position);
    SPINDLE_TRY_VOID(take_frame(*landed));
    return true;
}

/// Chained streams may change their rate; the sound before the change must be out first.
Result<void> Decoder::State::follow_rate(SampleRate rate) {
    SPINDLE_TRY_VOID(detail::check_sound(name(), rate.hz, 1));
    resample();
    end_resampling();
    passed_before = time_decoded();
    passed = 0;
    skip = samples_in(Seconds{static_cast<double>(skip) / from.hz}, rate);
    from = rate;
    return make_resampler();
}

Result<void> Decoder::State::make_resampler() {
    if (to != from) {
        SPINDLE_TRY(resampler, detail::Resampler::create(from, to, options.resampling,
                                                         static_cast<int>(channels)));
    }
    return {};
}

bool Decoder::State::append(const AVFrame& frame) {
    return options.channels == Channels::Mono ? detail::append_mono(frame, decoded)
                                              : detail::append_interleaved(frame, 2, decoded);
}

Result<void> Decoder::State::take_frame(const AVFrame& frame) {
    if (frame.sample_rate != from.hz) {
        SPINDLE_TRY_VOID(follow_rate(SampleRate{frame.sample_rate}));
    }
    SPINDLE_TRY_VOID(detail::check_sound(name(), frame.sample_rate, frame.ch_layout.nb_channels));
    const std::size_t before = decoded.size();
    if (!append(frame)) {
        return fail(Code::Unsupported, "{}: FFmpeg's sample format {} is not known here", name(),
                    frame.format);
    }
    const std::size_t added = (decoded.size() - before) / channels;
    passed += added;
    if (skip > 0) {
        const auto dropped = static_cast<std::size_t>(std::min<std::uint64_t>(skip, added));
        const auto start = decoded.begin() + static_cast<std::ptrdiff_t>(before);
        decoded.erase(start, start + static_cast<std::ptrdiff_t>(dropped * channels));
        skip -= dropped;
    }
    return {};
}

void Decoder::State::resample() {
    if (resampler) {
        resampler->feed(decoded, out);
    } else {
        out.insert(out.end(), decoded.begin(), decoded.end());
    }
    decoded.clear();
}

void Decoder::State::end_resampling() {
    if (resampler) {
        resampler->finish(out);
        resampler.reset();
    }
}

void Decoder::State::limit_out() {
    if (out.size() >= left * channels) {
        out.resize(static_cast<std::size_t>(left) * channels);
        ended = true;
    }
    left -= out.size() / channels;
}

/// Puts the next block into `out`, nothing at the end.
Result<void> Decoder::State::fill() {
    out.clear();
    while (out.empty() && !ended) {
        while (decoded.size() < kBlock * channels) {
            SPINDLE_TRY(const AVFrame* frame, packets.next());
            if (frame == nullptr) {
                ended = true;
                limited_by_maximum = false;
                break;
            }
            SPINDLE_TRY_VOID(take_frame(*frame));
        }
        resample();
        if (ended) {
            end_resampling();
        }
        limit_out();
    }
    return {};
}

Result<void> Decoder::State::check_first_block() const {
    if (!out.empty() || left == 0) {
        return {};
    }
    if (time_decoded().count() > 0) {
        return fail(Code::BadInput, "{}: lasts {:.1f} s, so there is nothing from {:.1f} s on",
                    name(), time_decoded().count(), options.start.count());
    }
    if (!packets.media().seekable() && packets.media().info().container.starts_with("mov")) {
        return fail(
            Code::Unsupported,
            "{}: an MP4 file with its index at the end cannot be read from a pipe; name the "
            "file instead",
            name());
    }
    if (packets.damaged() > 0) {
        return fail(Code::BadInput,
                    "{}: none of its {} packets could be decoded as {}; it is damaged or protected",
                    name(), packets.damaged(), packets.media().info().codec);
    }
    return fail(Code::BadInput, "{}: its audio stream holds no sound (0 seconds)", name());
}

Decoder::Decoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

Result<Decoder> Decoder::open(const std::filesystem::path& path, const DecodeOptions& options) {
    if (options.rate.hz != 0 && (options.rate.hz < 1000 || options.rate.hz > 768000)) {
        return fail(Code::BadInput, "sound is delivered at 1000 to 768000 Hz, not at {} Hz",
                    options.rate.hz);
    }
    if (options.start > kJumpFrom && path != "-") {
        SPINDLE_TRY(auto state, State::open(path, options, Approach::Jump));
        if (state) {
            return Decoder(std::move(state));
        }
    }
    SPINDLE_TRY(auto state, State::open(path, options, Approach::Run));
    return Decoder(std::move(state));
}

const AudioInfo& Decoder::info() const {
    return state_->packets.media().info();
}

Result<std::span<const float>> Decoder::next() {
    if (!std::exchange(state_->out_is_new, false)) {
        SPINDLE_TRY_VOID(state_->fill());
    }
    return std::span<const float>(state_->out);
}

std::uint64_t Decoder::damaged_packets() const {
    return state_->packets.damaged();
}

std::string Decoder::warning() const {
    const State& state = *state_;
    if (!state.ended) {
        return {};
    }
    if (state.limited_by_maximum) {
        return fmt::format("{}: longer than {:.0f} s; the rest was left out", state.name(),
                           state.options.max_duration.count());
    }
    const bool whole = state.packets.at_end();
    const Seconds declared = state.packets.declared_duration();
    if (whole && declared - state.time_decoded() > kMissing) {
        return fmt::format("{}: cut off: only {:.1f} of the {:.1f} s it should last are there",
                           state.name(), state.time_decoded().count(), declared.count());
    }
    if (const std::uint64_t missing = state.packets.media().missing_bytes(); whole && missing > 0) {
        return fmt::format("{}: cut off: the last {} bytes are missing", state.name(), missing);
    }
    if (state.packets.damaged() > 0) {
        return fmt::format("{}: damaged in {} places, which were left out", state.name(),
                           state.packets.damaged());
    }
    return {};
}

std::optional<AudioHash> Decoder::hash() const {
    return state_->packets.hash();
}

} // namespace spindle::audio
