// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/message.h"

namespace spindle::server {

/// What of a request decides how its answer looks on the wire.
struct AnswerWishes {
    bool without_body = false; ///< HEAD
    bool keep_alive = true;
    bool chunks = true; ///< HTTP/1.1
    std::string range, if_range, if_none_match;
};

/// A file that is being sent, closed when this goes.
class OpenFile {
public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    /// Up to `most` bytes from `offset` on; empty at the end and on errors.
    std::string read(std::uint64_t offset, std::size_t most) const;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

/// An answer ready to be sent: the head and, of a file, which part follows.
struct Prepared {
    int status = 200;
    std::string head; ///< with the empty line at its end
    std::string body;
    OpenFile file;
    std::uint64_t first = 0, size = 0; ///< of the file
    bool keep_alive = true;
};

/// Opens the file, looks at ranges and ETags, and writes the head. May wait for a disk. A file that
/// is not there is a 404.
Prepared prepare(Response response, const AnswerWishes& wishes);

/// The head of a stream of events.
std::string event_stream_head(const AnswerWishes& wishes);

/// A whole small answer, for those who are turned away at the door.
std::string whole_answer(const Response& response);

/// "1a\r\n...\r\n"
std::string chunk_of(std::string_view bytes);

} // namespace spindle::server
