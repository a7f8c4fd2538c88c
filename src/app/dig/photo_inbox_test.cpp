// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>

#include "app/dig/photo_inbox.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PhotoInbox, TakesPhotosByTheirNames) {
    for (const char* name : {"a.jpg", "A.JPG", "IMG_0001.HEIC", "b.jpeg", "c.png", "d.webp",
                             "e.heif", "x.spindle.jpg", "spindle.jpg"}) {
        EXPECT_TRUE(is_inbox_photo(name)) << name;
    }
}

TEST(PhotoInbox, LeavesWhatIsOnItsWayAndWhatIsAResult) {
    for (const char* name :
         {".syncthing.a.jpg.tmp", "~syncthing~a.jpg.tmp", ".a.jpg.x3Rf1o", ".a.jpg.icloud",
          ".~tmp~", ".a.jpg", "~a.jpg", "a.jpg.part", "a.jpg.crdownload", "a-spindle.jpg",
          "a-spindle.json", "A-SPINDLE.JPG", "a.jpg-spindle.jpg", ".jpg", "jpg", "a.mov", ""}) {
        EXPECT_FALSE(is_inbox_photo(name)) << name;
    }
}

TEST(PhotoInbox, NamesResultsSoThatTheyAreNoPhotos) {
    const auto names = result_names("/in/rack.heic");
    EXPECT_EQ(names.picture, "rack-spindle.jpg");
    EXPECT_EQ(names.document, "rack-spindle.json");
    EXPECT_EQ(result_names("/in/rack.heic", true).picture, "rack.heic-spindle.jpg");
    EXPECT_FALSE(is_inbox_photo(result_names("/in/rack.heic", true).picture));
}

TEST(SeenPhotos, RemembersAlsoBehindALineThatWasCut) {
    const testing::TempFolder folder;
    const auto file = folder / "photos.jsonl";
    {
        auto seen = SeenPhotos::open(file).value();
        EXPECT_FALSE(seen.contains("aa"));
        ASSERT_TRUE(seen.add("aa", "rack.jpg", "scanned"));
        EXPECT_TRUE(seen.contains("aa"));
    }
    std::ofstream(file, std::ios::app) << "{\"sha256\":\"b";
    {
        auto seen = SeenPhotos::open(file).value();
        EXPECT_TRUE(seen.contains("aa"));
        ASSERT_TRUE(seen.add("cc", "\xff.jpg", "scanned"));
    }
    const auto seen = SeenPhotos::open(file).value();
    EXPECT_TRUE(seen.contains("aa"));
    EXPECT_TRUE(seen.contains("cc"));
    EXPECT_FALSE(seen.contains("b"));
}

TEST(StillFiles, AreThoseThatDoNotChangeAnyMore) {
    StillFiles files;
    const StillFiles::Time begin{};
    const auto stamp = [](std::uintmax_t size) {
        return StillFiles::Stamp{size, std::filesystem::file_time_type{}};
    };
    files.look({{"a", stamp(5)}, {"b", stamp(1)}, {"empty", stamp(0)}}, begin);
    EXPECT_THAT(files.still_for(2s, begin + 1s), IsEmpty());
    files.look({{"a", stamp(5)}, {"b", stamp(2)}, {"empty", stamp(0)}}, begin + 1s);
    EXPECT_THAT(files.still_for(2s, begin + 2s), ElementsAre("a", "empty"));
    EXPECT_THAT(files.still_for(2s, begin + 3s), ElementsAre("a", "b", "empty"));
    files.settle("a");
    EXPECT_THAT(files.still_for(2s, begin + 3s), ElementsAre("b", "empty"));
    EXPECT_TRUE(files.waits());
    // Another content under the same name is another photo.
    files.look({{"a", stamp(6)}, {"b", stamp(2)}}, begin + 4s);
    EXPECT_THAT(files.still_for(2s, begin + 6s), ElementsAre("a", "b"));
    files.look({}, begin + 7s);
    EXPECT_FALSE(files.waits());
}

} // namespace
} // namespace spindle::app
