// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/temp_folder.h"

namespace spindle::store {
namespace {

Sound sound(std::uint8_t seed) {
    Sound result;
    result.audio.fill(seed);
    result.duration = Seconds{180.5};
    result.codec = "flac";
    return result;
}

Tags tags(const std::string& title, int number = 1) {
    Tags result;
    result.title = title;
    result.artist = "Ann";
    result.album = "First";
    result.track_number = number;
    return result;
}

class SqliteLibrary : public ::testing::Test {
protected:
    std::unique_ptr<LibraryStore> open(Access access = Access::Write) {
        auto store = open_sqlite_library(folder_.path(), access);
        EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
        return std::move(*store);
    }
    testing::TempFolder folder_;
};

TEST_F(SqliteLibrary, GivesBackATrackAsItWasAdded) {
    Tags full = tags("Sóng \"x\" with 'quotes'");
    full.album_artist = "Various";
    full.position = "B2";
    full.mb_recording = "r";
    full.mb_release = "a";
    full.mb_track = "t";
    full.disc_number = 2;
    full.compilation = true;
    const std::string odd_path = "/music/\xff\xfe latin.mp3";
    TrackId id;
    {
        auto store = open();
        id = store->add_track(sound(7), odd_path, {12345678901ULL, -5}, full, 1000).value();
    }
    const auto track = open(Access::Read)->track(id).value();
    ASSERT_TRUE(track);
    EXPECT_EQ(track->sound.audio, sound(7).audio);
    EXPECT_EQ(track->sound.duration, Seconds{180.5});
    EXPECT_EQ(track->sound.codec, "flac");
    EXPECT_EQ(track->state, IndexState::Pending);
    EXPECT_EQ(track->added_at, 1000);
    ASSERT_EQ(track->files.size(), 1U);
    EXPECT_EQ(track->files[0].path, odd_path);
    EXPECT_EQ(track->files[0].stamp, (FileStamp{12345678901ULL, -5}));
    EXPECT_EQ(track->files[0].tags, full);
}

TEST_F(SqliteLibrary, NeverUsesATrackIdTwice) {
    auto store = open();
    const auto first = store->add_track(sound(1), "/a", {}, tags("a"), 0).value();
    const auto file = store->file_at("/a").value()->id;
    EXPECT_EQ(store->remove_files(std::array{file}).value(), std::vector{first});
    store.reset();
    EXPECT_GT(open()->add_track(sound(2), "/b", {}, tags("b"), 0).value(), first);
}

TEST_F(SqliteLibrary, KeepsOneTrackForTwoCopiesUntilTheLastGoes) {
    auto store = open();
    const auto id = store->add_track(sound(1), "/a", {}, tags("a"), 0).value();
    ASSERT_TRUE(store->put_file(id, "/copy", {}, tags("copy")).has_value());
    auto track = store->track_with_audio(sound(1).audio).value();
    ASSERT_EQ(track->files.size(), 2U);
    EXPECT_EQ(track->main_file().path, "/a");

    ASSERT_TRUE(store->set_missing(std::array{track->files[0].id}, 99).has_value());
    EXPECT_EQ(store->track(id).value()->main_file().path, "/copy");
    EXPECT_TRUE(store->remove_files(std::array{track->files[0].id}).value().empty());
    EXPECT_EQ(store->remove_files(std::array{track->files[1].id}).value(), std::vector{id});
    EXPECT_FALSE(store->track(id).value());
}

TEST_F(SqliteLibrary, MovesAFileOverAnotherOnesPlace) {
    auto store = open();
    const auto a = store->add_track(sound(1), "/a", {}, tags("a"), 0).value();
    const auto b = store->add_track(sound(2), "/b", {}, tags("b"), 0).value();
    const auto file = store->file_at("/a").value()->id;
    ASSERT_TRUE(store->move_file(file, "/b", {3, 4}, tags("a2")).has_value());
    EXPECT_EQ(store->remove_orphans().value(), std::vector{b});
    const auto track = store->track(a).value();
    ASSERT_EQ(track->files.size(), 1U);
    EXPECT_EQ(track->files[0].id, file);
    EXPECT_EQ(track->files[0].path, "/b");
    EXPECT_EQ(track->files[0].tags.title, "a2");
}

TEST_F(SqliteLibrary, ReplacedSoundWaitsForTheIndexAgain) {
    auto store = open();
    const auto id = store->add_track(sound(1), "/a", {}, tags("a"), 0).value();
    ASSERT_TRUE(store->set_state(id, IndexState::Indexed).has_value());
    EXPECT_EQ(store->track(id).value()->state, IndexState::Indexed);
    ASSERT_TRUE(store->replace_sound(id, sound(9)).has_value());
    EXPECT_EQ(store->track_states().value(), (std::vector{std::pair{id, IndexState::Pending}}));
    EXPECT_EQ(store->track_with_audio(sound(9).audio).value()->id, id);
}

TEST_F(SqliteLibrary, ForgetsRecordsWithoutFilesAndSidesWithoutTheirTrack) {
    auto store = open();
    const auto a = store->add_track(sound(1), "/x/a", {}, tags("a", 1), 0).value();
    const auto b = store->add_track(sound(2), "/x/b", {}, tags("b", 2), 0).value();
    const auto file_a = store->file_at("/x/a").value()->id;
    const auto file_b = store->file_at("/x/b").value()->id;
    ASSERT_TRUE(store
                    ->form_records(std::array{
                        LibraryStore::Formation{{{}, "Ann", "First", "/x", {}}, {file_a, file_b}}})
                    .has_value());
    const auto record = store->records().value().at(0).id;
    const std::vector sides{SideStart{'A', a}, SideStart{'B', b}};
    ASSERT_TRUE(store->set_sides(record, sides).has_value());
    EXPECT_EQ(store->record(record).value()->sides, sides);
    EXPECT_EQ(store->files_of(record).value().size(), 2U);

    ASSERT_TRUE(store->remove_files(std::array{file_b}).has_value());
    EXPECT_EQ(store->record(record).value()->sides, (std::vector{SideStart{'A', a}}));
    ASSERT_TRUE(store->remove_files(std::array{file_a}).has_value());
    EXPECT_TRUE(store->records().value().empty());
}

TEST_F(SqliteLibrary, RemembersProblemsAndRoots) {
    auto store = open();
    ASSERT_TRUE(store->put_problem({"/bad", {1, 2}, Code::BadInput, "broken", 5}).has_value());
    ASSERT_TRUE(store->put_problem({"/bad", {3, 4}, Code::Unsupported, "drm", 6}).has_value());
    const auto problems = store->problems().value();
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].code, Code::Unsupported);
    EXPECT_EQ(problems[0].stamp, (FileStamp{3, 4}));
    ASSERT_TRUE(store->remove_problem("/bad").has_value());
    EXPECT_TRUE(store->problems().value().empty());
    ASSERT_TRUE(store->add_root("/music").has_value());
    ASSERT_TRUE(store->add_root("/music").has_value());
    EXPECT_EQ(store->roots().value(), std::vector<std::string>{"/music"});
}

