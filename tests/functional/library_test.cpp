// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "spindle_fixture.h"
#include "testing/media.h"

namespace spindle::functional {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Library : public SpindleTest {};

TEST_F(Library, GoesThroughALife) {
    for (unsigned i = 1; i <= 4; ++i) {
        put("First/" + std::to_string(i) + ".wav", i, 1.0, "Song " + std::to_string(i));
    }
    EXPECT_EQ(add()["added"], 4);
    EXPECT_EQ(add()["unchanged"], 4);
    EXPECT_EQ(run_json({"library", "list"}).size(), 4U);
    const auto records = run_json({"library", "list", "--records"});
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0]["album"], "First");
    const auto sides = run_json({"library", "side", "first", "B3"});
    EXPECT_EQ(sides.at(0)["tracks"][2]["side"], "B");
    EXPECT_EQ(run_json({"library", "show", "song 2"}).at(0)["title"], "Song 2");
    EXPECT_EQ(run({"library", "show", "nothing like it"}).exit_code, 1);
    fs::remove(music() / "First/4.wav");
    const auto report = add();
    EXPECT_EQ(report["missing"].size(), 1U);
    EXPECT_EQ(run({"library", "verify"}).exit_code, 1);
    EXPECT_EQ(run_json({"library", "remove", "--missing"}).at(0)["tracks"].size(), 1U);
    EXPECT_EQ(run_json({"library", "verify", "--deep"}).at(0)["findings"].size(), 0U);
}

TEST_F(Library, TakesWhatFfmpegDecodesAndNamesTheRest) {
    const auto source = (folder_ / "source.wav").string();
    testing::write_tagged_wav(source, {1, "One", "Ann", "First", 1, 2.0});
    const auto make = [&](const std::string& name, std::vector<std::string> how) {
        how.insert(how.begin(), {"-i", source});
        how.push_back((music() / name).string());
        testing::ffmpeg(how);
    };
    make("a.mp3", {});
    make("b.flac", {});
    make("c.ogg", {"-c:a", "libvorbis"});
    make("d.opus", {"-ar", "48000"});
    make("e.m4a", {"-c:a", "aac"});
    make("f.m4a", {"-c:a", "alac"});
    make("g.aiff", {});
    make("h.wav", {"-c:a", "pcm_u8"});
    make("i.flac", {"-ac", "6", "-ar", "96000"});
    testing::ffmpeg(
        {"-f", "lavfi", "-i", "color=size=16x16:duration=0.2", (music() / "video.mp4").string()});
    testing::write_bytes(music() / "empty.mp3", "");
    std::ofstream(music() / "text.mp3") << "hello";
    const auto half = testing::read_bytes(music() / "b.flac");
    testing::write_bytes(music() / "half.flac", half.substr(0, half.size() / 2));
    testing::write_bytes(music() / "header.flac", half.substr(0, 30));
    const auto report = run_json({"library", "add", music().string()}, 1).at(0);
    EXPECT_EQ(report["added"], 10) << report.dump(1); // and half of a file is better than none
    std::set<std::string> failed;
    for (const auto& one : report["failed"]) {
        failed.insert(fs::path(one["path"].get<std::string>()).filename().string());
        EXPECT_THAT(one["message"].get<std::string>(), HasSubstr(one["path"].get<std::string>()));
    }
    EXPECT_EQ(failed, (std::set<std::string>{"empty.mp3", "header.flac", "text.mp3", "video.mp4"}));
    for (const auto& track : run_json({"library", "list"})) {
        EXPECT_EQ(track["title"], track["codec"] == "pcm_u8" ? track["title"] : Json("One"));
    }
}

TEST_F(Library, GivesValidJsonForAnyName) {
    put("caf\xe9 \"x\"\n\x1b[31m.wav", 1, 1.0, "t\xffitle");
    const auto ended = run({"library", "add", music().string(), "--json"});
    EXPECT_EQ(lines_of(ended.out).at(0)["added"], 1);
    EXPECT_EQ(run_json({"library", "list"}).size(), 1U);
    EXPECT_EQ(run({"library", "list"}).out.find('\x1b'), std::string::npos);
}

TEST_F(Library, NamesFoldersItMayNotRead) {
    put("open/1.wav", 1);
    put("locked/2.wav", 2);
    fs::create_directories(data());
    ::chmod(folder_.path().c_str(), 0755);
    ::chmod(data().c_str(), 0777);
    ::chmod((music() / "locked").c_str(), 0);
    Program::Options options;
    options.unprivileged = true;
    const auto ended = run({"library", "add", music().string(), "--json"}, options);
    ::chmod((music() / "locked").c_str(), 0755);
    EXPECT_EQ(ended.exit_code, 1);
    const auto report = lines_of(ended.out).at(0);
    EXPECT_EQ(report["added"], 1);
    ASSERT_EQ(report["failed"].size(), 1U);
    EXPECT_EQ(report["failed"][0]["path"], (music() / "locked").string());
}

