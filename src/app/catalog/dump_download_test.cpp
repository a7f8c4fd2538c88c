// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/catalog/dump_download.h"
#include "io/file.h"
#include "testing/dump_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using testing::Fault;
using ::testing::HasSubstr;

class DownloadDump : public ::testing::Test {
protected:
    DownloadDump() {
        options_.from = server_.url("/");
        options_.folder = folder_ / "dumps";
        options_.patience = {1, Seconds{0.01}, Seconds{0.01}};
        options_.stall_timeout = Seconds{2};
    }

    Result<DumpDownload> download() { return download_dump(options_, {}, {}); }

    static std::string year(int back) {
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        return std::to_string(static_cast<int>(std::chrono::year_month_day(today).year()) - back);
    }

    testing::TempFolder folder_;
    testing::DumpServer server_;
    DumpDownloadOptions options_;
};

TEST_F(DownloadDump, TakesTheNewestMonthOfWhichAllIsThere) {
    server_.put_day(year(0) + "0101", "january");
    server_.put_day(year(0) + "0201", "february");
    server_.list(year(0) + "0301", "releases.xml.gz"); // no checksums yet
    server_.put_checksums(year(0) + "0401", "");       // no releases yet
    const auto done = download().value();
    EXPECT_EQ(to_string(done.month), year(0) + "-02");
    EXPECT_EQ(io::read_file(done.releases.path, 100).value(), "february");
    EXPECT_EQ(done.releases.path.parent_path(), options_.folder);
    EXPECT_THAT(io::read_file(done.checksums, 1000).value(), HasSubstr(done.releases.sha256));
    EXPECT_FALSE(done.masters);
}

TEST_F(DownloadDump, TellsBeforehandWhatItWouldFetch) {
    server_.put_day("20200801", "august, all of it");
    options_.month = Month{2020, 8};
    const auto offer = offered_dump(options_, {}).value();
    EXPECT_EQ(offer.month, (Month{2020, 8}));
    EXPECT_EQ(offer.releases, "discogs_20200801_releases.xml.gz");
    EXPECT_EQ(offer.bytes, 17U);
    EXPECT_EQ(offer.there, 0U);
    EXPECT_FALSE(std::filesystem::exists(options_.folder));
    std::filesystem::create_directories(options_.folder);
    std::ofstream(options_.folder / (offer.releases + ".part")) << "august";
    EXPECT_EQ(offered_dump(options_, {})->there, 6U);
    ASSERT_TRUE(download());
    EXPECT_EQ(offered_dump(options_, {})->there, 17U);
    server_.fail_always(server_.target("20200801", "releases.xml.gz"), Fault::answer(403));
    EXPECT_THAT(offered_dump(options_, {}).error().message, HasSubstr("in a browser"));
    options_.month = Month{2020, 9};
    EXPECT_EQ(offered_dump(options_, {}).error().code, Code::NotFound);
}

TEST_F(DownloadDump, LooksAtLastYearWhileThisOneHasNothing) {
    server_.put_day(year(1) + "1201", "december");
    EXPECT_EQ(to_string(download().value().month), year(1) + "-12");
    server_.list(year(0) + "0101", "artists.xml.gz");
    EXPECT_TRUE(download().value().releases.was_there);
}

TEST_F(DownloadDump, TakesTheMonthAskedFor) {
    server_.put_day("20200801", "august");
    server_.put_day("20200901", "september");
    options_.month = Month{2020, 8};
    EXPECT_EQ(io::read_file(download().value().releases.path, 100).value(), "august");
    options_.month = Month{2020, 7};
    const auto missing = download();
    EXPECT_EQ(missing.error().code, Code::NotFound);
    EXPECT_THAT(missing.error().message, HasSubstr("2020-07; the newest of that year is 2020-09"));
    options_.month = Month{2019, 7};
    EXPECT_THAT(download().error().message, HasSubstr("none of that year"));
}

TEST_F(DownloadDump, FetchesTheMastersWhenAsked) {
    server_.put_day("20200801", "august");
    options_.month = Month{2020, 8};
    options_.masters = Masters::Fetch;
    const auto done = download().value();
    ASSERT_TRUE(done.masters);
    EXPECT_EQ(io::read_file(done.masters->path, 100).value(), "masters of 20200801");
}

TEST_F(DownloadDump, SaysWhatToDoWhenTheServerRefuses) {
    server_.put_day("20200801", "august");
    options_.month = Month{2020, 8};
    for (const std::string& target :
         {server_.index("2020"), server_.target("20200801", "CHECKSUM.txt"),
          server_.target("20200801", "releases.xml.gz")}) {
        server_.fail_next(target, {Fault::answer(403)});
        const auto refused = download();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::NoAccess);
        EXPECT_THAT(refused.error().message, HasSubstr("in a browser from https://data.discogs"));
        EXPECT_THAT(refused.error().message, HasSubstr("spindle catalog import FILE"));
    }
}

TEST_F(DownloadDump, NeedsASumForTheFile) {
    server_.put("20200801", "releases.xml.gz", "august");
    server_.put_checksums("20200801", "<html>busy</html>");
    options_.month = Month{2020, 8};
    EXPECT_EQ(download().error().code, Code::BadInput);
}

TEST_F(DownloadDump, TakesNoEndlessPages) {
    server_.put_day("20200801", "august");
    options_.month = Month{2020, 8};
    server_.serve(server_.target("20200801", "CHECKSUM.txt"), std::string(70'000, 'x'));
    EXPECT_EQ(download().error().code, Code::BadInput);
    server_.serve(server_.index("2020"), std::string(5'000'000, 'x'));
    EXPECT_EQ(download().error().code, Code::BadInput);
}

TEST_F(DownloadDump, IsDoneByOneProcessAtATime) {
    std::filesystem::create_directories(options_.folder);
    const auto lock = io::FileLock::acquire(options_.folder / "download.lock");
    EXPECT_EQ(download().error().code, Code::Busy);
}

} // namespace
} // namespace spindle::app
