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

} // namespace

Result<void> write_wav(const std::filesystem::path& path, std::span<const float> samples,
                       SampleRate rate) {
    const std::size_t bytes = samples.size() * 2;
    if (bytes > 0xFFFF0000U) {
        return fail(Code::BadInput, "{}: too long for a WAV file", path.string());
    }
    std::string out;
    out.reserve(bytes + 44);
    out += "RIFF";
    put(out, static_cast<std::uint32_t>(bytes + 36), 4);
    out += "WAVEfmt ";
    put(out, 16, 4); // size of this chunk
    put(out, 1, 2);  // integer PCM
    put(out, 1, 2);  // channels
    put(out, static_cast<std::uint32_t>(rate.hz), 4);
    put(out, static_cast<std::uint32_t>(rate.hz) * 2, 4); // bytes per second
    put(out, 2, 2);                                       // bytes per sample
    put(out, 16, 2);                                      // bits
    out += "data";
    put(out, static_cast<std::uint32_t>(bytes), 4);
    for (const float sample : samples) {
        const float clipped = std::clamp(sample, -1.0F, 1.0F);
        put(out, static_cast<std::uint32_t>(std::lrint(clipped * 32767.0F)), 2);
    }
    return io::write_atomically(path, out);
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
