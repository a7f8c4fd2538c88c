// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "accuracy/reference_library.h"
#include "material/table.h"
#include "sides/made_corpus.h"
#include "sides/report.h"
#include "sides/score.h"
#include "sides/seed_list.h"
#include "sides/trial.h"
#include "sides/truth_file.h"

namespace spindle::sides {
namespace {

using ::testing::HasSubstr;

/// Tracks 1 and 2 of a corpus, one behind the other, by hand.
class ScoreTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { corpus_ = std::make_unique<testing::MadeCorpus>(); }
    static void TearDownTestSuite() { corpus_.reset(); }

    ScoreTest() : pool_(make_pool(corpus_->manifest(), material::Set::Dev)) {
        session_.truth.length = Seconds(120);
        for (const std::size_t index : {0U, 1U}) {
            simulator::TruePlay play;
            play.track = index;
            play.index = index;
            play.length = pool_.durations[index];
            play.start = Seconds(10 + 40.0 * static_cast<double>(index));
            play.end = play.start + play.length;
            play.audible_start = play.start + Seconds(1);
            play.audible_end = play.end;
            play.played = play.length;
            play.pieces = {{play.start, play.end, Seconds(0), play.length, false}};
            session_.truth.plays.push_back(play);
        }
        session_.truth.hearings = {{0, Seconds(8), Seconds(10), Seconds(86), Seconds(100)}};
    }

    turntable::Play right(std::size_t index) const {
        const auto& truth = session_.truth.plays[index];
        turntable::Play play;
        play.track = pool_.ids[index];
        play.start = truth.start;
        play.end = truth.end;
        play.played = truth.played;
        play.to = truth.length;
        play.place = turntable::Place{RecordId{1}, 'A', index};
        return play;
    }
    SessionScore scored(const Heard& heard) const {
        return score(pool_, 3, session_, heard).value();
    }

    static inline std::unique_ptr<testing::MadeCorpus> corpus_;
    Pool pool_;
    Session session_;
};

TEST_F(ScoreTest, EveryPlayThatWasLoggedIsFoundWithItsErrors) {
    Heard heard;
    heard.plays = {right(0), right(1)};
    heard.plays[0].start += Seconds(0.5); // between the file's first sample and its first sound
    heard.plays[1].start -= Seconds(0.2);
    heard.plays[1].end += Seconds(0.3);
    heard.plays[1].speed = 1.0002;
    heard.sides_over = {{Seconds(86), RecordId{1}, 'A', Seconds(70)}};
    const auto score = scored(heard);
    ASSERT_EQ(score.rows.size(), 2U);
    ASSERT_TRUE(score.rows[0].heard && score.rows[1].heard);
    EXPECT_EQ(score.rows[0].extent, Extent::Scrobbled);
    EXPECT_EQ(score.rows[0].start_error(), Seconds(0));
    EXPECT_NEAR(score.rows[0].start_error_from_file().count(), 0.5, 1e-9);
    EXPECT_NEAR(score.rows[1].start_error().count(), -0.2, 1e-9);
    EXPECT_NEAR(score.rows[1].end_error().count(), 0.3, 1e-9);
    EXPECT_NEAR(score.rows[1].speed_error(), 0.0002, 1e-9);
    EXPECT_TRUE(score.false_plays.empty());
    EXPECT_EQ(score.sides_over.hits, 1U);
    EXPECT_EQ(score.sides_over_wrongly, 0U);
    EXPECT_EQ(score.right_place.hits, 2U);
}

TEST_F(ScoreTest, APlayLoggedTwiceIsDoubledAndOneOfAnotherTrackIsFalse) {
    Heard heard;
    heard.plays = {right(0), right(0), right(1)};
    heard.plays[2].track = pool_.ids[4];
    heard.sides_over = {{Seconds(40), {}, 0, Seconds(30)}};
    const auto score = scored(heard);
    EXPECT_EQ(score.rows[0].doubled, 1U);
    EXPECT_FALSE(score.rows[1].heard);
    ASSERT_EQ(score.false_plays.size(), 1U);
    EXPECT_EQ(score.false_plays[0].named, "5.wav");
    EXPECT_EQ(score.false_plays[0].sounded, "2.wav");
    EXPECT_FALSE(score.false_plays[0].is_same_music());
    EXPECT_EQ(score.false_plays[0].alike.total, 9U);
    EXPECT_THAT(describe(score.false_plays[0]), HasSubstr("there sounded 2.wav"));
    EXPECT_EQ(score.sides_over.hits, 0U);
    EXPECT_EQ(score.sides_over_wrongly, 1U);
}

TEST_F(ScoreTest, TheSameTrackLongAfterIsAFalsePlayOfTheSameMusicOnlyWhereItSounds) {
    Heard heard;
    heard.plays = {right(0)};
    heard.plays[0].start = Seconds(100);
    heard.plays[0].end = Seconds(115);
    const auto score = scored(heard);
    EXPECT_FALSE(score.rows[0].heard);
    ASSERT_EQ(score.false_plays.size(), 1U);
    EXPECT_EQ(score.false_plays[0].likeness, 0);
}

TEST_F(ScoreTest, AnswersAreTimedFromTheFirstSound) {
    Heard heard;
    for (const auto& [at, confirmed] : {std::pair{15.0, false}, {17.0, true}, {70.0, true}}) {
        turntable::NowPlaying now;
        now.track = pool_.ids[0];
        now.at = Seconds(at);
        now.confirmed = confirmed;
        heard.now_playing.push_back(now);
    }
    heard.now_playing.back().at = Seconds(85); // long after it had ended
    const auto score = scored(heard);
    EXPECT_NEAR(score.rows[0].first_answer->count(), 4, 1e-9);
    EXPECT_NEAR(score.rows[0].confirmed->count(), 6, 1e-9);
    EXPECT_FALSE(score.rows[1].first_answer);
    EXPECT_EQ(score.shown_wrongly, 1U);
}

TEST_F(ScoreTest, TheReportCountsWhatWasMissedAndSaysWhich) {
    Heard heard;
    heard.plays = {right(0)};
    heard.sides_over = {{Seconds(86), {}, 0, Seconds(38)}};
    SidesReport report;
    summarise(pool_, scored(heard), 0.5, report);
    EXPECT_EQ(report.all.scrobbled.hits, 1U);
    EXPECT_EQ(report.all.scrobbled.total, 2U);
    ASSERT_EQ(report.remarks.size(), 1U);
    EXPECT_THAT(report.remarks[0], HasSubstr("not logged: session 3 (plain): 2.wav"));
    EXPECT_THAT(text(report), HasSubstr("50.00 % (1 of 2"));
    EXPECT_THAT(json(report), HasSubstr("\"false_plays\": 0"));
}

TEST_F(ScoreTest, RowsAndTruthAreTablesThatCanBeReadAgain) {
    Heard heard;
    heard.plays = {right(0)};
    const auto rows = corpus_->folder() / "rows.tsv";
    ASSERT_TRUE(write_rows(rows, pool_, scored(heard)));
    const auto table = material::Table::read(rows, {"track", "logged", "heard_start_s"});
    ASSERT_TRUE(table) << table.error().message;
    ASSERT_EQ(table->rows(), 2U);
    EXPECT_EQ(table->text(0, 1), "1");
    EXPECT_EQ(table->text(1, 1), "0");
    const auto truth = corpus_->folder() / "truth.tsv";
    ASSERT_TRUE(write_truth(truth, pool_, session_));
    const auto told = material::Table::read(truth, {"kind", "track", "start_s", "skips"});
    ASSERT_TRUE(told) << told.error().message;
    ASSERT_EQ(told->rows(), 3U);
    EXPECT_EQ(told->text(2, 0), "hearing");
    EXPECT_EQ(told->text(0, 2), "10.0000");
}

TEST(SeedList, ReadsSessionsAndNamesTheLineThatIsNone) {
    const spindle::testing::TempFolder folder;
    std::ofstream(folder / "list.tsv") << "set\tseed\tnumber\thappening\twhy\n"
                                          "dev\t101\t7\tlocked\tso\n"
                                          "test\t901\t8\tplain\t-\n";
    const auto seeds = read_seeds(folder / "list.tsv", "dev");
    ASSERT_TRUE(seeds) << seeds.error().message;
    ASSERT_EQ(seeds->size(), 1U);
    EXPECT_EQ(seeds->front().number, 7U);
    EXPECT_EQ(seeds->front().happening, Happening::Locked);
    std::ofstream(folder / "bad.tsv") << "set\tseed\tnumber\thappening\n"
                                         "dev\t101\t7\tmelted\n";
    const auto bad = read_seeds(folder / "bad.tsv", "dev");
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().message, HasSubstr("bad.tsv:2"));
}

