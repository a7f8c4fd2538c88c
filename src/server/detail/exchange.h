// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/output_file.h"
#include "server/detail/answer.h"
#include "server/detail/core.h"

namespace spindle::server {

/// One request on its way to a handler and back, as far as that needs no socket: what may be done,
/// and where its body goes. The session owns it and calls the steps in this order.
struct Exchange {
    std::chrono::steady_clock::time_point begun{};
    std::string method, target, key;
    unsigned version = 11;
    RequestHead head;
    AnswerWishes wishes;
    Request request;
    std::optional<std::uint64_t> announced; ///< Content-Length
    bool has_body = false;
    bool wants_continue = false; ///< Expect: 100-continue
    bool encoded = false;        ///< Content-Encoding: gzip
    std::int64_t last_event = 0; ///< Last-Event-ID
    bool token_to_look_up = false;
    Guard::Known known;
    const Route* route = nullptr;
    std::optional<Response> refusal; ///< what is answered instead of asking a handler
    Response response;

    /// Keeps what is needed of a header; those that hold secrets reach no handler.
    void take_header(std::string name, std::string value);
    /// Rate, address, host, origin, route.
    void judge_head(Core& core);
    /// Reads the database; not on the connections' thread.
    void look_up_token(const Core& core);
    /// Who asks, and whether that body may come.
    void judge_asker(Core& core);

    void begin_upload(const Core& core);
    /// False when there is too much.
    bool count_body(std::uint64_t bytes);
    void keep_piece(std::string_view piece);
    void end_body();

    void refuse(Response with);

private:
    void judge_body();
    std::uint64_t body_bytes_ = 0;
    std::optional<io::OutputFile> file_;
    std::filesystem::path file_path_;
};

Response refusal_of_head(bool too_large, bool too_slow);
Response refusal_of_body(bool too_slow);

} // namespace spindle::server
