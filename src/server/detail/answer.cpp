// SPDX-License-Identifier: Apache-2.0
#include "server/detail/answer.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "server/byte_range.h"

namespace spindle::server {
namespace {

/// What every answer says, unless it says something else of that name itself.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kAlways{{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
}};

void add_header(std::string& head, std::string_view name, std::string_view value) {
    const auto add = [&head](std::string_view word) {
        for (const char c : word) {
            head += static_cast<unsigned char>(c) < 0x20 || c == '\x7f' ? ' ' : c;
        }
    };
    add(name);
    head += ": ";
    add(value);
    head += "\r\n";
}

bool says(const Fields& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& one) {
        return text::ascii_lower(one.first) == text::ascii_lower(name);
    });
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", whatever the locale.
std::string http_date(std::time_t time) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                       kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                       kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string head_of(const Response& response) {
    std::string head =
        fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
    add_header(head, "Date", http_date(std::time(nullptr)));
    for (const auto& [name, value] : kAlways) {
        if (!says(response.headers, name)) {
            add_header(head, name, value);
        }
    }
    for (const auto& [name, value] : response.headers) {
        add_header(head, name, value);
    }
    if (!response.type.empty()) {
        add_header(head, "Content-Type", response.type);
    }
    return head;
}

bool names_tag(std::string_view header, std::string_view tag) {
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        std::string_view one = text::trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        if (one == tag || one == "*") {
            return true;
        }
    }
    return false;
}

/// Opens the file and says which part of it is sent; changes status and headers accordingly.
void open_file(Response& response, const AnswerWishes& wishes, Prepared& prepared) {
    struct stat status {};
    const int descriptor = ::open(response.file->c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    prepared.file = OpenFile(descriptor);
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        response = problem(404, "this file is not there (any more)");
        prepared.file = OpenFile();
        return;
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::string tag =
        fmt::format("\"{:x}-{:x}.{:x}\"", size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Accept-Ranges", "bytes");
    if (!says(response.headers, "Cache-Control")) {
        response.headers.emplace_back("Cache-Control", "private, no-cache"); // asks by its ETag
    }
    prepared.size = size;
    if (names_tag(wishes.if_none_match, tag)) {
        response.status = 304;
        response.type.clear();
        prepared.file = OpenFile();
        prepared.size = 0;
        return;
    }
    if (wishes.range.empty() || (!wishes.if_range.empty() && wishes.if_range != tag)) {
        return;
    }
    const auto range = range_of(wishes.range, size);
    if (std::holds_alternative<NoSuchRange>(range)) {
        response = problem(416, "the file is shorter than that")
                       .with("Content-Range", fmt::format("bytes */{}", size));
        prepared.file = OpenFile();
    } else if (const auto* const part = std::get_if<ByteRange>(&range)) {
        response.status = 206;
        response.headers.emplace_back(
            "Content-Range",
            fmt::format("bytes {}-{}/{}", part->first, part->first + part->size - 1, size));
        prepared.first = part->first;
        prepared.size = part->size;
    }
}

} // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::string OpenFile::read(std::uint64_t offset, std::size_t most) const {
    std::string piece(most, '\0');
    const ssize_t got = ::pread(descriptor_, piece.data(), most, static_cast<off_t>(offset));
    piece.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return piece;
}

Prepared prepare(Response response, const AnswerWishes& wishes) {
    Prepared prepared;
    if (response.file) {
        open_file(response, wishes, prepared);
    }
    const bool has_file = prepared.file.descriptor() >= 0;
    prepared.status = response.status;
    prepared.keep_alive = wishes.keep_alive;
    prepared.head = head_of(response);
    if (response.status != 204 && response.status != 304) {
        add_header(prepared.head, "Content-Length",
                   std::to_string(has_file ? prepared.size : response.body.size()));
    }
    if (!prepared.keep_alive) {
        add_header(prepared.head, "Connection", "close");
    } else if (!wishes.chunks) {
        add_header(prepared.head, "Connection", "keep-alive"); // HTTP/1.0 would close otherwise
    }
    prepared.head += "\r\n";
    if (wishes.without_body) {
        prepared.file = OpenFile();
        prepared.size = 0;
    } else if (!has_file) {
        prepared.size = 0;
        prepared.body = std::move(response.body);
    }
    return prepared;
}

std::string event_stream_head(const AnswerWishes& wishes) {
    Response response;
    response.type = "text/event-stream";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Accel-Buffering", "no"); // a proxy in between passes each on
    std::string head = head_of(response);
    add_header(head, "Connection", "close");
    if (wishes.chunks) {
        add_header(head, "Transfer-Encoding", "chunked");
    }
    head += "\r\n";
    return head;
}

std::string whole_answer(const Response& response) {
    AnswerWishes wishes;
    wishes.keep_alive = false;
    Prepared prepared = prepare(response, wishes);
    return prepared.head + prepared.body;
}

std::string chunk_of(std::string_view bytes) {
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

} // namespace spindle::server
