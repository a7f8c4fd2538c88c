// SPDX-License-Identifier: Apache-2.0
#include "simulator/condition.h"

#include <array>
#include <cstddef>

namespace spindle::simulator {

namespace {

struct Row {
    Condition condition;
    std::string_view name;
    Recipe recipe;
};

// A domestic turntable in order stays below 0.1 % flutter; a tired belt drive reaches 0.3 % wow.
constexpr double kWow = 0.003;
constexpr double kFlutter = 0.001;
constexpr double kEqualiserDb = 9;

constexpr std::array<Row, 20> kRows{{
    {Condition::Clean, "clean", {}},
    {Condition::SpeedPlusHalf, "speed+0.5", {.speed = 1.005}},
    {Condition::SpeedPlus1, "speed+1", {.speed = 1.01}},
    {Condition::SpeedPlus2, "speed+2", {.speed = 1.02}},
    {Condition::SpeedMinus1, "speed-1", {.speed = 0.99}},
    {Condition::SpeedMinus3, "speed-3", {.speed = 0.97}},
    {Condition::SpeedPlus4, "speed+4", {.speed = 1.04}},
    {Condition::Wow, "wow", {.wow = kWow}},
    {Condition::Eq, "eq", {.equaliser_db = kEqualiserDb}},
    {Condition::Vinyl20, "vin20", {.surface_db = 20}},
    {Condition::Vinyl10, "vin10", {.surface_db = 10}},
    {Condition::Vinyl5, "vin5", {.surface_db = 5}},
    {Condition::Vinyl0, "vin0", {.surface_db = 0}},
    {Condition::Mp3, "mp3_96", {.codec = Codec::Mp3}},
    {Condition::Aac, "aac_96", {.codec = Codec::Aac}},
    {Condition::Mono, "mono", {.one_channel = true}},
    {Condition::Room, "room", {.room = true}},
    {Condition::Clip, "clip", {.clip_db = 14}},
    {Condition::Worn,
     "worn",
     {.speed = 1.008,
      .wow = kWow,
      .flutter = kFlutter,
      .equaliser_db = kEqualiserDb,
      .surface_db = 12}},
    {Condition::WornHard,
     "wornhard",
     {.speed_spread = 0.025,
      .wow = kWow,
      .flutter = kFlutter,
      .equaliser_db = 12,
      .surface_db = 6,
      .room = true}},
}};

constexpr std::array<Condition, kRows.size()> kAll = [] {
    std::array<Condition, kRows.size()> all{};
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        all[i] = kRows[i].condition;
    }
    return all;
}();

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].condition) != i) {
            return false;
        }
    }
    return true;
}
static_assert(rows_follow_the_enum());

} // namespace

std::span<const Condition> all_conditions() {
    return kAll;
}

std::string_view name_of(Condition condition) {
    return kRows[static_cast<std::size_t>(condition)].name;
}

std::optional<Condition> condition_named(std::string_view name) {
    for (const Row& row : kRows) {
        if (row.name == name) {
            return row.condition;
        }
    }
    return std::nullopt;
}

const Recipe& recipe_of(Condition condition) {
    return kRows[static_cast<std::size_t>(condition)].recipe;
}

} // namespace spindle::simulator
