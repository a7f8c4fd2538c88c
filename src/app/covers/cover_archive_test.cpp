// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/covers/cover_archive.h"
#include "testing/faulty_server.h"

namespace spindle::app {
namespace {

using testing::Fault;
using testing::FaultyServer;
using ::testing::HasSubstr;

constexpr const char* kRelease = "76df3287-6cda-33eb-8e9a-044b5e15ffdd";
const std::string kFront = std::string("/release/") + kRelease + "/front-500";

class CoverArchiveTest : public ::testing::Test {
protected:
    CoverArchive archive() {
        CoverArchiveOptions options;
        options.url = server.url("");
        options.user_agent = io::user_agent("1.2");
        options.http.largest_body = 10'000;
        options.waiting.now = [this] { return now; };
        options.waiting.pause = [this](Seconds length, const std::stop_token&) {
            now += std::chrono::duration_cast<std::chrono::steady_clock::duration>(length);
        };
        return CoverArchive::create(options).value();
    }
    Result<std::string> front(CoverArchive& archive) { return archive.front(kRelease, {}); }

    FaultyServer server;
    std::chrono::steady_clock::time_point now;
};

TEST_F(CoverArchiveTest, FollowsToWhereThePictureLies) {
    server.fail_next(kFront, {Fault::answer(307, {"Location: /download/front.jpg"})});
    server.serve("/download/front.jpg", "bytes of a picture");
    auto asked = archive();
    EXPECT_EQ(front(asked).value(), "bytes of a picture");
    EXPECT_THAT(server.requests(kFront).at(0).headers.at("user-agent"), HasSubstr("Spindle/1.2"));
}

TEST_F(CoverArchiveTest, TellsThatThereIsNone) {
    auto asked = archive();
    EXPECT_EQ(front(asked).value(), ""); // 404
    server.fail_next(kFront, {Fault::answer(400)});
    EXPECT_EQ(front(asked).value(), "");
}

TEST_F(CoverArchiveTest, AsksNothingThatIsNoId) {
    auto asked = archive();
    for (const char* id : {"", "x", "../../76df3287-6cda-33eb-8e9a-044b5e15", "76DF3287",
                           "76df3287-6cda-33eb-8e9a-044b5e15ffdd/"}) {
        EXPECT_EQ(asked.front(id, {}).value(), "") << id;
    }
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(CoverArchiveTest, StaysAwayWhenItWasAskedTooOften) {
    server.fail_next(kFront, {Fault::answer(503, {"Retry-After: 30"}), Fault::answer(503)});
    server.serve(kFront, "picture");
    auto asked = archive();
    EXPECT_FALSE(front(asked));
    EXPECT_EQ(front(asked).error().code, Code::Busy);
    now += std::chrono::seconds{20};
    EXPECT_EQ(front(asked).error().code, Code::Busy);
    EXPECT_EQ(server.requests().size(), 1U);
    now += std::chrono::seconds{11};
    EXPECT_FALSE(front(asked)); // 503 again, and it does not say for how long
    EXPECT_EQ(server.requests().size(), 2U);
    now += std::chrono::seconds{50};
    EXPECT_EQ(front(asked).error().code, Code::Busy);
    now += std::chrono::seconds{11};
    EXPECT_EQ(front(asked).value(), "picture");
}

TEST_F(CoverArchiveTest, AsksOnceASecondAtMost) {
    server.serve(kFront, "picture");
    auto asked = archive();
    const auto begun = now;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(front(asked));
    }
    EXPECT_GE(now - begun, std::chrono::seconds{4});
}

TEST_F(CoverArchiveTest, GivesUpOnWhatNeverEndsOrIsTooLarge) {
    auto asked = archive();
    server.fail_next(kFront,
                     {Fault::redirect(kFront), Fault::redirect(kFront), Fault::redirect(kFront),
                      Fault::redirect(kFront), Fault::redirect(kFront), Fault::redirect(kFront),
                      Fault::redirect(kFront), Fault::redirect(kFront)});
    EXPECT_FALSE(front(asked));
    EXPECT_LE(server.requests().size(), 7U);
    FaultyServer other;
    other.serve(kFront, std::string(20'000, 'x'));
    CoverArchiveOptions options;
    options.url = other.url("");
    options.http.largest_body = 10'000;
    auto large = CoverArchive::create(options).value();
    EXPECT_FALSE(large.front(kRelease, {}));
    other.serve(kFront, std::string(5'000, 'x'));
    other.fail_always(kFront, Fault::stall(10));
    options.http.stall_timeout = Seconds{0.2};
    auto slow = CoverArchive::create(options).value();
    EXPECT_FALSE(slow.front(kRelease, {}));
}

TEST_F(CoverArchiveTest, IsAskedOverTlsOnly) {
    CoverArchiveOptions options;
    for (const char* url : {"http://coverartarchive.org", "file:///etc/passwd", ""}) {
        options.url = url;
        EXPECT_EQ(CoverArchive::create(options).error().code, Code::BadInput) << url;
    }
}

} // namespace
} // namespace spindle::app
