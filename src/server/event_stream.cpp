// SPDX-License-Identifier: Apache-2.0
#include "server/event_stream.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace spindle::server {

struct EventFeed::Wakers {
    std::mutex mutex;
    std::int64_t next = 0;
    std::map<std::int64_t, std::function<void()>> all;
};

std::shared_ptr<EventFeed::Wakers> EventFeed::make_wakers() {
    return std::make_shared<Wakers>();
}

std::int64_t EventFeed::send(std::string name, std::string data) {
    return keep({0, std::move(name), std::move(data)}, {});
}

std::int64_t EventFeed::show(std::string name, std::string data) {
    const std::string superseded = name;
    return keep({0, std::move(name), std::move(data)}, superseded);
}

/// @param superseded events of this name go; empty: none
std::int64_t EventFeed::keep(Event event, std::string_view superseded) {
    std::int64_t id = 0;
    {
        const std::lock_guard lock(mutex_);
        if (over_) {
            return newest_;
        }
        std::erase_if(events_, [&](const Event& earlier) {
            const bool goes = !superseded.empty() && earlier.name == superseded;
            bytes_ -= goes ? earlier.data.size() : 0;
            return goes;
        });
        id = ++newest_;
        event.id = id;
        bytes_ += event.data.size();
        events_.push_back(std::move(event));
        while (events_.size() > 1 && (events_.size() > limits_.events || bytes_ > limits_.bytes)) {
            bytes_ -= events_.front().data.size();
            events_.pop_front();
        }
    }
    const std::lock_guard lock(wakers_->mutex);
    for (const auto& [number, wake] : wakers_->all) {
        wake();
    }
    return id;
}

void EventFeed::end() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    const std::lock_guard lock(wakers_->mutex);
    for (const auto& [number, wake] : wakers_->all) {
        wake();
    }
}

Result<EventBatch> EventFeed::after(std::int64_t last, std::size_t most) {
    const std::lock_guard lock(mutex_);
    EventBatch batch;
    // A number from before a restart is larger than any here: begin anew.
    const std::int64_t from = last > newest_ ? 0 : last;
    const auto first =
        std::upper_bound(events_.begin(), events_.end(), from,
                         [](std::int64_t number, const Event& event) { return number < event.id; });
    const auto waiting = static_cast<std::size_t>(events_.end() - first);
    const auto count = static_cast<std::ptrdiff_t>(std::min(waiting, most));
    batch.events.assign(first, first + count);
    batch.over = over_ && waiting <= most;
    return batch;
}

std::shared_ptr<void> EventFeed::on_news(std::function<void()> wake) {
    const std::lock_guard lock(wakers_->mutex);
    const std::int64_t number = wakers_->next++;
    wakers_->all.emplace(number, std::move(wake));
    return {nullptr, [wakers = wakers_, number](void*) {
                const std::lock_guard in_hand(wakers->mutex);
                wakers->all.erase(number);
            }};
}

std::string event_text(const Event& event) {
    std::string out = "id: " + std::to_string(event.id) + "\n";
    if (!event.name.empty()) {
        out += "event: ";
        for (const char c : event.name) {
            out += c == '\n' || c == '\r' ? ' ' : c;
        }
        out += '\n';
    }
    std::string_view rest = event.data;
    do {
        const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
        out.append("data: ").append(rest.substr(0, end)) += '\n';
        const bool both = rest.substr(end).starts_with("\r\n");
        rest.remove_prefix(std::min(end + (both ? 2 : 1), rest.size()));
    } while (!rest.empty());
    out += '\n';
    return out;
}

std::optional<std::int64_t> last_event_id(std::string_view header) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), number);
    if (error != std::errc{} || end != header.data() + header.size() || number < 0) {
        return std::nullopt;
    }
    return number;
}

} // namespace spindle::server
