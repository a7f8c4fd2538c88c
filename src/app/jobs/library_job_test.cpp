// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "app/jobs/library_job.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class MusicPath : public ::testing::Test {
protected:
    MusicPath() {
        fs::create_directories(folder_ / "music/new");
        fs::create_directories(folder_ / "data/jobs");
        std::ofstream(folder_ / "music/list.m3u") << "new\n";
    }
    Result<fs::path> checked(const std::string& word) {
        return checked_music_path(word, folder_ / "data");
    }
    Code refused(const std::string& word) {
        const auto path = checked(word);
        EXPECT_FALSE(path) << word.substr(0, 60);
        return path ? Code::Failed : path.error().code;
    }
    testing::TempFolder folder_;
};

TEST_F(MusicPath, MayBeAFolderOrAFile) {
    const fs::path music = fs::canonical(folder_ / "music");
    EXPECT_EQ(checked((folder_ / "music").string()).value(), music);
    EXPECT_EQ(checked((folder_ / "music/new/..//new/").string()).value(), music / "new");
    EXPECT_EQ(checked((folder_ / "music/list.m3u").string()).value(), music / "list.m3u");
    fs::create_directory_symlink(folder_ / "music", folder_ / "link");
    EXPECT_EQ(checked((folder_ / "link").string()).value(), music);
}

TEST_F(MusicPath, IsRefusedWhereNoMusicCanBe) {
    for (const char* const word :
         {"", "music", "./music", "../music", "/", "/proc", "/proc/self/fd", "/sys/class", "/dev",
          "/dev/null", "~nobody/music"}) {
        EXPECT_EQ(refused(word), Code::BadInput) << word;
    }
    EXPECT_EQ(refused(std::string("/tmp\0/x", 7)), Code::BadInput);
    EXPECT_EQ(refused("/" + std::string(5000, 'x')), Code::BadInput);
    EXPECT_EQ(refused((folder_ / "nowhere").string()), Code::NotFound);
    EXPECT_EQ(refused((folder_ / "music/list.m3u/x").string()), Code::NotFound);
    EXPECT_EQ(refused((folder_ / "data").string()), Code::BadInput);
    EXPECT_EQ(refused((folder_ / "data/jobs").string()), Code::BadInput);
    fs::create_directory_symlink("/proc", folder_ / "music/trap");
    EXPECT_EQ(refused((folder_ / "music/trap").string()), Code::BadInput);
    const fs::path pipe = folder_ / "music/pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(refused(pipe.string()), Code::BadInput); // reading it would never end
    const auto long_word = checked("/" + std::string(300, 'x'));
    EXPECT_LT(long_word.error().message.size(), 400U);
}

TEST_F(MusicPath, GoesIntoAJobAndBack) {
    const LibraryJob job{"/home/ann/Müsic \"new\"", Retry::Everything};
    const auto back = read_library_job(text_of(job)).value();
    EXPECT_EQ(back.path, job.path);
    EXPECT_EQ(back.retry, job.retry);
    EXPECT_EQ(back.task, LibraryTask::Look);
    const LibraryJob gone{.path = "/a", .task = LibraryTask::Forget};
    EXPECT_EQ(read_library_job(text_of(gone)).value().task, LibraryTask::Forget);
    // As an older Spindle kept it.
    EXPECT_EQ(read_library_job(R"({"path":"/a","retry":false})").value().task, LibraryTask::Look);
    for (const char* const text : {"", "{", "[]", "{}", R"({"path":1,"retry":true})"}) {
        EXPECT_EQ(read_library_job(text).error().code, Code::BadInput) << text;
    }
}

} // namespace
} // namespace spindle::app
