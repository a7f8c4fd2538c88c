// SPDX-License-Identifier: Apache-2.0
#include "app/grade/fetched_audio.h"

#include <cerrno>
#include <utility>

#include <unistd.h>

#include "io/http.h"
#include "io/output_file.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kLargest = 500'000'000;
constexpr Seconds kLongest{20 * 60};
constexpr int kFound = 200;

Result<std::filesystem::path> temporary_file() {
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    if (error) {
        return fail(Code::NotFound, "no folder for temporary files: {}", error.message());
    }
    std::string name = (folder / "spindle-audio-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) {
        return tl::unexpected(system_error(name, errno));
    }
    ::close(descriptor);
    return std::filesystem::path(name);
}

} // namespace

Result<FetchedAudio> FetchedAudio::of(const std::string& audio, const std::string& user_agent,
                                      const std::stop_token& stop) {
    if (!audio.starts_with("http://") && !audio.starts_with("https://")) {
        return FetchedAudio(audio, Keep::Yes);
    }
    SPINDLE_TRY(auto path, temporary_file());
    FetchedAudio fetched(path, Keep::No); // from here on the file goes with it
    SPINDLE_TRY(auto file, io::OutputFile::append_to(path));
    io::HttpRequest request;
    request.url = audio;
    request.user_agent = user_agent;
    request.limits.largest_body = kLargest;
    request.limits.whole_timeout = kLongest;
    const auto head = io::http_get(
        request, [&](std::span<const std::byte> part) { return file.append(part); }, stop);
    if (!head) {
        return tl::unexpected(head.error().error.within(audio));
    }
    if (head->status != kFound) {
        return tl::unexpected(io::status_error(audio, *head).error);
    }
    return fetched;
}

FetchedAudio::~FetchedAudio() {
    if (keep_ == Keep::No && !path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
}

FetchedAudio::FetchedAudio(FetchedAudio&& other) noexcept
    : path_(std::exchange(other.path_, {})), keep_(std::exchange(other.keep_, Keep::Yes)) {}

FetchedAudio& FetchedAudio::operator=(FetchedAudio&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(keep_, other.keep_);
    return *this;
}

} // namespace spindle::app