TEST_F(SqliteLibrary, ReadersGoOnWhileOneWrites) {
    auto writer = open();
    auto reader = open(Access::Read);
    const auto id = writer->add_track(sound(1), "/a", {}, tags("a"), 0).value();
    EXPECT_TRUE(reader->track(id).value());
    EXPECT_FALSE(reader->add_root("/x").has_value());
}

TEST_F(SqliteLibrary, SaysHowToBeginWhenThereIsNone) {
    const auto store = open_sqlite_library(folder_ / "nothing", Access::Read);
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code, Code::NotFound);
    EXPECT_NE(store.error().message.find("library add"), std::string::npos);
}

TEST_F(SqliteLibrary, RefusesASchemaFromTheFuture) {
    open();
    {
        auto database = Database::open(folder_ / "library.db", Access::Write).value();
        ASSERT_TRUE(database->execute("PRAGMA user_version = 999").has_value());
    }
    for (const Access access : {Access::Read, Access::Write}) {
        const auto store = open_sqlite_library(folder_.path(), access);
        ASSERT_FALSE(store.has_value());
        EXPECT_NE(store.error().message.find("newer Spindle"), std::string::npos);
    }
}

TEST_F(SqliteLibrary, RefusesForeignAndDamagedFiles) {
    std::ofstream(folder_ / "library.db") << std::string(5000, 'x');
    const auto foreign = open_sqlite_library(folder_.path(), Access::Write);
    ASSERT_FALSE(foreign.has_value());
    EXPECT_EQ(foreign.error().code, Code::BadInput);

    std::filesystem::remove(folder_ / "library.db");
    {
        auto database = Database::open(folder_ / "library.db", Access::Write).value();
        ASSERT_TRUE(database->execute("CREATE TABLE recipes (name TEXT)").has_value());
    }
    const auto other = open_sqlite_library(folder_.path(), Access::Write);
    ASSERT_FALSE(other.has_value());
    EXPECT_NE(other.error().message.find("not a Spindle library"), std::string::npos);
}

