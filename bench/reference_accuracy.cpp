// SPDX-License-Identifier: Apache-2.0
// What the comparison with the digital copy finds on records made from music, against the truth.
#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "grade/copy_clicks.h"
#include "grade/reference/comparison.h"
#include "material/music_file.h"
#include "reference/made_record.h"
#include "simulator/codec.h"

namespace {

using namespace spindle;

made::Sound read(const std::filesystem::path& path, double seconds) {
    const auto music = material::read_music(path, SampleRate{44100}, Seconds(seconds));
    made::Sound sound{{}, {}, SampleRate{44100}};
    if (!music) {
        fmt::print(stderr, "{}\n", music.error().message);
        return sound;
    }
    const auto channels = static_cast<std::size_t>(music->channels);
    for (std::size_t n = 0; n + channels <= music->samples.size(); n += channels) {
        sound.left.push_back(music->samples[n]);
        sound.right.push_back(music->samples[n + channels - 1]);
    }
    return sound;
}

made::Sound as_mp3(const made::Sound& sound, int bits) {
    std::vector<float> interleaved;
    for (std::size_t n = 0; n < sound.size(); ++n) {
        interleaved.push_back(sound.left[n]);
        interleaved.push_back(sound.right[n]);
    }
    const auto coded =
        simulator::encode_and_decode(interleaved, 2, sound.rate, simulator::Codec::Mp3, bits);
    made::Sound out{{}, {}, sound.rate};
    for (std::size_t n = 0; coded && n + 1 < coded->size(); n += 2) {
        out.left.push_back((*coded)[n]);
        out.right.push_back((*coded)[n + 1]);
    }
    return out;
}

double median(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

double percentile(std::vector<double> values, double part) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

/// Clicks of all records and what was said of them.
struct Scores {
    std::vector<double> alarms;                    ///< probabilities where there is no click
    std::vector<std::pair<double, double>> clicks; ///< level, probability
    double minutes = 0;
};

void add_scores(const grade::CopyComparison& comparison, const made::MadeRecord& record,
                Scores& scores) {
    std::vector<double> best(record.clicks.size(), 0.0);
    for (const grade::Defect& defect : grade::clicks_with_copy({}, comparison)) {
        bool is_click = false;
        for (std::size_t i = 0; i < record.clicks.size(); ++i) {
            const double at = record.clicks[i].at;
            if (at > defect.at.count() - 0.002 &&
                at < defect.at.count() + defect.length.count() + 0.002) {
                best[i] = std::max(best[i], defect.probability);
                is_click = true;
            }
        }
        if (!is_click) {
            scores.alarms.push_back(defect.probability);
        }
    }
    for (std::size_t i = 0; i < best.size(); ++i) {
        if (record.clicks[i].at > comparison.start.count() &&
            record.clicks[i].at < comparison.end.count()) {
            scores.clicks.emplace_back(record.clicks[i].level_db, best[i]);
        }
    }
    scores.minutes += (comparison.end - comparison.start).count() / 60;
}

void print_recall(Scores& scores) {
    std::sort(scores.alarms.rbegin(), scores.alarms.rend());
    for (const double rate : {1.0, 3.0, 10.0}) {
        const auto allowed = static_cast<std::size_t>(rate * scores.minutes);
        const double threshold = allowed < scores.alarms.size() ? scores.alarms[allowed] : 0.0;
        fmt::print("{} false alarms a minute, probability above {:.5f}:", rate, threshold);
        for (double low = -24; low < 6; low += 6) {
            double found = 0;
            double all = 0;
            for (const auto& [level, probability] : scores.clicks) {
                if (level >= low && level < low + 6) {
                    ++all;
                    found += probability > threshold ? 1 : 0;
                }
            }
            fmt::print("  {:.0f}..{:.0f} dB {:.2f}", low, low + 6, all > 0 ? found / all : 0);
        }
        fmt::print("\n");
    }
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"Comparison of made records with their digital copies"};
    std::vector<std::filesystem::path> files;
    double seconds = 60;
    std::string copy_kind = "same";
    double noise = -60;
    double clicks = 0;
    double speed = 0;
    app.add_option("files", files)->required();
    app.add_option("--seconds", seconds);
    app.add_option("--copy", copy_kind, "same, mp3, limited");
    app.add_option("--noise", noise);
    app.add_option("--clicks", clicks);
    app.add_option("--speed", speed);
    CLI11_PARSE(app, argc, argv);
    fmt::print(
        "{:<28} {:>11} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} {:>7} {:>6} {:>5}\n",
        "music", "relation", "map.med", "map.p95", "speed", "wow", "true", "w.err", "supp", "true",
        "noise", "true", "dist", "s");
    std::uint64_t seed = 1;
    Scores scores;
    for (const auto& file : files) {
        const made::Sound music = read(file, seconds);
        if (music.size() < 44100) {
            continue;
        }
        made::Sound copy = copy_kind == "mp3"       ? as_mp3(music, 128000)
                           : copy_kind == "limited" ? made::remastered(music, 8)
                                                    : music;
        made::RecordOptions options;
        options.seed = seed;
        options.speed = 1 + (speed != 0 ? speed : 0.004 * std::sin(static_cast<double>(seed)));
        options.wow = 0.0003 * static_cast<double>(1 + seed % 8);
        options.noise_dba = noise;
        options.clicks_per_minute = clicks;
        ++seed;
        const auto record = made::make_record(music, options);
        if (!record) {
            fmt::print(stderr, "{}\n", record.error().message);
            continue;
        }
        std::vector<grade::Copy> copies(1);
        copies[0].sound = grade::sound_in_memory(copy.span(), copy.rate);
        double rest_energy = 0;
        double music_energy = 0;
        const auto begin = std::clock();
        const auto found = grade::compare(
            grade::sound_in_memory(record->sound.span(), record->sound.rate), copies, {},
            [&](const grade::ComparedSound& part) {
                const auto from = static_cast<std::size_t>(std::lround(part.at.count() * 44100));
                for (std::size_t n = 0; n < part.music.size(); ++n) {
                    const double truth = static_cast<double>(record->music.left[from + n]);
                    music_energy += truth * truth;
                    rest_energy += std::pow(truth - static_cast<double>(part.music.left[n]), 2);
                }
            });
        const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        if (!found) {
            fmt::print("{}: {}\n", file.filename().string(), found.error().message);
            continue;
        }
        const grade::CopyComparison& comparison = (*found)[0];
        std::vector<double> off;
        for (std::size_t i = 0; i < record->copy_time.size(); ++i) {
            const double at = static_cast<double>(i) / 100;
            if (record->copy_time[i] > 1 && record->copy_time[i] < seconds - 1 &&
                at < comparison.end.count()) {
                off.push_back((comparison.map.at(Seconds(at)).count() - record->copy_time[i]) *
                              44100);
            }
        }
        const double middle = median(off);
        for (double& value : off) {
            value = std::abs(value - middle);
        }
        std::vector<double> slope;
        for (std::size_t i = 0; i < comparison.curve.speed.size(); ++i) {
            const double at =
                comparison.curve.start.count() + static_cast<double>(i) / comparison.curve.hertz;
            const auto k = static_cast<std::size_t>(at * 100);
            if (k > 0 && k + 2 < record->copy_time.size() && record->copy_time[k] > 1 &&
                record->copy_time[k] < seconds - 1) {
                const double truth = (record->copy_time[k + 1] - record->copy_time[k - 1]) * 50;
                slope.push_back(std::abs(static_cast<double>(comparison.curve.speed[i]) - truth));
            }
        }
        add_scores(comparison, *record, scores);
        fmt::print(
            "{:<28} {:>11} {:7.3f} {:7.3f} {:7.4f} {:6.4f} {:6.4f} {:6.4f} {:6.1f} {:7.1f} {:6.1f} "
            "{:7.1f} {:6.1f} {:5.1f}  mid {:.2f} band {:.0f} err {:.3f} jumps {} turn {:.2f} inc "
            "{:.1f} wow2s {:.4f} start {:.3f}-{:.3f}\n",
            file.filename().string().substr(0, 28), grade::name_of(comparison.relation),
            median(off), percentile(off, 0.95), 100 * (comparison.speed - options.speed),
            comparison.wow.turn ? 100 * comparison.wow.turn->peak : 0.0, 100 * options.wow,
            100 * median(slope), comparison.suppression_db,
            10 * std::log10(music_energy / (rest_energy + 1e-20)), comparison.residual.noise_dba,
            record->noise_dba, comparison.residual.distortion_db, took, middle,
            comparison.band_hertz, comparison.alignment_error.count() * 44100,
            comparison.jumps.size(),
            comparison.wow.turn ? comparison.wow.turn->turns_per_minute : 0.0,
            comparison.residual.incoherence_db, 100 * comparison.wow.weighted,
            comparison.start.count(), comparison.end.count());
    }
    print_recall(scores);
    return 0;
}
