// SPDX-License-Identifier: Apache-2.0
#include "grade/sides/damaged_side.h"

#include <algorithm>
#include <cmath>

#include "grade/sides/groove.h"
#include "grade/sides/layout.h"
#include "simulator/handling_noise.h"
#include "simulator/interpolation.h"
#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/side_truth.h"

namespace spindle::damaged_sides {

namespace {

using simulator::Arrival;
using simulator::derive_seed;
using simulator::gain_of;
using simulator::Random;
using simulator::Source;
using simulator::StereoSound;
using simulator::Stretch;

constexpr double kCrackle = -50; // dB; what is fainter is not told
constexpr double kClick = -20;
constexpr double kOneWall = 2; // one channel's peak over the other's: in that wall

Result<void> check(std::span<const SideMusic> music) {
    double seconds = 0;
    for (const SideMusic& track : music) {
        const SampleRate rate = track.sound.rate;
        if (rate != music.front().sound.rate || rate.hz < 32000 || rate.hz > 96000 ||
            rate.hz % 100 != 0) {
            return fail(Code::BadInput,
                        "{}: {} samples a second; all tracks of a side need the same, 32000 to "
                        "96000 and a multiple of 100",
                        track.name, rate.hz);
        }
        if (track.sound.left.size() != track.sound.right.size()) {
            return fail(Code::BadInput, "{}: its channels differ in length", track.name);
        }
        seconds += track.sound.seconds();
    }
    if (seconds < 1 || seconds > 3600) {
        return fail(Code::BadInput, "{:.1f} s of music; a side holds 1 s to 1 hour", seconds);
    }
    return {};
}

std::size_t sample_at(Seconds time, SampleRate rate) {
    return static_cast<std::size_t>(std::llround(time.count() * rate.hz));
}

/// The groove along the needle's path.
StereoSound follow(const StereoSound& groove, const std::vector<Stretch>& path,
                   const simulator::Transport& transport) {
    const Seconds end = path.back().end;
    StereoSound heard(sample_at(end, groove.rate), groove.rate);
    const double hertz = groove.rate.hz;
    const simulator::Interpolation interpolation(transport.fastest(end.count()));
    for (const Stretch& stretch : path) {
        if (stretch.source != Source::Groove) {
            continue;
        }
        const std::size_t last = sample_at(stretch.end, groove.rate);
        for (std::size_t n = sample_at(stretch.start, groove.rate); n < last; ++n) {
            const double t = static_cast<double>(n) / hertz;
            const double place = (stretch.base + transport.record_time(t)) * hertz;
            heard.left[n] = interpolation.at(groove.left, place);
            heard.right[n] = interpolation.at(groove.right, place);
        }
    }
    return heard;
}

grade::Wall wall_of(const simulator::PlacedClick& placed) {
    return placed.left_peak > kOneWall * placed.right_peak   ? grade::Wall::Left
           : placed.right_peak > kOneWall * placed.left_peak ? grade::Wall::Right
                                                             : grade::Wall::Both;
}

/// Writes down what was done to the side while it is done.
class Account {
public:
    Account(const Groove& groove, const std::vector<Stretch>& path,
            const simulator::Transport& transport, DamageTruth& truth)
        : groove_(groove), path_(path), transport_(transport), truth_(truth) {}

    /// @param top where in the recording its peak is
    void add(const simulator::Impulse& impulse, const simulator::PlacedClick& placed, Seconds top) {
        TrueImpulse made;
        made.top = top;
        const double rate = groove_.sound.rate.hz * transport_.speed;
        const auto before = static_cast<double>(placed.top - placed.first);
        made.defect.at = top - Seconds(before / rate);
        made.defect.length = Seconds(static_cast<double>(placed.length) / rate);
        made.level_db = simulator::decibel_of(placed.peak / groove_.level);
        made.defect.kind = impulse.origin == simulator::ImpulseOrigin::Thump ||
                                   impulse.origin == simulator::ImpulseOrigin::NeedleDrop
                               ? grade::DefectKind::Thump
                           : made.level_db < kClick ? grade::DefectKind::Crackle
                                                    : grade::DefectKind::Click;
        made.defect.wall = wall_of(placed);
        made.defect.peak = placed.peak;
        made.defect.energy = placed.energy;
        made.origin = impulse.origin;
        made.group = impulse.group;
        const double turns = transport_.record_time(top.count()) * transport_.turns_per_second;
        made.angle = turns - std::floor(turns);
        if (made.level_db >= kCrackle) {
            truth_.impulses.push_back(made);
        }
    }

