// SPDX-License-Identifier: Apache-2.0
#include "app/grade/grade_recording.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/grade/stereo_file.h"
#include "io/file.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kLargestModel = 16U << 20U;

/// Tells how far the hearing of a file is.
class Hearing {
public:
    Hearing(const ProgressSink& sink, const std::filesystem::path& file, Seconds length)
        : sink_(sink), name_(file.filename().string()), length_(length) {}

    void at(Seconds heard) {
        if (!sink_) {
            return;
        }
        const Seconds elapsed = std::chrono::steady_clock::now() - begun_;
        const bool known = length_ > Seconds{0};
        sink_(
            {"measuring", name_, static_cast<std::uint64_t>(heard.count()),
             static_cast<std::uint64_t>(length_.count()),
             known ? remaining_.estimate(elapsed, heard.count(), length_.count()) : std::nullopt});
    }

private:
    const ProgressSink& sink_;
    std::string name_;
    Seconds length_;
    RemainingTime remaining_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

Result<void> measure(const GradingTools& tools, bool look_in_library, const ProgressSink& progress,
                     const std::stop_token& stop, std::vector<KnownCopy>& copies,
                     GradedRecording& graded) {
    SPINDLE_TRY(auto file, StereoFile::open(graded.recording, {}, stop));
    SPINDLE_TRY(auto meter, grade::SideMeter::create(file.rate()));
    std::optional<KnownCopies> known;
    if (look_in_library && tools.index != nullptr && tools.library != nullptr) {
        SPINDLE_TRY(auto made, KnownCopies::create(*tools.index, file.rate()));
        known.emplace(std::move(made));
    }
    Hearing hearing(progress, graded.recording, file.info().duration);
    double heard = 0;
    for (;;) {
        SPINDLE_TRY(const auto block, file.next());
        if (block.size() == 0) {
            break;
        }
        meter.feed(block);
        if (known) {
            known->feed(block);
        }
        heard += static_cast<double>(block.size()) / file.rate().hz;
        hearing.at(Seconds{heard});
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "{}: stopped", graded.recording.string());
        }
    }
    graded.warning = file.warning();
    graded.measures = meter.finish();
    if (known) {
        SPINDLE_TRY(copies, known->finish(*tools.library));
    }
    return {};
}

Result<void> compare_with(std::vector<KnownCopy> copies, const ProgressSink& progress,
                          const std::stop_token& stop, GradedRecording& graded) {
    const SampleRate rate = graded.measures.rate;
    SPINDLE_TRY(auto recording, sound_of_file(graded.recording, rate, stop));
    std::vector<grade::Copy> sounds;
    for (const KnownCopy& copy : copies) {
        auto sound = sound_of_file(copy.path, {}, stop); // brought to the recording's time anyway
        if (!sound) {
            return tl::unexpected(sound.error());
        }
        sounds.push_back({std::move(*sound), copy.hint});
    }
    std::vector<grade::CopyComparison> comparisons;
    SPINDLE_TRY(graded.copy, grade::hear_copies(recording, sounds, graded.measures, &comparisons,
                                                progress, stop));
    for (std::size_t i = 0; i < copies.size(); ++i) {
        graded.copies.push_back({std::move(copies[i]), std::move(comparisons[i])});
    }
    return {};
}

} // namespace

Result<GradedRecording> grade_recording(const std::filesystem::path& recording,
                                        std::span<const std::filesystem::path> references,
                                        const GradingTools& tools, const ProgressSink& progress,
                                        const std::stop_token& stop) {
    GradedRecording graded;
    graded.recording = recording;
    std::vector<KnownCopy> copies;
    SPINDLE_TRY_VOID(measure(tools, references.empty(), progress, stop, copies, graded));
    for (const auto& reference : references) {
        copies.push_back({reference, reference.filename().string(), std::nullopt});
    }
    // A pipe is heard once; what it gave is measured by itself.
    if (!copies.empty() && recording != "-") {
        SPINDLE_TRY_VOID(compare_with(std::move(copies), progress, stop, graded));
    }
    graded.report = grade::grade_side({graded.measures, graded.copy}, tools.models);
    if (tools.second != nullptr && graded.report.graded) {
        SPINDLE_TRY(graded.second, tools.second->hear(recording, stop));
    }
    return graded;
}

grade::ClickCount clicks_of(const GradedRecording& graded) {
    const grade::SideMeasures& side = graded.measures;
    return grade::count_clicks(side.clicks.defects, side.grooves(), side.programme_level(),
                               side.rate);
}

Result<grade::GradeModels> open_grade_models(const std::filesystem::path& file) {
    SPINDLE_TRY(const std::string text, io::read_file(file, kLargestModel));
    auto models = grade::GradeModels::from_json(text);
    if (!models) {
        return tl::unexpected(models.error().within(file.string()));
    }
    return models;
}

} // namespace spindle::app
