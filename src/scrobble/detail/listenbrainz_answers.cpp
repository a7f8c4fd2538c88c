// SPDX-License-Identifier: Apache-2.0
#include "scrobble/detail/listenbrainz_answers.h"

#include "scrobble/detail/json_answer.h"

namespace spindle::scrobble::detail {
namespace {

constexpr std::size_t kMostListens = 2000; // of an answer; ListenBrainz gives 1,000 at most

} // namespace

std::optional<TokenAnswer> read_token_answer(std::string_view body) {
    const auto json = read_object(body);
    const Json* const valid = json ? member(*json, "valid") : nullptr;
    if (valid == nullptr || !valid->is_boolean()) {
        return std::nullopt;
    }
    return TokenAnswer{valid->get<bool>(), text_of(member(*json, "user_name"))};
}

bool is_success(std::string_view body) {
    const auto json = read_object(body);
    return json && member(*json, "error") == nullptr;
}

std::optional<std::string> read_listenbrainz_error(std::string_view body) {
    const auto json = read_object(body);
    const Json* const error = json ? member(*json, "error") : nullptr;
    if (error == nullptr) {
        return std::nullopt;
    }
    // Maloja nests: {"error":{"type":"...","desc":"..."}}
    const Json* const words = error->is_object() ? member(*error, "desc") : error;
    return text_of(words);
}

std::optional<std::vector<Heard>> read_listens(std::string_view body) {
    const auto json = read_object(body);
    const Json* const payload = json ? member(*json, "payload") : nullptr;
    const Json* const listens = payload == nullptr ? nullptr : member(*payload, "listens");
    if (listens == nullptr || !listens->is_array() || listens->size() > kMostListens) {
        return std::nullopt;
    }
    std::vector<Heard> heard;
    for (const Json& listen : *listens) {
        const auto at = whole_number(member(listen, "listened_at"));
        const Json* const track = member(listen, "track_metadata");
        if (at && track != nullptr) {
            heard.push_back({text_of(member(*track, "artist_name")),
                             text_of(member(*track, "track_name")), *at});
        }
    }
    return heard;
}

} // namespace spindle::scrobble::detail
