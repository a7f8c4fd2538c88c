// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "io/http.h"
#include "scrobble/outcome.h"
#include "scrobble/wire.h"

namespace spindle::scrobble::detail {

/// Sends requests to one service, and words for what goes wrong that hold no secret.
class Exchange {
public:
    /// @param shown the service's name in messages
    /// @param secrets what no message may hold, whatever the service writes
    Exchange(std::string shown, Wire wire, std::vector<std::string> secrets);

    /// A form (application/x-www-form-urlencoded), each value encoded.
    io::HttpResult<io::HttpReply> post_form(const std::string& url, const std::string& form,
                                            const std::stop_token& stop) const;
    io::HttpResult<io::HttpReply> post_json(const std::string& url, const std::string& json,
                                            const std::string& authorization,
                                            const std::stop_token& stop) const;
    io::HttpResult<io::HttpReply> get(const std::string& url, const std::string& authorization,
                                      const std::stop_token& stop) const;

    /// What it means for listens when no answer came.
    Outcome outcome_of(const io::HttpError& error) const;
    /// The same outcome with the service's name in front, and without words that hold a secret.
    Outcome worded(Outcome outcome) const;
    std::string worded(std::string text) const;
    /// The status and how the body begins: for answers that cannot be read.
    std::string describe(const io::HttpReply& reply) const;

    const std::string& shown() const { return shown_; }

private:
    io::HttpResult<io::HttpReply> send(io::HttpRequest request, const std::stop_token& stop) const;

    std::string shown_;
    Wire wire_;
    std::vector<std::string> secrets_;
};

} // namespace spindle::scrobble::detail
