// SPDX-License-Identifier: Apache-2.0
#include "market/browser.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "io/child_process.h"
#include "io/http.h"

namespace spindle::market {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kLargestPage = 20ULL << 20U;

/// Of chromedriver's first words: "... was started successfully on port 40123."
std::optional<int> port_in(std::string_view line) {
    constexpr std::string_view kBefore = "on port ";
    const std::size_t at = line.rfind(kBefore);
    if (at == std::string_view::npos || line.find("success") == std::string_view::npos) {
        return std::nullopt;
    }
    int port = 0;
    const auto* begin = line.data() + at + kBefore.size();
    const auto [end, error] = std::from_chars(begin, line.data() + line.size(), port);
    return error == std::errc() && port > 0 && port < 65536 ? std::optional(port) : std::nullopt;
}

Result<std::filesystem::path> program(const std::filesystem::path& given, const char* name,
                                      const char* package) {
    if (!given.empty()) {
        return given;
    }
    auto found = io::find_program(name);
    if (!found) {
        return fail(Code::NotFound,
                    "there is no {} on this machine: install {} (Debian: apt "
                    "install {})",
                    name, package, package);
    }
    return *found;
}

Json capabilities_of(const BrowserOptions& options, const std::filesystem::path& browser) {
    Json arguments = Json::array({"--no-first-run", "--disable-search-engine-choice-screen"});
    if (!options.visible) {
        arguments.push_back("--headless=new");
    }
    if (::geteuid() == 0) {
        arguments.push_back("--no-sandbox"); // Chromium refuses to sandbox for root
    }
    if (!options.profile.empty()) {
        arguments.push_back("--user-data-dir=" + options.profile.string());
    }
    const double milliseconds = options.patience.count() * 1000;
    return {{"capabilities",
             {{"alwaysMatch",
               {{"browserName", "chrome"},
                {"timeouts", {{"pageLoad", static_cast<std::int64_t>(milliseconds)}}},
                {"goog:chromeOptions", {{"binary", browser.string()}, {"args", arguments}}}}}}}};
}

} // namespace

struct Browser::State {
    io::ChildProcess driver;
    std::string address; ///< of the driver, then of its session
    Seconds patience{60};
    bool has_session = false;

    /// Does one command; its value.
    Result<Json> command(io::HttpMethod method, const std::string& path, const Json& body,
                         const std::stop_token& stop) const {
        io::HttpRequest request;
        request.url = address + path;
        request.method = method;
        if (method == io::HttpMethod::Post) {
            request.body = body.dump();
            request.headers.emplace_back("Content-Type: application/json; charset=utf-8");
        }
        // The driver answers when the page has loaded, or says itself that it took too long.
        request.limits.stall_timeout = patience + Seconds{10};
        request.limits.largest_body = kLargestPage;
        const auto reply = io::http_exchange(request, stop);
        if (!reply) {
            return tl::unexpected(reply.error().error.within("chromedriver"));
        }
        const Json answer = Json::parse(reply->body, nullptr, false);
        if (!answer.is_object() || !answer.contains("value")) {
            return fail(Code::Failed, "chromedriver answered something that is no WebDriver");
        }
        const Json& value = answer["value"];
        if (reply->head.status != 200) {
            std::string message =
                value.is_object() ? value.value("message", std::string("?")) : "?";
            return fail(Code::Failed, "Chromium: {}", message.substr(0, message.find('\n')));
        }
        return value;
    }
};

Browser::Browser(std::unique_ptr<State> state) : state_(std::move(state)) {}
Browser::Browser(Browser&&) noexcept = default;
Browser& Browser::operator=(Browser&&) noexcept = default;

Browser::~Browser() {
    if (state_ && state_->has_session) {
        // It closes its windows and forgets a fresh profile; if not, it ends with the driver.
        state_->patience = Seconds{1};
        (void)state_->command(io::HttpMethod::Delete, "", {}, {});
    }
}

Result<Browser> Browser::start(const BrowserOptions& options, const std::stop_token& stop) {
    SPINDLE_TRY(const auto driver, program(options.driver, "chromedriver", "chromium-driver"));
    SPINDLE_TRY(const auto browser, program(options.browser, "chromium", "chromium"));
    SPINDLE_TRY(auto child, io::ChildProcess::start(driver, {"--port=0"}));
    std::optional<int> port;
    while (!port) {
        SPINDLE_TRY(const auto line, child.read_line(options.patience, stop));
        if (!line) {
            return fail(Code::Failed, "{} ended before it was ready", driver.string());
        }
        port = port_in(*line);
    }
    auto state = std::make_unique<State>(State{std::move(child), {}, options.patience, false});
    state->address = fmt::format("http://127.0.0.1:{}/session", *port);
    SPINDLE_TRY(const Json value,
                state->command(io::HttpMethod::Post, "", capabilities_of(options, browser), stop));
    const auto id = value.find("sessionId");
    if (id == value.end() || !id->is_string()) {
        return fail(Code::Failed, "chromedriver began no session");
    }
    state->address += "/" + id->get<std::string>();
    state->has_session = true;
    return Browser(std::move(state));
}

Result<void> Browser::open(const std::string& url, const std::stop_token& stop) {
    SPINDLE_TRY(const Json nothing,
                state_->command(io::HttpMethod::Post, "/url", {{"url", url}}, stop));
    return {};
}

Result<std::string> Browser::source(const std::stop_token& stop) {
    SPINDLE_TRY(const Json page, state_->command(io::HttpMethod::Get, "/source", {}, stop));
    if (!page.is_string()) {
        return fail(Code::Failed, "chromedriver gave no page");
    }
    return page.get<std::string>();
}

} // namespace spindle::market
