// SPDX-License-Identifier: Apache-2.0
// spindle-make-queries: seeded, degraded clips of a corpus with their truth. See bench/README.md.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "material/beds.h"
#include "material/clip.h"
#include "material/manifest.h"
#include "material/music_file.h"
#include "material/program.h"
#include "material/truth.h"
#include "material/wav.h"
#include "simulator/condition.h"
#include "simulator/degrade.h"
#include "simulator/not_music.h"
#include "simulator/random.h"

namespace {

using spindle::Code;
using spindle::fail;
using spindle::Result;
using spindle::SampleRate;
using spindle::Seconds;
using spindle::material::CorpusTrack;
using spindle::material::Manifest;
using spindle::material::Query;
using spindle::simulator::Condition;
using spindle::simulator::derive_seed;
using spindle::simulator::NotMusic;
using spindle::simulator::Random;
using spindle::simulator::RealBed;

constexpr SampleRate kMusicRate{44100};

struct Request {
    std::filesystem::path manifest;
    std::filesystem::path out;
    std::string set = "dev";
    std::uint64_t seed = 101;
    int per_condition = 60;
    int unknown = 0;
    int noise = 0;
    double seconds = 15;
    unsigned jobs = 2;
    std::vector<std::string> conditions;
};

/// One clip to be made of one recording.
struct Job {
    std::string file; ///< name without ".wav"
    Condition condition = Condition::Clean;
    std::string label; ///< for truth.tsv, where it is not the condition
    bool is_known = false;
    std::uint64_t seed = 0;
};

/// Jobs by the recording they need, so that each recording is decoded once.
using Plan = std::map<std::string, std::vector<Job>>;

/// Draws the recordings: each track at least 30 s long is as likely as any other.
void plan_music(const Request& request, const Manifest& manifest,
                const std::vector<Condition>& conditions, Plan& plan) {
    constexpr Seconds shortest(30);
    const auto set =
        request.set == "dev" ? spindle::material::Set::Dev : spindle::material::Set::Test;
    std::vector<const CorpusTrack*> known;
    std::vector<const CorpusTrack*> unknown;
    for (const CorpusTrack& track : manifest.tracks) {
        if (track.set == set && track.duration >= shortest) {
            (track.role == spindle::material::Role::Known ? known : unknown).push_back(&track);
        }
    }
    const auto add = [&](std::string name, const std::vector<const CorpusTrack*>& tracks,
                         Condition condition, bool is_known) {
        if (tracks.empty()) {
            return;
        }
        const std::uint64_t seed = derive_seed(request.seed, name);
        const std::size_t chosen = Random(derive_seed(seed, "track")).below(tracks.size());
        plan[tracks[chosen]->path].push_back({std::move(name), condition, "", is_known, seed});
    };
    for (const Condition condition : conditions) {
        for (int i = 0; i < request.per_condition; ++i) {
            add(fmt::format("{}-{:04}", name_of(condition), i), known, condition, true);
        }
    }
    for (int i = 0; i < request.unknown; ++i) {
        const std::string name = fmt::format("unknown-{:04}", i);
        Random random(derive_seed(derive_seed(request.seed, name), "condition"));
        add(name, unknown, conditions[random.below(conditions.size())], false);
    }
}

/// Speech is degraded as music is; it comes from the corpus' folder "speech".
void plan_speech(const Request& request, const Manifest& manifest, int count, Plan& plan) {
    constexpr std::array spoken{Condition::Clean, Condition::Eq, Condition::Vinyl10, Condition::Aac,
                                Condition::Room};
    const auto files = spindle::material::files_in(manifest.folder / "speech");
    for (int i = 0; i < count && !files.empty(); ++i) {
        std::string name = fmt::format("speech-{:04}", i);
        const std::uint64_t seed = derive_seed(request.seed, name);
        Random random(derive_seed(seed, "file"));
        const auto& file = files[random.below(files.size())];
        const Condition condition = spoken[random.below(spoken.size())];
        plan["speech/" + file.filename().string()].push_back(
            {std::move(name), condition, "speech", false, seed});
    }
}

class Maker {
public:
    Maker(Request request, Manifest manifest, std::vector<RealBed> beds)
        : request_(std::move(request)), manifest_(std::move(manifest)), beds_(std::move(beds)) {
        options_.length = Seconds(request_.seconds);
    }

    /// Makes what is planned on `jobs` threads; the first error stops all.
    Result<std::vector<Query>> run(const Plan& plan, int noise) {
        for (const auto& [path, jobs] : plan) {
            recordings_.emplace_back(&path, &jobs);
        }
        // The longest first: no thread is left alone with a long one at the end.
        std::ranges::stable_sort(recordings_, [](const auto& left, const auto& right) {
            return left.second->size() > right.second->size();
        });
        noise_ = noise;
        {
            std::vector<std::jthread> threads;
            for (unsigned i = 0; i < std::max(request_.jobs, 1U); ++i) {
                threads.emplace_back([this] { work(); });
            }
        }
        if (error_) {
            return tl::unexpected(std::move(*error_));
        }
        std::ranges::sort(queries_, {}, &Query::file);
        return std::move(queries_);
    }

private:
    void work() {
        while (!stopped_) {
            const std::size_t next = next_++;
            Result<void> done;
            if (next < recordings_.size()) {
                done = make_from(*recordings_[next].first, *recordings_[next].second);
            } else if (next - recordings_.size() < static_cast<std::size_t>(noise_)) {
                done = make_noise(static_cast<int>(next - recordings_.size()));
            } else {
                return;
            }
            if (!done) {
                const std::scoped_lock lock(mutex_);
                error_ = std::move(done.error());
                stopped_ = true;
            }
        }
    }

