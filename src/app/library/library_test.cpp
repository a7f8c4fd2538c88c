// SPDX-License-Identifier: Apache-2.0
// The library's use cases together, on real files, the SQLite store and the real index.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "app/library/add.h"
#include "app/library/query.h"
#include "app/library/remove.h"
#include "app/library/side.h"
#include "app/library/verify.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/media.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

class LibraryUse : public ::testing::Test {
protected:
    LibraryUse() {
        backends_.open_library = store::open_sqlite_library;
        fs::create_directories(music());
    }

    fs::path music() const { return folder_ / "music"; }
    fs::path data() const { return folder_ / "data"; }

    void put(const std::string& name, unsigned sound, const std::string& title = {},
             const std::string& album = {}, int number = 0) {
        fs::create_directories((music() / name).parent_path());
        testing::write_tagged_wav(music() / name, {sound, title, "Ann", album, number});
    }

    AddReport add(std::vector<std::string> paths = {}, Retry retry = Retry::Changed) {
        AddOptions options;
        options.sources.paths =
            paths.empty() ? std::vector<std::string>{music().string()} : std::move(paths);
        options.retry = retry;
        options.threads = 2;
        auto report = add_to_library(backends_, data(), options, {}, {});
        EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().message);
        return std::move(report).value_or(AddReport{});
    }

    std::unique_ptr<store::LibraryStore> store() {
        return store::open_sqlite_library(data(), store::Access::Read).value();
    }

    TrackId track_at(const std::string& name) {
        const auto file = store()->file_at((music() / name).string()).value();
        return file ? file->track : TrackId{};
    }

    void expect_whole() {
        const auto report = verify_library(backends_, data(), Depth::Deep, {}, {}).value();
        for (const auto& finding : report.findings) {
            ADD_FAILURE() << finding.error.message;
        }
    }

    testing::TempFolder folder_{testing::memory_folder()};
    Backends backends_;
};

TEST_F(LibraryUse, AddsMusicWithItsTags) {
    put("First/1.wav", 1, "Opening", "First", 1);
    put("First/2.wav", 2, "", "First", 2);
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Added), 2U);
    EXPECT_TRUE(report.failed.empty());
    EXPECT_NEAR(report.music.count(), 3.0, 0.1);
    const auto track = store()->track(track_at("First/1.wav")).value();
    EXPECT_EQ(track->main_file().tags.title, "Opening");
    EXPECT_EQ(track->main_file().tags.album, "First");
    EXPECT_EQ(track->state, store::IndexState::Indexed);
    EXPECT_NEAR(track->sound.duration.count(), 1.5, 0.01);
    EXPECT_EQ(title_of(store()->track(track_at("First/2.wav")).value()->main_file()), "2");
    expect_whole();
}

TEST_F(LibraryUse, SkipsWhatHasNotChanged) {
    put("1.wav", 1);
    add();
    const auto report = add();
    EXPECT_EQ(report.unchanged, 1U);
    EXPECT_TRUE(report.taken.empty());
}

TEST_F(LibraryUse, ChangesOnlyTagsWhenTheSoundIsTheSame) {
    put("1.wav", 1, "Old");
    add();
    const auto id = track_at("1.wav");
    put("1.wav", 1, "A new and longer title");
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Updated), 1U);
    EXPECT_EQ(report.music, Seconds{0}); // nothing was decoded
    EXPECT_EQ(track_at("1.wav"), id);
    EXPECT_EQ(store()->track(id).value()->main_file().tags.title, "A new and longer title");
    expect_whole();
}

TEST_F(LibraryUse, FollowsFilesThatWereMovedAndRetagged) {
    put("a/1.wav", 1, "One");
    put("a/2.wav", 2, "Two");
    add();
    const auto one = track_at("a/1.wav");
    fs::create_directories(music() / "b");
    fs::rename(music() / "a/1.wav", music() / "b/uno.wav");
    put("b/uno.wav", 1, "Uno");
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Moved), 1U);
    EXPECT_TRUE(report.missing.empty());
    EXPECT_EQ(track_at("b/uno.wav"), one);
    EXPECT_EQ(store()->track(one).value()->files.size(), 1U);
    expect_whole();
}

