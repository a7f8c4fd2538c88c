// SPDX-License-Identifier: Apache-2.0
#include "simulator/needle.h"

#include <algorithm>
#include <cmath>

namespace spindle::simulator {

Seconds place_at(const Stretch& stretch, const Transport& transport, Seconds time) {
    return Seconds(stretch.base + transport.record_time(time.count()));
}

Seconds time_of(const Stretch& stretch, const Transport& transport, Seconds place) {
    // The place only ever moves on: halving the interval 60 times is exact to a double.
    Seconds low = stretch.start;
    Seconds high = stretch.end;
    for (int i = 0; i < 60; ++i) {
        const Seconds middle = (low + high) / 2;
        (place_at(stretch, transport, middle) < place ? low : high) = middle;
    }
    return (low + high) / 2;
}

Seconds Arm::place() const {
    return place_at(down_, transport_, now_);
}

void Arm::move_on(Stretch stretch, Seconds time) {
    stretch.start = now_;
    stretch.end = on_grid(now_ + time);
    has_begun_ = stretch.end > stretch.start + kGrid / 2;
    if (has_begun_) {
        now_ = stretch.end;
        path_.push_back(stretch);
    }
}

void Arm::rest(Seconds time) {
    move_on({}, time);
    has_begun_ = false;
}

void Arm::drop(std::size_t side, Seconds place, Arrival arrival) {
    down_ = {};
    down_.source = Source::Groove;
    down_.number = side;
    down_.arrival = arrival;
    has_begun_ = false;
    down_.base = place.count() - transport_.record_time(now_.count());
}

void Arm::play_for(Seconds time) {
    if (!has_begun_) {
        move_on(down_, time);
        return;
    }
    now_ = std::max(now_, on_grid(now_ + time));
    path_.back().end = now_;
}

void Arm::play_to(Seconds place) {
    Stretch ahead = down_;
    ahead.start = now_;
    ahead.end = now_ + std::max(Seconds(0), (place - Arm::place()) / transport_.speed) + Seconds(1);
    play_for(time_of(ahead, transport_, place) - now_);
}

void Arm::jump(int turns) {
    down_.base += turns / transport_.turns_per_second;
    down_.arrival = Arrival::Jumped;
    has_begun_ = false;
}

void Arm::lock(Seconds time) {
    const Seconds edge = place();
    const auto turns = std::max(1, static_cast<int>(std::lround(time.count() * transport_.speed *
                                                                transport_.turns_per_second)));
    for (int turn = 0; turn < turns; ++turn) {
        jump(-1);
        down_.arrival = Arrival::Locked;
        play_to(edge);
    }
    down_.arrival = Arrival::Onward;
    has_begun_ = false;
}

void Arm::other(std::size_t sound, Seconds from, Seconds time) {
    Stretch stretch;
    stretch.source = Source::Other;
    stretch.number = sound;
    stretch.base = (from - now_).count();
    move_on(stretch, time);
    has_begun_ = false;
}

} // namespace spindle::simulator
