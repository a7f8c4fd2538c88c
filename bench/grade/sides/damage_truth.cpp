// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/damage_truth.h"

#include <array>

#include <nlohmann/json.hpp>

namespace spindle::damaged_sides {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kClick = -20; // dB over the programme: grade/definition.h
constexpr double kCrackle = -50;

std::string_view name_of(grade::Wall wall) {
    constexpr std::array<std::string_view, 3> names{"left", "right", "both"};
    return names[static_cast<std::size_t>(wall)];
}

std::string_view name_of(simulator::Mixdown mixdown) {
    constexpr std::array<std::string_view, 4> names{"stereo", "mean", "left", "right"};
    return names[static_cast<std::size_t>(mixdown)];
}

std::string_view name_of(simulator::Codec codec) {
    constexpr std::array<std::string_view, 3> names{"none", "mp3", "aac"};
    return names[static_cast<std::size_t>(codec)];
}

Json json_of(const TrueImpulse& impulse) {
    return {{"kind", grade::name_of(impulse.defect.kind)},
            {"at", impulse.defect.at.count()},
            {"length", impulse.defect.length.count()},
            {"top", impulse.top.count()},
            {"wall", name_of(impulse.defect.wall)},
            {"peak", impulse.defect.peak},
            {"energy", impulse.defect.energy},
            {"level_db", impulse.level_db},
            {"origin", simulator::name_of(impulse.origin)},
            {"group", impulse.group},
            {"angle", impulse.angle}};
}

Json json_of(const simulator::Deck& deck) {
    return {{"rumble_db", deck.rumble_db},    {"warp_db", deck.warp_db},
            {"hum_db", deck.hum_db},          {"mains", deck.mains},
            {"balance_db", deck.balance_db},  {"crosstalk_db", deck.crosstalk_db},
            {"response_db", deck.response_db}};
}

Json json_of(const simulator::Recorder& recorder) {
    return {{"programme_dbfs", recorder.programme_dbfs},
            {"top_hertz", recorder.top_hertz ? Json(*recorder.top_hertz) : Json()},
            {"limit_db", recorder.limit_db ? Json(*recorder.limit_db) : Json()},
            {"mixdown", name_of(recorder.mixdown)},
            {"noise_dbfs", recorder.noise_dbfs},
            {"bits", recorder.bits},
            {"codec", name_of(recorder.codec)},
            {"bits_per_second", recorder.bits_per_second}};
}

Json json_of(const simulator::Transport& transport) {
    return {{"turns_per_minute", 60 * transport.turns_per_second},
            {"speed", transport.speed},
            {"wow", transport.wow},
            {"wow_phase", transport.wow_phase},
            {"wow_growth", transport.wow_growth},
            {"flutter", transport.flutter},
            {"flutter_phase", transport.flutter_phase}};
}

} // namespace

std::string_view name_of(TrueSpan::Kind kind) {
    constexpr std::array<std::string_view, 5> names{"line", "lead-in", "music", "band", "run-out"};
    return names[static_cast<std::size_t>(kind)];
}

Seconds DamageTruth::groove_at(Seconds time) const {
    const simulator::Stretch* here = nullptr;
    for (const auto& stretch : path) {
        if (stretch.source == simulator::Source::Groove && (!here || stretch.start <= time)) {
            here = &stretch;
        }
    }
    return here ? simulator::place_at(*here, transport, time) : Seconds(0);
}

Counts count_impulses(const std::vector<TrueImpulse>& impulses) {
    Counts counts;
    for (const TrueImpulse& impulse : impulses) {
        if (impulse.origin == simulator::ImpulseOrigin::NeedleDrop) {
            continue;
        }
        counts.clicks += impulse.level_db >= kClick ? 1U : 0U;
        counts.crackles += impulse.level_db >= kCrackle && impulse.level_db < kClick ? 1U : 0U;
    }
    return counts;
}

std::string to_json(const DamageTruth& truth) {
    Json json;
    json["grade"] = short_name(truth.grade);
    json["severity"] = truth.severity;
    json["damage"] = {{"noise_db", truth.damage.noise_db},
                      {"clicks_per_minute", truth.damage.clicks_per_minute},
                      {"crackles_per_second", truth.damage.crackles_per_second},
                      {"wear_db", truth.damage.wear_db},
                      {"off_centre_wow", truth.damage.off_centre_wow},
                      {"skips", truth.damage.skips}};
    json["asked_for"] = {{"noise", truth.faults.noise},
                         {"clicks", truth.faults.clicks},
                         {"crackle", truth.faults.crackle},
                         {"wear", truth.faults.wear},
                         {"eccentricity_mm", truth.faults.eccentricity_mm},
                         {"skips", truth.faults.skips}};
    json["programme"] = truth.programme;
    json["noise_source"] = truth.noise;
    json["transport"] = json_of(truth.transport);
    json["deck"] = truth.deck ? json_of(*truth.deck) : Json();
    json["recorder"] = truth.recorder ? json_of(*truth.recorder) : Json();
    Json& spans = json["spans"] = Json::array();
    for (const TrueSpan& span : truth.spans) {
        spans.push_back({{"kind", name_of(span.kind)},
                         {"start", span.start.count()},
                         {"end", span.end.count()}});
    }
    Json& music = json["music"] = Json::array();
    for (const TrueMusic& piece : truth.music) {
        music.push_back({{"file", piece.name},
                         {"start", piece.start.count()},
                         {"end", piece.end.count()},
                         {"from", piece.from.count()},
                         {"to", piece.to.count()},
                         {"repeated", piece.repeated},
                         {"gain", piece.gain}});
    }
    Json& path = json["path"] = Json::array();
    for (const auto& stretch : truth.path) {
        if (stretch.source == simulator::Source::Groove) {
            path.push_back({{"start", stretch.start.count()},
                            {"end", stretch.end.count()},
                            {"base", stretch.base}});
        }
    }
    Json& jumps = json["jumps"] = Json::array();
    for (const TrueJump& jump : truth.jumps) {
        jumps.push_back(
            {{"at", jump.at.count()}, {"length", jump.length.count()}, {"turns", jump.turns}});
    }
    Json& dropouts = json["dropouts"] = Json::array();
    for (const auto& dropout : truth.dropouts) {
        dropouts.push_back({{"at", dropout.at},
                            {"length", dropout.length},
                            {"left", dropout.left},
                            {"right", dropout.right},
                            {"depth_db", dropout.depth_db}});
    }
    Json& impulses = json["impulses"] = Json::array();
    for (const TrueImpulse& impulse : truth.impulses) {
        impulses.push_back(json_of(impulse));
    }
    return json.dump(1) + "\n";
}

} // namespace spindle::damaged_sides
