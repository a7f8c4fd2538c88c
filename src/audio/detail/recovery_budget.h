// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>

#include "base/boot_time.h"

namespace spindle::audio::detail {

/// How often a device may be mended before it counts as gone. Recovery may "succeed" for ever while
/// nothing is ever recorded: with a sound server that was killed it does.
class RecoveryBudget {
public:
    /// May it be tried once more? Counts the try.
    bool allows(BootTime now) {
        while (!recent_.empty() && now - recent_.front() >= Seconds{1}) {
            recent_.pop_front();
        }
        if (without_sound_ >= kWithoutSound || recent_.size() >= kInASecond) {
            return false;
        }
        ++without_sound_;
        recent_.push_back(now);
        return true;
    }

    /// Sound came: recovery works.
    void delivered() { without_sound_ = 0; }

private:
    static constexpr std::size_t kWithoutSound = 3;
    static constexpr std::size_t kInASecond = 10;
    std::size_t without_sound_ = 0;
    std::deque<BootTime> recent_;
};

} // namespace spindle::audio::detail
