// SPDX-License-Identifier: Apache-2.0
#include "app/dig/photo_advice.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/dig/spine_matching.h"

namespace spindle::app {
namespace {

// Of a photo's pixels all but a twentieth are darker than this: no lamp was on.
constexpr double kDark = 0.15;
// Between its dark and its bright pixels: a wall, or a covered lens.
constexpr double kPlain = 0.06;
// image::PhotoQuality::blur from which small print is lost.
constexpr double kBlurred = 2;
constexpr double kBurnt = 0.08; // of the photo is glare
constexpr double kServed = 0.7; // of the spines with words: then the photo is good enough

bool has_words(const shelf::ReadSpine& read) {
    return std::any_of(read.readings.begin(), read.readings.end(),
                       [](const auto& reading) { return !text_of(reading).empty(); });
}

} // namespace

std::string_view name_of(PhotoTrouble trouble) {
    switch (trouble) {
    case PhotoTrouble::TooDark:
        return "too_dark";
    case PhotoTrouble::TooPlain:
        return "too_plain";
    case PhotoTrouble::Blurred:
        return "blurred";
    case PhotoTrouble::Glare:
        return "glare";
    case PhotoTrouble::NoSpines:
        return "no_spines";
    case PhotoTrouble::OnlyBacks:
        return "only_backs";
    case PhotoTrouble::TooThin:
        return "too_thin";
    case PhotoTrouble::NothingRead:
        break;
    }
    return "nothing_read";
}

double median_thickness(std::span<const shelf::ReadSpine> spines) {
    std::vector<double> values;
    values.reserve(spines.size());
    for (const shelf::ReadSpine& read : spines) {
        values.push_back(image::thickness_of(read.spine.quad));
    }
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<Advice> advice_for(const image::PhotoQuality& look,
                               std::span<const shelf::ReadSpine> spines) {
    std::vector<Advice> advice;
    const auto say = [&](PhotoTrouble trouble, std::string message) {
        advice.push_back({trouble, std::move(message)});
    };
    std::size_t fronts = 0;
    std::size_t with_words = 0;
    for (const shelf::ReadSpine& read : spines) {
        if (read.spine.printed >= kShowsItsPrint) {
            ++fronts;
            with_words += has_words(read) ? 1 : 0;
        }
    }
    const bool served =
        fronts > 0 && static_cast<double>(with_words) >= kServed * static_cast<double>(fronts);
    if (!served) {
        if (look.bright < kDark) {
            say(PhotoTrouble::TooDark, "the photo is nearly black: make light, or use the flash");
        } else if (look.bright - look.dark < kPlain || std::isnan(look.blur)) {
            say(PhotoTrouble::TooPlain,
                "there is next to nothing on the photo: is something before the lens?");
        } else if (look.blur > kBlurred) {
            say(PhotoTrouble::Blurred, "the photo is blurred: hold still, tap on the spines to "
                                       "focus, and take it again");
        } else if (look.burnt > kBurnt) {
            say(PhotoTrouble::Glare, "light is mirrored in the cases: take it a little from the "
                                     "side, or without the flash");
        }
    }
    if (spines.empty()) {
        if (advice.empty()) {
            say(PhotoTrouble::NoSpines,
                "no spines in the photo: take it straight from the front, so "
                "that the spines fill most of it");
        }
        return advice;
    }
    if (fronts == 0) {
        say(PhotoTrouble::OnlyBacks,
            fmt::format("only backs of cases ({}): turn them round, so that the spines with the "
                        "titles show",
                        spines.size()));
        return advice;
    }
    std::size_t thin_and_mute = 0;
    for (const shelf::ReadSpine& read : spines) {
        thin_and_mute += image::thickness_of(read.spine.quad) < kLegibleThickness &&
                                 read.spine.printed >= kShowsItsPrint && !has_words(read)
                             ? 1
                             : 0;
    }
    const double thickness = median_thickness(spines);
    if (static_cast<double>(thin_and_mute) > (1 - kServed) * static_cast<double>(fronts) ||
        (thickness < kLegibleThickness && !served)) {
        say(PhotoTrouble::TooThin,
            fmt::format("spines are {:.0f} px thick, {:.0f} are needed: come closer, or take "
                        "several photos that overlap",
                        thickness, kLegibleThickness));
    } else if (with_words == 0 && advice.empty()) {
        say(PhotoTrouble::NothingRead,
            "spines, but not a legible word on them: come closer, avoid glare, and hold still");
    }
    return advice;
}

} // namespace spindle::app
