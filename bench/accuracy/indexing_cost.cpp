// SPDX-License-Identifier: Apache-2.0
#include "accuracy/indexing_cost.h"

#include <algorithm>
#include <map>

#include "accuracy/measure.h"
#include "accuracy/sound.h"
#include "audio/decoder.h"
#include "fingerprint/index_writer.h"
#include "testing/temp_folder.h"

namespace spindle::accuracy {
namespace {

Result<void> decode_alone(const std::filesystem::path& file) {
    SPINDLE_TRY(auto decoder, audio::Decoder::open(file));
    while (true) {
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            return {};
        }
    }
}

} // namespace

void IndexingCost::add(const IndexingCost& other) {
    tracks += other.tracks;
    hours += other.hours;
    decode += other.decode;
    to_8k += other.to_8k;
    landmarks += other.landmarks;
    writing += other.writing;
}

Result<std::vector<IndexingCost>> measure_indexing(const ReferenceLibrary& library,
                                                   std::size_t sample) {
    const std::size_t step =
        std::max<std::size_t>(1, library.tracks.size() / std::max<std::size_t>(1, sample));
    std::map<std::string, IndexingCost> formats;
    SPINDLE_TRY(const auto scratch, testing::TempFolder::create("spindle-bench"));
    SPINDLE_TRY(auto writer, fingerprint::IndexWriter::open(scratch.path()));
    IndexingCost all;
    for (std::size_t i = 0; i < library.tracks.size(); i += step) {
        const auto file = library.corpus / library.tracks[i].path;
        IndexingCost cost;
        cost.tracks = 1;
        // Once unmeasured: the first reading of a file brings it from the disk.
        SPINDLE_TRY_VOID(decode_alone(file));
        const Seconds start = thread_cpu();
        SPINDLE_TRY_VOID(decode_alone(file));
        const Seconds decoded = thread_cpu();
        SPINDLE_TRY(const auto sound, read_sound(file));
        const Seconds resampled = thread_cpu();
        const auto landmarks = landmarks_of(sound, fingerprint::Density::Reference);
        const Seconds extracted = thread_cpu();
        const Seconds duration(static_cast<double>(sound.size()) / fingerprint::kLandmarkRate.hz);
        SPINDLE_TRY_VOID(
            writer.add(TrackId{static_cast<std::uint32_t>(i + 1)}, landmarks, duration));
        cost.writing = thread_cpu() - extracted;
        cost.decode = decoded - start;
        cost.to_8k = resampled - decoded;
        cost.landmarks = extracted - resampled;
        cost.hours = duration.count() / 3600;
        formats[file.extension().string()].add(cost);
        all.add(cost);
    }
    const Seconds before = thread_cpu();
    SPINDLE_TRY_VOID(writer.commit());
    const Seconds commit = thread_cpu() - before;

    std::vector<IndexingCost> costs;
    for (auto& [format, cost] : formats) {
        cost.format = format;
        cost.writing += commit * (cost.hours / all.hours);
        costs.push_back(cost);
    }
    all.format = "all";
    all.writing += commit;
    costs.push_back(all);
    return costs;
}

} // namespace spindle::accuracy
