// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "app/dig/photo_reading.h"
#include "base/result.h"

namespace spindle::app {

/// "reading-1.json" for the first photo.
std::string checkpoint_file(std::size_t photo);

/// Keeps what was read of a photo, as a scan document in which every spine is a disc: places to a
/// tenth of a pixel, chances to four digits.
Result<void> save_checkpoint(const PhotoReading& reading, const std::filesystem::path& file);

/// Gives it back. Code::NotFound where nothing was kept of the photo at `path`; Code::BadInput for
/// what is none.
Result<PhotoReading> load_checkpoint(const std::filesystem::path& file,
                                     const std::filesystem::path& path);

/// Tells an observer what reading the photo would have told.
void tell_again(const PhotoReading& reading, const PhotoObserver& observer);

} // namespace spindle::app
