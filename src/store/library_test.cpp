// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "store/library.h"

namespace spindle::store {
namespace {

TrackFile file(std::uint32_t track, int disc, int number, const std::string& position = {}) {
    TrackFile result;
    result.track = TrackId{track};
    result.path = "/m/" + std::to_string(100 - track);
    result.tags.disc_number = disc;
    result.tags.track_number = number;
    result.tags.position = position;
    return result;
}

std::string order_of(std::vector<TrackFile> files) {
    std::sort(files.begin(), files.end(), plays_before);
    std::string order;
    for (const auto& one : files) {
        order += std::to_string(one.track.value);
    }
    return order;
}

TEST(PlayingOrder, GoesByDiscThenNumber) {
    EXPECT_EQ(order_of({file(3, 2, 1), file(2, 1, 2), file(1, 0, 1)}), "123");
}

TEST(PlayingOrder, KeepsSidesTogetherWhenEachIsCountedFromOne) {
    EXPECT_EQ(order_of({file(3, 0, 1, "B1"), file(1, 0, 1, "A1"), file(4, 0, 2, "B2"),
                        file(2, 0, 2, "A2")}),
              "1234");
}

TEST(PlayingOrder, GoesByPathWithoutTags) {
    EXPECT_EQ(order_of({file(1, 0, 0), file(2, 0, 0)}), "21");
}

TEST(Sides, BeginWhereTheOwnerSaid) {
    Record record;
    record.sides = {{'B', TrackId{3}}};
    const std::vector files{file(1, 0, 1), file(2, 0, 2), file(3, 0, 3), file(4, 0, 4)};
    EXPECT_EQ(sides_of(record, files), (std::vector{'A', 'A', 'B', 'B'}));
}

TEST(Sides, ComeFromPositionsOnlyWhenAllTracksHaveOne) {
    const std::vector tagged{file(1, 0, 1, "A1"), file(2, 0, 2, "b1")};
    EXPECT_EQ(sides_of({}, tagged), (std::vector{'A', 'B'}));
    const std::vector partly{file(1, 0, 1, "A1"), file(2, 0, 2, "Bonus")};
    EXPECT_EQ(sides_of({}, partly), (std::vector<char>{0, 0}));
}

} // namespace
} // namespace spindle::store
