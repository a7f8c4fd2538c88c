// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "fingerprint/file_index.h"
#include "fingerprint/index_writer.h"
#include "fingerprint/journal.h"
#include "fingerprint/manifest.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::fingerprint {
namespace {

TEST(Journal, OfZerosAsAPowerCutLeavesItIsAnEmptyOne) {
    const testing::TempFolder folder;
    std::ofstream(folder / "000001.jnl", std::ios::binary) << std::string(4096, '\0');
    PendingTracks pending;
    auto journal = Journal::open(folder / "000001.jnl", pending);
    ASSERT_TRUE(journal) << journal.error().message;
    EXPECT_TRUE(pending.empty());
    ASSERT_TRUE(journal->remove(TrackId{3}));
    PendingTracks again;
    ASSERT_TRUE(Journal::open(folder / "000001.jnl", again));
    EXPECT_EQ(again.size(), 1U);
}

TEST(IndexWriter, StoresLandmarksWithImpossibleTimesWithoutHarm) {
    const testing::TempFolder folder;
    auto writer = IndexWriter::open(folder.path());
    const std::vector<Landmark> backwards{
        {5000, 100, 0}, {4990, 120, 0}, {10, 130, 0}, {60, 140, 0}};
    const std::vector<Landmark> late{{0xFFFFFFF0U, 100, 0}, {0xFFFFFFFFU, 1000, 0}};
    ASSERT_TRUE(writer->add(TrackId{1}, backwards, Seconds{20}));
    ASSERT_TRUE(writer->add(TrackId{2}, late, Seconds{20}));
    ASSERT_TRUE(writer->commit());
    const auto index = FileIndex::open(folder.path());
    ASSERT_TRUE(index) << index.error().message;
    EXPECT_TRUE(index->verify());
    EXPECT_EQ(index->size().tracks, 2U);
}

TEST(IndexWriter, KeepsADamagedSegmentRatherThanMergeTheDamageIntoANewOne) {
    const testing::TempFolder folder;
    const std::vector<Landmark> landmarks{{10, 100, 0}, {50, 150, 0}, {90, 130, 0}, {120, 90, 0}};
    {
        auto writer = IndexWriter::open(folder.path());
        ASSERT_TRUE(writer->add(TrackId{1}, landmarks, Seconds{10}));
        ASSERT_TRUE(writer->commit());
    }
    const auto segment = folder / Manifest::read(folder.path())->segments.front().file;
    auto bytes = io::read_file(segment, 1U << 24U).value();
    bytes[8 + 24 + 2] = static_cast<char>(bytes[8 + 24 + 2] ^ 0x40); // in the block times
    std::ofstream(segment, std::ios::binary) << bytes;
    auto writer = IndexWriter::open(folder.path());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->add(TrackId{2}, landmarks, Seconds{10}));
    const auto committed = writer->commit();
    ASSERT_FALSE(committed);
    EXPECT_NE(committed.error().message.find(segment.filename().string()), std::string::npos);
    EXPECT_FALSE(FileIndex::open(folder.path())->verify());
}

} // namespace
} // namespace spindle::fingerprint
