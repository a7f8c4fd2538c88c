// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "base/units.h"
#include "io/byte_source.h"
#include "io/http.h"

namespace spindle::io {

/// How hard to try when a transfer breaks.
struct HttpPatience {
    /// Attempts in a row that may bring nothing before it is given up. Eight with the pauses below
    /// bridge about four minutes: a router that starts again, a server that is updated.
    int attempts = 8;
    Seconds first_pause{1};    ///< each pause is twice the one before
    Seconds longest_pause{60}; ///< also of what a server asks for with Retry-After
};

/// A file on a server as a stream that survives cut and stalled connections: it goes on behind the
/// last byte with a range request, and makes sure with If-Range, ETag, Last-Modified and size that
/// it still is the same file. A server that knows no ranges sends everything again; what was had is
/// then skipped.
///
/// Besides what HttpStream says, errors are: HttpFailure::Status for all answers but 200 and 206;
/// HttpFailure::Changed (Code::Failed) when the file became another one in between.
class HttpSource : public ByteSource {
public:
    /// Sends the request. `request.first_byte` > 0 begins there; consumed() then counts from there
    /// as if all in front of it had been read. A server that cannot be reached at all is an error
    /// at once; later it is waited for.
    static HttpResult<std::unique_ptr<HttpSource>> open(HttpRequest request, HttpPatience patience,
                                                        std::stop_token stop);
    ~HttpSource() override;

    /// As ByteSource::read; after the last attempt the error of the transfer.
    Result<std::size_t> read(std::span<std::byte> into) override;
    std::uint64_t consumed() const override;
    std::optional<std::uint64_t> total() const override;
    std::string_view name() const override;

    /// The error behind the last failed read().
    const std::optional<HttpError>& failure() const;
    /// How often the transfer was taken up again.
    int resumed() const;

private:
    struct State;
    explicit HttpSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::io
