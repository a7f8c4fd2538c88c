// SPDX-License-Identifier: Apache-2.0
// The fake ListenBrainz gives the verdicts of the real validator. Each line stands for one payload
// of ListenBrainz' own test data (listenbrainz/testdata of its server) or one of ours that was
// given to that validator (server of 2026-08); the payloads are written anew with the same fault,
// the verdicts are the validator's.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "testing/listenbrainz_rules.h"

namespace spindle::scrobbling {
namespace {

constexpr std::int64_t kNow = 1'795'201'168;

struct Case {
    const char* name;
    std::string body;
    std::string words; ///< of the error 400; empty for 200
};

/// One listen: fields of track_metadata beyond artist and title.
std::string single(const std::string& more = {}, const std::string& at = "1486449409",
                   const std::string& type = "single") {
    return fmt::format(R"({{"listen_type":"{}","payload":[{{"listened_at":{},"track_metadata":)"
                       R"({{"artist_name":"Ann","track_name":"Song"{}}}}}]}})",
                       type, at, more);
}
std::string info(const std::string& content) {
    return single(fmt::format(R"(,"additional_info":{{{}}})", content));
}
std::string track(const std::string& metadata) {
    return R"({"listen_type":"single","payload":[{"listened_at":1486449409,"track_metadata":)" +
           metadata + "}]}";
}
std::string playing(const std::string& listen) {
    return R"({"listen_type":"playing_now","payload":[)" + listen + "]}";
}
std::string repeated(const std::string& item, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += (i > 0 ? "," : "") + item;
    }
    return all;
}

std::vector<Case> cases() {
    const std::string song = R"({"track_metadata":{"artist_name":"Ann","track_name":"Song"}})";
    const std::string timed =
        R"({"listened_at":1486466946,"track_metadata":{"artist_name":"Ann","track_name":"Song"}})";
    const std::string at_now =
        R"({"listened_at":1486466946,"track_metadata":{"artist_name":"Ann","track_name":"Song"}})";
    const std::string import = R"({"listen_type":"import","payload":[)";
    const std::string kMbid = "98255a8c-017a-4bc7-8dd6-1fa36124572b";
    const std::string many = "JSON document contains more than listen for a single/playing_now. It "
                             "should contain only one.";
    const std::string no_time =
        "JSON document must not contain listened_at while submitting playing_now.";
    const std::string no_int = "JSON document must contain an int value for listened_at.";
    const std::string high = "Value for key listened_at is too high.";
    const std::string release = "track_metadata.release_name must be a single string.";
    const std::string both = "JSON document should not contain both duration and duration_ms.";
    return {
        // Ours.
        {"bad_mbid", info(R"("recording_mbid":"nope")"), "recording_mbid MBID format invalid."},
        {"both_durations", info(R"("duration":1,"duration_ms":1000)"), both},
        {"empty_mbid", info(R"("recording_mbid":"")"), ""},
        {"extra_top",
         R"({"listen_type":"single","payload":[{"listened_at":1486449409,"inserted_at":1,)"
         R"("track_metadata":{"artist_name":"Ann","track_name":"Song"}}]})",
         "JSON document may only contain listened_at and track_metadata top level keys"},
        {"future_59min", single({}, std::to_string(kNow + 3540)), ""},
        {"future_61min", single({}, std::to_string(kNow + 3660)), high},
        {"nul_char", track(R"({"artist_name":"a\u0000","track_name":"Song"})"),
         std::string("a\0 contains a unicode null", 26)},
        {"null_release", single(R"(,"release_name":null)"), release},
        {"our_single",
         info(R"("media_player":"Turntable","duration_ms":1363000,"tracknumber":"A1",)"
              R"("recording_mbid":")" +
              kMbid + "\""),
         ""},
        {"our_tracknumber_int", info(R"("tracknumber":1)"), ""},
        {"pn_with_ts", playing(timed), no_time},
        {"spaces_artist", track(R"({"artist_name":"   ","track_name":"Song"})"),
         "field track_metadata.artist_name is empty."},
        {"ts_float", single({}, "1486449409.7"), ""},
        {"ts_string", single({}, "\"1486449409\""), ""},
        {"zero_duration", info(R"("duration_ms":0)"),
         "Value for duration_ms is invalid, should be a positive integer."},
        // ListenBrainz' own.
        {"additional_info", info(R"("best_song":"definitely","link1":"http://x","other":[1])"), ""},
        {"artist_name_list", track(R"({"artist_name":["Ann"],"track_name":"Song"})"),
         "track_metadata.artist_name must be a single string."},
        {"empty_artist_name", track(R"({"artist_name":"","track_name":"Song"})"),
         "field track_metadata.artist_name is empty."},
        {"empty_track_name", track(R"({"artist_name":"Ann","track_name":""})"),
         "field track_metadata.track_name is empty."},
        {"invalid_artist_mbid", info(R"("artist_mbids":["nope"])"),
         "artist_mbids MBID format invalid."},
        {"invalid_duration", info(R"("duration":null)"),
         "Value for duration is invalid, should be a positive integer."},
        {"invalid_listen_missing_track_metadata",
         R"({"listen_type":"single","payload":[{"listened_at":1486449409}]})",
         "JSON document must contain the key track_metadata at the top level."},
        {"invalid_listen_nan_in_json", single({}, "NaN"), no_int},
        {"invalid_listen_null_listened_at", single({}, "null"), no_int},
        {"invalid_listen_null_track_metadata", track("null"),
         "JSON document may not have track_metadata with null value."},
        {"invalid_mbid_listens", info(R"("artist_mbids":["",null],"release_mbid":null)"), ""},
        {"invalid_recording_mbid", info(R"("recording_mbid":"not-an-mbid")"),
         "recording_mbid MBID format invalid."},
        {"invalid_release_mbid", info(R"("release_mbid":"not-an-mbid")"),
         "release_mbid MBID format invalid."},
        {"invalid_release_name", single(R"(,"release_name":["Album"])"), release},
        {"listen_having_unicode_null", track(R"({"artist_name":"Ann","track_name":"\u0000Song"})"),
         std::string("\0Song contains a unicode null", 29)},
        {"multi_duration", info(R"("duration":222,"duration_ms":200000)"), both},
        {"playing_now_more_than_one_listen", playing(song + "," + song), many},
        {"playing_now_ts", playing(at_now), no_time},
        {"playing_now_with_duration",
         playing(R"({"track_metadata":{"artist_name":"Ann","track_name":"Song",)"
                 R"("additional_info":{"duration":1}}})"),
         ""},
        {"playing_now_with_duration_ms",
         playing(R"({"track_metadata":{"artist_name":"Ann","track_name":"Song",)"
                 R"("additional_info":{"duration_ms":1000}}})"),
         ""},
        {"playing_now_with_ts", playing(at_now), no_time},
        {"same_batch_duplicates", import + repeated(timed, 3) + "]}", ""},
        {"same_timestamp_diff_track_valid_single", single(), ""},
        {"same_timestamp_diff_track_valid_single_2",
         track(R"({"artist_name":"Ann","track_name":"Other"})"), ""},
        {"same_timestamp_diff_track_valid_single_3",
         track(R"({"artist_name":"Ben","track_name":"Song"})"), ""},
        {"single_more_than_one_listen",
         R"({"listen_type":"single","payload":[)" + repeated(timed, 2) + "]}", many},
        {"timestamp_before_lfm_founding", single({}, "100"),
         "Value for key listened_at is too low. listened_at timestamp should be greater than "
         "1033410600 (2002-10-01 00:00:00 UTC)."},
        {"timestamp_in_ns", single({}, "1486449409000000000"), high},
        {"too_large_listen", info(R"("long":")" + std::string(66'000, 'x') + "\""),
         "JSON document is too large. Each listens may not be larger than 10240 bytes."},
        {"too_long_tag", info(R"("tags":[")" + std::string(65, 'x') + "\"]"),
         "JSON document may not contain track_metadata.additional_info.tags longer than 64 "
         "characters."},
        {"too_many_tags", info("\"tags\":[" + repeated("\"tag\"", 51) + "]"),
         "JSON document may not contain more than 50 items in "
         "track_metadata.additional_info.tags."},
        {"valid_duration", info(R"("duration":222)"), ""},
        {"valid_import", import + repeated(timed, 2) + "]}", ""},
        {"valid_playing_now", playing(song), ""},
        {"valid_single", single(R"(,"release_name":"Album")"), ""},
    };
}

TEST(FakeListenBrainz, GivesTheVerdictsOfTheRealOne) {
    for (const Case& one : cases()) {
        const auto verdict = testing::judge_submission(one.body, kNow);
        EXPECT_EQ(verdict.status, one.words.empty() ? 200 : 400) << one.name;
        EXPECT_EQ(verdict.words, one.words) << one.name;
        EXPECT_EQ(verdict.listens.empty(), !one.words.empty()) << one.name;
    }
    EXPECT_EQ(cases().size(), 50U);
}

} // namespace
} // namespace spindle::scrobbling
