// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace spindle::market {

struct BrowserOptions {
    // Empty: chromedriver and chromium as they are found in $PATH.
    std::filesystem::path driver;
    std::filesystem::path browser;
    bool visible = true; ///< the owner sees what is opened, and may answer what a page asks
    /// The owner's profile for this: cookies, so that a page that was answered once is not asked
    /// for again. Empty: a fresh one, gone afterwards.
    std::filesystem::path profile;
    Seconds patience{60}; ///< for the browser to start, and for one page to load
};

/// A Chromium that shows pages one at a time, driven through chromedriver (W3C WebDriver,
/// https://www.w3.org/TR/webdriver2/). It closes with this object. Not thread-safe.
class Browser {
public:
    /// Code::NotFound, with what to install, when there is no chromedriver or no Chromium.
    static Result<Browser> start(const BrowserOptions& options, const std::stop_token& stop);
    Browser(Browser&&) noexcept;
    Browser& operator=(Browser&&) noexcept;
    ~Browser();

    /// Goes to an address (http or https) and waits until it has loaded.
    Result<void> open(const std::string& url, const std::stop_token& stop);

    /// The page as it is now, as HTML: at most 20 MB. It may still change.
    Result<std::string> source(const std::stop_token& stop);

private:
    struct State;
    explicit Browser(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::market
