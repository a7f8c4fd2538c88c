// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/library/enrol.h"
#include "app/play/distant_ear.h"
#include "app/play/distant_ears.h"
#include "audio/file_capture.h"
#include "fingerprint/file_index.h"
#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_play_store.h"
#include "testing/media.h"
#include "testing/synthetic_music.h"
#include "testing/temp_folder.h"
#include "turntable/side_recorder.h"

namespace spindle::app {
namespace {

constexpr int kRate = 8000;
constexpr UtcTime kEvening{std::chrono::seconds{1'795'262'400}};

/// A record with two tracks, enrolled; and a recording of an evening with it.
class DistantEarsTest : public ::testing::Test {
protected:
    void SetUp() override {
        turntable::SideRecorder recorder({.source = turntable::RecorderOptions::Source::Recording});
        recorder.feed(side());
        const EnrolledSide record{"Ann", "Record", 'A', {{"First", {}}, {"Second", {}}}};
        const auto heard = recorder.finish();
        for (const auto& data : {here(), there()}) {
            ASSERT_TRUE(enrol_side(backends_, data, record, heard, {}));
        }
        std::vector<float> evening = testing::white_noise(9, 6, 0.0002);
        for (int i = 0; i < 2; ++i) {
            const auto one = side();
            evening.insert(evening.end(), one.begin(), one.end());
            const auto rest = testing::white_noise(10, 75, 0.0002);
            evening.insert(evening.end(), rest.begin(), rest.end());
        }
        testing::write_wav(wav(), evening, kRate);
    }
    static std::vector<float> side() {
        std::vector<float> sound = testing::white_noise(1, 4, 0.003);
        const auto append = [&sound](const std::vector<float>& more, float gain) {
            for (const float sample : more) {
                sound.push_back(gain * sample);
            }
        };
        append(testing::synthetic_music(1, 40), 0.5F);
        append(testing::white_noise(2, 3, 0.003), 1);
        append(testing::synthetic_music(2, 40), 0.5F);
        append(testing::white_noise(3, 10, 0.003), 1);
        return sound;
    }
    /// Data of a machine that listens itself, and of one that is sent what a box heard.
    std::filesystem::path here() const { return folder_ / "here"; }
    std::filesystem::path there() const { return folder_ / "there"; }
    std::filesystem::path wav() const { return folder_ / "evening.wav"; }
    std::filesystem::path ears() const { return folder_ / "ears"; }

    std::unique_ptr<DistantEars> make_ears() {
        auto made = std::make_unique<DistantEars>(
            backends_, there(), ears(), [](const std::string&, const ListeningEvent&) {}, nullptr);
        EXPECT_TRUE(made->resume());
        return made;
    }
    /// Plays the evening to a box whose batches go by `send`.
    Result<DistantEarReport> listen(const EarLine& line, Seconds batch = Seconds{0.01}) {
        DistantEarOptions options;
        options.batch = batch;
        options.patience = patience_;
        options.first_wait = options.longest_wait = Seconds{0.001};
        const auto capture = evening();
        return hear_for(line, folder_ / "outgoing", *capture, clocks_, options,
                        [this](const std::string& note) { notes_ += note + "; "; });
    }
    std::unique_ptr<audio::Capture> evening() const {
        return audio::open_file_capture(wav(), {.start = BootTime{std::chrono::hours{4}}}).value();
    }
    void listen_here() {
        auto library = backends_.open_library(here(), store::Access::Read).value();
        auto plays = backends_.open_plays(here(), store::Access::Write).value();
        Listening listening(index_folder(here()), *library, *plays, clocks_);
        ASSERT_TRUE(listening.run(*evening(), {[](const ListeningEvent&) {}, {}}));
    }
    static std::string kept(const std::filesystem::path& data) {
        std::string all;
        auto store = store::open_sqlite_plays(data, store::Access::Read).value();
        EXPECT_TRUE(store->each_play(0, std::int64_t{1} << 60, [&](const store::StoredPlay& play) {
            all =
                fmt::format("{} {:.1f} s of {}; ", play.started, play.played.count(), play.title) +
                all;
            return true;
        }));
        const auto styli = store->styli().value();
        for (const auto& stylus : styli) {
            all += fmt::format("stylus {:.1f} s", stylus.music.count());
        }
        return all;
    }

    testing::TempFolder folder_;
    Backends backends_ = [] {
        Backends backends{store::open_sqlite_library};
        backends.open_plays = store::open_sqlite_plays;
        return backends;
    }();
    ClockSources clocks_{[] { return BootTime{std::chrono::hours{5}}; }, [] { return kEvening; },
                         [] { return true; }, [] { return true; }};
    std::string notes_;
    Seconds patience_{10};
};

EarLine line_to(DistantEars& ears) {
    return {[&ears](const std::string& stream, const HeardBatch& batch,
                    const std::stop_token&) -> Result<std::uint64_t> {
                // As it goes over the wire.
                SPINDLE_TRY(auto arrived, heard_batch_of(to_bytes(batch)));
                SPINDLE_TRY(const auto answer,
                            ears.take("box", stream, std::move(arrived), kEvening));
                return answer.next;
            },
            [&ears](const std::string& stream, const std::stop_token&) {
                return ears.end("box", stream);
            }};
}

TEST_F(DistantEarsTest, KeepWhatAnEarInTheSameMachineWould) {
    listen_here();
    const auto ears = make_ears();
    const auto report = listen(line_to(*ears)).value();
    EXPECT_EQ(report.waiting, 0U) << notes_;
    EXPECT_NEAR(report.heard.count(), 6 + 2 * (97 + 75), 0.1);
    EXPECT_NE(kept(here()).find("Second"), std::string::npos) << kept(here());
    EXPECT_EQ(kept(there()), kept(here()));
    EXPECT_TRUE(std::filesystem::is_empty(this->ears())); // nothing is left behind
}

TEST_F(DistantEarsTest, LoseAndDoubleNothingWhateverHappensToTheLineAndTheServer) {
    listen_here();
    auto ears = make_ears();
    std::mt19937 random(7);
    int restarts = 0;
    EarLine line = line_to(*ears);
    const EarLine faulty{
        [&](const std::string& stream, const HeardBatch& batch,
            const std::stop_token& stop) -> Result<std::uint64_t> {
            const unsigned what = random() % 8;
            if (what == 0) {
                return fail(Code::Failed, "no line");
            }
            if (what == 1) { // as after a kill: nothing is finished in order
                ears.reset();
                ears = make_ears();
                line = line_to(*ears);
                ++restarts;
            }
            auto answer = line.send(stream, batch, stop);
            if (what == 2) {
                answer = line.send(stream, batch, stop); // a proxy that sends it again
            }
            return what == 3 ? Result<std::uint64_t>(fail(Code::Failed, "the answer was lost"))
                             : answer;
        },
        [&](const std::string& stream, const std::stop_token& stop) {
            return random() % 2 == 0 ? Result<void>(fail(Code::Failed, "no line"))
                                     : line.end(stream, stop);
        }};
    const auto report = listen(faulty).value();
    EXPECT_EQ(report.waiting, 0U) << notes_;
    EXPECT_GT(restarts, 0);
    EXPECT_EQ(kept(there()), kept(here()));
}

TEST_F(DistantEarsTest, GetWhatWaitedInTheBoxWithItsNextRun) {
    listen_here();
    const EarLine gone{
        [](const std::string&, const HeardBatch&, const std::stop_token&) -> Result<std::uint64_t> {
            return fail(Code::Failed, "no line");
        },
        [](const std::string&, const std::stop_token&) -> Result<void> {
            return fail(Code::Failed, "no line");
        }};
    patience_ = Seconds{0};
    const auto first = listen(gone).value();
    EXPECT_GT(first.waiting, 0U);
    EXPECT_EQ(first.sent, 0U);
    patience_ = Seconds{10};
    testing::write_wav(wav(), testing::white_noise(9, 3, 0.0002), kRate); // another, silent evening
    const auto ears = make_ears();
    EXPECT_EQ(listen(line_to(*ears)).value().waiting, 0U);
    EXPECT_EQ(kept(there()), kept(here()));
}

TEST_F(DistantEarsTest, EndTheEarThatIsNotLetIn) {
    EarLine line{
        [](const std::string&, const HeardBatch&, const std::stop_token&) -> Result<std::uint64_t> {
            return fail(Code::NoAccess, "not paired");
        },
        nullptr};
    EXPECT_EQ(listen(line).error().code, Code::NoAccess);
    std::size_t kept = 0; // what was heard waits for the day it is let in
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "outgoing")) {
        kept += entry.path().extension() == ".heard" ? 1 : 0;
    }
    EXPECT_GT(kept, 0U);
}

TEST_F(DistantEarsTest, RefuseNamesThatArePathsAndGaps) {
    const auto ears = make_ears();
    HeardBatch batch;
    batch.boot = std::string(36, 'x');
    batch.pieces.resize(1);
    const std::string stream = "00000001-" + std::string(32, 'a');
    for (const std::string& odd : {std::string("../../etc"), std::string(), stream + "x"}) {
        EXPECT_EQ(ears->take("box", odd, batch, kEvening).error().code, Code::BadInput) << odd;
    }
    EXPECT_EQ(ears->take("box", stream, batch, kEvening).value().next, 1U);
    EXPECT_EQ(ears->take("other", stream, batch, kEvening).error().code, Code::NoAccess);
    batch.first = 5;
    EXPECT_EQ(ears->take("box", stream, batch, kEvening).error().code, Code::BadInput);
}

TEST(HeardBatch, IsReadBackExactlyAndNothingElseIs) {
    HeardBatch batch;
    batch.first = 17;
    batch.boot = "0123456789abcdef0123456789abcdef0123";
    batch.clock = {BootTime{std::chrono::seconds{5}}, kEvening, ClockTrust::Unconfirmed};
    const auto sound = testing::synthetic_music(3, 5);
    turntable::Ear ear;
    const auto keep = [&](const turntable::Heard& heard) {
        batch.pieces.push_back({heard, BootTime{std::chrono::seconds{batch.pieces.size()}}});
    };
    ear.feed(sound, keep);
    ear.lost(Seconds{1.5}, keep);
    ear.finish(keep);
    const std::string bytes = to_bytes(batch);
    EXPECT_LT(bytes.size(), 2000 * sound.size() / kRate);
    const auto back = heard_batch_of(bytes).value();
    EXPECT_EQ(to_bytes(back), bytes);
    EXPECT_EQ(back.pieces.at(2).heard, batch.pieces.at(2).heard);
    for (std::size_t size = 0; size < bytes.size(); size += 7) {
        EXPECT_EQ(heard_batch_of(bytes.substr(0, size)).error().code, Code::BadInput) << size;
    }
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) { // no crash, no lasting loop
        std::string damaged = bytes;
        for (int k = 0; k < 4; ++k) {
            damaged[random() % damaged.size()] = static_cast<char>(random());
        }
        (void)heard_batch_of(damaged);
    }
}

TEST(HeardBatch, OfABoxWithoutAClockIsDatedByHowLongAgoItWas) {
    HeardBatch batch;
    batch.clock = {BootTime{std::chrono::seconds{100}}, UtcTime{std::chrono::seconds{7}},
                   ClockTrust::Wrong};
    batch.pieces.push_back({{}, BootTime{std::chrono::seconds{40}}});
    EXPECT_EQ(in_utc(batch, kEvening).pieces[0].end.since_boot,
              kEvening.since_1970 - std::chrono::seconds{60});
    batch.clock.trust = ClockTrust::Unconfirmed;
    EXPECT_EQ(in_utc(batch, kEvening).pieces[0].end.since_boot, std::chrono::seconds{7 - 60});
}

} // namespace
} // namespace spindle::app
