// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace spindle::testing {

/// Runs Debian's ffmpeg with these arguments; throws when it fails. Tests make their media with it,
/// so that what they read was written by someone else's code.
inline void ffmpeg(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"ffmpeg", "-nostdin", "-loglevel", "error", "-y"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    pid_t child = 0;
    int status = 1;
    if (::posix_spawnp(&child, "ffmpeg", nullptr, nullptr, pointers.data(), environ) != 0 ||
        ::waitpid(child, &status, 0) != child || status != 0) {
        std::string line;
        for (const std::string& word : words) {
            line += word + ' ';
        }
        throw std::runtime_error("the tests need ffmpeg, and this failed: " + line);
    }
}

/// A sine that sweeps evenly from `from_hz` to `to_hz`: every moment sounds different, so a shift
/// of one sample shows.
inline std::vector<float> chirp(int rate, double seconds, double from_hz, double to_hz,
                                double amplitude = 0.5) {
    std::vector<float> samples(static_cast<std::size_t>(std::lround(rate * seconds)));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double t = static_cast<double>(i) / rate;
        const double turns = from_hz * t + (to_hz - from_hz) * t * t / (2 * seconds);
        samples[i] = static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * turns));
    }
    return samples;
}

/// Fields of a WAV header, so that tests can lie in them.
struct WavHeader {
    std::uint16_t format = 3; ///< 3 float, 1 integers
    std::uint16_t channels = 1;
    std::uint32_t rate = 44100;
    std::uint16_t bits = 32;
    std::uint32_t data_bytes = 0;
};

/// A 44-byte RIFF header (little-endian machines only, as the tests' are).
inline std::string wav_header(const WavHeader& header) {
    const auto number = [](auto value) {
        static_assert(std::endian::native == std::endian::little);
        return std::string(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const auto align = static_cast<std::uint16_t>(header.channels * (header.bits / 8));
    return "RIFF" + number(static_cast<std::uint32_t>(header.data_bytes + 36)) + "WAVEfmt " +
           number(std::uint32_t{16}) + number(header.format) + number(header.channels) +
           number(header.rate) + number(static_cast<std::uint32_t>(header.rate * align)) +
           number(align) + number(header.bits) + "data" + number(header.data_bytes);
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes a 32-bit float WAV; `samples` interleaved.
inline void write_wav(const std::filesystem::path& path, std::span<const float> samples, int rate,
                      int channels = 1) {
    std::string bytes = wav_header({.channels = static_cast<std::uint16_t>(channels),
                                    .rate = static_cast<std::uint32_t>(rate),
                                    .data_bytes = static_cast<std::uint32_t>(samples.size() * 4)});
    bytes.append(reinterpret_cast<const char*>(samples.data()), samples.size() * 4);
    write_bytes(path, bytes);
}

} // namespace spindle::testing
