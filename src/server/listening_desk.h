// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "app/play/distant_ears.h"
#include "document/json.h"
#include "server/event_stream.h"
#include "server/house.h"

namespace spindle::server {

/// Where everybody learns what plays: from distant ears, which send to this server, and from a
/// `spindle listen` of this machine, by its board. Thread-safe; look() keeps it up to date.
class ListeningDesk {
public:
    /// @param house must live longer. @param take what happens at distant turntables, as a
    /// PlayReporter takes it; may be empty.
    ListeningDesk(House& house, std::function<void(const app::ListeningEvent&)> take);

    /// What plays now: document/listening_document.h.
    document::Json now();
    /// Is somebody listening?
    bool is_active();

    /// `listening` each time that changes, `play` for each play that is kept.
    std::shared_ptr<EventSource> events() const { return feed_; }

    app::DistantEars& ears() { return ears_; }

    /// Once a second: reads this machine's board, and what it kept.
    void look();

private:
    document::Json now(const std::optional<std::string>& board);
    void add_cover(document::Json& listening);
    void show(std::string document);

    House& house_;
    const std::filesystem::path board_; ///< of this machine
    std::function<void(const app::ListeningEvent&)> take_;
    std::shared_ptr<EventFeed> feed_ = std::make_shared<EventFeed>();
    std::mutex mutex_;
    std::string shown_;   ///< what was sent last
    std::string distant_; ///< what the ear that sent last hears
    std::chrono::steady_clock::time_point distant_at_{};
    std::mutex cover_mutex_;       ///< of the next three
    std::int64_t cover_track_ = 0; ///< of which it was looked for
    bool has_cover_ = false;
    std::chrono::steady_clock::time_point cover_looked_at_{};
    store::Milliseconds told_until_; ///< plays of this machine that began later are not told yet
    app::DistantEars ears_;          ///< last: it calls what stands above
};

} // namespace spindle::server
