// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace spindle::testing {

/// What write_tagged_wav() puts into a file.
struct WavTrack {
    unsigned sound = 1; ///< different numbers sound different; the same number is the same sound
    std::string title, artist, album;
    int number = 0;
    double seconds = 1.5;
};

/// A small WAV (16 bit, 8 kHz, mono) of seeded tones with its tags in a RIFF INFO list, written
/// without any library: the same options give the same bytes, other tags leave the sound's bytes
/// alone.
inline void write_tagged_wav(const std::filesystem::path& path, const WavTrack& track) {
    constexpr std::uint32_t kRate = 8000;
    std::mt19937 random(track.sound);
    std::string samples;
    double phase = 0;
    double step = 0.1;
    const auto count = static_cast<std::size_t>(track.seconds * kRate);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 400 == 0) { // a new tone every 50 ms; mt19937's numbers are the same everywhere
            step = 0.1 + 2.0 * static_cast<double>(random() % 1000) / 1000;
        }
        phase += step;
        const double wrapped = std::fmod(phase, 6.283185307179586);
        const auto value = static_cast<std::int16_t>((wrapped < 3.14159 ? 8000 : -8000) +
                                                     static_cast<int>(random() % 2000));
        samples += static_cast<char>(value & 0xFF);
        samples += static_cast<char>((value >> 8) & 0xFF);
    }
    const auto u32 = [](std::size_t value) {
        std::string bytes;
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes += static_cast<char>((value >> shift) & 0xFF);
        }
        return bytes;
    };
    const auto u16 = [&u32](std::size_t value) { return u32(value).substr(0, 2); };
    const auto chunk = [&u32](const std::string& id, std::string body) {
        const std::string size = u32(body.size());
        if (body.size() % 2 != 0) {
            body += '\0';
        }
        return id + size + body;
    };
    std::string info = "INFO";
    const std::array<std::pair<const char*, std::string>, 4> fields{
        {{"INAM", track.title},
         {"IART", track.artist},
         {"IPRD", track.album},
         {"IPRT", track.number == 0 ? std::string() : std::to_string(track.number)}}};
    for (const auto& [id, text] : fields) {
        if (!text.empty()) {
            info += chunk(id, text + '\0');
        }
    }
    const std::string body = "WAVE" +
                             chunk("fmt ", u16(1) + u16(1) + u32(kRate) +
                                               u32(std::size_t{kRate} * 2) + u16(2) + u16(16)) +
                             chunk("data", samples) + chunk("LIST", info);
    std::ofstream(path, std::ios::binary) << chunk("RIFF", body);
}

} // namespace spindle::testing
