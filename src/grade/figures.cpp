// SPDX-License-Identifier: Apache-2.0
#include "grade/figures.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numeric>

#include "grade/clicks/clear_clicks.h"

namespace spindle::grade {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Seconds kLeastCopy{10};
constexpr Seconds kLeastGroove{1.5};
constexpr double kQuietFrames = 0.2; // share of frames in which crackle is looked for inside music
// Half a click in what was heard is the least that can be told from none.
constexpr double kLeastCount = 0.5;
// Of the treble's correlation with its square: music without wear has as much
// (surface/wear_meter.h).
constexpr double kLeastInGroove = 0.1; // ClickOptions::least_probability: all that is kept
constexpr double kLeastWear = 0.005;

/// Where the classes of kClickClasses lie.
enum Class : std::size_t { Above50, Above40, Above30, Above20, Above10 };

double rate_logarithm(const ClickCount& count, Class klass) {
    const double minutes = count.time.count() / 60;
    return minutes > 0 ? std::log(count.per_minute[klass] + kLeastCount / minutes) : kNone;
}

/// Of clicks a minute, those made up for that are hidden.
double clear_logarithm(const SideMeasures& side, std::span<const TimeSpan> spans) {
    constexpr Seconds kLeastTime{1};
    const ClearClicks clear =
        clear_clicks(side.clicks.defects, side.clicks.frames, spans, side.programme_level());
    return clear.time >= kLeastTime
               ? std::log((clear.count + kLeastCount) / (clear.time.count() / 60))
               : kNone;
}

double expected_logarithm(const ClickCount& count) {
    const double minutes = count.time.count() / 60;
    return minutes > 0 ? std::log(count.expected_per_minute + kLeastCount / minutes) : kNone;
}

/// In a silent groove there is no music that an impulse could be.
ClickCount count_in_groove(const SideMeasures& side, std::span<const TimeSpan> spans) {
    return count_clicks(side.clicks.defects, spans, side.programme_level(), side.rate,
                        {.least_probability = kLeastInGroove});
}

/// Crackle, a second: clicks with peaks from -50 to -20 dB.
double crackles_per_second(const ClickCount& count) {
    return std::max(0.0, count.per_minute[Above50] - count.per_minute[Above20]) / 60;
}

double crackle_logarithm(const ClickCount& count) {
    const double seconds = count.time.count();
    return seconds > 0 ? std::log(crackles_per_second(count) + kLeastCount / seconds) : kNone;
}

bool is_in(Seconds time, std::span<const TimeSpan> spans) {
    return std::any_of(spans.begin(), spans.end(), [time](const TimeSpan& span) {
        return time >= span.from && time + kCrackleFrame <= span.to;
    });
}

/// How impulsive the recording is in some of its frames: means of what crackle raises.
struct Impulsiveness {
    double outliers = kNone; ///< logarithm of the share beyond five deviations
    double fourth = kNone;   ///< logarithm of the fourth moment
};

Impulsiveness impulsiveness(std::span<const CrackleFrame* const> frames) {
    if (frames.empty()) {
        return {};
    }
    double outliers = 0;
    double fourth = 0;
    for (const CrackleFrame* frame : frames) {
        outliers += static_cast<double>(frame->outliers);
        fourth += std::log(std::max(1.0, static_cast<double>(frame->fourth)));
    }
    const auto count = static_cast<double>(frames.size());
    return {std::log(outliers / count + 1e-5), fourth / count};
}

/// Ticks a second, by the share of the frames that hold an outlier, several in one counting as
/// chance would have them. Crackle too faint or too dense for the click finder is heard that way.
double tick_logarithm(std::span<const CrackleFrame* const> frames) {
    constexpr std::size_t kFewest = 20;
    if (frames.size() < kFewest) {
        return kNone;
    }
    const auto with = std::count_if(frames.begin(), frames.end(),
                                    [](const CrackleFrame* frame) { return frame->outliers > 0; });
    const double share = (static_cast<double>(with) + kLeastCount) /
                         (static_cast<double>(frames.size()) + 2 * kLeastCount);
    return std::log(-std::log(1 - share) / kCrackleFrame.count());
}

std::vector<const CrackleFrame*> frames_in(const SideMeasures& side,
                                           std::span<const TimeSpan> spans) {
    std::vector<const CrackleFrame*> chosen;
    for (std::size_t i = 0; i < side.clicks.frames.size(); ++i) {
        if (side.clicks.frames[i].level > 0 && is_in(kCrackleFrame * i, spans)) {
            chosen.push_back(&side.clicks.frames[i]);
        }
    }
    return chosen;
}

/// The quietest of a side's frames in which something sounds.
std::vector<const CrackleFrame*> quiet_frames(const SideMeasures& side) {
    const auto grooves = side.grooves();
    std::vector<const CrackleFrame*> frames = frames_in(side, grooves);
    const auto wanted =
        static_cast<std::size_t>(kQuietFrames * static_cast<double>(frames.size()) + 0.5);
    std::nth_element(
        frames.begin(), frames.begin() + static_cast<std::ptrdiff_t>(wanted), frames.end(),
        [](const CrackleFrame* a, const CrackleFrame* b) { return a->level < b->level; });
    frames.resize(wanted);
    return frames;
}

struct Row {
    const char* name;
    Direction direction;
    Fault fault;
};

// Of each fault the figure that tells most stands first: figures_telling() goes by that.
constexpr Row kMusicRows[]{
    {"floor under the music", Direction::Worse, Fault::Noise},
    {"noise above the programme's band", Direction::Worse, Fault::Noise},
    {"floor of mid over side", Direction::Either, Fault::Noise},
    {"clicks, hidden ones made up for", Direction::Worse, Fault::Clicks},
    {"energy of clicks", Direction::Worse, Fault::Clicks},
    {"clicks expected", Direction::Worse, Fault::Clicks},
    {"crackle", Direction::Worse, Fault::Crackle},
    {"outliers in quiet frames", Direction::Worse, Fault::Crackle},
    {"fourth moment in quiet frames", Direction::Worse, Fault::Crackle},
    {"treble that follows its own square", Direction::Worse, Fault::Wear},
    {"skewness of the treble", Direction::Worse, Fault::Wear},
};
constexpr Row kGrooveRows[]{
    {"groove noise", Direction::Worse, Fault::Noise},
    {"clicks in the groove, hidden ones made up for", Direction::Worse, Fault::Clicks},
    {"energy of clicks in the groove", Direction::Worse, Fault::Clicks},
    {"ticks in the groove", Direction::Worse, Fault::Crackle},
};
constexpr Row kCopyRows[]{
    {"noise against the copy", Direction::Worse, Fault::Noise},
    {"clicks above -20 dB against the copy", Direction::Worse, Fault::Clicks},
    {"clicks above -10 dB against the copy", Direction::Worse, Fault::Clicks},
    {"energy of clicks against the copy", Direction::Worse, Fault::Clicks},
    {"crackle against the copy", Direction::Worse, Fault::Crackle},
    {"faint clicks above -20 dB against the copy", Direction::Worse, Fault::Clicks},
    {"energy of faint clicks against the copy", Direction::Worse, Fault::Crackle},
    {"distortion against the copy", Direction::Worse, Fault::Wear},
    {"incoherence with the copy", Direction::Worse, Fault::Wear},
};

void append(std::span<const Row> rows, std::vector<Figure>& figures) {
    for (const Row& row : rows) {
        figures.push_back({{row.name, row.direction}, row.fault});
    }
}

std::vector<Figure> make_figures(Evidence evidence) {
    std::vector<Figure> figures;
    if (evidence == Evidence::Copy) {
        append(kCopyRows, figures);
    }
    if (evidence != Evidence::Music) {
        append(kGrooveRows, figures);
    }
    append(kMusicRows, figures);
    return figures;
}

// One by one: g++ 12 sees overflows in vector::insert that are not there.
void append(std::vector<double>& values, std::initializer_list<double> more) {
    for (const double value : more) {
        values.push_back(value);
    }
}

void append_copy(const SideEvidence& side, std::vector<double>& values) {
    const CopyFigures& copy = *side.copy;
    append(values, {copy.noise_db, rate_logarithm(copy.clicks, Above20),
                    rate_logarithm(copy.clicks, Above10), copy.clicks.energy_db,
                    crackle_logarithm(copy.faint), rate_logarithm(copy.faint, Above20),
                    copy.faint.energy_db, copy.wear_db, copy.incoherence_db});
}

void append_groove(const SideMeasures& side, std::vector<double>& values) {
    const auto spans = side.silent_grooves();
    if (!side.surface.noise.silent || spans.empty()) {
        values.resize(values.size() + std::size(kGrooveRows), kNone);
        return;
    }
    append(values, {side.surface.noise.silent->a_db - side.surface.programme.loud_db,
                    clear_logarithm(side, spans), count_in_groove(side, spans).energy_db,
                    tick_logarithm(frames_in(side, spans))});
}

void append_music(const SideMeasures& side, std::vector<double>& values) {
    const double loud = side.surface.programme.loud_db;
    const auto grooves = side.grooves();
    const ClickCount clicks =
        count_clicks(side.clicks.defects, grooves, side.programme_level(), side.rate);
    const Impulsiveness quiet = impulsiveness(quiet_frames(side));
    const auto& floor = side.surface.noise.music;
    const auto& above = side.surface.noise.above;
    const WearFigures& wear = side.surface.wear;
    const bool has_wear = wear.heard > Seconds{0};
    // Per hertz: bands of different width then compare.
    const double above_db =
        above ? std::max(above->mid_db, above->side_db) -
                    10 * std::log10(std::max(1.0, above->to_hz - above->from_hz)) - loud
              : kNone;
    append(values, {floor ? floor->a_db - loud : kNone, above_db,
                    floor && floor->mid_over_side_db ? *floor->mid_over_side_db : kNone,
                    clear_logarithm(side, grooves), clicks.energy_db, expected_logarithm(clicks),
                    crackle_logarithm(clicks), quiet.outliers, quiet.fourth,
                    has_wear ? std::log(wear.follows_square + kLeastWear) : kNone,
                    has_wear ? wear.skewness : kNone});
}

} // namespace

