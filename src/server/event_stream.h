// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Server-Sent Events (WHATWG HTML, 9.2). Clients pull: each remembers the number of the last event
/// it was sent, so that a slow or sleeping one costs no memory, and one that comes back with
/// `Last-Event-ID` goes on where it was, without gap or double.
namespace spindle::server {

/// One event. Numbers rise within a source; they need not be without gaps.
struct Event {
    std::int64_t id = 0; ///< 1 or more
    std::string name;    ///< "progress"; without line ends
    std::string data;    ///< JSON as a rule
};

/// Some of a source's events, oldest first.
struct EventBatch {
    std::vector<Event> events;
    bool over = false; ///< nothing will come after these: the stream ends
};

/// Where events come from. Used by several threads at once.
class EventSource {
public:
    EventSource() = default;
    virtual ~EventSource() = default;
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;

    /// The events after number `last`, at most `most` of them; 0 means from the beginning. Asked on
    /// a worker thread; may read a database, must not wait for events. None and not over: there is
    /// nothing new yet.
    virtual Result<EventBatch> after(std::int64_t last, std::size_t most) = 0;

    /// `wake` will be called whenever there may be something new, from any thread, also while
    /// nothing is; it returns at once and may be called too often. It is called no more once what
    /// is returned here is gone.
    virtual std::shared_ptr<void> on_news(std::function<void()> wake) = 0;
};

/// A source in memory: keeps the newest events for everybody who listens. For what is live (what
/// plays now), and for tests. Thread-safe.
class EventFeed final : public EventSource, public std::enable_shared_from_this<EventFeed> {
public:
    struct Limits {
        std::size_t events = 256;         ///< kept for those who come back: a minute of busy ones
        std::size_t bytes = 256UL << 10U; ///< of their texts
    };
    explicit EventFeed(Limits limits) : limits_(limits) {}
    EventFeed() : EventFeed(Limits{}) {}

    /// Numbers it and keeps it; the oldest go. @return its number
    std::int64_t send(std::string name, std::string data);
    /// Likewise, in the place of those of that name: a state, of which only the newest counts.
    std::int64_t show(std::string name, std::string data);
    /// Nothing more will come.
    void end();

    /// Somebody who was away for longer than the feed remembers gets what there is.
    Result<EventBatch> after(std::int64_t last, std::size_t most) override;
    std::shared_ptr<void> on_news(std::function<void()> wake) override;

private:
    std::int64_t keep(Event event, std::string_view superseded);
    struct Wakers; // outlives the feed where somebody still listens
    const Limits limits_;
    std::mutex mutex_;
    std::deque<Event> events_;
    std::size_t bytes_ = 0;
    std::int64_t newest_ = 0;
    bool over_ = false;
    std::shared_ptr<Wakers> wakers_ = make_wakers();
    static std::shared_ptr<Wakers> make_wakers();
};

/// An event as it is sent: "id: 7\nevent: disc\ndata: {...}\n\n"; each line of the data is one.
std::string event_text(const Event& event);

/// What is sent when nothing happens, so that nobody in between thinks the line is dead.
inline constexpr std::string_view kHeartbeat = ":\n\n";

/// The number in a Last-Event-ID header; nothing when it is none of ours.
std::optional<std::int64_t> last_event_id(std::string_view header);

} // namespace spindle::server
