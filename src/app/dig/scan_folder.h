// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"

namespace spindle::app {

/// What a scan leaves behind in its folder.
inline constexpr const char* kScanFile = "scan.json"; ///< scan_document.h; written last
/// "marked.jpg" for the first photo, "marked-2.jpg" for the second.
std::string marked_file(std::size_t photo);
/// "sheet.png", and "sheet-2.png" for what one picture cannot hold.
std::string sheet_file(std::size_t page);
/// "strips/12.jpg" for disc 12, if strips were asked for.
std::string strip_file(std::size_t disc);

/// The folder a scan of these photos goes to: `wanted`, or if that is empty PHOTO-spindle in
/// `current`, after the first photo's name; if another photo's scan is there, PHOTO-spindle-2 and
/// so on. Nothing is made yet: a scan may take minutes, and come to nothing.
///
/// A scan of the same photos is replaced, in a folder asked for any scan; nothing else ever is:
/// Code::BadInput if the folder has
/// files of these names that are not from a scan, Code::NoAccess if it cannot be written to.
Result<std::filesystem::path> choose_scan_folder(std::span<const std::filesystem::path> photos,
                                                 const std::filesystem::path& wanted,
                                                 const std::filesystem::path& current);

/// Whether every spine, upright, becomes a picture of its own.
enum class Strips { No, Yes };

/// Draws the marked photos and the sheet and writes them and the document into report.folder, which
/// is made if it is missing, each file so that a reader sees the old one or the new one, the
/// document last. Photos are decoded again, one at a time. Step "drawing". A photo that has gone
/// since is left out.
Result<void> write_scan(const ScanReport& report, const ProgressSink& progress,
                        Strips strips = Strips::No);

/// Notes in the data folder which scan was the latest.
Result<void> remember_scan(const std::filesystem::path& data_folder,
                           const std::filesystem::path& folder);

/// Finds an earlier scan: `word` is its folder or its scan.json, or a photo that was scanned from
/// `current`; empty means the latest. Code::NotFound says what was looked for.
Result<ScanReport> find_scan(const std::filesystem::path& data_folder,
                             const std::filesystem::path& word,
                             const std::filesystem::path& current);

} // namespace spindle::app
