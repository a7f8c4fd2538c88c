// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"

namespace spindle::server {

/// Stores that are open already: each request takes one and gives it back, as a store is for one
/// thread at a time, and opening one costs a millisecond. As many are kept as were ever needed at
/// once. Thread-safe; outlives what it lends.
template <typename Store>
class StorePool {
public:
    using Open = std::function<Result<std::unique_ptr<Store>>()>;
    explicit StorePool(Open open) : open_(std::move(open)) {}

    /// A store for the time of one request.
    class Lent {
    public:
        Lent(StorePool& pool, std::unique_ptr<Store> store)
            : pool_(&pool), store_(std::move(store)) {}
        ~Lent() {
            if (store_) {
                const std::lock_guard lock(pool_->mutex_);
                pool_->idle_.push_back(std::move(store_));
            }
        }
        Lent(Lent&&) noexcept = default;
        Lent& operator=(Lent&&) noexcept = delete;
        Lent(const Lent&) = delete;
        Lent& operator=(const Lent&) = delete;

        Store* operator->() const { return store_.get(); }
        Store& operator*() const { return *store_; }

    private:
        StorePool* pool_;
        std::unique_ptr<Store> store_;
    };

    Result<Lent> lend() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto store = std::move(idle_.back());
                idle_.pop_back();
                return Lent(*this, std::move(store));
            }
        }
        SPINDLE_TRY(auto store, open_());
        return Lent(*this, std::move(store));
    }

private:
    const Open open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Store>> idle_;
};

} // namespace spindle::server
