// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

#include "app/dig/disc.h"
#include "app/dig/photo_reading.h"
#include "base/result.h"

namespace spindle::app {

/// Which spines are read once more from all photos that show them, laid over each other.
struct FusedReadingOptions {
    // Thicker ones have letters of more than 8 pixels, of which one photo shows all there is.
    double thickest = 45;
    double thinnest = 10;
    std::size_t most_photos = 4; ///< of one disc
    double enlarged = 2;         ///< than in the photo that shows it largest
    double margin = 0.25;        ///< of its thickness around it, to look for one strip in the other
};

/// Adds a reading to every thin disc that is in several photos (shelf/strip_fusion). It stands with
/// the sighting the disc was read best in: first there when it has more, and surer, words than what
/// was read from that photo alone, else last. Discs whose strips do not fit together stay as they
/// are. Stopped, the rest stays, too.
///
/// @param photos the files, in the order of the photos of the sightings; opened one after the
///   other. Memory: one photo, and 0.3 MB for a disc and photo. 0.2 s of one core for a disc.
Result<void> add_fused_readings(const PhotoReader& reader,
                                std::span<const std::filesystem::path> photos,
                                std::vector<Disc>& discs, unsigned threads,
                                const std::stop_token& stop,
                                const FusedReadingOptions& options = {});

} // namespace spindle::app
