// SPDX-License-Identifier: Apache-2.0
#include "audio/audio_hash.h"

#include <utility>

#include "audio/detail/ffmpeg.h"
#include "audio/detail/media_stream.h"
#include "audio/detail/packet_hash.h"

namespace spindle::audio {
namespace {

std::optional<unsigned> digit_value(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    if (digit >= 'a' && digit <= 'f') {
        return static_cast<unsigned>(digit - 'a') + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return static_cast<unsigned>(digit - 'A') + 10;
    }
    return std::nullopt;
}

} // namespace

std::string AudioHash::to_hex() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned byte : bytes) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::optional<AudioHash> AudioHash::from_hex(std::string_view text) {
    AudioHash hash;
    if (text.size() != 2 * hash.bytes.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
        const auto high = digit_value(text[2 * i]);
        const auto low = digit_value(text[2 * i + 1]);
        if (!high || !low) {
            return std::nullopt;
        }
        hash.bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return hash;
}

Result<AudioHash> hash_audio(const std::filesystem::path& path, std::stop_token stop) {
    SPINDLE_TRY(auto media, detail::MediaStream::open(path, std::move(stop)));
    detail::PacketHash hash(media.info().codec);
    const detail::PacketPointer packet(av_packet_alloc());
    if (!packet) {
        return fail(Code::Failed, "{}: not enough memory", media.name());
    }
    bool any = false;
    for (;;) {
        SPINDLE_TRY(const bool more, media.read(*packet));
        if (!more) {
            break;
        }
        any |= packet->size > 0;
        hash.add({packet->data, static_cast<std::size_t>(packet->size)});
    }
    if (!any) {
        return fail(Code::BadInput, "{}: its audio stream holds no sound (0 seconds)",
                    media.name());
    }
    return hash.value();
}

} // namespace spindle::audio
