// SPDX-License-Identifier: Apache-2.0
#include "accuracy/trial.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "accuracy/measure.h"
#include "accuracy/sound.h"
#include "io/file.h"

namespace spindle::accuracy {
namespace {

Kind kind_of(const material::Query& query) {
    if (query.is_known()) {
        return Kind::Known;
    }
    return query.file.starts_with("unknown") ? Kind::UnknownMusic : Kind::NotMusic;
}

class Examiner {
public:
    Examiner(const ReferenceLibrary& library, const TrialOptions& options)
        : library_(library), matcher_(library.index, options.match), options_(options) {}

    Result<std::vector<Trial>> ask(const std::filesystem::path& folder,
                                   const material::Query& query) const {
        SPINDLE_TRY(const auto sound, read_sound(folder / query.file));
        const int held = static_cast<int>(static_cast<double>(sound.size()) / kRate + 0.01);
        std::vector<Trial> trials;
        for (const int length : options_.lengths) {
            const int parts =
                query.is_known() || length > 5 ? std::min(1, held / length) : held / length;
            for (int part = 0; part < parts; ++part) {
                SPINDLE_TRY(auto trial, ask(query, sound, part * length, length));
                trials.push_back(std::move(trial));
            }
        }
        return trials;
    }

private:
    static constexpr int kRate = fingerprint::kLandmarkRate.hz;

    Result<Trial> ask(const material::Query& query, std::span<const float> sound, int start,
                      int length) const {
        Trial trial;
        trial.file = query.file;
        trial.condition = query.condition;
        trial.source = query.source;
        trial.kind = kind_of(query);
        trial.start = start;
        trial.length = length;
        const auto begin = static_cast<std::size_t>(start) * kRate;
        const auto count = static_cast<std::size_t>(length) * kRate;
        const Seconds before = thread_cpu();
        const auto clip = landmarks_of(sound.subspan(begin, std::min(count, sound.size() - begin)),
                                       fingerprint::Density::Query);
        const Seconds between = thread_cpu();
        const auto candidates = matcher_.match(clip);
        trial.search_cpu = thread_cpu() - between;
        trial.extract_cpu = between - before;
        trial.landmarks = clip.size();
        for (std::size_t i = 0; i < std::min(candidates.size(), trial.scores.size()); ++i) {
            trial.scores[i] = candidates[i].score;
        }
        if (!candidates.empty()) {
            trial.best = candidates.front();
            trial.named = library_.path_of(trial.best.track);
            trial.answered = trial.best.in_library >= fingerprint::kLeastCertainty;
            if (query.is_known()) {
                trial.position_error = trial.best.offset - query.offset;
                trial.speed_error = trial.best.speed / query.speed - 1;
                SPINDLE_TRY(trial.verdict,
                            judge(library_, query, trial.best.track, trial.best.offset));
            } else if (trial.answered && trial.kind == Kind::UnknownMusic) {
                SPINDLE_TRY(trial.verdict, judge_unknown(library_, query, Seconds(start),
                                                         trial.best.track, trial.best.offset));
            }
        }
        return trial;
    }

    const ReferenceLibrary& library_;
    fingerprint::Matcher matcher_;
    const TrialOptions& options_;
};

const char* name_of(Kind kind) {
    switch (kind) {
    case Kind::Known:
        return "known";
    case Kind::UnknownMusic:
        return "unknown";
    case Kind::NotMusic:
        return "noise";
    }
    return "";
}

} // namespace

Result<std::vector<Trial>> run_trials(const ReferenceLibrary& library,
                                      const std::filesystem::path& folder,
                                      std::span<const material::Query> queries,
                                      const TrialOptions& options) {
    const Examiner examiner(library, options);
    std::vector<std::vector<Trial>> answers(queries.size());
    SPINDLE_TRY_VOID(in_parallel(queries.size(), options.jobs, [&](std::size_t i) -> Result<void> {
        SPINDLE_TRY(answers[i], examiner.ask(folder, queries[i]));
        if (i % 500 == 499) {
            fmt::print(stderr, "asked about {} of {} files\n", i + 1, queries.size());
        }
        return {};
    }));
    std::vector<Trial> trials;
    for (auto& answer : answers) {
        std::move(answer.begin(), answer.end(), std::back_inserter(trials));
    }
    return trials;
}

Result<void> write_rows(const std::filesystem::path& path, std::span<const Trial> trials) {
    std::string text = "file\tstart_s\tlength_s\tcondition\tkind\tfound\tanswered\tby_repeat\t"
                       "likeness\tscore1\tscore2\tscore3\tscore4\tscore5\tin_library\tconfidence\t"
                       "matched\texpected\thit_rate\tlandmarks\tposition_error_ms\tspeed_error\t"
                       "named\tsource\n";
    for (const Trial& trial : trials) {
        text += fmt::format(
            "{}\t{}\t{}\t{}\t{}\t{:d}\t{:d}\t{:d}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t"
            "{:.6f}\t{:.6f}\t{}\t{}\t{:.4f}\t{}\t{:.2f}\t{:.6f}\t{}\t{}\n",
            trial.file, trial.start, trial.length, trial.condition, name_of(trial.kind),
            trial.verdict.found, trial.answered, trial.verdict.by_repeat, trial.verdict.likeness,
            trial.scores[0], trial.scores[1], trial.scores[2], trial.scores[3], trial.scores[4],
            trial.best.in_library, trial.best.confidence, trial.best.matched, trial.best.expected,
            trial.best.hit_rate, trial.landmarks, 1e3 * trial.position_error.count(),
            trial.speed_error, trial.named, trial.source);
    }
    return io::write_atomically(path, text);
}

} // namespace spindle::accuracy