TEST_F(LibraryUse, FollowsTwoFilesThatChangedNames) {
    put("a.wav", 1);
    put("b.wav", 2, "longer so that the size differs");
    add();
    const auto a = track_at("a.wav");
    const auto b = track_at("b.wav");
    fs::rename(music() / "a.wav", music() / "t");
    fs::rename(music() / "b.wav", music() / "a.wav");
    fs::rename(music() / "t", music() / "b.wav");
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Moved), 2U);
    EXPECT_EQ(track_at("a.wav"), b);
    EXPECT_EQ(track_at("b.wav"), a);
    expect_whole();
}

TEST_F(LibraryUse, KeepsTheTrackWhenABetterRipReplacesIt) {
    put("1.wav", 1);
    add();
    const auto id = track_at("1.wav");
    put("1.wav", 9, "other sound");
    EXPECT_EQ(add().count(Outcome::Replaced), 1U);
    EXPECT_EQ(track_at("1.wav"), id);
    expect_whole();
}

TEST_F(LibraryUse, DoesNotConfuseAMovedFileWithWhatTookItsPlace) {
    put("1.wav", 1);
    add();
    const auto id = track_at("1.wav");
    fs::rename(music() / "1.wav", music() / "2.wav");
    put("1.wav", 9, "other sound");
    const auto report = add();
    EXPECT_EQ(track_at("2.wav"), id);
    EXPECT_NE(track_at("1.wav"), id);
    EXPECT_EQ(store()->track(id).value()->files.size(), 1U);
    expect_whole();
}

TEST_F(LibraryUse, KnowsCopiesAsOneTrack) {
    put("1.wav", 1);
    put("copy/1.wav", 1, "other tags");
    put("third.wav", 1);
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Added), 1U);
    EXPECT_EQ(report.count(Outcome::Copied), 2U);
    EXPECT_EQ(store()->track(track_at("1.wav")).value()->files.size(), 3U);
    expect_whole();
}

TEST_F(LibraryUse, ReportsWhatIsGoneAndWelcomesItBack) {
    put("1.wav", 1);
    put("2.wav", 2);
    add();
    const auto id = track_at("1.wav");
    fs::rename(music() / "1.wav", folder_ / "away.wav");
    auto report = add();
    EXPECT_EQ(report.missing, std::vector{(music() / "1.wav").string()});
    EXPECT_TRUE(store()->track(id).value()->main_file().missing_since);
    EXPECT_EQ(add().still_missing, 1U);
    fs::rename(folder_ / "away.wav", music() / "1.wav");
    report = add();
    EXPECT_EQ(report.returned.size(), 1U);
    EXPECT_EQ(track_at("1.wav"), id);
    expect_whole();
}

TEST_F(LibraryUse, DoesNotForgetMusicOnADiskThatIsNotMounted) {
    put("1.wav", 1);
    add();
    fs::rename(music() / "1.wav", folder_ / "1.wav");
    const auto report = add();
    EXPECT_TRUE(report.missing.empty());
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_NE(report.warnings[0].find("mounted"), std::string::npos);
    fs::remove(music());
    const auto gone = add();
    EXPECT_EQ(gone.failed.size(), 1U);
    EXPECT_TRUE(gone.missing.empty());
}

TEST_F(LibraryUse, GoesOnAfterBadFilesAndTriesThemAgainWhenTheyChange) {
    put("1.wav", 1);
    std::ofstream(music() / "bad.mp3") << "not sound";
    testing::write_bytes(music() / "empty.ogg", "");
    auto report = add();
    EXPECT_EQ(report.count(Outcome::Added), 1U);
    EXPECT_EQ(report.failed.size(), 2U);
    EXPECT_EQ(report.failed_before, 0U);
    report = add();
    EXPECT_EQ(report.failed.size(), 2U);
    EXPECT_EQ(report.failed_before, 2U);
    EXPECT_EQ(add({}, Retry::Everything).failed_before, 0U);
    fs::remove(music() / "empty.ogg");
    testing::write_tagged_wav(music() / "bad.mp3", {5, {}, {}, {}});
    report = add();
    EXPECT_TRUE(report.failed.empty());
    EXPECT_EQ(report.count(Outcome::Added), 1U);
    EXPECT_TRUE(store()->problems().value().empty());
}

TEST_F(LibraryUse, HearsAgainWhatTheIndexHasLost) {
    put("1.wav", 1);
    put("2.wav", 2);
    add();
    fs::remove_all(index_folder(data()));
    const auto report = add();
    EXPECT_EQ(report.count(Outcome::Finished), 2U);
    expect_whole();
}

