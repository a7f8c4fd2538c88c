// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace spindle::catalog {

/// Lets parallel workers append to one file in a fixed order: worker i passes when 0..i-1 have
/// left. Work must be begun in rising order. A worker that fails closes the gate for all.
class OrderedGate {
public:
    /// Waits for its turn. @return false if the gate was closed.
    bool enter(std::size_t turn) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || next_ == turn; });
        return !closed_;
    }
    void leave() {
        const std::scoped_lock lock(mutex_);
        ++next_;
        changed_.notify_all();
    }
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0;
    bool closed_ = false;
};

} // namespace spindle::catalog
