// SPDX-License-Identifier: Apache-2.0
#include "app/market/discogs_access.h"

#include <cstdlib>
#include <random>

#include "io/xdg.h"

namespace spindle::app {
namespace {

// NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets variables
std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

} // namespace

Result<store::LoginFile> discogs_login_file() {
    SPINDLE_TRY(const auto folder, io::config_folder());
    return store::LoginFile(folder);
}

Result<std::unique_ptr<market::DiscogsClient>>
open_discogs(const std::string& token, double stall_timeout, std::string_view version) {
    market::DiscogsOptions options;
    options.token = token;
    options.user_agent = io::user_agent(version);
    options.http.stall_timeout = Seconds{stall_timeout};
    options.jitter_seed = std::random_device{}();
    if (const std::string url = variable("SPINDLE_DISCOGS_URL"); !url.empty()) {
        options.url = url;
    }
    const std::string window = variable("SPINDLE_DISCOGS_WINDOW");
    if (!window.empty() && options.url.starts_with("http://127.0.0.1")) {
        market::RateLimit limit = token.empty() ? market::kWithoutToken : market::kWithToken;
        const Seconds shorter{std::strtod(window.c_str(), nullptr)};
        if (shorter > Seconds{0.001} && shorter <= limit.window) {
            const double share = shorter / limit.window;
            limit.window = shorter;
            options.limit = limit;
            options.first_pause *= share;
            options.longest_wait *= share;
        }
    }
    return market::DiscogsClient::create(std::move(options));
}

} // namespace spindle::app
