// SPDX-License-Identifier: Apache-2.0
#include "server/listening_desk.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/play/listening_board.h"
#include "document/listening_document.h"
#include "document/play_document.h"

namespace spindle::server {
namespace {

using document::Json;
using std::chrono::steady_clock;

/// An ear that sends nothing for so long is away.
constexpr std::chrono::seconds kAway{90};
/// A cover that is not there may come: the internet is asked behind our back.
constexpr std::chrono::seconds kLookForCoverAgain{5};

ClockReading utc_reading(UtcTime now) {
    return {BootTime{now.since_1970}, now, ClockTrust::Synchronized};
}

} // namespace

ListeningDesk::ListeningDesk(House& house, std::function<void(const app::ListeningEvent&)> take)
    : house_(house), board_(app::listening_board_of(house.data_folder)), take_(std::move(take)),
      told_until_(milliseconds_now()),
      ears_(
          house.backends, house.data_folder, house.data_folder / "ears",
          [this](const std::string&, const app::ListeningEvent& event) {
              if (take_) {
                  take_(event);
              }
              if (const auto* kept = std::get_if<app::PlayKept>(&event)) {
                  feed_->send("play", document::to_text(document::to_json(kept->play)));
              }
          },
          [this](const std::string&, const app::ListeningStatus& status) {
              const UtcTime at{status.at.since_boot}; // distant ears tell times of the calendar
              std::string text = document::to_text(document::to_json(status, at, utc_reading(at)));
              const std::lock_guard lock(mutex_);
              distant_ = text;
              distant_at_ = steady_clock::now();
          }) {}

Json ListeningDesk::now() {
    return now(app::read_listening_board(board_));
}

Json ListeningDesk::now(const std::optional<std::string>& board) {
    if (board) {
        Json json = Json::parse(*board, nullptr, false);
        if (json.is_object() && json.contains("active")) {
            add_cover(json);
            return json;
        }
    }
    std::string distant;
    {
        const std::lock_guard lock(mutex_);
        distant = steady_clock::now() - distant_at_ < kAway ? distant_ : std::string();
    }
    if (distant.empty()) {
        return document::not_listening();
    }
    Json json = Json::parse(distant);
    add_cover(json);
    return json;
}

/// Says where the cover of what plays is, once there is one. Where it plays does not matter: a
/// distant ear's tracks are those of this library.
void ListeningDesk::add_cover(Json& listening) {
    const auto playing = listening.find("playing");
    if (!house_.covers || playing == listening.end() || !playing->is_object()) {
        return;
    }
    const auto track = playing->value("track_id", std::int64_t{0});
    const std::lock_guard lock(cover_mutex_);
    const bool is_other = track != cover_track_;
    if (is_other || (!has_cover_ && steady_clock::now() - cover_looked_at_ > kLookForCoverAgain)) {
        cover_track_ = track;
        cover_looked_at_ = steady_clock::now();
        const auto store = house_.library.lend();
        const auto found = store ? (*store)->track(TrackId{static_cast<std::uint32_t>(track)})
                                 : Result<std::optional<store::Track>>();
        has_cover_ = found && *found && house_.covers->of((*found)->files).has_value();
    }
    if (has_cover_) {
        (*playing)["cover"] = fmt::format("/api/covers/tracks/{}", track);
    }
}

bool ListeningDesk::is_active() {
    return now()["active"] == true;
}

void ListeningDesk::show(std::string text) {
    const std::lock_guard lock(mutex_);
    if (text != shown_) {
        feed_->show("listening", text);
        shown_ = std::move(text);
    }
}

void ListeningDesk::look() {
    const auto board = app::read_listening_board(board_);
    show(document::to_text(now(board)));
    if (!board) {
        return; // plays of distant ears are told when they are kept
    }
    const auto store = house_.plays.lend();
    if (!store) {
        return;
    }
    std::vector<std::string> fresh;
    store::Milliseconds newest = told_until_;
    (void)(*store)->each_play(told_until_ + 1, std::numeric_limits<store::Milliseconds>::max(),
                              [&](const store::StoredPlay& play) {
                                  newest = std::max(newest, play.started);
                                  fresh.push_back(document::to_text(document::to_json(play)));
                                  return true;
                              });
    told_until_ = newest;
    std::for_each(fresh.rbegin(), fresh.rend(),
                  [this](const std::string& play) { feed_->send("play", play); });
}

} // namespace spindle::server
