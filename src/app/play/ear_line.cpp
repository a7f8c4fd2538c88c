// SPDX-License-Identifier: Apache-2.0
#include "app/play/ear_line.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "io/http.h"

namespace spindle::app {
namespace {

using nlohmann::json;

/// An answer is a few hundred bytes.
const io::HttpLimits kLimits{Seconds{10}, Seconds{30}, Seconds{60}, 1U << 20U};

io::HttpRequest request_to(const EarServer& server, const std::string& path,
                           const EarLineOptions& options) {
    io::HttpRequest request;
    request.url = server.url + path;
    request.redirects = io::Redirects::Refuse;
    request.user_agent = options.user_agent;
    request.authorities = options.authorities;
    request.limits = kLimits;
    if (!server.token.empty()) {
        request.headers.push_back("Authorization: Bearer " + server.token);
    }
    return request;
}

/// What the server says is wrong (RFC 7807), as far as it is fit to be shown.
std::string detail_of(const io::HttpReply& reply) {
    const json document = json::parse(reply.body, nullptr, false);
    if (document.is_object() && document.contains("detail") && document["detail"].is_string()) {
        constexpr std::size_t kLongest = 300;
        std::string text = document["detail"].get<std::string>().substr(0, kLongest);
        for (char& c : text) {
            c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        }
        return text;
    }
    return fmt::format("status {}", reply.head.status);
}

/// The answer to a request that went well; else an error of the kind EarLine speaks of.
Result<io::HttpReply> asked(const io::HttpRequest& request, const std::stop_token& stop) {
    auto reply = io::http_exchange(request, stop);
    const std::string url = io::shown_url(request.url);
    if (!reply) {
        const bool is_hopeless = reply.error().kind == io::HttpFailure::Request;
        return fail(is_hopeless ? Code::BadInput : Code::Failed, "{}{}",
                    reply.error().error.message,
                    is_hopeless && request.url.starts_with("https:")
                        ? "; a server that made its own certificate keeps it in "
                          "~/.config/spindle/serve-certificate.pem: give a copy with --authorities"
                        : "");
    }
    constexpr int kOk = 200, kUnauthorized = 401, kForbidden = 403, kBusy = 429, kTimeout = 408,
                  kServer = 500, kNotOk = 300;
    const int status = reply->head.status;
    if (status >= kOk && status < kNotOk) {
        return *std::move(reply);
    }
    if (status == kUnauthorized || status == kForbidden) {
        return fail(Code::NoAccess,
                    "{} does not let this box in; there: spindle devices pair, then here: spindle "
                    "listen --server {} --pair TOKEN",
                    url, request.url.substr(0, request.url.find("/api/")));
    }
    const bool passes = status >= kServer || status == kBusy || status == kTimeout;
    return fail(passes ? Code::Failed : Code::BadInput, "{} answers: {}", url, detail_of(*reply));
}

} // namespace

std::string without_slash(std::string url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

Result<std::optional<EarServer>> EarServerFile::load() const {
    SPINDLE_TRY(const auto text, file_.load());
    if (!text) {
        return std::optional<EarServer>();
    }
    const auto end = text->find('\n');
    EarServer server{text->substr(0, end),
                     end == std::string::npos ? std::string() : text->substr(end + 1)};
    while (server.token.ends_with('\n')) {
        server.token.pop_back();
    }
    if (!store::is_one_word(server.url) || !store::is_one_word(server.token)) {
        return fail(Code::BadInput, "{}: an address and a token are expected in it; pair anew",
                    path().string());
    }
    return std::optional(std::move(server));
}

Result<void> EarServerFile::save(const EarServer& server) const {
    return file_.save(server.url + "\n" + server.token + "\n");
}

Result<EarServer> pair_ear(const std::string& url, const std::string& pairing_token,
                           const std::string& name, const EarLineOptions& options,
                           const std::stop_token& stop) {
    EarServer server{without_slash(url), {}};
    auto request = request_to(server, "/api/session", options);
    request.method = io::HttpMethod::Post;
    request.headers.emplace_back("Content-Type: application/json");
    request.body = json{{"token", pairing_token}, {"name", name}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
    auto reply = asked(request, stop);
    if (!reply) {
        return reply.error().code == Code::NoAccess
                   ? fail(Code::NoAccess,
                          "{}: this pairing token is not good, or no longer: make "
                          "a new one there with spindle devices pair",
                          io::shown_url(url))
                   : tl::unexpected(reply.error());
    }
    const json document = json::parse(reply->body, nullptr, false);
    if (!document.is_object() || !document.contains("token") || !document["token"].is_string() ||
        !store::is_one_word(document["token"].get<std::string>())) {
        return fail(Code::BadInput, "{}: no Spindle answers there", io::shown_url(url));
    }
    server.token = document["token"].get<std::string>();
    return server;
}

EarLine line_to(EarServer server, EarLineOptions options) {
    server.url = without_slash(std::move(server.url));
    EarLine line;
    line.send = [server, options](const std::string& stream, const HeardBatch& batch,
                                  const std::stop_token& stop) -> Result<std::uint64_t> {
        auto request = request_to(server, "/api/ears/" + stream, options);
        request.method = io::HttpMethod::Post;
        request.headers.emplace_back("Content-Type: application/octet-stream");
        request.body = to_bytes(batch);
        SPINDLE_TRY(const auto reply, asked(request, stop));
        const json document = json::parse(reply.body, nullptr, false);
        if (!document.is_object() || !document.contains("next") ||
            !document["next"].is_number_unsigned()) {
            return fail(Code::BadInput, "{}: no Spindle answers there", io::shown_url(server.url));
        }
        return document["next"].get<std::uint64_t>();
    };
    line.end = [server, options](const std::string& stream,
                                 const std::stop_token& stop) -> Result<void> {
        auto request = request_to(server, "/api/ears/" + stream, options);
        request.method = io::HttpMethod::Delete;
        SPINDLE_TRY_VOID(asked(request, stop));
        return {};
    };
    return line;
}

} // namespace spindle::app