TEST(Spread, IsOfSizesWhateverTheSign) {
    const auto spread = Spread::of({-3, 1, 2});
    EXPECT_EQ(spread.count, 3U);
    EXPECT_EQ(spread.median, 2);
    EXPECT_EQ(spread.most, 3);
    EXPECT_EQ(Spread::of({}).most, 0);
}

TEST(Trial, TheListenerLogsAPlainSideOfMadeUpMusicAndNothingOfUnknownMusicAndNoise) {
    const testing::MadeCorpus made;
    const auto corpus = with_interludes(made.manifest(), made.folder() / "interludes").value();
    const auto library = accuracy::open_library(corpus, made.folder() / "index", 2);
    ASSERT_TRUE(library) << library.error().message;
    const Pool pool = make_pool(corpus, material::Set::Dev);
    for (const auto& [path, id] : library->by_path) {
        EXPECT_EQ(pool.names[pool.number_of[id.value]], path);
    }
    const Stage stage{pool, library->index, {}, 1};
    const auto known = run_sessions(stage, seeds_of_run(101, 1, Happening::Plain), [](auto) {});
    ASSERT_TRUE(known) << known.error().message;
    ASSERT_GE(known->score.rows.size(), 2U);
    for (const PlayRow& row : known->score.rows) {
        EXPECT_TRUE(row.heard) << pool.names[row.truth.track];
    }
    EXPECT_TRUE(known->score.false_plays.empty());
    EXPECT_GT(known->score.following.sound, Seconds(30));
    const auto unknown = run_unknown(stage, 0.02, 1);
    ASSERT_TRUE(unknown) << unknown.error().message;
    EXPECT_GE(unknown->hours, 0.02);
    EXPECT_TRUE(unknown->score.false_plays.empty());
    const auto noise = run_noise(stage, 0.02, 1);
    ASSERT_TRUE(noise) << noise.error().message;
    EXPECT_TRUE(noise->score.false_plays.empty());
}

} // namespace
} // namespace spindle::sides
