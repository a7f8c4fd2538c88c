// SPDX-License-Identifier: Apache-2.0
#include "app/covers/covers.h"

#include <algorithm>
#include <utility>

#include "app/covers/cover_file.h"
#include "app/covers/own_cover.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostOpened = 4;     // files of one record
constexpr std::size_t kMostFailed = 5'000; // remembered; then they may be asked about again

std::string key_of_release(const std::string& release) {
    return "release " + release;
}

} // namespace

Covers::Covers(fs::path cache_folder, std::function<bool()> may_ask,
               std::unique_ptr<CoverArchive> archive, Options options)
    : cache_(std::move(cache_folder), {}), may_ask_(std::move(may_ask)),
      archive_(std::move(archive)), options_(options) {
    if (archive_) {
        asking_ = std::jthread([this](const std::stop_token& stop) { ask_on(stop); });
    }
}

Covers::~Covers() = default;

std::optional<fs::path> Covers::of(std::span<const store::TrackFile> files) {
    std::size_t opened = 0;
    for (const store::TrackFile& file : files) {
        if (opened == kMostOpened) {
            break;
        }
        if (store::is_on_vinyl(file.path) || file.missing_since) {
            continue;
        }
        ++opened;
        if (auto found = own(file)) {
            return found;
        }
    }
    std::set<std::string> releases; // the same one, as a rule
    for (const store::TrackFile& file : files) {
        const std::string& release = file.tags.mb_release;
        if (is_musicbrainz_id(release) && releases.size() < kMostOpened &&
            releases.insert(release).second) {
            if (auto found = of_release(release)) {
                return found;
            }
        }
    }
    return std::nullopt;
}

std::optional<fs::path> Covers::own(const store::TrackFile& file) {
    const auto place = own_cover_place(file);
    if (!place) {
        return std::nullopt;
    }
    CoverCache::Found found = cache_.find(place->key);
    if (std::holds_alternative<CoverCache::Unknown>(found)) {
        if (failed_lately(place->key)) {
            return std::nullopt;
        }
        // A cache that cannot be written shows nothing; making the same picture again at each look
        // would not change that.
        if (!cache_.put(place->key, own_cover(*place))) {
            note_failure(place->key);
        }
        found = cache_.find(place->key);
    }
    const auto* const path = std::get_if<fs::path>(&found);
    return path == nullptr ? std::nullopt : std::optional(*path);
}

std::optional<fs::path> Covers::of_release(const std::string& release) {
    const CoverCache::Found found = cache_.find(key_of_release(release));
    if (const auto* const path = std::get_if<fs::path>(&found)) {
        return *path;
    }
    if (!archive_ || std::holds_alternative<CoverCache::None>(found) || !may_ask_()) {
        return std::nullopt;
    }
    if (failed_lately(key_of_release(release))) {
        return std::nullopt;
    }
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < options_.most_waiting && known_waiting_.insert(release).second) {
        waiting_.push_front(release); // what somebody looks at now comes first
        more_.notify_one();
    }
    return std::nullopt;
}

void Covers::ask_on(const std::stop_token& stop) {
    for (;;) {
        std::string release;
        {
            std::unique_lock lock(mutex_);
            if (!more_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
                return;
            }
            release = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (may_ask_()) {
            ask(release, stop);
        }
        const std::lock_guard lock(mutex_);
        known_waiting_.erase(release);
    }
}

void Covers::ask(const std::string& release, const std::stop_token& stop) {
    const auto bytes = archive_->front(release, stop);
    if (bytes) {
        // What is no picture is none: it will not be one in a moment either.
        const auto jpeg = bytes->empty() ? Result<std::string>(std::string())
                                         : cover_jpeg(*bytes, "the Cover Art Archive's answer");
        if (cache_.put(key_of_release(release), jpeg.value_or(std::string()))) {
            return;
        }
    }
    note_failure(key_of_release(release));
}

bool Covers::failed_lately(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto failed = failed_.find(key);
    return failed != failed_.end() && Clock::now() < failed->second;
}

void Covers::note_failure(const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (failed_.size() >= kMostFailed) {
        failed_.clear();
    }
    failed_[key] = Clock::now() + options_.again_after;
}

} // namespace spindle::app