    /// The groove's impulses, each as often as the needle passes it.
    void add_groove() {
        const double rate = groove_.sound.rate.hz;
        for (const Stretch& stretch : path_) {
            if (stretch.source != Source::Groove) {
                continue;
            }
            const Seconds from = place_at(stretch, transport_, stretch.start);
            const Seconds to = place_at(stretch, transport_, stretch.end);
            for (const GrooveImpulse& made : groove_.impulses) {
                const Seconds place(static_cast<double>(made.placed.top) / rate);
                if (place >= from && place < to) {
                    add(made.impulse, made.placed, time_of(stretch, transport_, place));
                }
            }
            for (const auto& dropout : groove_.dropouts) {
                const Seconds place(dropout.at);
                if (place >= from && place < to) {
                    truth_.dropouts.push_back(dropout);
                    truth_.dropouts.back().at = time_of(stretch, transport_, place).count();
                }
            }
        }
    }

    void add_jumps() {
        for (const Stretch& stretch : path_) {
            if (stretch.arrival == Arrival::Jumped) {
                const Stretch& before = *(&stretch - 1);
                const double turns = (stretch.base - before.base) * transport_.turns_per_second;
                truth_.jumps.push_back(
                    {stretch.start, Seconds(0), static_cast<int>(std::lround(turns))});
            } else if (stretch.arrival == Arrival::Locked) {
                const bool goes_on = (&stretch - 1)->arrival == Arrival::Locked;
                if (!goes_on) {
                    truth_.jumps.push_back({stretch.start, Seconds(0), 0});
                }
                --truth_.jumps.back().turns;
                truth_.jumps.back().length += stretch.end - stretch.start;
            }
        }
    }

private:
    const Groove& groove_;
    const std::vector<Stretch>& path_;
    const simulator::Transport& transport_;
    DamageTruth& truth_;
};

void add_knocks(StereoSound& heard, const std::vector<Stretch>& path, const Groove& groove,
                bool has_lead_in, Account& account, std::uint64_t seed) {
    Random random(derive_seed(seed, "knocks"));
    for (const Stretch& stretch : path) {
        const bool lands =
            stretch.source == Source::Groove && stretch.arrival == Arrival::Anew && has_lead_in;
        const bool jumps = stretch.arrival == Arrival::Jumped || stretch.arrival == Arrival::Locked;
        if (!lands && !jumps) {
            continue;
        }
        simulator::Impulse impulse;
        impulse.origin =
            lands ? simulator::ImpulseOrigin::NeedleDrop : simulator::ImpulseOrigin::Jump;
        impulse.level_db = lands ? random.between(-8, 12) : random.between(-15, 5);
        const auto shape = simulator::shape_of(lands ? make_thump(heard.rate, random)
                                                     : make_jump_click(heard.rate, random));
        const auto placed =
            add_click(heard, static_cast<double>(sample_at(stretch.start, heard.rate)), shape,
                      groove.level * gain_of(impulse.level_db));
        account.add(impulse, placed, Seconds(static_cast<double>(placed.top) / heard.rate.hz));
    }
}

std::vector<TrueSpan> spans_of(const simulator::SideTruth& side, const std::vector<Stretch>& path) {
    std::vector<TrueSpan> spans;
    const auto add = [&](TrueSpan::Kind kind, Seconds from, Seconds to) {
        if (to - from > Seconds(1e-3)) {
            spans.push_back({kind, from, to});
        }
    };
    const auto& hearing = side.hearings.front();
    add(TrueSpan::Kind::Line, Seconds(0), hearing.down);
    add(TrueSpan::Kind::LeadIn, hearing.down, side.plays.front().start);
    Seconds end = side.plays.front().start;
    for (const auto& play : side.plays) {
        add(TrueSpan::Kind::Band, end, play.start);
        add(TrueSpan::Kind::Music, std::max(end, play.start), play.end);
        end = play.end;
    }
    add(TrueSpan::Kind::RunOut, end, hearing.up);
    add(TrueSpan::Kind::Line, hearing.up, path.back().end);
    return spans;
}

/// The mean over the music of the peak that the wow has there.
double mean_wow(const std::vector<TrueSpan>& spans, const simulator::Transport& transport) {
    double sum = 0;
    double seconds = 0;
    for (const TrueSpan& span : spans) {
        if (span.kind == TrueSpan::Kind::Music) {
            const Seconds length = span.end - span.start;
            sum += length.count() * transport.wow_at(((span.start + span.end) / 2).count());
            seconds += length.count();
        }
    }
    return seconds > 0 ? sum / seconds : transport.wow;
}

void judge(DamageTruth& truth, const Groove& groove, Seconds down, Seconds up) {
    const Counts counts = count_impulses(truth.impulses);
    const double seconds = std::max((up - down).count(), 1.0);
    truth.damage.noise_db = groove.noise_db;
    truth.damage.wear_db = groove.wear_db;
    truth.damage.clicks_per_minute = 60 * static_cast<double>(counts.clicks) / seconds;
    truth.damage.crackles_per_second = static_cast<double>(counts.crackles) / seconds;
    truth.damage.off_centre_wow = mean_wow(truth.spans, truth.transport);
    truth.damage.skips = static_cast<int>(truth.jumps.size());
    truth.severity = grade::severity_of(truth.damage);
    truth.grade = grade::grade_of(truth.severity);
}

} // namespace

Result<DamagedSide> make_damaged_side(std::span<const SideMusic> music,
                                      std::span<const NoiseSource> noise,
                                      const DamagedSideOptions& options, std::uint64_t seed) {
    SPINDLE_TRY_VOID(check(music));
    DamagedSide made;
    DamageTruth& truth = made.truth;
    truth.faults = options.faults.value_or(draw_faults(seed));
    const Layout layout = draw_layout(music, options, seed);
    truth.transport = draw_transport(truth.faults.eccentricity_mm, layout.end, options, seed);
    const double turn = 1 / truth.transport.turns_per_second;
    SPINDLE_TRY(const Groove groove,
                make_groove(music, layout, turn, truth.faults, noise, options, seed));
    truth.noise = groove.noise;

    truth.path = draw_path(layout, truth.transport, truth.faults.skips, options, seed);
    made.sound = follow(groove.sound, truth.path, truth.transport);
    Account account(groove, truth.path, truth.transport, truth);
    account.add_groove();
    account.add_jumps();
    add_knocks(made.sound, truth.path, groove, options.lead_in, account, seed);
    std::ranges::stable_sort(truth.impulses, {}, &TrueImpulse::top);

    const std::array sides{layout.side};
    const auto side = truth_of(truth.path, sides, truth.transport);
    truth.spans = spans_of(side, truth.path);
    const Seconds down = side.hearings.front().down;
    const Seconds up = side.hearings.front().up;
    judge(truth, groove, down, up);

    double gain = 1;
    if (options.equipment) {
        truth.deck = simulator::draw_deck(seed);
        SPINDLE_TRY_VOID(play_on(*truth.deck, made.sound, sample_at(down, made.sound.rate),
                                 sample_at(up, made.sound.rate), groove.level,
                                 turn / truth.transport.speed, seed));
        truth.recorder = simulator::draw_recorder(seed);
        const int rate = made.sound.rate.hz;
        if (rate != 32000 && rate != 44100 && rate != 48000) {
            truth.recorder->codec = simulator::Codec::None;
        }
        SPINDLE_TRY_VOID(record(*truth.recorder, made.sound, groove.level, seed));
        gain = gain_of(truth.recorder->programme_dbfs) / groove.level;
    }
    truth.programme = groove.level * gain;
    for (TrueImpulse& impulse : truth.impulses) {
        impulse.defect.peak *= gain;
        impulse.defect.energy *= gain * gain;
    }
    for (const auto& play : side.plays) {
        for (const auto& piece : play.pieces) {
            const SideMusic& track = music[play.track];
            truth.music.push_back({track.name, piece.start, piece.end, track.from + piece.from,
                                   track.from + piece.to, piece.repeated,
                                   groove.gains[play.track] * gain});
        }
    }
    return made;
}

} // namespace spindle::damaged_sides
