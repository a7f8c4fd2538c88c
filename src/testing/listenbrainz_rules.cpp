// SPDX-License-Identifier: Apache-2.0
#include "testing/listenbrainz_rules.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace spindle::testing {
namespace {

using Json = nlohmann::ordered_json; // faults are found in the order of the text

constexpr std::size_t kLargestListen = 10'240; // bytes, times the number of listens
constexpr std::size_t kMostListens = 1000;
constexpr std::int64_t kFirst = 1'033'430'400; // 2002-10-01, though the words say another second
constexpr std::int64_t kFuture = 3600;
constexpr std::size_t kMostTags = 50;
constexpr std::size_t kLongestTag = 64;
constexpr double kLongestTrack = 24.0 * 24 * 3600; // seconds

/// Thrown where the validator raises.
struct Bad {
    std::string words;
};

void expect(bool holds, const char* words) {
    if (!holds) {
        throw Bad{words};
    }
}

/// int() of Python: numbers are cut, texts of digits are read, nothing else.
std::optional<std::int64_t> python_int(const Json& value) {
    if (value.is_number_float()) {
        const double number = value.get<double>();
        return std::isfinite(number) && std::abs(number) < 9e18
                   ? std::optional(static_cast<std::int64_t>(number))
                   : std::nullopt;
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) {
            return number;
        }
    }
    return std::nullopt;
}

bool is_uuid(const Json& value) {
    if (!value.is_string()) {
        return false;
    }
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const auto c = static_cast<unsigned char>(text[i]);
        if (dash ? c != '-' : std::isxdigit(c) == 0) {
            return false;
        }
    }
    return true;
}

bool is_nothing(const Json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

void check_text(const Json& track, const char* field) {
    expect(track.contains(field),
           "JSON document does not contain required track_metadata.artist_name or track_name.");
    if (!track[field].is_string()) {
        throw Bad{fmt::format("track_metadata.{} must be a single string.", field)};
    }
    if (text::trimmed(track[field].get_ref<const std::string&>()).empty()) {
        throw Bad{fmt::format("field track_metadata.{} is empty.", field)};
    }
}

void check_mbids(const Json& info) {
    for (const char* field :
         {"release_mbid", "recording_mbid", "release_group_mbid", "track_mbid"}) {
        if (info.contains(field) && !is_nothing(info[field]) && !is_uuid(info[field])) {
            throw Bad{fmt::format("{} MBID format invalid.", field)};
        }
    }
    for (const char* field : {"artist_mbids", "work_mbids"}) {
        if (!info.contains(field) || is_nothing(info[field])) {
            continue;
        }
        const Json& list = info[field];
        const bool good =
            list.is_array() && std::all_of(list.begin(), list.end(), [](const Json& one) {
                return is_nothing(one) || is_uuid(one);
            });
        if (!good) {
            throw Bad{fmt::format("{} MBID format invalid.", field)};
        }
    }
}

void check_duration(const Json& info, const char* field, double unit) {
    if (!info.contains(field)) {
        return;
    }
    const auto length = python_int(info[field]);
    if (!length || *length <= 0) {
        throw Bad{fmt::format("Value for {} is invalid, should be a positive integer.", field)};
    }
    if (static_cast<double>(*length) * unit > kLongestTrack) {
        throw Bad{fmt::format("Value for {} is too high.", field)};
    }
}

void check_info(const Json& info) {
    expect(info.is_object(), "track_metadata.additional_info must be an object.");
    if (info.contains("tags") && info["tags"].is_array()) {
        const Json& tags = info["tags"];
        expect(tags.size() <= kMostTags, "JSON document may not contain more than 50 items in "
                                         "track_metadata.additional_info.tags.");
        for (const Json& tag : tags) {
            expect(!tag.is_string() || tag.get_ref<const std::string&>().size() <= kLongestTag,
                   "JSON document may not contain track_metadata.additional_info.tags longer than "
                   "64 characters.");
        }
    }
    check_mbids(info);
    expect(!(info.contains("duration") && info.contains("duration_ms")),
           "JSON document should not contain both duration and duration_ms.");
    check_duration(info, "duration", 1);
    check_duration(info, "duration_ms", 0.001);
}

/// U+0000 anywhere.
void check_zeroes(const Json& value) {
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text.find('\0') != std::string::npos) {
            throw Bad{text + " contains a unicode null"};
        }
    } else if (value.is_structured()) {
        for (const Json& one : value) {
            check_zeroes(one);
        }
    }
}

