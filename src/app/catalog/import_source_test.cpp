// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/catalog/import_source.h"
#include "testing/dump_server.h"
#include "testing/stored_gzip.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::AllOf;
using testing::DumpServer;
using ::testing::HasSubstr;
using testing::stored_gzip;

class ImportSources : public ::testing::Test {
protected:
    std::string put(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return (folder_ / name).string();
    }
    static Result<ImportSource> open(const std::string& source) {
        return open_import_source(source, "test", {});
    }
    /// Everything behind the head.
    static std::string rest_of(ImportSource& source) {
        std::string all;
        std::string buffer(10'000, '\0');
        for (;;) {
            const auto got = read_source(*source.bytes, std::as_writable_bytes(std::span(buffer)));
            if (!got || *got == 0) {
                EXPECT_TRUE(got) << got.error().message;
                return all;
            }
            all.append(buffer, 0, *got);
        }
    }
    static std::string whole(ImportSource& source) { return source.head + rest_of(source); }
    bool looks_like_xml(const std::string& content) const {
        return open(put("f", content)).value().looks_like_xml();
    }

    testing::TempFolder folder_;
};

std::string numbers(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += std::to_string(i) + '\n';
    }
    return text;
}

TEST_F(ImportSources, GiveTheirFirstBytesAndThenTheRest) {
    const std::string content = numbers(100'000);
    for (const auto& path : {put("plain", content), put("packed", stored_gzip(content))}) {
        auto source = open(path).value();
        EXPECT_EQ(source.head, content.substr(0, 4096)) << path;
        EXPECT_TRUE(whole(source) == content) << path;
        EXPECT_EQ(source.bytes->name(), path);
    }
}

TEST_F(ImportSources, MayBeSmallerThanAHead) {
    auto source = open(put("f", "<r/>")).value();
    EXPECT_EQ(source.head, "<r/>");
    EXPECT_EQ(rest_of(source), "");
}

TEST_F(ImportSources, ArePackedGoingByTheirNames) {
    EXPECT_TRUE(open(put("a.xml.gz", "<a/>")).value().packed);
    EXPECT_FALSE(open(put("a.xml", "<a/>")).value().packed);
}

TEST_F(ImportSources, LookLikeXmlWithAMarkOrBlanksInFront) {
    for (const char* content : {"<releases>", "  \r\n\t<?xml?>", "\xEF\xBB\xBF<r>",
                                "\xEF\xBB\xBF\n <r>", "<!DOCTYPE html>"}) {
        EXPECT_TRUE(looks_like_xml(content)) << content;
    }
    for (const char* content :
         {"a<b", "release_id,Artist\n", " ", "\xEF\xBB\xBF", "\xEF\xBB<r>", "\xFF\xD8\xFF\xE0<"}) {
        EXPECT_FALSE(looks_like_xml(content)) << content;
    }
}

TEST_F(ImportSources, OfStrangeKindsAreErrorsThatNameThem) {
    const auto error = [&](const std::string& path) {
        const auto opened = open(path);
        EXPECT_FALSE(opened);
        auto found = opened ? Error{} : opened.error();
        EXPECT_THAT(found.message, HasSubstr(path));
        return found;
    };
    EXPECT_EQ(error(put("empty", "")).code, Code::BadInput);
    EXPECT_EQ(error(put("empty.gz", stored_gzip(""))).code, Code::BadInput);
    EXPECT_EQ(error((folder_ / "missing").string()).code, Code::NotFound);
    EXPECT_EQ(error(folder_.path().string()).code, Code::BadInput);
    const auto cut = error(put("cut.gz", stored_gzip(numbers(50'000)).substr(0, 100)));
    EXPECT_THAT(cut.message, AllOf(HasSubstr("ends early"), HasSubstr("Fetch it again")));
}

TEST_F(ImportSources, ThatAreDamagedBehindTheirHeadSayWhatToDo) {
    auto source = open(put("cut.gz", stored_gzip(numbers(50'000)).substr(0, 90'000))).value();
    std::string buffer(1'000'000, '\0');
    Result<std::size_t> got = 1;
    while (got && *got > 0) {
        got = read_source(*source.bytes, std::as_writable_bytes(std::span(buffer)));
    }
    ASSERT_FALSE(got);
    EXPECT_THAT(got.error().message, HasSubstr("Fetch it again"));
}

TEST_F(ImportSources, MayBeAFifo) {
    const auto path = (folder_ / "fifo").string();
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const std::string content = numbers(50'000);
    const std::jthread writer([&] { std::ofstream(path, std::ios::binary) << content; });
    auto source = open(path).value();
    EXPECT_TRUE(whole(source) == content);
}

TEST_F(ImportSources, AreComparedWithTheSumBesideThem) {
    const std::string content = stored_gzip(numbers(50'000));
    const auto path = put("discogs_20260701_releases.xml.gz", content);
    put("notes.txt", std::string(64, '0') + " *discogs_20260701_releases.xml.gz\n");
    {
        auto unknown = open(path).value();
        rest_of(unknown);
        EXPECT_EQ(unknown.check_sum().value(), Checksum::NotKnown);
    }
    put("discogs_20260701_CHECKSUM.txt",
        std::string(64, '0') + " *discogs_20260701_masters.xml.gz\n" + DumpServer::sum_of(content) +
            " *discogs_20260701_releases.xml.gz\n");
    {
        auto right = open(path).value();
        rest_of(right);
        EXPECT_EQ(right.check_sum().value(), Checksum::Right);
    }
    put("discogs_20260701_releases.xml.gz", stored_gzip(numbers(50'001)));
    auto wrong = open(path).value();
    rest_of(wrong);
    const auto checked = wrong.check_sum();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, Code::BadInput);
    EXPECT_THAT(checked.error().message, AllOf(HasSubstr(path), HasSubstr("Fetch it again")));
}

TEST_F(ImportSources, AreSummedAsTheyLieOnDiskThoughReadInSteps) {
    const std::string content = numbers(50'000);
    const auto path = put("dump.xml", content);
    put("CHECKSUM.txt", DumpServer::sum_of(content) + "  dump.xml\n");
    auto source = open(path).value();
    EXPECT_FALSE(source.check_sum()); // nothing but the head has been read
    rest_of(source);
    EXPECT_EQ(source.check_sum().value(), Checksum::Right);
}

TEST_F(ImportSources, OnAServerAreReadWholeThoughTheConnectionIsCut) {
    testing::FaultyServer server;
    const std::string content = numbers(50'000);
    server.serve("/f", content, "\"e\"");
    server.fail_next("/f", {testing::Fault::cut(100'000)});
    auto source = open(server.url("/f")).value();
    EXPECT_TRUE(whole(source) == content);
    EXPECT_FALSE(open(server.url("/missing")));
}

TEST(NotedName, IsTheLastPartInOneLine) {
    EXPECT_EQ(noted_name("/a/b/dump.xml"), "dump.xml");
    EXPECT_EQ(noted_name("dump.xml"), "dump.xml");
    EXPECT_EQ(noted_name("standard input"), "standard input");
    EXPECT_EQ(noted_name("/a/two\r\nlines"), "two  lines");
    EXPECT_EQ(noted_name(""), "");
}

} // namespace
} // namespace spindle::app
