// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_reading.h"

#include <algorithm>
#include <chrono>

#include "app/dig/spine_matching.h"
#include "image/decode.h"
#include "image/sharpness.h"
#include "inference/places.h"

namespace spindle::app {
namespace {

/// Measures steps one after the other.
class Stopwatch {
public:
    explicit Stopwatch(std::vector<StepTime>& times) : times_(times) {}
    void lap(std::string step) {
        const auto now = std::chrono::steady_clock::now();
        times_.push_back({std::move(step), now - begun_});
        begun_ = now;
    }

private:
    std::vector<StepTime>& times_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

/// True when stopped before the end; what was not read by then has no readings.
Result<bool> read_spines(const shelf::SpineReader& reader, const image::Picture& photo,
                         std::span<const shelf::Spine> found, const std::string& name,
                         std::vector<shelf::ReadSpine>& read, const ProgressSink& progress,
                         const std::stop_token& stop,
                         const std::function<void(std::size_t, const shelf::ReadSpine&)>& tell) {
    const auto begun = std::chrono::steady_clock::now();
    RemainingTime remaining;
    std::size_t finished = 0;
    const auto report = [&](std::size_t done) {
        finished = done;
        const Seconds elapsed = std::chrono::steady_clock::now() - begun;
        progress({"reading", name, done, found.size(),
                  remaining.estimate(elapsed, static_cast<double>(done),
                                     static_cast<double>(found.size()))});
    };
    const shelf::EachRead each = [&](std::size_t done, std::size_t index,
                                     const shelf::ReadSpine& one) {
        report(done);
        if (tell) {
            tell(index, one);
        }
    };
    SPINDLE_TRY(read, reader.read(photo, found, each, stop));
    return finished < found.size();
}

} // namespace

Result<PhotoReader> PhotoReader::open(unsigned threads) {
    shelf::FinderOptions finding;
    finding.threads = static_cast<int>(threads);
    SPINDLE_TRY(const auto detector, inference::model_file("spine_detector.onnx"));
    SPINDLE_TRY(auto finder, shelf::SpineFinder::open(detector, finding));
    shelf::ReaderModels models;
    SPINDLE_TRY(models.finder, inference::model_file("spine_text_finder.onnx"));
    SPINDLE_TRY(models.recognizer, inference::model_file("text-recognizer.onnx"));
    // Ours knows spines and no Chinese; the published one knows all the rest.
    SPINDLE_TRY(models.second_recognizer, inference::model_file("spine_reader.onnx"));
    SPINDLE_TRY(auto reader, shelf::SpineReader::open(models, threads));
    return PhotoReader(std::move(finder), std::move(reader));
}

Result<PhotoReading> PhotoReader::read(const std::filesystem::path& path,
                                       const ProgressSink& progress, const std::stop_token& stop,
                                       const PhotoObserver& observer) const {
    return look(path, std::nullopt, progress, stop, observer);
}

Result<PhotoReading> PhotoReader::read(const std::filesystem::path& path,
                                       std::span<const shelf::Spine> spines,
                                       const ProgressSink& progress,
                                       const std::stop_token& stop) const {
    return look(path, std::optional(spines), progress, stop, {});
}

Result<PhotoReading> PhotoReader::look(const std::filesystem::path& path,
                                       std::optional<std::span<const shelf::Spine>> spines,
                                       const ProgressSink& progress, const std::stop_token& stop,
                                       const PhotoObserver& observer) const {
    const std::string name = path.filename().string();
    PhotoReading reading;
    PhotoFacts& facts = reading.facts;
    Stopwatch stopwatch(facts.times);
    facts.path = path;
    progress({"opening", name, 0, 0, std::nullopt});
    SPINDLE_TRY(const image::Picture photo, image::read_picture(path));
    facts.width = photo.width;
    facts.height = photo.height;
    SPINDLE_TRY(facts.look, image::measure_quality(photo));
    stopwatch.lap("opening");
    if (observer.opened) {
        observer.opened(facts);
    }

    progress({"finding", name, 0, 0, std::nullopt});
    std::vector<shelf::Spine> found;
    if (spines) {
        found.assign(spines->begin(), spines->end());
    } else {
        SPINDLE_TRY(found, finder_.find(photo, stop));
    }
    stopwatch.lap("finding");
    if (observer.found) {
        observer.found(found);
    }

    // The back of a case has nothing to read, and reading takes most of the time.
    std::vector<shelf::Spine> printed;
    std::vector<std::size_t> places; // of those, among the spines found
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].printed >= kShowsItsPrint) {
            printed.push_back(found[i]);
            places.push_back(i);
        }
    }
    std::function<void(std::size_t, const shelf::ReadSpine&)> tell;
    if (observer.read) {
        tell = [&](std::size_t i, const shelf::ReadSpine& spine) {
            observer.read(places[i], spine);
        };
    }
    std::vector<shelf::ReadSpine> read;
    SPINDLE_TRY(reading.interrupted,
                read_spines(reader_, photo, printed, name, read, progress, stop, tell));
    stopwatch.lap("reading");
    auto next = read.begin();
    for (const shelf::Spine& spine : found) {
        reading.spines.push_back(spine.printed >= kShowsItsPrint ? std::move(*next++)
                                                                 : shelf::ReadSpine{spine, {}});
    }
    facts.spines = found.size();
    facts.backs = found.size() - printed.size();
    facts.thickness = median_thickness(reading.spines);
    if (!reading.interrupted) {
        facts.advice = advice_for(facts.look, reading.spines);
    }
    return reading;
}

} // namespace spindle::app
