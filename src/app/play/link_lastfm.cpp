// SPDX-License-Identifier: Apache-2.0
#include "app/play/link_lastfm.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace spindle::app {

Result<scrobble::LastfmSession> link_lastfm(scrobble::LastfmClient& client,
                                            const LinkOptions& options,
                                            const std::function<void(const std::string&)>& show,
                                            const std::stop_token& stop) {
    using Kind = scrobble::LastfmFailure::Kind;
    const auto token = client.token(stop);
    if (!token) {
        return tl::unexpected(token.error().error);
    }
    show(client.approval_page(*token));
    const auto begun = std::chrono::steady_clock::now();
    std::mutex mutex;
    std::condition_variable_any nothing;
    for (;;) {
        auto session = client.session(*token, stop);
        if (session) {
            return *std::move(session);
        }
        const Kind kind = session.error().kind;
        if (stop.stop_requested() || kind == Kind::Cancelled) {
            return fail(Code::Cancelled,
                        "stopped before the page was approved; nothing was stored");
        }
        if (kind == Kind::Expired || std::chrono::steady_clock::now() - begun > options.longest) {
            return fail(Code::NoAccess, "the page was not approved within an hour; run the command "
                                        "again");
        }
        if (kind == Kind::Refused) {
            return tl::unexpected(session.error().error.within("nothing was stored"));
        }
        std::unique_lock lock(mutex);
        nothing.wait_for(lock, stop, options.between, [] { return false; });
    }
}

} // namespace spindle::app
