// SPDX-License-Identifier: Apache-2.0
#include "material/wav.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include <soxr.h>

#include "io/file.h"

namespace spindle::material {

namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
    }
}

Result<std::string> header(const std::filesystem::path& path, SampleRate rate, int channels,
                           std::uint64_t frames) {
    const auto frame_bytes = static_cast<std::uint32_t>(channels) * 2;
    const std::uint64_t bytes = frames * frame_bytes;
    if (bytes > 0xFFFF0000U) {
        return fail(Code::BadInput, "{}: too long for a WAV file", path.string());
    }
    std::string out;
    out += "RIFF";
    put(out, static_cast<std::uint32_t>(bytes + 36), 4);
    out += "WAVEfmt ";
    put(out, 16, 4); // size of this chunk
    put(out, 1, 2);  // integer PCM
    put(out, static_cast<std::uint32_t>(channels), 2);
    put(out, static_cast<std::uint32_t>(rate.hz), 4);
    put(out, static_cast<std::uint32_t>(rate.hz) * frame_bytes, 4); // bytes per second
    put(out, frame_bytes, 2);
    put(out, 16, 2); // bits
    out += "data";
    put(out, static_cast<std::uint32_t>(bytes), 4);
    return out;
}

void put_samples(std::string& out, std::span<const float> samples) {
    out.reserve(out.size() + samples.size() * 2);
    for (const float sample : samples) {
        const float clipped = std::clamp(sample, -1.0F, 1.0F);
        put(out, static_cast<std::uint32_t>(std::lrint(clipped * 32767.0F)), 2);
    }
}

} // namespace

Result<void> write_wav(const std::filesystem::path& path, std::span<const float> samples,
                       SampleRate rate) {
    SPINDLE_TRY(auto out, header(path, rate, 1, samples.size()));
    put_samples(out, samples);
    return io::write_atomically(path, out);
}

Result<WavWriter> WavWriter::create(const std::filesystem::path& path, SampleRate rate,
                                    int channels, std::uint64_t frames) {
    SPINDLE_TRY(const auto start, header(path, rate, channels, frames));
    SPINDLE_TRY(auto file, io::OutputFile::create(path));
    SPINDLE_TRY_VOID(file.append(std::as_bytes(std::span(start))));
    return WavWriter(std::move(file));
}

Result<void> WavWriter::append(std::span<const float> interleaved) {
    std::string bytes;
    put_samples(bytes, interleaved);
    return file_.append(std::as_bytes(std::span(bytes)));
}

Result<std::vector<float>> resample(std::span<const float> samples, SampleRate from,
                                    SampleRate to) {
    const double ratio = static_cast<double>(to.hz) / from.hz;
    std::vector<float> out(static_cast<std::size_t>(static_cast<double>(samples.size()) * ratio));
    const auto quality = soxr_quality_spec(SOXR_HQ, 0);
    std::size_t done = 0;
    const soxr_error_t problem =
        soxr_oneshot(from.hz, to.hz, 1, samples.data(), samples.size(), nullptr, out.data(),
                     out.size(), &done, nullptr, &quality, nullptr);
    if (problem != nullptr) {
        return fail(Code::Failed, "resampling from {} to {} Hz: {}", from.hz, to.hz, problem);
    }
    out.resize(done);
    return out;
}

} // namespace spindle::material