TEST_F(SqliteLibrary, FindsDamageInItsPages) {
    {
        auto store = open();
        for (int i = 0; i < 200; ++i) {
            auto one = sound(0);
            one.audio[0] = static_cast<std::uint8_t>(i);
            ASSERT_TRUE(
                store->add_track(one, "/music/" + std::to_string(i), {}, tags("t"), 0).has_value());
        }
        EXPECT_TRUE(store->check().value().empty());
    }
    const auto path = folder_ / "library.db";
    const auto size = std::filesystem::file_size(path);
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 2));
        file << std::string(3000, '\x5a');
    }
    const auto store = open_sqlite_library(folder_.path(), Access::Read);
    if (!store) {
        EXPECT_EQ(store.error().code, Code::BadInput);
        return;
    }
    const auto findings = (*store)->check();
    EXPECT_TRUE(!findings || !findings->empty());
}

TEST_F(SqliteLibrary, RunsEveryMigrationOnce) {
    open();
    open();
    auto database = Database::open(folder_ / "library.db", Access::Read).value();
    auto version = database->prepare("PRAGMA user_version").value();
    ASSERT_TRUE(version.step().value());
    EXPECT_EQ(version.integer(0), static_cast<std::int64_t>(migrations().size()));
}

/// A library as the first Spindle wrote it.
void write_first_schema(const std::filesystem::path& folder) {
    auto database = Database::open(folder / "library.db", Access::Write).value();
    ASSERT_TRUE(database->execute(migrations().front().sql));
    ASSERT_TRUE(database->execute("PRAGMA user_version = 1"));
}

TEST_F(SqliteLibrary, IsBroughtUpToDateByWhoOnlyWantsToRead) {
    write_first_schema(folder_.path());
    const auto collection = open_sqlite_collection(folder_.path(), Access::Read);
    ASSERT_TRUE(collection) << collection.error().message;
    EXPECT_TRUE((*collection)->copies().value().empty());
    const auto store = open_sqlite_library(folder_.path(), Access::Read);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_TRUE((*store)->check().value().empty());
}

TEST_F(SqliteLibrary, IsBroughtUpToDateOnceByManyReaders) {
    write_first_schema(folder_.path());
    std::atomic<int> opened = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 8; ++i) {
            readers.emplace_back([&] {
                const auto store = open_sqlite_collection(folder_.path(), Access::Read);
                opened += store && (*store)->copies() ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(opened, 8);
}

TEST_F(SqliteLibrary, IsNotMadeOfAForeignDatabaseByAReader) {
    {
        auto database = Database::open(folder_ / "library.db", Access::Write).value();
        ASSERT_TRUE(database->execute("CREATE TABLE recipes (name TEXT)"));
    }
    const auto store = open_sqlite_library(folder_.path(), Access::Read);
    ASSERT_FALSE(store);
    EXPECT_NE(store.error().message.find("not a Spindle library"), std::string::npos);
}

TEST_F(SqliteLibrary, TellsASecondWriterToWait) {
    auto store = open();
    auto other = Database::open(folder_ / "library.db", Access::Write).value();
    ASSERT_TRUE(other->execute("PRAGMA busy_timeout = 1").has_value());
    const auto transaction = Transaction::begin(*other).value();
    auto third = Database::open(folder_ / "library.db", Access::Write).value();
    ASSERT_TRUE(third->execute("PRAGMA busy_timeout = 1").has_value());
    const auto second = Transaction::begin(*third);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Code::Busy);
}

TEST_F(SqliteLibrary, KeepsTheLandmarksOfATrackThatIsOnVinylOnly) {
    auto store = open();
    const std::vector<std::uint8_t> landmarks{1, 2, 3, 4};
    const auto enrol = [&](std::uint8_t seed, const std::string& path) {
        return store->enrol(sound(seed), path, tags("One"), landmarks, 1000).value();
    };
    const TrackId id = enrol(1, "vinyl:Ann/First/A1");
    EXPECT_EQ(store->track(id).value()->state, IndexState::Pending);
    EXPECT_EQ(store->kept_landmarks(id).value(), landmarks);
    ASSERT_TRUE(store->set_state(id, IndexState::Indexed));
    // Played again it is another sound, and the same track.
    EXPECT_EQ(enrol(2, "vinyl:Ann/First/A1"), id);
    EXPECT_EQ(store->track(id).value()->state, IndexState::Pending);
    // The same sound under another name: one track with two places.
    EXPECT_EQ(enrol(2, "vinyl:Ann/Other/A1"), id);
    EXPECT_EQ(store->track(id).value()->files.size(), 2U);
    EXPECT_TRUE(store->kept_landmarks(TrackId{99}).value().empty());
    std::vector<FileId> files;
    const auto entered = store->track(id).value();
    for (const TrackFile& file : entered->files) {
        files.push_back(file.id);
    }
    ASSERT_TRUE(store->remove_files(files));
    EXPECT_TRUE(store->kept_landmarks(id).value().empty());
}

} // namespace
} // namespace spindle::store
