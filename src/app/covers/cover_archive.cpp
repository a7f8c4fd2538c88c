// SPDX-License-Identifier: Apache-2.0
#include "app/covers/cover_archive.h"

#include <algorithm>

namespace spindle::app {
namespace {

constexpr Seconds kLongestWait{5};     // for a place of our own; longer is a closed door
constexpr Seconds kClosedFor{60};      // after 429 or 503 without a word of when
constexpr Seconds kLongestClosed{600}; // of what it asks for

} // namespace

bool is_musicbrainz_id(std::string_view id) {
    constexpr std::string_view kShape = "00000000-0000-0000-0000-000000000000";
    return id.size() == kShape.size() &&
           std::equal(id.begin(), id.end(), kShape.begin(), [](char c, char shape) {
               const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
               return shape == '-' ? c == '-' : digit;
           });
}

Result<CoverArchive> CoverArchive::create(CoverArchiveOptions options) {
    if (!options.url.starts_with("https://") && !options.url.starts_with("http://127.0.0.1:")) {
        return fail(Code::BadInput, "{}: covers are asked for over https:// only",
                    io::shown_url(options.url));
    }
    return CoverArchive(std::move(options));
}

Result<void> CoverArchive::wait_for_place(const std::stop_token& stop) {
    for (;;) {
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "covers: stopped");
        }
        const auto taken = limiter_.take(options_.waiting.now());
        if (taken) {
            return {};
        }
        if (taken.error() > kLongestWait) {
            return fail(Code::Busy, "the Cover Art Archive is not asked for another {:.0f} s",
                        taken.error().count());
        }
        options_.waiting.pause(taken.error(), stop);
    }
}

Result<std::string> CoverArchive::front(std::string_view release, const std::stop_token& stop) {
    if (!is_musicbrainz_id(release)) {
        return std::string();
    }
    SPINDLE_TRY_VOID(wait_for_place(stop));
    io::HttpRequest request;
    request.url = fmt::format("{}/release/{}/front-500", options_.url, release);
    request.user_agent = options_.user_agent;
    request.headers = {"Accept: image/*"};
    request.limits = options_.http;
    request.connections = connections_;
    const auto reply = io::http_exchange(request, stop);
    market::RateReport report;
    if (reply) {
        report.refused = reply->head.status == 429 || reply->head.status == 503;
        report.retry_after =
            std::min(reply->head.retry_after().value_or(kClosedFor), kLongestClosed);
    }
    limiter_.answered(options_.waiting.now(), report);
    if (!reply) {
        return tl::unexpected(reply.error().error.within("the Cover Art Archive"));
    }
    switch (reply->head.status) {
    case 200:
        return reply->body;
    case 400: // it does not take it for an id
    case 404:
    case 410:
        return std::string();
    default:
        return tl::unexpected(io::status_error(request.url, reply->head).error);
    }
}

} // namespace spindle::app
