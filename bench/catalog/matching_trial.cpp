// SPDX-License-Identifier: Apache-2.0
#include "catalog/matching_trial.h"

#include <algorithm>
#include <ctime>

#include "catalog/group_key.h"

namespace spindle::bench {
namespace {

Seconds processor_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return Seconds(static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9);
}

catalog::ReadWord to_read_word(const NoisyWord& word) {
    catalog::ReadWord read{word.text, word.confidence, {}};
    double confidence = (1 - word.confidence) / 2;
    for (const std::string& alternative : word.alternatives) {
        read.alternatives.push_back({alternative, std::max(confidence, 0.01)});
        confidence /= 2;
    }
    return read;
}

/// What the wrong direction gives: the signs of the spine in an order that says nothing.
catalog::Reading rubbish_of(const NoisySpine& spine, std::uint64_t seed) {
    catalog::Reading reading;
    std::uint64_t state = seed;
    for (const NoisyLine& line : spine.lines) {
        catalog::ReadLine& read = reading.lines.emplace_back();
        for (const NoisyWord& word : line) {
            std::string text = word.text;
            for (std::size_t i = text.size(); i > 1; --i) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                std::swap(text[i - 1], text[(state >> 33U) % i]);
            }
            read.words.push_back({text, 0.3, {}});
        }
        std::reverse(read.words.begin(), read.words.end());
    }
    return reading;
}

std::string text_of(const NoisySpine& spine) {
    std::string text;
    for (const NoisyLine& line : spine.lines) {
        for (const NoisyWord& word : line) {
            text += (text.empty() ? "" : " ") + word.text;
        }
    }
    return text;
}

} // namespace

std::vector<ReadingCondition> standard_conditions() {
    NoiseOptions with_number;
    with_number.number_left_out = 0;
    NoiseOptions ten = with_number;
    ten.character_errors = 0.10;
    NoiseOptions text = ten;
    text.number_left_out = 1;
    return {{"5 %", with_number}, {"10 %", ten}, {"text 10 %", text}};
}

catalog::SpineText spine_text_of(const NoisySpine& spine, std::uint64_t seed) {
    catalog::SpineText text;
    catalog::Reading& reading = text.readings.emplace_back();
    for (const NoisyLine& line : spine.lines) {
        catalog::ReadLine& read = reading.lines.emplace_back();
        std::transform(line.begin(), line.end(), std::back_inserter(read.words), to_read_word);
    }
    text.readings.push_back(rubbish_of(spine, seed));
    if (seed % 2 == 1) {
        std::swap(text.readings[0], text.readings[1]);
    }
    return text;
}

Result<MatchingTrial> try_matching(const catalog::Matcher& matcher, const catalog::Release& release,
                                   const NoiseOptions& noise, std::uint64_t seed) {
    const NoisySpine spine = read_noisily(release, noise, seed);
    const catalog::SpineText text = spine_text_of(spine, seed);
    MatchingTrial trial;
    trial.seen = text_of(spine);
    const Seconds begun = processor_time();
    SPINDLE_TRY(const auto result, matcher.match(text));
    trial.elapsed = processor_time() - begun;
    trial.answered = result.verdict == catalog::Verdict::Found;
    if (result.groups.empty()) {
        return trial;
    }
    const catalog::GroupMatch& first = result.groups.front();
    trial.probability = first.probability;
    trial.tied = first.tied;
    const auto& found = first.pressings.front().release;
    trial.found = catalog::credit_line(found.artists) + " - " + found.title;
    const std::string wanted = catalog::recording_name(release);
    for (std::size_t i = 0; i < first.pressings.size(); ++i) {
        const auto& pressing = first.pressings[i].release;
        trial.group_right |=
            pressing.id == release.id || catalog::recording_name(pressing) == wanted;
        trial.pressing_listed |= pressing.id == release.id && i < first.tied;
    }
    return trial;
}

} // namespace spindle::bench
