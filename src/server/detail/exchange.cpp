// SPDX-License-Identifier: Apache-2.0
#include "server/detail/exchange.h"

#include <cmath>

#include "app/devices/secret_word.h"
#include "base/text.h"
#include "server/request_target.h"

namespace spindle::server {
namespace {

std::optional<Method> method_named(std::string_view name) {
    for (const Method method :
         {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete}) {
        if (name == name_of(method)) {
            return method;
        }
    }
    return name == "HEAD" ? std::optional(Method::Get) : std::nullopt;
}

std::string shown_size(std::uint64_t bytes) {
    constexpr std::uint64_t kMega = 1U << 20U;
    return bytes >= kMega ? fmt::format("{} MB", bytes / kMega)
                          : fmt::format("{} KB", std::max<std::uint64_t>(1, bytes >> 10U));
}

Response too_large(std::uint64_t allowed) {
    return problem(413, fmt::format("the body is larger than the {} allowed here; send less, or a "
                                    "smaller picture or recording",
                                    shown_size(allowed)));
}

Response too_often(Seconds wait) {
    return problem(429, "too many requests from this address; wait a moment")
        .with("Retry-After", std::to_string(static_cast<int>(std::ceil(wait.count()))));
}

} // namespace

void Exchange::take_header(std::string name, std::string value) {
    name = text::ascii_lower(name);
    if (name == "authorization") {
        head.authorization = std::move(value);
        return;
    }
    if (name == "cookie") {
        head.cookie += (head.cookie.empty() ? "" : "; ") + value;
        return;
    }
    if (name == "host") {
        head.host = head.host.empty() ? value : "two hosts"; // which is none
    } else if (name == "origin") {
        head.origin = value;
    } else if (name == "sec-fetch-site") {
        head.fetch_site = value;
    } else if (name == "forwarded" || name == "x-forwarded-for") {
        head.forwarded = true;
    } else if (name == "range") {
        wishes.range = value;
    } else if (name == "if-range") {
        wishes.if_range = value;
    } else if (name == "if-none-match") {
        wishes.if_none_match = value;
    } else if (name == "expect") {
        wants_continue = text::ascii_lower(value) == "100-continue";
    } else if (name == "content-encoding") {
        encoded = text::ascii_lower(value) != "identity";
    } else if (name == "last-event-id") {
        last_event = last_event_id(value).value_or(0);
    }
    request.headers.emplace_back(std::move(name), std::move(value));
}

void Exchange::refuse(Response with) {
    if (!refusal) {
        refusal = std::move(with);
    }
}

void Exchange::judge_head(Core& core) {
    wishes.without_body = method == "HEAD";
    const auto now = std::chrono::steady_clock::now();
    RateLimit& rate = head.loopback ? core.own_rate : core.rate;
    if (const auto wait = rate.take(key, now)) {
        return refuse(too_often(*wait));
    }
    const auto known_method = method_named(method);
    if (!known_method) {
        return refuse(problem(405, "this server knows GET, HEAD, POST, PUT, PATCH and DELETE")
                          .with("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE"));
    }
    head.method = *known_method;
    auto parsed = parse_target(target);
    if (!parsed) {
        return refuse(problem(parsed.error()));
    }
    if (auto objection = core.guard.objection(head)) {
        return refuse(std::move(*objection));
    }
    auto found = core.router.find(*known_method, parsed->segments);
    if (const auto* const wrong = std::get_if<Router::WrongMethod>(&found)) {
        return refuse(problem(405, fmt::format("{} does not {}; it knows {}", parsed->path, method,
                                               wrong->allow))
                          .with("Allow", wrong->allow));
    }
    auto* const match = std::get_if<Router::Match>(&found);
    if (match == nullptr) {
        return refuse(problem(
            404, fmt::format("there is nothing at {}", text::shortened(parsed->path, 100))));
    }
    route = match->route;
    request.method = *known_method;
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
    request.parameters = std::move(match->parameters);
    if (const auto after = request.query_value("last_event_id")) {
        last_event = last_event_id(*after).value_or(last_event);
    }
    token_to_look_up = !head.authorization.empty() || !head.cookie.empty();
    const bool guesses = route->rules.who == Who::Anybody && head.method != Method::Get;
    if (!token_to_look_up) {
        known = core.guard.recognise(head);
    }
    if (!token_to_look_up && !guesses) {
        return;
    }
    if (const auto wait = core.wrong_tokens.wait(key, now)) {
        token_to_look_up = false;
        refuse(
            problem(429, "too many wrong tokens from this address; wait a moment")
                .with("Retry-After", std::to_string(static_cast<int>(std::ceil(wait->count())))));
    }
}

void Exchange::look_up_token(const Core& core) {
    known = core.guard.recognise(head);
}

void Exchange::judge_asker(Core& core) {
    if (refusal) {
        return;
    }
    if (known.wrong_token && route->rules.who != Who::Anybody) {
        core.wrong_tokens.take(key, std::chrono::steady_clock::now());
    }
    if (auto objection = Guard::objection(known, route->rules.who)) {
        return refuse(std::move(*objection));
    }
    request.asker = known.asker;
    judge_body();
}

void Exchange::judge_body() {
    const Rules& rules = route->rules;
    if (rules.body == Body::None) {
        if (has_body) {
            refuse(problem(413, "this takes no body"));
        }
        return;
    }
    if (announced.value_or(0) > rules.largest_body) {
        return refuse(too_large(rules.largest_body));
    }
    if (!has_body) {
        return refuse(problem(400, "the body is empty"));
    }
    if (encoded) {
        return refuse(problem(415, "compressed bodies are not taken; send it as it is"));
    }
    const std::string type = request.content_type();
    if (!allows_type(rules, type)) {
        std::string allowed;
        for (const std::string& one : rules.types) {
            allowed += (allowed.empty() ? "" : ", ") + one;
        }
        refuse(problem(415, fmt::format("{} is not taken here; it takes {}",
                                        text::printable(text::shortened(text::to_utf8(type), 60)),
                                        allowed)));
    }
}

void Exchange::begin_upload(const Core& core) {
    std::error_code error;
    std::filesystem::create_directories(core.options.upload_folder, error);
    const auto name = app::secret_word();
    if (!name) {
        return refuse(problem(name.error()));
    }
    file_path_ = core.options.upload_folder / *name;
    auto file = io::OutputFile::create(file_path_);
    if (!file) {
        return refuse(problem(file.error()));
    }
    file_ = std::move(*file);
    request.upload = std::make_shared<UploadedFile>(file_path_, 0); // goes, whatever comes
}

bool Exchange::count_body(std::uint64_t bytes) {
    body_bytes_ += bytes;
    if (body_bytes_ > route->rules.largest_body) {
        refuse(too_large(route->rules.largest_body));
        return false;
    }
    return true;
}

void Exchange::keep_piece(std::string_view piece) {
    if (auto written = file_->append(std::as_bytes(std::span(piece))); !written) {
        refuse(problem(written.error()));
    }
}

void Exchange::end_body() {
    if (refusal) {
        return;
    }
    if (body_bytes_ == 0) {
        return refuse(problem(400, "the body is empty"));
    }
    if (file_) {
        file_.reset();
        request.upload->set_bytes(body_bytes_);
    }
}

Response refusal_of_head(bool too_large, bool too_slow) {
    return too_large  ? problem(431, "the request's head is too large")
           : too_slow ? problem(408, "the request's head took too long")
                      : problem(400, "this is no HTTP request");
}

Response refusal_of_body(bool too_slow) {
    return too_slow ? problem(408, "the body came too slowly, or not at all; try again on a "
                                   "better line")
                    : problem(400, "the body ended before its end");
}

} // namespace spindle::server
