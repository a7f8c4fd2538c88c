// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/job_news.h"

#include <utility>

namespace spindle::app {

std::shared_ptr<void> JobNews::listen(const std::string& job, std::function<void()> wake) {
    const std::lock_guard lock(listeners_->mutex);
    const auto place =
        listeners_->all.emplace(job, std::make_shared<std::function<void()>>(std::move(wake)));
    return {nullptr, [listeners = listeners_, place](void*) {
                const std::lock_guard erasing(listeners->mutex);
                listeners->all.erase(place);
            }};
}

void JobNews::tell(const std::string& job) const {
    const std::lock_guard lock(listeners_->mutex);
    const auto [begin, end] = listeners_->all.equal_range(job);
    for (auto one = begin; one != end; ++one) {
        (*one->second)();
    }
}

} // namespace spindle::app