TEST_F(Library, SaysWhatToDoWithAnOldOneThatMayNotBeChanged) {
    put("1.wav", 1);
    add();
    {
        std::fstream file(data() / "library.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(60); // of SQLite's header: the version of the schema
        file.write("\0\0\0\1", 4);
    }
    ::chmod(folder_.path().c_str(), 0755);
    ::chmod((data() / "library.db").c_str(), 0444);
    ::chmod(data().c_str(), 0555);
    Program::Options options;
    options.unprivileged = true;
    const auto ended = run({"library", "list"}, options);
    ::chmod(data().c_str(), 0755);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("written by an older Spindle, and may not be changed here"));
    EXPECT_THAT(ended.err, HasSubstr("--data"));
}

TEST_F(Library, SaysWhenItsFolderIsReadOnly) {
    put("1.wav", 1);
    add();
    put("2.wav", 2);
    ::chmod(folder_.path().c_str(), 0755);
    for (const auto& entry : fs::recursive_directory_iterator(data())) {
        ::chmod(entry.path().c_str(), entry.is_directory() ? 0555 : 0444);
    }
    ::chmod(data().c_str(), 0555);
    Program::Options options;
    options.unprivileged = true;
    const auto list = run({"library", "list"}, options);
    const auto verify = run({"library", "verify"}, options);
    const auto again = run({"library", "add", music().string()}, options);
    for (const auto& entry : fs::recursive_directory_iterator(data())) {
        ::chmod(entry.path().c_str(), entry.is_directory() ? 0755 : 0644);
    }
    ::chmod(data().c_str(), 0755);
    EXPECT_EQ(list.exit_code, 0) << list.err;
    EXPECT_EQ(verify.exit_code, 0) << verify.err;
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr(data().string()));
}

TEST_F(Library, LosesNothingWhenTheDiskIsFull) {
    for (unsigned i = 1; i <= 30; ++i) {
        put(std::to_string(i) + ".wav", i, 2.0);
    }
    // No file may grow beyond this: writes fail as they do on a full disk, for one process only.
    std::size_t kept = 0;
    for (const rlim_t limit : {20'000UL, 60'000UL, 120'000UL}) {
        Program::Options options;
        options.largest_file = limit;
        const auto ended = run({"library", "add", music().string(), "--json"}, options);
        EXPECT_EQ(ended.exit_code, 1) << limit;
        EXPECT_THAT(ended.err, HasSubstr("error: ")) << limit;
        EXPECT_EQ(ended.signal, 0);
    }
    const auto report = add();
    kept = report["unchanged"].get<std::size_t>() + report["finished"].get<std::size_t>();
    EXPECT_EQ(kept + report["added"].get<std::size_t>(), 30U) << report.dump(1);
    EXPECT_EQ(run_json({"library", "verify", "--deep"}).at(0)["findings"].size(), 0U);
}

TEST_F(Library, TellsTheSecondOfTwoWritersToWait) {
    for (unsigned i = 1; i <= 20; ++i) {
        put(std::to_string(i) + ".wav", i, 20.0);
    }
    const auto first = start({"library", "add", music().string()});
    ASSERT_TRUE(first->wait_until([&] { return fs::exists(data() / "index" / "LOCK"); }));
    const auto second = run({"library", "add", music().string()});
    const auto reader = run({"library", "list", "--json"});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_THAT(second.err, HasSubstr("in use by"));
    EXPECT_THAT(reader.err, ::testing::Not(HasSubstr("error")));
    EXPECT_EQ(first->wait().exit_code, 0);
    EXPECT_EQ(run_json({"library", "list"}).size(), 20U);
}

TEST_F(Library, WatchesUntilOneChange) {
    put("1.wav", 1);
    const auto watch = start({"library", "watch", music().string(), "--once", "--json"});
    ASSERT_TRUE(watch->wait_until(
        [&] { return watch->words_so_far().find("Watching") != std::string::npos; }));
    put("new folder/2.wav", 2);
    const auto ended = watch->wait();
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const auto reports = lines_of(ended.out);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[1]["added"], 1);
}

TEST_F(Library, EndsWatchingWithCtrlC) {
    put("1.wav", 1);
    const auto watch = start({"library", "watch", music().string()});
    ASSERT_TRUE(watch->wait_until(
        [&] { return watch->words_so_far().find("Watching") != std::string::npos; }));
    watch->send(SIGINT);
    EXPECT_EQ(watch->wait().exit_code, 0);
}

} // namespace
} // namespace spindle::functional
