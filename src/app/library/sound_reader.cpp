// SPDX-License-Identifier: Apache-2.0
#include "app/library/sound_reader.h"

#include "app/library/disc_names.h"
#include "audio/audio_hash.h"
#include "audio/decoder.h"
#include "audio/tags.h"
#include "fingerprint/extractor.h"

namespace spindle::app {

Result<HeardSound> hear(const std::string& path, const std::stop_token& stop) {
    audio::DecodeOptions options;
    options.rate = fingerprint::kLandmarkRate;
    options.hashing = audio::Hashing::On;
    options.stop = stop;
    SPINDLE_TRY(auto decoder, audio::Decoder::open(path, options));
    fingerprint::LandmarkExtractor extractor(fingerprint::Density::Reference);
    HeardSound heard;
    std::uint64_t samples = 0;
    for (;;) {
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "{}: stopped", path);
        }
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            break;
        }
        samples += block.size();
        extractor.feed(block);
    }
    extractor.finish();
    heard.landmarks = extractor.take();
    heard.sound.duration = Seconds{static_cast<double>(samples) / fingerprint::kLandmarkRate.hz};
    heard.sound.codec = decoder.info().codec;
    heard.warning = decoder.warning();
    if (const auto hash = decoder.hash()) {
        heard.sound.audio = hash->bytes;
    } else {
        SPINDLE_TRY(heard.sound.audio, hash_of(path, stop));
    }
    if (heard.landmarks.empty() && heard.warning.empty()) {
        heard.warning = path + ": silence or too short; it cannot be recognised";
    }
    return heard;
}

Result<store::AudioHash> hash_of(const std::string& path, const std::stop_token& stop) {
    SPINDLE_TRY(const auto hash, audio::hash_audio(path, stop));
    return hash.bytes;
}

store::Tags tags_of(const std::string& path) {
    const auto read = audio::read_tags(path);
    if (!read) {
        return {};
    }
    store::Tags tags;
    tags.title = read->title;
    tags.artist = read->artist;
    tags.album_artist = read->album_artist;
    tags.album = read->album;
    tags.position = read->position;
    tags.mb_recording = read->recording_id;
    tags.mb_release = read->release_id;
    tags.mb_track = read->release_track_id;
    tags.track_number = read->track_number.value_or(0);
    tags.disc_number = read->disc_number.value_or(0);
    if (tags.disc_number == 0) {
        tags.disc_number = disc_number_of(path, tags.album);
    }
    tags.compilation = read->compilation;
    return tags;
}

} // namespace spindle::app
