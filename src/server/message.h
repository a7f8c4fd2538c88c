// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "server/event_stream.h"

/// What comes in and goes out, without a word of sockets: routes are written, and tested, with
/// these alone.
namespace spindle::server {

enum class Method { Get, Post, Put, Patch, Delete }; // HEAD is a Get whose body is not sent

/// "GET", ...
std::string_view name_of(Method method);

/// Names in lower case, in the order they came.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Who sends a request.
struct Asker {
    std::string address; ///< "127.0.0.1", "fe80::1"
    bool owner = false;  ///< at this machine itself
    std::string device;  ///< id of the paired device whose token came with it; empty: none

    bool known() const { return owner || !device.empty(); }
};

/// A body in a file of its own, which goes with the request unless somebody takes it.
class UploadedFile {
public:
    UploadedFile(std::filesystem::path path, std::uint64_t bytes)
        : path_(std::move(path)), bytes_(bytes) {}
    ~UploadedFile();
    UploadedFile(const UploadedFile&) = delete;
    UploadedFile& operator=(const UploadedFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t bytes() const { return bytes_; }
    void set_bytes(std::uint64_t bytes) { bytes_ = bytes; }

    /// Moves it to `to`, on the same disk (uploads lie in the data folder).
    Result<void> take(const std::filesystem::path& to);

private:
    std::filesystem::path path_;
    std::uint64_t bytes_;
};

/// One request, whole: its body has come, within what the route allows.
struct Request {
    Method method = Method::Get;
    std::string path;  ///< decoded, well-formed UTF-8, no "." or ".." in it: "/api/scans/3f"
    Fields parameters; ///< of the route's pattern: "id" -> "3f"
    Fields query;      ///< decoded, well-formed UTF-8
    Fields headers;    ///< without those that hold secrets (Authorization, Cookie)
    std::string body;  ///< of routes whose body is Body::Memory
    std::shared_ptr<UploadedFile> upload; ///< of routes whose body is Body::File
    Asker asker;
    std::stop_token stop; ///< the server ends; long work looks at it

    /// The first of that name; empty if there is none.
    std::string_view header(std::string_view lower_case_name) const;
    std::string_view parameter(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;

    /// What the body is, without parameters, in lower case: "image/jpeg"; empty if it is not said.
    std::string content_type() const;

    /// A whole number of the query, or `otherwise` when it is not there. Code::BadInput names what
    /// is no number or out of range.
    Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t lowest,
                                std::int64_t highest) const;
    /// "true", "false", "1", "0", or nothing after the name: true.
    Result<bool> flag(std::string_view name, bool otherwise) const;
    /// A whole number among the path's parameters. Code::NotFound for what is none, as no such
    /// thing can be there.
    Result<std::int64_t> id(std::string_view name, std::int64_t highest) const;
};

struct Response;

/// An answer that is made when something is over, without holding a worker meanwhile.
struct Later {
    std::shared_ptr<EventSource> events;    ///< waited for until it is over ...
    Seconds at_most{0};                     ///< ... or so long
    std::function<Result<Response>()> then; ///< then asked for the answer, on a worker
};

/// An answer. Exactly one of body, file, events and later is sent.
struct Response {
    int status = 200;
    std::string type; ///< "application/json"; empty: no body
    std::string body;
    std::optional<std::filesystem::path> file; ///< sent piece by piece; byte ranges are answered
    std::shared_ptr<EventSource> events; ///< sent as they come, until the source is at its end
    std::shared_ptr<Later> later;        ///< the answer comes from there instead
    Fields headers;                      ///< others, as they should stand: "ETag"

    static Response json(std::string text, int status = 200);
    static Response text(std::string text, std::string type = "text/plain; charset=utf-8");
    static Response no_content();
    /// The file must be there when it is sent; what changes in between may be sent in part.
    static Response of_file(std::filesystem::path file, std::string type);
    /// Events from after `Last-Event-ID` on; see event_stream.h.
    static Response of_events(std::shared_ptr<EventSource> source);
    static Response wait_for(Later later);
    /// The same answer with one more header.
    Response with(std::string name, std::string value) &&;
};

/// An error as RFC 7807: {"type","title","status","detail","code"}, application/problem+json.
/// @param detail what is wrong and what to do; never a secret
/// @param code as the command line's errors are called; empty: that of the status
Response problem(int status, std::string_view detail, std::string_view code = {});
/// The status that fits the kind of error.
Response problem(const Error& error);

/// "Not Found" of 404, ...; "Status" for what has no name here.
std::string_view reason_of(int status);

} // namespace spindle::server