std::int64_t check_time(const Json& listen, std::int64_t now) {
    const auto given =
        listen.contains("listened_at") ? python_int(listen["listened_at"]) : std::nullopt;
    expect(given.has_value(), "JSON document must contain an int value for listened_at.");
    const std::int64_t at = given.value_or(0);
    expect(at >= kFirst, "Value for key listened_at is too low. listened_at timestamp should be "
                         "greater than 1033410600 (2002-10-01 00:00:00 UTC).");
    expect(at < now + kFuture, "Value for key listened_at is too high.");
    return at;
}

Stored check_listen(const Json& listen, bool plays_now, std::int64_t now) {
    expect(listen.is_object(), "listen should be a dict");
    std::int64_t at = 0;
    if (plays_now) {
        expect(!listen.contains("listened_at"),
               "JSON document must not contain listened_at while submitting playing_now.");
    } else {
        at = check_time(listen, now);
    }
    expect(listen.contains("track_metadata"),
           "JSON document must contain the key track_metadata at the top level.");
    expect(!listen["track_metadata"].is_null(),
           "JSON document may not have track_metadata with null value.");
    expect(listen.size() == (plays_now ? 1U : 2U),
           plays_now ? "JSON document may only contain track_metadata as top level key when "
                       "submitting playing_now."
                     : "JSON document may only contain listened_at and track_metadata top level "
                       "keys");
    const Json& track = listen["track_metadata"];
    expect(track.is_object(), "track_metadata must be an object.");
    check_text(track, "artist_name");
    check_text(track, "track_name");
    if (track.contains("release_name")) {
        expect(track["release_name"].is_string(),
               "track_metadata.release_name must be a single string.");
    }
    if (track.contains("additional_info")) {
        check_info(track["additional_info"]);
    }
    check_zeroes(track);
    return {track["artist_name"], track["track_name"],
            track.contains("release_name") ? track["release_name"].get<std::string>()
                                           : std::string(),
            at};
}

/// Python's parser reads NaN, which is none of JSON; as a time it is as good as nothing.
Json parse(std::string_view body) {
    Json json = Json::parse(body, nullptr, false);
    if (json.is_discarded()) {
        std::string without(body);
        for (std::size_t at = 0; (at = without.find("NaN", at)) != std::string::npos;) {
            without.replace(at, 3, "null");
        }
        json = Json::parse(without, nullptr, false);
    }
    expect(!json.is_discarded(), "Cannot parse JSON document");
    return json;
}

} // namespace

SubmissionVerdict judge_submission(std::string_view body, std::int64_t now) {
    SubmissionVerdict verdict;
    try {
        expect(body.size() <= kLargestListen * kMostListens, "JSON document is too large.");
        const Json json = parse(body);
        expect(json.is_object() && json.contains("listen_type") && json["listen_type"].is_string(),
               "JSON document requires a valid listen_type key.");
        verdict.type = json["listen_type"];
        const bool one = verdict.type == "single" || verdict.type == "playing_now";
        expect(one || verdict.type == "import", "JSON document requires a valid listen_type key.");
        expect(json.contains("payload") && json["payload"].is_array(),
               "The payload in the JSON document should be a list of listens.");
        const Json& payload = json["payload"];
        expect(!payload.empty(), "JSON document does not contain any listens");
        expect(!one || payload.size() == 1, "JSON document contains more than listen for a "
                                            "single/playing_now. It should contain only one.");
        expect(payload.size() <= kMostListens, "Too many listens. You may not submit more than "
                                               "1000 listens at once.");
        expect(body.size() <= kLargestListen * payload.size(),
               "JSON document is too large. Each listens may not be larger than 10240 bytes.");
        for (const Json& listen : payload) {
            verdict.listens.push_back(check_listen(listen, verdict.type == "playing_now", now));
        }
    } catch (const Bad& bad) {
        verdict.status = 400;
        verdict.words = bad.words;
        verdict.listens.clear();
    }
    return verdict;
}

} // namespace spindle::testing