std::string_view name_of(Evidence evidence) {
    switch (evidence) {
    case Evidence::Copy:
        return "copy";
    case Evidence::Groove:
        return "groove";
    case Evidence::Music:
        return "music";
    }
    return "";
}

std::string_view name_of(Fault fault) {
    switch (fault) {
    case Fault::Noise:
        return "noise";
    case Fault::Clicks:
        return "clicks";
    case Fault::Crackle:
        return "crackle";
    case Fault::Wear:
        return "wear";
    }
    return "";
}

Evidence evidence_of(const SideEvidence& side) {
    if (side.copy && side.copy->relation == Relation::SameMaster &&
        side.copy->heard >= kLeastCopy) {
        return Evidence::Copy;
    }
    if (side.side.surface.noise.silent && side.side.surface.noise.silent->heard >= kLeastGroove) {
        return Evidence::Groove;
    }
    return Evidence::Music;
}

const std::vector<Figure>& figures_for(Evidence evidence) {
    static const std::array<std::vector<Figure>, 3> kAll{make_figures(Evidence::Copy),
                                                         make_figures(Evidence::Groove),
                                                         make_figures(Evidence::Music)};
    return kAll[static_cast<std::size_t>(evidence)];
}

std::vector<std::size_t> figures_telling(Evidence evidence, Fault fault) {
    const std::vector<Figure>& figures = figures_for(evidence);
    std::array<bool, kFaults.size()> led{};
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        bool& has_lead = led[static_cast<std::size_t>(figures[i].fault)];
        if (figures[i].fault == fault || !has_lead) {
            chosen.push_back(i);
        }
        has_lead = true;
    }
    return chosen;
}

