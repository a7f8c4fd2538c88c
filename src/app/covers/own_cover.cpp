// SPDX-License-Identifier: Apache-2.0
#include "app/covers/own_cover.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <sys/stat.h>

#include "app/covers/cover_file.h"
#include "audio/embedded_picture.h"
#include "base/text.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr int kMostEntries = 2'000;

/// How early a file of that name is taken; the size of the lists: never.
std::size_t rank_of(std::string_view file_name) {
    constexpr std::array<std::string_view, 4> kStems{"cover", "folder", "front", "album"};
    constexpr std::array<std::string_view, 4> kEndings{".jpg", ".jpeg", ".png", ".webp"};
    const std::string name = text::ascii_lower(file_name);
    for (std::size_t stem = 0; stem < kStems.size(); ++stem) {
        for (std::size_t ending = 0; ending < kEndings.size(); ++ending) {
            if (name.size() == kStems[stem].size() + kEndings[ending].size() &&
                name.starts_with(kStems[stem]) && name.ends_with(kEndings[ending])) {
                return stem * kEndings.size() + ending;
            }
        }
    }
    return kStems.size() * kEndings.size();
}

fs::path picture_beside(const fs::path& file) {
    fs::path found;
    std::size_t best = rank_of({});
    std::error_code error;
    int left = kMostEntries;
    for (fs::directory_iterator entry(file.parent_path(), error), end;
         !error && entry != end && left > 0; entry.increment(error), --left) {
        const std::size_t rank = rank_of(entry->path().filename().string());
        std::error_code of_entry;
        if (rank < best && entry->is_regular_file(of_entry)) {
            best = rank;
            found = entry->path();
        }
    }
    return found;
}

/// What tells a changed file from an unchanged one; empty: it is not there.
std::string stamp_of(const fs::path& path) {
    struct stat status {};
    if (path.empty() || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return {};
    }
    return fmt::format("{}\n{} {}.{}\n", path.string(), status.st_size, status.st_mtim.tv_sec,
                       status.st_mtim.tv_nsec);
}

} // namespace

std::optional<OwnCoverPlace> own_cover_place(const store::TrackFile& file) {
    if (store::is_on_vinyl(file.path) || file.missing_since) {
        return std::nullopt;
    }
    OwnCoverPlace place{file.path, {}, {}};
    place.key = stamp_of(place.file);
    if (place.key.empty()) {
        return std::nullopt;
    }
    place.beside = picture_beside(place.file);
    place.key += stamp_of(place.beside);
    return place;
}

std::string own_cover(const OwnCoverPlace& place) {
    if (const auto inside = audio::embedded_picture(place.file, kLargestCover);
        inside && !inside->empty()) {
        if (auto jpeg = cover_jpeg(*inside, place.file.string())) {
            return std::move(*jpeg);
        }
    }
    if (place.beside.empty()) {
        return {};
    }
    const auto beside = io::read_file(place.beside, kLargestCover);
    auto jpeg =
        beside ? cover_jpeg(*beside, place.beside.string()) : Result<std::string>(std::string());
    return jpeg ? std::move(*jpeg) : std::string();
}

} // namespace spindle::app
