// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "app/library/enrol.h"
#include "app/library/verify.h"
#include "fingerprint/file_index.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

TEST(EnrolTrack, IsReadAsTheOwnerWritesIt) {
    EXPECT_EQ(parse_enrol_track("So What").value().title, "So What");
    EXPECT_FALSE(parse_enrol_track("So What").value().begins);
    EXPECT_EQ(parse_enrol_track("So What@9:22").value().begins, Seconds{562});
    EXPECT_EQ(parse_enrol_track(" So What @1:02:03").value().begins, Seconds{3723});
    EXPECT_EQ(parse_enrol_track("@0:05").value().title, "");
    EXPECT_EQ(parse_enrol_track("Love @ First Sight").value().title, "Love @ First Sight");
    for (const char* wrong : {"A@9", "A@9:75", "A@1:2:3:4", "A@1:", "A@99999999999:00"}) {
        EXPECT_EQ(parse_enrol_track(wrong).error().code, Code::BadInput) << wrong;
    }
}

class Enrol : public ::testing::Test {
protected:
    /// `tracks` tracks of 40 s with 3 s between.
    static turntable::HeardSide heard(int tracks, std::uint16_t kind) {
        turntable::HeardSide side;
        side.groove_dbfs = -60;
        for (int i = 0; i < tracks; ++i) {
            side.levels.insert(side.levels.end(), 400, turntable::level_byte(-20));
            side.levels.insert(side.levels.end(), 30, turntable::level_byte(-60));
        }
        side.length = Seconds{43.0 * tracks};
        for (std::uint32_t tick = 0; tick < 43U * 250U * static_cast<unsigned>(tracks);
             tick += 10) {
            side.landmarks.push_back({tick, static_cast<std::uint16_t>((tick * kind) % 900), 300});
        }
        return side;
    }
    Enrolment enrol(char letter, const std::vector<std::string>& titles,
                    const turntable::HeardSide& sound, const std::string& title = "White Label") {
        EnrolledSide side{"The Haves", title, letter, {}};
        for (const std::string& one : titles) {
            side.tracks.push_back({one, {}});
        }
        return enrol_side(backends_, data(), side, sound, {}).value();
    }
    std::filesystem::path data() const { return folder_ / "data"; }

    testing::TempFolder folder_;
    Backends backends_{store::open_sqlite_library};
};

TEST_F(Enrol, MakesARecordOfItsSides) {
    const auto first = enrol('A', {"One", "Two"}, heard(2, 7));
    ASSERT_EQ(first.tracks.size(), 2U);
    EXPECT_NEAR(first.begins[1].count(), 43, 0.11);
    EXPECT_NEAR(first.lengths[1].count(), 40, 0.11);
    const auto second = enrol('B', {}, heard(3, 11), "WHITE LABEL"); // whatever the case
    EXPECT_EQ(second.record.record.id, first.record.record.id);
    ASSERT_EQ(second.record.files.size(), 5U);
    EXPECT_EQ(second.record.sides, (std::vector<char>{'A', 'A', 'B', 'B', 'B'}));
    EXPECT_EQ(title_of(second.record.files[3]), "B2");
    EXPECT_EQ(fingerprint::FileIndex::open(index_folder(data())).value().size().tracks, 5U);
}

TEST_F(Enrol, OfASideAgainKeepsItsTracksNumbersAndDropsWhatIsNoLongerThere) {
    const auto first = enrol('A', {}, heard(3, 7));
    const auto again = enrol('A', {"One", "Two"}, heard(2, 11));
    EXPECT_EQ(again.tracks, (std::vector<TrackId>{first.tracks[0], first.tracks[1]}));
    EXPECT_EQ(again.record.files.size(), 2U);
    EXPECT_EQ(fingerprint::FileIndex::open(index_folder(data())).value().size().tracks, 2U);
    const auto verified = verify_library(backends_, data(), Depth::Deep, {}, {}).value();
    EXPECT_TRUE(verified.findings.empty());
    EXPECT_EQ(verified.vinyl, 2U);
    EXPECT_EQ(verified.files, 0U);
}

TEST_F(Enrol, RefusesWhatCannotBeARecord) {
    EnrolledSide side{"", "", 'A', {}};
    EXPECT_EQ(enrol_side(backends_, data(), side, heard(1, 7), {}).error().code, Code::BadInput);
    side.title = std::string(2000, 'x');
    EXPECT_EQ(enrol_side(backends_, data(), side, heard(1, 7), {}).error().code, Code::BadInput);
    side.title = "X/../../Y"; // a name, not a path
    const auto odd = enrol_side(backends_, data(), side, heard(1, 7), {}).value();
    EXPECT_EQ(odd.record.record.album, "X/../../Y");
    EXPECT_TRUE(store::is_on_vinyl(odd.record.files.at(0).path));
    side.title = "Z";
    side.tracks.resize(3);
    EXPECT_EQ(rename_side(backends_, data(), side, {}).error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::app
