// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace spindle::app {

/// Batches of work from one thread to several: a queue that holds at most `room`, so that a fast
/// producer waits instead of filling memory.
template <typename Batch>
class BatchQueue {
public:
    explicit BatchQueue(std::size_t room) : room_(room) {}

    /// Waits for room. @return false if the queue was closed: nobody will take it.
    bool push(Batch batch) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || batches_.size() < room_; });
        if (closed_) {
            return false;
        }
        batches_.push_back(std::move(batch));
        changed_.notify_all();
        return true;
    }

    /// Waits for a batch. @return nothing when no more will come.
    std::optional<Batch> pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || ended_ || !batches_.empty(); });
        if (closed_ || batches_.empty()) {
            return std::nullopt;
        }
        std::optional<Batch> batch(std::move(batches_.front()));
        batches_.pop_front();
        changed_.notify_all();
        return batch;
    }

    /// No more batches come; those in the queue will still be taken.
    void end() {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    /// Something failed: nothing is given or taken any more.
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

private:
    std::size_t room_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Batch> batches_;
    bool ended_ = false;
    bool closed_ = false;
};

} // namespace spindle::app
