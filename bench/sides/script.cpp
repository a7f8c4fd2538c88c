// SPDX-License-Identifier: Apache-2.0
#include "sides/script.h"

#include <algorithm>
#include <cmath>

namespace spindle::sides {
namespace {

using simulator::Arm;
using simulator::Arrival;
using simulator::Cut;
using simulator::kTurn;
using simulator::Side;

/// Nothing happens so near to a track's ends: what is left of it is still worth hearing.
constexpr Seconds kFromStart{20};
constexpr Seconds kFromEnd{20};

class Script {
public:
    Script(const simulator::Transport& transport, std::span<const Side> sides,
           simulator::Random& random)
        : arm_(transport), sides_(sides), random_(random) {}

    Seconds between(double low, double high) { return Seconds(random_.between(low, high)); }
    Arm& arm() { return arm_; }

    /// A place within a track.
    Seconds within(const Cut& cut) {
        const double first = std::min(kFromStart.count(), 0.4 * cut.info.length.count());
        const double last =
            std::max(cut.info.length.count() - kFromEnd.count(), 0.6 * cut.info.length.count());
        return cut.start + between(first, last);
    }

    const Cut& any_cut(std::size_t side) {
        return sides_[side].cuts[random_.below(sides_[side].cuts.size())];
    }

    /// From where it is to the end of the side and into the run-out groove.
    void to_the_end(std::size_t side) {
        arm_.play_to(sides_[side].music_end());
        arm_.play_for(between(5, 60)); // nobody gets up at once
    }

    void whole_side(std::size_t side) {
        arm_.drop(side, between(0, 1));
        to_the_end(side);
    }

    void lifted() {
        arm_.drop(0, between(0, 1));
        arm_.play_to(within(any_cut(0)));
    }

    void dropped() {
        arm_.drop(0, within(any_cut(0)));
        to_the_end(0);
    }

    void skips(int direction) {
        arm_.drop(0, between(0, 1));
        for (const Cut& cut : sides_[0].cuts) {
            if (random_.unit() < 0.3) {
                continue;
            }
            const Seconds at = within(cut);
            arm_.play_to(at);
            const Seconds room =
                direction > 0 ? cut.end() - kFromEnd / 2 - at : at - cut.start - kFromStart / 2;
            const int most = static_cast<int>(room / kTurn);
            if (most >= 1) {
                const auto turns = 1 + random_.below(static_cast<std::size_t>(std::min(most, 12)));
                arm_.jump(direction * static_cast<int>(turns));
            }
        }
        to_the_end(0);
    }

    void locked() {
        arm_.drop(0, between(0, 1));
        arm_.play_to(within(any_cut(0)));
        arm_.lock(between(10, 60));
        to_the_end(0);
    }

    /// Lifted within a track and put back where it was or up to a turn before.
    void put_back(Seconds after, Arrival arrival) {
        arm_.drop(0, between(0, 1));
        arm_.play_to(within(any_cut(0)));
        const Seconds place = arm_.place() - between(0, kTurn.count());
        arm_.rest(after);
        arm_.drop(0, place, arrival);
        to_the_end(0);
    }

    void again() {
        const Cut& cut = any_cut(0);
        arm_.drop(0, between(0, 1));
        arm_.play_to(cut.start + between(0.6, 1.0) * cut.info.length.count());
        arm_.rest(between(4, 12));
        arm_.drop(0, std::max(Seconds(0), cut.start - between(0.2, 2)));
        to_the_end(0);
    }

private:
    Arm arm_;
    std::span<const Side> sides_;
    simulator::Random& random_;
};

} // namespace

std::vector<simulator::Stretch> write_script(Happening happening, std::span<const Side> sides,
                                             const simulator::Transport& transport,
                                             const OtherSound& radio, simulator::Random& random) {
    Script script(transport, sides, random);
    script.arm().rest(script.between(3, 20));
    switch (happening) {
    case Happening::Plain:
    case Happening::Segues:
    case Happening::Interlude:
    case Happening::Hidden:
    case Happening::WrongSpeed:
        script.whole_side(0);
        break;
    case Happening::Lifted:
        script.lifted();
        break;
    case Happening::Dropped:
        script.dropped();
        break;
    case Happening::SkipForward:
        script.skips(+1);
        break;
    case Happening::SkipBack:
        script.skips(-1);
        break;
    case Happening::Locked:
        script.locked();
        break;
    case Happening::Pause:
        script.put_back(script.between(3, 6), Arrival::Resumed);
        break;
    case Happening::Return:
        // Within a minute it is one play still; well after it is another.
        if (random.unit() < 0.5) {
            script.put_back(script.between(12, 50), Arrival::Resumed);
        } else {
            script.put_back(script.between(75, 120), Arrival::Anew);
        }
        break;
    case Happening::Again:
        script.again();
        break;
    case Happening::Flip:
    case Happening::Radio:
        script.whole_side(0);
        script.arm().rest(script.between(8, 20));
        if (happening == Happening::Radio) {
            const Seconds length = std::min(radio.length, script.between(40, 150));
            const Seconds latest = radio.length - length;
            script.arm().other(radio.number, script.between(0, latest.count()), length);
            script.arm().rest(script.between(3, 10));
        }
        script.whole_side(1);
        break;
    case Happening::BFirst:
        script.whole_side(1);
        script.arm().rest(script.between(15, 60));
        script.whole_side(0);
        break;
    }
    script.arm().rest(script.between(20, 40));
    return script.arm().path();
}

} // namespace spindle::sides
