// SPDX-License-Identifier: Apache-2.0
// Answers of services that take listens, or of whoever stands in their place.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "scrobble/detail/lastfm_answers.h"
#include "scrobble/detail/listenbrainz_answers.h"

namespace {

using namespace spindle::scrobble;

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void expect_words(const Outcome& outcome) {
    expect(spindle::text::is_utf8(outcome.reason) && outcome.reason.size() < 5000);
    expect(outcome.fate == Fate::Accepted || !outcome.reason.empty());
}

void expect_heard(const std::vector<Heard>& heard) {
    expect(heard.size() <= 2000);
    for (const Heard& one : heard) {
        expect(spindle::text::is_utf8(one.artist) && spindle::text::is_utf8(one.title));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    std::array<Listen, 3> sent;
    for (std::size_t count = 1; count <= sent.size(); ++count) {
        const auto outcomes = detail::read_scrobbles(body, std::span(sent).first(count), 1);
        expect(outcomes.size() == count);
        for (const Outcome& outcome : outcomes) {
            expect_words(outcome);
        }
    }
    if (const auto error = detail::read_lastfm_error(body)) {
        expect_words(detail::outcome_of(*error, {}));
    }
    expect_words(detail::read_now_playing(body));
    if (const auto session = detail::read_session(body)) {
        expect(!session->key.empty());
    }
    (void)detail::read_token(body);
    if (const auto recent = detail::read_recent_tracks(body)) {
        expect_heard(recent->tracks);
    }
    if (const auto token = detail::read_token_answer(body)) {
        expect(spindle::text::is_utf8(token->username));
    }
    (void)detail::is_success(body);
    if (const auto words = detail::read_listenbrainz_error(body)) {
        expect(spindle::text::is_utf8(*words));
    }
    if (const auto listens = detail::read_listens(body)) {
        expect_heard(*listens);
    }
    return 0;
}