TEST_F(LibraryUse, RemovesFromTheIndexWhatTheStoreDoesNotKnow) {
    put("1.wav", 1);
    add();
    for (const char* file : {"library.db", "library.db-wal", "library.db-shm"}) {
        fs::remove(data() / file);
    }
    put("1.wav", 7);
    put("2.wav", 8);
    put("3.wav", 9);
    add();
    expect_whole();
}

TEST_F(LibraryUse, LooksAgainAtFoldersAddedBefore) {
    put("1.wav", 1);
    add();
    put("2.wav", 2);
    const auto report = add_to_library(backends_, data(), {}, {}, {}).value();
    EXPECT_EQ(report.count(Outcome::Added), 1U);
    EXPECT_EQ(report.unchanged, 1U);
}

TEST_F(LibraryUse, TakesTheFilesOfPlaylists) {
    put("ok/caf\u00e9.wav", 1);
    put("ok/b c.wav", 2);
    std::ofstream(music() / "list.m3u") << "ok\\cafe\u0301.wav\nfile://" << music().string()
                                        << "/ok/b%20c.wav\nhttp://x/y\nnot/there.wav\n";
    const auto report = add({(music() / "list.m3u").string()});
    EXPECT_EQ(report.count(Outcome::Added), 2U);
    EXPECT_EQ(report.remote, 1U);
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_NE(report.failed[0].error.message.find("list.m3u"), std::string::npos);
}

TEST_F(LibraryUse, TakesAPlaylistOfAnAppleLibrary) {
    put("a.wav", 1);
    put("b.wav", 2);
    const auto track = [](int id, const std::string& name) {
        return fmt::format(
            "<key>{0}</key><dict><key>Track ID</key><integer>{0}</integer><key>Location"
            "</key><string>file:///Users/ann/Music/{1}</string></dict>",
            id, name);
    };
    std::ofstream(music() / "Library.xml")
        << "<plist><dict><key>Tracks</key><dict>" << track(1, "a.wav") << track(2, "b.wav")
        << "</dict><key>Playlists</key><array><dict><key>Name</key><string>Vinyl</string>"
           "<key>Playlist Items</key><array><dict><key>Track ID</key><integer>2</integer></dict>"
           "</array></dict></array></dict></plist>";
    AddOptions options;
    options.sources.paths = {(music() / "Library.xml").string()};
    options.sources.playlists = {"Vinyl"};
    options.sources.path_map = {"/Users/ann/Music=" + music().string()};
    const auto report = add_to_library(backends_, data(), options, {}, {}).value();
    EXPECT_EQ(report.count(Outcome::Added), 1U);
    EXPECT_NE(track_at("b.wav"), TrackId{});
    options.sources.playlists = {"Jazz"};
    const auto missing = add_to_library(backends_, data(), options, {}, {});
    ASSERT_FALSE(missing.has_value());
    EXPECT_NE(missing.error().message.find("Vinyl"), std::string::npos);
}

TEST_F(LibraryUse, TellsASecondWriterToWait) {
    put("1.wav", 1);
    auto writer = LibraryWriter::open(backends_, data());
    ASSERT_TRUE(writer.has_value());
    AddOptions options;
    options.sources.paths = {music().string()};
    const auto second = add_to_library(backends_, data(), options, {}, {});
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Code::Busy);
}

TEST_F(LibraryUse, StopsSoonAndGoesOnLater) {
    for (unsigned i = 1; i <= 12; ++i) {
        put(std::to_string(i) + ".wav", i);
    }
    std::stop_source stop;
    AddOptions options;
    options.sources.paths = {music().string()};
    options.threads = 1;
    const ProgressSink progress = [&](const Progress& now) {
        if (now.step == "indexing" && now.done == 4) {
            stop.request_stop();
        }
    };
    const auto report =
        add_to_library(backends_, data(), options, progress, stop.get_token()).value();
    EXPECT_TRUE(report.interrupted);
    EXPECT_EQ(report.count(Outcome::Added), 4U);
    expect_whole();
    EXPECT_EQ(add().count(Outcome::Added), 8U);
    expect_whole();
}

