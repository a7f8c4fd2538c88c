// SPDX-License-Identifier: Apache-2.0
// Whatever happens to the files, after an add the library is what the disk is.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "app/library/add.h"
#include "app/library/verify.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

struct ModelFile {
    unsigned sound = 0;
    std::string title;
};

/// The disk and what is known about it, next to the library under test.
class World {
public:
    World() { backends_.open_library = store::open_sqlite_library; }

    void write(const std::string& name, unsigned sound, const std::string& title) {
        const auto path = at(name);
        fs::create_directories(path.parent_path());
        testing::write_tagged_wav(path, {sound, title, "Ann", "", 0, 0.4});
        // A file system may give two writes within some milliseconds the same time; a person
        // cannot.
        fs::last_write_time(path, fs::file_time_type::clock::now() + std::chrono::seconds(++tick_));
        model_[name] = {sound, title};
    }

    void act() {
        const auto name = *rc::gen::elementOf(kNames);
        const auto other = *rc::gen::elementOf(kNames);
        const auto title = *rc::gen::elementOf(std::vector<std::string>{"", "x", "a long title"});
        const bool there = model_.contains(name);
        switch (*rc::gen::inRange(0, 6)) {
        case 0:
        case 1:
            write(name, *rc::gen::inRange(1U, 7U), title);
            break;
        case 2: // retag
            if (there) {
                write(name, model_[name].sound, title);
            }
            break;
        case 3:
            if (there) {
                fs::remove(at(name));
                model_.erase(name);
            }
            break;
        case 4: // move, perhaps onto another
            if (there && name != other) {
                fs::create_directories(at(other).parent_path());
                fs::rename(at(name), at(other));
                model_[other] = model_[name];
                model_.erase(name);
            }
            break;
        default: // exchange two files
            if (there && model_.contains(other) && name != other) {
                fs::rename(at(name), folder_ / "t");
                fs::rename(at(other), at(name));
                fs::rename(folder_ / "t", at(other));
                std::swap(model_[name], model_[other]);
            }
        }
    }

    void add() {
        write("always/there.wav", 100, "anchor"); // an empty root would count as unmounted
        AddOptions options;
        options.sources.paths = {(folder_ / "music").string()};
        options.threads = *rc::gen::inRange(1U, 3U);
        const auto report = add_to_library(backends_, data(), options, {}, {});
        RC_ASSERT(report.has_value());
        RC_ASSERT(report->failed.empty());
        RC_ASSERT(!report->stopped_by);
    }

    void compare() {
        auto store = store::open_sqlite_library(data(), store::Access::Read).value();
        std::map<std::string, std::string> present; // path -> title
        std::map<unsigned, std::set<TrackId>> ids;  // sound -> tracks
        std::map<std::string, TrackId> track_at;
        RC_ASSERT(store
                      ->each_track([&](const store::Track& track) {
                          for (const auto& file : track.files) {
                              if (!file.missing_since) {
                                  present[file.path] = file.tags.title;
                                  track_at[file.path] = track.id;
                              } else {
                                  RC_ASSERT(!fs::exists(file.path));
                              }
                          }
                          return true;
                      })
                      .has_value());
        RC_ASSERT(present.size() == model_.size());
        std::map<unsigned, TrackId> now;
        std::set<TrackId> all;
        for (const auto& [name, file] : model_) {
            const auto found = present.find(at(name).string());
            RC_ASSERT(found != present.end());
            RC_ASSERT(found->second == file.title);
            const TrackId track = track_at.at(found->first);
            RC_ASSERT(now.emplace(file.sound, track).first->second ==
                      track); // one sound, one track
        }
        for (const auto& [sound, track] : now) {
            RC_ASSERT(all.insert(track).second); // two sounds, two tracks
            const auto before = known_.find(sound);
            RC_ASSERT(before == known_.end() || before->second == track); // ids last
        }
        known_ = now;
        store.reset();
        const auto verified = verify_library(backends_, data(), Depth::Deep, {}, {}).value();
        for (const auto& finding : verified.findings) {
            RC_ASSERT(finding.error.code == Code::NotFound); // the missing ones, and nothing else
        }
    }

private:
    inline static const std::vector<std::string> kNames{"a.wav", "b.wav", "x/c.wav", "x/d.wav"};
    fs::path data() const { return folder_ / "data"; }
    fs::path at(const std::string& name) const { return folder_.path() / "music" / name; }

    testing::TempFolder folder_{testing::memory_folder()};
    Backends backends_;
    std::map<std::string, ModelFile> model_;
    std::map<unsigned, TrackId> known_; // of the sounds present at the last comparison
    int tick_ = 0;
};

TEST(LibraryModel, IsWhatTheDiskIsAfterAnySequenceOfChanges) {
    EXPECT_TRUE(rc::check([] {
        World world;
        const auto rounds = *rc::gen::inRange(1, 4);
        for (int round = 0; round < rounds; ++round) {
            const auto actions = *rc::gen::inRange(1, 6);
            for (int i = 0; i < actions; ++i) {
                world.act();
            }
            world.add();
            world.compare();
        }
    }));
}

} // namespace
} // namespace spindle::app
