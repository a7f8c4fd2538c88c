// SPDX-License-Identifier: Apache-2.0
#include "app/dig/scan_folder.h"

#include <future>

#include <unistd.h>

#include "app/dig/scan_document.h"
#include "app/dig/scan_pictures.h"
#include "base/clock.h"
#include "base/text.h"
#include "image/decode.h"
#include "image/encode.h"
#include "io/file.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestDocument = 128U << 20U; // of scan.json
constexpr int kMostFolders = 99;                        // of photos with the same name
constexpr const char* kLatestFile = "latest-scan";      // in the data folder

Result<ScanReport> read_scan(const fs::path& folder) {
    const fs::path file = folder / kScanFile;
    SPINDLE_TRY(const auto content, io::read_file(file, kLargestDocument));
    auto report = read_scan_document(content);
    if (!report) {
        return tl::unexpected(report.error().within(file.string()));
    }
    report->folder = folder;
    return report;
}

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
}

bool is_same(const fs::path& a, const fs::path& b) {
    return a.lexically_normal() == b.lexically_normal();
}

/// What is in the way of a scan of these photos in `folder`.
enum class Occupied { No, ByOtherScan, ByForeignFiles };
Occupied occupied(const fs::path& folder, std::span<const fs::path> photos) {
    if (is_there(folder / kScanFile)) {
        const auto report = read_scan(folder);
        if (!report) {
            return Occupied::ByForeignFiles;
        }
        return !photos.empty() && !report->photos.empty() &&
                       is_same(report->photos.front().path, photos.front())
                   ? Occupied::No
                   : Occupied::ByOtherScan;
    }
    bool foreign = is_there(folder / sheet_file(0));
    for (std::size_t photo = 0; photo < photos.size(); ++photo) {
        foreign = foreign || is_there(folder / marked_file(photo));
    }
    return foreign ? Occupied::ByForeignFiles : Occupied::No;
}

/// The folder itself, if it can be written to or made.
Result<fs::path> usable(const fs::path& folder) {
    std::error_code error;
    fs::path there = fs::absolute(folder, error);
    while (!is_there(there) && there.has_relative_path()) {
        there = there.parent_path();
    }
    if (::access(there.c_str(), W_OK | X_OK) != 0) {
        return fail(Code::NoAccess, "{}: cannot be written to; choose another folder with --out",
                    there.string());
    }
    return folder;
}

fs::path default_folder(const fs::path& photo, const fs::path& current, int number) {
    std::string name = photo.stem().string() + "-spindle";
    if (number > 1) {
        name += "-" + std::to_string(number);
    }
    return current / name;
}

/// Files of an earlier, longer scan.
void remove_rest(const fs::path& folder, std::string (*name_of)(std::size_t), std::size_t from) {
    std::error_code error;
    while (fs::remove(folder / name_of(from), error)) {
        ++from;
    }
}

Result<void> write_strips(const ScanReport& report, const SheetDrawer& sheet) {
    std::error_code error;
    fs::create_directories(report.folder / fs::path(strip_file(0)).parent_path(), error);
    if (error) {
        return tl::unexpected(system_error(report.folder.string(), error.value()));
    }
    for (const auto& [disc, strip] : sheet.strips()) {
        SPINDLE_TRY_VOID(
            image::write_picture(strip, report.folder / strip_file(report.discs[disc].number)));
    }
    return {};
}

} // namespace

std::string marked_file(std::size_t photo) {
    return photo == 0 ? "marked.jpg" : fmt::format("marked-{}.jpg", photo + 1);
}

std::string sheet_file(std::size_t page) {
    return page == 0 ? "sheet.png" : fmt::format("sheet-{}.png", page + 1);
}

std::string strip_file(std::size_t disc) {
    return fmt::format("strips/{}.jpg", disc);
}

Result<fs::path> choose_scan_folder(std::span<const fs::path> photos, const fs::path& wanted,
                                    const fs::path& current) {
    if (!wanted.empty()) {
        std::error_code error;
        if (is_there(wanted) && !fs::is_directory(wanted, error)) {
            return fail(Code::BadInput, "{}: not a folder; choose another with --out",
                        wanted.string());
        }
        if (occupied(wanted, photos) == Occupied::ByForeignFiles) {
            return fail(Code::BadInput,
                        "{}: has files of a scan's names ({}, {}, {}) that are not from a scan; "
                        "choose another folder with --out",
                        wanted.string(), kScanFile, sheet_file(0), marked_file(0));
        }
        return usable(wanted);
    }
    for (int number = 1; number <= kMostFolders && !photos.empty(); ++number) {
        const fs::path folder = default_folder(photos.front(), current, number);
        std::error_code error;
        if (is_there(folder) && !fs::is_directory(folder, error)) {
            continue;
        }
        if (occupied(folder, photos) == Occupied::No) {
            return usable(folder);
        }
    }
    return fail(Code::BadInput,
                "{}: too many scans of photos of that name here; choose a folder "
                "with --out",
                photos.empty() ? std::string("no photo") : photos.front().string());
}

