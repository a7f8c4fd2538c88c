// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/http.h"
#include "market/rate_limiter.h"
#include "market/waiting.h"

namespace spindle::app {

struct CoverArchiveOptions {
    std::string url = "https://coverartarchive.org";
    std::string user_agent; ///< io::user_agent()
    /// It sends to archive.org, where a cover of 500 pixels has 20 to 200 KB and may take its time.
    io::HttpLimits http{.connect_timeout = Seconds{15},
                        .stall_timeout = Seconds{30},
                        .whole_timeout = Seconds{90},
                        .largest_body = 8ULL << 20U};
    /// It publishes no limit; this is what MusicBrainz, whose service it is, asks of everybody.
    market::RateLimit limit{1, Seconds{1}};
    market::Waiting waiting = market::real_waiting();
};

/// Asks the Cover Art Archive (musicbrainz.org/doc/Cover_Art_Archive/API) for the front of a
/// release of MusicBrainz. It answers 307 to where the picture lies, 404 where it has none, 503
/// when it was asked too often: then nobody is asked until it says, or a minute has passed. Used by
/// one thread.
class CoverArchive {
public:
    /// Code::BadInput for a URL that is neither https nor this machine.
    static Result<CoverArchive> create(CoverArchiveOptions options);

    /// The bytes it gave, whatever they are; empty where it has none.
    /// @param release "76df3287-6cda-33eb-8e9a-044b5e15ffdd"; what is no such id has no cover
    /// Errors: Code::Busy when it is not to be asked now; Code::Cancelled; Code::Failed for a line
    /// or a server in trouble, too many redirects, a picture that is too large.
    Result<std::string> front(std::string_view release, const std::stop_token& stop);

private:
    explicit CoverArchive(CoverArchiveOptions options)
        : options_(std::move(options)), limiter_(options_.limit),
          connections_(std::make_shared<io::HttpConnections>()) {}
    Result<void> wait_for_place(const std::stop_token& stop);

    CoverArchiveOptions options_;
    market::RateLimiter limiter_;
    std::shared_ptr<io::HttpConnections> connections_;
};

/// Is it an id of MusicBrainz: 36 characters, hexadecimal and dashes?
bool is_musicbrainz_id(std::string_view id);

} // namespace spindle::app
