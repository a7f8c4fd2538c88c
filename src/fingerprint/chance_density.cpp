// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/chance_density.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spindle::fingerprint {
namespace {

constexpr int kPitches = 1024;  // more than a landmark can have
constexpr int kAttackTicks = 6; // one attack: +- 24 ms
constexpr int kNoteSteps = 2;   // one note: +- 1/96 octave
constexpr int kCellTicks = 16;
constexpr int kCellSteps = 8;
constexpr int kRows = kPitches / kCellSteps;
// The surroundings: +- half a second and 1/4 octave ...
constexpr int kWideTicks = 8; // cells
constexpr int kWideSteps = 6;
// ... and a tone held or repeated for a second.
constexpr int kToneTicks = 25;
constexpr int kToneSteps = 1;

} // namespace

ChanceDensity::ChanceDensity(std::span<const Landmark> clip, std::uint32_t length)
    : length_(std::max(1.0, static_cast<double>(length))),
      total_(std::max(1.0, static_cast<double>(clip.size()))), before_(std::size_t{length} + 1),
      below_(kPitches + 1), columns_(static_cast<int>(length / kCellTicks) + 1) {
    corners_.resize(static_cast<std::size_t>(columns_ + 1) * (kRows + 1));
    for (const Landmark& landmark : clip) {
        const std::size_t pitch = std::min<std::size_t>(landmark.pitch, kPitches - 1);
        ++before_[std::size_t{landmark.tick} + 1];
        ++below_[pitch + 1];
        ++corners_[(std::size_t{landmark.tick} / kCellTicks + 1) * (kRows + 1) +
                   pitch / kCellSteps + 1];
    }
    std::partial_sum(before_.begin(), before_.end(), before_.begin());
    std::partial_sum(below_.begin(), below_.end(), below_.begin());
    for (std::size_t i = kRows + 2; i < corners_.size(); ++i) {
        if (i % (kRows + 1) != 0) {
            corners_[i] += corners_[i - 1] + corners_[i - kRows - 1] - corners_[i - kRows - 2];
        }
    }
}

double ChanceDensity::in_box(double tick, double pitch, int cells_of_time,
                             int cells_of_pitch) const {
    const int column = static_cast<int>(tick) / kCellTicks;
    const int row = static_cast<int>(pitch) / kCellSteps;
    const int left = std::clamp(column - cells_of_time, 0, columns_ - 1);
    const int right = std::clamp(column + cells_of_time + 1, left + 1, columns_);
    const int low = std::clamp(row - cells_of_pitch, 0, kRows - 1);
    const int high = std::clamp(row + cells_of_pitch + 1, low + 1, kRows);
    const auto corner = [&](int c, int r) {
        return corners_[static_cast<std::size_t>(c) * (kRows + 1) + static_cast<std::size_t>(r)];
    };
    const std::uint32_t count =
        corner(right, high) - corner(left, high) - corner(right, low) + corner(left, low);
    const double ticks = std::min((right - left) * kCellTicks * 1.0, length_);
    return (1.0 + count) / (ticks * (high - low) * kCellSteps);
}

double ChanceDensity::density(double tick, double pitch) const {
    const auto count = [](const std::vector<std::uint32_t>& sums, double at, int reach) {
        const int last = static_cast<int>(sums.size()) - 1;
        const int middle = static_cast<int>(std::lround(at));
        const int from = std::clamp(middle - reach, 0, last);
        const int to = std::clamp(middle + reach + 1, 0, last);
        return 1.0 + sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)];
    };
    const double rate = count(before_, tick, kAttackTicks) / (2 * kAttackTicks + 1);
    const double share = count(below_, pitch, kNoteSteps) / (2 * kNoteSteps + 1) / total_;
    return std::max({rate * share, in_box(tick, pitch, kWideTicks, kWideSteps),
                     in_box(tick, pitch, kToneTicks, kToneSteps)});
}

} // namespace spindle::fingerprint