Result<void> write_scan(const ScanReport& report, const ProgressSink& progress, Strips strips) {
    std::error_code error;
    fs::create_directories(report.folder, error);
    if (error) {
        return tl::unexpected(system_error(report.folder.string(), error.value()));
    }
    const std::int64_t now = system_seconds();
    SheetDrawer sheet(report, now);
    // A photo is drawn on and packed while the next is opened, or the sheet made: half a second.
    std::future<Result<void>> marking;
    const auto marked = [&] { return marking.valid() ? marking.get() : Result<void>(); };
    for (std::size_t i = 0; i < report.photos.size(); ++i) {
        const PhotoFacts& facts = report.photos[i];
        progress(
            {"drawing", facts.path.filename().string(), i, report.photos.size(), std::nullopt});
        const fs::path file = report.folder / marked_file(i);
        if (facts.error) {
            std::error_code ignored; // of an earlier scan, when the photo was whole
            fs::remove(file, ignored);
            continue;
        }
        auto photo = image::read_picture(facts.path);
        if (!photo) {
            continue;
        }
        SPINDLE_TRY_VOID(marked()); // so that no more than two photos are in memory
        sheet.add(i, *photo);
        marking =
            std::async(std::launch::async,
                       [&report, i, now, file, picture = std::move(*photo)]() -> Result<void> {
                           SPINDLE_TRY(const auto drawn, marked_photo(report, i, picture, now));
                           return image::write_picture(drawn, file);
                       });
    }
    if (strips == Strips::Yes) {
        SPINDLE_TRY_VOID(write_strips(report, sheet));
    }
    SPINDLE_TRY(const auto pages, sheet.draw());
    for (std::size_t page = 0; page < pages.size(); ++page) {
        SPINDLE_TRY_VOID(image::write_picture(pages[page], report.folder / sheet_file(page)));
    }
    SPINDLE_TRY_VOID(marked());
    remove_rest(report.folder, marked_file, report.photos.size());
    remove_rest(report.folder, sheet_file, pages.size());
    return io::write_atomically(report.folder / kScanFile, document_of(report) + "\n");
}

Result<void> remember_scan(const fs::path& data_folder, const fs::path& folder) {
    std::error_code error;
    fs::create_directories(data_folder, error);
    const fs::path absolute = fs::absolute(folder, error).lexically_normal();
    return io::write_atomically(data_folder / kLatestFile, absolute.string() + "\n");
}

Result<ScanReport> find_scan(const fs::path& data_folder, const fs::path& word,
                             const fs::path& current) {
    std::error_code error;
    if (word.empty()) {
        const auto noted = io::read_file(data_folder / kLatestFile, 1U << 16U);
        const fs::path folder = noted ? fs::path(text::trimmed(*noted)) : fs::path();
        if (!noted || !is_there(folder / kScanFile)) {
            return fail(Code::NotFound, "{}: scan a photo first, or name the folder of a scan",
                        noted ? fmt::format("the latest scan, {}, is gone", folder.string())
                              : "there is no scan yet");
        }
        return read_scan(folder);
    }
    if (word.filename() == kScanFile) {
        return read_scan(word.parent_path());
    }
    if (fs::is_directory(word, error)) {
        return is_there(word / kScanFile)
                   ? read_scan(word)
                   : fail(Code::NotFound, "{}: no scan in this folder", word.string());
    }
    for (int number = 1; number <= kMostFolders; ++number) {
        const fs::path folder = default_folder(word, current, number);
        if (!is_there(folder / kScanFile)) {
            break;
        }
        if (auto report = read_scan(folder);
            report && !report->photos.empty() && is_same(report->photos.front().path, word)) {
            return report;
        }
    }
    return fail(Code::NotFound, "{}: has not been scanned here; name the folder of its scan",
                word.string());
}

} // namespace spindle::app
