// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>

#include "spindle_fixture.h"
#include "testing/dump_server.h"

namespace spindle::functional {
namespace {

using testing::DumpServer;
using testing::Fault;
using ::testing::HasSubstr;

const std::string kDate = "20200801";

/// The program and a server with one month.
class CatalogDownload : public SpindleTest {
protected:
    CatalogDownload() {
        for (int i = 0; content_.size() < 2'000'000; ++i) {
            content_ += std::to_string(i) + '\n';
        }
        server_.put_day(kDate, content_);
    }

    std::vector<std::string> words(std::vector<std::string> more = {}) const {
        std::vector<std::string> all{"catalog", "download", "--from",          server_.url("/"),
                                     "--month", "2020-08",  "--stall-timeout", "0.5"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    static std::string name() { return DumpServer::name(kDate, "releases.xml.gz"); }
    static std::string target() { return DumpServer::target(kDate, "releases.xml.gz"); }
    std::filesystem::path dump() const { return data() / "dumps" / name(); }
    std::filesystem::path part() const { return dump().string() + ".part"; }

    static std::string content_of(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::string content_;
    DumpServer server_;
};

TEST_F(CatalogDownload, BringsTheDumpAndItsSumsAndSaysWhatComesNext) {
    const auto ended = run(words());
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr(dump().string()));
    EXPECT_THAT(ended.err, HasSubstr("spindle catalog import " + dump().string()));
    EXPECT_TRUE(content_of(dump()) == content_);
    EXPECT_THAT(content_of(data() / "dumps" / DumpServer::name(kDate, "CHECKSUM.txt")),
                HasSubstr(name()));
    EXPECT_THAT(server_.requests().at(0).headers.at("user-agent"), HasSubstr("Spindle/"));
    const auto again = run_json(words()).at(0);
    EXPECT_EQ(again["fetched"], false);
    EXPECT_EQ(server_.requests(target()).size(), 1U);
}

TEST_F(CatalogDownload, TellsProgramsWhatItBrought) {
    const auto to = (folder_ / "elsewhere").string();
    const auto json = run_json(words({"--to", to, "--masters"})).at(0);
    EXPECT_EQ(json["file"], to + "/" + name());
    EXPECT_EQ(json["month"], "2020-08");
    EXPECT_EQ(json["bytes"], content_.size());
    EXPECT_EQ(json["resumed_from"], 0);
    EXPECT_EQ(json["sha256"], DumpServer::sum_of(content_));
    EXPECT_EQ(json["checksum"], "ok");
    EXPECT_EQ(json["masters"]["file"], to + "/" + DumpServer::name(kDate, "masters.xml.gz"));
}

TEST_F(CatalogDownload, GoesOnAfterCutAndSilentConnections) {
    server_.fail_next(target(), {Fault::cut(300'000), Fault::stall(300'000)});
    EXPECT_EQ(run(words()).exit_code, 0);
    EXPECT_TRUE(content_of(dump()) == content_);
    const auto seen = server_.requests(target());
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[2].headers.at("range"), "bytes=600000-");
}

TEST_F(CatalogDownload, GoesOnAfterAKill) {
    server_.fail_next(target(), {Fault::stall(700'000)});
    auto begun = words();
    begun.back() = "60"; // the stall timeout
    const auto program = start(begun);
    ASSERT_TRUE(program->wait_until([&] {
        std::error_code error;
        return std::filesystem::file_size(part(), error) == 700'000 && !error;
    }));
    program->send(SIGKILL);
    EXPECT_EQ(program->wait().signal, SIGKILL);
    EXPECT_FALSE(std::filesystem::exists(dump()));
    const auto json = run_json(words()).at(0);
    EXPECT_EQ(json["resumed_from"], 700'000);
    EXPECT_TRUE(content_of(dump()) == content_);
}

TEST_F(CatalogDownload, KeepsWhatCameWhenInterrupted) {
    server_.fail_next(target(), {Fault::stall(700'000)});
    auto begun = words();
    begun.back() = "60";
    const auto program = start(begun);
    ASSERT_TRUE(program->wait_until([&] {
        std::error_code error;
        return std::filesystem::file_size(part(), error) == 700'000 && !error;
    }));
    program->send(SIGINT);
    const auto ended = program->wait();
    EXPECT_EQ(ended.signal, SIGINT);
    EXPECT_THAT(ended.err, HasSubstr("the same command goes on"));
    EXPECT_EQ(std::filesystem::file_size(part()), 700'000U);
}

TEST_F(CatalogDownload, PutsADumpWithAWrongSumAside) {
    const std::string sum(64, '0');
    server_.put_checksums(kDate, sum + "  " + name() + "\n");
    const auto lines = run_json(words(), 1);
    EXPECT_EQ(lines.at(0)["error"]["code"], "bad_input");
    EXPECT_THAT(lines.at(0)["error"]["message"].get<std::string>(), HasSubstr(name() + ".bad"));
    EXPECT_FALSE(std::filesystem::exists(dump()));
    EXPECT_FALSE(std::filesystem::exists(part()));
    EXPECT_TRUE(std::filesystem::exists(dump().string() + ".bad"));
}

TEST_F(CatalogDownload, TakesAWholePartForDone) {
    std::filesystem::create_directories(part().parent_path());
    std::ofstream(part(), std::ios::binary) << content_;
    EXPECT_EQ(run(words()).exit_code, 0);
    EXPECT_TRUE(content_of(dump()) == content_);
}

TEST_F(CatalogDownload, ShowsAnotherWayWhereTheServerRefuses) {
    server_.fail_always(DumpServer::index("2020"), Fault::answer(403));
    const auto ended = run(words());
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("https://data.discogs.com/"));
    EXPECT_THAT(ended.err, HasSubstr("spindle catalog import FILE"));
}

TEST_F(CatalogDownload, SaysWhatTheServerHasNot) {
    auto other = words();
    other[5] = "2020-09";
    const auto ended = run(other);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("2020-08"));
}

TEST_F(CatalogDownload, SaysThatTheServerIsNotThere) {
    std::string gone;
    {
        const testing::FaultyServer closed;
        gone = closed.url("/");
    }
    auto other = words();
    other[3] = gone;
    const auto ended = run(other);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("connect"));
}

TEST_F(CatalogDownload, EndsWhereTheDiskDoes) {
    Program::Options options;
    options.largest_file = 1'000'000;
    EXPECT_EQ(run(words(), options).exit_code, 1);
    EXPECT_EQ(run_json(words()).at(0)["checksum"], "ok");
    EXPECT_TRUE(content_of(dump()) == content_);
}

TEST_F(CatalogDownload, AsksBackWhenItDoesNotUnderstand) {
    for (const auto& wrong : std::vector<std::vector<std::string>>{
             {"--month", "July"}, {"--from", "ftp://host/"}, {"--stall-timeout", "0"}, {"extra"}}) {
        auto asked = std::vector<std::string>{"catalog", "download"};
        asked.insert(asked.end(), wrong.begin(), wrong.end());
        const auto ended = run(asked);
        EXPECT_EQ(ended.exit_code, 2) << wrong[0];
        EXPECT_EQ(ended.out, "");
    }
    EXPECT_THAT(run({"catalog", "download", "--help"}).out,
                HasSubstr("Example:\n  spindle catalog download"));
}

} // namespace
} // namespace spindle::functional
