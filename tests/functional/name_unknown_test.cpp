// SPDX-License-Identifier: Apache-2.0
// Music nobody knew gets a name on the page, and is known the next time.
#include <gmock/gmock.h>

#include "serve_fixture.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

class NameUnknown : public ServeTest {
protected:
    static constexpr double kLength = 45;

    void SetUp() override { // a library, as without one nobody listens
        ServeTest::SetUp();
        put("other.wav", 1, 20);
        ASSERT_EQ(add()["added"], 1);
    }
    /// Two tracks with a gap on a side of a record no file has, each time with other noise, on a
    /// platter of this speed.
    std::string side(std::uint32_t noise, double speed) const {
        std::vector<float> sound = testing::white_noise(noise, 5, 0.003, kRate);
        const auto append = [&](const std::vector<float>& more, float gain) {
            for (const float sample : more) {
                sound.push_back(gain * sample);
            }
        };
        for (const std::uint32_t music : {91U, 92U}) {
            append(testing::at_speed(testing::synthetic_music(music, kLength, kRate), speed), 0.5F);
            append(testing::white_noise(noise + music, 3, 0.003, kRate), 1);
        }
        append(testing::white_noise(noise + 9, 15, 0.003, kRate), 1);
        const auto path = folder_ / "side.wav";
        testing::write_wav(path, sound, kRate);
        return path.string();
    }
    std::vector<Json> plays_of(std::uint32_t noise, double speed) {
        std::vector<Json> plays;
        const auto ended = run({"listen", "--json", "--input", side(noise, speed)});
        for (const Json& event : lines_of(ended.out)) {
            if (event.value("event", "") == "play") {
                plays.push_back(event);
            }
        }
        return plays;
    }
    std::vector<Json> on_vinyl() const {
        std::vector<Json> found;
        for (const Json& record : ask("GET", "/api/library/records").json()) {
            if (record["tracks"].at(0)["medium"] == "vinyl") {
                found.push_back(record);
            }
        }
        return found;
    }
    Answer name(int id, const Json& json) {
        return ask("PUT", "/api/unknown/" + std::to_string(id) + "/name", json.dump(),
                   "Content-Type: application/json\r\n");
    }
};

TEST_F(NameUnknown, OnThePageMakesTheNextPlayKnown) {
    EXPECT_TRUE(plays_of(100, 1).empty());
    start_server();
    const auto unknown = ask("GET", "/api/unknown").json();
    ASSERT_EQ(unknown.size(), 1U) << unknown.dump();
    const int id = unknown[0]["unknown_id"];

    // What is to be named: two tracks, as the pause tells.
    const auto session = ask("GET", "/api/unknown/" + std::to_string(id)).json();
    ASSERT_EQ(session["tracks"].size(), 2U) << session.dump();
    EXPECT_NEAR(session["tracks"][1]["begins_s"].get<double>(), kLength + 3, 0.5);

    const auto named = name(id, {{"artist", "The Haves"},
                                 {"title", "White Label"},
                                 {"side", "B"},
                                 {"tracks", {{{"title", "Dawn"}}, {{"title", "Noon"}}}}});
    ASSERT_EQ(named.status, 200) << named.body;
    EXPECT_TRUE(named.json()["because"].is_null());
    EXPECT_EQ(named.json()["tracks"].size(), 2U);
    EXPECT_EQ(ask("GET", "/api/unknown").json()[0]["name"], "The Haves - White Label, side B");

    // While the server runs: its next play, a little fast, is that record.
    const auto plays = plays_of(200, 1.01);
    ASSERT_EQ(plays.size(), 2U);
    EXPECT_EQ(plays[0]["title"], "Dawn");
    EXPECT_EQ(plays[1]["title"], "Noon");
    EXPECT_EQ(plays[1]["artist"], "The Haves");
    EXPECT_EQ(plays[1]["album"], "White Label");
    EXPECT_EQ(plays[1]["side"], "B");
    EXPECT_NEAR(plays[1]["speed"].get<double>(), 1.01, 0.0005);
    EXPECT_EQ(ask("GET", "/api/plays").json().size(), 2U);
    EXPECT_EQ(ask("GET", "/api/unknown").json().size(), 1U);
}

TEST_F(NameUnknown, WhileABoxListensToThisServerIsKnownFromTheNextSideOn) {
    start_server(); // which listens all the time, and is not started again
    const auto box_hears = [&](std::uint32_t noise, double speed) {
        return run({"listen", "--data", (folder_ / "box").string(), "--input", side(noise, speed),
                    "--server", "http://127.0.0.1:" + std::to_string(port_)});
    };
    const auto first = box_hears(100, 1);
    const auto unknown = ask("GET", "/api/unknown").json();
    ASSERT_EQ(unknown.size(), 1U) << first.err;
    ASSERT_EQ(name(unknown[0]["unknown_id"], {{"title", "White Label"}}).status, 200);
    const auto second = box_hears(200, 0.99);
    const auto plays = ask("GET", "/api/plays").json();
    ASSERT_EQ(plays.size(), 2U) << second.err;
    EXPECT_EQ(plays[0]["album"], "White Label");
    EXPECT_EQ(ask("GET", "/api/unknown").json().size(), 1U);
}

TEST_F(NameUnknown, AgainGivesItsRecordThatNameAndNoSecondOne) {
    plays_of(100, 1);
    start_server();
    ASSERT_EQ(name(1, {{"artist", "The Haves"}, {"title", "Whit Label"}}).status, 200);
    ASSERT_EQ(name(1, {{"artist", "The Haves"}, {"title", "White Label"}}).status, 200);
    const auto records = on_vinyl();
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0]["album"], "White Label");
    EXPECT_EQ(records[0]["tracks"].size(), 2U);
    // Likewise on the command line, with the number of tracks mended.
    EXPECT_EQ(run({"library", "enrol", "--unknown", "1", "--title", "White Label", "--artist",
                   "The Haves", "--track", "All of it"})
                  .exit_code,
              0);
    EXPECT_EQ(run({"plays", "--of", "1", "--artist", "The Haves", "--name", "Blank"}).exit_code, 0);
    const auto after = on_vinyl();
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0]["album"], "Blank");
    EXPECT_EQ(run({"library", "verify"}).exit_code, 0);
    const auto plays = plays_of(300, 0.99);
    ASSERT_EQ(plays.size(), 2U);
    EXPECT_EQ(plays[0]["album"], "Blank");
}

TEST_F(NameUnknown, RefusesWhatCannotBeAndChangesNothing) {
    plays_of(100, 1);
    start_server();
    EXPECT_EQ(name(7, {{"title", "White Label"}}).status, 404);
    EXPECT_EQ(name(1, Json::object()).status, 400);
    EXPECT_EQ(name(1, {{"title", "x"}, {"side", "b"}}).status, 400);
    const auto many = name(1, {{"title", "x"},
                               {"tracks", Json::array({{{"title", "a"}},
                                                       {{"title", "b"}},
                                                       {{"title", "c"}},
                                                       {{"title", "d"}},
                                                       {{"title", "e"}}})}});
    EXPECT_EQ(many.status, 400) << many.body; // there are not so many pauses
    EXPECT_TRUE(ask("GET", "/api/unknown").json()[0]["name"].is_null());
    EXPECT_TRUE(on_vinyl().empty());
}

} // namespace
} // namespace spindle::functional
