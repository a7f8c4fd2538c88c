// SPDX-License-Identifier: Apache-2.0
#include "accuracy/grown_index.h"

#include <algorithm>
#include <cstdio>

#include "fingerprint/manifest.h"
#include "fingerprint/segment.h"
#include "io/output_file.h"

namespace spindle::accuracy {
namespace {

/// About 256 million pairs at 52 pairs a second.
constexpr std::size_t kTracksPerSegment = 26'000;

Result<void> write_segment(const std::filesystem::path& file,
                           const std::vector<LandmarkTrack>& real, const Decoys& decoys,
                           std::size_t first, std::size_t last) {
    std::vector<fingerprint::TrackSource> sources;
    for (std::size_t i = first; i < last; ++i) {
        const bool is_real = i < real.size();
        const Seconds length =
            is_real ? (real[i].empty() ? 0 : real[i].back().tick + 1) * fingerprint::kTick
                    : kDecoyLength;
        sources.push_back(
            {TrackId{static_cast<std::uint32_t>(i + 1)}, length,
             [&real, &decoys, i, is_real] { return is_real ? real[i] : decoys.make(i); }});
    }
    SPINDLE_TRY(auto output, io::OutputFile::create(file));
    // All pairs of a segment at once: a decoy costs more to make again than memory to keep.
    constexpr fingerprint::BuildOptions kOnePass{std::size_t{2} << 30U};
    return fingerprint::build_segment(
        sources, [&](std::span<const std::byte> bytes) { return output.append(bytes); }, kOnePass);
}

} // namespace

Result<void> grow_index(const std::filesystem::path& folder, const std::vector<LandmarkTrack>& real,
                        const Decoys& decoys, std::size_t tracks) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        return tl::unexpected(system_error(folder.string(), problem.value()));
    }
    fingerprint::Manifest manifest;
    for (std::size_t first = 0; first < tracks; first += kTracksPerSegment) {
        const std::size_t last = std::min(tracks, first + kTracksPerSegment);
        const std::string name = fmt::format("{}.{}.seg", first, last);
        if (!std::filesystem::exists(folder / name, problem)) {
            fmt::print(stderr, "writing tracks {} to {}\n", first + 1, last);
            if (auto written = write_segment(folder / name, real, decoys, first, last); !written) {
                return written;
            }
        }
        manifest.segments.push_back({name, {}});
        ++manifest.next_number;
    }
    SPINDLE_TRY_VOID(manifest.write(folder));
    for (const auto& item : std::filesystem::directory_iterator(folder, problem)) {
        const std::string name = item.path().filename().string();
        const bool named = std::any_of(
            manifest.segments.begin(), manifest.segments.end(),
            [&](const fingerprint::Manifest::Entry& entry) { return entry.file == name; });
        if (name.ends_with(".seg") && !named) {
            std::filesystem::remove(item.path(), problem);
        }
    }
    return {};
}

} // namespace spindle::accuracy
