// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/catalog/file_download.h"
#include "io/file.h"
#include "testing/dump_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using testing::Fault;
using ::testing::HasSubstr;

/// A file on a server that shall come to a folder.
class FetchFile : public ::testing::Test {
protected:
    FetchFile() : content_(600'000, 'x') {
        content_ += "end";
        server_.serve("/f", content_, "\"e1\"");
        file_.request.url = server_.url("/f");
        file_.request.limits = {Seconds{5}, Seconds{0.3}, Seconds{0}, 1ULL << 60U};
        file_.patience = {2, Seconds{0.01}, Seconds{0.01}};
        file_.path = folder_ / "f.gz";
        file_.sha256 = testing::DumpServer::sum_of(content_);
    }

    io::HttpResult<FetchedFile> fetch() { return fetch_file(file_, {}, {}); }

    void leave_part(const std::string& content) const {
        std::ofstream(folder_ / "f.gz.part", std::ios::binary) << content;
    }
    bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
    std::string content_of(const std::string& name) const {
        return io::read_file(folder_ / name, 1U << 20U).value();
    }

    void expect_whole() const {
        EXPECT_TRUE(content_of("f.gz") == content_);
        EXPECT_FALSE(has("f.gz.part"));
        EXPECT_FALSE(has("f.gz.bad"));
    }

    testing::TempFolder folder_;
    testing::FaultyServer server_;
    std::string content_;
    FileToFetch file_;
};

TEST_F(FetchFile, GivesTheFileItsNameOnceItsSumIsRight) {
    const auto fetched = fetch().value();
    EXPECT_EQ(fetched.path, file_.path);
    EXPECT_EQ(fetched.bytes, content_.size());
    EXPECT_EQ(fetched.resumed_from, 0U);
    EXPECT_EQ(fetched.sha256, file_.sha256);
    EXPECT_FALSE(fetched.was_there);
    expect_whole();
}

TEST_F(FetchFile, FetchesNothingTwice) {
    ASSERT_TRUE(fetch());
    EXPECT_TRUE(fetch().value().was_there);
    EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(FetchFile, GoesOnWithWhatAnEarlierRunLeft) {
    leave_part(content_.substr(0, 500'000));
    EXPECT_EQ(fetch().value().resumed_from, 500'000U);
    EXPECT_EQ(server_.requests().at(0).headers.at("range"), "bytes=500000-");
    expect_whole();
}

TEST_F(FetchFile, GoesOnAfterACutAndAStall) {
    server_.fail_next("/f", {Fault::cut(1000), Fault::stall(1000)});
    EXPECT_TRUE(fetch());
    EXPECT_EQ(server_.requests().size(), 3U);
    expect_whole();
}

TEST_F(FetchFile, KeepsWhatCameWhenItHasToGiveUp) {
    server_.fail_next("/f", {Fault::cut(400'000)});
    server_.fail_always("/f", Fault::answer(503));
    EXPECT_TRUE(fetch().error().passing());
    EXPECT_EQ(content_of("f.gz.part").size(), 400'000U);
    EXPECT_FALSE(has("f.gz"));
    server_.fail_always("/f", {});
    EXPECT_EQ(fetch().value().resumed_from, 400'000U);
    expect_whole();
}

TEST_F(FetchFile, TakesAWholePartForWhole) {
    leave_part(content_); // the server answers 416: there is nothing behind it
    EXPECT_TRUE(fetch());
    expect_whole();
}

TEST_F(FetchFile, TakesAWholePartForWholeWhereThereAreNoRanges) {
    leave_part(content_);
    server_.fail_always("/f", Fault::whole());
    EXPECT_TRUE(fetch());
    expect_whole();
}

TEST_F(FetchFile, BeginsAgainWhenThePartIsLongerThanTheFile) {
    for (const Fault& fault : {Fault{}, Fault::whole()}) {
        server_.fail_always("/f", fault);
        leave_part(content_ + "more");
        EXPECT_EQ(fetch().value().resumed_from, 0U);
        expect_whole();
        std::filesystem::remove(file_.path);
    }
}

TEST_F(FetchFile, PutsAFileWithAWrongSumAside) {
    file_.sha256 = std::string(64, '0');
    const auto fetched = fetch();
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().error.code, Code::BadInput);
    EXPECT_THAT(fetched.error().error.message, HasSubstr("f.gz.bad"));
    EXPECT_TRUE(content_of("f.gz.bad") == content_);
    EXPECT_FALSE(has("f.gz"));
    EXPECT_FALSE(has("f.gz.part"));
}

TEST_F(FetchFile, NoticesAPartThatWasNeverOfThisFile) {
    leave_part("something else");
    EXPECT_EQ(fetch().error().error.code, Code::BadInput);
    EXPECT_TRUE(fetch()); // and anew
    EXPECT_TRUE(content_of("f.gz") == content_);
}

TEST_F(FetchFile, SaysBeforehandThatThereIsNoRoom) {
    server_.fail_always("/f", Fault::wrong_length(std::int64_t{1} << 58U));
    const auto fetched = fetch();
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().error.code, Code::NoSpace);
    EXPECT_THAT(fetched.error().error.message, HasSubstr(folder_.path().string()));
    EXPECT_THAT(fetched.error().error.message, HasSubstr("GB more are needed"));
}

TEST_F(FetchFile, TellsHowFarItIs) {
    leave_part(content_.substr(0, 10));
    std::vector<std::string> steps;
    const auto note = [&](const Progress& progress) {
        if (steps.empty() || steps.back() != progress.step) {
            steps.push_back(progress.step);
        }
    };
    ASSERT_TRUE(fetch_file(file_, note, {}));
    EXPECT_THAT(steps, ::testing::ElementsAre("checking", "downloading"));
}

} // namespace
} // namespace spindle::app
