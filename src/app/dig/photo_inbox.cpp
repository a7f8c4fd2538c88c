// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_inbox.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/time_text.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMark = "-spindle";
constexpr std::uint64_t kLargestList = 256U << 20U; // of the list: a million photos

} // namespace

bool is_inbox_photo(std::string_view name) {
    constexpr std::array<std::string_view, 6> kExtensions{".jpg",  ".jpeg", ".heic",
                                                          ".heif", ".png",  ".webp"};
    const std::string lower = text::ascii_lower(name);
    if (lower.starts_with('.') || lower.starts_with('~')) {
        return false;
    }
    return std::any_of(kExtensions.begin(), kExtensions.end(), [&](std::string_view extension) {
        return lower.size() > extension.size() && lower.ends_with(extension) &&
               !std::string_view(lower).substr(0, lower.size() - extension.size()).ends_with(kMark);
    });
}

ResultNames result_names(const fs::path& photo, bool whole) {
    std::string name = (whole ? photo.filename() : photo.stem()).string();
    name += kMark;
    return {name + ".jpg", name + ".json"};
}

Result<SeenPhotos> SeenPhotos::open(fs::path file) {
    SeenPhotos photos(std::move(file));
    const auto text = io::read_file(photos.file_, kLargestList);
    if (!text && text.error().code != Code::NotFound) {
        return tl::unexpected(text.error());
    }
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
        const auto json = nlohmann::json::parse(rest.substr(0, end + 1), nullptr, false);
        if (json.is_object() && json.contains("sha256") && json["sha256"].is_string()) {
            photos.seen_.insert(json["sha256"].get<std::string>());
        }
        rest.remove_prefix(end + 1);
    }
    return photos;
}

Result<void> SeenPhotos::add(const std::string& hash, const std::string& name,
                             std::string_view outcome) {
    const nlohmann::ordered_json json{{"sha256", hash},
                                      {"photo", name},
                                      {"outcome", outcome},
                                      {"at", time_text(system_seconds())}};
    // Begins with a line end, too, in case the last line was cut.
    const std::string line =
        "\n" + json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return tl::unexpected(system_error(file_.string(), errno));
    }
    const bool written =
        ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(descriptor) == 0;
    const int error = errno;
    ::close(descriptor);
    if (!written) {
        return tl::unexpected(system_error(file_.string(), error == 0 ? ENOSPC : error));
    }
    seen_.insert(hash);
    return {};
}

void StillFiles::look(const std::map<fs::path, Stamp>& files, Time now) {
    std::erase_if(files_, [&](const auto& known) { return !files.contains(known.first); });
    for (const auto& [path, stamp] : files) {
        const auto [known, is_new] = files_.try_emplace(path, Known{stamp, now});
        if (!is_new && known->second.stamp != stamp) {
            known->second = Known{stamp, now};
        }
    }
}

std::vector<fs::path> StillFiles::still_for(std::chrono::milliseconds quiet, Time now) const {
    std::vector<fs::path> still;
    for (const auto& [path, known] : files_) {
        if (!known.settled && now - known.since >= quiet) {
            still.push_back(path);
        }
    }
    return still;
}

bool StillFiles::is_still_for(const fs::path& file, std::chrono::milliseconds quiet,
                              Time now) const {
    const auto known = files_.find(file);
    return known != files_.end() && now - known->second.since >= quiet;
}

void StillFiles::settle(const fs::path& file) {
    if (const auto known = files_.find(file); known != files_.end()) {
        known->second.settled = true;
    }
}

bool StillFiles::waits() const {
    return std::any_of(files_.begin(), files_.end(),
                       [](const auto& known) { return !known.second.settled; });
}

} // namespace spindle::app
