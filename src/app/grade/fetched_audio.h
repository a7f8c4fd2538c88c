// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace spindle::app {

/// Audio that is a file, or is fetched from the web into a temporary one for as long as this lives.
class FetchedAudio {
public:
    /// @param audio a path, or an http(s) address: at most 500 MB are fetched of it, in 20 min at
    /// most. @param user_agent see io::user_agent.
    /// Errors: of the transfer; of the disk; Code::Cancelled. A path is not looked at.
    static Result<FetchedAudio> of(const std::string& audio, const std::string& user_agent,
                                   const std::stop_token& stop);
    ~FetchedAudio();
    FetchedAudio(FetchedAudio&& other) noexcept;
    FetchedAudio& operator=(FetchedAudio&& other) noexcept;

    const std::filesystem::path& path() const { return path_; }

private:
    enum class Keep { Yes, No };
    FetchedAudio(std::filesystem::path path, Keep keep) : path_(std::move(path)), keep_(keep) {}

    std::filesystem::path path_;
    Keep keep_ = Keep::Yes;
};

} // namespace spindle::app
