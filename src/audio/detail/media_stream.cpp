// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/media_stream.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace spindle::audio::detail {
namespace {

// Enough for any header in use; FFmpeg's default of 5 MB costs time on files that are no media.
constexpr std::int64_t kProbeBytes = 2'000'000;
constexpr std::int64_t kAnalyzeMicroseconds = 2'000'000;
// More than any stream in use has, and far below what would hurt: 22.2 sound has 24.
constexpr int kMostChannels = 64;
// DSD at 512 times the CD's rate comes out of FFmpeg at 2.8 MHz.
constexpr int kLowestRate = 1000;
constexpr int kHighestRate = 3'072'000;
constexpr int kMostDamageInARow = 1000; // then the rest is taken for lost

// The most FFmpeg may ask for at once: some demuxers allocate what a header claims before a byte of
// it is there. The largest that files in use need is the index of a day of AAC in MP4, 90 MB.
constexpr std::size_t kMostMemoryAtOnce = std::size_t{128} << 20;

/// FFmpeg logs to stderr by itself; what it knows reaches people through our messages instead. Its
/// limit of memory is one for the process.
void tame_ffmpeg() {
    static std::once_flag once;
    std::call_once(once, [] {
        av_log_set_callback([](void*, int, const char*, va_list) {});
        av_max_alloc(kMostMemoryAtOnce);
    });
}

/// Playlists and cue files inside media must not make us open other files or addresses.
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
    return AVERROR(EPERM);
}

int stop_requested(void* file) {
    return static_cast<const InputFile*>(file)->stopped() ? 1 : 0;
}

Error cancelled(const std::string& name) {
    return {Code::Cancelled, fmt::format("{}: stopped", name)};
}

bool looks_like_text(std::string_view bytes) {
    return !bytes.empty() && std::ranges::all_of(bytes, [](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return value >= 0x20 ? value != 0x7F : value == '\n' || value == '\r' || value == '\t';
    });
}

std::string tag_text(unsigned tag) {
    std::string text(4, ' ');
    for (unsigned i = 0; i < 4; ++i) {
        text[i] = static_cast<char>((tag >> (8 * i)) & 0xFFU);
    }
    return text;
}

std::string_view entry(const AVDictionary* dictionary, const char* key) {
    const AVDictionaryEntry* found = av_dict_get(dictionary, key, nullptr, 0);
    return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

} // namespace

Result<MediaStream> MediaStream::open(const std::filesystem::path& path, std::stop_token stop) {
    tame_ffmpeg();
    MediaStream media;
    SPINDLE_TRY(media.file_, InputFile::open(path, std::move(stop)));
    AVFormatContext* format = avformat_alloc_context();
    if (format == nullptr) {
        return fail(Code::Failed, "{}: not enough memory", media.name());
    }
    format->pb = media.file_->io();
    format->io_open = refuse_to_open;
    // Demuxers of playlists pass this on to what they open on their own, and no protocol is called
    // so.
    format->protocol_whitelist = av_strdup("none");
    format->interrupt_callback = {stop_requested, media.file_.get()};
    format->probesize = kProbeBytes;
    format->max_analyze_duration = kAnalyzeMicroseconds;
    // The name helps where the content alone is not sure (raw streams); it frees `format` if it
    // fails.
    const int opened = avformat_open_input(&format, path.c_str(), nullptr, nullptr);
    if (opened < 0) {
        return tl::unexpected(media.not_media(opened));
    }
    media.format_.reset(format);
    SPINDLE_TRY_VOID(media.choose_stream());
    SPINDLE_TRY_VOID(media.refuse_protected());
    if (const int found = avformat_find_stream_info(format, nullptr); found < 0) {
        return tl::unexpected(media.not_media(found));
    }
    SPINDLE_TRY_VOID(media.choose_stream()); // formats without a header show their streams only now
    SPINDLE_TRY_VOID(media.refuse_protected());
    SPINDLE_TRY_VOID(media.describe());
    return media;
}

Error MediaStream::not_media(int ffmpeg_error) const {
    const std::string& beginning = file_->beginning();
    if (file_->stopped()) {
        return cancelled(name());
    }
    if (file_->read_error() != 0) {
        return system_error(name(), file_->read_error());
    }
    if (beginning.empty()) {
        return {Code::BadInput, fmt::format("{}: is empty (0 bytes)", name())};
    }
    if (ffmpeg_error == AVERROR(ENOMEM)) {
        return {Code::BadInput, fmt::format("{}: declares more than memory can hold", name())};
    }
    if (looks_like_text(beginning)) {
        return {Code::BadInput, fmt::format("{}: holds text, not sound", name())};
    }
    if (beginning.size() >= 8 && beginning.substr(4, 4) == "ftyp") {
        return {Code::BadInput,
                fmt::format("{}: cut off or damaged: the index an MP4 file needs is missing; copy "
                            "or download it again",
                            name())};
    }
    return {Code::BadInput, fmt::format("{}: not an audio file FFmpeg can read, or damaged from "
                                        "its beginning ({})",
                                        name(), words_for(ffmpeg_error))};
}

