// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "app/dig/photo_checkpoint.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

PhotoReading a_reading() {
    PhotoReading reading;
    reading.facts.path = "/jobs/photo-1.jpg";
    reading.facts.width = 4000;
    reading.facts.height = 3000;
    reading.facts.spines = 2;
    reading.facts.backs = 1;
    shelf::ReadSpine& read = reading.spines.emplace_back();
    read.spine.quad.corners = {{{10, 20}, {10, 420}, {40, 420}, {40, 20}}};
    read.spine.confidence = 0.9;
    read.spine.printed = 0.8;
    shelf::SpineReading& words = read.readings.emplace_back();
    words.confidence = 0.75;
    shelf::Word word;
    word.text = "Björk";
    word.confidence = 0.5;
    word.alternatives.push_back({"Bjork", 0.25});
    word.quad = read.spine.quad;
    words.lines.push_back({{word}});
    shelf::ReadSpine& back = reading.spines.emplace_back(reading.spines.front());
    back.readings.clear();
    back.spine.printed = 0.1;
    return reading;
}

TEST(PhotoCheckpoint, GivesBackWhatWasRead) {
    const testing::TempFolder folder;
    const auto file = folder / checkpoint_file(0);
    const PhotoReading reading = a_reading();
    ASSERT_TRUE(save_checkpoint(reading, file));
    const auto back = load_checkpoint(file, reading.facts.path);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->facts.width, 4000);
    EXPECT_EQ(back->facts.backs, 1U);
    ASSERT_EQ(back->spines.size(), 2U);
    ASSERT_EQ(back->spines[0].readings.size(), 1U);
    const shelf::Word& word = back->spines[0].readings[0].lines.at(0).words.at(0);
    EXPECT_EQ(word.text, "Björk");
    EXPECT_EQ(word.alternatives.at(0).text, "Bjork");
    EXPECT_NEAR(word.confidence, 0.5, 1e-4);
    EXPECT_NEAR(back->spines[0].spine.quad.corners[1].y, 420, 0.1);
    EXPECT_TRUE(back->spines[1].readings.empty());
    EXPECT_FALSE(back->interrupted);
}

TEST(PhotoCheckpoint, OfAnotherPhotoOrBrokenIsNone) {
    const testing::TempFolder folder;
    const auto file = folder / checkpoint_file(0);
    EXPECT_EQ(load_checkpoint(file, "/a.jpg").error().code, Code::NotFound);
    ASSERT_TRUE(save_checkpoint(a_reading(), file));
    EXPECT_EQ(load_checkpoint(file, "/a.jpg").error().code, Code::NotFound);
    std::ofstream(file) << "{\"spindle_scan\":1";
    EXPECT_EQ(load_checkpoint(file, "/jobs/photo-1.jpg").error().code, Code::BadInput);
}

TEST(PhotoCheckpoint, TellsAgainWhatReadingTold) {
    std::size_t found = 0;
    std::vector<std::size_t> read;
    int width = 0;
    PhotoObserver observer;
    observer.opened = [&](const PhotoFacts& facts) { width = facts.width; };
    observer.found = [&](std::span<const shelf::Spine> spines) { found = spines.size(); };
    observer.read = [&](std::size_t index, const shelf::ReadSpine&) { read.push_back(index); };
    tell_again(a_reading(), observer);
    EXPECT_EQ(width, 4000);
    EXPECT_EQ(found, 2U);
    EXPECT_EQ(read, std::vector<std::size_t>{0}); // backs are not read
    tell_again(a_reading(), {});
}

} // namespace
} // namespace spindle::app
