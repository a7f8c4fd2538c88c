// SPDX-License-Identifier: Apache-2.0
#include "base/progress.h"

#include <algorithm>
#include <cmath>

namespace spindle {

std::optional<Seconds> RemainingTime::estimate(Seconds elapsed, double done, double total) {
    const double step = elapsed.count() - last_elapsed_;
    if (step >= 0.5 && done > last_done_) {
        const double rate = (done - last_done_) / step;
        // A time constant of 10 s: long enough to bridge one slow file, short enough to follow a
        // change from a disk cache to a spinning disk.
        const double weight = rate_ == 0 ? 1.0 : 1.0 - std::exp(-step / 10.0);
        rate_ += weight * (rate - rate_);
        last_elapsed_ = elapsed.count();
        last_done_ = done;
    }
    if (elapsed.count() < 1.0 || rate_ <= 0) {
        return std::nullopt;
    }
    return Seconds{std::max(0.0, total - done) / rate_};
}

} // namespace spindle