Result<void> MediaStream::choose_stream() {
    bool found = false;
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        AVStream& stream = *format_->streams[i];
        if (!found && stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
            found = true;
            index_ = i;
            stream.discard = AVDISCARD_DEFAULT;
        } else {
            stream.discard = AVDISCARD_ALL; // the demuxer need not even read it
        }
    }
    const bool may_still_show = (format_->ctx_flags & AVFMTCTX_NOHEADER) != 0;
    if (!found && (format_->nb_streams > 0 || !may_still_show)) {
        const char* what =
            format_->nb_streams > 0 ? "has pictures or text but no sound" : "has no audio stream";
        return fail(Code::BadInput, "{}: {} ({})", name(), what, format_->iformat->name);
    }
    return {};
}

Result<void> MediaStream::refuse_protected() const {
    if (format_->nb_streams == 0) {
        return {};
    }
    // Sample entries of protected MP4: FairPlay, Common Encryption, Audible.
    constexpr std::array<std::string_view, 4> kProtectedTags{"drms", "enca", "aavd", "drmi"};
    const std::string tag = tag_text(stream().codecpar->codec_tag);
    bool is_protected = std::ranges::find(kProtectedTags, tag) != kProtectedTags.end();
    is_protected |=
        av_stream_get_side_data(&stream(), AV_PKT_DATA_ENCRYPTION_INIT_INFO, nullptr) != nullptr;
    const AVDictionary* metadata = format_->metadata;
    is_protected |= entry(metadata, "major_brand") == "aax " ||
                    !entry(metadata, "ASF_Protection_Type").empty() ||
                    !entry(metadata, "encryption").empty();
    if (is_protected) {
        const bool by_tag = std::ranges::find(kProtectedTags, tag) != kProtectedTags.end();
        return tl::unexpected(protected_by(name(), by_tag ? tag : format_->iformat->name));
    }
    return {};
}

Result<void> MediaStream::describe() {
    const AVCodecParameters& parameters = *stream().codecpar;
    info_.container = format_->iformat->name;
    info_.codec = avcodec_get_name(parameters.codec_id);
    info_.rate = SampleRate{parameters.sample_rate};
    info_.channels = parameters.ch_layout.nb_channels;
    if (stream().duration > 0 && stream().time_base.den > 0) {
        info_.duration =
            Seconds{static_cast<double>(stream().duration) * av_q2d(stream().time_base)};
    } else if (format_->duration > 0) {
        info_.duration = Seconds{static_cast<double>(format_->duration) / AV_TIME_BASE};
    }
    if (info_.rate.hz == 0 && looks_like_text(file_->beginning())) {
        return tl::unexpected(not_media(AVERROR_INVALIDDATA)); // taken for MP3 by its name
    }
    return check_sound(name(), info_.rate.hz, info_.channels);
}

Error protected_by(const std::string& name, const std::string& scheme) {
    return {Code::Unsupported,
            fmt::format("{}: protected by DRM ({}): only its maker's player can open it; a copy "
                        "without protection is needed",
                        name, scheme)};
}

Result<void> check_sound(const std::string& name, int rate, int channels) {
    if (rate == 0 || channels == 0) {
        return fail(Code::BadInput,
                    "{}: no sound could be found in its audio stream; cut off or "
                    "damaged from its beginning",
                    name);
    }
    if (rate < kLowestRate || rate > kHighestRate || channels < 0 || channels > kMostChannels) {
        return fail(Code::BadInput,
                    "{}: declares {} channels at {} Hz; sound has 1 to {} channels at {} to {} Hz",
                    name, channels, rate, kMostChannels, kLowestRate, kHighestRate);
    }
    return {};
}

Result<bool> MediaStream::read(AVPacket& packet) {
    for (int damage_in_a_row = 0; damage_in_a_row < kMostDamageInARow;) {
        av_packet_unref(&packet);
        const int got = av_read_frame(format_.get(), &packet);
        if (got >= 0) {
            if (packet.stream_index != static_cast<int>(index_)) {
                continue;
            }
            if (packet.side_data_elems > 0 &&
                av_packet_get_side_data(&packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr) != nullptr) {
                return tl::unexpected(protected_by(name(), "Common Encryption"));
            }
            return true;
        }
        if (file_->stopped()) {
            return tl::unexpected(cancelled(name()));
        }
        if (file_->read_error() != 0) {
            return tl::unexpected(system_error(name(), file_->read_error()));
        }
        if (got != AVERROR_INVALIDDATA) {
            return false;
        }
        ++damaged_places_;
        ++damage_in_a_row;
        if (avio_feof(format_->pb) != 0) {
            return false;
        }
    }
    return false;
}

std::uint64_t MediaStream::missing_bytes() const {
    const std::string& beginning = file_->beginning();
    const std::int64_t size = avio_size(format_->pb);
    if (!seekable() || size < 0 || beginning.size() < 12 || !beginning.starts_with("RIFF")) {
        return 0;
    }
    std::uint64_t declared = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        declared |= std::uint64_t{static_cast<std::uint8_t>(beginning[4 + i])} << (8 * i);
    }
    // Writers that could not go back leave 0 or the largest number there.
    const bool known = declared != 0 && declared < 0xFFFF'0000;
    const auto present = static_cast<std::uint64_t>(size);
    return known && declared + 8 > present ? declared + 8 - present : 0;
}

bool MediaStream::seek_before(std::int64_t timestamp) {
    return av_seek_frame(format_.get(), static_cast<int>(index_), timestamp,
                         AVSEEK_FLAG_BACKWARD) >= 0;
}

} // namespace spindle::audio::detail
