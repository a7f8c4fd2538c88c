// SPDX-License-Identifier: Apache-2.0
#include "store/library.h"

#include <algorithm>
#include <tuple>

namespace spindle::store {
namespace {

/// "B2" -> {'B', 2}; "B" -> {'B', 0}; anything else -> {0, 0}.
std::pair<char, int> side_and_number(const std::string& position) {
    if (position.empty()) {
        return {0, 0};
    }
    char side = position.front();
    if (side >= 'a' && side <= 'z') {
        side = static_cast<char>(side - 'a' + 'A');
    }
    if (side < 'A' || side > 'Z') {
        return {0, 0};
    }
    int number = 0;
    for (std::size_t i = 1; i < position.size(); ++i) {
        if (position[i] < '0' || position[i] > '9' || i > 3) {
            return {0, 0}; // "AC/DC", "Bonus"
        }
        number = number * 10 + (position[i] - '0');
    }
    return {side, number};
}

} // namespace

const TrackFile& Track::main_file() const {
    const auto present = std::find_if(files.begin(), files.end(),
                                      [](const TrackFile& file) { return !file.missing_since; });
    return present == files.end() ? files.front() : *present;
}

bool plays_before(const TrackFile& left, const TrackFile& right) {
    const auto place = [](const TrackFile& file) {
        const auto [side, number] = side_and_number(file.tags.position);
        // The side before the number: some taggers count each side from 1.
        return std::tuple(std::max(1, file.tags.disc_number), side, file.tags.track_number, number);
    };
    return std::tuple(place(left), std::string_view(left.path)) <
           std::tuple(place(right), std::string_view(right.path));
}

std::vector<char> sides_of(const Record& record, const std::vector<TrackFile>& in_playing_order) {
    std::vector<char> sides;
    sides.reserve(in_playing_order.size());
    if (!record.sides.empty()) {
        char side = 'A';
        for (const TrackFile& file : in_playing_order) {
            for (const SideStart& start : record.sides) {
                side = start.first == file.track ? start.side : side;
            }
            sides.push_back(side);
        }
        return sides;
    }
    for (const TrackFile& file : in_playing_order) {
        sides.push_back(side_and_number(file.tags.position).first);
    }
    if (std::find(sides.begin(), sides.end(), 0) != sides.end()) {
        std::fill(sides.begin(), sides.end(), char{0});
    }
    return sides;
}

} // namespace spindle::store
