// SPDX-License-Identifier: Apache-2.0
#include "app/dig/fused_reading.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

#include "app/dig/spine_matching.h"
#include "app/workers.h"
#include "image/decode.h"
#include "image/rectify.h"
#include "shelf/strip_fusion.h"

namespace spindle::app {
namespace {

constexpr double kLongest = 6000; // pixels of a strip

/// The strips of one disc, the one it was read best in first.
struct Task {
    Disc* disc = nullptr;
    int width = 0; ///< margins included
    int height = 0;
    image::Margin margin;
    std::vector<const Sighting*> sightings;
    std::vector<image::Picture> strips;
};

std::optional<Task> task_for(Disc& disc, const FusedReadingOptions& options) {
    const image::Quad& quad = disc.seen.front().spine.spine.quad;
    double thickest = 0;
    Task task;
    task.disc = &disc;
    for (const Sighting& sighting : disc.seen) {
        if (sighting.spine.spine.printed >= kShowsItsPrint &&
            task.sightings.size() < options.most_photos) {
            task.sightings.push_back(&sighting);
            thickest = std::max(thickest, image::thickness_of(sighting.spine.spine.quad));
        }
    }
    const double length = image::length_of(quad);
    const double thickness = image::thickness_of(quad);
    if (task.sightings.size() < 2 || task.sightings.front() != &disc.seen.front() ||
        !(thickness >= options.thinnest) || thickest >= options.thickest || length < thickness) {
        return std::nullopt;
    }
    task.margin = {options.margin, options.margin};
    const double scale =
        std::min(options.enlarged * thickest / thickness, kLongest / (length + thickness));
    const double around = 2 * options.margin * thickness;
    task.width = static_cast<int>(std::lround((length + around) * scale));
    task.height = static_cast<int>(std::lround((thickness + around) * scale));
    task.strips.resize(task.sightings.size());
    return task;
}

/// The photos of a rack are held alike: what is read the other way round there was misread.
image::Quad the_same_way(const image::Quad& quad, const image::Quad& as) {
    const auto along = [](const image::Quad& of) {
        return image::Point{of.corners[1].x - of.corners[0].x, of.corners[1].y - of.corners[0].y};
    };
    const bool alike = along(quad).x * along(as).x + along(quad).y * along(as).y >= 0;
    return alike ? quad : image::turned_around(quad);
}

Result<void> read_fused(const PhotoReader& reader, Task& task) {
    const auto strip = shelf::fused(task.strips);
    if (!strip) {
        return {};
    }
    shelf::ReadSpine& best = task.disc->seen.front().spine;
    const double length = image::length_of(best.spine.quad);
    const double thickness = image::thickness_of(best.spine.quad);
    const double x =
        strip->width * task.margin.along * thickness / (length + 2 * task.margin.along * thickness);
    const double y = strip->height * task.margin.across / (1 + 2 * task.margin.across);
    shelf::Spine spine = best.spine;
    spine.quad = {{{{x, y},
                    {strip->width - x, y},
                    {strip->width - x, strip->height - y},
                    {x, strip->height - y}}}};
    spine.direction = 1;
    SPINDLE_TRY(auto read, reader.read(*strip, spine));
    if (read.readings.empty() || is_upside_down(read.readings.front(), spine.quad)) {
        return {};
    }
    shelf::SpineReading reading = std::move(read.readings.front());
    for (shelf::Line& line : reading.lines) {
        for (shelf::Word& word : line.words) {
            word.quad = image::in_photo(word.quad, best.spine.quad, strip->width, strip->height,
                                        task.margin);
        }
    }
    const bool better =
        best.readings.empty() || words_read(reading) > words_read(best.readings.front());
    best.readings.insert(better ? best.readings.begin() : best.readings.end(), std::move(reading));
    return {};
}

} // namespace

Result<void> add_fused_readings(const PhotoReader& reader,
                                std::span<const std::filesystem::path> photos,
                                std::vector<Disc>& discs, unsigned threads,
                                const std::stop_token& stop, const FusedReadingOptions& options) {
    std::vector<Task> tasks;
    for (Disc& disc : discs) {
        if (auto task = task_for(disc, options)) {
            tasks.push_back(std::move(*task));
        }
    }
    for (std::size_t i = 0; i < photos.size() && !tasks.empty(); ++i) {
        const auto photo = image::read_picture(photos[i]);
        if (!photo) {
            continue; // it could be opened a moment ago; what it shows has been read
        }
        for (Task& task : tasks) {
            for (std::size_t k = 0; k < task.sightings.size(); ++k) {
                if (task.sightings[k]->photo == i) {
                    task.strips[k] =
                        image::rectify(*photo,
                                       the_same_way(task.sightings[k]->spine.spine.quad,
                                                    task.sightings.front()->spine.spine.quad),
                                       task.width, task.height, task.margin);
                }
            }
        }
    }
    std::mutex mutex;
    Result<void> failure;
    for_each_parallel(tasks.size(), threads, stop, [&](std::size_t i) {
        if (tasks[i].strips.front().empty()) {
            return;
        }
        std::erase_if(tasks[i].strips, [](const image::Picture& strip) { return strip.empty(); });
        auto read = read_fused(reader, tasks[i]);
        tasks[i].strips.clear();
        const std::scoped_lock lock(mutex);
        if (!read) {
            failure = tl::unexpected(std::move(read.error()));
        }
    });
    return failure;
}

} // namespace spindle::app
