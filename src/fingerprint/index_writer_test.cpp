// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fingerprint/extractor.h"
#include "fingerprint/file_index.h"
#include "fingerprint/index_writer.h"
#include "fingerprint/journal.h"
#include "fingerprint/manifest.h"
#include "fingerprint/matcher.h"
#include "io/file.h"
#include "testing/synthetic_music.h"
#include "testing/temp_folder.h"

namespace spindle::fingerprint {
namespace {

std::vector<Landmark> track_landmarks(std::uint32_t seed, std::size_t count = 100) {
    std::mt19937 random(seed);
    std::vector<Landmark> landmarks;
    std::uint32_t tick = 0;
    for (std::size_t i = 0; i < count; ++i) {
        tick += 5 + static_cast<std::uint32_t>(random() % 30);
        landmarks.push_back({tick / 2 * 2, static_cast<std::uint16_t>(random() % 990), 0});
    }
    return landmarks;
}

std::set<std::uint32_t> tracks_of(const FileIndex& index) {
    std::set<std::uint32_t> tracks;
    for (std::uint32_t moment = 0; moment < index.moments(); moment += 5) {
        if (const auto place = index.place(moment)) {
            tracks.insert(place->track.value);
        }
    }
    return tracks;
}

TEST(IndexWriter, ShowsReadersNothingBeforeCommitAndAllAfter) {
    const testing::TempFolder folder;
    auto writer = IndexWriter::open(folder.path());
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE(writer->add(TrackId{1}, track_landmarks(1), Seconds{10}));
    EXPECT_TRUE(tracks_of(*FileIndex::open(folder.path())).empty());
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(tracks_of(*FileIndex::open(folder.path())), (std::set<std::uint32_t>{1}));
}

TEST(IndexWriter, LeavesAnOpenReaderUndisturbed) {
    const testing::TempFolder folder;
    auto writer = IndexWriter::open(folder.path());
    ASSERT_TRUE(writer->add(TrackId{1}, track_landmarks(1), Seconds{10}));
    ASSERT_TRUE(writer->commit());
    const auto reader = FileIndex::open(folder.path());
    ASSERT_TRUE(writer->remove(TrackId{1}));
    ASSERT_TRUE(writer->add(TrackId{2}, track_landmarks(2), Seconds{10}));
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(tracks_of(*reader), (std::set<std::uint32_t>{1}));
    EXPECT_TRUE(reader->verify());
    EXPECT_EQ(tracks_of(*FileIndex::open(folder.path())), (std::set<std::uint32_t>{2}));
}

TEST(IndexWriter, CarriesOnTheJournalOfAWriterThatWasKilled) {
    const testing::TempFolder folder;
    {
        auto writer = IndexWriter::open(folder.path());
        ASSERT_TRUE(writer->add(TrackId{1}, track_landmarks(1), Seconds{10}));
        ASSERT_TRUE(writer->add(TrackId{2}, track_landmarks(2), Seconds{10}));
    } // gone without a commit, as after kill -9
    auto writer = IndexWriter::open(folder.path());
    ASSERT_TRUE(writer);
    EXPECT_EQ(writer->tracks(), (std::vector<TrackId>{TrackId{1}, TrackId{2}}));
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(tracks_of(*FileIndex::open(folder.path())), (std::set<std::uint32_t>{1, 2}));
}

TEST(IndexWriter, LosesAtMostTheRecordInHandWhereverTheJournalIsCut) {
    const testing::TempFolder folder;
    std::string journal;
    {
        auto writer = IndexWriter::open(folder.path());
        for (std::uint32_t track = 1; track <= 3; ++track) {
            ASSERT_TRUE(writer->add(TrackId{track}, track_landmarks(track, 20), Seconds{10}));
        }
        journal = Manifest::read(folder.path())->journal;
    }
    const auto whole = io::read_file(folder / journal, 1U << 20U).value();
    PendingTracks everything;
    const auto bytes = std::as_bytes(std::span(whole));
    EXPECT_EQ(read_journal(bytes, everything), whole.size());
    std::size_t before = 0;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        PendingTracks some;
        EXPECT_LE(read_journal(bytes.first(size), some), size);
        EXPECT_GE(some.size(), before); // a longer prefix never knows less
        before = some.size();
    }
    EXPECT_EQ(before, 3U);
    std::ofstream(folder / journal, std::ios::binary) << whole.substr(0, whole.size() - 1);
    auto writer = IndexWriter::open(folder.path());
    ASSERT_TRUE(writer) << writer.error().message;
    EXPECT_EQ(writer->tracks(), (std::vector<TrackId>{TrackId{1}, TrackId{2}}));
    ASSERT_TRUE(writer->add(TrackId{4}, track_landmarks(4), Seconds{10}));
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(tracks_of(*FileIndex::open(folder.path())), (std::set<std::uint32_t>{1, 2, 4}));
}

TEST(IndexWriter, TurnsASecondWriterAwayAndNamesTheFirst) {
    const testing::TempFolder folder;
    const auto first = IndexWriter::open(folder.path());
    const auto second = IndexWriter::open(folder.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::Busy);
    EXPECT_NE(second.error().message.find(fmt::format("process {}", ::getpid())),
              std::string::npos);
}

TEST(IndexWriter, DoesNotTouchAForeignJournal) {
    const testing::TempFolder folder;
    std::string journal;
    {
        auto writer = IndexWriter::open(folder.path());
        journal = Manifest::read(folder.path())->journal;
    }
    std::ofstream(folder / journal) << "somebody's shopping list";
    const auto writer = IndexWriter::open(folder.path());
    ASSERT_FALSE(writer);
    EXPECT_EQ(io::read_file(folder / journal, 1000).value(), "somebody's shopping list");
}

TEST(IndexWriter, TakesTracksFromManyThreads) {
    const testing::TempFolder folder;
    auto writer = IndexWriter::open(folder.path());
    std::vector<std::thread> threads;
    for (std::uint32_t thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (std::uint32_t i = 1; i <= 25; ++i) {
                ASSERT_TRUE(writer->add(TrackId{thread * 100 + i}, track_landmarks(i), Seconds{5}));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(tracks_of(*FileIndex::open(folder.path())).size(), 100U);
}

RC_GTEST_PROP(IndexWriter, HoldsWhatASetWouldHoldAfterAnyChanges, ()) {
    const testing::TempFolder folder;
    std::set<std::uint32_t> model;
    auto writer = std::make_unique<IndexWriter>(IndexWriter::open(folder.path()).value());
    const auto steps = *rc::gen::inRange(1, 40);
    for (int step = 0; step < steps; ++step) {
        const auto track = *rc::gen::inRange<std::uint32_t>(1, 12);
        switch (*rc::gen::inRange(0, 5)) {
        case 0:
            RC_ASSERT(writer->remove(TrackId{track}).has_value());
            model.erase(track);
            break;
        case 1:
            RC_ASSERT(writer->commit().has_value());
            break;
        case 2: // killed and started again
            writer.reset();
            writer = std::make_unique<IndexWriter>(IndexWriter::open(folder.path()).value());
            break;
        default:
            RC_ASSERT(writer->add(TrackId{track}, track_landmarks(track), Seconds{10}).has_value());
            model.insert(track);
        }
        std::set<std::uint32_t> known;
        for (const TrackId id : writer->tracks()) {
            known.insert(id.value);
        }
        RC_ASSERT(known == model);
    }
    RC_ASSERT(writer->commit().has_value());
    const auto index = FileIndex::open(folder.path());
    RC_ASSERT(index.has_value());
    RC_ASSERT(tracks_of(*index) == model);
    RC_ASSERT(index->verify().has_value());
}

TEST(Manifest, RefusesDamageAndNamesThatLeadElsewhere) {
    Manifest manifest;
    manifest.journal = "000001.jnl";
    manifest.segments = {{"000002.seg", {TrackId{7}, TrackId{9}}}};
    const std::string text = manifest.text();
    const auto read = Manifest::parse(text, "MANIFEST");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->text(), text);
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        std::string damaged = text;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        EXPECT_FALSE(Manifest::parse(damaged, "MANIFEST")) << i;
        EXPECT_FALSE(Manifest::parse(text.substr(0, i), "MANIFEST")) << i;
    }
    manifest.segments = {{"../../etc/passwd", {}}};
    EXPECT_FALSE(Manifest::parse(manifest.text(), "MANIFEST"));
}

} // namespace
} // namespace spindle::fingerprint
