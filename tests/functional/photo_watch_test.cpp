// SPDX-License-Identifier: Apache-2.0
// `spindle watch` from outside: a folder in which photos appear as a phone's cloud brings them.
#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "image/encode.h"
#include "image/picture.h"
#include "made_shelf.h"
#include "spindle_fixture.h"

namespace spindle::functional {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
namespace fs = std::filesystem;

class PhotoWatchTest : public SpindleTest {
protected:
    fs::path inbox() const { return folder_ / "inbox"; }

    void SetUp() override {
        fs::create_directories(inbox());
        const auto empty = run({"watch", inbox().string(), "--once", "--offline"});
        ASSERT_EQ(empty.exit_code, 0) << empty.err;
        image::Picture picture{300, 300, image::Channels::Rgb, {}};
        picture.pixels.assign(std::size_t{300} * 300 * 3, 90);
        ASSERT_TRUE(image::write_picture(picture, inbox() / "probe.png"));
        const auto ended = watch_once({"--quiet-time", "0.1"});
        if (ended.err.find("missing model") != std::string::npos ||
            ended.err.find("ONNX Runtime") != std::string::npos) {
            GTEST_SKIP() << ended.err;
        }
        fs::remove_all(inbox());
        fs::remove_all(data());
        fs::create_directories(inbox());
    }

    /// Appends a part of a photo to a file of the inbox.
    void put_part(const fs::path& photo, const std::string& name, double from, double to) const {
        std::ifstream in(photo, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto at = [&](double share) {
            return static_cast<std::size_t>(share * static_cast<double>(bytes.size()));
        };
        std::ofstream(inbox() / name, std::ios::binary | std::ios::app)
            << bytes.substr(at(from), at(to) - at(from));
    }

    std::unique_ptr<Program> start_watch(std::vector<std::string> words) {
        words.insert(words.begin(), {"watch", inbox().string(), "--offline", "--json"});
        return start(words);
    }
    Ended watch_once(std::vector<std::string> words) {
        words.emplace_back("--once");
        return start_watch(std::move(words))->wait();
    }

    std::set<std::string> names_in(const fs::path& folder) const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) {
            names.insert(entry.path().filename().string());
        }
        return names;
    }

    template <typename Condition>
    static bool within_a_minute(const Condition& condition) {
        for (int i = 0; i < 1200 && !condition(); ++i) {
            std::this_thread::sleep_for(50ms);
        }
        return condition();
    }
};

TEST_F(PhotoWatchTest, ScansWhatAppearsOnceItIsWholeAndNothingTwice) {
    const auto watching = start_watch({"--quiet-time", "0.3", "--patience", "60"});
    const fs::path photo = made_shelf().photo;
    // As Syncthing brings it: under another name, then by renaming. And a copy that takes its time.
    put_part(photo, ".syncthing.moved.jpg.tmp", 0, 1);
    put_part(photo, "slow.jpg", 0, 0.4);
    std::this_thread::sleep_for(1500ms); // longer than it must be quiet
    EXPECT_FALSE(fs::exists(inbox() / "slow-spindle.jpg"));
    put_part(photo, "slow.jpg", 0.4, 1);
    ASSERT_TRUE(within_a_minute([&] { return fs::exists(inbox() / "slow-spindle.json"); }));
    EXPECT_TRUE(fs::exists(inbox() / "slow-spindle.jpg"));                   // before the document
    fs::rename(inbox() / ".syncthing.moved.jpg.tmp", inbox() / "moved.jpg"); // the same photo
    std::this_thread::sleep_for(2s);
    watching->send(SIGINT);
    const auto ended = watching->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(names_in(inbox()), UnorderedElementsAre("slow.jpg", "slow-spindle.jpg",
                                                        "slow-spindle.json", "moved.jpg"));
    const auto lines = lines_of(ended.out);
    ASSERT_EQ(lines.size(), 1U) << ended.out;
    EXPECT_EQ(lines[0]["document"], (inbox() / "slow-spindle.json").string());
    std::ifstream file(inbox() / "slow-spindle.json");
    const Json document = Json::parse(file, nullptr, false);
    EXPECT_EQ(document["complete"], true);
    EXPECT_GE(document["discs"].size(), made_shelf().truth["spines"].size() / 2);
    const auto again = watch_once({"--quiet-time", "0.1"}); // after a restart
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.out, "");
}

TEST_F(PhotoWatchTest, TellsABadFileOnceAndGoesOn) {
    std::ofstream(inbox() / "notes.jpg") << "Dear diary, this is not a photo";
    put_part(made_shelf().photo, "half.jpg", 0, 0.5);
    put_part(made_shelf().photo, "rack.jpg", 0, 1);
    const fs::path out = folder_ / "out";
    const std::vector<std::string> words{"--quiet-time", "0.1",   "--patience",
                                         "0.5",          "--out", out.string()};
    const auto ended = watch_once(words);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("notes.jpg"));
    EXPECT_THAT(ended.err, HasSubstr("half.jpg"));
    EXPECT_EQ(lines_of(ended.out).size(), 3U);
    EXPECT_THAT(names_in(out), UnorderedElementsAre("rack-spindle.jpg", "rack-spindle.json"));
    const auto again = watch_once(words);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.out, "");
    // The other half comes at last.
    put_part(made_shelf().photo, "half.jpg", 0.5, 1);
    fs::remove(inbox() / "rack.jpg");
    const auto whole = watch_once(words);
    EXPECT_EQ(whole.exit_code, 0) << whole.err; // rack.jpg's content: it is known
    EXPECT_EQ(whole.out, "");
}

TEST_F(PhotoWatchTest, KilledOrInterruptedItLosesNothing) {
    put_part(made_shelf().photo, "rack.jpg", 0, 1);
    for (const int signal : {SIGKILL, SIGINT}) {
        const auto watching = start_watch({"--quiet-time", "0.1"});
        const fs::path scratch = data() / "watch" / "scratch";
        ASSERT_TRUE(within_a_minute([&] { return fs::exists(scratch); }));
        std::this_thread::sleep_for(300ms);
        watching->send(signal);
        const auto ended = watching->wait();
        EXPECT_EQ(ended.out, "");
        EXPECT_THAT(names_in(inbox()), UnorderedElementsAre("rack.jpg"));
    }
    const auto ended = watch_once({"--quiet-time", "0.1"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(names_in(inbox()),
                UnorderedElementsAre("rack.jpg", "rack-spindle.jpg", "rack-spindle.json"));
    EXPECT_TRUE(fs::is_empty(data() / "watch" / "scratch"));
}

TEST_F(PhotoWatchTest, SaysWhenThereIsNoSuchFolder) {
    const auto ended = run({"watch", (folder_ / "nowhere").string()});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("nowhere"));
}

} // namespace
} // namespace spindle::functional
