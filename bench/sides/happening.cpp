// SPDX-License-Identifier: Apache-2.0
#include "sides/happening.h"

#include <algorithm>
#include <array>

namespace spindle::sides {
namespace {

using enum Happening;
constexpr std::array kAll{Plain,     Segues, Lifted,     Dropped, SkipForward, SkipBack,
                          Locked,    Pause,  Return,     Again,   Flip,        BFirst,
                          Interlude, Hidden, WrongSpeed, Radio};
constexpr std::array<std::string_view, kAll.size()> kNames{
    "plain",  "segues", "lifted", "dropped", "skip-forward", "skip-back", "locked",      "pause",
    "return", "again",  "flip",   "b-first", "interlude",    "hidden",    "wrong-speed", "radio"};

} // namespace

std::span<const Happening> all_happenings() {
    return kAll;
}

std::string_view name_of(Happening happening) {
    return kNames[static_cast<std::size_t>(happening)];
}

std::optional<Happening> happening_named(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return kAll[static_cast<std::size_t>(found - kNames.begin())];
}

Happening happening_of(std::size_t number) {
    const std::size_t in_eight = number % 8;
    if (in_eight == 0 || in_eight == 4) {
        return Plain;
    }
    if (in_eight == 2) {
        return Segues;
    }
    constexpr std::array place{0, 0, 0, 1, 0, 2, 3, 4};
    const std::size_t turn = number / 8 * 5 + static_cast<std::size_t>(place[in_eight]);
    return kAll[2 + turn % (kAll.size() - 2)];
}

} // namespace spindle::sides
