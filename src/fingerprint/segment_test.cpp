// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fingerprint/packed_landmarks.h"
#include "fingerprint/pairs.h"
#include "fingerprint/segment.h"
#include "fingerprint/segment_format.h"

namespace spindle::fingerprint {
namespace {

std::vector<Landmark> random_landmarks(std::uint32_t seed, std::size_t count,
                                       std::uint32_t most_gap) {
    std::mt19937 random(seed);
    std::vector<Landmark> landmarks;
    std::uint32_t tick = 0;
    for (std::size_t i = 0; i < count; ++i) {
        tick += static_cast<std::uint32_t>(random() % (most_gap + 1));
        landmarks.push_back({tick, static_cast<std::uint16_t>(random() % 990), 0});
    }
    return landmarks;
}

std::vector<std::byte> build(const std::vector<std::vector<Landmark>>& tracks,
                             std::uint64_t sort_bytes = 64U << 20U) {
    std::vector<TrackSource> sources;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        sources.push_back({TrackId{static_cast<std::uint32_t>(i + 1)}, Seconds{10},
                           [&tracks, i] { return tracks[i]; }});
    }
    std::vector<std::byte> bytes;
    const auto built = build_segment(sources,
                                     [&](std::span<const std::byte> some) -> Result<void> {
                                         bytes.insert(bytes.end(), some.begin(), some.end());
                                         return {};
                                     },
                                     {.sort_bytes = sort_bytes});
    EXPECT_TRUE(built);
    return bytes;
}

/// Every (key, moment) of the segment, sorted.
std::multimap<std::uint32_t, std::uint32_t> all_postings(const Segment& segment) {
    std::multimap<std::uint32_t, std::uint32_t> all;
    for (std::uint32_t key = 0; key < static_cast<std::uint32_t>(kKeys); ++key) {
        const std::uint64_t first = segment.first_posting(key);
        std::vector<std::uint32_t> moments(
            static_cast<std::size_t>(segment.first_posting(key + 1) - first));
        segment.postings(first, 0, moments);
        for (const std::uint32_t moment : moments) {
            all.emplace(key, moment);
        }
    }
    return all;
}

TEST(Segment, GivesBackTheLandmarksOfEveryTrack) {
    const std::vector<std::vector<Landmark>> tracks{random_landmarks(1, 1000, 60),
                                                    {},
                                                    random_landmarks(2, 64, 3000),
                                                    random_landmarks(3, 1, 9)};
    const auto segment = Segment::from_bytes(build(tracks), "memory");
    ASSERT_TRUE(segment) << segment.error().message;
    ASSERT_EQ(segment->track_count(), tracks.size());
    EXPECT_TRUE(segment->verify());
    for (std::size_t t = 0; t < tracks.size(); ++t) {
        std::vector<Landmark> expected(tracks[t].size());
        std::transform(tracks[t].begin(), tracks[t].end(), expected.begin(), as_stored);
        std::vector<Landmark> found;
        segment->landmarks(t, 0, ~0U, found);
        EXPECT_EQ(found, expected) << t;
    }
}

RC_GTEST_PROP(Segment, GivesJustTheLandmarksOfAStretchOfTime, ()) {
    const auto seed = *rc::gen::inRange<std::uint32_t>(0, 1000);
    const auto count = *rc::gen::inRange<std::size_t>(0, 500);
    const auto most_gap = *rc::gen::element<std::uint32_t>(4U, 60U, 300U, 5000U);
    const auto from = *rc::gen::inRange<std::uint32_t>(0, 20000);
    const auto to = from + *rc::gen::inRange<std::uint32_t>(0, 20000);
    const std::vector<std::vector<Landmark>> tracks{random_landmarks(seed, count, most_gap)};
    const auto segment = Segment::from_bytes(build(tracks), "memory");
    std::vector<Landmark> found;
    segment->landmarks(0, from, to, found);
    std::vector<Landmark> expected;
    for (const Landmark& landmark : tracks[0]) {
        const Landmark stored = as_stored(landmark);
        if (stored.tick >= from && stored.tick < to) {
            expected.push_back(stored);
        }
    }
    RC_ASSERT(found == expected);
}

TEST(Segment, HoldsEveryPairUnderItsKey) {
    const std::vector<std::vector<Landmark>> tracks{random_landmarks(1, 3000, 50),
                                                    random_landmarks(2, 2000, 40)};
    const auto segment = Segment::from_bytes(build(tracks), "memory");
    ASSERT_TRUE(segment);
    std::multimap<std::uint32_t, std::uint32_t> expected;
    for (std::size_t t = 0; t < tracks.size(); ++t) {
        std::vector<Landmark> stored(tracks[t].size());
        std::transform(tracks[t].begin(), tracks[t].end(), stored.begin(), as_stored);
        for_each_reference_pair(std::span<const Landmark>(stored), PairOptions{},
                                [&](std::uint32_t key, const Landmark& anchor) {
                                    expected.emplace(key,
                                                     segment->track(t).start +
                                                         anchor.tick / format::kTicksPerMoment);
                                });
    }
    EXPECT_EQ(segment->posting_count(), expected.size());
    EXPECT_EQ(all_postings(*segment), expected);
}

TEST(Segment, IsTheSameHoweverLittleMemoryItWasSortedIn) {
    const std::vector<std::vector<Landmark>> tracks{random_landmarks(1, 5000, 30)};
    EXPECT_EQ(build(tracks, 4096), build(tracks));
}

TEST(Segment, KnowsWhichTrackPlaysAtAMoment) {
    const std::vector<std::vector<Landmark>> tracks{
        random_landmarks(1, 500, 30), {}, random_landmarks(2, 500, 30)};
    const auto segment = Segment::from_bytes(build(tracks), "memory");
    const auto last = segment->track(2);
    EXPECT_EQ(segment->track_at(0), 0U);
    EXPECT_EQ(segment->track_at(last.start), 2U);
    EXPECT_EQ(segment->track_at(last.start - 1), 1U);
}

TEST(Segment, RefusesWhatIsCutShortAnywhere) {
    const auto whole = build({random_landmarks(1, 200, 30)});
    for (std::size_t size = 0; size < whole.size(); size += 997) {
        const auto cut = Segment::from_bytes(
            {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}, "cut.seg");
        ASSERT_FALSE(cut) << size;
        EXPECT_EQ(cut.error().code, Code::BadInput);
        EXPECT_NE(cut.error().message.find("cut.seg"), std::string::npos);
    }
}

TEST(Segment, NoticesEveryFlippedByteAndNeverReadsOutside) {
    const auto whole = build({random_landmarks(1, 300, 30), random_landmarks(2, 300, 30)});
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        auto bytes = whole;
        // Alternately in the small tables and anywhere; alignment gaps alone carry no checksum.
        const std::size_t at = round % 2 == 0 ? 8 + random() % 2000 : random() % bytes.size();
        bytes[at] ^= std::byte{0x5A};
        const auto segment = Segment::from_bytes(bytes, "damaged.seg");
        if (!segment) {
            continue;
        }
        (void)segment->verify();
        std::vector<Landmark> landmarks;
        for (std::size_t t = 0; t < segment->track_count(); ++t) {
            segment->landmarks(t, 0, ~0U, landmarks);
        }
        for (std::uint32_t key = 0; key < static_cast<std::uint32_t>(kKeys); key += 31) {
            const std::uint64_t first = segment->first_posting(key);
            ASSERT_LE(first, segment->posting_count());
            std::vector<std::uint32_t> moments(static_cast<std::size_t>(
                std::min<std::uint64_t>(5, segment->posting_count() - first)));
            segment->postings(first, 0, moments);
        }
    }
}

TEST(Segment, SaysWhenItWasMadeByAnotherVersion) {
    auto bytes = build({random_landmarks(1, 10, 30)});
    bytes[bytes.size() - sizeof(format::Trailer) + 8] = std::byte{99};
    const auto segment = Segment::from_bytes(bytes, "future.seg");
    ASSERT_FALSE(segment);
    EXPECT_NE(segment.error().message.find("future.seg"), std::string::npos);
}

} // namespace
} // namespace spindle::fingerprint
