// SPDX-License-Identifier: Apache-2.0
#include "server/message.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace spindle::server {
namespace {

std::optional<std::string_view> first_of(const Fields& fields, std::string_view name) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [name](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::int64_t> whole_number(std::string_view word) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc{} && end == word.data() + word.size() ? std::optional(number)
                                                                    : std::nullopt;
}

int status_of(Code code) {
    switch (code) {
    case Code::BadInput:
        return 400;
    case Code::NotFound:
        return 404;
    case Code::NoAccess:
        return 403;
    case Code::NoSpace:
        return 507;
    case Code::Busy:
    case Code::Cancelled:
        return 503;
    case Code::Unsupported:
        return 501;
    case Code::Failed:
        return 500;
    }
    return 500;
}

std::string_view code_of(int status) {
    switch (status) {
    case 401:
    case 403:
        return "no_access";
    case 404:
        return "not_found";
    case 408:
    case 429:
    case 503:
        return "busy";
    case 507:
        return "no_space";
    case 500:
        return "failed";
    case 501:
        return "unsupported";
    default:
        return "bad_input";
    }
}

} // namespace

std::string_view name_of(Method method) {
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Patch:
        return "PATCH";
    case Method::Delete:
        return "DELETE";
    }
    return "GET";
}

UploadedFile::~UploadedFile() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
}

Result<void> UploadedFile::take(const std::filesystem::path& to) {
    std::error_code error;
    std::filesystem::rename(path_, to, error);
    if (error) {
        return tl::unexpected(system_error(to.string(), error.value()));
    }
    path_.clear();
    return {};
}

std::string_view Request::header(std::string_view lower_case_name) const {
    return first_of(headers, lower_case_name).value_or(std::string_view{});
}

std::string_view Request::parameter(std::string_view name) const {
    return first_of(parameters, name).value_or(std::string_view{});
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    return first_of(query, name);
}

std::string Request::content_type() const {
    const std::string_view whole = header("content-type");
    return text::ascii_lower(text::trimmed(whole.substr(0, whole.find(';'))));
}

Result<std::int64_t> Request::number(std::string_view name, std::int64_t otherwise,
                                     std::int64_t lowest, std::int64_t highest) const {
    const auto word = query_value(name);
    if (!word) {
        return otherwise;
    }
    const auto number = whole_number(*word);
    if (!number || *number < lowest || *number > highest) {
        return fail(Code::BadInput, "{}={}: not a whole number from {} to {}", name,
                    text::printable(text::shortened(text::to_utf8(*word), 40)), lowest, highest);
    }
    return *number;
}

Result<bool> Request::flag(std::string_view name, bool otherwise) const {
    const auto word = query_value(name);
    if (!word) {
        return otherwise;
    }
    if (word->empty() || *word == "true" || *word == "1") {
        return true;
    }
    if (*word == "false" || *word == "0") {
        return false;
    }
    return fail(Code::BadInput, "{}={}: neither true nor false", name,
                text::printable(text::shortened(text::to_utf8(*word), 40)));
}

Result<std::int64_t> Request::id(std::string_view name, std::int64_t highest) const {
    const auto number = whole_number(parameter(name));
    if (!number || *number < 1 || *number > highest) {
        return fail(Code::NotFound, "{}: no such {}",
                    text::printable(text::shortened(text::to_utf8(parameter(name)), 40)), name);
    }
    return *number;
}

Response Response::json(std::string text, int status) {
    Response response;
    response.status = status;
    response.type = "application/json";
    response.body = std::move(text);
    return response;
}

Response Response::text(std::string text, std::string type) {
    Response response;
    response.type = std::move(type);
    response.body = std::move(text);
    return response;
}

Response Response::no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response Response::of_file(std::filesystem::path file, std::string type) {
    Response response;
    response.type = std::move(type);
    response.file = std::move(file);
    return response;
}

Response Response::of_events(std::shared_ptr<EventSource> source) {
    Response response;
    response.type = "text/event-stream";
    response.events = std::move(source);
    return response;
}

Response Response::wait_for(Later later) {
    Response response;
    response.later = std::make_shared<Later>(std::move(later));
    return response;
}

Response Response::with(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

Response problem(int status, std::string_view detail, std::string_view code) {
    const nlohmann::ordered_json json{{"type", "about:blank"},
                                      {"title", reason_of(status)},
                                      {"status", status},
                                      {"detail", detail},
                                      {"code", code.empty() ? code_of(status) : code}};
    Response response = Response::json(
        json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), status);
    response.type = "application/problem+json";
    return response;
}

Response problem(const Error& error) {
    Response response = problem(status_of(error.code), error.message, name_of(error.code));
    if (response.status == 503) {
        response.headers.emplace_back("Retry-After", "5");
    }
    return response;
}

std::string_view reason_of(int status) {
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Status";
    }
}

} // namespace spindle::server