std::vector<double> figures_in(const SideEvidence& side, Evidence evidence) {
    std::vector<double> values;
    if (evidence == Evidence::Copy) {
        if (side.copy) {
            append_copy(side, values);
        } else {
            values.resize(values.size() + std::size(kCopyRows), kNone);
        }
    }
    if (evidence != Evidence::Music) {
        append_groove(side.side, values);
    }
    append_music(side.side, values);
    return values;
}

DamageEstimate damage_in(const SideEvidence& evidence) {
    const SideMeasures& side = evidence.side;
    const double loud = side.surface.programme.loud_db;
    DamageEstimate damage;
    int heard_repeats = 0;
    const auto spans = side.silent_grooves();
    const ClickCount all =
        count_clicks(side.clicks.defects, side.grooves(), side.programme_level(), side.rate);
    damage.clicks_per_minute = all.per_minute[Above20];
    if (side.surface.noise.silent && !spans.empty()) {
        damage.noise_db = side.surface.noise.silent->a_db - loud;
        damage.crackles_per_second = crackles_per_second(count_in_groove(side, spans));
    } else if (side.surface.noise.music) {
        damage.noise_db = side.surface.noise.music->a_db - loud;
        damage.noise_at_most = true;
    }
    if (evidence.copy) {
        const CopyFigures& copy = *evidence.copy;
        if (evidence_of(evidence) == Evidence::Copy) {
            damage.noise_db = copy.noise_db;
            damage.noise_at_most = false;
            damage.clicks_per_minute = copy.clicks.per_minute[Above20];
            damage.crackles_per_second = crackles_per_second(copy.faint);
            damage.wear_db = copy.wear_db;
        }
        if (copy.wow && copy.wow->turn) {
            damage.off_centre_wow = copy.wow->turn->peak;
        }
        damage.skips = copy.skips;
        heard_repeats = copy.repeats;
    }
    // The same locked groove may be heard in the sound and in the copy's time.
    damage.skips += std::max(heard_repeats, static_cast<int>(side.motion.repeats().size()));
    if (!damage.off_centre_wow && side.motion.off_centre.wow) {
        damage.off_centre_wow = side.motion.off_centre.wow;
    }
    return damage;
}

} // namespace spindle::grade
