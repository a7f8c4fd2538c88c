// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "fingerprint/landmark_bytes.h"
#include "fingerprint/packed_landmarks.h"

namespace spindle::fingerprint {
namespace {

TEST(LandmarkBytes, ComeBackAsTheIndexWouldHaveThem) {
    // Neighbours, a second of nothing, an hour of nothing, and one that runs backwards.
    const std::vector<Landmark> given{{0, 3, 700},      {2, 900, 5},     {7, 1022, 0},
                                      {250 + 7, 12, 0}, {900'000, 0, 0}, {900'001, 5, 0}};
    const auto back = landmarks_of_bytes(landmark_bytes(given)).value();
    ASSERT_EQ(back.size(), given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        EXPECT_EQ(back[i], as_stored(given[i])) << i;
    }
    const auto held =
        landmarks_of_bytes(landmark_bytes(std::vector<Landmark>{{80, 1, 0}, {8, 2, 0}}));
    EXPECT_EQ(held.value().at(1).tick, 80U);
    EXPECT_TRUE(landmarks_of_bytes({}).value().empty());
}

TEST(LandmarkBytes, AnyOtherBytesAreLandmarksOrAnError) {
    const std::vector<std::uint8_t> odd(3, 0xFF);
    EXPECT_EQ(landmarks_of_bytes(odd).error().code, Code::BadInput);
    const std::vector<std::uint8_t> fillers(2'000'000, 0xFF); // as long as it is empty
    EXPECT_TRUE(landmarks_of_bytes(fillers).value().empty());
}

} // namespace
} // namespace spindle::fingerprint