    Result<void> make_from(const std::string& path, const std::vector<Job>& jobs) {
        SPINDLE_TRY(const auto music,
                    spindle::material::read_music(manifest_.folder / path, kMusicRate));
        for (const Job& job : jobs) {
            const auto start = spindle::material::draw_start(music, job.seed, options_);
            if (!start) {
                fmt::print(stderr, "{}: no passage of {} s that is loud enough; {} is left out\n",
                           path, request_.seconds, job.file);
                continue;
            }
            SPINDLE_TRY(auto clip, spindle::material::cut(music, *start, job.condition, job.seed,
                                                          beds_, options_));
            Query query;
            query.file = job.file + ".wav";
            query.condition = job.label.empty() ? std::string(name_of(job.condition)) : job.label;
            query.source = path;
            query.seed = job.seed;
            query.bed = std::move(clip.bed);
            query.speed = clip.speed;
            query.offset = clip.offset;
            if (job.is_known) {
                query.track = path;
            }
            SPINDLE_TRY_VOID(finish(std::move(query), clip.samples));
        }
        return {};
    }

    Result<void> make_noise(int number) {
        const auto kinds = spindle::simulator::all_not_music();
        const NotMusic kind = kinds[static_cast<std::size_t>(number) % kinds.size()];
        Query query;
        query.condition = name_of(kind);
        query.file = fmt::format("{}-{:04}.wav", query.condition,
                                 static_cast<std::size_t>(number) / kinds.size());
        query.seed = derive_seed(request_.seed, query.file);
        // Made at the music's rate and brought down like the rest: the same band edge.
        const auto count = static_cast<std::size_t>(request_.seconds * kMusicRate.hz);
        auto sound = spindle::simulator::make_not_music(kind, count, kMusicRate, query.seed, beds_);
        SPINDLE_TRY(const auto resampled,
                    spindle::material::resample(sound.samples, kMusicRate, options_.rate));
        query.bed = std::move(sound.real_bed);
        return finish(std::move(query), resampled);
    }

    Result<void> finish(Query query, std::span<const float> samples) {
        SPINDLE_TRY_VOID(
            spindle::material::write_wav(request_.out / query.file, samples, options_.rate));
        const std::scoped_lock lock(mutex_);
        queries_.push_back(std::move(query));
        if (queries_.size() % 100 == 0) {
            fmt::print(stderr, "{} clips\n", queries_.size());
        }
        return {};
    }

    Request request_;
    Manifest manifest_;
    std::vector<RealBed> beds_;
    spindle::material::ClipOptions options_;
    std::vector<std::pair<const std::string*, const std::vector<Job>*>> recordings_;
    int noise_ = 0;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> stopped_ = false;
    std::mutex mutex_; // guards what follows
    std::vector<Query> queries_;
    std::optional<spindle::Error> error_;
};

Result<std::vector<Condition>> conditions_of(const Request& request) {
    std::vector<Condition> conditions;
    for (const std::string& name : request.conditions) {
        const auto condition = spindle::simulator::condition_named(name);
        if (!condition) {
            return fail(Code::BadInput, "there is no condition named {}", name);
        }
        conditions.push_back(*condition);
    }
    if (conditions.empty()) {
        const auto all = spindle::simulator::all_conditions();
        conditions.assign(all.begin(), all.end());
    }
    return conditions;
}

Result<std::size_t> make(const Request& request) {
    SPINDLE_TRY(const auto conditions, conditions_of(request));
    SPINDLE_TRY(auto manifest, Manifest::read(request.manifest));
    SPINDLE_TRY(auto beds, spindle::material::read_beds(manifest.folder / "beds"));
    std::error_code problem;
    std::filesystem::create_directories(request.out, problem);
    if (problem) {
        return fail(Code::NoAccess, "{}: {}", request.out.string(), problem.message());
    }
    Plan plan;
    plan_music(request, manifest, conditions, plan);
    // Speech is one kind of noise among the others.
    const int kinds = static_cast<int>(spindle::simulator::all_not_music().size()) + 1;
    const bool has_speech = !spindle::material::files_in(manifest.folder / "speech").empty();
    const int speech = has_speech ? request.noise / kinds : 0;
    plan_speech(request, manifest, speech, plan);

    SPINDLE_TRY(
        const auto queries,
        Maker(request, std::move(manifest), std::move(beds)).run(plan, request.noise - speech));
    SPINDLE_TRY_VOID(spindle::material::write_truth(request.out / "truth.tsv", queries));
    return queries.size();
}

void add_options(CLI::App& app, Request& request) {
    app.add_option("--corpus", request.manifest, "manifest.tsv made by bench/corpus")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--out", request.out, "folder for the clips")->required();
    app.add_option("--set", request.set, "dev for tuning, test for reporting")
        ->check(CLI::IsMember({"dev", "test"}));
    app.add_option("--seed", request.seed, "1xx for dev, 9xx for test");
    app.add_option("--per-condition", request.per_condition, "clips of indexed tracks each");
    app.add_option("--unknown", request.unknown, "clips of tracks that are never indexed");
    app.add_option("--noise", request.noise, "clips of noise, tones and speech");
    app.add_option("--seconds", request.seconds, "length of a clip")->check(CLI::Range(5, 600));
    app.add_option("--conditions", request.conditions, "only these")->delimiter(',');
    app.add_option("--jobs", request.jobs, "threads")->check(CLI::Range(1, 256));
}

} // namespace

int main(int argc, char** argv) {
    Request request;
    return spindle::material::run_program(
        argc, argv, "Makes degraded clips of a corpus and truth.tsv, the same for the same seed.",
        [&](CLI::App& app) { add_options(app, request); },
        [&]() -> Result<void> {
            SPINDLE_TRY(const auto made, make(request));
            fmt::print("{} clips in {}\n", made, request.out.string());
            return {};
        });
}
