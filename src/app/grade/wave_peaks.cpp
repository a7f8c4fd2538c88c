// SPDX-License-Identifier: Apache-2.0
#include "app/grade/wave_peaks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "app/grade/stereo_file.h"
#include "io/file.h"

namespace spindle::app {
namespace {

static_assert(std::endian::native == std::endian::little,
              "peaks are written as they lie in memory");

constexpr std::size_t kStretch = 64;         // samples: 1.5 ms, what a screen shows of two seconds
constexpr std::uint32_t kMagic = 0x314b5057; // "WPK1"

struct Header {
    std::uint32_t magic = kMagic;
    std::uint32_t rate = 0; ///< Hz
    std::uint64_t samples = 0;
};

struct Peak {
    std::int16_t low = 0, high = 0;
};
static_assert(sizeof(Header) == 16 && sizeof(Peak) == 4);

std::int16_t whole(float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767));
}

/// Collects stretches.
class PeakWriter {
public:
    void add(float left, float right) {
        low_ = std::min({low_, left, right});
        high_ = std::max({high_, left, right});
        if (++held_ == kStretch) {
            end_stretch();
        }
        ++samples_;
    }
    void end_stretch() {
        if (held_ > 0) {
            const Peak peak{whole(low_), whole(high_)};
            char bytes[sizeof peak];
            std::memcpy(bytes, &peak, sizeof peak);
            peaks_.append(bytes, sizeof peak);
        }
        held_ = 0;
        low_ = 1;
        high_ = -1;
    }
    std::string file(SampleRate rate) {
        end_stretch();
        const Header header{kMagic, static_cast<std::uint32_t>(rate.hz), samples_};
        std::string text(sizeof header, '\0');
        std::memcpy(text.data(), &header, sizeof header);
        return text + peaks_;
    }

private:
    std::string peaks_;
    std::size_t held_ = 0;
    std::uint64_t samples_ = 0;
    float low_ = 1, high_ = -1;
};

} // namespace

Result<void> write_wave_peaks(const std::filesystem::path& recording,
                              const std::filesystem::path& file, const std::stop_token& stop) {
    SPINDLE_TRY(auto sound, StereoFile::open(recording, {}, stop));
    PeakWriter writer;
    for (;;) {
        SPINDLE_TRY(const auto block, sound.next());
        if (block.left.empty()) {
            return io::write_atomically(file, writer.file(sound.rate()));
        }
        for (std::size_t i = 0; i < block.left.size(); ++i) {
            writer.add(block.left[i], block.right[i]);
        }
    }
}

Result<WavePeaks> read_wave_peaks(const std::filesystem::path& file, Seconds from, Seconds to,
                                  std::size_t points) {
    SPINDLE_TRY(const auto mapped, io::MappedFile::open(file));
    const auto bytes = mapped.bytes();
    Header header{};
    if (bytes.size() >= sizeof header) {
        std::memcpy(&header, bytes.data(), sizeof header);
    }
    const std::size_t stretches =
        bytes.size() < sizeof header ? 0 : (bytes.size() - sizeof header) / sizeof(Peak);
    if (bytes.size() < sizeof header || header.magic != kMagic || header.rate == 0 ||
        header.samples > stretches * kStretch) {
        return fail(Code::BadInput, "{}: holds no peaks of a recording", file.string());
    }
    const double per_second = static_cast<double>(header.rate) / kStretch;
    const auto stretch_at = [&](double seconds) {
        return static_cast<std::size_t>(
            std::clamp(seconds * per_second, 0.0, static_cast<double>(stretches)));
    };
    const Seconds whole_length{static_cast<double>(header.samples) / header.rate};
    const Seconds end = to > Seconds{0} ? std::min(to, whole_length) : whole_length;
    const std::size_t first = stretch_at(from.count());
    const std::size_t last =
        std::max(first, stretch_at(std::ceil(end.count() * per_second) / per_second));
    WavePeaks peaks;
    peaks.from = Seconds{static_cast<double>(first) / per_second};
    peaks.to = std::min(whole_length, Seconds{static_cast<double>(last) / per_second});
    const std::size_t count = std::min(std::max<std::size_t>(points, 1), last - first);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = first + (last - first) * i / count;
        const std::size_t stop = first + (last - first) * (i + 1) / count;
        Peak joined{32767, -32767};
        for (std::size_t at = begin; at < stop; ++at) {
            Peak peak;
            std::memcpy(&peak, bytes.data() + sizeof header + at * sizeof peak, sizeof peak);
            joined.low = std::min(joined.low, peak.low);
            joined.high = std::max(joined.high, peak.high);
        }
        peaks.low.push_back(static_cast<float>(joined.low) / 32767);
        peaks.high.push_back(static_cast<float>(joined.high) / 32767);
    }
    return peaks;
}

} // namespace spindle::app
