// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/restored_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "grade/clicks/click_meter.h"
#include "material/beds.h"
#include "material/music_file.h"

namespace spindle::click_trials {
namespace {

constexpr SampleRate kRate{44100};

struct Sides {
    std::vector<float> left, right;
};

Result<Sides> read_sides(const std::filesystem::path& file) {
    SPINDLE_TRY(const auto music, material::read_music(file, kRate));
    Sides sides;
    const auto channels = static_cast<std::size_t>(music.channels);
    for (std::size_t n = 0; n + channels <= music.samples.size(); n += channels) {
        sides.left.push_back(music.samples[n]);
        sides.right.push_back(music.samples[n + channels - 1]);
    }
    return sides;
}

double programme_level(const Sides& sides) {
    const auto size = static_cast<std::size_t>(kRate.hz * 2 / 5);
    std::vector<double> levels;
    for (std::size_t from = 0; from + size <= sides.left.size(); from += size) {
        double sum = 0;
        for (std::size_t n = from; n < from + size; ++n) {
            sum += std::pow(sides.left[n], 2) + std::pow(sides.right[n], 2);
        }
        levels.push_back(std::sqrt(sum / (2 * static_cast<double>(size))));
    }
    std::sort(levels.begin(), levels.end());
    return levels.empty() ? 0 : levels[levels.size() * 95 / 100];
}

grade::ClickCount count(const Sides& sides) {
    grade::ClickMeter meter(kRate);
    meter.feed({sides.left, sides.right});
    const auto findings = meter.finish();
    const std::array<grade::TimeSpan, 1> whole{{{Seconds(0), findings.length}}};
    return grade::count_clicks(findings.defects, whole, programme_level(sides), kRate);
}

} // namespace

Result<std::vector<RestoredPair>> count_pairs(const std::filesystem::path& folder) {
    std::vector<RestoredPair> pairs;
    const auto files = material::files_in(folder);
    for (const auto& file : files) {
        const std::string name = file.filename().string();
        const auto place = name.find(".raw.");
        if (place == std::string::npos) {
            continue;
        }
        std::string twin = name;
        twin.replace(place, 5, ".restored.");
        SPINDLE_TRY(const auto raw, read_sides(file));
        SPINDLE_TRY(const auto restored, read_sides(folder / twin));
        pairs.push_back({name.substr(0, place), count(raw), count(restored)});
    }
    if (pairs.empty()) {
        return fail(Code::NotFound, "{}: no NAME.raw.* with a NAME.restored.* in it",
                    folder.string());
    }
    return pairs;
}

std::string text_of(const std::vector<RestoredPair>& pairs) {
    std::string text =
        "| recording | clicks a minute, raw | restored | expected by probability, raw | restored | "
        "energy, dB, raw | restored | energy expected, raw | restored | both expected fall "
        "|\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (const RestoredPair& pair : pairs) {
        const auto& [name, raw, restored] = pair;
        const bool falls = restored.expected_per_minute < raw.expected_per_minute &&
                           restored.expected_energy_db < raw.expected_energy_db;
        text += fmt::format(
            "| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {:.1f} | {} |\n",
            name, raw.per_minute[0], restored.per_minute[0], raw.expected_per_minute,
            restored.expected_per_minute, raw.energy_db, restored.energy_db, raw.expected_energy_db,
            restored.expected_energy_db, falls ? "yes" : "NO");
    }
    return text;
}

} // namespace spindle::click_trials
