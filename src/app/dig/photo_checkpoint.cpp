// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_checkpoint.h"

#include <utility>

#include "app/dig/scan_document.h"
#include "app/dig/spine_matching.h"
#include "io/file.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kLargestCheckpoint = 64U << 20U; // of one photo; a full rack is 1 MB

} // namespace

std::string checkpoint_file(std::size_t photo) {
    return fmt::format("reading-{}.json", photo + 1);
}

Result<void> save_checkpoint(const PhotoReading& reading, const std::filesystem::path& file) {
    ScanReport report;
    report.photos.push_back(reading.facts);
    for (const shelf::ReadSpine& spine : reading.spines) {
        Disc& disc = report.discs.emplace_back();
        disc.number = report.discs.size();
        disc.seen.push_back({0, spine});
        disc.verdict = verdict_without_catalog(disc);
    }
    return io::write_atomically(file, document_of(report));
}

Result<PhotoReading> load_checkpoint(const std::filesystem::path& file,
                                     const std::filesystem::path& path) {
    SPINDLE_TRY(const auto text, io::read_file(file, kLargestCheckpoint));
    SPINDLE_TRY(auto report, read_scan_document(text));
    if (report.photos.size() != 1 || report.photos.front().path != path) {
        return fail(Code::NotFound, "{}: is of another photo", file.string());
    }
    PhotoReading reading;
    reading.facts = std::move(report.photos.front());
    for (Disc& disc : report.discs) {
        if (disc.seen.size() != 1) {
            return fail(Code::BadInput, "{}: is not of one photo", file.string());
        }
        reading.spines.push_back(std::move(disc.seen.front().spine));
    }
    return reading;
}

void tell_again(const PhotoReading& reading, const PhotoObserver& observer) {
    if (observer.opened) {
        observer.opened(reading.facts);
    }
    if (observer.found) {
        std::vector<shelf::Spine> spines;
        for (const shelf::ReadSpine& spine : reading.spines) {
            spines.push_back(spine.spine);
        }
        observer.found(spines);
    }
    for (std::size_t i = 0; observer.read && i < reading.spines.size(); ++i) {
        if (reading.spines[i].spine.printed >= kShowsItsPrint) {
            observer.read(i, reading.spines[i]);
        }
    }
}

} // namespace spindle::app