TEST_F(LibraryUse, ForgetsWhatIsRemovedAndWhatIsMissing) {
    put("1.wav", 1);
    put("2.wav", 2);
    put("sub/3.wav", 3);
    add();
    const auto one = track_at("1.wav");
    RemoveOptions options;
    options.names = {std::to_string(one.value), "nothing", (music() / "sub").string()};
    auto report = remove_from_library(backends_, data(), options, {}).value();
    EXPECT_EQ(report.tracks.size(), 2U);
    EXPECT_EQ(report.not_found, std::vector<std::string>{"nothing"});
    EXPECT_EQ(report.warnings.size(), 1U); // they will come back
    EXPECT_TRUE(fs::exists(music() / "1.wav"));
    fs::remove(music() / "2.wav");
    add();
    report = remove_from_library(backends_, data(), {{}, true}, {}).value();
    EXPECT_EQ(report.files.size(), 1U);
    expect_whole();
}

TEST_F(LibraryUse, ForgetsAFolderByTheNameItHadThoughALinkIsThereNow) {
    put("1.wav", 1);
    add();
    const fs::path before = fs::canonical(music());
    fs::rename(before, before.string() + "-2");
    fs::create_directory_symlink(before.string() + "-2", before);
    const auto report =
        remove_from_library(backends_, data(), {.names = {before.string()}}, {}).value();
    EXPECT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.roots, std::vector<std::string>{before.string()});
    EXPECT_TRUE(report.not_found.empty());
}

TEST_F(LibraryUse, SetsWhereSidesBegin) {
    for (int i = 1; i <= 6; ++i) {
        put("Rec/" + std::to_string(i) + ".wav", static_cast<unsigned>(i), "Song", "First", i);
    }
    add();
    auto store = store::open_sqlite_library(data(), store::Access::Write).value();
    const auto view = set_sides(*store, "ann first", {{'B', 4}}, Earlier::Keep).value();
    EXPECT_EQ(view.sides, (std::vector{'A', 'A', 'A', 'B', 'B', 'B'}));
    EXPECT_EQ(set_sides(*store, "R1", {{'C', 6}}, Earlier::Keep).value().sides.back(), 'C');
    EXPECT_FALSE(set_sides(*store, "R1", {{'D', 2}}, Earlier::Keep).has_value());
    EXPECT_FALSE(set_sides(*store, "R1", {{'D', 7}}, Earlier::Keep).has_value());
    EXPECT_FALSE(set_sides(*store, "other", {}, Earlier::Keep).has_value());
    store.reset();
    fs::rename(music() / "Rec", music() / "Renamed");
    add();
    EXPECT_EQ(find_record(*this->store(), "first").value().sides.back(), 'C');
    EXPECT_EQ(parse_side("b5").value().track, 5U);
    for (const char* wrong : {"", "B", "5", "B0", "BB5", "B5x"}) {
        EXPECT_FALSE(parse_side(wrong).has_value()) << wrong;
    }
}

TEST_F(LibraryUse, FindsTracksByNumberPathAndWords) {
    put("1.wav", 1, "Caf\u00e9 del Mar", "Blue");
    put("2.wav", 2, "Other", "Blue");
    add();
    auto open = store();
    EXPECT_EQ(find(*open, "CAFE DEL", 10).value().tracks.size(), 1U);
    EXPECT_EQ(find(*open, "blue", 10).value().records.size(), 1U);
    EXPECT_EQ(find(*open, "blue", 1).value().tracks.size(), 1U);
    EXPECT_EQ(find(*open, (music() / "2.wav").string(), 10).value().tracks.size(), 1U);
    EXPECT_EQ(find(*open, "1", 10).value().tracks.size(), 1U);
    EXPECT_EQ(find(*open, "R1", 10).value().records.size(), 1U);
    EXPECT_TRUE(find(*open, "zzz", 10).value().tracks.empty());
}

TEST_F(LibraryUse, VerifyFindsWhatHasGoneWrong) {
    put("1.wav", 1);
    put("2.wav", 2);
    put("3.wav", 3);
    add();
    const auto time = fs::last_write_time(music() / "1.wav");
    {
        std::fstream file(music() / "1.wav", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5000);
        file << "bit rot";
    }
    fs::last_write_time(music() / "1.wav", time);
    fs::remove(music() / "2.wav");
    EXPECT_EQ(verify_library(backends_, data(), Depth::Quick, {}, {}).value().findings.size(), 1U);
    EXPECT_EQ(verify_library(backends_, data(), Depth::Deep, {}, {}).value().findings.size(), 2U);
    fs::remove_all(index_folder(data()));
    const auto report = verify_library(backends_, data(), Depth::Quick, {}, {}).value();
    EXPECT_EQ(report.findings.size(), 2U);
}

} // namespace
} // namespace spindle::app
