// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace spindle::app {

/// Who wants to know when there is something new of a job. Thread-safe.
class JobNews {
public:
    /// `wake` is called by tell(), until what is returned is gone; that may outlive this.
    std::shared_ptr<void> listen(const std::string& job, std::function<void()> wake);
    void tell(const std::string& job) const;

private:
    struct Listeners {
        std::mutex mutex; // held while they are called: who is gone is not called any more
        std::multimap<std::string, std::shared_ptr<std::function<void()>>> all;
    };
    std::shared_ptr<Listeners> listeners_ = std::make_shared<Listeners>();
};

} // namespace spindle::app
